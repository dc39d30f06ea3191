//! Runs that differ in nothing but their seed are a group; every figure of merit of a group has a median, a range and a standard error.

use crate::sweep::table::{OWN, SETTING, is_time};
use numerics::statistics::median;
use std::collections::{BTreeMap, BTreeSet};

/// The table of a sweep, put in order.
#[derive(Debug, PartialEq)]
pub struct Results {
    /// Number of runs, with those that failed.
    pub runs: usize,
    /// Number of those that failed, and the sentence of each kind of failure.
    pub failed: (usize, BTreeSet<String>),
    /// Settings that are not the same in all runs.
    pub varied: Vec<String>,
    /// Runs with the same settings, in the order of the table.
    pub groups: Vec<Group>,
    /// Name of a figure without its model, and the models that have it; "" where it is of the run.
    pub figures: Vec<(String, Vec<String>)>,
    /// Settings and figures that are the same in all runs.
    pub constant: Vec<(String, String)>,
    /// Version and hash of the plan.
    pub source: Vec<(String, String)>,
}

/// Runs with the same settings.
#[derive(Debug, PartialEq)]
pub struct Group {
    /// Preset and the settings that are varied: a value for each of [`Results::varied`].
    pub values: Vec<String>,
    /// The figures of all its runs, by column.
    figures: BTreeMap<String, Vec<f64>>,
}

/// What is said of some numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// How many.
    pub count: usize,
    /// The middle one.
    pub median: f64,
    /// Smallest and largest.
    pub range: (f64, f64),
    /// Their mean.
    pub mean: f64,
    /// Standard error of the mean; `None` of a single number.
    pub standard_error: Option<f64>,
}

impl Summary {
    /// Of finite numbers; `None` where there are none.
    pub fn of(numbers: &[f64]) -> Option<Self> {
        let count = numbers.len();
        let mean = numbers.iter().sum::<f64>() / count as f64;
        let squares: f64 = numbers.iter().map(|x| (x - mean).powi(2)).sum();
        let range =
            numbers.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(*x), high.max(*x)));
        let standard_error = (count > 1).then(|| (squares / (count - 1) as f64 / count as f64).sqrt());
        Some(Self { count, median: median(numbers.to_vec())?, range, mean, standard_error })
    }
}

impl Group {
    /// The values of a figure of a model.
    pub fn figure(&self, model: &str, figure: &str) -> &[f64] {
        let column = if model.is_empty() { figure.to_owned() } else { format!("{model}.{figure}") };
        self.figures.get(&column).map_or(&[], Vec::as_slice)
    }
}

/// The most groups that a page shows.
const MOST_GROUPS: usize = 500;

impl Results {
    /// Reads `results.csv`; an error is one sentence.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let names: Vec<String> =
            reader.headers().map_err(|error| format!("{error}."))?.iter().map(str::to_owned).collect();
        let rows = reader.records().collect::<Result<Vec<_>, _>>().map_err(|error| format!("{error}."))?;
        if !["run", "preset", "link"].iter().all(|own| names.iter().any(|name| name == own)) {
            return Err("this is not the table of a sweep: it has no columns run, preset and link.".into());
        }
        if rows.is_empty() {
            return Err("the table has no runs yet.".into());
        }
        let column = |name: &str| names.iter().position(|own| own == name);
        let values = |at: usize| rows.iter().map(move |row| row.get(at).unwrap_or_default());
        let differ = |at: usize| values(at).collect::<BTreeSet<_>>().len() > 1;
        let settings = || (0..names.len()).filter(|at| names[*at] == "preset" || names[*at].starts_with(SETTING));
        // A setting that follows from the preset is not varied.
        let follows = |at: usize| {
            let mut of_preset = BTreeMap::new();
            let preset = column("preset").unwrap_or_default();
            values(preset).zip(values(at)).all(|(preset, value)| *of_preset.entry(preset).or_insert(value) == value)
        };
        let varied: Vec<usize> =
            settings().filter(|at| differ(*at) && (names[*at] == "preset" || !follows(*at))).collect();
        let numbers: Vec<usize> = (0..names.len())
            .filter(|at| !OWN.contains(&names[*at].as_str()) && !names[*at].starts_with(SETTING))
            .filter(|at| values(*at).any(|value| !value.is_empty()))
            .filter(|at| values(*at).all(|value| value.is_empty() || number(value).is_some()))
            .collect();
        let (shown, same): (Vec<usize>, Vec<usize>) = numbers.iter().copied().partition(|at| {
            values(*at).filter(|value| !value.is_empty()).collect::<BTreeSet<_>>().len() > 1 || rows.len() == 1
        });
        let mut groups: Vec<Group> = vec![];
        let mut places = BTreeMap::new();
        for row in &rows {
            let values: Vec<String> = varied.iter().map(|at| row.get(*at).unwrap_or_default().to_owned()).collect();
            let place = *places.entry(values.clone()).or_insert_with(|| {
                groups.push(Group { values, figures: BTreeMap::new() });
                groups.len() - 1
            });
            for at in &shown {
                let value = row.get(*at).and_then(number).filter(|value| value.is_finite());
                groups[place].figures.entry(names[*at].clone()).or_default().extend(value);
            }
        }
        if groups.len() > MOST_GROUPS {
            return Err(format!(
                "the table has {} groups of settings; a page shows at most {MOST_GROUPS}.",
                groups.len()
            ));
        }
        let plain = |at: &usize| names[*at].trim_start_matches(SETTING).to_owned();
        let first = |at: &usize| (plain(at), rows[0].get(*at).unwrap_or_default().to_owned());
        let failures =
            column("error").map(|at| values(at).filter(|why| !why.is_empty()).map(str::to_owned).collect::<Vec<_>>());
        let failures = failures.unwrap_or_default();
        let constants = settings().filter(|at| !differ(*at));
        Ok(Self {
            runs: rows.len(),
            failed: (failures.len(), failures.into_iter().collect()),
            varied: varied.iter().map(plain).collect(),
            groups,
            figures: by_figure(&shown.iter().map(|at| names[*at].clone()).collect::<Vec<_>>(), &names),
            constant: constants.chain(same).map(|at| first(&at)).filter(|(_, value)| !value.is_empty()).collect(),
            source: ["version", "spec", "device"].iter().filter_map(|name| column(name)).map(|at| first(&at)).collect(),
        })
    }
}

