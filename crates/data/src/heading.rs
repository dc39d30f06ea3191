//! The parts of a column's heading: what it is called, its unit, and the run that it belongs to.
//!
//! `Time (ms) Run #1`, `Data Set 2:Position(m)`, `t/ms`, `Zeit t / s`, `"Length, m"`, `Weg in cm`, `time_ms`, `angle [°]`.

use crate::limits::{MAX_NAME, shortened};
use crate::units::{Kind, Unit};
use crate::words::{Meaning, meaning};

/// A heading in its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// What the column is called.
    pub name: String,
    /// Its unit as the file writes it.
    pub unit: Option<String>,
    /// The run, data set or object that it belongs to, where the heading names one.
    pub run: Option<String>,
}

/// Words that a run is counted by, in small letters.
const RUN_WORDS: &str = "run runs trial lauf versuch messung durchgang messreihe essai mesure série serie ensayo prueba corrida prova misura corsa medida \
     tentativa set dataset 运行 試行 실험";

/// The parts of a heading.
pub fn parse(text: &str) -> Heading {
    let text = tidy(text);
    let (run, text) = split_run(&text);
    let (name, unit) = split_unit(text);
    let name = if name.is_empty() { text } else { name.as_str() };
    Heading {
        name: shortened(name, MAX_NAME),
        unit: unit.map(|unit| shortened(&unit, MAX_NAME)),
        run: run.map(|run| shortened(&run, MAX_NAME)),
    }
}

/// Single spaces, and ordinary brackets for the wide ones of East Asian keyboards.
fn tidy(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|c| match c {
            '（' | '［' | '【' => '(',
            '）' | '］' | '】' => ')',
            '：' => ':',
            '／' => '/',
            '＃' => '#',
            other => other,
        })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The run that a heading names, before a colon or at its end, and what is left of it.
fn split_run(text: &str) -> (Option<String>, &str) {
    if let Some((before, after)) = text.split_once(':') {
        let (before, after) = (before.trim(), after.trim());
        if before.chars().any(char::is_alphabetic) && !after.is_empty() && !fits(before, after) {
            return (Some(before.to_owned()), after);
        }
    }
    // “Run 3” in brackets, or bare.
    let open = text.strip_suffix([')', ']']).and_then(|inner| inner.rfind(['(', '[']));
    let bare = open.map_or(text, |at| &text[at + 1..text.len() - 1]);
    let digits = bare.len() - bare.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    if digits == 0 {
        return (None, text);
    }
    let before = bare[..bare.len() - digits].trim_end();
    let (before, numbered) = before.strip_suffix('#').map_or((before, false), |rest| (rest.trim_end(), true));
    let word = before.rsplit([' ', ')', ']']).next().unwrap_or_default();
    let known = RUN_WORDS.split_whitespace().any(|run| run == word.to_lowercase());
    let start = before.len() - word.len();
    let head = before[..start].trim_end();
    // After a unit in brackets any word may count the runs: the program's language is not known.
    let after_unit = numbered && head.ends_with([')', ']']);
    let place = match open {
        Some(at) if known && start == 0 => at,
        None if (known || after_unit) && !head.is_empty() => start,
        None if numbered && !known && !before.is_empty() => before.len(),
        _ => return (None, text),
    };
    let name = text[..place].trim();
    let run = text[place..].trim().trim_matches(['(', ')', '[', ']']);
    if name.is_empty() { (None, text) } else { (Some(run.to_owned()), name) }
}

/// Name and unit.
fn split_unit(text: &str) -> (String, Option<String>) {
    let with = |name: &str, unit: &str| (name.trim().to_owned(), Some(unit.trim().to_owned()));
    if let Some((name, unit, rest)) = bracketed(text) {
        return (format!("{} {}", name.trim(), rest.trim()).trim().to_owned(), Some(unit.trim().to_owned()));
    }
    if let Some((name, unit)) = text.split_once(" / ")
        && !name.trim().is_empty()
        && !unit.trim().is_empty()
    {
        return with(name, unit);
    }
    if Unit::parse(text).is_some() {
        // Nothing but a unit: `ms`, `deg`; a single letter is a name.
        return if text.chars().count() > 1 { with(text, text) } else { (text.to_owned(), None) };
    }
    let slash = text.match_indices('/').find(|(at, _)| *at > 0 && Unit::parse(&text[at + 1..]).is_some());
    if let Some((at, _)) = slash {
        return with(&text[..at], &text[at + 1..]);
    }
    for between in [",", " in ", " en ", ":"] {
        if let Some((name, unit)) = text.rsplit_once(between)
            && !name.trim().is_empty()
            && Unit::parse(unit).is_some()
        {
            return with(name, unit);
        }
    }
    match suffixed(text) {
        Some((name, unit)) => (name, Some(unit)),
        None => (text.to_owned(), None),
    }
}

