//! Claims about links: any text opens a valid experiment, and what is written can be read again.

use experiments::fields::{FIELDS, Field, Kind, words};
use experiments::graph::GraphExperiment;
use experiments::task::Task;
use experiments::{Workbench, limits, link, preset::Preset};
use models::graph::recipe::MessageRegulariser as Messages;
use physics::dataset::DataConfig;
use proptest::prelude::*;

#[test]
fn the_link_of_a_preset_names_only_the_preset() {
    for preset in Preset::ALL {
        let text = link::encode(&preset.into());
        assert_eq!(text, format!("v=1&preset={}", preset.key()));
        assert_eq!(link::decode(&text), (preset.into(), vec![]));
    }
}

#[test]
fn an_empty_fragment_opens_the_first_preset_without_a_remark() {
    assert_eq!(link::decode(""), (Workbench::default(), vec![]));
}

#[test]
fn what_was_measured_has_differences_and_what_is_simulated_has_targets() {
    let (measured, remarks) = link::decode("v=1&preset=real-pendulum&differences=forward&targets=exact");
    assert!(remarks.len() == 1 && remarks[0].to_string().contains("no targets"), "{remarks:?}");
    assert_eq!(link::decode(&link::encode(&measured)), (measured, vec![]));
    let (_, remarks) = link::decode("v=1&preset=spring&differences=central");
    assert!(remarks.len() == 1 && remarks[0].to_string().contains("no differences"), "{remarks:?}");
}

#[test]
fn a_batch_of_all_samples_that_is_too_slow_becomes_one_that_a_link_can_say() {
    let (workbench, remarks) = link::decode("v=1&preset=two-body&samples=200&hidden=264&batch=0&depth=3&steps=4000");
    assert!(!remarks.is_empty() && limits::check(&workbench).is_ok());
    assert_eq!(link::decode(&link::encode(&workbench)), (workbench, vec![]));
}

#[test]
fn a_bad_value_is_moved_or_left_aside_and_said() {
    for (fragment, said) in [
        ("v=1&lr=NaN", "lr"),
        ("v=1&steps=1e999", "steps"),
        ("v=1&hidden=2.5", "hidden"),
        ("v=1&unheard=1", "unheard"),
        ("v=2", "Version"),
        ("preset=spring", "version"),
        ("v=1&preset=perpetuum", "perpetuum"),
        ("v=1&l=2", "no l"),
        ("v=1&radius-min=3", "radius-min"),
        ("v=1&seed=1&seed=2", "twice"),
        ("v=1&hidden=512&depth=5&trajectories=500&samples=200&steps=100000", "memory"),
    ] {
        let (workbench, remarks) = link::decode(fragment);
        assert!(remarks.iter().any(|remark| remark.to_string().contains(said)), "{fragment}: {remarks:?}");
        assert!(limits::check(&workbench).is_ok(), "{fragment}");
    }
}

#[test]
fn a_setting_that_brings_others_along_comes_before_them_in_a_link_and_in_any_order() {
    // 6000 steps are usual for springs, which the preset is about, but not for 1/r², which has 8000.
    let mut workbench = Workbench::default();
    link::set(&mut workbench, "world", "r2").expect("a world");
    link::set(&mut workbench, "graph-steps", "6000").expect("steps");
    let (read, remarks) = link::decode(&link::encode(&workbench));
    assert_eq!((read, remarks), (workbench.clone(), vec![]));
    let (read, _) = link::decode("v=1&preset=spring&graph-steps=6000&world=r2");
    assert_eq!(read, workbench);
    let (read, _) = link::decode("v=1&preset=gn-r2&graph-steps=6000");
    assert_eq!(read.graph, workbench.graph);
    let (read, _) = link::decode("v=1&preset=gn-r2-paper&message_dim=50&strategy=standard&dims=3");
    let graph = read.graph;
    assert!(graph.paper && graph.dimensions == 3 && graph.regularisers()[0] == Messages::Standard(50), "{graph:?}");
}

#[test]
fn a_fragment_too_long_to_read_is_left_aside() {
    let (workbench, remarks) = link::decode(&"a=1&".repeat(16_384));
    assert_eq!((workbench, remarks.len()), (Workbench::default(), 1));
}

#[test]
fn every_split_leaves_a_motion_on_each_side() {
    for trajectories in 2..60 {
        for held_out in [0.1, 0.2, 0.5, 0.9] {
            let data = DataConfig { trajectories, held_out, ..Preset::Spring.experiment().data };
            let training = data.training_trajectories();
            assert!((1..trajectories).contains(&training), "{training} of {trajectories} with {held_out} held out");
        }
    }
    // Links that left nothing to test by.
    for link in ["v=1&preset=spring&trajectories=5&held-out=0.1", "v=1&preset=two-body&trajectories=3&held-out=0.2"] {
        let (workbench, remarks) = link::decode(link);
        assert!(remarks.is_empty(), "{remarks:?}");
        let task = Task::of(&workbench.field);
        assert!(!task.dataset.test.is_empty() && !task.dataset.train.is_empty(), "{link}");
        assert_eq!(task.dataset.train.len(), workbench.field.training_samples());
    }
}

#[test]
fn bodies_that_start_in_the_same_place_are_kept_apart() {
    let (workbench, _) = link::decode("v=1&preset=three-body&trajectories=20&radius-min=0&radius-max=0.01");
    assert_eq!(Task::of(&workbench.field).dataset.train.len(), workbench.field.training_samples());
}

