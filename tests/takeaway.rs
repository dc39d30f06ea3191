//! Claims about what a visitor takes away, without a page: what is asked of a worker, what it writes, and what becomes of it.

use autodiff::engine::Engine;
use experiments::preset::Preset;
use jobs::job::execution::Execution;
use jobs::job::message::{Command, Event, Pace, Report, RunId};
use jobs::job::server::Server;
use jobs::pool::{News, SavedPart, Wish};
use jobs::protocol::train::{TrainModels, TrainSpec};
use jobs::protocol::write::WriteSpec;
use jobs::training::session::TrainingSession;
use models::field::model::ModelKind;
use orrery::pages::PageAction;
use orrery::pages::learning::files::Writing;
use orrery::pages::learning::state::LearningAction;
use orrery::session::action::{Action, Effect};
use orrery::session::pools::{PoolNews, PoolWish};
use orrery::session::take::{Wanted, offered};
use orrery::shell::state::State;
use std::cell::Cell;

/// A page on which both models of an experiment have been trained by workers.
fn trained(fragment: &str) -> State {
    let mut state = State::open(fragment);
    state.reduce(Action::Train);
    state.reduce(PoolNews::Run(News::Working));
    for (number, kind) in state.workbench.field.models.kinds().iter().enumerate() {
        let spec = TrainSpec { kinds: vec![*kind], ..TrainSpec::of(&state.workbench) };
        for report in worked::<TrainingSession>(&spec, Engine::Cpu) {
            state.reduce(PoolNews::Run(match report {
                Report::Saved(saved) => {
                    let engine = jobs::job::EngineKind::Cpu;
                    News::Saved(number, Box::new(SavedPart::<TrainModels> { spec: spec.clone(), engine, saved }))
                }
                report => News::Said(number, report),
            }));
        }
    }
    state.reduce(PoolNews::Run(News::Finished));
    state
}

/// Everything that a worker reports of a job.
fn worked<X: Execution>(spec: &<X::Job as jobs::job::Job>::Spec, engine: X::Engine) -> Vec<Report<X::Job>> {
    let mut server = Server::<X>::new(engine);
    let time = Cell::new(0.0);
    let clock = || time.replace(time.get() + 5.0);
    let mut reports = vec![];
    let mut post = |event| match event {
        Event::Of(_, report) => reports.push(report),
        Event::Ready | Event::Unusable(_) => panic!("not of a run"),
    };
    let start = Command::Start { run: RunId(1), spec: Box::new(spec.clone()), saved: None, pace: Pace::Run };
    pollster::block_on(server.take(start, &clock, &mut post)).expect("no device to lose");
    while pollster::block_on(server.work(&clock, &mut post)).expect("no device to lose") {}
    reports
}

fn take(state: &mut State, wanted: Wanted) -> WriteSpec {
    let mut effects = state.reduce(PageAction::Learning(LearningAction::Take(wanted)));
    match effects.pop() {
        Some(Effect::Pool(PoolWish::Files(Wish::Start(spec, Pace::Run)))) if effects.is_empty() => *spec,
        other => panic!("{other:?}"),
    }
}

/// What the page does with what the worker of a job has written.
fn written(state: &mut State, spec: &WriteSpec) -> Vec<Effect> {
    let news = worked::<Writing>(spec, ()).into_iter().map(|report| match report {
        Report::Refused(sentence) => News::Refused(sentence),
        report => News::Said(0, report),
    });
    let news: Vec<_> = news.collect();
    news.into_iter().flat_map(|news| state.reduce(PoolNews::Files(news))).collect()
}

const SMALL: &str = "#v=1&preset=pendulum&steps=30&hidden=8&seed=5";

