//! The description of a sweep, as TOML: where runs begin, what is changed of them, which seeds.
//!
//! ```toml
//! from = ["spring", "#v=1&preset=pendulum"]   # presets or links
//! seeds = { from = 0, count = 5 }             # or a list; their own if left out
//! set = { steps = 400 }                       # settings of every run, by their keys in links
//!
//! [grid]                                      # every combination
//! hidden = [16, 32]
//!
//! [[list]]                                    # each entry as it is
//! lr = 0.001
//! [[list]]
//! lr = 0.01
//! batch = 50
//!
//! [random]                                    # so many draws
//! runs = 10
//! seed = 1
//! [random.draw]
//! noise = { from = 0.01, to = 0.3, scale = "log" }
//! activation = ["tanh", "softplus"]
//! ```
//!
//! Of several parts every combination is run.

use experiments::fields::Field;
use numerics::seed::{Purpose, Seed};
use rand::RngExt as _;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Value;

/// A setting by its key in links, and its value as a link writes it.
pub type Setting = (String, String);

/// The most runs of one sweep.
pub const MOST_RUNS: usize = 1_000_000;

/// A sweep: each source with each point and each seed.
#[derive(Debug, PartialEq)]
pub struct Spec {
    /// Presets or links.
    pub sources: Vec<String>,
    /// Settings of a run, in the order of the table of settings.
    pub points: Vec<Vec<Setting>>,
    /// Seeds; the source's own where there are none.
    pub seeds: Vec<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    from: Value,
    seeds: Option<Value>,
    #[serde(default)]
    set: BTreeMap<String, Value>,
    #[serde(default)]
    grid: BTreeMap<String, Value>,
    #[serde(default)]
    list: Vec<BTreeMap<String, Value>>,
    random: Option<Random>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Random {
    runs: usize,
    #[serde(default)]
    seed: u32,
    draw: BTreeMap<String, Value>,
}

/// Reads a description; an error is one sentence.
pub fn read(text: &str) -> Result<Spec, String> {
    let written: Written = toml::from_str(text).map_err(|error| {
        let line = error.span().map(|span| text[..span.start.min(text.len())].lines().count().max(1));
        let at = line.map_or_else(String::new, |line| format!("line {line}: "));
        format!("{at}{}.", error.message().replace('\n', " "))
    })?;
    let sources = match &written.from {
        Value::String(one) => vec![one.clone()],
        Value::Array(all) => {
            all.iter().map(|source| source.as_str().map(str::to_owned)).collect::<Option<_>>().unwrap_or_default()
        }
        _ => vec![],
    };
    if sources.is_empty() {
        return Err("“from” has to be a preset or a link, or a list of them.".into());
    }
    let mut points: Vec<BTreeMap<String, String>> = vec![settings(&written.set, "set")?];
    for (key, values) in &written.grid {
        let values = values.as_array().filter(|values| !values.is_empty());
        let values = values.ok_or_else(|| format!("“grid.{key}” has to be a list of values."))?;
        let values = values.iter().map(|value| plain(value, key)).collect::<Result<Vec<_>, _>>()?;
        points = product(&points, values.iter().map(|value| BTreeMap::from([(key.clone(), value.clone())])))?;
    }
    if !written.list.is_empty() {
        let entries = written.list.iter().map(|entry| settings(entry, "list")).collect::<Result<Vec<_>, _>>()?;
        points = product(&points, entries.into_iter())?;
    }
    if let Some(random) = &written.random {
        points = product(&points, draws(random)?.into_iter())?;
    }
    let seeds = seeds(written.seeds.as_ref())?;
    within(sources.len().saturating_mul(points.len()).saturating_mul(seeds.len().max(1)))?;
    let in_order = |point: BTreeMap<String, String>| {
        let mut point: Vec<Setting> = point.into_iter().collect();
        point.sort_by_key(|(key, _)| Field::place(key));
        point
    };
    Ok(Spec { sources, points: points.into_iter().map(in_order).collect(), seeds })
}

fn within(runs: usize) -> Result<(), String> {
    if runs > MOST_RUNS {
        return Err(format!("These are {runs} runs; a sweep has at most {MOST_RUNS}."));
    }
    Ok(())
}

/// Each point with each of the others, whose settings count where both have one.
fn product(
    points: &[BTreeMap<String, String>],
    others: impl ExactSizeIterator<Item = BTreeMap<String, String>> + Clone,
) -> Result<Vec<BTreeMap<String, String>>, String> {
    within(points.len().saturating_mul(others.len()))?;
    let joined = |point: &BTreeMap<String, String>, other| {
        let mut point = point.clone();
        point.extend::<BTreeMap<String, String>>(other);
        point
    };
    Ok(points.iter().flat_map(|point| others.clone().map(move |other| joined(point, other))).collect())
}

fn settings(written: &BTreeMap<String, Value>, part: &str) -> Result<BTreeMap<String, String>, String> {
    let setting = |(key, value)| Ok((String::clone(key), plain(value, &format!("{part}.{key}"))?));
    written.iter().map(setting).collect()
}

/// A value as a link writes it.
fn plain(value: &Value, key: &str) -> Result<String, String> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Integer(whole) => Ok(whole.to_string()),
        Value::Float(number) => Ok(number.to_string()),
        _ => Err(format!("“{key}” has to be a number or a text.")),
    }
}

