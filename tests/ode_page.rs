//! Claims about the pages of networks through an integrator and at a coarse step, without a page.

use experiments::ode::{OdeExperiment, OdeView};
use experiments::page::Page;
use experiments::recurrent::RecurrentExperiment;
use jobs::job::message::{Pace, Report};
use jobs::pool::{News, To, Wish};
use jobs::protocol::networks::{NetworkProgress, NetworkSnapshot, NetworkSpec};
use jobs::protocol::ode::{OdeMotion, OdeNetworks, OdeScene, OdeSnapshot};
use jobs::protocol::recurrent::{CoarseMotion, CoarseScene, FRAMES, RecurrentNetworks, RecurrentSnapshot};
use jobs::protocol::wiring::Wiring;
use models::ode::stepping::Stepping;
use models::recurrent::recipe::Coarse;
use orrery::pages::PageAction;
use orrery::pages::ode::state::OdeAction;
use orrery::pages::recurrent::state::RecurrentAction;
use orrery::session::action::{Action, Effect, Notice};
use orrery::session::network_run::{RunAction, RunWish};
use orrery::session::pools::{PoolNews, PoolWish};
use orrery::session::status::Status;
use orrery::shell::state::State;

fn ode_wishes(effects: Vec<Effect>) -> Vec<RunWish<OdeNetworks>> {
    let wish = |effect| if let Effect::Pool(PoolWish::Ode(wish)) = effect { Some(wish) } else { None };
    effects.into_iter().filter_map(wish).collect()
}

fn coarse_wishes(effects: Vec<Effect>) -> Vec<RunWish<RecurrentNetworks>> {
    let wish = |effect| if let Effect::Pool(PoolWish::Recurrent(wish)) = effect { Some(wish) } else { None };
    effects.into_iter().filter_map(wish).collect()
}

fn set(state: &mut State, key: &'static str, value: &str) -> Vec<Effect> {
    state.reduce(Action::Set(key, value.into()))
}

fn snapshot(network: usize, view: OdeView) -> Notice {
    let shown = OdeSnapshot { view, stepping: Stepping::Rk4, motion: OdeMotion::default(), figures: None };
    let snapshot = NetworkSnapshot { network, step: 9, thorough: false, shown, wiring: Wiring::default() };
    Notice::Pool(PoolNews::Ode(News::Said(network, Report::Snapshot(Box::new(snapshot)))))
}

/// The page of the quick recipe with its networks in training.
fn training() -> State {
    let mut state = State::open("#v=1&preset=ode-springs");
    let wishes = ode_wishes(state.reduce(PageAction::Ode(OdeAction::Run(RunAction::Train))));
    let [Wish::Start(spec, Pace::Run)] = &wishes[..] else { panic!("{wishes:?}") };
    let NetworkSpec { experiment, networks, .. } = &**spec;
    assert_eq!((experiment.steps, &networks[..]), (500, &[0, 1, 2][..]));
    state.reduce(Notice::Pool(PoolNews::Ode(News::Working)));
    assert_eq!(state.pages.ode.run.status, Status::Training);
    state
}

#[test]
fn another_step_and_integrator_are_asked_of_the_networks_and_train_nothing() {
    let mut state = training();
    for (key, value) in [("ode-factor", "2"), ("ode-integrator", "leapfrog"), ("ode-shown", "8"), ("ode-table", "yes")]
    {
        let wishes = ode_wishes(set(&mut state, key, value));
        let [Wish::Ask(To::All, view)] = &wishes[..] else { panic!("{key}: {wishes:?}") };
        assert_eq!(*view, state.workbench.ode.view);
    }
    let view = state.workbench.ode.view;
    assert_eq!((view.factor, view.stepping, view.bodies, view.table), (2.0, Stepping::Leapfrog, 8, true));
    assert_eq!(state.pages.ode.run.networks.len(), 3, "the networks are still there");
}

