//! Claims about lessons and the glossary: each lesson is well formed, its links open without a remark, its words are explained, and
//! what it says of integrators is so. What it says of networks is run by `tools/lessons.mjs`.

use experiments::{Workbench, link};
use jobs::protocol::convergence::{Outcome, SURVIVAL_STEPS};
use orrery::session::scene::Scene;
use physics::integrator::Scheme;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Longest time of an experiment on two slow cores, in seconds.
const LONGEST: u64 = 60;
const FRONT: [&str; 7] = ["title", "summary", "chapter", "slides", "language", "minutes", "words"];
const SECTIONS: [&str; 4] = ["Aims", "Before the lesson", "Plan", "Extension"];

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The names in the list, in its order, with the text of each.
fn lessons() -> Vec<(String, String)> {
    let list = text(&folder("static/lessons/list.txt"));
    list.lines().map(|name| (name.to_owned(), text(&folder("static/lessons").join(format!("{name}.md"))))).collect()
}

/// The value of a line of front matter.
fn front<'a>(lesson: &'a str, key: &str) -> Option<&'a str> {
    let matter = lesson.strip_prefix("---\n")?.split_once("\n---\n")?.0;
    matter.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(": "))
}

/// What stands between two texts, each time.
fn between<'a>(text: &'a str, from: &'a str, to: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(from).skip(1).filter_map(move |rest| rest.split_once(to).map(|(inside, _)| inside))
}

/// Steps: heading and text.
fn steps(lesson: &str) -> Vec<(&str, &str)> {
    lesson.split("\n## ").filter_map(|section| section.strip_prefix("Step: ")?.split_once('\n')).collect()
}

fn glossary() -> BTreeSet<String> {
    let entries: serde_json::Value = serde_json::from_str(&text(&folder("static/glossary.json"))).expect("JSON");
    let entries = entries.as_array().expect("a list");
    let mut words = BTreeSet::new();
    for entry in entries {
        let explained = entry["text"].as_str().expect("a text");
        assert!(explained.ends_with('.') && explained.len() < 220, "{explained}");
        for word in entry["words"].as_array().expect("words") {
            let word = word.as_str().expect("a word").to_lowercase();
            assert!(words.insert(word.clone()), "{word} is explained twice");
        }
    }
    words
}

fn opened(fragment: &str) -> Workbench {
    let (workbench, remarks) = link::decode(fragment);
    assert!(remarks.is_empty(), "{fragment}: {remarks:?}");
    workbench
}

#[test]
fn the_list_names_every_lesson_and_no_other() {
    let mut found = BTreeSet::new();
    let mut folders = vec![folder("static/lessons")];
    while let Some(open) = folders.pop() {
        for entry in fs::read_dir(&open).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "md") {
                let inside = path.strip_prefix(folder("static/lessons")).expect("inside").with_extension("");
                found.insert(inside.to_string_lossy().into_owned());
            }
        }
    }
    let listed: BTreeSet<String> = lessons().into_iter().map(|(name, _)| name).collect();
    assert_eq!(listed, found);
}

#[test]
fn every_lesson_is_a_plan_of_forty_five_minutes() {
    for (name, lesson) in lessons() {
        for key in FRONT {
            assert!(front(&lesson, key).is_some_and(|value| !value.is_empty()), "{name} has no {key}");
        }
        assert_eq!(front(&lesson, "minutes"), Some("45"), "{name}");
        for section in SECTIONS {
            assert_eq!(lesson.matches(&format!("\n## {section}\n")).count(), 1, "{name}: {section}");
        }
        let steps = steps(&lesson);
        let minutes = steps.iter().map(|(heading, _)| between(heading, "(", " minutes)").last().expect("minutes"));
        let minutes: Vec<u32> = minutes.map(|minutes| minutes.parse().expect("a number")).collect();
        assert!(minutes.iter().sum::<u32>() == 45 && minutes.len() >= 4, "{name}: {minutes:?}");
        for (heading, step) in steps {
            for part in ["Predict", "Run", "Explain", "Teacher"] {
                assert!(step.contains(&format!("\n### {part}\n")), "{name}: {heading} has no {part}");
            }
        }
    }
}

