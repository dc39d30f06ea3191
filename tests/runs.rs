//! Claims about the runs that are kept, without a page: the reducer alone, with what workers and the browser's store would say.

use experiments::link;
use jobs::job::EngineKind;
use jobs::job::message::{Pace, Report, Saved};
use jobs::pool::{News, SavedPart, Wish};
use jobs::protocol::train::{ModelRecord, TrainModels, TrainSpec};
use models::field::model::ModelKind;
use models::field::score::{InsideErrors, Score};
use models::losses::Losses;
use orrery::session::action::{Action, Effect};
use orrery::session::pools::{PoolNews, PoolWish};
use orrery::session::runs::reduce::{RunsAction, StoreWish};
use orrery::session::runs::run::Run;
use orrery::session::runs::{Runs, Storage, ordinal};
use orrery::session::status::Status;
use orrery::shell::state::State;
use std::collections::BTreeSet;
use std::rc::Rc;

/// A page on which a run of both models, 80 steps long, has begun.
fn begun() -> State {
    let mut state = State::open("#v=1&preset=spring&steps=80");
    state.reduce(Action::Train);
    state.reduce(PoolNews::Run(News::Working));
    state
}

/// What the worker of a model reports at a step: a loss and a checkpoint of `size` bytes.
fn advance(state: &mut State, step: u64, size: usize) -> Vec<Effect> {
    let mut effects = vec![];
    for (number, kind) in [ModelKind::Baseline, ModelKind::Hnn].into_iter().enumerate() {
        let losses = Losses { train: 1.0 / (step + 1) as f64, test: 2.0 / (step + 1) as f64 };
        effects.extend(
            state.reduce(PoolNews::Run(News::Said(
                0,
                Report::Recorded(ModelRecord { kind, step, losses, parts: vec![] }),
            ))),
        );
        let spec = TrainSpec { kinds: vec![kind], ..TrainSpec::all(state.workbench.field.clone()) };
        let saved = Saved { step, bytes: vec![step as u8; size] };
        let part = SavedPart { spec, engine: EngineKind::Cpu, saved };
        effects.extend(state.reduce(PoolNews::Run(News::Saved(number, Box::new(part)))));
    }
    effects
}

fn finish(state: &mut State) -> Vec<Effect> {
    let mut effects = advance(state, 80, 4);
    effects.extend(state.reduce(PoolNews::Run(News::Finished)));
    effects
}

fn records(effects: &[Effect]) -> Vec<(u32, Rc<[u8]>)> {
    let put = |effect: &Effect| match effect {
        Effect::Store(StoreWish::Put(key, bytes)) => Some((*key, bytes.clone())),
        _ => None,
    };
    effects.iter().filter_map(put).collect()
}

fn resumed(effects: &[Effect]) -> Option<(Vec<SavedPart<TrainModels>>, Pace)> {
    effects.iter().find_map(|effect| match effect {
        Effect::Pool(PoolWish::Run(Wish::Resume(parts, pace))) => Some((parts.clone(), *pace)),
        _ => None,
    })
}

fn act(state: &mut State, action: RunsAction) -> Vec<Effect> {
    state.reduce(Action::Runs(action))
}

#[test]
fn a_run_is_listed_with_what_changed_and_what_came_of_it() {
    let mut state = begun();
    finish(&mut state);
    state.reduce(Action::Set("noise", "0".into()));
    state.reduce(Action::Set("hidden", "12".into()));
    state.reduce(Action::NewSeed);
    // What is only shown changes nothing.
    state.reduce(Action::Set("start-q", "0.7".into()));
    state.reduce(Action::Train);
    advance(&mut state, 10, 4);
    let runs = &state.runs;
    assert_eq!(runs.list.len(), 2);
    assert_ne!(runs.list[0].name, runs.list[1].name);
    let changes: Vec<&str> = runs.list[1].changes.iter().map(String::as_str).collect();
    assert_eq!(changes, ["noise 0.1 → 0", "width 64 → 12", "seed 0 → 1"], "data first, the seed last");
    assert_eq!((runs.list[0].step(), runs.list[0].planned, runs.list[0].is_finished()), (80, 80, true));
    assert_eq!((runs.list[1].step(), runs.list[1].is_finished()), (10, false));
    assert_eq!(runs.list[0].models[1].losses.last().map(|(_, losses)| losses.test), Some(2.0 / 81.0));
}

