//! One run as a process of its own.

use crate::arguments::Device;
use crate::resources::{Progress, STEPS};
use serde_json::Value;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;

/// How a run ended.
pub enum Ended {
    /// With a report.
    Well(Value),
    /// With a sentence, as it would the next time.
    Refused(String),
    /// It could not even begin: the next would not either.
    Unable(String),
}

/// Times that a run whose process died is begun.
const TRIES: usize = 2;

/// Runs a link on one core.
pub fn run(program: &Path, link: &str, device: Device, progress: &Progress) -> Ended {
    let mut last = String::new();
    for _ in 0..TRIES {
        let begun = command(program, link, device).spawn();
        let (status, output, said) = match begun.map(|child| finish(child, progress)) {
            Ok(Ok(ended)) => ended,
            Ok(Err(error)) | Err(error) => return Ended::Unable(format!("A run could not be started: {error}.")),
        };
        if status.success() {
            return match serde_json::from_str(&output) {
                Ok(report) => Ended::Well(report),
                Err(error) => Ended::Refused(format!("Its report could not be read: {error}.")),
            };
        }
        last = if said.is_empty() { format!("Its process ended: {status}.") } else { said };
        // What is refused with a sentence is refused again.
        if status.code() == Some(2) {
            break;
        }
    }
    Ended::Refused(last)
}

fn command(program: &Path, link: &str, device: Device) -> Command {
    let mut command = Command::new(program);
    command.args(["run", link, "--json", "--progress-lines", "--jobs", "1", "--device"]).arg(match device {
        Device::Cpu => "cpu",
        Device::Gpu => "gpu",
    });
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Follows a process to its end: its status, its output, and the last thing it said that is no progress.
fn finish(mut child: Child, progress: &Progress) -> std::io::Result<(ExitStatus, String, String)> {
    let (out, err) = (child.stdout.take(), child.stderr.take());
    let reading = thread::spawn(move || {
        let mut text = String::new();
        out.map(|mut out| out.read_to_string(&mut text));
        text
    });
    let mut said = String::new();
    for line in err.into_iter().flat_map(|err| BufReader::new(err).lines()).map_while(Result::ok) {
        let mut words = line.split(' ');
        let steps = (words.next() == Some(STEPS)).then(|| words.next().zip(words.next()));
        match steps.flatten().and_then(|(taken, all)| taken.parse().ok().zip(all.parse().ok())) {
            Some((taken, all)) => progress.set(taken, all),
            None if line.trim().is_empty() || line.starts_with("note:") => {}
            None => said = line,
        }
    }
    let status = child.wait()?;
    Ok((status, reading.join().unwrap_or_default(), said))
}
