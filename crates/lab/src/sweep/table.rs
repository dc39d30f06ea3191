//! The table of a sweep: a row a run, a column for everything that is known of it.

use super::journal::Entry;
use super::plan::{Plan, Task, hex};
use experiments::fields::{Field, Kind};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, HashMap};

/// Columns by name, each as long as the table.
#[derive(Debug, Default, PartialEq)]
pub struct Table {
    /// Name and values, in order.
    pub columns: Vec<(String, Column)>,
}

/// The values of a column; a value that is not there is `None`.
#[derive(Clone, Debug, PartialEq)]
pub enum Column {
    /// Yes or no.
    Flags(Vec<Option<bool>>),
    /// Whole numbers.
    Whole(Vec<Option<i64>>),
    /// Numbers.
    Numbers(Vec<Option<f64>>),
    /// Texts.
    Texts(Vec<Option<String>>),
}

/// What settings are named by.
pub const SETTING: &str = "set.";
/// Columns that are not of settings and no figures of merit.
pub const OWN: [&str; 8] = ["run", "preset", "seed", "link", "device", "version", "spec", "error"];
/// Parts of a report that are columns of their own.
const ELSEWHERE: [&str; 3] = ["preset", "seed", "device"];

/// Whether a figure is a measured time: the only ones that differ between two tables of the same sweep.
pub fn is_time(name: &str) -> bool {
    matches!(name.rsplit('.').next(), Some("seconds" | "steps_per_second"))
}

/// The table of the runs of a plan that have an entry.
pub fn of<'a>(plan: &Plan, entries: impl Iterator<Item = &'a Entry>) -> Table {
    let found: HashMap<&str, &Entry> = entries.map(|entry| (entry.link.as_str(), entry)).collect();
    let rows: Vec<(usize, &Task, &Entry)> = plan
        .tasks
        .iter()
        .enumerate()
        .filter_map(|(run, task)| Some((run, task, *found.get(task.link.as_str())?)))
        .collect();
    let figures: Vec<BTreeMap<String, Value>> = rows.iter().map(|(_, _, entry)| figures(entry)).collect();

    let text = |of: &dyn Fn(&Task, &Entry) -> Option<String>| {
        Column::Texts(rows.iter().map(|(_, task, entry)| of(task, entry)).collect())
    };
    let mut columns = vec![
        ("run".into(), Column::Whole(rows.iter().map(|(run, ..)| Some(*run as i64)).collect())),
        ("preset".into(), text(&|task, _| Some(task.preset.clone()))),
        ("seed".into(), Column::Whole(rows.iter().map(|(_, task, _)| Some(i64::from(task.seed))).collect())),
        ("link".into(), text(&|task, _| Some(task.link.clone()))),
        ("device".into(), text(&|_, entry| Some(entry.report.as_ref()?.get("device")?.as_str()?.to_owned()))),
        ("version".into(), text(&|_, entry| Some(entry.version.clone()))),
        ("spec".into(), text(&|_, _| Some(plan.hash.clone()))),
        ("error".into(), text(&|_, entry| entry.error.clone())),
    ];
    let fields = experiments::fields::FIELDS.iter().copied();
    for field in fields {
        let value =
            |task: &Task| task.settings.iter().find(|(own, _)| own.key == field.key).map(|(_, value)| value.clone());
        let values: Vec<Option<String>> = rows.iter().map(|(_, task, _)| value(task)).collect();
        if values.iter().any(Option::is_some) {
            columns.push((format!("{SETTING}{}", field.key), setting(field, values)));
        }
    }
    let mut names: Vec<&String> = figures.iter().flat_map(BTreeMap::keys).collect();
    names.sort_by_key(|name| (is_time(name), *name));
    names.dedup();
    for name in names {
        columns.push((name.clone(), figure(figures.iter().map(|row| row.get(name)).collect())));
    }
    Table { columns }
}

/// The figures of a report, those of models by the model's name.
fn figures(entry: &Entry) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    if let Some(Value::Object(report)) = &entry.report {
        for (name, value) in report.iter().filter(|(name, _)| !ELSEWHERE.contains(&name.as_str())) {
            flatten(if name == "models" { "" } else { name }, value, &mut found);
        }
    }
    found
}

fn flatten(path: &str, value: &Value, found: &mut BTreeMap<String, Value>) {
    let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Value::Object(parts) => parts.iter().for_each(|(name, part)| flatten(&below(name), part, found)),
        Value::Array(parts) => {
            parts.iter().enumerate().for_each(|(number, part)| flatten(&below(&number.to_string()), part, found));
        }
        Value::Null => {}
        one => {
            found.insert(path.to_owned(), one.clone());
        }
    }
}

fn setting(field: &Field, values: Vec<Option<String>>) -> Column {
    let is_number = matches!(field.kind, Kind::Number { .. } | Kind::Parameter(_));
    let number = |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<f64>().ok());
    match field.range() {
        Some((_, _, true)) => Column::Whole(values.iter().map(|text| number(text).map(|x| x as i64)).collect()),
        _ if is_number => Column::Numbers(values.iter().map(number).collect()),
        _ => Column::Texts(values),
    }
}

