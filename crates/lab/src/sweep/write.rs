//! A table as CSV and as Parquet.

use super::table::{Column, Table};
use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;
use std::sync::Arc;

/// Comma-separated, with the names of the columns in the first line.
pub fn csv(table: &Table) -> Result<Vec<u8>, String> {
    let mut writer = csv::Writer::from_writer(vec![]);
    let failed = |error: csv::Error| format!("The table could not be written: {error}.");
    writer.write_record(table.columns.iter().map(|(name, _)| name)).map_err(failed)?;
    for row in 0..table.rows() {
        writer.write_record(table.columns.iter().map(|(_, column)| column.text(row))).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| format!("The table could not be written: {error}."))
}

/// One row group, uncompressed; every column is optional. The hash of the plan is in the file's metadata.
pub fn parquet(table: &Table, plan: &str) -> Result<Vec<u8>, String> {
    written(table, plan).map_err(|error| format!("The table could not be written as Parquet: {error}."))
}

fn written(table: &Table, plan: &str) -> Result<Vec<u8>, ParquetError> {
    let fields = table.columns.iter().map(|(name, column)| {
        let (physical, logical) = match column {
            Column::Flags(_) => (Physical::BOOLEAN, None),
            Column::Whole(_) => (Physical::INT64, None),
            Column::Numbers(_) => (Physical::DOUBLE, None),
            Column::Texts(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        };
        let field = Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL);
        Ok(Arc::new(field.with_logical_type(logical).build()?))
    });
    let fields = fields.collect::<Result<Vec<_>, ParquetError>>()?;
    let schema = Arc::new(Type::group_type_builder("sweep").with_fields(fields).build()?);
    let about = |key: &str, value: &str| KeyValue::new(key.to_owned(), value.to_owned());
    let properties = WriterProperties::builder()
        .set_created_by(format!("Orrery {}", export::VERSION))
        .set_key_value_metadata(Some(vec![about("orrery.version", export::VERSION), about("orrery.spec", plan)]))
        .build();
    let mut bytes = vec![];
    let mut writer = SerializedFileWriter::new(&mut bytes, schema, Arc::new(properties))?;
    let mut rows = writer.next_row_group()?;
    for (_, column) in &table.columns {
        match column {
            Column::Flags(values) => put::<BoolType, _>(&mut rows, values, |value| *value)?,
            Column::Whole(values) => put::<Int64Type, _>(&mut rows, values, |value| *value)?,
            Column::Numbers(values) => put::<DoubleType, _>(&mut rows, values, |value| *value)?,
            Column::Texts(values) => {
                put::<ByteArrayType, _>(&mut rows, values, |value| ByteArray::from(value.as_str()))?
            }
        }
    }
    rows.close()?;
    writer.close()?;
    Ok(bytes)
}

fn put<T: DataType, V>(
    rows: &mut SerializedRowGroupWriter<'_, &mut Vec<u8>>,
    values: &[Option<V>],
    plain: impl Fn(&V) -> T::T,
) -> Result<(), ParquetError> {
    let Some(mut column) = rows.next_column()? else { return Ok(()) };
    let there: Vec<i16> = values.iter().map(|value| i16::from(value.is_some())).collect();
    let values: Vec<T::T> = values.iter().flatten().map(plain).collect();
    column.typed::<T>().write_batch(&values, Some(&there), None)?;
    column.close()
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::file::reader::{FileReader as _, SerializedFileReader};
    use parquet::record::Field;

    #[test]
    fn parquet_gives_back_what_was_written() {
        let table = Table {
            columns: vec![
                ("run".into(), Column::Whole(vec![Some(0), Some(-7)])),
                ("hnn.test_loss".into(), Column::Numbers(vec![Some(0.1 + 0.2), None])),
                ("error".into(), Column::Texts(vec![None, Some("“größer”, als\nerlaubt".into())])),
                ("diverged".into(), Column::Flags(vec![Some(true), Some(false)])),
            ],
        };
        let bytes = parquet(&table, "abc").expect("bytes");
        let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).expect("a file");
        let rows: Vec<Vec<Field>> = reader
            .get_row_iter(None)
            .expect("rows")
            .map(|row| row.expect("a row").get_column_iter().map(|(_, field)| field.clone()).collect())
            .collect();
        assert_eq!(rows[0], [Field::Long(0), Field::Double(0.1 + 0.2), Field::Null, Field::Bool(true)]);
        assert_eq!(
            rows[1],
            [Field::Long(-7), Field::Null, Field::Str("“größer”, als\nerlaubt".into()), Field::Bool(false)]
        );
        let text = String::from_utf8(csv(&table).expect("bytes")).expect("text");
        assert!(
            text.starts_with("run,hnn.test_loss,error,diverged\n0,0.30000000000000004,,true\n-7,,\"“größer”"),
            "{text}"
        );
    }

    #[test]
    fn a_table_without_rows_is_a_file_too() {
        let table = Table { columns: vec![("run".into(), Column::Whole(vec![]))] };
        assert!(parquet(&table, "").is_ok_and(|bytes| bytes.starts_with(b"PAR1")));
    }
}