fn number(text: &str) -> Option<f64> {
    match text {
        "true" => Some(1.0),
        "false" => Some(0.0),
        other => other.parse().ok(),
    }
}

/// Figures by their name without the model; measured times last. A model is what has parameters, or shares a figure with what has.
fn by_figure(columns: &[String], all: &[String]) -> Vec<(String, Vec<String>)> {
    let split = |name: &String| name.split_once('.').map(|(model, figure)| (model.to_owned(), figure.to_owned()));
    let parts: Vec<(String, String)> = all.iter().filter(|name| !name.starts_with(SETTING)).filter_map(split).collect();
    let sure: BTreeSet<&String> =
        parts.iter().filter(|(_, figure)| figure == "parameters").map(|(model, _)| model).collect();
    let shared: BTreeSet<&String> =
        parts.iter().filter(|(model, _)| sure.contains(model)).map(|(_, figure)| figure).collect();
    let mut found: Vec<(String, Vec<String>)> = vec![];
    for name in columns {
        let model = split(name).filter(|(model, figure)| sure.contains(model) || shared.contains(figure));
        let (model, figure) = model.unwrap_or_else(|| (String::new(), name.clone()));
        match found.iter_mut().find(|(own, _)| *own == figure) {
            Some((_, models)) => models.push(model),
            None => found.push((figure, vec![model])),
        }
    }
    found.sort_by_key(|(figure, _)| (is_time(figure), figure == "parameters"));
    found
}

#[cfg(test)]
mod tests {
    use super::{Results, Summary};

    #[test]
    fn a_summary_is_that_of_the_textbook() {
        let summary = Summary::of(&[2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]).expect("numbers");
        assert_eq!((summary.count, summary.median, summary.range, summary.mean), (8, 4.5, (2.0, 9.0), 5.0));
        // The sum of squares about the mean is 32.
        assert!((summary.standard_error.expect("several") - (32.0f64 / 7.0 / 8.0).sqrt()).abs() < 1e-12);
        assert_eq!(Summary::of(&[3.0]).expect("one").standard_error, None);
        assert_eq!(Summary::of(&[]), None);
    }

    #[test]
    fn runs_with_the_same_settings_are_a_group() {
        let text = "run,preset,seed,link,error,set.hidden,set.lr,hnn.parameters,hnn.test_loss,baseline.test_loss,mse.1,seconds\n\
                    0,spring,0,#a,,8,0.1,50,1e-3,0.5,3,1\n1,spring,1,#b,,8,0.1,50,3e-3,0.7,4,2\n2,spring,0,#c,Too wide.,16,0.1,50,,,,\n";
        let results = Results::read(text).expect("a table");
        assert_eq!((results.runs, results.failed.0), (3, 1));
        assert_eq!(results.varied, ["hidden"]);
        assert_eq!(results.groups.len(), 2);
        assert_eq!(results.groups[0].figure("hnn", "test_loss"), [1e-3, 3e-3]);
        assert!(results.groups[1].figure("hnn", "test_loss").is_empty());
        let figure = |name: &str, models: &[&str]| {
            (name.to_owned(), models.iter().map(|model| (*model).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(
            results.figures,
            [figure("test_loss", &["hnn", "baseline"]), figure("mse.1", &[""]), figure("seconds", &[""])]
        );
        assert!(results.constant.contains(&("lr".into(), "0.1".into())));
    }

    #[test]
    fn what_follows_from_the_preset_is_not_varied() {
        let text = "run,preset,link,set.hidden,set.g,hnn.parameters\n0,spring,#a,8,,1\n1,pendulum,#b,8,6,2\n2,pendulum,#c,9,6,3\n";
        let results = Results::read(text).expect("a table");
        assert_eq!(results.varied, ["preset", "hidden"]);
        assert_eq!(results.groups.len(), 3);
    }

    #[test]
    fn what_is_no_table_of_a_sweep_is_said() {
        for wrong in ["", "a,b\n1,2\n", "run,preset,link\n", "run,preset,link\n1,2\n"] {
            assert!(Results::read(wrong).is_err_and(|error| error.ends_with('.')), "{wrong}");
        }
    }
}
