//! Claims about the page's reducer, without a page.

use experiments::fields::{Field, Kind};
use experiments::molecules::MatterKind;
use experiments::molecules::MoleculesExperiment;
use experiments::page::Page;
use experiments::preset::Preset;
use jobs::job::message::{Pace, Report};
use jobs::pool::{News, To, Wish};
use jobs::protocol::convergence::SchemeReport;
use jobs::protocol::train::{ModelRecord, ModelSnapshot};
use models::field::model::ModelKind;
use models::losses::Losses;
use numerics::seed::Seed;
use orrery::pages::learning::layers::Layer;
use orrery::pages::learning::state::LearningAction;
use orrery::pages::molecules::gas_box::GasBox;
use orrery::pages::molecules::state::{Molecules, MoleculesAction};
use orrery::pages::{self, PageAction};
use orrery::session::action::{Action, Effect};
use orrery::session::pools::{PoolNews, PoolWish};
use orrery::session::status::Status;
use orrery::shell::state::{Happening, State};
use physics::integrator::Scheme;
use physics::molecules::ensemble::{Measured, Starts};
use std::rc::Rc;

fn recorded(kind: ModelKind, step: u64, test: f64) -> PoolNews {
    let losses = Losses { train: test, test };
    PoolNews::Run(News::Said(0, Report::Recorded(ModelRecord { kind, step, losses, parts: vec![] })))
}

#[test]
fn a_link_opens_its_experiment_and_starts_nothing() {
    let state = State::open("#v=1&preset=pendulum&steps=60&lr=NaN");
    assert_eq!(
        (state.status, state.workbench.field.preset, state.workbench.field.schedule.steps),
        (Status::Idle, Preset::Pendulum, 60)
    );
    assert_eq!(state.remarks.len(), 1);
}

#[test]
fn train_starts_a_run_and_a_pause_holds_it() {
    let mut state = State::open("");
    let effects = state.reduce(Action::Train);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Pool(PoolWish::Run(Wish::Start(_, Pace::Run))))));
    state.reduce(PoolNews::Run(News::Working));
    assert_eq!(state.status, Status::Training);
    assert_eq!(state.reduce(Action::Pause), [Effect::Pool(PoolWish::Run(Wish::Pace(Pace::Hold)))]);
    state.reduce(PoolNews::Run(News::Held));
    assert_eq!(state.status, Status::Paused);
    assert_eq!(state.reduce(Action::Step), [Effect::Pool(PoolWish::Run(Wish::Pace(Pace::Steps(1))))]);
}

#[test]
fn workers_that_fail_can_be_tried_again_and_a_run_that_diverged_cannot() {
    let mut state = State::open("");
    state.reduce(Action::Train);
    state.reduce(PoolNews::Run(News::Loading(1_300_000)));
    assert_eq!((state.status, state.fetched), (Status::Loading, 1_300_000));
    state.reduce(PoolNews::Run(News::Failed("The CPU engine could not be fetched.".into())));
    assert_eq!(
        (state.status, state.failure.as_deref()),
        (Status::Failed, Some("The CPU engine could not be fetched."))
    );
    assert_eq!(state.reduce(Action::TryAgain), [Effect::Pool(PoolWish::Run(Wish::Retry))]);
    assert_eq!((state.status, &state.failure), (Status::Loading, &None));
    assert_eq!(state.reduce(Action::TryAgain), [], "once is enough");
    // From a checkpoint some losses are reported again, and replace those that were there.
    for step in [10, 20, 30, 20] {
        state.reduce(recorded(ModelKind::Hnn, step, 1.0));
    }
    let steps: Vec<u64> = state.models[&ModelKind::Hnn].losses.iter().map(|(step, _)| *step).collect();
    assert_eq!(steps, [10, 20]);
    state.reduce(PoolNews::Run(News::Refused("The loss was no longer a number.".into())));
    assert_eq!((state.status, state.again), (Status::Failed, false));
    assert_eq!(state.reduce(Action::TryAgain), []);
}

#[test]
fn a_refused_setting_changes_nothing_and_says_the_limit() {
    let mut state = State::open("");
    let before = state.workbench.field.clone();
    state.reduce(Action::Set("steps", "1e999".into()));
    assert_eq!(state.workbench.field, before);
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
    state.reduce(PoolNews::Run(News::Working));
    let effects = state.reduce(Action::PickStart(0.5, -0.25));
    assert!(
        effects.iter().all(|effect| !matches!(effect, Effect::Pool(PoolWish::Run(Wish::Stop | Wish::Start(..))))),
        "{effects:?}"
    );
    assert_eq!((state.workbench.field.view.start_q, state.workbench.field.view.start_p), (0.5, -0.25));
    assert_eq!(state.status, Status::Training);
}

