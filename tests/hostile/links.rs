//! Links of every kind of experiment.

use crate::mutate::{Chance, cases, chance, mutated, survives};
use experiments::fields::FIELDS;
use experiments::graph::GraphExperiment;
use experiments::interaction::InteractionExperiment;
use experiments::preset::Preset;
use experiments::relational::RelationalExperiment;
use experiments::{Workbench, limits, link};
use rand::RngExt;
use rand::seq::IndexedRandom;

/// Links that are tried; `make fuzz` tries a million.
const CASES: usize = 20_000;
/// The longest remark that a person would still read.
const LONGEST_REMARK: usize = 1500;

const VALUES: [&str; 34] = [
    "",
    "0",
    "-0",
    "1",
    "-1",
    "2.5",
    "1e999",
    "-1e999",
    "NaN",
    "inf",
    "-inf",
    "1e-320",
    "0x10",
    "1_000",
    "٣",
    "1,2",
    "none",
    "true",
    "999999",
    "1000000",
    "4294967295",
    "4294967296",
    "18446744073709551616",
    "1e18",
    "0.000001",
    "3.0000000000000004",
    "baseline,hnn",
    "%00",
    "%F0%9F%92%A3",
    "%3Cscript%3E",
    "'%22--",
    "../../etc",
    "a%26seed%3D4",
    "\u{202e}evil",
];

fn names() -> Vec<String> {
    let graphs = GraphExperiment::names().chain(InteractionExperiment::names()).chain(RelationalExperiment::names());
    Preset::ALL.iter().map(|preset| preset.key().to_owned()).chain(graphs).collect()
}

/// A value: one of the list, one that the setting allows, its edges, or long nonsense.
fn value(chance: &mut Chance, key: &str) -> String {
    let field = FIELDS.iter().find(|field| field.key == key);
    let range = field.and_then(|field| field.range());
    match (chance.random_range(0..6), range) {
        (0, Some((low, _, _))) => low.to_string(),
        (1, Some((_, high, _))) => high.to_string(),
        (2 | 3, Some((low, high, whole))) => {
            let value = low + (high - low) * chance.random::<f64>();
            if whole { value.round().to_string() } else { value.to_string() }
        }
        (0..=3, None) => {
            let allowed = field.map(|field| field.allowed().to_string()).unwrap_or_default();
            let words: Vec<&str> = allowed.split([' ', ',']).filter(|word| !word.is_empty()).collect();
            words.choose(chance).map_or_else(String::new, |word| (*word).to_owned())
        }
        (4, _) if chance.random_range(0..50) == 0 => "9".repeat(chance.random_range(0..9000)),
        _ => (*VALUES.choose(chance).unwrap_or(&"")).to_owned(),
    }
}

fn hostile(chance: &mut Chance, names: &[String]) -> String {
    let mut parts = vec![];
    if chance.random_range(0..8) > 0 {
        parts.push("v=1".to_owned());
    }
    if chance.random_range(0..8) > 0 {
        parts.push(format!("preset={}", names.choose(chance).map_or("", String::as_str)));
    }
    for _ in 0..chance.random_range(0..9) {
        let key = match chance.random_range(0..12) {
            0 => *["recording", "needs", "law", "placed", "v", "preset", "__proto__", ""].choose(chance).unwrap_or(&""),
            _ => FIELDS.choose(chance).map_or("", |field| field.key),
        };
        let value = value(chance, key);
        parts.push(format!("{key}={value}"));
    }
    let link = parts.join("&");
    if chance.random_range(0..3) == 0 {
        // As bytes it may be no text any more: a browser would hand over the nearest text.
        return String::from_utf8_lossy(&mutated(chance, link.as_bytes())).into_owned();
    }
    link
}

fn holds(fragment: &str) {
    let (workbench, remarks) = link::decode(fragment);
    assert!(limits::check(&workbench).is_ok(), "what opened does not fit a tab");
    for remark in &remarks {
        let text = remark.to_string();
        assert!(text.chars().count() <= LONGEST_REMARK && !text.chars().any(char::is_control), "{text}");
    }
    assert!(remarks.len() <= 60, "{} remarks", remarks.len());
    let again = link::decode(&link::encode(&workbench));
    if workbench.field.recording == Workbench::from(workbench.field.preset).field.recording {
        assert_eq!(again, (workbench, vec![]), "its own link opens something else");
    }
}

#[test]
fn any_link_opens_a_valid_experiment_that_its_own_link_opens_again() {
    let (mut chance, names) = (chance(1), names());
    for _ in 0..cases(CASES) {
        let fragment = hostile(&mut chance, &names);
        survives(fragment.as_bytes(), &fragment, || holds(&fragment));
    }
}

#[test]
fn what_a_frozen_link_became_is_valid() {
    let corpus = include_str!("../../crates/experiments/tests/links/version-1.txt");
    let links: Vec<&str> =
        corpus.lines().filter_map(|line| line.split('\t').next()).filter(|link| link.contains('=')).collect();
    assert!(links.len() > 50, "only {} links", links.len());
    let mut chance = chance(2);
    for _ in 0..cases(CASES / 4) {
        let link = links.choose(&mut chance).copied().unwrap_or_default();
        let fragment = String::from_utf8_lossy(&mutated(&mut chance, link.as_bytes())).into_owned();
        survives(fragment.as_bytes(), &fragment, || holds(&fragment));
    }
}
