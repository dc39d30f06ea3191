//! Claims about what a visitor takes away, without a page: what is asked of workers, and what becomes of their files.

use experiments::preset::Preset;
use experiments::task::Task;
use export::files::File;
use jobs::job::message::Report;
use jobs::pool::{News, To, Wish};
use jobs::protocol::motion_snapshot::MotionSnapshot;
use jobs::protocol::train::{ModelQuestion, ModelSnapshot};
use models::field::model::ModelKind;
use numerics::seed::Purpose;
use orrery::pages::PageAction;
use orrery::pages::learning::state::{Format, LearningAction};
use orrery::session::action::{Action, Effect};
use orrery::session::pools::{PoolNews, PoolWish};
use orrery::session::take::{Wanted, offered};
use orrery::shell::state::State;

/// A page on which both models of a pendulum have been seen.
fn seen() -> State {
    let mut state = State::open("#v=1&preset=pendulum&hidden=8&seed=5");
    state.reduce(Action::Train);
    state.reduce(PoolNews::Run(News::Working));
    let experiment = state.workbench.field.clone();
    let task = Task::of(&experiment);
    for kind in [ModelKind::Baseline, ModelKind::Hnn] {
        let parameters = experiment.field_network(kind).initial(&mut experiment.seed.stream(Purpose::Weights));
        let snapshot = MotionSnapshot::of(&experiment, &task, kind, 0, &parameters, false);
        told(&mut state, ModelSnapshot::Motion(snapshot));
    }
    state
}

fn told(state: &mut State, snapshot: ModelSnapshot) -> Vec<Effect> {
    state.reduce(PoolNews::Run(News::Said(0, Report::Snapshot(Box::new(snapshot)))))
}

fn take(state: &mut State, wanted: Wanted) -> Vec<Effect> {
    state.reduce(PageAction::Learning(LearningAction::Take(wanted)))
}

fn files(kind: ModelKind, names: &[&str]) -> ModelSnapshot {
    ModelSnapshot::Files { kinds: vec![kind], files: names.iter().map(|name| File::new(*name, *name)).collect() }
}

#[test]
fn workers_are_asked_with_all_that_is_known_of_the_run() {
    let mut state = seen();
    let effects = take(&mut state, Wanted::All);
    let [Effect::Pool(PoolWish::Run(Wish::Ask(To::All, ModelQuestion::Write(record))))] = &effects[..] else {
        panic!("{} effects", effects.len())
    };
    assert!(record.link.ends_with("#v=1&preset=pendulum&seed=5&hidden=8"), "{}", record.link);
    let kinds: Vec<ModelKind> = record.models.iter().map(|model| model.kind).collect();
    assert_eq!(kinds, [ModelKind::Baseline, ModelKind::Hnn]);
    assert!(record.pictures.len() >= 4 && record.pictures.iter().all(|picture| picture.svg.starts_with("<svg")));
    assert!(record.models.iter().all(|model| model.motion.states.len() > 10));
}

#[test]
fn everything_comes_as_one_file_once_all_workers_have_written() {
    let mut state = seen();
    take(&mut state, Wanted::All);
    assert_eq!(told(&mut state, files(ModelKind::Hnn, &["hnn.onnx"])), [], "the baseline's are missing");
    assert!(state.is_taking());
    let effects = told(&mut state, files(ModelKind::Baseline, &["data.csv", "baseline.onnx"]));
    let [Effect::Download(name, bytes)] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!(name, "orrery-pendulum-seed-5.zip");
    let text = String::from_utf8_lossy(bytes);
    assert!(["hnn.onnx", "data.csv", "baseline.onnx"].iter().all(|name| text.matches(name).count() == 3), "{text}");
    assert!(!state.is_taking());
    assert_eq!(told(&mut state, files(ModelKind::Hnn, &["hnn.onnx"])), [], "nothing is saved unasked");
}

#[test]
fn a_single_file_comes_as_soon_as_it_is_there_and_one_that_is_not_costs_a_sentence() {
    let mut state = seen();
    take(&mut state, Wanted::File("hnn.onnx".into()));
    assert_eq!(told(&mut state, files(ModelKind::Baseline, &["baseline.onnx"])), []);
    let effects = told(&mut state, files(ModelKind::Hnn, &["hnn.onnx"]));
    assert_eq!(effects, [Effect::Download("hnn.onnx".into(), b"hnn.onnx".as_slice().into())]);
    take(&mut state, Wanted::File("hnn.onnx".into()));
    told(&mut state, files(ModelKind::Baseline, &[]));
    assert_eq!(told(&mut state, files(ModelKind::Hnn, &[])), []);
    assert!(state.notice.as_ref().is_some_and(|said| said.contains("cannot be written")) && !state.is_taking());
}

#[test]
fn before_anything_is_trained_only_pictures_can_be_taken() {
    for preset in Preset::ALL {
        let mut state = State::open(&format!("#v=1&preset={}", preset.key()));
        assert_eq!(take(&mut state, Wanted::All), [], "{}", preset.key());
        assert!(offered(&state.workbench.field).len() >= 8);
        let picture = |format| PageAction::Learning(LearningAction::Picture("losses", format));
        let effects = state.reduce(picture(Format::Svg));
        let [Effect::Download(name, svg)] = &effects[..] else { panic!("{effects:?}") };
        assert_eq!(*name, format!("orrery-{}-seed-{}-losses.svg", preset.key(), state.workbench.field.seed.0));
        assert!(String::from_utf8_lossy(svg).contains(&format!("seed {}, Orrery ", state.workbench.field.seed.0)));
        assert!(matches!(&state.reduce(picture(Format::Png))[..], [Effect::DownloadPixels(..)]));
    }
}
