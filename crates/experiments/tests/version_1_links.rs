//! Claims about links of version 1: people keep them, so each opens what it opened when it was written.

use experiments::fields::{FIELDS, Kind};
use experiments::graph::GraphExperiment;
use experiments::interaction::InteractionExperiment;
use experiments::link;
use experiments::ode::OdeExperiment;
use experiments::preset::Preset;
use experiments::recurrent::RecurrentExperiment;
use experiments::relational::RelationalExperiment;

const CORPUS: &str = include_str!("links/version-1.txt");

/// A link as somebody has it, the same experiment as version 1 writes it, and how many remarks it gets.
struct Case {
    line: usize,
    link: &'static str,
    form: &'static str,
    remarks: usize,
}

/// Every line but the empty ones and those that begin with `// `.
fn cases() -> impl Iterator<Item = Case> {
    let said = |line: &str| !line.is_empty() && line != "//" && !line.starts_with("// ");
    CORPUS.lines().enumerate().filter(move |(_, line)| said(line)).map(|(i, text)| {
        let line = i + 1;
        let columns: Vec<&str> = text.split('\t').collect();
        let [link, form, remarks] = columns[..] else { panic!("line {line} has {} columns", columns.len()) };
        let remarks = remarks.parse().unwrap_or_else(|_| panic!("line {line}: “{remarks}” is no number"));
        Case { line, link, form, remarks }
    })
}

/// Keys and values of a text of each case that is read without a remark, as they stand there.
fn settings(text: fn(&Case) -> &'static str) -> Vec<(&'static str, &'static str)> {
    let pairs = |text: &'static str| text.trim_start_matches('#').split('&').filter_map(|pair| pair.split_once('='));
    cases().filter(|case| case.remarks == 0).flat_map(|case| pairs(text(&case))).collect()
}

#[test]
fn a_link_of_version_1_opens_what_it_opened() {
    let failures: Vec<String> = cases()
        .filter_map(|Case { line, link, form, remarks }| {
            let (experiment, found) = link::decode(link);
            let opened = link::encode(&experiment);
            let mut failures = vec![];
            if opened != form {
                failures.push(format!("    opens {opened}\n    not   {form}"));
            }
            if found.len() != remarks {
                let found: Vec<String> = found.iter().map(|remark| format!("\n        {remark}")).collect();
                failures.push(format!("    gets {} remarks, not {remarks}{}", found.len(), found.concat()));
            }
            if link::decode(form) != (experiment, vec![]) {
                failures.push(format!("    is not what its form opens: {form}"));
            }
            (!failures.is_empty()).then(|| format!("line {line}: {link}\n{}", failures.join("\n")))
        })
        .collect();
    let (wrong, all) = (failures.len(), cases().count());
    assert!(failures.is_empty(), "{wrong} of {all} links of version 1 open something else:\n{}", failures.join("\n"));
}

#[test]
fn every_setting_and_every_word_is_in_a_link_that_is_kept() {
    let (written, forms) = (settings(|case| case.link), settings(|case| case.form));
    let mut missing = vec![];
    for field in FIELDS.iter() {
        // A form has a setting only where it differs from the preset.
        if !forms.iter().any(|(key, _)| *key == field.key) {
            missing.push(format!("{} at a value of its own", field.key));
        }
        let (options, several) = match &field.kind {
            Kind::Choice { options, .. } => (options, false),
            Kind::Words { options, .. } => (options, true),
            _ => continue,
        };
        for (word, _) in options.iter() {
            let has = |value: &str| if several { value.split(',').any(|part| part == *word) } else { value == *word };
            if !written.iter().chain(&forms).any(|(key, value)| *key == field.key && has(value)) {
                missing.push(format!("{}={word}", field.key));
            }
        }
    }
    for key in ["recording", "law", "placed"] {
        if !forms.iter().any(|(known, _)| *known == key) {
            missing.push(key.to_owned());
        }
    }
    assert!(missing.is_empty(), "tests/links/version-1.txt has no link with {}", missing.join(", "));
}

#[test]
fn every_name_is_in_a_link_that_is_kept() {
    let written = settings(|case| case.link);
    let related = InteractionExperiment::names().chain(RelationalExperiment::names());
    let names = Preset::ALL.map(|preset| preset.key().to_owned()).into_iter();
    let dynamics = OdeExperiment::names().chain(RecurrentExperiment::names()).map(|(name, _)| name.to_owned());
    let names = names.chain(GraphExperiment::names()).chain(related).chain(dynamics);
    let missing: Vec<String> = names.filter(|name| !written.contains(&("preset", name))).collect();
    assert!(missing.is_empty(), "tests/links/version-1.txt has no link with preset={}", missing.join(", "));
}
