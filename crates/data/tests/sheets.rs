//! Claims about tables in which a formula is looked for: whatever a recording is read from, they are read from too.

use data::error::ReadError;
use data::open;
use data::sheet::{Sheet, to_csv};

/// Lengths and periods of pendulums, as (name, unit, values) of both columns, and the remarks.
type Read = (Vec<(String, Option<String>, Vec<f64>)>, Vec<String>);

fn read(bytes: &[u8]) -> Result<Read, ReadError> {
    let opened = open(bytes)?;
    let sheet = Sheet::of(&opened.table)?;
    let columns = sheet.columns.into_iter().map(|column| (column.name, column.unit, column.values)).collect();
    Ok((columns, sheet.remarks))
}

const LENGTHS: [f64; 5] = [0.1, 0.25, 0.5, 1.0, 1.75];
const PERIODS: [f64; 5] = [0.63, 1.0, 1.42, 2.01, 2.65];

/// The five pendulums below a heading, with these marks.
fn pendulums(heading: &str, separator: &str, comma: bool, tail: &str) -> String {
    let rows = LENGTHS.iter().zip(PERIODS).map(|(l, t)| {
        let row = format!("{l}{separator}{t}{tail}\n");
        if comma { row.replace('.', ",") } else { row }
    });
    format!("{heading}\n{}", rows.collect::<String>())
}

#[test]
fn lengths_and_periods_are_the_same_however_people_keep_them() {
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let latin1 = |text: &str| text.chars().map(|c| c as u8).collect::<Vec<u8>>();
    let files: Vec<(Vec<u8>, [&str; 2], Option<&str>)> = vec![
        (pendulums("L,T", ",", false, "").into(), ["L", "T"], None),
        (pendulums("Länge (m);Periode (s)", ";", true, "").into(), ["Länge", "Periode"], Some("m")),
        (latin1(&pendulums("Länge (m);Periode (s)", ";", true, ";")), ["Länge", "Periode"], Some("m")),
        (
            utf16(&format!("\u{feff}{}", pendulums("Length\tPeriod\nm\ts", "\t", true, ""))),
            ["Length", "Period"],
            Some("m"),
        ),
        (utf16(&pendulums("Length\tPeriod", "\t", false, "\r")), ["Length", "Period"], None),
        (pendulums("\"Length, m\",\"Period, s\"", ",", false, "").into(), ["Length", "Period"], Some("m")),
        (pendulums("\"Length, m\",\"Period, s\",", ",", false, ",").into(), ["Length", "Period"], Some("m")),
        (pendulums("L/m  T/s", "   ", false, "").into(), ["L", "T"], Some("m")),
        (pendulums("# pendulums of the school\n# L T", " ", false, "").into(), ["L", "T"], None),
        (
            pendulums("Our measurements,\n,\nLength [m],Period [s]", ",", false, "").into(),
            ["Length", "Period"],
            Some("m"),
        ),
        (pendulums("Length (m) ; Period (s)", " ; ", false, " ; ").into(), ["Length", "Period"], Some("m")),
        (pendulums("", ";", true, "").into(), ["column 1", "column 2"], None),
    ];
    for (bytes, names, unit) in files {
        let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(60)]).into_owned();
        let (columns, _) = read(&bytes).unwrap_or_else(|error| panic!("{error} {shown}"));
        assert_eq!(columns.len(), 2, "{shown}");
        for (column, (name, values)) in columns.iter().zip([(names[0], LENGTHS), (names[1], PERIODS)]) {
            assert_eq!((column.0.as_str(), &column.2[..]), (name, &values[..]), "{shown}");
        }
        assert_eq!(columns[0].1.as_deref(), unit, "{shown}");
    }
}

#[test]
fn a_missing_cell_costs_its_row_where_its_column_is_used() {
    for (text, missing) in [
        ("x,y,z\n1,1,9\n2,,9\n3,9,9\n4,16,9\n", 3),
        ("x,y,z\n1,1,9\n2,4,9\n3,NaN,9\n4,16,9\n", 4),
        ("x;y;z\n1;1;9\n2;n/a;9\n3;9;9\n4;16;9\n", 3),
        ("x,y,z\n1,1,9\n2,-,9\n3,9,9\n4,16,9\n", 3),
    ] {
        let opened = open(text.as_bytes()).expect("a table");
        let sheet = Sheet::of(&opened.table).expect("numbers");
        let (rows, remark) = sheet.complete(&[0, 1]);
        assert_eq!(rows.len(), 3, "{text}");
        assert!(remark.is_some_and(|remark| remark.ends_with(&format!("lines {missing}."))), "{text}");
        assert_eq!(sheet.complete(&[0, 2]), (vec![0, 1, 2, 3], None));
    }
}

