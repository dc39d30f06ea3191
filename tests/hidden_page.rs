//! Claims about the reducers of the pages of interaction networks and of hidden graphs.

use data::trajectories::Trajectories;
use experiments::link;
use experiments::relational::MotionSource;
use jobs::job::message::{Pace, Report};
use jobs::pool::{News, Wish};
use jobs::protocol::networks::{NetworkSnapshot, NetworkSpec, TrainNetworks};
use jobs::protocol::relations::{ReadTrajectories, RelationalSnapshot, Relations};
use jobs::protocol::wiring::Wiring;
use orrery::pages::PageAction;
use orrery::pages::hidden::state::{HiddenAction, shown_motion};
use orrery::session::action::{Action, Effect, Notice};
use orrery::session::network_run::RunAction;
use orrery::session::pools::{PoolNews, PoolWish};
use orrery::session::status::Status;
use orrery::shell::state::State;
use std::rc::Rc;

const HIDDEN: &str = "#v=1&preset=nri-springs";

fn act(state: &mut State, action: HiddenAction) -> Vec<Effect> {
    state.reduce(PageAction::Hidden(action))
}

fn tell(state: &mut State, news: News<TrainNetworks<Relations>>) -> Vec<Effect> {
    state.reduce(Notice::Pool(PoolNews::Hidden(news)))
}

fn bring(state: &mut State, name: &str, answer: News<ReadTrajectories>) -> Vec<Effect> {
    let effects = state.reduce(Action::Load(name.into(), Rc::from(&b"x1"[..])));
    let start = Wish::Start(Box::new(b"x1".to_vec()), Pace::Run);
    assert_eq!(effects, [Effect::Pool(PoolWish::Bodies(start))]);
    state.reduce(Notice::Pool(PoolNews::Bodies(answer)))
}

fn own(bodies: usize) -> Trajectories {
    let row = |frame: usize| (0..2 * bodies).map(|k| (frame * (k + 1)) as f64 * 0.01).collect();
    let names = (1..=bodies).map(|number| number.to_string()).collect();
    let (positions, velocities) = ((0..60).map(row).collect(), (0..60).map(row).collect());
    Trajectories { names, dt: 0.1, positions, velocities, remarks: vec![] }
}

fn read(bodies: usize) -> News<ReadTrajectories> {
    News::Said(0, Report::Snapshot(Box::new(own(bodies))))
}

fn started(effects: &[Effect]) -> &NetworkSpec<Relations> {
    match effects {
        [Effect::Pool(PoolWish::Hidden(Wish::Start(spec, Pace::Run)))] => spec,
        other => panic!("{other:?}"),
    }
}

fn snapshot(step: u64, probabilities: Vec<f32>) -> News<TrainNetworks<Relations>> {
    let shown = RelationalSnapshot { probabilities, ..RelationalSnapshot::default() };
    News::Said(
        0,
        Report::Snapshot(Box::new(NetworkSnapshot {
            network: 0,
            step,
            thorough: true,
            shown,
            wiring: Wiring::default(),
        })),
    )
}

#[test]
fn settings_of_one_page_leave_the_runs_of_others_alone() {
    let mut state = State::open("#v=1&preset=pendulum");
    state.reduce(Action::Train);
    assert_eq!(state.status, Status::Loading);
    for (key, value) in [("in-bodies", "9"), ("nri-bodies", "7"), ("nri-motion", "3"), ("in-domain", "balls")] {
        let effects = state.reduce(Action::Set(key, value.into()));
        assert!(effects.iter().all(|effect| matches!(effect, Effect::Address(_))), "{key}: {effects:?}");
        assert_eq!(state.status, Status::Loading, "{key}");
    }
}