#[test]
fn a_change_of_what_is_learned_ends_the_run_and_keeps_the_seed() {
    let mut state = State::open("#v=1&preset=spring&seed=9");
    state.reduce(Action::Train);
    state.reduce(recorded(ModelKind::Hnn, 10, 0.5));
    let effects = state.reduce(Action::Set("noise", "0.2".into()));
    assert!(effects.contains(&Effect::Pool(PoolWish::Run(Wish::Stop))));
    assert_eq!((state.status, state.workbench.field.seed.0), (Status::Idle, 9));
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
    let dataset = state.scene.task.dataset.clone();
    state.reduce(Action::Rewind);
    assert_eq!(state.scene.task.dataset, dataset);
    state.reduce(Action::NewSeed);
    assert_ne!(state.scene.task.dataset, dataset);
    assert_eq!(state.workbench.field.seed.0, 4);
}

#[test]
fn the_address_that_the_page_wrote_itself_is_not_opened_again() {
    let mut state = State::open("");
    state.reduce(Action::NewSeed);
    state.reduce(Action::Train);
    assert_eq!(state.reduce(Action::Open("#v=1&preset=spring&seed=1".into())), []);
    assert_eq!(state.status, Status::Loading);
}

#[test]
fn looking_elsewhere_keeps_the_run() {
    let mut state = State::open("");
    state.reduce(Action::Train);
    state.reduce(PoolNews::Run(News::Working));
    let effects = state.reduce(Action::Set("page", "integrators".into()));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Pool(PoolWish::Run(Wish::Ask(To::All, _))))));
    assert_eq!(state.status, Status::Training);
    // Every scheme suits the true spring.
    assert_eq!(state.scene.convergence.len(), 7);
    for convergence in state.scene.convergence.iter() {
        let order = convergence.order.expect("a measured order");
        assert!((order - f64::from(convergence.scheme.order())).abs() < 0.15, "{:?} {order}", convergence.scheme);
    }
}

#[test]
fn molecules_melt_then_are_measured_and_agree_with_the_virial_theorem() {
    let view = |matter| MoleculesExperiment { matter, particles: 32, ..MoleculesExperiment::default() };
    let mut gas = GasBox::new(&view(MatterKind::Fluid), Seed(0)).expect("fits");
    assert!(gas.is_melting());
    while gas.is_melting() {
        gas.advance();
    }
    (0..50).for_each(|_| gas.advance());
    assert!(gas.history.len() > 10 && gas.measured()[0].is_some());
    let mut chain = GasBox::new(&view(MatterKind::Chain), Seed(0)).expect("fits");
    (0..2000).for_each(|_| chain.advance());
    // Half of the energy, which is 1 a mass, within a few standard errors of a long motion in one mode.
    let kinetic = chain.measured()[0].expect("measured");
    assert!((kinetic.mean - 0.5).abs() < 0.01, "{kinetic:?}");
    assert!(chain.history.len() <= 400);
    assert!(
        GasBox::new(
            &MoleculesExperiment { matter: MatterKind::Dense, particles: 16, ..MoleculesExperiment::default() },
            Seed(0)
        )
        .is_err()
    );
}

#[test]
fn a_gas_is_held_against_its_own_starts_each_counted_once() {
    let view = MoleculesExperiment { matter: MatterKind::Fluid, particles: 32, ..MoleculesExperiment::default() };
    let mut gas = GasBox::new(&view, Seed(0)).expect("fits");
    while gas.starts.is_none() {
        gas.advance();
    }
    let starts = gas.starts.expect("a gas");
    let mut state = State::open("#v=1&page=molecules");
    let effects = state.reduce(PageAction::Molecules(MoleculesAction::Measure(starts)));
    assert!(matches!(&effects[..], [Effect::Pool(PoolWish::Starts(Wish::Start(..)))]), "{effects:?}");
    // A worker that took over reports the first start again.
    for (number, kinetic) in [(0, 30.0), (1, 34.0), (0, 30.0)] {
        let measured = Measured { number, kinetic, potential: -kinetic };
        state.reduce(PoolNews::Starts(News::Said(0, Report::Recorded(measured))));
    }
    let Molecules { starts: own, measured, .. } = &*state.pages.molecules;
    gas.compare(own.as_ref(), measured);
    assert_eq!(gas.expected()[0].expect("two starts").mean, 1.0);
    // What another gas came to is left aside.
    let mut other = gas.clone();
    other.compare(Some(&Starts { energy: 0.0, ..starts }), &Default::default());
    assert_eq!(other.expected(), gas.expected());
    state.reduce(PoolNews::Starts(News::Failed("It stopped.".into())));
    assert_eq!(state.pages.molecules.failure.as_deref(), Some("It stopped."));
    let again = state.reduce(PageAction::Molecules(MoleculesAction::Again));
    assert!(
        matches!(&again[..], [Effect::Pool(PoolWish::Starts(Wish::Retry))]) && state.pages.molecules.failure.is_none()
    );
}