#[test]
fn lines_between_the_rows_and_columns_of_words_are_passed_over_and_named() {
    let text = "planet,a (AU),T (yr)\nMercury,0.387,0.241\nVenus,0.723,0.615\nplanet,a (AU),T (yr)\nEarth,1,1\n";
    let (columns, remarks) = read(text.as_bytes()).expect("a table");
    assert_eq!(
        (columns[0].0.as_str(), columns[0].1.as_deref(), &columns[0].2[..]),
        ("a", Some("AU"), &[0.387, 0.723, 1.0][..])
    );
    assert_eq!(remarks, ["Passed over, because they hold words: planet."]);
    let pasted = "d N y yerr\n2 100 0.19 0.04\n#2 40 17.2 0.5\n4 100 0.23 0.04\n8 100 0.28\n8 100 0.29 0.05\n";
    let opened = open(pasted.as_bytes()).expect("a table");
    let mut sheet = Sheet::of(&opened.table).expect("numbers");
    assert_eq!(sheet.columns[2].values, [0.19, 0.23, 0.29]);
    assert!(sheet.remarks.iter().any(|said| said.ends_with("lines 3, 5.")), "{:?}", sheet.remarks);
    // An uncertainty is no cause.
    let target = sheet.named("Y").expect("there");
    assert_eq!(sheet.causes(target), [0, 1]);
    assert!(sheet.remarks.last().is_some_and(|said| said.contains("yerr")));
    let sparse = "x,y,note\n1,2,\n2,4,7\n3,6,\n4,8,\n5,10,\n";
    let (columns, remarks) = read(sparse.as_bytes()).expect("a table");
    assert_eq!(columns.len(), 2);
    assert!(remarks[0].contains("less than half of the rows: note"), "{remarks:?}");
}

#[test]
fn a_column_is_found_by_heading_name_or_number() {
    let opened = open(b"Length (m),T [s] Run 1,T [s] Run 2\n1,2,3\n2,3,4\n").expect("a table");
    let sheet = Sheet::of(&opened.table).expect("numbers");
    for (text, at) in
        [("Length (m)", 0), ("length", 0), ("LENGTH [m]", 0), ("T", 1), ("T Run 2", 2), ("t [s] run 2", 2), ("3", 2)]
    {
        assert_eq!(sheet.named(text), Ok(at), "{text}");
    }
    assert!(sheet.named("mass").is_err());
    assert_eq!(
        sheet.columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>(),
        ["Length", "T Run 1", "T Run 2"]
    );
}

#[test]
fn what_is_written_reads_back_as_it_was() {
    let columns: [(&str, &[f64]); 3] =
        [("m, 1", &[1.0, -2.5e-300, 0.1]), ("say \"r\"", &[1e300, 3.0, 1.0 / 3.0]), ("#", &[1.0, 2.0, 4.0])];
    let text = to_csv(columns.into_iter());
    let (read, _) = read(text.as_bytes()).expect("a table");
    for ((name, values), (read, _, found)) in columns.iter().zip(&read) {
        assert_eq!((read.as_str(), &found[..]), (*name, *values), "{text}");
    }
}

#[test]
fn an_uncertainty_is_known_by_its_name_and_of_what() {
    for (text, errors) in [
        ("d N y yerr\n1 2 3 0.1\n4 5 6 0.2\n7 8 9 0.1\n", Some(3)),
        ("d,N,sigma_y,y\n1,2,0.3,1\n4,5,0.6,2\n7,8,0.9,4\n", Some(2)),
        ("d;N;y (m);y error (m)\n1;2;3;0,1\n4;5;6;0,2\n7;8;9;0,1\n", Some(3)),
        ("d,N,y,Unsicherheit y\n1,2,3,0.1\n4,5,6,0.2\n7,8,9,0.1\n", Some(3)),
        // Of another column, of nothing that is said, and of none.
        ("d,N,y,derr\n1,2,3,0.1\n4,5,6,0.2\n7,8,9,0.1\n", None),
        ("d,N,y,sigma\n1,2,3,0.1\n4,5,6,0.2\n7,8,9,0.1\n", None),
        ("d,N,y,z\n1,2,3,0.1\n4,5,6,0.2\n7,8,9,0.1\n", None),
        // An error of nothing is none to divide by.
        ("d,N,y,yerr\n1,2,3,0.1\n4,5,6,0\n7,8,9,0.1\n", None),
    ] {
        let opened = open(text.as_bytes()).expect("a table");
        let sheet = Sheet::of(&opened.table).expect("numbers");
        let y = sheet.named("y").expect("a column");
        assert_eq!(sheet.errors_of(y), errors, "{text}");
    }
}
