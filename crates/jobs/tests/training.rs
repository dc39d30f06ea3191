//! Claims about the training of an experiment's models as a job.

use autodiff::engine::Engine;
use experiments::motion_view::MotionView;
use experiments::preset::Preset;
use experiments::schedule::{NetworkConfig, Schedule};
use experiments::{FieldExperiment, Models};
use jobs::job::execution::Execution;
use jobs::job::message::{Command, Event, Pace, Report, RunId, Saved, decode, encode};
use jobs::job::server::Server;
use jobs::job::{EngineKind, Job};
use jobs::protocol::motion_snapshot::MotionSnapshot;
use jobs::protocol::train::{ModelQuestion, ModelSnapshot, TrainModels, TrainSpec};
use jobs::training::session::TrainingSession;
use models::field::model::ModelKind;
use std::cell::Cell;

/// Both models of a spring, trained within a moment.
fn small() -> FieldExperiment {
    let spring = Preset::Spring.experiment();
    FieldExperiment {
        network: NetworkConfig { hidden: 8, ..spring.network },
        schedule: Schedule { steps: 40, ..spring.schedule },
        ..spring
    }
}

fn hnn(experiment: FieldExperiment) -> TrainSpec {
    TrainSpec::all(FieldExperiment { models: Models::Hnn, ..experiment })
}

/// A worker that trains, by a clock that advances 5 ms with every look.
struct Worker {
    server: Server<TrainingSession>,
    time: Cell<f64>,
}

impl Worker {
    fn begin(spec: TrainSpec, saved: Option<Saved>, pace: Pace) -> Self {
        let mut worker = Self { server: Server::new(Engine::Cpu), time: Cell::new(0.0) };
        worker.take(Command::Start { run: RunId(1), spec: Box::new(spec), saved, pace });
        worker
    }

    fn take(&mut self, command: Command<TrainModels>) {
        let command = decode(&encode(&command)).expect("a command survives the journey");
        let clock = || self.time.replace(self.time.get() + 5.0);
        let mut post = |event: Event<TrainModels>| panic!("{event:?}");
        pollster::block_on(self.server.take(command, &clock, &mut post)).expect("no device to lose");
    }

    fn until_rest(&mut self) -> Vec<Report<TrainModels>> {
        let mut reports = vec![];
        let clock = || self.time.replace(self.time.get() + 5.0);
        let mut post = |event: Event<TrainModels>| match decode::<Event<TrainModels>>(&encode(&event)) {
            Some(Event::Of(RunId(1), report)) => reports.push(report),
            other => panic!("{other:?}"),
        };
        while pollster::block_on(self.server.work(&clock, &mut post)).expect("no device to lose") {}
        reports
    }
}

fn losses(reports: &[Report<TrainModels>]) -> Vec<(ModelKind, u64, f64)> {
    let recorded = |report: &Report<TrainModels>| match report {
        Report::Recorded(record) => Some((record.kind, record.step, record.losses.test)),
        _ => None,
    };
    reports.iter().filter_map(recorded).collect()
}

fn snapshots(reports: &[Report<TrainModels>]) -> Vec<MotionSnapshot> {
    let snapshot = |report: &Report<TrainModels>| match report {
        Report::Snapshot(snapshot) => match &**snapshot {
            ModelSnapshot::Motion(snapshot) => Some(snapshot.clone()),
            ModelSnapshot::Convergence { .. } => None,
        },
        _ => None,
    };
    reports.iter().filter_map(snapshot).collect()
}

fn last_saved(reports: &[Report<TrainModels>]) -> Saved {
    let saved =
        |report: &Report<TrainModels>| if let Report::Saved(saved) = report { Some(saved.clone()) } else { None };
    reports.iter().rev().find_map(saved).expect("a checkpoint")
}

#[test]
fn models_train_side_by_side_on_cores_and_one_after_the_other_on_a_card() {
    let all = TrainSpec::all(small());
    let kinds = |engine, cores| -> Vec<Vec<ModelKind>> {
        TrainModels::parts(&all, engine, cores).into_iter().map(|part| part.kinds).collect()
    };
    let both = vec![ModelKind::Baseline, ModelKind::Hnn];
    assert_eq!(kinds(EngineKind::Cpu, 2), both.iter().map(|kind| vec![*kind]).collect::<Vec<_>>());
    assert_eq!(kinds(EngineKind::Cpu, 1), std::slice::from_ref(&both));
    assert_eq!(kinds(EngineKind::Gpu, 8), [both]);
    assert!(TrainModels::is_small(&all));
    assert!(!TrainModels::is_small(&TrainSpec::all(Preset::SpringPaper.experiment())));
    // Larger steps may be silent for longer.
    let patience = |preset: Preset| TrainModels::patience(&TrainSpec::all(preset.experiment()));
    assert!(patience(Preset::SpringPaper) > TrainModels::patience(&all) && TrainModels::patience(&all) < 8000.0);
}