#[test]
fn every_link_of_a_lesson_opens_without_a_remark_and_finishes_within_a_minute() {
    for (name, lesson) in lessons() {
        let links: Vec<_> = between(&lesson, "](#", ")").collect();
        assert!(!links.is_empty(), "{name} opens nothing");
        links.into_iter().for_each(|fragment| drop(opened(fragment)));
        for open in lesson.lines().filter(|line| line.starts_with("Open: ")) {
            let seconds =
                open.rsplit_once(") takes ").and_then(|(_, takes)| takes.strip_suffix(" s")?.parse::<u64>().ok());
            assert!(seconds.is_some_and(|seconds| (1..=LONGEST).contains(&seconds)), "{name}: {open}");
        }
        let first = steps(&lesson)[0].1.trim_start();
        assert!(first.starts_with("Open: "), "{name}: the first step opens nothing");
    }
}

#[test]
fn the_words_a_lesson_brings_in_are_explained_and_used() {
    let known = glossary();
    for (name, lesson) in lessons() {
        let body = lesson.splitn(3, "---\n").nth(2).expect("a body").to_lowercase().replace('\n', " ");
        let words: Vec<_> = front(&lesson, "words").expect("words").split(", ").map(str::to_lowercase).collect();
        let language = front(&lesson, "language").expect("a language");
        let translated = glossary_in(language);
        for word in &words {
            assert!(known.contains(word) || translated.contains(word), "{name}: “{word}” is not in the glossary");
            assert!(body.contains(word.as_str()), "{name} does not use “{word}”");
        }
        if language == "en" {
            for abbreviation in abbreviations(&lesson) {
                assert!(
                    words.contains(&abbreviation.to_lowercase()),
                    "{name} uses {abbreviation} and does not bring it in"
                );
            }
        }
    }
}

/// The glossary's words in another language: those by which the page calls its entries.
fn glossary_in(language: &str) -> BTreeSet<String> {
    if language == "en" {
        return BTreeSet::new();
    }
    let messages: serde_json::Value =
        serde_json::from_str(&text(&folder(&format!("static/languages/{language}.json")))).expect("JSON");
    let entries: serde_json::Value = serde_json::from_str(&text(&folder("static/glossary.json"))).expect("JSON");
    let words = entries.as_array().expect("a list").iter().map(|entry| entry["words"][0].as_str().expect("a word"));
    words.filter_map(|word| messages[word].as_str()).map(str::to_lowercase).collect()
}

/// Words of capital letters and digits alone, such as HNN and RK4.
fn abbreviations(text: &str) -> BTreeSet<&str> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| {
            word.len() >= 2
                && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
                && word.chars().filter(char::is_ascii_uppercase).count() >= 2
        })
        .collect()
}

#[test]
fn every_word_that_the_page_offers_to_explain_is_explained() {
    let known = glossary();
    let mut offered = 0;
    let mut folders = vec![folder("src")];
    while let Some(open) = folders.pop() {
        for entry in fs::read_dir(&open).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let source = text(&path);
            if !source.contains("explained(") {
                continue;
            }
            // Texts in quotes, outside comments.
            let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
            for sentence in code.flat_map(|line| line.split('"').skip(1).step_by(2)) {
                for word in between(sentence, "[", "]")
                    .filter(|word| word.chars().all(|c| c.is_alphabetic() || " ²".contains(c)))
                {
                    offered += 1;
                    assert!(
                        known.contains(&word.to_lowercase()),
                        "{}: “{word}” is not in the glossary",
                        path.display()
                    );
                }
            }
        }
    }
    assert!(offered >= 20, "only {offered} words are offered");
}

/// Ranges of the figures called `name…`, each with the experiment that is open where it is read off.
fn figures(lesson: &str, name: &str) -> Vec<(String, Workbench, f64, f64)> {
    let mut fragment = "";
    let mut found = Vec::new();
    for line in lesson.lines() {
        if let Some(link) = line.strip_prefix("Open: ").and_then(|open| between(open, "](#", ")").next()) {
            fragment = link;
        }
        if let Some(figure) = line.strip_prefix("Figure: ").filter(|figure| figure.starts_with(name)) {
            let parts: Vec<_> = figure.split(" | ").collect();
            let (low, high) = parts[2].split_once(" to ").expect("a range");
            let number = |text: &str| text.parse().expect("a number");
            found.push((parts[0].to_owned(), opened(fragment), number(low), number(high)));
        }
    }
    found
}

