//! `lab`: the experiments of the page, without the page.

mod arguments;
mod discover;
mod dynamics;
mod graph;
mod law_report;
mod networks;
mod output;
mod question;
mod reading;
mod related;
mod report;
mod resources;
mod run;
mod save;
mod search;
mod sweep;

use arguments::{Command, Lab};
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let done = match Lab::try_parse() {
        Ok(Lab { command: Command::Presets }) => {
            output::presets();
            Ok(())
        }
        Ok(Lab { command: Command::Run(arguments) }) => run::run(&arguments),
        Ok(Lab { command: Command::Sweep(arguments) }) => sweep::sweep(&arguments),
        Ok(Lab { command: Command::Report(arguments) }) => report::report(&arguments),
        Ok(Lab { command: Command::Inspect(arguments) }) => reading::inspect(&arguments),
        Ok(Lab { command: Command::Discover(arguments) }) => discover::discover(&arguments),
        Err(error) if error.use_stderr() => Err(arguments::one_line(&error)),
        Err(help) => {
            print!("{help}");
            Ok(())
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::from(2)
        }
    }
}
