//! Claims about the job that trains the networks of any kind of experiment side by side.

use autodiff::engine::Engine;
use autodiff::parameters::Parameters;
use experiments::FieldExperiment;
use experiments::preset::Preset;
use experiments::schedule::{DeviceChoice, NetworkConfig, Schedule};
use experiments::task::Task;
use jobs::job::message::{Command, Event, Pace, Report, RunId, Saved, decode, encode};
use jobs::job::server::Server;
use jobs::job::{EngineKind, Job};
use jobs::networks::{Laboratory, session::NetworkSession};
use jobs::protocol::networks::{NetworkKind, NetworkSpec, TrainNetworks};
use models::field::model::ModelKind;
use models::learner::Trainable;
use std::cell::Cell;

const KINDS: [ModelKind; 2] = [ModelKind::Baseline, ModelKind::Hnn];
const STEPS: u64 = 40;

/// Baseline and HNN of a spring; of each the norm of its parameters is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Springs;

impl NetworkKind for Springs {
    type Experiment = FieldExperiment;
    type View = f64;
    type Snapshot = (f64, bool, f64);
    const ROLE: &'static str = "springs";

    fn names(_: &FieldExperiment) -> Vec<&'static str> {
        vec!["baseline", "hnn"]
    }

    fn steps(experiment: &FieldExperiment) -> u64 {
        experiment.schedule.steps
    }

    fn flops_per_step(_: &FieldExperiment) -> f64 {
        1e3
    }

    fn show(experiment: &mut FieldExperiment, view: f64) {
        experiment.view.start_q = view;
    }
}

struct Laborer(FieldExperiment, Task);

impl Laboratory for Laborer {
    type Kind = Springs;

    fn new(experiment: &FieldExperiment) -> Result<Self, String> {
        Ok(Self(experiment.clone(), Task::of(experiment)))
    }

    fn training(&self, network: usize) -> Box<dyn Trainable> {
        self.1.training(&self.0, KINDS[network])
    }

    fn snapshot(
        &self,
        experiment: &FieldExperiment,
        _: usize,
        parameters: &Parameters,
        thorough: bool,
    ) -> (f64, bool, f64) {
        let norm = parameters.iter().flat_map(|matrix| &matrix.values).map(|x| f64::from(*x).powi(2)).sum::<f64>();
        (experiment.view.start_q, thorough, norm)
    }
}

fn experiment() -> FieldExperiment {
    let spring = Preset::Spring.experiment();
    FieldExperiment {
        network: NetworkConfig { hidden: 8, ..spring.network },
        schedule: Schedule { steps: STEPS, ..spring.schedule },
        ..spring
    }
}

type Springing = TrainNetworks<Springs>;

/// A worker by a clock that advances 5 ms with every look.
struct Worker {
    server: Server<NetworkSession<Laborer>>,
    time: Cell<f64>,
}

impl Worker {
    fn begin(saved: Option<Saved>, pace: Pace) -> Self {
        let mut worker = Self { server: Server::new(Engine::Cpu), time: Cell::new(0.0) };
        let spec = Box::new(NetworkSpec::all(experiment(), DeviceChoice::Cpu));
        worker.take(Command::Start { run: RunId(1), spec, saved, pace });
        worker
    }

    fn take(&mut self, command: Command<Springing>) {
        let command = decode(&encode(&command)).expect("a command survives the journey");
        let clock = || self.time.replace(self.time.get() + 5.0);
        let mut post = |event: Event<Springing>| panic!("{event:?}");
        pollster::block_on(self.server.take(command, &clock, &mut post)).expect("no device to lose");
    }

    fn until_rest(&mut self) -> Vec<Report<Springing>> {
        let mut reports = vec![];
        let clock = || self.time.replace(self.time.get() + 5.0);
        let mut post = |event: Event<Springing>| match decode::<Event<Springing>>(&encode(&event)) {
            Some(Event::Of(RunId(1), report)) => reports.push(report),
            other => panic!("{other:?}"),
        };
        while pollster::block_on(self.server.work(&clock, &mut post)).expect("no device to lose") {}
        reports
    }
}

fn losses(reports: &[Report<Springing>]) -> Vec<(usize, u64, f64)> {
    let recorded = |report: &Report<Springing>| match report {
        Report::Recorded(record) => Some((record.network, record.step, record.losses.test)),
        _ => None,
    };
    reports.iter().filter_map(recorded).collect()
}

#[test]
fn networks_have_a_worker_each_where_there_are_cores() {
    let all = NetworkSpec::<Springs>::all(experiment(), DeviceChoice::Auto);
    let parts = |engine, cores| -> Vec<Vec<usize>> {
        Springing::parts(&all, engine, cores).into_iter().map(|part| part.networks).collect()
    };
    assert_eq!(parts(EngineKind::Cpu, 2), [vec![0], vec![1]]);
    assert_eq!(parts(EngineKind::Cpu, 1), [vec![0, 1]]);
    assert_eq!(parts(EngineKind::Gpu, 8), [vec![0, 1]]);
}

#[test]
fn a_run_ends_with_figures_of_every_network_and_is_repeated_to_the_bit() {
    let reports = Worker::begin(None, Pace::Run).until_rest();
    assert_eq!(reports.last(), Some(&Report::Finished));
    let last = |network| losses(&reports).into_iter().rfind(|(of, ..)| *of == network).expect("a loss");
    assert_eq!((last(0).1, last(1).1), (STEPS, STEPS));
    let figures = |network| {
        reports.iter().rev().find_map(|report| match report {
            Report::Snapshot(snapshot) if snapshot.network == network => Some((snapshot.step, snapshot.thorough)),
            _ => None,
        })
    };
    assert_eq!((figures(0), figures(1)), (Some((STEPS, true)), Some((STEPS, true))));
    assert_eq!(losses(&Worker::begin(None, Pace::Run).until_rest()), losses(&reports));
}

#[test]
fn whoever_takes_over_goes_on_from_the_checkpoint() {
    let whole = losses(&Worker::begin(None, Pace::Run).until_rest());
    let begun = Worker::begin(None, Pace::Steps(17)).until_rest();
    let saved = begun.iter().rev().find_map(|report| match report {
        Report::Saved(saved) => Some(saved.clone()),
        _ => None,
    });
    let saved = saved.expect("a checkpoint");
    assert_eq!(saved.step, 17);
    let rest = losses(&Worker::begin(Some(saved), Pace::Run).until_rest());
    let expected: Vec<_> = whole.into_iter().filter(|(_, step, _)| *step > 17).collect();
    let rest: Vec<_> = rest.into_iter().filter(|(_, step, _)| *step > 17).collect();
    assert!(!expected.is_empty());
    assert_eq!(rest, expected);
}

#[test]
fn another_view_is_shown_at_once_and_with_its_figures_where_the_networks_hold() {
    let mut worker = Worker::begin(None, Pace::Steps(1));
    worker.until_rest();
    worker.take(Command::Ask(0.25));
    worker.take(Command::Ask(0.5));
    let shown: Vec<_> = worker
        .until_rest()
        .into_iter()
        .filter_map(|report| match report {
            Report::Snapshot(snapshot) => Some((snapshot.network, snapshot.shown.0, snapshot.shown.1)),
            _ => None,
        })
        .collect();
    assert_eq!(shown, [(0, 0.5, false), (1, 0.5, false), (0, 0.5, true), (1, 0.5, true)]);
}