#[test]
fn a_motion_of_ones_own_takes_the_place_of_simulated_ones_and_a_bad_file_changes_nothing() {
    let mut state = State::open(HIDDEN);
    let effects = bring(&mut state, "film.csv", read(4));
    assert_eq!(effects[0], Effect::Pool(PoolWish::Bodies(Wish::Release)));
    assert_eq!(state.workbench.hidden.source, MotionSource::File);
    let spec = started(&act(&mut state, HiddenAction::Run(RunAction::Train))).clone();
    assert_eq!(spec.experiment.own, Some(own(4)));
    assert_eq!((spec.experiment.recipe().motions, spec.experiment.recipe().pairs()), (1, 6));
    tell(&mut state, snapshot(10, vec![0.9; 6]));
    let hidden = state.workbench.hidden.clone();
    assert_eq!(state.pages.hidden.shown(&hidden).expect("the inference").probabilities, [0.9; 6]);

    let effects = bring(&mut state, "bad.csv", News::Refused("Body 2 has a column x2 but no y.".into()));
    assert_eq!(effects, [Effect::Pool(PoolWish::Bodies(Wish::Release))]);
    assert_eq!(state.remarks, ["bad.csv: Body 2 has a column x2 but no y. Nothing was changed."]);
    assert!(state.pages.hidden.shown(&hidden).is_some(), "what was shown stays");
    let file = state.pages.hidden.own(&hidden).expect("the good file").clone();
    assert_eq!(file.name, "film.csv");
    let (motion, observed) = shown_motion(&hidden, Some(&file));
    assert_eq!((motion.edges, observed), (None, 40));

    // A reader that does not start leaves the file for another try.
    bring(&mut state, "next.csv", News::Failed("The worker could not be fetched.".into()));
    assert!(state.pages.hidden.reading.is_unread() && state.remarks[0].starts_with("next.csv: The worker"));
    let again = act(&mut state, HiddenAction::ReadAgain);
    assert!(matches!(again[..], [Effect::Pool(PoolWish::Bodies(Wish::Start(..)))]), "{again:?}");
    let effects = state.reduce(Notice::Pool(PoolNews::Bodies(read(5))));
    // The inference was about another motion.
    assert!(effects.contains(&Effect::Pool(PoolWish::Hidden(Wish::Stop))), "{effects:?}");
    assert!(state.pages.hidden.shown(&state.workbench.hidden.clone()).is_none());

    // Back to simulated motions; the file waits.
    state.reduce(Action::Set("nri-data", "simulated".into()));
    assert_eq!(started(&act(&mut state, HiddenAction::Run(RunAction::Train))).experiment.own, None);
    state.reduce(Action::Set("nri-data", "file".into()));
    assert_eq!(state.pages.hidden.own(&state.workbench.hidden).expect("still there").name, "next.csv");
    // A link asks for the file and opens with simulated motions until it is brought.
    let there = State::open(&format!("#{}", link::encode(&state.workbench)));
    assert_eq!(there.workbench.hidden.source, MotionSource::File);
    assert!(there.pages.hidden.own(&there.workbench.hidden).is_none());
}

#[test]
fn an_encoder_is_not_used_for_one_motion() {
    let mut state = State::open("#v=1&preset=nri-springs-amortised&nri-bodies=9");
    bring(&mut state, "film.csv", read(3));
    let spec = started(&act(&mut state, HiddenAction::Run(RunAction::Train))).clone();
    let recipe = spec.experiment.recipe();
    assert_eq!((recipe.bodies, recipe.motions), (3, 1));
    assert!(recipe.check().is_ok() && recipe.inference == models::relational::recipe::Inference::Free);
}

#[test]
fn a_guess_belongs_to_the_motion_that_is_shown() {
    let mut state = State::open(HIDDEN);
    let truth = shown_motion(&state.workbench.hidden, None).0.edges.expect("a simulated graph");
    assert_eq!(state.pages.hidden.guessed_like(&truth), None);
    for (pair, edge) in truth.iter().enumerate() {
        if *edge {
            act(&mut state, HiddenAction::Guess(pair));
        }
    }
    assert_eq!(state.pages.hidden.guessed_like(&truth), Some(truth.len()));
    act(&mut state, HiddenAction::Guess(0));
    assert_eq!(state.pages.hidden.guessed_like(&truth), Some(truth.len() - 1));
    act(&mut state, HiddenAction::Guess(99));
    act(&mut state, HiddenAction::Next);
    assert_eq!(state.pages.hidden.guess, Vec::<bool>::new());
    assert_eq!(state.workbench.hidden.view.motion, 1);
}

#[test]
fn probabilities_are_kept_step_by_step_and_an_older_worker_overwrites_them() {
    let mut state = State::open(HIDDEN);
    act(&mut state, HiddenAction::Run(RunAction::Train));
    for (step, p) in [(10, 0.6), (20, 0.7), (30, 0.8), (20, 0.75)] {
        tell(&mut state, snapshot(step, vec![p; 10]));
    }
    let steps: Vec<(u64, f32)> = state.pages.hidden.history.iter().map(|(step, p)| (*step, p[0])).collect();
    assert_eq!(steps, [(10, 0.6), (20, 0.75)]);
}

#[test]
fn the_shown_motion_is_saved_as_a_file_that_the_page_reads() {
    let mut state = State::open("#v=1&preset=nri-charged&nri-motion=2");
    let (truth, _) = shown_motion(&state.workbench.hidden, None);
    let effects = act(&mut state, HiddenAction::Save);
    let [Effect::Download(name, bytes)] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!(name, "motion.csv");
    let found = data::trajectories::read(bytes).expect("a motion");
    assert_eq!((found.names.len(), &found.positions, &found.velocities), (5, &truth.positions, &truth.velocities));
    assert!((found.dt - 0.1).abs() < 1e-9 && found.remarks.is_empty(), "{found:?}");
}