#[test]
fn the_table_of_runs_has_the_ratio_of_the_headline() {
    let mut state = begun();
    advance(&mut state, 0, 4);
    for (kind, papers, own) in [(ModelKind::Baseline, 3.0, 0.5), (ModelKind::Hnn, 2.0, 0.01)] {
        let inside = Some(InsideErrors { energy_mse: own, rollout_mse: 1.0 });
        let score = Score { energy_mse: papers, rollout_mse: 1.0, momenta: None, diverged: false, inside };
        let models = &mut Rc::make_mut(&mut state.session).models;
        models.get_mut(&kind).expect("both are trained").score = Some(score);
    }
    // Nothing is compared before anything was learned.
    state.reduce(PoolNews::Run(News::Working));
    assert_eq!((state.ratio(), state.runs.list[0].ratio()), (None, None));
    finish(&mut state);
    assert_eq!((state.ratio(), state.runs.list[0].ratio()), (Some(50.0), Some(50.0)));
    // What an earlier version wrote has errors from other starts.
    let written = state.runs.list[0].write(false);
    let before = [b"orrery run\x01".as_slice(), &written[11..]].concat();
    let again = |bytes: &[u8]| Run::read(bytes).expect("a run").models[0].energy_error;
    assert_eq!((again(&written), again(&before)), (Some(0.5), None));
}

#[test]
fn checkpoints_are_spread_over_the_run_and_the_last_is_always_there() {
    let mut state = begun();
    for step in 1..=80 {
        advance(&mut state, step, 4);
        let last = state.runs.list[0].checkpoints.last().map(|at| at.step);
        assert_eq!(last, Some(step));
    }
    let steps: Vec<u64> = state.runs.list[0].checkpoints.iter().map(|at| at.step).collect();
    assert!(steps.len() <= 10 && steps.len() >= 7, "{steps:?}");
    assert!(steps.windows(2).take(steps.len() - 2).all(|pair| pair[1] - pair[0] >= 10), "{steps:?}");
}

#[test]
fn a_reload_offers_the_run_again_from_its_last_checkpoint() {
    let mut state = begun();
    let mut stored = advance(&mut state, 30, 4);
    assert_eq!(records(&stored).len(), 1, "the first checkpoint is stored at once");
    for step in [40, 50, 60] {
        stored.extend(advance(&mut state, step, 4));
    }
    let (key, bytes) = records(&stored).pop().expect("a record");
    let name = state.runs.list[0].name.clone();

    let mut again = State::open("");
    act(&mut again, RunsAction::Found(vec![(key, bytes)]));
    assert_eq!((again.runs.storage.clone(), again.runs.offered), (Storage::Works, Some(key)));
    assert_eq!(again.status, Status::Idle, "nothing starts by itself");
    let effects = act(&mut again, RunsAction::GoOn(key));
    let (parts, pace) = resumed(&effects).expect("workers go on");
    assert_eq!((parts.len(), pace, again.status), (2, Pace::Run, Status::Loading));
    assert!(parts.iter().all(|part| part.saved.step >= 30 && part.spec.experiment == state.workbench.field));
    assert_eq!(
        parts.iter().map(|part| part.spec.kinds.clone()).collect::<Vec<_>>(),
        [[ModelKind::Baseline], [ModelKind::Hnn]]
    );
    assert_eq!(again.models[&ModelKind::Hnn].losses.first().map(|(step, _)| *step), Some(30), "its curves are back");
    assert_eq!((again.runs.offered, again.runs.current), (None, Some(key)));
    assert_eq!(link::encode(&again.workbench), "v=1&preset=spring&steps=80");
    // It is the same run that goes on, not another.
    finish(&mut again);
    assert_eq!((again.runs.list.len(), again.runs.list[0].name.as_str()), (1, name.as_str()));
    assert!(again.runs.list[0].is_finished());
}

