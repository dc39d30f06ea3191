//! Claims about networks trained through integrators as jobs: what is shown of them, that they resume, that views act without
//! training.

use autodiff::engine::Engine;
use experiments::ode::{OdeExperiment, OdeView};
use experiments::recurrent::{RecurrentExperiment, RecurrentView, Start};
use experiments::schedule::DeviceChoice;
use jobs::dynamics::{ode::OdeLaboratory, recurrent::RecurrentLaboratory};
use jobs::job::message::{Command, Event, Pace, Report, RunId, Saved, decode, encode};
use jobs::job::server::Server;
use jobs::networks::{ExperimentOf, Laboratory, session::NetworkSession};
use jobs::protocol::networks::{NetworkKind, NetworkSnapshot, NetworkSpec, TrainNetworks};
use jobs::protocol::ode::OdeScene;
use jobs::protocol::recurrent::CoarseScene;
use models::ode::stepping::Stepping;
use std::cell::Cell;

const STEPS: u64 = 24;

fn ode() -> OdeExperiment {
    OdeExperiment { steps: STEPS, hidden: 8, trajectories: 20, ..OdeExperiment::default() }
}

fn recurrent() -> RecurrentExperiment {
    RecurrentExperiment { steps: STEPS, hidden: 8, trajectories: 20, ..RecurrentExperiment::default() }
}

/// A worker by a clock that advances 5 ms with every look.
struct Worker<L: Laboratory> {
    server: Server<NetworkSession<L>>,
    time: Cell<f64>,
}

type JobOf<L> = TrainNetworks<<L as Laboratory>::Kind>;

impl<L: Laboratory> Worker<L> {
    fn begin(experiment: ExperimentOf<L>, saved: Option<Saved>, pace: Pace) -> Self {
        let mut worker = Self { server: Server::new(Engine::Cpu), time: Cell::new(0.0) };
        let spec = Box::new(NetworkSpec::all(experiment, DeviceChoice::Cpu));
        worker.take(Command::Start { run: RunId(1), spec, saved, pace });
        worker
    }

    fn take(&mut self, command: Command<JobOf<L>>) {
        let command = decode(&encode(&command)).expect("a command survives the journey");
        let clock = || self.time.replace(self.time.get() + 5.0);
        let mut post = |event: Event<JobOf<L>>| panic!("{event:?}");
        pollster::block_on(self.server.take(command, &clock, &mut post)).expect("no device to lose");
    }

    fn until_rest(&mut self) -> Vec<Report<JobOf<L>>> {
        let mut reports = vec![];
        let clock = || self.time.replace(self.time.get() + 5.0);
        let mut post = |event: Event<JobOf<L>>| match decode::<Event<JobOf<L>>>(&encode(&event)) {
            Some(Event::Of(RunId(1), report)) => reports.push(report),
            other => panic!("{other:?}"),
        };
        while pollster::block_on(self.server.work(&clock, &mut post)).expect("no device to lose") {}
        reports
    }
}

fn snapshots<K: NetworkKind>(reports: Vec<Report<TrainNetworks<K>>>) -> Vec<NetworkSnapshot<K>> {
    let shown = |report| match report {
        Report::Snapshot(snapshot) => Some(*snapshot),
        _ => None,
    };
    reports.into_iter().filter_map(shown).collect()
}

fn last_losses<K: NetworkKind>(reports: &[Report<TrainNetworks<K>>]) -> Vec<(usize, u64, f64)> {
    let of = |network: usize| {
        reports.iter().rev().find_map(|report| match report {
            Report::Recorded(record) if record.network == network => Some((network, record.step, record.losses.test)),
            _ => None,
        })
    };
    (0..3).filter_map(of).collect()
}

/// Trains to the end, in one go and from a checkpoint on the way; the final snapshots have figures.
fn resumes<L: Laboratory>(experiment: ExperimentOf<L>, at: u64) -> Vec<NetworkSnapshot<L::Kind>> {
    let whole = Worker::<L>::begin(experiment.clone(), None, Pace::Run).until_rest();
    assert_eq!(whole.last(), Some(&Report::Finished));
    let begun = Worker::<L>::begin(experiment.clone(), None, Pace::Steps(at)).until_rest();
    let saved = begun.iter().rev().find_map(|report| match report {
        Report::Saved(saved) => Some(saved.clone()),
        _ => None,
    });
    let rest = Worker::<L>::begin(experiment, saved, Pace::Run).until_rest();
    let losses = last_losses(&whole);
    assert_eq!(
        losses.iter().map(|(network, step, _)| (*network, *step)).collect::<Vec<_>>(),
        [0, 1, 2].map(|n| (n, STEPS))
    );
    assert_eq!(last_losses(&rest), losses);
    let all = snapshots(whole);
    assert!(all[all.len() - 3..].iter().all(|snapshot| snapshot.thorough && snapshot.step == STEPS));
    all.into_iter().rev().take(3).rev().collect()
}

#[test]
fn graph_networks_through_an_integrator_resume_and_have_figures_and_no_table_unless_it_is_wanted() {
    let shown = resumes::<OdeLaboratory>(ode(), 7);
    for (number, snapshot) in shown.into_iter().enumerate() {
        assert_eq!(snapshot.network, number);
        let figures = snapshot.shown.figures.expect("figures of the last step");
        assert!(
            figures.errors.iter().chain(&figures.truth).all(|errors| errors.rmse.is_finite() && errors.drift >= 0.0)
        );
        assert!(figures.grid.is_empty() && figures.more.is_some_and(|(bodies, _)| bodies == 10));
    }
}

