//! `lab report`: one page about the table of a sweep.

mod groups;
mod page;
mod picture;

use crate::arguments::Report;
use crate::sweep::write_file;
use groups::Results;
use std::fs;

/// Reads the table and writes the page beside it.
pub fn report(arguments: &Report) -> Result<(), String> {
    let table =
        if arguments.results.is_dir() { arguments.results.join("results.csv") } else { arguments.results.clone() };
    let text =
        fs::read_to_string(&table).map_err(|error| format!("“{}” could not be read: {error}.", table.display()))?;
    let results = Results::read(&text).map_err(|error| format!("“{}”: {error}", table.display()))?;
    let name = table.parent().and_then(|folder| folder.file_stem()).unwrap_or_default().to_string_lossy().into_owned();
    let page = page::page(&results, &name);
    let out = arguments.out.clone().unwrap_or_else(|| table.with_file_name("report.html"));
    write_file(&out, page.as_bytes())?;
    println!("{} runs in {} groups: “{}”.", results.runs, results.groups.len(), out.display());
    Ok(())
}
