//! Claims about the command line with networks trained through integrators.

use serde_json::Value;
use std::process::Command;

fn run(arguments: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_lab")).args(arguments).output().expect("lab starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("one line of JSON")
}

fn numbers(of: &Value, keys: &[&str]) {
    for key in keys {
        assert!(of[*key].as_f64().is_some_and(f64::is_finite), "{key} of {of}");
    }
}

#[test]
fn graph_networks_through_an_integrator_are_printed_with_their_table() {
    let small =
        ["--set", "ode-steps=5", "--set", "ode-hidden=8", "--set", "ode-trajectories=20", "--seeds", "3", "--json"];
    let report = run(&[&["run", "ode-springs"], &small[..]].concat());
    assert_eq!((&report["preset"], &report["seed"], &report["steps"]), (&"ode-springs".into(), &3.into(), &5.into()));
    for model in ["delta", "ogn", "hogn", "true_h"] {
        let figures = &report["models"][model];
        numbers(figures, &["rmse_t10", "drift_t10", "rmse_t50", "drift_t50"]);
        for cell in figures["grid"].as_array().expect("a table") {
            numbers(cell, &["dt", "rmse", "drift"]);
            assert!(cell["integrator"].is_string());
        }
    }
    let integrators = |model: &str| report["models"][model]["grid"].as_array().expect("a table").len();
    assert_eq!(["delta", "ogn", "hogn", "true_h"].map(integrators), [10, 20, 25, 25]);
}

#[test]
fn networks_at_a_coarse_step_are_printed_with_refined_steps_and_noisy_starts() {
    let small = ["--set", "srnn-steps=8", "--set", "srnn-hidden=8", "--set", "srnn-trajectories=20", "--json"];
    let report = run(&[&["run", "srnn-chain"], &small[..]].concat());
    for model in ["single", "multi", "euler", "true_leapfrog"] {
        numbers(&report["models"][model], &["rmse_10", "rmse_100", "drift"]);
    }
    numbers(&report["refined"], &["rmse_10"]);
    numbers(&report["noisy"], &["raw_10", "optimised_10"]);
    let report = run(&[&["run", "srnn-three-body"], &small[..]].concat());
    assert!(report["models"]["multi"]["rmse_100"].is_null(), "neighbouring motions part");
}
