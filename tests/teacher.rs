//! Claims about the page for teachers: links that it builds open what was ticked, and of files that anybody may have written nothing
//! is lost but what cannot be read, which gets a sentence.

use experiments::assignment::Theme;
use experiments::fields::{FIELDS, Kind};
use experiments::link;
use orrery::teacher::builder::{Builder, Rule, beginning};
use orrery::teacher::class::{Distribution, csv, groups, laws, questions, scores, shape};
use orrery::teacher::hand_in::{MAX_BYTES, read};
use orrery::teacher::names::{beginnings, figure_name};
use orrery::teacher::state::{State, TeacherAction};
use orrery::teacher::words::distribution;
use std::rc::Rc;

/// What a student hands in: a result with this ratio and law, and an answer.
fn hand_in(student: &str, seed: u32, ratio: f64, law: Option<&str>) -> String {
    let law = law.map_or("null".into(), |law| format!("{law:?}"));
    format!(
        r##"{{"format":"orrery-hand-in","version":1,"student":{student:?},"saved":"2026-11-26T10:00:00Z","results":[
            {{"link":"v=1&preset=spring&seed={seed}","page":"learning","finished":true,"steps":2000,"figures":{{"ratio":{ratio},"energy-hnn":0.001}},"law":{law},"note":"The ring closes.","pictures":[]}}
        ],"lessons":[{{"format":"orrery-answers","version":1,"lesson":"orbits","title":"Orbits","student":"","answers":[
            {{"id":"1.1","part":"predict","question":"Which?","kind":"choice","answer":["Both"],"right":false}},
            {{"id":"1.2","part":"compare","question":"How many?","kind":"number","answer":21,"unit":"times","right":{right}}},
            {{"id":"1.3","part":"predict","question":"Draw it","kind":"draw","answer":[0.5,0.25]}}
        ],"figures":[]}}]}}"##,
        right = ratio > 1.0
    )
}

/// The same as students save it.
fn printable(data: &str) -> String {
    let data = data.replace('<', "\\u003c");
    format!(
        "<!doctype html>\n<html><body><h1>x</h1><script type=\"application/json\" id=\"orrery-hand-in\">{data}</script>\n</body></html>\n"
    )
}

fn bring(state: &mut State, files: impl IntoIterator<Item = (String, String)>) {
    let files = files.into_iter().map(|(name, text)| (name, Rc::from(text.into_bytes())));
    state.reduce(TeacherAction::Bring(files.collect()));
}

fn class_of_thirty() -> State {
    let mut state = State::open("");
    let files = (0..30).map(|i| {
        let ratio = 0.5 * 1.3f64.powi(i);
        let law =
            if i % 3 == 0 { format!("{:.3}*q^2 + p^2/2", 0.5 + 0.001 * f64::from(i)) } else { format!("{}*q", i + 1) };
        let text = hand_in(&format!("Student {i:02}"), i as u32, ratio, Some(&law));
        // Half of them as pages, half as data.
        (format!("{i}.html"), if i % 2 == 0 { printable(&text) } else { text })
    });
    bring(&mut state, files);
    state
}