#[test]
fn another_step_of_time_and_integrator_act_without_training_and_fill_the_table() {
    let mut worker = Worker::<OdeLaboratory>::begin(ode(), None, Pace::Steps(2));
    worker.until_rest();
    let view = OdeView { factor: 2.0, stepping: Stepping::Leapfrog, bodies: 7, start: 4, table: true, ..ode().view };
    worker.take(Command::Ask(view));
    let shown = snapshots(worker.until_rest());
    assert_eq!(shown.len(), 6, "three at once, and three with figures");
    let scene = OdeScene::of(&OdeExperiment { view, ..ode() });
    for snapshot in &shown {
        assert_eq!((snapshot.step, snapshot.shown.view), (2, view));
        // A DeltaGN knows its own change alone, and an OGN has no Hamiltonian.
        let stepping = [Stepping::AsItIs, Stepping::Rk4, Stepping::Leapfrog][snapshot.network];
        assert_eq!(snapshot.shown.stepping, stepping);
        let motion = &snapshot.shown.motion;
        assert!(motion.frames() <= scene.truth.frames() && motion.at(0) == scene.truth.at(0));
    }
    let tables = shown.iter().filter_map(|snapshot| snapshot.shown.figures.as_ref());
    let sizes: Vec<usize> = tables.map(|figures| figures.grid.len()).collect();
    let steps = models::ode::score::FACTORS.len();
    assert_eq!(sizes, [2, 4, 5].map(|steppings| steppings * steps));
}

#[test]
fn the_ghost_is_the_true_h_by_the_chosen_integrator() {
    let off = |factor: f64, stepping: Stepping| {
        let scene = OdeScene::of(&OdeExperiment { view: OdeView { factor, stepping, ..ode().view }, ..ode() });
        assert_eq!(scene.truth.frames(), scene.ghost.frames());
        let change = |energies: &[f32]| (energies[energies.len() - 1] / energies[0] - 1.0).abs();
        assert!(change(&scene.truth.energies) < 1e-5);
        change(&scene.ghost.energies)
    };
    assert!(off(1.0, Stepping::Rk2) > 20.0 * off(1.0, Stepping::Rk4));
    assert!(off(2.0, Stepping::Rk2) > 4.0 * off(1.0, Stepping::Rk2));
}

#[test]
fn networks_at_a_coarse_step_resume_on_either_side_of_the_change_of_program() {
    let easy = recurrent().recipe().easy_steps();
    for at in [easy - 2, easy + 2] {
        for snapshot in resumes::<RecurrentLaboratory>(recurrent(), at) {
            let figures = snapshot.shown.figures.expect("figures of the last step");
            assert!(figures.errors.rmse_100.is_some() && figures.truth.rmse_10 > 5.0 * figures.true_refined_10);
            assert_eq!(figures.noisy.is_some(), snapshot.network < 2, "not of the Euler network");
        }
    }
}

#[test]
fn a_refined_step_and_other_starts_are_shown_without_training() {
    let mut worker = Worker::<RecurrentLaboratory>::begin(recurrent(), None, Pace::Steps(2));
    worker.until_rest();
    let mut places = vec![];
    for (refine, from) in [(1, Start::Clean), (5, Start::Clean), (1, Start::Noisy), (1, Start::Optimised)] {
        let view = RecurrentView { refine, from, start: 3 };
        worker.take(Command::Ask(view));
        let shown = snapshots(worker.until_rest());
        assert!(shown.iter().all(|snapshot| snapshot.shown.view == view));
        places.push(shown[1].shown.motion.places.clone());
    }
    let scene =
        CoarseScene::of(&RecurrentExperiment { view: RecurrentView { start: 3, ..recurrent().view }, ..recurrent() });
    assert!(places[0][..6] == scene.truth.places[..6] && places[1][..6] == scene.truth.places[..6]);
    for (i, a) in places.iter().enumerate() {
        assert!(places[i + 1..].iter().all(|b| a != b), "{i}");
    }
}

#[test]
fn three_bodies_are_shown_as_long_as_neighbours_stay_neighbours() {
    let three = RecurrentExperiment::named("srnn-three-body").expect("a recipe");
    let scene = CoarseScene::of(&three);
    assert_eq!((scene.truth.states(), scene.truth.at(0).len()), (11, 6));
}

#[test]
fn every_recipe_has_a_name_and_can_be_followed() {
    for (name, _) in OdeExperiment::names() {
        let named = OdeExperiment::named(name).expect("a recipe");
        assert_eq!((named.name(), named.recipe().check()), (name, Ok(())));
    }
    for (name, _) in RecurrentExperiment::names() {
        let named = RecurrentExperiment::named(name).expect("a recipe");
        assert_eq!((named.name(), named.recipe().check()), (name, Ok(())));
    }
    let refused = OdeLaboratory::new(&OdeExperiment { bodies: 1, ..ode() }).map(|_| ()).expect_err("no springs");
    assert!(refused.contains("3 to 12 bodies"), "{refused}");
}