fn seeds(written: Option<&Value>) -> Result<Vec<u32>, String> {
    let wrong = || "“seeds” has to be a list of whole numbers, or { from = 0, count = 5 }.".to_owned();
    let seed = |value: &Value| value.as_integer().and_then(|seed| u32::try_from(seed).ok());
    match written {
        None => Ok(vec![]),
        Some(Value::Array(all)) if !all.is_empty() => all.iter().map(|value| seed(value).ok_or_else(wrong)).collect(),
        Some(Value::Table(range)) if range.keys().all(|key| key == "from" || key == "count") => {
            let from = range.get("from").map_or(Some(0), seed).ok_or_else(wrong)?;
            let count = range.get("count").and_then(seed).filter(|count| *count > 0).ok_or_else(wrong)?;
            within(count as usize)?;
            Ok((0..count).map(|number| from.saturating_add(number)).collect())
        }
        _ => Err(wrong()),
    }
}

/// What one setting is drawn from.
enum Draw {
    Among(Vec<String>),
    Between { from: f64, to: f64, logarithmic: bool, whole: bool },
}

/// Independent draws, in the order of the keys.
fn draws(random: &Random) -> Result<Vec<BTreeMap<String, String>>, String> {
    within(random.runs)?;
    let all = random.draw.iter().map(|(key, value)| Ok((key, draw(key, value)?)));
    let all = all.collect::<Result<Vec<_>, String>>()?;
    let mut stream = Seed(random.seed).stream(Purpose::Sweep);
    let mut one = |draw: &Draw| match draw {
        Draw::Among(values) => values[stream.random_range(0..values.len())].clone(),
        Draw::Between { from, to, logarithmic, whole } => {
            let part = stream.random::<f64>();
            let value = if *logarithmic { from * (to / from).powf(part) } else { from + (to - from) * part };
            // Four digits are enough, and can be read.
            let short = if *whole { value.round() } else { format!("{value:.3e}").parse().unwrap_or(value) };
            short.clamp(*from, *to).to_string()
        }
    };
    Ok((0..random.runs).map(|_| all.iter().map(|(key, draw)| ((*key).clone(), one(draw))).collect()).collect())
}