#[test]
fn thirty_files_become_a_table_a_distribution_and_laws() {
    let state = class_of_thirty();
    assert_eq!(state.refused, Vec::<String>::new());
    assert_eq!(state.class.len(), 30);
    // Thirty seeds of one experiment are one experiment.
    assert_eq!(state.groups.len(), 1, "{:?}", state.groups.iter().map(|group| &group.link).collect::<Vec<_>>());
    let (group, figure) = state.shown().expect("results");
    assert_eq!((group.students(), figure.as_str()), (30, "ratio"));
    let ratios = group.distribution("ratio", &state.class);
    // The values are 0.5 · 1.3ⁿ: the median lies between n = 14 and 15, a quarter of them below n = 7.25.
    let of = |n: i32| 0.5 * 1.3f64.powi(n);
    let close = |a: Option<f64>, b: f64| assert!((a.expect("values") / b - 1.0).abs() < 1e-12, "{a:?} is not {b}");
    close(ratios.quantile(0.5), (of(14) + of(15)) / 2.0);
    close(ratios.quantile(0.25), of(7) + 0.25 * (of(8) - of(7)));
    close(ratios.quantile(1.0), of(29));
    assert!(ratios.is_logarithmic());
    let laws = laws(&state.class);
    let counted: Vec<(&str, usize)> = laws.iter().map(|law| (law.shape.as_str(), law.found.len())).collect();
    assert_eq!(counted, [("□*q", 20), ("□*q^2+p^2/□", 10)]);
    let asked = questions(&state.class);
    assert_eq!(asked.len(), 3);
    assert_eq!(asked[1].right, (30 - 3, 30), "0.5, 0.65 and 0.845 are below 1");
    assert_eq!(asked[1].answers, [("21 times".to_owned(), 30)]);
    assert_eq!(asked[2].answers, [("a drawn curve".to_owned(), 30)]);
    let table = csv(&state.class, Some(group));
    assert_eq!(table.lines().count(), 31);
    assert!(
        table.starts_with("student,right,judged,link,law,seed,notes,\"ratio\",\"energy-hnn\"\n\"Student 00\",0,1,"),
        "{table}"
    );
    assert!(table.lines().nth(8).is_some_and(|line| line.contains(",7,\"The ring closes.\",")), "{table}");
}