/// A column of the narrowest kind that holds all values.
fn figure(values: Vec<Option<&Value>>) -> Column {
    let all = |of: fn(&Value) -> bool| values.iter().flatten().all(|value| of(value));
    if all(Value::is_boolean) {
        Column::Flags(values.iter().map(|value| value.and_then(Value::as_bool)).collect())
    } else if all(Value::is_i64) {
        Column::Whole(values.iter().map(|value| value.and_then(Value::as_i64)).collect())
    } else if all(Value::is_number) {
        Column::Numbers(values.iter().map(|value| value.and_then(Value::as_f64)).collect())
    } else {
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        Column::Texts(values.iter().map(|value| value.map(text)).collect())
    }
}

impl Column {
    /// Number of values.
    pub fn len(&self) -> usize {
        match self {
            Self::Flags(values) => values.len(),
            Self::Whole(values) => values.len(),
            Self::Numbers(values) => values.len(),
            Self::Texts(values) => values.len(),
        }
    }

    /// A value as text; empty where there is none. A number in as few digits as give it back.
    pub fn text(&self, row: usize) -> String {
        match self {
            Self::Flags(values) => values[row].map(|value| value.to_string()),
            Self::Whole(values) => values[row].map(|value| value.to_string()),
            Self::Numbers(values) => values[row].map(|value| format!("{value:?}")),
            Self::Texts(values) => values[row].clone(),
        }
        .unwrap_or_default()
    }
}

impl Table {
    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, |(_, column)| column.len())
    }

    /// SHA-256 of all names and values but measured times: tables with the same digest are the same bit for bit.
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        for (name, column) in self.columns.iter().filter(|(name, _)| !is_time(name)) {
            hash.update(format!("{name}\n"));
            (0..column.len()).for_each(|row| hash.update(format!("{}\n", column.text(row))));
        }
        hex(&hash.finalize())
    }

    /// What is in the table, in a sentence or two.
    pub fn summary(&self, planned: usize, folder: &str) -> String {
        let errors = self.columns.iter().find(|(name, _)| name == "error");
        let failed =
            errors.map_or(0, |(_, column)| (0..column.len()).filter(|row| !column.text(*row).is_empty()).count());
        let mut text = format!("{} of {planned} runs are in “{folder}”.", self.rows());
        match failed {
            0 => {}
            1 => text.push_str(" One of them failed: why is in its row; --again runs it once more."),
            failed => {
                text.push_str(&format!(" {failed} of them failed: why is in their rows; --again runs them once more."))
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sweep::spec::read;
    use serde_json::json;

    fn plan() -> Plan {
        Plan::of(&read("from = \"spring\"\nseeds = [0, 1, 2]\n").expect("a description")).expect("a plan")
    }

    fn entry(plan: &Plan, run: usize) -> Entry {
        let loss = [0.1, 1.0 / 3.0, 1e-30][run];
        let report = json!({
            "preset": "spring", "seed": run, "device": "cpu", "steps": 5, "seconds": 0.1 * run as f64,
            "models": { "hnn": { "test_loss": loss, "diverged": false, "seconds": 7.5, "zero_shot": { "4": 0.5 } } },
        });
        Entry::report(plan.tasks[run].link.clone(), report)
    }

    #[test]
    fn the_order_of_the_runs_changes_nothing() {
        let plan = plan();
        let (first, second, third) = (entry(&plan, 0), entry(&plan, 1), entry(&plan, 2));
        let table = of(&plan, [&first, &second, &third].into_iter());
        assert_eq!(table, of(&plan, [&third, &first, &second].into_iter()));
        assert_eq!(table.rows(), 3);
        let column = |name: &str| &table.columns.iter().find(|(own, _)| own == name).expect(name).1;
        assert_eq!(column("run"), &Column::Whole(vec![Some(0), Some(1), Some(2)]));
        assert_eq!(column("hnn.test_loss"), &Column::Numbers(vec![Some(0.1), Some(1.0 / 3.0), Some(1e-30)]));
        assert_eq!(column("hnn.diverged"), &Column::Flags(vec![Some(false); 3]));
        assert_eq!(column("hnn.zero_shot.4").text(1), "0.5");
        assert!(matches!(column("set.hidden"), Column::Whole(_)) && matches!(column("set.lr"), Column::Numbers(_)));
        // What was measured of time stands last.
        let last: Vec<&str> = table.columns.iter().rev().take(2).map(|(name, _)| name.as_str()).collect();
        assert_eq!(last, ["seconds", "hnn.seconds"]);
    }

    #[test]
    fn the_digest_is_of_all_but_times() {
        let plan = plan();
        let one = entry(&plan, 1);
        let digest = |entry: &Entry| of(&plan, [entry].into_iter()).digest();
        let with = |path: &[&str], value: Value| {
            let mut other = one.clone();
            let mut place = other.report.as_mut().expect("a report");
            for name in path {
                place = &mut place[*name];
            }
            *place = value;
            other
        };
        assert_eq!(digest(&one), digest(&with(&["seconds"], json!(99.0))));
        assert_eq!(digest(&one), digest(&with(&["models", "hnn", "seconds"], json!(99.0))));
        assert_ne!(digest(&one), digest(&with(&["models", "hnn", "test_loss"], json!(0.333))));
        assert_ne!(digest(&one), digest(&Entry::error(one.link.clone(), "It failed.".into())));
    }
}
