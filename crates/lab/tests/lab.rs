//! Claims about the command line.

use data::sheet::Sheet;
use std::process::{Command, Output};

fn lab(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_lab")).args(arguments).output().expect("lab starts")
}

#[test]
fn a_run_prints_one_object_a_seed_with_every_figure() {
    let output = lab(&["run", "spring", "--seeds", "0,1", "--set", "steps=20", "--set", "hidden=8", "--json"]);
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).expect("text");
    let reports: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(reports.len(), 2);
    for (seed, report) in reports.iter().enumerate() {
        assert_eq!(
            (&report["preset"], &report["seed"], &report["device"]),
            (&"spring".into(), &seed.into(), &"cpu".into())
        );
        assert_eq!(report["steps"], 20);
        assert!(report["seconds"].is_f64());
        for model in ["baseline", "hnn"] {
            let figures = &report["models"][model];
            assert!(figures["parameters"].is_u64() && figures["diverged"].is_boolean());
            for name in
                ["seconds", "steps_per_second", "train_loss", "test_loss", "test_r2", "rollout_mse", "energy_mse"]
            {
                assert!(figures[name].as_f64().is_some_and(f64::is_finite), "{model} {name}: {}", figures[name]);
            }
        }
    }
}

#[test]
fn a_link_runs_like_its_preset_and_settings() {
    let losses = |arguments: &[&str]| {
        let output = lab(arguments);
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        report["models"]["hnn"]["test_loss"].clone()
    };
    let by_link = losses(&[
        "run",
        "https://example.org/orrery/#v=1&preset=pendulum&models=hnn&steps=15&hidden=8&seed=4",
        "--json",
    ]);
    let by_hand = losses(&[
        "run",
        "pendulum",
        "--seeds",
        "4",
        "--set",
        "models=hnn",
        "--set",
        "steps=15",
        "--set",
        "hidden=8",
        "--json",
    ]);
    assert!(by_link.is_f64());
    assert_eq!(by_link, by_hand);
}

