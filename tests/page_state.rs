//! Claims about the page's reducer, without a page.

use orrery::experiment::preset::Preset;
use orrery::learned::model::ModelKind;
use orrery::protocol::message::{Event, Pace, RunId};
use orrery::protocol::report::Losses;
use orrery::supervisor::News;
use orrery::ui::action::{Action, Effect};
use orrery::ui::state::{State, Status};

fn recorded(kind: ModelKind, step: u64, test: f64) -> Action {
    Action::News(News::Said(Event::Recorded { run: RunId(1), kind, step, losses: Losses { train: test, test } }))
}

#[test]
fn a_link_opens_its_experiment_and_starts_nothing() {
    let state = State::open("#v=1&preset=pendulum&steps=60&lr=NaN");
    assert_eq!(
        (state.status, state.experiment.preset, state.experiment.schedule.steps),
        (Status::Idle, Preset::Pendulum, 60)
    );
    assert_eq!(state.remarks.len(), 1);
}

#[test]
fn train_starts_a_run_and_a_pause_holds_it() {
    let mut state = State::open("");
    let effects = state.reduce(Action::Train);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Start(_, Pace::Run))));
    state.reduce(Action::News(News::Training));
    assert_eq!(state.status, Status::Training);
    assert_eq!(state.reduce(Action::Pause), [Effect::Pace(Pace::Hold)]);
    state.reduce(Action::News(News::Held));
    assert_eq!(state.status, Status::Paused);
    assert_eq!(state.reduce(Action::Step), [Effect::Pace(Pace::Steps(1))]);
}

#[test]
fn a_refused_setting_changes_nothing_and_says_the_limit() {
    let mut state = State::open("");
    let before = state.experiment.clone();
    state.reduce(Action::Set("steps", "1e999".into()));
    assert_eq!(state.experiment, before);
    assert!(state.remarks[0].contains("100000"), "{:?}", state.remarks);
    state.reduce(Action::Set("hidden", "512".into()));
    state.reduce(Action::Set("trajectories", "500".into()));
    state.reduce(Action::Set("samples", "200".into()));
    state.reduce(Action::Set("depth", "5".into()));
    assert!(
        state.remarks.iter().any(|remark| remark.contains("limit") || remark.contains("memory")),
        "{:?}",
        state.remarks
    );
}

#[test]
fn looking_from_elsewhere_does_not_restart_a_run() {
    let mut state = State::open("");
    state.reduce(Action::Train);
    state.reduce(Action::News(News::Training));
    let effects = state.reduce(Action::PickStart(0.5, -0.25));
    assert!(effects.iter().all(|effect| !matches!(effect, Effect::Stop | Effect::Start(..))), "{effects:?}");
    assert_eq!((state.experiment.view.start_q, state.experiment.view.start_p), (0.5, -0.25));
    assert_eq!(state.status, Status::Training);
}

#[test]
fn a_change_of_what_is_learned_ends_the_run_and_keeps_the_seed() {
    let mut state = State::open("#v=1&preset=spring&seed=9");
    state.reduce(Action::Train);
    state.reduce(recorded(ModelKind::Hnn, 10, 0.5));
    let effects = state.reduce(Action::Set("noise", "0.2".into()));
    assert!(effects.contains(&Effect::Stop));
    assert_eq!((state.status, state.experiment.seed.0), (Status::Idle, 9));
    assert!(state.models[&ModelKind::Hnn].losses.is_empty());
}

#[test]
fn losses_said_twice_after_a_replacement_are_kept_once() {
    let mut state = State::open("");
    for step in [0, 10, 20, 10, 20, 30] {
        state.reduce(recorded(ModelKind::Hnn, step, 1.0));
    }
    let steps: Vec<u64> = state.models[&ModelKind::Hnn].losses.iter().map(|(step, _)| *step).collect();
    assert_eq!(steps, [0, 10, 20, 30]);
}

#[test]
fn rewind_is_the_same_start_and_a_new_seed_is_another() {
    let mut state = State::open("#v=1&preset=spring&seed=3");
    let dataset = state.scene.dataset.clone();
    state.reduce(Action::Rewind);
    assert_eq!(state.scene.dataset, dataset);
    state.reduce(Action::NewSeed);
    assert_ne!(state.scene.dataset, dataset);
    assert_eq!(state.experiment.seed.0, 4);
}

#[test]
fn the_address_that_the_page_wrote_itself_is_not_opened_again() {
    let mut state = State::open("");
    state.reduce(Action::NewSeed);
    state.reduce(Action::Train);
    assert_eq!(state.reduce(Action::Open("#v=1&preset=spring&seed=1".into())), []);
    assert_eq!(state.status, Status::Loading);
}
