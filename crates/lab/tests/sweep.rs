//! Claims about sweeps: one table whatever happens on the way, and a page about it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

fn lab(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_lab")).args(arguments).output().expect("lab starts")
}

/// A folder of its own for each test, with a description in it.
struct Place(PathBuf);

impl Place {
    fn new(name: &str, spec: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("orrery-sweep-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join("sweep.toml"), spec).expect("a description");
        Self(folder)
    }

    fn spec(&self) -> String {
        self.0.join("sweep.toml").display().to_string()
    }

    fn out(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn lines(path: &Path) -> usize {
    fs::read_to_string(path).map_or(0, |text| text.lines().count())
}

fn digest(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = text.lines().find(|line| line.starts_with("Digest")).map(str::to_owned);
    line.unwrap_or_else(|| panic!("no digest in {text}{}", String::from_utf8_lossy(&output.stderr)))
}

const QUICK: &str =
    "from = [\"spring\", \"pendulum\"]\nseeds = [0, 1]\nset = { steps = 20 }\n[grid]\nhidden = [8, 12]\n";

#[test]
fn one_at_a_time_or_all_at_once_the_table_is_the_same() {
    let place = Place::new("order", QUICK);
    let one = lab(&["sweep", &place.spec(), "--out", &place.out("one"), "--jobs", "1"]);
    let all = lab(&["sweep", &place.spec(), "--out", &place.out("all"), "--jobs", "8"]);
    assert!(one.status.success() && all.status.success());
    assert_eq!(digest(&one), digest(&all));
    let table = fs::read_to_string(place.0.join("one/results.csv")).expect("a table");
    let mut reader = table.lines();
    let head: Vec<&str> = reader.next().expect("a head").split(',').collect();
    for name in ["run", "preset", "link", "seed", "spec", "version", "set.hidden", "set.lr", "hnn.test_loss", "seconds"]
    {
        assert!(head.contains(&name), "{name} in {head:?}");
    }
    assert_eq!(reader.count(), 8);
    assert!(fs::read(place.0.join("one/results.parquet")).expect("a table").ends_with(b"PAR1"));
    // A run of the sweep is the run of its link.
    let link = "#v=1&preset=pendulum&hidden=12&steps=20&seed=1";
    let alone = lab(&["run", link, "--json"]);
    let report: serde_json::Value = serde_json::from_slice(&alone.stdout).expect("a report");
    let loss = report["models"]["hnn"]["test_loss"].to_string();
    let row = table.lines().find(|line| line.starts_with("7,")).expect("the last run");
    assert!(row.contains(&loss), "{loss} in {row}");
}

#[test]
fn a_sweep_that_is_killed_goes_on_and_repeats_nothing() {
    let place = Place::new("killed", &QUICK.replace("steps = 20", "steps = 1500"));
    let (out, journal) = (place.out("results"), place.0.join("results/journal.jsonl"));
    let mut sweep = Command::new(env!("CARGO_BIN_EXE_lab"))
        .args(["sweep", &place.spec(), "--out", &out, "--jobs", "2"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("lab starts");
    let begun = Instant::now();
    while lines(&journal) < 2 {
        assert!(begun.elapsed() < Duration::from_secs(300), "no run ended");
        thread::sleep(Duration::from_millis(5));
    }
    sweep.kill().expect("killed");
    sweep.wait().expect("dead");
    let kept = fs::read_to_string(&journal).expect("a journal");
    assert!((2..8).contains(&kept.lines().count()), "{} runs before it was killed", kept.lines().count());
    let planned = lab(&["sweep", &place.spec(), "--out", &out, "--plan"]);
    assert_eq!(String::from_utf8_lossy(&planned.stdout).lines().count(), 8 - kept.lines().count());
    let resumed = lab(&["sweep", &place.spec(), "--out", &out]);
    let after = fs::read_to_string(&journal).expect("a journal");
    assert!(after.starts_with(&kept), "what was kept is not run again");
    assert_eq!(after.lines().count(), 8);
    let whole = lab(&["sweep", &place.spec(), "--out", &place.out("whole")]);
    assert_eq!(digest(&resumed), digest(&whole));
}

#[test]
fn a_report_has_a_table_and_a_picture_for_every_figure() {
    let place = Place::new("report", QUICK);
    assert!(lab(&["sweep", &place.spec()]).status.success());
    let results = place.out("sweep.results");
    let output = lab(&["report", &results]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let page = fs::read_to_string(place.0.join("sweep.results/report.html")).expect("a page");
    for text in
        ["8 runs, in 4 groups that differ in preset, hidden", "test loss", "energy mse", "<svg", "rgb(0,114,178)"]
    {
        assert!(page.contains(text), "{text}");
    }
    assert!(!page.contains("<script") && page.matches("<svg").count() >= 5);
    let nothing = lab(&["report", &place.spec()]);
    assert_eq!(nothing.status.code(), Some(2));
}

#[test]
fn a_description_that_is_wrong_gets_one_sentence() {
    for wrong in ["", "from = \"perpetuum\"", "from = \"spring\"\n[grid]\nlr = [1e9]", "from = \"spring\"\nseeds = 3"] {
        let place = Place::new("wrong", wrong);
        let output = lab(&["sweep", &place.spec()]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), said.trim().lines().count()), (Some(2), 1), "{wrong}: {said}");
    }
    let output = lab(&["sweep", "/nowhere/sweep.toml"]);
    assert_eq!(output.status.code(), Some(2));
}