#[test]
fn a_run_records_its_losses_ends_with_a_scored_look_and_can_be_taken_over() {
    let mut worker = Worker::begin(TrainSpec::all(small()), None, Pace::Run);
    let reports = worker.until_rest();
    assert_eq!(reports.last(), Some(&Report::Finished));
    let every = small().record_every();
    for kind in ModelKind::ALL.into_iter().take(2) {
        let steps: Vec<u64> =
            losses(&reports).iter().filter(|(of, ..)| *of == kind).map(|(_, step, _)| *step).collect();
        let expected: Vec<u64> = (0..=40).filter(|step| step % every == 0 || *step == 40).collect();
        assert_eq!(steps, expected, "{kind:?}");
        let last = snapshots(&reports).into_iter().rfind(|snapshot| snapshot.kind == kind).expect("a snapshot");
        assert!(last.step == 40 && last.score.is_some(), "{kind:?} at step {}", last.step);
    }
    assert_eq!(last_saved(&reports).step, 40);
    // Whoever takes over what is finished says so, with the same figures.
    let again = Worker::begin(TrainSpec::all(small()), Some(last_saved(&reports)), Pace::Run).until_rest();
    assert_eq!(again.last(), Some(&Report::Finished));
    assert_eq!(
        snapshots(&again).last().map(|snapshot| snapshot.score),
        snapshots(&reports).last().map(|snapshot| snapshot.score)
    );
}

#[test]
fn a_worker_that_takes_over_takes_the_same_steps() {
    let whole = losses(&Worker::begin(hnn(small()), None, Pace::Run).until_rest());
    let mut first = Worker::begin(hnn(small()), None, Pace::Steps(17));
    let before = first.until_rest();
    assert_eq!(before.last(), Some(&Report::Held));
    let saved = last_saved(&before);
    assert_eq!(saved.step, 17);
    let after = losses(&Worker::begin(hnn(small()), Some(saved), Pace::Run).until_rest());
    let expected: Vec<_> = whole.into_iter().filter(|(_, step, _)| *step > 17).collect();
    let after: Vec<_> = after.into_iter().filter(|(_, step, _)| *step > 17).collect();
    assert!(!expected.is_empty());
    assert_eq!(after, expected);
}

#[test]
fn a_model_that_holds_is_looked_at_from_elsewhere() {
    let mut worker = Worker::begin(hnn(small()), None, Pace::Steps(1));
    worker.until_rest();
    let view = |start_q| ModelQuestion { view: MotionView { start_q, ..small().view }, convergence: false };
    // Of several places in a row only the last is looked at.
    worker.take(Command::Ask(view(0.1)));
    worker.take(Command::Ask(view(0.75)));
    let reports = worker.until_rest();
    // At once, and then with all that takes long.
    let [at_once, whole] = &snapshots(&reports)[..] else { panic!("{reports:?}") };
    assert_eq!((at_once.from.q[0], whole.from.q[0], reports.len()), (0.75, 0.75, 2));
    assert_eq!((at_once.score.is_some(), whole.score.is_some()), (false, true));
}

#[test]
fn what_schemes_do_with_it_is_found_after_the_word_that_it_has_finished() {
    let spec = TrainSpec { convergence: true, ..hnn(small()) };
    let reports = Worker::begin(spec, None, Pace::Run).until_rest();
    let finished = reports.iter().position(|report| *report == Report::Finished).expect("an end");
    let convergence = |report: &Report<TrainModels>| matches!(report, Report::Snapshot(snapshot) if matches!(**snapshot, ModelSnapshot::Convergence { step: 40, .. }));
    assert!(
        reports[finished + 1..].iter().all(convergence) && reports.len() > finished + 3,
        "{finished} of {}",
        reports.len()
    );
}

#[test]
fn steps_that_are_too_large_end_the_run_with_a_sentence() {
    let spring = small();
    let experiment = FieldExperiment { schedule: Schedule { lr: 1e30, ..spring.schedule }, ..spring };
    let reports = Worker::begin(hnn(experiment), None, Pace::Run).until_rest();
    let Some(Report::Diverged(sentence)) = reports.last() else { panic!("{:?}", reports.last()) };
    assert!(sentence.contains("learning rate") && sentence.ends_with('.'), "{sentence}");
}

#[test]
fn an_engine_is_measured_on_the_experiment() {
    let time = Cell::new(0.0);
    let clock = || time.replace(time.get() + 1.0);
    let speed = pollster::block_on(TrainingSession::measure(TrainSpec::all(small()), &Engine::Cpu, &clock));
    // 40 steps, each between two looks at the clock.
    assert!((900.0..1100.0).contains(&speed.expect("no device to lose")));
}