fn draw(key: &str, value: &Value) -> Result<Draw, String> {
    let wrong = || {
        format!(
            "“random.draw.{key}” has to be a list of values, or {{ from = 0.1, to = 1, scale = \"linear\" or \"log\" }}."
        )
    };
    match value {
        Value::Array(values) if !values.is_empty() => {
            Ok(Draw::Among(values.iter().map(|value| plain(value, key)).collect::<Result<_, _>>()?))
        }
        Value::Table(range) if range.keys().all(|key| ["from", "to", "scale"].contains(&key.as_str())) => {
            let number = |name| match range.get(name) {
                Some(Value::Integer(whole)) => Some(*whole as f64),
                Some(Value::Float(number)) => Some(*number),
                _ => None,
            };
            let (from, to) = number("from").zip(number("to")).ok_or_else(wrong)?;
            let logarithmic = match range.get("scale").map(Value::as_str) {
                None | Some(Some("linear")) => false,
                Some(Some("log")) => true,
                Some(_) => return Err(wrong()),
            };
            if !(from <= to && from.is_finite() && to.is_finite() && (!logarithmic || from > 0.0)) {
                return Err(wrong());
            }
            let whole = Field::named(key).and_then(Field::range).is_some_and(|(_, _, whole)| whole);
            Ok(Draw::Between { from, to, logarithmic, whole })
        }
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Spec, read};

    fn points(text: &str) -> Vec<String> {
        let Spec { points, .. } = read(&format!("from = \"spring\"\n{text}")).expect("a description");
        let point = |point: Vec<(String, String)>| {
            point.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join(" ")
        };
        points.into_iter().map(point).collect()
    }

    #[test]
    fn a_grid_has_every_combination_and_a_list_each_entry() {
        let grid = "set = { steps = 5 }\n[grid]\nhidden = [8, 16]\nlr = [0.1, 0.2]\n";
        assert_eq!(points(grid).len(), 4);
        assert!(points(grid).contains(&"hidden=16 steps=5 lr=0.1".to_owned()), "{:?}", points(grid));
        let list = "set = { steps = 5 }\n[[list]]\nsteps = 7\n[[list]]\nlr = 0.1\n";
        assert_eq!(points(list), ["steps=7", "steps=5 lr=0.1"]);
        assert_eq!(points(""), [""]);
    }

    #[test]
    fn draws_stay_in_their_range_and_come_again() {
        let text = "[random]\nruns = 200\nseed = 3\n[random.draw]\nlr = { from = 1e-4, to = 1e-2, scale = \"log\" }\nhidden = { from = 4, to = 9 }\nactivation = [\"tanh\", \"softplus\"]\n";
        let drawn = points(text);
        assert_eq!(drawn, points(text));
        assert_ne!(drawn, points(&text.replace("seed = 3", "seed = 4")));
        let of = |key: &str| -> Vec<f64> {
            let value = |point: &String| point.split(' ').find_map(|pair| pair.strip_prefix(key)?.parse().ok());
            drawn.iter().filter_map(value).collect()
        };
        let (rates, widths) = (of("lr="), of("hidden="));
        assert!(rates.len() == 200 && rates.iter().all(|rate| (1e-4..=1e-2).contains(rate)));
        // On a logarithmic scale half of the draws lie below the geometric mean of the ends.
        let low = rates.iter().filter(|rate| **rate < 1e-3).count();
        assert!((70..130).contains(&low), "{low} of 200");
        assert!(widths.iter().all(|width| width.fract() == 0.0 && (4.0..=9.0).contains(width)));
    }

    #[test]
    fn seeds_are_a_list_or_a_range() {
        let seeds = |text: &str| read(&format!("from = \"spring\"\nseeds = {text}")).map(|spec| spec.seeds);
        assert_eq!(seeds("[4, 2]"), Ok(vec![4, 2]));
        assert_eq!(seeds("{ from = 3, count = 3 }"), Ok(vec![3, 4, 5]));
        for wrong in ["[]", "[-1]", "{ count = 0 }", "\"0..3\"", "[0.5]", "{ count = 2000000 }"] {
            assert!(seeds(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_one_sentence() {
        for wrong in [
            "",
            "from = 3",
            "from = []",
            "from = \"spring\"\nsedes = [1]",
            "from = \"spring\"\n[grid]\nlr = 0.1",
            "from = \"spring\"\n[grid]\nlr = [[1]]",
            "from = \"spring\"\n[random]\nruns = 3\n[random.draw]\nlr = { from = 2, to = 1 }",
            "from = \"spring\"\n[random]\nruns = 3\n[random.draw]\nlr = { from = 0, to = 1, scale = \"log\" }",
            "from = \"spring\"\n[random]\nruns = 9000000\ndraw = {}",
            "from = [\"spring\"",
        ] {
            let error = read(wrong).expect_err(wrong);
            assert!(error.ends_with('.') && error.lines().count() == 1, "{wrong}: {error}");
        }
    }
}
