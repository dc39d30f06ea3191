//! Claims about `lab run nri-… --data FILE`: the graph of a motion that was measured.

use physics::coupled::system::{Coupling, DT, pairs};
use std::fmt::Write;
use std::path::PathBuf;
use std::process::{Command, Output};

fn lab(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_lab")).args(arguments).output().expect("lab starts")
}

/// A file with the motion of four bodies, three pairs of which are joined by springs; velocities are left out.
fn file() -> (PathBuf, Vec<bool>) {
    let edges = vec![true, false, true, true, false, false];
    let (x, v) = ([0.6, 0.1, -0.4, 0.5, 0.1, -0.7, -0.5, -0.4], [0.1, 0.4, -0.5, 0.0, 0.3, -0.2, 0.1, 0.4]);
    let motion = Coupling::Springs.motion(&edges, &x, &v, 150);
    let mut text = String::from("t,x1,y1,x2,y2,x3,y3,x4,y4\n");
    for (frame, x) in motion.positions.iter().enumerate() {
        let cells: Vec<String> = x.iter().map(|x| format!("{x:.6}")).collect();
        writeln!(text, "{},{}", frame as f64 * DT, cells.join(",")).expect("text");
    }
    let path = std::env::temp_dir().join(format!("orrery-bodies-{}.csv", std::process::id()));
    std::fs::write(&path, text).expect("a temporary file");
    (path, edges)
}

#[test]
fn the_graph_of_a_measured_motion_is_printed_pair_by_pair() {
    let (file, edges) = file();
    let path = file.to_str().expect("a path");
    let output = lab(&["run", "nri-springs", "--data", path, "--json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert!(report.get("edge_accuracy").is_none() && report.get("yardsticks").is_none(), "{report}");
    let found = report["pairs"].as_array().expect("pairs");
    assert_eq!(found.len(), edges.len());
    for ((pair, edge), (i, j)) in found.iter().zip(&edges).zip(pairs(4)) {
        assert_eq!(pair["bodies"], serde_json::json!([(i + 1).to_string(), (j + 1).to_string()]));
        assert_eq!(pair["edge"], *edge, "{pair}");
        assert!(pair["yardsticks"]["projection"].is_f64());
    }
    let error = |graph: &str| report[graph]["20"].as_f64().expect("an error");
    assert!(error("mse") < 0.5 * error("mse_full_graph").min(error("mse_straight")), "{report}");
    let encoder = lab(&["run", "nri-springs-amortised", "--data", path]);
    let text = String::from_utf8_lossy(&encoder.stderr).into_owned();
    assert!(encoder.status.code() == Some(2) && text.contains("many motions"), "{text}");
    let columns = lab(&["run", "nri-springs", "--data", path, "--q", "x1"]);
    assert_eq!(columns.status.code(), Some(2));
    std::fs::remove_file(&file).expect("its own file");
}

#[test]
fn a_file_without_such_a_motion_gets_a_sentence() {
    let path = std::env::temp_dir().join(format!("orrery-no-bodies-{}.csv", std::process::id()));
    for (text, said) in
        [("t,x1,y1\n0,0,1\n1,1,2\n", "Expected are 3 to 10 bodies"), ("t,theta\n0,1\n1,2\n", "under its number")]
    {
        std::fs::write(&path, text).expect("a temporary file");
        let output = lab(&["run", "nri-springs", "--data", path.to_str().expect("a path")]);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            output.status.code() == Some(2) && error.contains(said) && error.trim().lines().count() == 1,
            "{error}"
        );
    }
    std::fs::remove_file(&path).expect("its own file");
}
