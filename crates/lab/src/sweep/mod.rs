//! `lab sweep`: many runs from one description, on all cores, kept as they end, in one table.
//!
//! | file of the results | what is in it |
//! |---|---|
//! | `journal.jsonl` | a line a finished run: its link, the version, what `lab run --json` printed or why it failed |
//! | `results.csv`, `results.parquet` | a row a run, in the order of the plan, whichever ended first |
//! | `sweep.toml` | the description |
//!
//! Each run is a process of its own, `lab run LINK --json`: one that dies takes no other with it, and a run on another machine is the
//! same command. A sweep that was stopped, in whatever way, goes on from its journal.

mod journal;
mod plan;
mod process;
mod spec;
pub mod table;
mod write;

use crate::arguments::Sweep;
use crate::resources::{Board, Progress, all_cores, as_done};
use journal::{Entry, Journal};
use plan::Plan;
use process::Ended;
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// Carries out what is missing of a sweep, or says what that is, and writes its tables.
pub fn sweep(arguments: &Sweep) -> Result<(), String> {
    let text = read(&arguments.spec)?;
    let plan = Plan::of(&spec::read(&text).map_err(|error| format!("“{}”: {error}", arguments.spec.display()))?)?;
    let folder = arguments.out.clone().unwrap_or_else(|| beside(&arguments.spec));
    if arguments.plan {
        let done = Journal::entries(&folder)?;
        let done: HashSet<&str> = done.iter().map(|entry| entry.link.as_str()).collect();
        for (run, task) in plan.tasks.iter().enumerate().filter(|(_, task)| !done.contains(task.link.as_str())) {
            println!("{}", serde_json::json!({ "run": run, "link": task.link }));
        }
        return Ok(());
    }
    fs::create_dir_all(&folder).map_err(|error| format!("“{}” could not be made: {error}.", folder.display()))?;
    let mut journal = Journal::open(&folder, arguments.again)?;
    if !arguments.gather {
        carry_out(&plan, &mut journal, arguments)?;
    }
    write_file(&folder.join("sweep.toml"), text.as_bytes())?;
    let table = table::of(&plan, journal.entries.iter());
    write_file(&folder.join("results.csv"), write::csv(&table)?.as_slice())?;
    write_file(&folder.join("results.parquet"), write::parquet(&table, &plan.hash)?.as_slice())?;
    println!("{}", table.summary(plan.tasks.len(), &folder.display().to_string()));
    println!("Digest of all but times: {}", table.digest());
    Ok(())
}

/// Carries out the tasks that have no entry yet.
fn carry_out(plan: &Plan, journal: &mut Journal, arguments: &Sweep) -> Result<(), String> {
    let done: HashSet<&str> = journal.entries.iter().map(|entry| entry.link.as_str()).collect();
    let missing: Vec<_> = plan.tasks.iter().filter(|task| !done.contains(task.link.as_str())).collect();
    let before = plan.tasks.len() - missing.len();
    if before > 0 {
        eprintln!("{before} of {} runs are done already.", plan.tasks.len());
    }
    let program = std::env::current_exe().map_err(|error| format!("This program was not found: {error}."))?;
    let board = Board::new(false);
    let runs = board.runs(plan.tasks.len() as u64, before as u64);
    let (begun, busy) = (Instant::now(), AtomicU64::new(0));
    let run = |number: usize| {
        let progress: Progress = board.line(missing[number].name.clone());
        let begun = Instant::now();
        let ended = process::run(&program, &missing[number].link, arguments.device, &progress);
        busy.fetch_add(begun.elapsed().as_micros() as u64, Ordering::Relaxed);
        ended
    };
    let at_once = arguments.jobs.map_or_else(all_cores, usize::from).min(missing.len());
    as_done(missing.len(), at_once, run, |number, ended| {
        let link = missing[number].link.clone();
        let entry = match ended {
            Ended::Well(report) => Entry::report(link, report),
            Ended::Refused(sentence) => {
                board.print(|| eprintln!("{}: {sentence}", missing[number].name));
                Entry::error(link, sentence)
            }
            Ended::Unable(sentence) => return Err(sentence),
        };
        runs.inc(1);
        journal.add(entry)
    })?;
    runs.finish_and_clear();
    if at_once > 0 {
        let seconds = begun.elapsed().as_secs_f64();
        let share = busy.into_inner() as f64 / 1e6 / seconds.max(1e-9) / at_once as f64;
        eprintln!(
            "{} runs in {seconds:.1} s; a run was going on {:.0} % of the time at {at_once} places.",
            missing.len(),
            100.0 * share
        );
    }
    Ok(())
}

/// The folder of results beside a description.
fn beside(spec: &Path) -> PathBuf {
    spec.with_extension("results")
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("“{}” could not be read: {error}.", path.display()))
}

/// Writes a file whole: under another name first, so that a reader never finds half of it.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("“{}” could not be written: {error}.", path.display());
    let fresh = path.with_added_extension("new");
    fs::write(&fresh, bytes).map_err(failed)?;
    fs::rename(&fresh, path).map_err(failed)
}