#[test]
fn everything_is_written_by_a_worker_from_what_is_kept_of_the_run() {
    let mut state = trained(SMALL);
    let spec = take(&mut state, Wanted::All);
    assert!(state.taking.is_some());
    let effects = written(&mut state, &spec);
    let [Effect::Download(name, bytes), Effect::Pool(PoolWish::Files(Wish::Release))] = &effects[..] else {
        panic!("{} effects", effects.len())
    };
    assert_eq!((name.as_str(), &state.taking), ("orrery-pendulum-seed-5.zip", &None));
    let text = String::from_utf8_lossy(bytes);
    let offered = offered(&state.workbench.field).into_iter().map(|(name, _)| name);
    for name in offered.chain(["portrait.svg", "energy-map.svg", "conserved.svg", "losses.svg"].map(str::to_owned)) {
        assert!(text.contains(&name), "{name} is in the file");
    }
    assert!(text.contains("# link: #v=1&preset=pendulum&seed=5&hidden=8&steps=30\n"));
}

#[test]
fn one_file_comes_under_its_name_and_a_picture_in_pixels_too() {
    let mut state = trained(SMALL);
    let spec = take(&mut state, Wanted::File("hnn.py".into()));
    let effects = written(&mut state, &spec);
    assert!(
        matches!(&effects[0], Effect::Download(name, bytes) if name == "hnn.py" && bytes.starts_with(b"\"\"\"Velocity"))
    );
    // A picture shows what is shown now: another start, without the data.
    state.reduce(Action::Set("start-q", "0.25".into()));
    let data = PageAction::Learning(LearningAction::Toggle(orrery::pages::learning::layers::Layer::Data));
    let dots = |state: &mut State| {
        let spec = take(state, Wanted::Pixels("portrait"));
        let effects = written(state, &spec);
        let Effect::DownloadPixels(name, svg) = &effects[0] else { panic!("no pixels") };
        assert_eq!(name, "portrait.png");
        assert!(svg.contains("start at q = 0.25") && svg.contains("seed 5, Orrery "), "{svg:.900}");
        svg.matches("<circle").count()
    };
    let with = dots(&mut state);
    state.reduce(data);
    let without = dots(&mut state);
    assert_eq!(with - without, state.scene.task.dataset.train.len());
}

#[test]
fn what_cannot_be_written_costs_a_sentence() {
    let mut state = State::open(SMALL);
    assert!(!state.can_take());
    assert_eq!(state.reduce(PageAction::Learning(LearningAction::Take(Wanted::All))), []);
    let mut state = trained(SMALL);
    let spec = take(&mut state, Wanted::File("no such file".into()));
    let effects = written(&mut state, &spec);
    assert_eq!(effects, [Effect::Pool(PoolWish::Files(Wish::Release))]);
    assert!(state.notice.as_ref().is_some_and(|said| said.contains("cannot be written")) && state.taking.is_none());
    let damaged = WriteSpec { run: spec.run[..spec.run.len() / 2].to_vec(), ..spec };
    assert!(matches!(&worked::<Writing>(&damaged, ())[..], [Report::Refused(said)] if said.contains("cannot be read")));
}

#[test]
fn weights_of_other_networks_than_the_settings_name_are_refused() {
    let mut state = trained(SMALL);
    let spec = take(&mut state, Wanted::All);
    let link = spec.link.replace("hidden=8", "hidden=12");
    assert_ne!(link, spec.link);
    let wider = WriteSpec { link, ..spec };
    assert!(matches!(&worked::<Writing>(&wider, ())[..], [Report::Refused(said)] if said.contains("other networks")));
}

#[test]
fn every_kind_of_field_experiment_can_be_taken_away() {
    for (preset, expected) in [
        (Preset::TwoBody, "orbits.svg"),
        (Preset::HenonHeiles, "section.svg"),
        (Preset::RealPendulum, "dissipative.onnx"),
    ] {
        let mut state = trained(&format!("#v=1&preset={}&steps=3&hidden=4", preset.key()));
        let spec = take(&mut state, Wanted::File(expected.into()));
        let effects = written(&mut state, &spec);
        assert!(matches!(&effects[0], Effect::Download(name, bytes) if name == expected && bytes.len() > 1000));
        assert!(state.models.contains_key(&ModelKind::Hnn));
    }
}
