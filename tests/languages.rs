//! Claims about languages: every sentence of the page is in the list, and every language has every sentence of the list.
//!
//! `static/languages/en.json` is that list, in the order of the sources; `make languages` writes it anew. A language is a file beside it
//! with the same keys (docs/languages.md).

use experiments::fields::{FIELDS, Kind};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Other languages than English.
const LANGUAGES: [&str; 5] = ["de", "es", "fr", "ko", "zh"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Files with this ending, sorted.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("a file").path()).collect();
    entries.sort();
    let mut found = vec![];
    for path in entries {
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|own| own == ending) {
            found.push(path);
        }
    }
    found
}

/// A sentence, and the one for one thing where it counts things.
#[derive(Clone, Debug, PartialEq)]
struct Message {
    text: String,
    one: Option<String>,
}

/// The literal at the beginning of a text, and what follows it. Rust's, or JavaScript's with any of its quotes.
fn literal(text: &str) -> Option<(String, &str)> {
    let text = text.trim_start();
    let quote = text.chars().next().filter(|quote| "\"'`".contains(*quote))?;
    let mut content = String::new();
    let mut rest = text[1..].chars();
    loop {
        match rest.next()? {
            '\\' => match rest.next()? {
                // The line goes on behind the spaces of the next one.
                '\n' => {
                    let behind = rest.as_str().trim_start();
                    rest = behind.chars();
                }
                'n' => content.push('\n'),
                'u' => {
                    let (code, behind) = rest.as_str().strip_prefix('{')?.split_once('}')?;
                    content.push(char::from_u32(u32::from_str_radix(code, 16).ok()?)?);
                    rest = behind.chars();
                }
                escaped => content.push(escaped),
            },
            end if end == quote => return Some((content, rest.as_str())),
            other => content.push(other),
        }
    }
}

/// What stands in the brackets of a call of [`language::tr!`] or [`language::text!`].
fn call(inside: &str) -> Option<Message> {
    let (first, rest) = literal(inside)?;
    let rest = rest.trim_start();
    if let Some(behind) = rest.strip_prefix("=>") {
        let (text, _) = literal(behind)?;
        return Some(Message { text: format!("{text} ({first})"), one: None });
    }
    if let Some(behind) = rest.strip_prefix('|') {
        let (text, _) = literal(behind)?;
        return Some(Message { text, one: Some(first) });
    }
    Some(Message { text: first, one: None })
}

/// Messages of all calls with these names in a source.
fn calls(source: &str, names: &[&str], found: &mut Vec<Message>) {
    let code: String =
        source.lines().filter(|line| !line.trim_start().starts_with("//")).map(|line| format!("{line}\n")).collect();
    // A longer name that ends like that is another one.
    let whole = |at: usize| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
    let of = |name: &&str| {
        code.match_indices(*name).filter(|(at, _)| whole(*at)).map(|(at, _)| at + name.len()).collect::<Vec<_>>()
    };
    let mut places: Vec<usize> = names.iter().flat_map(of).collect();
    places.sort_unstable();
    found.extend(places.into_iter().filter_map(|at| call(&code[at..])));
}

/// All sentences that a visitor can read, in the order of the sources.
fn messages() -> Vec<Message> {
    let mut found = vec![];
    let crates = [
        "src",
        "crates/experiments/src",
        "crates/models/src",
        "crates/physics/src",
        "crates/jobs/src",
        "crates/data/src",
        "crates/symbolic/src",
    ];
    for path in crates.iter().flat_map(|folder| files(&root().join(folder), "rs")) {
        calls(&read(&path), &["tr!(", "text!("], &mut found);
    }
    let plain = |text: &str| Message { text: text.to_owned(), one: None };
    for field in FIELDS.iter() {
        let options: &[(&str, &str)] = match &field.kind {
            Kind::Choice { options, .. } | Kind::Words { options, .. } => options,
            _ => &[],
        };
        found.extend([field.label, field.help].into_iter().chain(options.iter().map(|(_, label)| *label)).map(plain));
    }
    for path in files(&root().join("www"), "html") {
        let page = read(&path);
        for (at, mark) in page.match_indices(" data-tr") {
            if let Some((text, _)) =
                page[at + mark.len()..].split_once('>').and_then(|(_, behind)| behind.split_once('<'))
            {
                found.push(plain(&text.split_whitespace().collect::<Vec<_>>().join(" ")));
            }
        }
    }
    for path in files(&root().join("www"), "js") {
        if !path.starts_with(root().join("www/lesson")) {
            calls(&read(&path), &["tr("], &mut found);
        }
    }
    let glossary: Vec<Value> = serde_json::from_str(&read(&root().join("static/glossary.json"))).expect("a list");
    for entry in &glossary {
        let words = entry["words"].as_array().expect("words");
        found.extend([&words[0], &entry["text"]].map(|text| plain(text.as_str().expect("a text"))));
    }
    // Nothing to translate: signs, and words without a letter.
    found.retain(|message| message.text.chars().any(char::is_alphabetic));
    let mut seen: Vec<Message> = vec![];
    for message in found {
        if !seen.iter().any(|other| other.text == message.text) {
            seen.push(message);
        }
    }
    seen
}

