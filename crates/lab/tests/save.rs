//! What `lab run --save` writes, read and run by other people's libraries.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[path = "../../export/tests/python/mod.rs"]
mod python;

fn save(name: &str, arguments: &[&str]) -> PathBuf {
    let folder = python::folder(name);
    let done = Command::new(env!("CARGO_BIN_EXE_lab")).arg("run").args(arguments).arg("--save").arg(&folder).output();
    let output = done.expect("lab starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    folder
}

fn text(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Headings and rows below the comment lines.
fn table(text: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let mut lines = text.lines().filter(|line| !line.starts_with('#'));
    let mut cells = || lines.next().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    let headings = cells().expect("headings");
    (headings, std::iter::from_fn(cells).collect())
}

#[test]
fn a_run_is_saved_with_its_data_curves_pictures_and_report() {
    let folder = save("saved-pendulum", &["pendulum", "--seeds", "7", "--set", "steps=40", "--set", "hidden=12"]);
    let data = text(&folder, "data.csv");
    assert!(data.contains("# seed: 7\n") && data.contains("# link: #v=1&preset=pendulum"), "{data:.400}");
    let (headings, rows) = table(&data);
    assert_eq!(headings, ["part", "motion", "t", "q (rad)", "p", "dq/dt (rad)", "dp/dt"]);
    let experiment = experiments::preset::Preset::Pendulum.experiment();
    assert_eq!(rows.iter().filter(|row| row[0] == "train").count(), experiment.data.training_samples());
    // Rates are those of the true pendulum, within what the noise of the states hides.
    let numbers =
        |row: &[String]| row[3..].iter().map(|cell| cell.parse::<f64>().expect("a number")).collect::<Vec<_>>();
    let noise = experiment.data.noise;
    assert!(rows.iter().all(|row| {
        let row = numbers(row);
        (row[2] - 2.0 * row[1]).abs() < 2.0 * 6.0 * noise && (row[3] + 3.0 * row[0].sin()).abs() < 3.0 * 6.0 * noise
    }));
    let (headings, rows) = table(&text(&folder, "losses.csv"));
    assert_eq!(headings.len(), 5);
    assert_eq!((rows.first().expect("a row")[0].as_str(), rows.last().expect("a row")[0].as_str()), ("0", "40"));
    for picture in ["portrait", "energy-map", "conserved", "losses"] {
        let svg = text(&folder, &format!("{picture}.svg"));
        assert!(
            svg.contains("seed 7, Orrery ")
                && svg.contains("<title>")
                && svg.matches("<polyline").count() + svg.matches("<rect").count() > 3,
            "{picture}"
        );
    }
    let report = text(&folder, "report.html");
    assert!(!report.contains("<script") && report.contains("@media print"));
    assert_eq!(report.matches("<svg").count(), 4);
    let figures: serde_json::Value = serde_json::from_str(&text(&folder, "figures.json")).expect("JSON");
    assert!(figures["models"]["hnn"]["test_loss"].is_f64());
}

#[test]
fn the_saved_script_moves_the_saved_models_as_they_moved_here() {
    let Some(python) = python::python() else { return };
    let short = ["--set", "steps=60", "--set", "hidden=16"];
    for (name, arguments) in [
        (
            "pendulum",
            &["pendulum", "--set", "models=baseline,hnn,dissipative", "--set", "integrator=generalised-leapfrog"][..],
        ),
        ("there-and-back", &["spring", "--set", "turn=half-time", "--set", "integrator=implicit-midpoint"]),
        ("two-body", &["two-body", "--set", "trajectories=20"]),
        ("recorded", &["real-pendulum-paper"]),
        ("pixels", &["pixels", "--set", "autoencoder=16"]),
    ] {
        let folder = save(&format!("script-{name}"), &[arguments, &short].concat());
        let script = folder.join("reproduce.py");
        let said = python::run(&python, &script, &folder);
        println!("{name}: {said}");
        let within = |line: &str| -> f64 {
            let number = line.split("within ").nth(1).and_then(|rest| rest.split(' ').next());
            number.and_then(|number| number.parse().ok()).expect("a number")
        };
        let models: Vec<&str> = said.lines().filter(|line| line.contains("of the page's motion")).collect();
        assert!(models.len() >= 2, "{said}");
        assert!(models.iter().all(|line| within(line) < 1e-9), "{said}");
        assert!(text(&folder, "figure.svg").matches("<polyline").count() > models.len());
    }
}

#[test]
fn a_graph_network_is_saved_with_its_motions() {
    let small = ["gn-spring", "--set", "graph-steps=20", "--set", "graph-hidden=8", "--zero-shot", "4"];
    let folder = save("saved-graph", &small);
    let (headings, rows) = table(&text(&folder, "data.csv"));
    assert_eq!(headings, ["part", "motion", "t", "body", "x", "y", "vx", "vy", "ax", "ay", "charge", "mass"]);
    assert!(rows.len() > 1000);
    for ending in ["onnx", "safetensors"] {
        assert!(fs::metadata(folder.join(format!("gn-spring-bottleneck.{ending}"))).expect("a file").len() > 1000);
    }
}