#[test]
fn bad_files_get_a_sentence_each_and_lose_nothing() {
    let mut state = class_of_thirty();
    let before = state.class.clone();
    let good = hand_in("Late", 3, 4.0, None);
    let page = printable(&good);
    let bad = [
        ("empty", String::new()),
        ("text", "dear teacher".into()),
        ("page", "<html><p>hello</p></html>".into()),
        ("half", page[..page.len() / 2].into()),
        ("data", good[..good.len() - 5].into()),
        ("other", r#"{"format":"something","version":1}"#.into()),
        ("later", r#"{"format":"orrery-hand-in","version":2}"#.into()),
        ("form", r#"{"format":"orrery-hand-in","version":1,"results":"none"}"#.into()),
        ("lesson", r#"{"format":"orrery-hand-in","version":1,"lessons":[{"format":"x"}]}"#.into()),
        ("list", "[1,2]".into()),
        ("large", "x".repeat(MAX_BYTES + 1)),
        ("again", hand_in("Student 01", 1, 0.5 * 1.3, Some("2*q"))),
    ];
    let many = bad.len();
    bring(&mut state, bad.into_iter().map(|(name, text)| (name.to_owned(), text)).chain([("late".into(), good)]));
    assert_eq!(state.class.len(), before.len() + 1);
    assert_eq!(state.class[..30], before[..]);
    assert_eq!(state.refused.len(), many, "{:#?}", state.refused);
    for sentence in &state.refused {
        assert!(sentence.ends_with('.') && sentence.contains(": ") && sentence.len() < 240, "{sentence}");
    }
    state.reduce(TeacherAction::Bring(vec![("picture.png".into(), Rc::from(&[0x89, 0x50, 0xff, 0xfe][..]))]));
    assert_eq!((state.refused.len(), state.class.len()), (1, 31));
}

#[test]
fn what_is_hostile_in_a_file_is_text_and_within_limits() {
    let text = r#"{"format":"orrery-hand-in","version":1,"student":"<img src=x onerror=alert(1)>\u0000\n=1+1","results":[
        {"link":"javascript:alert(1)","figures":{"ratio":1e999}},
        {"link":"v=1&preset=spring","figures":{"ratio":-3,"x":0}}
    ]}"#;
    // 1e999 is no number that JSON can hold.
    assert!(read("a", text.as_bytes()).is_err());
    let text = text.replace("1e999", "1e300");
    let hand_in = read("a", text.as_bytes()).expect("readable");
    assert_eq!(hand_in.student, "<img src=x onerror=alert(1)>  =1+1");
    let class = [hand_in];
    // Whatever a link says, it opens an experiment.
    assert!(groups(&class).iter().all(|group| group.link.starts_with("v=1&preset=")));
    let named = read("=cmd.html", br#"{"format":"orrery-answers","version":1,"answers":[]}"#).expect("readable");
    assert_eq!(named.student, "=cmd.html");
    assert!(csv(&[named], None).contains("\"'=cmd.html\""), "a spreadsheet takes it for text");
    let long = format!(r#"{{"format":"orrery-hand-in","version":1,"student":"{}"}}"#, "é".repeat(5000));
    assert_eq!(read("b", long.as_bytes()).expect("readable").student.chars().count(), 120);
}

#[test]
fn constants_are_left_open_and_names_and_powers_are_not() {
    for (law, expected) in [
        ("1.98*m1*m2/r^2", "□*m1*m2/r^2"),
        ("2 * m1 * m2 / r^2", "□*m1*m2/r^2"),
        ("dx*(1.758 - 1.742/r)", "dx*(□-□/r)"),
        ("3e-5*x_2 + 1.5E+3", "□*x_2+□"),
        ("x^1.5", "x^□"),
        ("sin(0.5*q)", "sin(□*q)"),
        ("", ""),
    ] {
        assert_eq!(shape(law), expected, "{law}");
    }
}

#[test]
fn quantiles_of_none_and_of_one_are_as_they_should_be() {
    assert_eq!(Distribution::default().quantile(0.5), None);
    let one = Distribution { values: vec![("a".into(), -2.0)] };
    assert_eq!((one.quantile(0.0), one.quantile(0.5), one.is_logarithmic()), (Some(-2.0), Some(-2.0), false));
}

#[test]
fn a_question_that_was_left_out_is_not_right_and_predictions_do_not_count() {
    let mut state = class_of_thirty();
    // 0 of 1 and 1 of 1: the prediction, which was wrong, is not among them.
    assert_eq!((scores(&state.class)[0], scores(&state.class)[29]), ((0, 1), (1, 1)));
    let lazy = r#"{"format":"orrery-answers","version":1,"lesson":"orbits","title":"Orbits","answers":[]}"#;
    let other = r#"{"format":"orrery-answers","version":1,"lesson":"another","title":"Another","answers":[]}"#;
    bring(&mut state, [("lazy".into(), lazy.into()), ("other".into(), other.into())]);
    assert_eq!(scores(&state.class)[30..], [(0, 1), (0, 0)]);
}

#[test]
fn few_values_are_listed_and_only_a_line_that_is_drawn_is_spoken_of() {
    let of = |values: &[f64]| Distribution { values: values.iter().map(|x| (String::new(), *x)).collect() };
    let said = |values: &[f64]| distribution(&of(values), "ratio");
    assert!(
        said(&[90.0, 120.0]).contains(": 90.0; 120; the median, the line, is 105. In 0 of 2"),
        "{}",
        said(&[90.0, 120.0])
    );
    assert!(!said(&[90.0, 120.0]).contains("half of them") && !said(&[90.0, 120.0]).contains("dashes"));
    assert!(said(&[0.1, 10.0]).contains("left of the dashes at 1"));
    assert!(said(&[1.0, 2.0, 3.0, 4.0, 5.0]).contains("half of them from 2.00 to 4.00"));
    assert!(said(&[2.0]).starts_with("One value of “how many times larger"), "{}", said(&[2.0]));
}

#[test]
fn a_link_opens_what_was_ticked() {
    let mut state = State::open("v=1&preset=pendulum&steps=500");
    assert!(state.remarks.is_empty());
    state.reduce(TeacherAction::DecideAll(Rule::Hidden));
    state.reduce(TeacherAction::Decide("l", Rule::Shown));
    state.reduce(TeacherAction::Decide("trajectories", Rule::Locked));
    state.reduce(TeacherAction::Decide("pages", Rule::Locked));
    state.reduce(TeacherAction::Ask("Which curve\ncloses?".into()));
    state.reduce(TeacherAction::Dress(Theme::Projector));
    state.reduce(TeacherAction::Embed);
    let link = state.builder.link();
    let (workbench, remarks) = link::decode(&link);
    assert!(remarks.is_empty(), "{remarks:?}");
    let assignment = &workbench.assignment;
    assert_eq!(workbench.field.schedule.steps, 500);
    assert!(assignment.shows("l") && !assignment.locks("l"));
    assert!(assignment.shows("trajectories") && assignment.locks("trajectories"));
    assert!(assignment.shows("pages"), "a part has no value to hold, and is there");
    assert!(!assignment.shows("seed") && !assignment.shows("runs"));
    assert_eq!(assignment.question.as_deref(), Some("Which curve closes?"));
    assert_eq!((assignment.theme, assignment.embed), (Theme::Projector, true));
    // It comes back as it was, also as a whole address.
    let (again, remarks) = Builder::open(&format!("https://school.example/orrery/{link}"));
    assert_eq!((again.link(), remarks), (link, vec![]));
    state.reduce(TeacherAction::DecideAll(Rule::Shown));
    assert!(["show=", "hide=", "lock="].iter().all(|key| !state.builder.link().contains(key)));
    // Where little is hidden, that is what the link says.
    state.reduce(TeacherAction::Decide("noise", Rule::Hidden));
    assert!(state.builder.link().contains("&hide=noise&") && !state.builder.link().contains("show="));
    assert_eq!(Builder::open(&state.builder.link()).0.link(), state.builder.link());
}

#[test]
fn what_is_pasted_and_is_no_link_changes_nothing() {
    let mut state = State::open("v=1&preset=pendulum");
    let before = state.builder.clone();
    for text in ["", "  ", "https://example.org", "hello"] {
        state.reduce(TeacherAction::Paste(text.into()));
        assert_eq!((state.remarks.len(), &state.builder), (1, &before), "{text}");
    }
    state.reduce(TeacherAction::Paste("#v=1&preset=spring&colour=blue".into()));
    assert_eq!(state.remarks.len(), 1);
    assert!(state.builder.link().contains("preset=spring"));
}

#[test]
fn every_beginning_opens_and_has_controls_that_can_be_decided_about() {
    for (name, words) in beginnings() {
        let workbench = beginning(&name).unwrap_or_else(|| panic!("{name} opens nothing"));
        let mut builder = Builder { workbench, ..Builder::default() };
        let controls = builder.controls();
        assert!(!words.is_empty() && controls.len() >= 3, "{name} has {} controls", controls.len());
        assert!(!name.contains('-') || !words.contains(&name), "{name} is called by its key: {words}");
        for control in &controls {
            assert!(FIELDS.iter().any(|field| field.key == control.key) || !control.locks || control.key == "preset");
            builder.decide(control, Rule::Locked);
        }
        let (opened, remarks) = link::decode(&builder.link());
        assert!(remarks.is_empty(), "{name}: {remarks:?}");
        assert!(controls.iter().filter(|control| control.locks).all(|control| opened.assignment.locks(control.key)));
    }
}

#[test]
fn values_and_figures_have_names_that_people_read() {
    for (name, _) in beginnings() {
        let workbench = beginning(&name).expect("one to begin with");
        for field in FIELDS.iter() {
            if let (Kind::Choice { options, get, .. }, Some(shown)) = (&field.kind, field.shown(&workbench)) {
                assert_eq!(shown, options[get(&workbench).expect("it is shown")].1, "{}", field.key);
            }
        }
    }
    for name in ["ratio", "energy-baseline", "rollout-dissipative", "r2-trimmed-force-other", "test-loss-DeltaGN"] {
        assert_ne!(figure_name(name), name);
    }
    assert_eq!(figure_name("of-another-version"), "of-another-version");
}

#[test]
fn a_step_of_a_lesson_takes_the_place_of_an_experiment() {
    let mut state = State::open("");
    state.reduce(TeacherAction::Lesson(Some(("orbits".into(), 3))));
    assert_eq!(state.builder.link(), "lesson.html#orbits/3");
    state.reduce(TeacherAction::Lesson(None));
    assert_eq!(state.builder.link(), "#v=1&preset=spring");
}