#[test]
fn every_kind_of_setting_passes_the_limits() {
    for (fragment, said) in [
        ("v=1&page=graph&graph-steps=1000000&graph-hidden=300", "graph-steps"),
        ("v=1&page=graph&world=string&bodies=30&graph-steps=200000&graph-hidden=300&against=kl", "graph-steps"),
        ("v=1&preset=gn-r2-paper&bodies=12", "graph-steps"),
        ("v=1&page=graph&bodies=30", "bodies"),
        ("v=1&preset=three-body&trajectories=5000&samples=200&span=30", "trajectories"),
    ] {
        let (workbench, remarks) = link::decode(fragment);
        assert!(remarks.iter().any(|remark| remark.to_string().contains(said)), "{fragment}: {remarks:?}");
        assert!(limits::check(&workbench).is_ok(), "{fragment}");
        let graph = workbench.graph;
        assert!(graph.recipe().check().is_ok(), "{fragment}");
    }
}

#[test]
fn every_preset_and_recipe_fits_and_those_of_the_paper_say_how_long_they_take() {
    for preset in Preset::ALL {
        assert_eq!(limits::check(&preset.into()), Ok(()), "{}", preset.key());
    }
    for name in GraphExperiment::names() {
        let (workbench, remarks) = link::decode(&format!("v=1&preset={name}"));
        assert!(remarks.is_empty(), "{name}: {remarks:?}");
        assert_eq!(workbench.graph, GraphExperiment::named(&name).expect("a recipe"), "{name}");
        let wait = limits::long_wait(&workbench);
        assert_eq!(wait.is_some(), name.ends_with("-paper"), "{name}: {wait:?}");
        assert!(wait.is_none_or(|text| text.contains("hours") && text.contains(&name)));
    }
}

/// A value that a setting may have, chosen by a number from 0 to 1.
fn value(field: &Field, part: f64) -> String {
    let nth = |count: usize| ((part * count as f64) as usize).min(count - 1);
    match &field.kind {
        Kind::Choice { options, .. } => options[nth(options.len())].0.to_owned(),
        Kind::Words { options, .. } => words(options, nth(1 << options.len()) as u16),
        Kind::Number { .. } | Kind::Parameter(_) => {
            let (min, max, whole) = field.range().expect("a number");
            let x = min + part * (max - min);
            if whole { x.round().to_string() } else { x.to_string() }
        }
    }
}

/// Every name that a link may begin with.
fn names() -> Vec<String> {
    Preset::ALL.iter().map(|preset| preset.key().to_owned()).chain(GraphExperiment::names()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100_000))]

    #[test]
    fn any_text_opens_an_experiment_that_fits_and_survives_its_own_link(text in ".{0,200}") {
        let (workbench, _) = link::decode(&text);
        prop_assert!(limits::check(&workbench).is_ok());
        prop_assert_eq!(link::decode(&link::encode(&workbench)), (workbench, vec![]));
    }

    #[test]
    fn any_values_of_known_settings_do_too(
        preset in 0..names().len(),
        settings in proptest::collection::vec((0..FIELDS.len(), prop_oneof![
            any::<f64>().prop_map(|x| x.to_string()),
            (0.0..1000.0f64).prop_map(|x| x.to_string()),
            Just("exact".to_owned()), Just("hnn".to_owned()), Just(String::new()),
        ]), 0..8),
    ) {
        let mut text = format!("v=1&preset={}", names()[preset]);
        for (field, value) in settings {
            text.push_str(&format!("&{}={value}", FIELDS[field].key));
        }
        let (workbench, _) = link::decode(&text);
        prop_assert!(limits::check(&workbench).is_ok(), "{}", text);
        prop_assert_eq!(link::decode(&link::encode(&workbench)), (workbench, vec![]));
    }

    #[test]
    fn allowed_values_of_every_kind_of_setting_do_too(
        preset in 0..names().len(),
        settings in proptest::collection::vec((0..FIELDS.len(), 0.0..1.0f64), 0..12),
    ) {
        let mut text = format!("v=1&preset={}", names()[preset]);
        for (field, part) in settings {
            text.push_str(&format!("&{}={}", FIELDS[field].key, value(FIELDS[field], part)));
        }
        let (workbench, _) = link::decode(&text);
        prop_assert!(limits::check(&workbench).is_ok(), "{}", text);
        prop_assert!(workbench.graph.recipe().check().is_ok(), "{}", text);
        prop_assert_eq!(link::decode(&link::encode(&workbench)), (workbench, vec![]), "{}", text);
    }
}

#[test]
fn a_text_that_ends_like_a_sentence_comes_back_whole() {
    for law in ["7.81*m2*", "0.", "m1...", "r, m2,", "m2!"] {
        let mut workbench = Workbench::from(Preset::Spring);
        workbench.graph.view.law = Some(law.into());
        let link = link::encode(&workbench);
        assert_eq!(link::decode(&link), (workbench, vec![]), "{link}");
    }
    // A blank before what closes the sentence is no part of the text.
    let (opened, _) = link::decode("v=1&preset=spring&law=dx+*");
    assert_eq!(opened.graph.view.law.as_deref(), Some("dx"));
}