/// The last bracket of a heading with something before it: name, unit, and what follows.
fn bracketed(text: &str) -> Option<(&str, &str, &str)> {
    let close = text.rfind([')', ']'])?;
    // Back to the bracket that it closes.
    let mut depth = 0;
    let open = text[..=close].char_indices().rev().find_map(|(at, c)| {
        match c {
            ')' | ']' => depth += 1,
            '(' | '[' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at)
    })?;
    let (name, unit, rest) = (&text[..open], &text[open + 1..close], &text[close + 1..]);
    (!name.trim().is_empty() && !unit.trim().is_empty()).then_some((name, unit, rest))
}

/// A unit at the end of a name that it fits: `time_ms`, `angle deg`, `omega_rad_s`, `elapsedMs`.
fn suffixed(text: &str) -> Option<(String, String)> {
    let parts: Vec<&str> = text.split(['_', ' ']).collect();
    for count in [2, 1] {
        let Some(at) = parts.len().checked_sub(count).filter(|at| *at > 0) else { continue };
        let (name, unit) = (parts[..at].join(" "), parts[at..].join("/"));
        if fits(&name, &unit) {
            return Some((name, unit));
        }
    }
    let hump = text.char_indices().skip(1).filter(|(_, c)| c.is_ascii_uppercase()).last()?.0;
    let (name, unit) = text.split_at(hump);
    fits(name, unit).then(|| (name.to_owned(), unit.to_lowercase()))
}

/// Whether a unit measures what a name stands for.
fn fits(name: &str, unit: &str) -> bool {
    let Some(unit) = Unit::parse(unit) else { return false };
    match unit.kind {
        Kind::Time => meaning(name) == Meaning::Time,
        Kind::Length | Kind::Angle => meaning(name) == Meaning::Position,
        Kind::Velocity | Kind::AngularVelocity | Kind::Momentum => meaning(name) == Meaning::Velocity,
        Kind::Acceleration | Kind::AngularAcceleration => meaning(name) == Meaning::Acceleration,
        Kind::Other => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_unit_and_run_are_told_apart_in_many_spellings() {
        for (text, name, unit, run) in [
            ("Time (s)", "Time", "s", ""),
            ("theta [rad]", "theta", "rad", ""),
            ("omega", "omega", "", ""),
            ("t/ms", "t", "ms", ""),
            ("omega/rad s-1", "omega", "rad s-1", ""),
            ("Zeit t / s", "Zeit t", "s", ""),
            ("Winkelgeschwindigkeit ω / °/s", "Winkelgeschwindigkeit ω", "°/s", ""),
            ("Length, m", "Length", "m", ""),
            ("Weg in cm", "Weg", "cm", ""),
            ("Tiempo en ms", "Tiempo", "ms", ""),
            ("time_ms", "time", "ms", ""),
            ("omega_rad_s", "omega", "rad/s", ""),
            ("elapsedMs", "elapsed", "ms", ""),
            ("v_m_s", "v", "m/s", ""),
            ("ms", "ms", "ms", ""),
            ("s", "s", "", ""),
            ("Time (ms) Run #1", "Time", "ms", "Run #1"),
            ("Angular Acceleration (rad/s²) Run #12", "Angular Acceleration", "rad/s²", "Run #12"),
            ("Winkel (rad) Durchlauf #2", "Winkel", "rad", "Durchlauf #2"),
            ("Position #2", "Position", "", "#2"),
            ("Angular Position Run 2", "Angular Position", "", "Run 2"),
            ("x (Run 3)", "x", "", "Run 3"),
            ("Data Set 1:Time(s)", "Time", "s", "Data Set 1"),
            ("Latest: Position (m)", "Position", "m", "Latest"),
            ("mass A: x", "x", "", "mass A"),
            ("Time: s", "Time", "s", ""),
            ("時間（ms）", "時間", "ms", ""),
            ("角度／deg", "角度", "deg", ""),
            ("x_min", "x_min", "", ""),
            ("mass_A", "mass_A", "", ""),
            ("v_{x}", "v_{x}", "", ""),
            ("dx/dt", "dx/dt", "", ""),
            ("km/h", "km/h", "km/h", ""),
            ("T (yr)", "T", "yr", ""),
            ("theta1", "theta1", "", ""),
            ("Run #1", "Run #1", "", ""),
            ("trial 1", "trial 1", "", ""),
            ("(s)", "(s)", "(s)", ""),
            ("", "", "", ""),
        ] {
            let heading = parse(text);
            let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            assert_eq!(heading, Heading { name: name.into(), unit: some(unit), run: some(run) }, "{text}");
        }
    }
}