#[test]
fn orders_that_lessons_state_are_those_that_are_measured() {
    let mut held = 0;
    for (lesson, text) in lessons() {
        for (name, workbench, low, high) in figures(&text, "order-") {
            let scene = Scene::of(&workbench);
            let of = |scheme: Scheme| format!("order-{}", scheme.name().replace(' ', "-").to_lowercase()) == name;
            let report = scene.convergence.iter().find(|report| of(report.scheme)).expect("a scheme of this name");
            let order = report.order.expect("an order");
            assert!((low..=high).contains(&order), "{lesson}: {name} is {order}");
            held += 1;
        }
    }
    assert!(held >= 3, "only {held} orders are stated");
}

/// Energies of the true system along the motion that is shown.
fn energies(fragment: &str) -> Vec<f64> {
    let workbench = opened(fragment);
    let scene = Scene::of(&workbench);
    scene.truth.motion.states.iter().map(|at| workbench.field.system.energy(at)).collect()
}

#[test]
fn euler_makes_the_energy_that_the_lesson_and_a_closed_form_state() {
    let (_, lesson) = lessons().into_iter().find(|(name, _)| name == "steps-and-energy").expect("the lesson");
    let fragment = "v=1&preset=spring&integrator=euler&dt=0.02";
    assert!(lesson.contains(fragment) && lesson.contains("Number: 4.5 to 5.5 times") && lesson.contains("4.95"));
    let energies = energies(fragment);
    let grown = energies[energies.len() - 1] / energies[0];
    // A step of q' = 2p, p' = −2q by Euler's method multiplies q² + p² by 1 + 4 Δt².
    let closed = 1.0016f64.powi(1000);
    assert!((grown / closed - 1.0).abs() < 1e-6 && (closed - 4.95).abs() < 0.005, "{grown} instead of {closed}");
}

#[test]
fn leapfrog_swings_and_does_not_drift_where_the_lesson_says_so() {
    let (_, lesson) = lessons().into_iter().find(|(name, _)| name == "steps-and-energy").expect("the lesson");
    let fragment = "v=1&preset=spring&integrator=leapfrog&dt=0.2";
    assert!(lesson.contains(fragment));
    let energies = energies(&format!("{fragment}&horizon=100"));
    let worst = |part: &[f64]| part.iter().map(|energy| (energy / energies[0] - 1.0).abs()).fold(0.0, f64::max);
    let (first, second) = energies.split_at(energies.len() / 2);
    assert!(worst(first) > 1e-3 && worst(first) < 0.1, "{}", worst(first));
    assert!(worst(second) < 1.05 * worst(first), "{} after {}", worst(second), worst(first));
    // Step 5: of the three it names, only leapfrog keeps the energy with a step of 0.2.
    assert!(lesson.contains("the column of 0.2"));
    let scene = Scene::of(&opened("v=1&preset=spring&page=integrators"));
    let column = SURVIVAL_STEPS.iter().position(|dt| *dt == 0.2).expect("a column");
    let fate = |scheme: Scheme| {
        scene.convergence.iter().find(|report| report.scheme == scheme).expect("a report").fates[column]
    };
    assert_eq!(fate(Scheme::Leapfrog), Outcome::Holds);
    assert_eq!(fate(Scheme::Rk4), Outcome::Drifts);
    assert_eq!(fate(Scheme::Euler), Outcome::Fails);
    // The lesson on coarse steps: four steps in a swing are too few for leapfrog, too.
    assert_eq!(
        (scene.convergence.iter()).find(|of| of.scheme == Scheme::Leapfrog).map(|of| of.fates[0]),
        Some(Outcome::Fails)
    );
    assert_eq!(SURVIVAL_STEPS[0], 0.8);
}