/// The list as a file: `{ "sentence": "sentence" }`, or `{ "many": { "one": …, "other": … } }`.
fn list(messages: &[Message]) -> String {
    let quoted = |text: &str| serde_json::to_string(text).expect("a text");
    let line = |message: &Message| {
        let text = quoted(&message.text);
        match &message.one {
            Some(one) => format!("  {text}: {{ \"one\": {}, \"other\": {text} }}", quoted(one)),
            None => format!("  {text}: {text}"),
        }
    };
    format!("{{\n{}\n}}\n", messages.iter().map(line).collect::<Vec<_>>().join(",\n"))
}

#[test]
fn the_list_of_sentences_is_that_of_the_sources() {
    let path = root().join("static/languages/en.json");
    let messages = messages();
    assert!(messages.len() > 1000, "only {} sentences were found", messages.len());
    if std::env::var_os("ORRERY_WRITE_LANGUAGES").is_some() {
        fs::write(&path, list(&messages)).expect("a file that can be written");
    }
    assert!(read(&path) == list(&messages), "static/languages/en.json is not up to date: make languages writes it");
}

/// Gaps of a sentence, sorted: those without a name are numbered.
fn gaps(text: &str) -> Vec<String> {
    let mut number = 0;
    let mut gaps: Vec<String> = text
        .split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}'))
        .map(|(gap, _)| {
            if !gap.is_empty() {
                return gap.to_owned();
            }
            number += 1;
            (number - 1).to_string()
        })
        .collect();
    gaps.sort();
    gaps
}

/// Words of the glossary in a sentence: what stands in brackets, before a bar.
fn terms(text: &str) -> BTreeSet<String> {
    let parts = text.split('[').skip(1).filter_map(|part| part.split_once(']'));
    parts.map(|(term, _)| term.split('|').next().unwrap_or_default().to_owned()).collect()
}

/// What is wrong with a translation of a sentence.
fn wrong(english: &str, translation: &str, counts: bool) -> Option<String> {
    let (mut wanted, given) = (gaps(english), gaps(translation));
    if counts {
        // "One row" need not say the number, nor anything else of many.
        wanted.retain(|gap| given.contains(gap));
    }
    let edge = |text: &str| (text.starts_with(char::is_whitespace), text.ends_with(char::is_whitespace));
    if translation.trim().is_empty() {
        Some("is empty".into())
    } else if wanted != given {
        Some(format!("has the gaps {given:?} instead of {wanted:?}"))
    } else if terms(english) != terms(translation) {
        Some(format!("explains {:?} instead of {:?}", terms(translation), terms(english)))
    } else if edge(english) != edge(translation) {
        Some("begins or ends with another space".into())
    } else {
        None
    }
}

#[test]
fn every_language_has_every_sentence_with_its_gaps() {
    let messages = messages();
    let mut complaints = vec![];
    for language in LANGUAGES {
        let text = read(&root().join(format!("static/languages/{language}.json")));
        let translations: Map<String, Value> = serde_json::from_str(&text).expect("an object");
        let known: BTreeSet<&str> = messages.iter().map(|message| message.text.as_str()).collect();
        complaints.extend(
            translations
                .keys()
                .filter(|key| !known.contains(key.as_str()))
                .map(|key| format!("{language}: “{key}” is no sentence of the page")),
        );
        for message in &messages {
            let complain = |what: String| format!("{language}: “{}” {what}", message.text);
            match translations.get(&message.text) {
                Some(Value::String(translation)) => {
                    complaints.extend(wrong(&message.text, translation, message.one.is_some()).map(complain));
                }
                Some(Value::Object(forms)) if message.one.is_some() => {
                    if !forms.contains_key("other") {
                        complaints.push(complain("has no form “other”".into()));
                    }
                    for form in forms.values() {
                        complaints.extend(wrong(&message.text, form.as_str().unwrap_or_default(), true).map(complain));
                    }
                }
                Some(_) => complaints.push(complain("is no sentence".into())),
                None => complaints.push(complain("is missing".into())),
            }
        }
    }
    assert!(complaints.is_empty(), "{} complaints:\n{}", complaints.len(), complaints.join("\n"));
}

#[test]
fn complaints_are_made_where_something_is_wrong() {
    assert_eq!(wrong("{} of {n}", "{n} von {0}", false), None);
    assert_eq!(wrong("{n} [loss] rows", "eine [loss|Fehler]-Zeile", true), None);
    for (english, translation) in
        [("a {x}", "a {y}"), ("a", " "), ("a [loss]", "a Fehler"), (" of ", "von"), ("{} {}", "{}")]
    {
        assert!(wrong(english, translation, false).is_some(), "{english} {translation}");
    }
    let mut found = vec![];
    calls(
        "tr!(\"a \\\"b\\\" \\\n   c\") tr!(\"ctx\" => \"d\") tr!(\"one\" | \"{n} e\" % 3)\n// tr!(\"no\")",
        &["tr!("],
        &mut found,
    );
    let texts: Vec<&str> = found.iter().map(|message| message.text.as_str()).collect();
    assert_eq!(texts, ["a \"b\" c", "d (ctx)", "{n} e"]);
}
