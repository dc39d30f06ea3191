//! The operations, each simplified as it is written: constants are folded, x + 0, x · 0 and x · 1 vanish.

use crate::program::{Index, Number, Op, Over, Shape, Value};
use crate::unary::Unary;

impl<'p> Value<'p> {
    fn fill_of(self) -> Option<f64> {
        match self.op() {
            Op::Fill(number) => Some(number.get()),
            _ => None,
        }
    }

    fn filled(self, shape: Shape, number: f64) -> Value<'p> {
        self.program.fill(shape, number)
    }

    fn add_node(self, op: Op, shape: Shape) -> Value<'p> {
        self.program.add(op, shape)
    }

    /// Asserts that two values can be combined number by number.
    fn same_shape(self, other: Value<'p>) -> Shape {
        let (a, b) = (self.shape(), other.shape());
        assert_eq!(a, b, "values of different shapes are combined");
        a
    }

    /// x W: `[rows, inputs]` of each item times a shared `[inputs, outputs]`.
    pub fn product(self, weight: Value<'p>) -> Value<'p> {
        let (x, w) = (self.shape(), weight.shape());
        assert!(w.over == Over::Shared && x.over == Over::Items && x.columns == w.rows, "{x:?} times {w:?}");
        let shape = x.with_columns(w.columns);
        if self.fill_of() == Some(0.0) || weight.fill_of() == Some(0.0) {
            return self.filled(shape, 0.0);
        }
        self.add_node(Op::Product(self.id, weight.id), shape)
    }

    /// x Wᵀ: `[rows, outputs]` of each item times the transpose of a shared `[inputs, outputs]`.
    pub fn product_transposed(self, weight: Value<'p>) -> Value<'p> {
        let (x, w) = (self.shape(), weight.shape());
        assert!(w.over == Over::Shared && x.over == Over::Items && x.columns == w.columns, "{x:?} times {w:?}ᵀ");
        let shape = x.with_columns(w.rows);
        match self.fill_of() {
            Some(0.0) => self.filled(shape, 0.0),
            // The same number times a single column is that column in every row: the top of ∂H/∂x.
            Some(number) if w.columns == 1 => weight.transposed().row(x.rows) * number,
            _ if weight.fill_of() == Some(0.0) => self.filled(shape, 0.0),
            _ => self.add_node(Op::ProductTransposed(self.id, weight.id), shape),
        }
    }

    /// Σ xᵀ g over rows, mean over items: `[columns of x, columns of g]`, shared.
    pub fn outer(self, g: Value<'p>) -> Value<'p> {
        let (x, y) = (self.shape(), g.shape());
        assert!(x.over == Over::Items && y.over == Over::Items && x.rows == y.rows, "{x:?}ᵀ times {y:?}");
        let shape = Shape::shared(x.columns, y.columns);
        match (self.fill_of(), g.fill_of()) {
            (Some(0.0), _) | (_, Some(0.0)) => self.filled(shape, 0.0),
            (Some(number), _) if x.columns == 1 => g.column_sum() * number,
            (_, Some(number)) if y.columns == 1 => self.column_sum().transposed() * number,
            _ => self.add_node(Op::Outer(self.id, g.id), shape),
        }
    }

    /// A shared row `[1, columns]`, repeated in `rows` rows of every item.
    pub fn row(self, rows: usize) -> Value<'p> {
        let from = self.shape();
        assert!(from.over == Over::Shared && from.rows == 1, "{from:?} is no shared row");
        let shape = Shape::item(rows, from.columns);
        match self.fill_of() {
            Some(number) => self.filled(shape, number),
            None => self.add_node(Op::Row(self.id), shape),
        }
    }

    /// Sum over rows, mean over items: a shared row.
    pub fn column_sum(self) -> Value<'p> {
        let from = self.shape();
        assert_eq!(from.over, Over::Items, "only values of items are summed over a batch");
        let shape = Shape::shared(1, from.columns);
        match self.fill_of() {
            Some(number) => self.filled(shape, number * from.rows as f64),
            None => self.add_node(Op::ColumnSum(self.id), shape),
        }
    }

    /// A shared row as a column, or a column as a row.
    pub fn transposed(self) -> Value<'p> {
        let from = self.shape();
        assert!(from.over == Over::Shared && (from.rows == 1 || from.columns == 1), "{from:?} is no row or column");
        let shape = Shape::shared(from.columns, from.rows);
        match self.op() {
            Op::Fill(number) => self.filled(shape, number.get()),
            Op::Transpose(before) => self.program.value(before),
            _ => self.add_node(Op::Transpose(self.id), shape),
        }
    }

    /// A function of each number.
    pub fn unary(self, function: Unary) -> Value<'p> {
        match self.fill_of() {
            Some(number) => self.filled(self.shape(), function.value(number)),
            None => self.add_node(Op::Unary(function, self.id), self.shape()),
        }
    }

    /// s x + t.
    pub fn affine(self, factor: f64, offset: f64) -> Value<'p> {
        let shape = self.shape();
        match self.op() {
            _ if factor == 0.0 => self.filled(shape, offset),
            _ if factor == 1.0 && offset == 0.0 => self,
            Op::Fill(number) => self.filled(shape, factor * number.get() + offset),
            Op::Affine(x, s, t) => self.program.value(x).affine(factor * s.get(), factor * t.get() + offset),
            _ => self.add_node(Op::Affine(self.id, Number::new(factor), Number::new(offset)), shape),
        }
    }

    pub(crate) fn plus(self, other: Value<'p>) -> Value<'p> {
        let shape = self.same_shape(other);
        match (self.fill_of(), other.fill_of()) {
            (Some(number), _) => other.affine(1.0, number),
            (_, Some(number)) => self.affine(1.0, number),
            _ if self.id == other.id => self.affine(2.0, 0.0),
            _ => self.add_node(Op::Add(self.id.min(other.id), self.id.max(other.id)), shape),
        }
    }

    pub(crate) fn minus(self, other: Value<'p>) -> Value<'p> {
        let shape = self.same_shape(other);
        match (self.fill_of(), other.fill_of()) {
            (Some(number), _) => other.affine(-1.0, number),
            (_, Some(number)) => self.affine(1.0, -number),
            _ if self.id == other.id => self.filled(shape, 0.0),
            _ => self.add_node(Op::Subtract(self.id, other.id), shape),
        }
    }

    pub(crate) fn times(self, other: Value<'p>) -> Value<'p> {
        let shape = self.same_shape(other);
        match (self.fill_of(), other.fill_of()) {
            (Some(number), _) => other.affine(number, 0.0),
            (_, Some(number)) => self.affine(number, 0.0),
            _ => {
                // Factors go outward, where they meet other factors.
                if let Some((inner, factor)) = self.scaled() {
                    return inner.times(other).affine(factor, 0.0);
                }
                if let Some((inner, factor)) = other.scaled() {
                    return self.times(inner).affine(factor, 0.0);
                }
                self.add_node(Op::Multiply(self.id.min(other.id), self.id.max(other.id)), shape)
            }
        }
    }

    /// (x, s) of s x.
    fn scaled(self) -> Option<(Value<'p>, f64)> {
        match self.op() {
            Op::Affine(x, factor, offset) if offset.get() == 0.0 => Some((self.program.value(x), factor.get())),
            _ => None,
        }
    }

    /// Rows of each item, in the order of an index.
    pub fn gather(self, index: &Index) -> Value<'p> {
        let from = self.shape();
        assert!(from.over == Over::Items && index.iter().all(|row| (*row as usize) < from.rows), "no such row");
        let shape = from.with_rows(index.len());
        match self.fill_of() {
            Some(number) => self.filled(shape, number),
            None if index.len() == from.rows && index.iter().enumerate().all(|(i, row)| i == *row as usize) => self,
            None => self.add_node(Op::Gather(self.id, index.clone()), shape),
        }
    }

    /// Row i of each item is added to row `index[i]` of a result with `rows` rows.
    pub fn scatter(self, index: &Index, rows: usize) -> Value<'p> {
        let from = self.shape();
        assert!(from.over == Over::Items && index.len() == from.rows, "an index for each row");
        assert!(index.iter().all(|row| (*row as usize) < rows), "no such row");
        let shape = from.with_rows(rows);
        match self.fill_of() {
            Some(0.0) => self.filled(shape, 0.0),
            _ => self.add_node(Op::Scatter(self.id, index.clone()), shape),
        }
    }

    /// Columns of several values side by side.
    pub fn concatenate(parts: &[Value<'p>]) -> Value<'p> {
        let first = parts[0];
        if parts.len() == 1 {
            return first;
        }
        let shape = first.shape();
        assert!(parts.iter().all(|part| part.shape().with_columns(shape.columns) == shape), "rows differ");
        let columns = parts.iter().map(|part| part.shape().columns).sum();
        let ids = parts.iter().map(|part| part.id).collect();
        first.add_node(Op::Concatenate(ids), shape.with_columns(columns))
    }

    /// `count` neighbouring columns from the column `from` on.
    pub fn slice(self, from: usize, count: usize) -> Value<'p> {
        let shape = self.shape();
        assert!(from + count <= shape.columns, "columns {from}..{} of {shape:?}", from + count);
        if count == shape.columns {
            return self;
        }
        let program = self.program;
        match self.op() {
            Op::Fill(number) => return self.filled(shape.with_columns(count), number.get()),
            Op::Slice(x, first) => return program.value(x).slice(first as usize + from, count),
            Op::Concatenate(parts) => {
                let mut start = 0;
                for part in parts.into_iter().map(|part| program.value(part)) {
                    let width = part.shape().columns;
                    if from >= start && from + count <= start + width {
                        return part.slice(from - start, count);
                    }
                    start += width;
                }
            }
            Op::Pad(x, before) => {
                let (x, before) = (program.value(x), before as usize);
                let width = x.shape().columns;
                if from >= before && from + count <= before + width {
                    return x.slice(from - before, count);
                }
                if from + count <= before || from >= before + width {
                    return self.filled(shape.with_columns(count), 0.0);
                }
            }
            _ => {}
        }
        self.add_node(Op::Slice(self.id, from as u32), shape.with_columns(count))
    }

    /// The columns in a wider array of zeros, from the column `before` on.
    pub fn pad(self, before: usize, columns: usize) -> Value<'p> {
        let shape = self.shape();
        assert!(before + shape.columns <= columns, "{shape:?} does not fit {columns} columns from {before} on");
        if columns == shape.columns {
            return self;
        }
        if self.fill_of() == Some(0.0) {
            return self.filled(shape.with_columns(columns), 0.0);
        }
        self.add_node(Op::Pad(self.id, before as u32), shape.with_columns(columns))
    }

    /// Sum over columns: one column.
    pub fn sum_columns(self) -> Value<'p> {
        let shape = self.shape();
        match self.op() {
            _ if shape.columns == 1 => self,
            Op::Fill(number) => self.filled(shape.with_columns(1), number.get() * shape.columns as f64),
            _ => self.add_node(Op::SumColumns(self.id), shape.with_columns(1)),
        }
    }

    /// One column, repeated in `columns` columns.
    pub fn spread_columns(self, columns: usize) -> Value<'p> {
        let shape = self.shape();
        assert_eq!(shape.columns, 1, "only one column can be repeated");
        match self.op() {
            _ if columns == 1 => self,
            Op::Fill(number) => self.filled(shape.with_columns(columns), number.get()),
            _ => self.add_node(Op::SpreadColumns(self.id), shape.with_columns(columns)),
        }
    }

    /// Sum over rows and columns, mean over items: one shared number.
    pub fn batch_mean(self) -> Value<'p> {
        let from = self.shape();
        assert_eq!(from.over, Over::Items, "only values of items are averaged over a batch");
        let shape = Shape::shared(1, 1);
        match self.op() {
            Op::Fill(number) => self.filled(shape, number.get() * from.size() as f64),
            Op::Affine(x, factor, offset) if offset.get() == 0.0 => {
                self.program.value(x).batch_mean().affine(factor.get(), 0.0)
            }
            // Sums of columns are summed by the mean itself.
            Op::SumColumns(x) => self.program.value(x).batch_mean(),
            _ => self.add_node(Op::BatchMean(self.id), shape),
        }
    }

    /// One shared number, repeated in every place of every item.
    pub fn spread(self, rows: usize, columns: usize) -> Value<'p> {
        assert_eq!(self.shape(), Shape::shared(1, 1), "only one number can be repeated");
        let shape = Shape::item(rows, columns);
        match self.fill_of() {
            Some(number) => self.filled(shape, number),
            None => self.add_node(Op::Spread(self.id), shape),
        }
    }
}