#[test]
fn what_schemes_did_with_a_model_is_dropped_once_it_has_learned_more() {
    let mut state = State::open("#v=1&page=integrators");
    let convergence = state.scene.convergence[0].clone();
    let mut converged = |scheme, step| {
        let convergence = SchemeReport { scheme, ..convergence.clone() };
        let found = ModelSnapshot::Convergence { kind: ModelKind::Hnn, step, convergence };
        state.reduce(PoolNews::Run(News::Said(0, Report::Snapshot(Box::new(found)))));
        state.models[&ModelKind::Hnn].convergence.iter().map(|convergence| convergence.scheme).collect::<Vec<_>>()
    };
    converged(Scheme::Rk4, 10);
    assert_eq!(converged(Scheme::Euler, 10), [Scheme::Rk4, Scheme::Euler]);
    assert_eq!(converged(Scheme::Euler, 10), [Scheme::Rk4, Scheme::Euler]);
    assert_eq!(converged(Scheme::Euler, 20), [Scheme::Euler]);
}

#[test]
fn every_page_has_a_tab_with_the_name_that_the_setting_has() {
    let Some(Kind::Choice { options, .. }) = Field::named("page").map(|field| &field.kind) else {
        panic!("no setting")
    };
    let tabs: Vec<_> = pages::ALL.iter().map(|tab| (tab.key, tab.label())).collect();
    assert_eq!(tabs.len(), options.len());
    for option in *options {
        assert!(tabs.contains(option), "{option:?} has no tab in {tabs:?}");
    }
    for tab in pages::ALL {
        let mut state = State::open("");
        state.reduce(Action::Set("page", tab.key.into()));
        assert_eq!(state.workbench.page, tab.page);
    }
}

#[test]
fn a_file_goes_to_the_page_that_is_open() {
    let bytes: Rc<[u8]> = b"x,y\n1,2\n3,5\n"[..].into();
    let mut state = State::open("#v=1&page=formula");
    let effects = state.reduce(Action::Load("table.csv".into(), bytes.clone()));
    assert!(
        matches!(&effects[..], [Effect::Pool(PoolWish::Table(_))]) && state.pages.formula.reading.reads(),
        "{effects:?}"
    );
    // One that waited for the code of its page goes there, although another page was opened meanwhile.
    let mut state = State::open("");
    let effects = state.reduce(Happening::File(Page::Formula, "table.csv".into(), bytes.clone()));
    assert!(matches!(&effects[..], [Effect::Pool(PoolWish::Table(_))]), "{effects:?}");
    assert!(state.pages.formula.reading.reads() && state.brought.is_none());
    // Elsewhere it is read as a recording.
    let mut state = State::open("");
    let effects = state.reduce(Action::Load("table.csv".into(), bytes));
    assert!(matches!(&effects[..], [Effect::Pool(PoolWish::Recording(_))]), "{effects:?}");
    assert!(!state.pages.formula.reading.reads() && state.brought.is_some());
}

#[test]
fn what_a_page_shows_is_kept_while_others_are_open() {
    let mut state = State::open("");
    state.reduce(PageAction::Learning(LearningAction::Toggle(Layer::Data)));
    state.reduce(Action::Set("page", "graph".into()));
    state.reduce(Action::Open("#v=1&preset=pendulum".into()));
    assert!(!state.pages.learning.layers.data && state.workbench.field.preset == Preset::Pendulum);
    // Energy moves along the slope of a learned H: before there is one, nothing happens.
    assert_eq!(state.reduce(PageAction::Learning(LearningAction::ChangeEnergy(1.0))), []);
}