#[test]
fn what_diverges_is_capped_and_said() {
    let output = lab(&[
        "run",
        "spring",
        "--set",
        "lr=1",
        "--set",
        "activation=softplus",
        "--set",
        "steps=60",
        "--set",
        "models=baseline",
        "--json",
    ]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let figures = &report["models"]["baseline"];
    for name in ["train_loss", "test_loss", "test_r2", "rollout_mse", "energy_mse"] {
        assert!(figures[name].as_f64().is_some_and(|x| x.is_finite() && x.abs() <= 1e30), "{name}: {}", figures[name]);
    }
}

#[test]
fn every_preset_is_listed() {
    let output = lab(&["presets"]);
    let text = String::from_utf8(output.stdout).expect("text");
    for preset in ["spring", "pendulum", "spring-paper", "pendulum-paper"] {
        assert!(text.lines().any(|line| line.starts_with(preset)), "{preset}");
    }
}

#[test]
fn bad_arguments_get_one_line_and_exit_code_2() {
    for arguments in [
        &["run"][..],
        &["run", "perpetuum"],
        &["run", "spring", "--set", "steps=0"],
        &["run", "spring", "--set", "steps"],
        &["run", "spring", "--set", "colour=blue"],
        &["run", "spring", "--seeds", "one"],
        &["run", "spring", "--device", "tpu"],
        &[
            "run",
            "spring",
            "--set",
            "hidden=512",
            "--set",
            "trajectories=500",
            "--set",
            "samples=200",
            "--set",
            "depth=5",
        ],
        &["run", "#v=1&preset=spring&lr=NaN"],
        &["run", "#v=1&preset=spring&page=molecules"],
        &["run", "ode-ring", "--save", "folder"],
        &["run", "srnn-chain", "--data", "motion.csv"],
        &["discover", "ode-ring"],
        &["discover", "nri-springs"],
        &["dance"],
        &[],
    ] {
        let output = lab(arguments);
        let text = String::from_utf8(output.stderr).expect("text");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {text}");
        assert_eq!(text.trim().lines().count(), 1, "{arguments:?}: {text}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_measured_pendulum_is_read_from_a_file_and_friction_is_a_third_model() {
    let file = std::env::temp_dir().join(format!("orrery-swing-{}.csv", std::process::id()));
    let rows: String = (0..300)
        .map(|i| f64::from(i) / 10.0)
        .map(|t| format!("{t},{},{}\n", (-0.01 * t).exp() * t.cos(), -(-0.01 * t).exp() * t.sin()))
        .collect();
    std::fs::write(&file, format!("t,theta,omega\n{rows}")).expect("a temporary file");
    let path = file.to_str().expect("a path");
    let output = lab(&["run", "real-pendulum", "--data", path, "--set", "steps=10", "--set", "hidden=8", "--json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    for model in ["baseline", "hnn", "dissipative"] {
        assert!(report["models"][model]["energy_mse"].as_f64().is_some_and(f64::is_finite), "{model}");
    }
    assert!(String::from_utf8_lossy(&output.stderr).contains("300 of 300 rows"));
    let refused = lab(&["run", "spring", "--data", path]);
    assert_eq!(refused.status.code(), Some(2));
    std::fs::remove_file(&file).expect("its own file");
    let missing = lab(&["run", "real-pendulum", "--data", path]);
    assert_eq!(missing.status.code(), Some(2));
    assert_eq!(String::from_utf8_lossy(&missing.stderr).lines().count(), 1);
}

#[test]
fn orbits_report_what_they_should_conserve() {
    let output =
        lab(&["run", "two-body", "--set", "steps=5", "--set", "hidden=8", "--set", "trajectories=10", "--json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    for name in ["momentum_error", "angular_momentum_error"] {
        assert!(report["models"]["hnn"][name].as_f64().is_some_and(f64::is_finite), "{name}");
    }
}

#[test]
fn a_law_is_found_in_a_table_and_the_same_seed_finds_the_same_front() {
    let file = std::env::temp_dir().join(format!("orrery-table-{}.csv", std::process::id()));
    let rows = (0..200).map(|i| (1.0 + f64::from(i % 7), 1.0 + f64::from(i % 11), 0.5 + f64::from(i % 13) / 4.0));
    let rows: String = rows.map(|(a, b, r)| format!("{a},{b},{r},{}\n", a * b / (r * r))).collect();
    std::fs::write(&file, format!("m1,m2,r,F\n{rows}")).expect("a temporary file");
    let path = file.to_str().expect("a path");
    let search = || lab(&["discover", "--csv", path, "--target", "F", "--evaluations", "60000", "--json"]);
    let (first, again) = (search(), search());
    assert!(first.status.success(), "{}", String::from_utf8_lossy(&first.stderr));
    let lines =
        |output: &Output| String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect::<Vec<_>>();
    let (laws, summary) = (lines(&first), lines(&again));
    assert_eq!(laws[..laws.len() - 1], summary[..summary.len() - 1]);
    let best: serde_json::Value = serde_json::from_str(&laws[laws.len() - 1]).expect("JSON");
    assert!(best["best"]["loss"].as_f64().expect("a loss") < 1e-20, "{best}");
    assert!(best["found_at"].as_u64().expect("a count") <= best["evaluations"].as_u64().expect("a count"));
    // The table that was searched reads back as it was.
    let saved = file.with_extension("saved.csv");
    let copy = saved.to_str().expect("a path");
    lab(&["discover", "--csv", path, "--target", "F", "--evaluations", "100", "--errors", "relative", "--save", copy]);
    let table = |path| {
        let opened = data::open(&std::fs::read(path).expect("a table")).expect("a table");
        let sheet = Sheet::of(&opened.table).expect("numbers");
        sheet.columns.into_iter().map(|column| (column.name, column.values)).collect::<Vec<_>>()
    };
    assert_eq!(table(&file), table(&saved));
    std::fs::remove_file(&saved).expect("its own file");
    let refused = lab(&["discover", "--csv", path, "--target", "G"]);
    assert_eq!(refused.status.code(), Some(2));
    assert_eq!(String::from_utf8_lossy(&refused.stderr).lines().count(), 1);
    std::fs::remove_file(&file).expect("its own file");
}

#[test]
fn a_graph_network_trains_and_says_what_its_messages_are() {
    let small = ["--set", "graph-steps=20", "--set", "graph-hidden=8", "--json"];
    let output = lab(&[&["run", "gn-spring", "--seeds", "2", "--zero-shot", "4,6"], &small[..]].concat());
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one line of JSON");
    assert_eq!((report["preset"].as_str(), report["seed"].as_u64()), (Some("gn-spring"), Some(2)));
    for (name, messages, size) in [("gn", "bottleneck", 2), ("standard", "standard", 100)] {
        let network = &report["models"][name];
        assert_eq!((network["messages"].as_str(), network["message_dim"].as_u64()), (Some(messages), Some(size)));
        assert!(network["parameters"].is_u64() && network["train_loss"].is_f64() && network["test_loss"].is_f64());
        let r2 = &network["message_r2"];
        assert!(["force", "force_per_mass"].contains(&r2["target"].as_str().expect("a word")));
        assert!(r2["plain"].as_f64().is_some_and(|r2| r2 <= 1.0) && r2["trimmed"].as_f64().is_some_and(|r2| r2 <= 1.0));
        let asked: Vec<_> = network["zero_shot"].as_object().expect("an object").keys().cloned().collect();
        assert_eq!(asked, ["4", "6"]);
    }
    // A link of that page is the same experiment, and other messages are a setting.
    let link = "#v=1&preset=spring&page=graph&strategy=kl&message_dim=7&against=nothing";
    let output = lab(&[&["run", link, "--seeds", "2"], &small[..]].concat());
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one line of JSON");
    let network = &report["models"]["gn"];
    assert_eq!((network["messages"].as_str(), network["message_dim"].as_u64()), (Some("kl"), Some(7)));
    for bad in [&["run", "gn-jelly"][..], &["run", "gn-spring", "--device", "gpu"]] {
        let refused = lab(bad);
        assert_eq!(refused.status.code(), Some(2));
        assert_eq!(String::from_utf8_lossy(&refused.stderr).lines().count(), 1);
    }
}

#[test]
fn a_formula_is_looked_for_in_the_network_of_the_seed_in_the_link() {
    let saved = |link: &str, seed: &[&str]| {
        let file =
            std::env::temp_dir().join(format!("orrery-seed-{}-{}.csv", std::process::id(), link.len() + seed.len()));
        let path = file.to_str().expect("a path").to_owned();
        let output = lab(&[&["discover", link, "--evaluations", "100", "--save", &path], seed].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = std::fs::read_to_string(&file).expect("a table");
        std::fs::remove_file(&file).expect("its own file");
        text
    };
    let small = "#v=1&preset=spring&steps=5&hidden=4";
    let seeded = format!("{small}&seed=3");
    let (by_link, by_hand, other) = (saved(&seeded, &[]), saved(small, &["--seed", "3"]), saved(small, &[]));
    assert_eq!(by_link, by_hand);
    assert_ne!(by_link, other);
    assert_eq!(saved(&seeded, &["--seed", "0"]), other);
}

#[test]
fn a_law_is_found_in_what_a_network_has_learned() {
    let output = lab(&["discover", "spring", "--seconds", "5", "--json"]);
    let text = String::from_utf8(output.stdout).expect("text");
    let last: serde_json::Value = serde_json::from_str(text.lines().last().expect("a line")).expect("JSON");
    let law = last["best"]["law"].as_str().expect("a law");
    assert!(law.contains('q') && law.contains('p'), "{law}");
    // Two numbers are varied and a law's error is squared, so the constant's is the variance; a paraboloid leaves little of it.
    let first: serde_json::Value = serde_json::from_str(text.lines().next().expect("a line")).expect("JSON");
    let (constant, best) = (first["loss"].as_f64().expect("a loss"), last["best"]["loss"].as_f64().expect("a loss"));
    assert!(best < 0.02 * constant, "{best} of {constant}");
    // Neither a table nor a network to ask.
    let refused = lab(&["discover"]);
    assert_eq!(refused.status.code(), Some(2));
    assert_eq!(String::from_utf8_lossy(&refused.stderr).lines().count(), 1);
}

#[test]
fn columns_errors_and_units_are_chosen_and_json_says_what_was_found() {
    let file = std::env::temp_dir().join(format!("orrery-spring-{}.csv", std::process::id()));
    // A spring of 25 N/m, and a column that knows the rest of every force; weighed worse at the end.
    let rows: String = (1..=24)
        .map(|i| (f64::from(i), f64::from(i * 7 % 5) - 2.0))
        .map(|(i, off)| {
            let error = if i > 20.0 { 2.0 } else { 0.01 };
            format!("{},{off},{},{error}\n", 0.01 * i, 0.25 * i + 0.5 * error * off)
        })
        .collect();
    std::fs::write(&file, format!("x (m),off,F (N),s\n{rows}")).expect("a temporary file");
    let path = file.to_str().expect("a path");
    let search = |extra: &[&str]| {
        let fixed = ["discover", "--csv", path, "--target", "F", "--evaluations", "40000", "--json"];
        let output = lab(&[&fixed[..], extra].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8(output.stdout).expect("text");
        serde_json::from_str::<serde_json::Value>(text.lines().last().expect("a line")).expect("JSON")
    };
    let found = search(&["--inputs", "x", "--errors-column", "s"]);
    assert_eq!(
        (&found["inputs"], &found["target"], &found["rows"]),
        (&serde_json::json!(["x"]), &"F".into(), &24.into())
    );
    assert_eq!(found["loss"], "mean squared error in units of the measured errors");
    assert_eq!((&found["finding"], &found["cells"]["x"]), (&"approximate".into(), &"A2".into()));
    let best = &found["best"];
    let slope = best["constants"][0].as_f64().expect("a constant");
    assert!((slope - 25.0).abs() < 0.1 && best["free_constants"].as_u64() <= Some(1), "{best}");
    assert_eq!(best["constant_units"], serde_json::json!(["N/m"]));
    assert!(best["known"].as_str().is_some_and(|known| known.contains("Hooke")), "{best}");
    for notation in ["law", "latex", "rust", "python", "sympy", "spreadsheet", "exact"] {
        assert!(best[notation].as_str().is_some_and(|text| !text.is_empty()), "{notation}");
    }
    // What is off is of the same kind as nothing else: with units, a law that adds it to a force is none.
    let fitting = search(&["--inputs", "x,off", "--fit-units", "--unit", "off=kg"]);
    let law = fitting["best"]["law"].as_str().expect("a law");
    assert!(!law.contains("off"), "{law}");
    let noise = search(&["--inputs", "off"]);
    assert_eq!(noise["finding"], "nothing better than a constant");
    for bad in [
        &["--inputs", "F"][..],
        &["--inputs", "y"],
        &["--unit", "x"],
        &["--errors", "relative", "--errors-column", "s"],
    ] {
        let refused = lab(&[&["discover", "--csv", path, "--target", "F"][..], bad].concat());
        assert_eq!(refused.status.code(), Some(2), "{bad:?}");
        assert_eq!(String::from_utf8_lossy(&refused.stderr).trim().lines().count(), 1, "{bad:?}");
    }
    std::fs::remove_file(&file).expect("its own file");
}
