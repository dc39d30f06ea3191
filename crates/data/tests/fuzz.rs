//! Any file gives a recording or a sentence: tables of many kinds, damaged in many ways, and tables as large as they may be.
//!
//! `make fuzz` tries a million; the usual test a few thousand.

use data::columns::{Choice, Pick};
use data::dropped::Outliers;
use data::sheet::{Sheet, to_csv};
use data::{Options, open};
use numerics::seed::{Purpose, Seed};
use rand::RngExt;
use std::time::Instant;

/// Cases of the usual test, and of the long one.
const USUAL: u64 = 4000;
const MANY: u64 = 1_000_000;

/// A stream of choices: a whole number below the one that is given.
struct Dice(Box<dyn FnMut(usize) -> usize>);

impl Dice {
    fn new(seed: Seed) -> Self {
        let mut stream = seed.stream(Purpose::Noise);
        Self(Box::new(move |end| stream.random_range(0..end)))
    }

    fn below(&mut self, end: usize) -> usize {
        (self.0)(end.max(1))
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

const HEADINGS: [&str; 14] = [
    "t,x,v",
    "mass_A\nt,x,y,v_{x},v_{y},",
    "Vernier Format 2\na.cmbl 1/2/2020 .\nLatest\nTime,Position,Velocity\nt,X,v\nms,cm,cm/s\n",
    "Time (s) Run #1,Angle (rad) Run #1,Time (s) Run #2,Angle (rad) Run #2",
    "Data Set 1:Time(s),Data Set 1:Position(m),Data Set 2:Time(s),Data Set 2:Position(m)",
    "Zeit t / s,Winkel α / °,Winkelgeschwindigkeit ω / °/s",
    "\"Time (s)\",\"Linear Acceleration x (m/s^2)\",\"Linear Acceleration y (m/s^2)\",\"Absolute (m/s^2)\"",
    "TIME,ANGLE,RATE\nms,deg,deg/s\n,pot-1,diff-1",
    "%o v",
    "#multi:\na,,b,\nt,x,t,x",
    "frame,angle,time",
    "planet,a (AU),T (yr),yerr",
    "t1,x1,t2,x2",
    "",
];

const PIECES: [&str; 30] = [
    "\"",
    "\"\"",
    ",",
    ";",
    "\t",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "#",
    "%",
    "NaN",
    "inf",
    "-",
    "1e308",
    "-1e-308",
    "1,5",
    "1.234.567,8",
    "(s)",
    "[°",
    "Run #2",
    "/",
    ":",
    "Time (ms)",
    "，",
    "\u{feff}",
    "0",
    "m s^-2",
    "é",
    "x=y",
];

/// A sound table of some kind, with some rows.
fn table(dice: &mut Dice) -> String {
    let heading = dice.one(&HEADINGS);
    let columns = heading.lines().last().map_or(3, |line| line.split(',').count()).max(2);
    let (step, period) = (0.05, 0.5 + dice.below(30) as f64 / 10.0);
    let mut text = format!("{heading}\n");
    for i in 0..20 + dice.below(120) {
        let t = step * i as f64;
        let phase = std::f64::consts::TAU * t / period;
        let cell = |column: usize| match column % 3 {
            0 => format!("{t:.3}"),
            1 => format!("{:.4}", phase.cos()),
            _ => format!("{:.4}", -phase.sin()),
        };
        let cells: Vec<String> = (0..columns).map(cell).collect();
        text += &(cells.join(",") + "\n");
    }
    match dice.below(5) {
        0 => text.replace(',', ";").replace('.', ","),
        1 => text.replace(',', "\t"),
        2 => text.replace(',', "  "),
        _ => text,
    }
}

/// The bytes of a table after some damage.
fn damaged(dice: &mut Dice) -> Vec<u8> {
    let text = table(dice);
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for _ in 0..dice.below(5) {
        let at = dice.below(lines.len());
        match dice.below(8) {
            0 => drop(lines.remove(at)),
            1 => lines.insert(at, lines[dice.below(lines.len())].clone()),
            2 => lines.insert(at, dice.one(&PIECES).to_owned()),
            3 => {
                let other = dice.below(lines.len());
                lines.swap(at, other);
            }
            4 => lines[at].push_str(dice.one(&PIECES)),
            5 => lines.truncate(at + 1),
            6 => lines.extend(lines.clone().into_iter().skip(at)),
            _ => {
                let place = lines[at].char_indices().map(|(place, _)| place).nth(dice.below(12)).unwrap_or(0);
                lines[at].insert_str(place, dice.one(&PIECES));
            }
        }
        if lines.is_empty() {
            lines.push(String::new());
        }
    }
    let text = lines.join("\n");
    let mut bytes = match dice.below(12) {
        0 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        1 => [0xFE, 0xFF].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect(),
        _ => text.into_bytes(),
    };
    for _ in 0..dice.below(4) {
        let at = dice.below(bytes.len());
        match dice.below(3) {
            0 if !bytes.is_empty() => bytes[at] = dice.below(256) as u8,
            1 if !bytes.is_empty() => drop(bytes.remove(at)),
            _ => bytes.insert(at.min(bytes.len()), dice.below(256) as u8),
        }
    }
    bytes
}

fn decisions(dice: &mut Dice) -> Options {
    let pick = |dice: &mut Dice| match dice.below(6) {
        0 => Pick::Column(dice.below(8)),
        1 => Pick::Nothing,
        _ => Pick::Guess,
    };
    let choice = Choice { time: pick(dice), q: pick(dice), p: pick(dice), trial: pick(dice) };
    let units = ["ms", "deg", "m/s^2", "cm", "furlong", "deg/s"];
    Options {
        name: "damaged.csv".into(),
        choice: if dice.below(2) == 0 { Choice::default() } else { choice },
        units: if dice.below(4) == 0 { vec![(dice.below(6), dice.one(&units).to_owned())] } else { vec![] },
        left_out: if dice.below(6) == 0 { vec![(dice.below(20), dice.below(60))] } else { vec![] },
        outliers: if dice.below(3) == 0 { Outliers::Drop } else { Outliers::Keep },
    }
}

/// What holds for every file.
fn holds(bytes: &[u8], options: &Options) {
    let opened = match open(bytes) {
        Ok(opened) => opened,
        Err(error) => return assert!(error.to_string().ends_with('.'), "{error}"),
    };
    let columns = opened.columns(options);
    assert_eq!(columns.len(), opened.table.headings.len());
    match opened.recording(options) {
        Ok((recording, preview)) => {
            assert_eq!(recording.check(), Ok(()));
            assert_eq!(preview.rows_used, recording.rows());
            assert_eq!(preview.rows_used + preview.dropped.len(), preview.rows_read);
            assert_eq!(preview.trials.iter().map(|trial| trial.rows).sum::<usize>(), preview.rows_used);
            assert_eq!(preview.trials.len(), recording.trials.len());
            let said = preview.sentences();
            assert!(said.iter().all(|said| said.ends_with(['.', '?'])), "{said:?}");
        }
        Err(error) => assert!(error.to_string().ends_with('.'), "{error}"),
    }
    if let Ok(sheet) = Sheet::of(&opened.table) {
        let names: Vec<&str> = sheet.columns.iter().map(|column| column.name.as_str()).collect();
        assert!(names.iter().enumerate().all(|(i, name)| !names[..i].contains(name)), "{names:?}");
        assert!(sheet.columns.iter().all(|column| column.values.len() == opened.table.rows.len()));
    }
}

#[test]
fn any_damaged_table_gives_a_recording_or_a_sentence() {
    try_damaged(USUAL);
}

#[test]
#[ignore = "a million cases, some minutes: make fuzz"]
fn a_million_damaged_tables_give_a_recording_or_a_sentence() {
    try_damaged(MANY);
}

fn try_damaged(cases: u64) {
    let mut dice = Dice::new(Seed(14));
    let mut recordings = 0u64;
    for case in 0..cases {
        let bytes = damaged(&mut dice);
        let options = decisions(&mut dice);
        let result = std::panic::catch_unwind(|| holds(&bytes, &options));
        if result.is_err() {
            panic!("case {case}: {options:?}\n{}", String::from_utf8_lossy(&bytes));
        }
        if case > 0 && case % 50_000 == 0 {
            println!("{case} cases");
        }
        recordings += u64::from(open(&bytes).is_ok_and(|opened| opened.recording(&options).is_ok()));
    }
    // Damage that leaves nothing to read would test nothing.
    println!("{recordings} of {cases} damaged tables gave a recording");
    assert!(recordings > cases / 5, "{recordings} of {cases}");
}

#[test]
fn a_table_of_256_columns_is_read_and_one_more_is_refused() {
    let wide = |columns: usize| {
        let rows: Vec<Vec<f64>> = (0..columns)
            .map(|column| {
                (0..30)
                    .map(|i| if column == 0 { f64::from(i) / 10.0 } else { (f64::from(i) / 3.0 + column as f64).sin() })
                    .collect()
            })
            .collect();
        let names: Vec<String> = (0..columns)
            .map(|column| {
                if column == 0 {
                    "t".into()
                } else {
                    format!("sensor {}", (b'a' + (column % 26) as u8) as char) + &"'".repeat(column / 26)
                }
            })
            .collect();
        to_csv(names.iter().map(String::as_str).zip(rows.iter().map(Vec::as_slice)))
    };
    let opened = open(wide(256).as_bytes()).expect("a table");
    assert_eq!(opened.columns(&Options::default()).len(), 256);
    opened.recording(&Options::default()).expect("a recording");
    assert!(open(wide(257).as_bytes()).is_err_and(|error| error.to_string().contains("at most 256")));
}

#[test]
fn a_file_of_twenty_megabytes_is_read_or_refused_within_three_seconds() {
    let numbers = |columns: usize, rows: usize| {
        let mut text = (0..columns)
            .map(|column| if column == 0 { "t".into() } else { format!("theta {column}") })
            .collect::<Vec<String>>()
            .join(",");
        for i in 0..rows {
            let t = i as f64 / 100.0;
            let cells = (0..columns).map(|column| {
                if column == 0 { format!("{t:.2}") } else { format!("{:.6}", (t + column as f64).sin()) }
            });
            text += &("\n".to_owned() + &cells.collect::<Vec<_>>().join(","));
        }
        text
    };
    for (name, mut bytes) in [
        ("many columns", numbers(22, 95_000).into_bytes()),
        ("too many rows", numbers(3, 900_000).into_bytes()),
        ("short lines", b"1\n".repeat(9_999_999)),
        ("one line", vec![b'1'; 19_999_999]),
        ("separators", vec![b','; 19_999_999]),
        ("quotation marks", vec![b'"'; 19_999_999]),
        ("words", b"a b ".repeat(4_999_999)),
        ("lines of words", b"word, other\n".repeat(1_666_666)),
        ("blank lines", b"\n".repeat(19_999_999)),
    ] {
        bytes.truncate(20_000_000);
        let begun = Instant::now();
        holds(&bytes, &Options::default());
        let seconds = begun.elapsed().as_secs_f64();
        println!("{name}: {:.1} MB in {seconds:.2} s", bytes.len() as f64 / 1e6);
        // `holds` opens a file and understands it three times over.
        assert!(seconds < 3.0, "{name}: {seconds} s");
    }
}