#[test]
fn visits_at_the_same_time_do_not_write_over_one_anothers_runs() {
    // Two frames of one page, and a tab that is opened some seconds later.
    let visits = [(1_795_000_000.0, 0.1), (1_795_000_000.0, 0.7), (1_795_000_005.0, 0.4)].map(|(time, chance)| {
        let mut state = State::open("#v=1&preset=spring&steps=80");
        Rc::make_mut(&mut state.session).runs = Rc::new(Runs::of_visit(time, chance));
        for _ in 0..9 {
            state.reduce(Action::Train);
            finish(&mut state);
        }
        state.runs.list.iter().map(|run| run.key).collect::<Vec<_>>()
    });
    let keys: BTreeSet<u32> = visits.concat().into_iter().collect();
    assert_eq!(keys.len(), 27);
    assert!(keys.iter().all(|key| *key > 1_795_000_000), "later than what an earlier version counted in seconds");
    // The runs of a visit have different names and colours.
    assert!(visits.iter().all(|keys| keys.windows(2).all(|pair| ordinal(pair[1]) == ordinal(pair[0]) + 1)));
}

#[test]
fn a_record_under_a_number_that_is_taken_is_stored_under_one_of_its_own() {
    let mut state = begun();
    let (key, record) = records(&advance(&mut state, 30, 4)).pop().expect("a record");
    let mut other = begun();
    let effects = act(&mut other, RunsAction::Found(vec![(key, record)]));
    let stored = records(&effects);
    assert_eq!((other.runs.list.len(), stored.len(), effects.len()), (2, 1, 1), "{effects:?}");
    assert!(stored[0].0 != key && other.runs.get(stored[0].0).is_some());
}

#[test]
fn a_bad_record_is_left_out_and_locks_nothing() {
    let mut state = begun();
    let (_, good) = records(&advance(&mut state, 30, 4)).pop().expect("a record");
    let mut again = State::open("");
    let mut bad: Vec<(u32, Rc<[u8]>)> = vec![(0, good.clone())];
    bad.push((1, good[..good.len() - 3].into()));
    bad.push((2, b"orrery run\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff".as_slice().into()));
    bad.push((3, Rc::from([])));
    bad.push((4, b"orrery run\x09later".as_slice().into()));
    let effects = act(&mut again, RunsAction::Found(bad));
    assert_eq!(again.runs.list.len(), 1);
    let removed: Vec<&Effect> =
        effects.iter().filter(|effect| matches!(effect, Effect::Store(StoreWish::Remove(1..=4)))).collect();
    assert_eq!(removed.len(), 4);
    assert!(again.remarks[0].contains("4 kept runs could not be read"), "{:?}", again.remarks);
    // Bytes of any kind: none of them is read as a run, and none of them stops the page.
    for length in 0..good.len() {
        let mut bytes = good.to_vec();
        bytes[length] ^= 0x55;
        let _ = Run::read(&bytes).map(|run| run.workbench());
        assert!(Run::read(&good[..length]).is_none());
    }
}

#[test]
fn a_change_that_ended_a_run_can_be_undone() {
    let mut state = begun();
    for step in [20, 40] {
        advance(&mut state, step, 4);
    }
    let effects = state.reduce(Action::Set("lr", "0.01".into()));
    assert_eq!(records(&effects).len(), 1, "it is written before it is left");
    let key = state.runs.ended.expect("it can be gone back to");
    assert_eq!((state.status, state.models[&ModelKind::Hnn].losses.len()), (Status::Idle, 0));
    let (parts, pace) = resumed(&act(&mut state, RunsAction::Open(key))).expect("it is there again");
    assert_eq!((parts[0].saved.step, pace), (40, Pace::Hold));
    assert_eq!(link::encode(&state.workbench), "v=1&preset=spring&steps=80", "with the setting as it was");
    assert_eq!(state.models[&ModelKind::Hnn].losses.len(), 2);
    state.reduce(PoolNews::Run(News::Held));
    assert_eq!(state.status, Status::Paused);
    assert_eq!(state.runs.ended, None);
}