#[test]
fn what_answers_another_view_is_not_shown() {
    let mut state = training();
    let before = state.workbench.ode.view;
    state.reduce(snapshot(2, before));
    assert_eq!(state.pages.ode.shown(&state.workbench.ode).len(), 1);
    set(&mut state, "ode-factor", "0.5");
    assert!(state.pages.ode.shown(&state.workbench.ode).is_empty(), "the motion of another step of time");
    state.reduce(snapshot(2, state.workbench.ode.view));
    // The table alone changes no motion.
    set(&mut state, "ode-table", "yes");
    assert_eq!(state.pages.ode.shown(&state.workbench.ode).len(), 1);
}

#[test]
fn a_link_to_another_view_is_asked_of_the_networks_and_one_to_another_page_is_not() {
    let mut state = training();
    let address = |effects: &[Effect]| effects.iter().any(|effect| matches!(effect, Effect::Address(_)));
    let effects = state.reduce(Action::Open("#v=1&preset=ode-springs&ode-factor=2".into()));
    assert!(!address(&effects), "the address is the link's own: {effects:?}");
    let wishes = ode_wishes(effects);
    assert!(matches!(&wishes[..], [Wish::Ask(To::All, view)] if view.factor == 2.0), "{wishes:?}");
    assert_eq!(ode_wishes(state.reduce(Action::Open("#v=1&preset=pendulum".into()))).len(), 0);
    assert_eq!(state.pages.ode.run.networks.len(), 3, "they go on meanwhile");
    let wishes = ode_wishes(state.reduce(Action::Open("#v=1&preset=ode-ring".into())));
    assert!(matches!(wishes[..], [Wish::Stop]), "{wishes:?}");
}

#[test]
fn networks_of_other_systems_are_forgotten_and_those_of_more_steps_are_not() {
    let mut state = training();
    assert!(ode_wishes(set(&mut state, "ode-steps", "900")).iter().all(|wish| !matches!(wish, Wish::Stop)));
    assert_eq!(state.pages.ode.run.networks.len(), 3);
    let wishes = ode_wishes(set(&mut state, "ode-joined", "ring"));
    assert!(matches!(wishes[..], [Wish::Stop]), "{wishes:?}");
    assert!(state.pages.ode.run.networks.is_empty());
}

#[test]
fn a_recipe_keeps_the_seed_and_is_in_the_address() {
    let mut state = State::open("#v=1&preset=ode-ring&ode-seed=7");
    let effects = state.reduce(PageAction::Ode(OdeAction::Recipe("ode-springs-long")));
    assert_eq!((state.workbench.ode.seed, state.workbench.ode.name()), (7, "ode-springs-long"));
    let address = effects.iter().find_map(|effect| if let Effect::Address(link) = effect { Some(link) } else { None });
    assert!(address.is_some_and(|link| link.contains("ode-joined=all&ode-seed=7")), "{address:?}");
}

#[test]
fn a_motion_can_be_taken_out_of_the_picture_and_put_back() {
    let mut state = training();
    state.reduce(PageAction::Ode(OdeAction::Show("delta")));
    assert_eq!(state.pages.ode.unseen, ["delta"]);
    state.reduce(PageAction::Ode(OdeAction::Show("delta")));
    assert!(state.pages.ode.unseen.is_empty());
}

#[test]
fn settings_of_pages_of_their_own_leave_the_run_of_the_first_page_alone() {
    let mut state = State::open("#v=1&preset=spring&steps=60");
    state.reduce(Action::Train);
    state.reduce(PoolNews::Run(News::Working));
    let others =
        [("ode-steps", "70"), ("srnn-steps", "70"), ("in-steps", "70"), ("nri-steps", "70"), ("graph-steps", "70")];
    for (key, value) in others {
        let effects = set(&mut state, key, value);
        let stops = |effect: &Effect| matches!(effect, Effect::Pool(PoolWish::Run(Wish::Stop)));
        assert!(!effects.iter().any(stops) && state.status == Status::Training, "{key} ends it");
    }
}

