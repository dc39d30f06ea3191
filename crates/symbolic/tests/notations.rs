//! Claims about laws that are taken away: every notation, read by the language it is for, gives the values of the law.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::io::Write;
use std::process::{Command, Stdio};
use symbolic::expr::Expr;
use symbolic::mutate::Mutator;
use symbolic::notation::cell;
use symbolic::operators::{Alphabet, Operator};
use symbolic::parse::parse;
use symbolic::print::{Notation, print};

/// A law, a row and the law's value there.
struct Case {
    law: Expr,
    row: [f64; 3],
    value: f64,
}

fn names() -> Vec<String> {
    ["x", "y", "z"].map(String::from).to_vec()
}

/// Laws that people bring, and a few hundred random ones, where every part of them has an ordinary value.
fn cases() -> Vec<Case> {
    let written = [
        "364.5 * x ^ 2 / (x ^ 2 - 4)",
        "0.4 + 0.3 * 2 ^ x",
        "-(x ^ 2) - (-1.5 - y) ^ 2",
        "(2 ^ 3) ^ x - 2 ^ (3 ^ x)",
        "x - (y - z) - -2 * x / (y / z)",
        "1.25e-9 * x / 3.5e12 + 6.02e23 / 1e22",
        "if(x > y, sqrt(x), log(y + 3)) * exp(-x) * sin(y) / cos(z)",
        "x * y / (z * z)",
    ];
    let mut rng = ChaCha8Rng::seed_from_u64(7);
    let mutator = Mutator::new(Alphabet::new(Operator::ALL).expect("operators"), 3, 30);
    let mut laws: Vec<Expr> = written.iter().map(|text| parse(text, &names()).expect("a law")).collect();
    laws.extend((0..400).map(|_| {
        let size = rng.random_range(1..9);
        mutator.random(size, &mut rng)
    }));
    let ordinary = |x: f64| x == 0.0 || (1e-12..1e30).contains(&x.abs());
    let mut cases = vec![];
    for law in laws {
        let row: [f64; 3] = std::array::from_fn(|_| rng.random_range(0.5..3.0));
        if (0..law.tokens().len()).all(|part| ordinary(law.subtree(part).value(&row))) {
            cases.push(Case { value: law.value(&row), law, row });
        }
    }
    assert!(cases.len() > 250, "{}", cases.len());
    cases
}

/// Equal but for the rounding of sums in another order.
fn agree(found: f64, case: &Case) -> bool {
    let size = (0..case.law.tokens().len()).map(|part| case.law.subtree(part).value(&case.row).abs());
    (found - case.value).abs() <= 1e-11 * size.fold(1.0, f64::max)
}

#[test]
fn python_sympy_latex_and_spreadsheets_give_the_values_of_the_law() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/notations.py");
    let started =
        Command::new("python3").arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let Ok(mut python) = started else {
        eprintln!("Skipped: there is no python3 here to run what is printed.");
        return;
    };
    let (cases, cells) = (cases(), (0..3).map(cell).collect::<Vec<_>>());
    let mut asked = vec![];
    let mut input = String::new();
    for case in &cases {
        let text = |notation| print(&case.law, &names(), notation);
        let [x, y, z] = case.row;
        for (name, text) in [
            ("python", text(Notation::Python)),
            ("sympy", text(Notation::Sympy)),
            ("latex", text(Notation::Latex)),
            ("spreadsheet", format!("={}", print(&case.law, &cells, Notation::Spreadsheet))),
        ] {
            input += &format!("{name}\t{text}\t{x}\t{y}\t{z}\n");
            asked.push((case, name, text));
        }
    }
    let mut pipe = python.stdin.take().expect("a pipe");
    let writer = std::thread::spawn(move || pipe.write_all(input.as_bytes()));
    let output = python.wait_with_output().expect("an end");
    writer.join().expect("no panic").expect("all was written");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("text");
    assert_eq!(text.lines().count(), asked.len());
    let mut without_sympy = 0;
    for (line, (case, name, text)) in text.lines().zip(asked) {
        if line == "no module" {
            without_sympy += 1;
            continue;
        }
        let found: f64 = line.parse().expect("a number");
        assert!(agree(found, case), "{name}: {text} is {found} there and {} here", case.value);
    }
    if without_sympy > 0 {
        assert_eq!(without_sympy, cases.len());
        eprintln!("SymPy was left out: python3 has no module of that name here.");
    }
}

#[test]
fn rust_gives_the_values_of_the_law() {
    let cases = cases();
    let folder = std::env::temp_dir().join(format!("orrery-notations-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    let (source, program) = (folder.join("laws.rs"), folder.join("laws"));
    let laws: String = cases
        .iter()
        .map(|case| {
            let [x, y, z] = case.row;
            let law = print(&case.law, &names(), Notation::Rust);
            format!("println!(\"{{:?}}\", (|x: f64, y: f64, z: f64| -> f64 {{ {law} }})({x:?}, {y:?}, {z:?}));\n")
        })
        .collect();
    std::fs::write(&source, format!("#![allow(warnings)]\nfn main() {{\n{laws}}}\n")).expect("a file");
    let compiler = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let compiled = Command::new(compiler).arg("-o").arg(&program).arg(&source).output().expect("the compiler starts");
    assert!(compiled.status.success(), "{}", String::from_utf8_lossy(&compiled.stderr));
    let output = Command::new(&program).output().expect("the program starts");
    std::fs::remove_dir_all(&folder).expect("its own folder");
    let text = String::from_utf8(output.stdout).expect("text");
    assert_eq!(text.lines().count(), cases.len());
    for (line, case) in text.lines().zip(&cases) {
        let found: f64 = line.parse().expect("a number");
        assert!(
            agree(found, case),
            "{} is {found} there and {} here",
            print(&case.law, &names(), Notation::Rust),
            case.value
        );
    }
}