#[test]
fn a_run_is_forked_with_the_present_settings_from_any_checkpoint() {
    let mut state = begun();
    for step in [10, 25, 40, 60] {
        advance(&mut state, step, 4);
    }
    let run = state.runs.list[0].clone();
    state.reduce(Action::Set("lr", "0.001".into()));
    let place = run.checkpoints.iter().position(|at| at.step == 25).expect("a checkpoint");
    let (parts, pace) = resumed(&act(&mut state, RunsAction::Fork(run.key, place))).expect("workers go on");
    assert!(parts.iter().all(|part| part.saved.step == 25 && part.spec.experiment.schedule.lr == 0.001));
    assert_eq!(pace, Pace::Run);
    let fork = state.runs.list[1].clone();
    assert_eq!(fork.changes, [format!("forked from {} at step 25", run.name), "learning rate 0.003 → 0.001".into()]);
    assert_eq!(fork.models[1].losses.len(), 2, "curves up to there");
    // Other networks cannot go on from there.
    state.reduce(Action::Set("hidden", "12".into()));
    assert_eq!(resumed(&act(&mut state, RunsAction::Fork(run.key, place))), None);
    assert!(state.remarks[0].contains("other networks"), "{:?}", state.remarks);
    assert_eq!(state.runs.list.len(), 2);
}

#[test]
fn runs_are_deleted_taken_back_saved_brought_and_forgotten() {
    let mut state = begun();
    finish(&mut state);
    let run = state.runs.list[0].clone();
    let effects = act(&mut state, RunsAction::Save(run.key));
    let [Effect::Download(name, file)] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!(*name, format!("orrery-{}.run", run.name));
    let effects = act(&mut state, RunsAction::Delete(run.key));
    assert!(effects.contains(&Effect::Store(StoreWish::Remove(run.key))));
    assert_eq!((state.runs.list.len(), state.status), (0, Status::Idle));
    assert_eq!(records(&act(&mut state, RunsAction::TakeBack)).len(), 1);
    assert_eq!(state.runs.list[0], run);

    // On another page, whatever part of it is open, the file brings the run back.
    let mut other = State::open("#v=1&preset=pendulum&page=formula");
    let effects = other.reduce(Action::Load(name.clone(), file.clone()));
    let (parts, pace) = resumed(&effects).expect("it is shown");
    assert_eq!((parts[0].saved.step, pace), (80, Pace::Hold));
    assert_eq!(other.runs.list[0].name, run.name);
    assert_eq!(link::encode(&other.workbench), run.link);
    other.reduce(Action::Load("broken.run".into(), file[..file.len() / 2].into()));
    assert!(other.remarks[0].contains("broken.run: this run is damaged"), "{:?}", other.remarks);

    act(&mut state, RunsAction::Overlay(run.key));
    assert!(state.runs.overlaid.contains(&run.key));
    assert_eq!(act(&mut state, RunsAction::ForgetAll), [Effect::Store(StoreWish::Clear)]);
    assert_eq!((state.runs.list.len(), state.runs.overlaid.len(), state.runs.current), (0, 0, None));
}

#[test]
fn a_store_that_fails_is_said_and_the_runs_of_the_visit_stay() {
    let mut state = begun();
    advance(&mut state, 10, 4);
    act(&mut state, RunsAction::StoreFailed("the browser's store is full".into()));
    let Storage::Fails(said) = &state.runs.storage else { panic!("{:?}", state.runs.storage) };
    assert_eq!(said, "Runs are kept until this page is closed: the browser's store is full.");
    finish(&mut state);
    assert!(state.runs.list[0].is_finished());
}

#[test]
fn many_and_heavy_runs_are_thinned_from_the_oldest_on() {
    let mut state = begun();
    finish(&mut state);
    for _ in 0..30 {
        state.reduce(Action::Train);
        advance(&mut state, 40, 3_000_000);
        finish(&mut state);
    }
    let runs = &state.runs.list;
    assert!(runs.len() <= 24 && runs.iter().map(|run| run.weight()).sum::<usize>() <= 100_000_000);
    assert_eq!(runs.last().map(|run| run.checkpoints.len()), Some(2), "the present run keeps everything");
    assert!(runs.first().is_some_and(|oldest| oldest.checkpoints.len() == 1), "an old one its last checkpoint");
}