#[test]
fn the_ghost_at_another_step_is_worse_and_the_truth_stays() {
    let quick = OdeExperiment::named("ode-springs").expect("a recipe");
    let scene = |factor: f64, stepping: Stepping| {
        OdeScene::of(&OdeExperiment { view: OdeView { factor, stepping, ..quick.view }, ..quick })
    };
    let off = |scene: &OdeScene| {
        let last = scene.truth.frames() - 1;
        let pairs = scene.ghost.at(last).into_iter().zip(scene.truth.at(last));
        pairs.map(|(a, b)| (a.0 - b.0).hypot(a.1 - b.1)).fold(0.0, f64::max)
    };
    let [usual, coarse] = [1.0, 2.0].map(|factor| off(&scene(factor, Stepping::Rk2)));
    assert!(coarse > 2.0 * usual && usual > 0.0, "{usual:e} {coarse:e}");
    assert_eq!(scene(1.0, Stepping::Rk4).truth, scene(1.0, Stepping::Rk2).truth);
}

/// The page of the chain with its networks in training.
fn chain() -> State {
    let mut state = State::open("#v=1&preset=srnn-chain&srnn-steps=50");
    assert_eq!(state.workbench.page, Page::Recurrent);
    let wishes = coarse_wishes(state.reduce(PageAction::Recurrent(RecurrentAction::Run(RunAction::Train))));
    assert!(matches!(wishes[..], [Wish::Start(_, Pace::Run)]), "{wishes:?}");
    let progress = NetworkProgress { network: 1, step: 5, steps_per_second: 9.0 };
    state.reduce(Notice::Pool(PoolNews::Recurrent(News::Said(1, Report::Progress(progress)))));
    state
}

#[test]
fn a_refined_step_and_noisy_starts_are_asked_of_the_networks_and_train_nothing() {
    let mut state = chain();
    for (key, value) in [("srnn-refine", "5"), ("srnn-from", "noisy"), ("srnn-from", "optimised")] {
        let wishes = coarse_wishes(set(&mut state, key, value));
        let [Wish::Ask(To::All, view)] = &wishes[..] else { panic!("{key}: {wishes:?}") };
        assert_eq!(*view, state.workbench.recurrent.view);
    }
    let view = state.workbench.recurrent.view;
    let shown = RecurrentSnapshot { view, motion: CoarseMotion::default(), figures: None };
    let snapshot = NetworkSnapshot { network: 1, step: 9, thorough: false, shown, wiring: Wiring::default() };
    state.reduce(Notice::Pool(PoolNews::Recurrent(News::Said(1, Report::Snapshot(Box::new(snapshot))))));
    let names = |state: &State| -> Vec<_> {
        state.pages.recurrent.shown(&state.workbench.recurrent).into_iter().map(|(name, _)| name).collect()
    };
    assert_eq!(names(&state), ["multi"]);
    state.reduce(PageAction::Recurrent(RecurrentAction::Next));
    assert!(names(&state).is_empty(), "of another start");
}

#[test]
fn another_chain_forgets_its_networks_and_another_rate_does_not() {
    for (key, value, forgets) in [
        ("srnn-lr", "0.001", false),
        ("srnn-noise", "0.1", false),
        ("srnn-masses", "8", true),
        ("srnn-seed", "3", true),
    ] {
        let mut state = chain();
        set(&mut state, key, value);
        assert_eq!(state.pages.recurrent.run.networks.is_empty(), forgets, "{key}");
    }
}

#[test]
fn what_cannot_be_trained_is_said_and_nothing_is_lost() {
    let mut state = State::open("#v=1&preset=srnn-three-body");
    set(&mut state, "srnn-unroll", "15");
    let effects = state.reduce(PageAction::Recurrent(RecurrentAction::Run(RunAction::Train)));
    assert!(effects.is_empty() && state.remarks.iter().any(|remark| remark.contains("longer than the steps")));
    assert_eq!(state.workbench.recurrent.unroll, 15);
}

#[test]
fn the_smooth_truth_passes_through_the_coarse_one() {
    for name in ["srnn-chain", "srnn-three-body"] {
        let experiment = RecurrentExperiment::named(name).expect("a recipe");
        let scene = CoarseScene::of(&experiment);
        assert_eq!(scene.smooth.states(), (scene.truth.states() - 1) * FRAMES + 1);
        for step in 0..scene.truth.states() {
            let pairs = scene.truth.at(step).into_iter().zip(scene.smooth.at(step * FRAMES));
            assert!(pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max) < 1e-4, "{name} {step}");
        }
        assert_eq!(scene.world.chain().is_some(), experiment.world == Coarse::Chain);
    }
}
