//! Files that are opened: kept runs, recordings, tables.

use crate::mutate::{cases, chance, mutated, survives};
use autodiff::engine::Engine;
use experiments::preset::Preset;
use experiments::schedule::{DeviceChoice, NetworkConfig, Schedule};
use experiments::{FieldExperiment, Workbench, limits, link};
use jobs::job::execution::Execution;
use jobs::job::message::{Command, Event, Pace, Report, RunId, Saved, encode};
use jobs::job::server::Server;
use jobs::protocol::train::TrainSpec;
use jobs::protocol::write::{PictureView, WriteSpec};
use jobs::training::session::TrainingSession;
use models::field::model::ModelKind;
use models::losses::Losses;
use orrery::pages::learning::files::Writing;
use orrery::session::runs::run::{Checkpoint, Part, Run, RunModel};
use rand::RngExt;
use std::cell::Cell;
use std::rc::Rc;

const RUNS: usize = 4_000;
/// Each takes seconds: all files are written.
const WRITTEN: usize = 2;
const TABLES: usize = 3_000;

fn experiment() -> FieldExperiment {
    let spring = Preset::Spring.experiment();
    let network = NetworkConfig { hidden: 8, ..spring.network };
    FieldExperiment { network, schedule: Schedule { steps: 10, ..spring.schedule }, ..spring }
}

/// A checkpoint after a few steps, and what a worker says where it goes on from bytes.
fn go_on(saved: Option<Saved>) -> Vec<Report<jobs::protocol::train::TrainModels>> {
    let time = Cell::new(0.0);
    let clock = || time.replace(time.get() + 5.0);
    let mut reports = vec![];
    let mut post = |event: Event<_>| {
        if let Event::Of(_, report) = event {
            reports.push(report);
        }
    };
    let mut server = Server::<TrainingSession>::new(Engine::Cpu);
    let spec = Box::new(TrainSpec { kinds: vec![ModelKind::Hnn], ..TrainSpec::all(experiment()) });
    let command = Command::Start { run: RunId(1), spec, saved, pace: Pace::Steps(5) };
    pollster::block_on(server.take(command, &clock, &mut post)).expect("no device to lose");
    while pollster::block_on(server.work(&clock, &mut post)).expect("no device to lose") {}
    reports
}

fn run() -> Run {
    let saved = go_on(None)
        .into_iter()
        .rev()
        .find_map(|report| if let Report::Saved(saved) = report { Some(saved) } else { None });
    let part = Part { kinds: vec![ModelKind::Hnn], on_card: false, saved: saved.expect("a checkpoint") };
    let losses = Losses { train: 0.5, test: 0.6 };
    Run {
        key: 1,
        name: "Run 1".into(),
        link: link::encode(&Workbench::from(experiment())),
        recording: None,
        changes: vec!["hidden 8".into()],
        planned: 10,
        models: vec![RunModel {
            kind: ModelKind::Hnn,
            losses: vec![(1, losses), (5, losses)],
            energy_error: Some(0.1),
        }],
        checkpoints: vec![Checkpoint { step: part.saved.step, parts: [Rc::new(part)].into() }],
    }
}

#[test]
fn a_damaged_run_is_refused_or_valid() {
    let (bytes, mut chance) = (run().write(true), chance(30));
    assert!(Run::read(&bytes).is_some());
    let (mut read, mut refused) = (0, 0);
    for case in 0..cases(RUNS) {
        let bytes = mutated(&mut chance, &bytes);
        survives(&bytes, "a run", || {
            let Some(run) = Run::read(&bytes) else { return refused += 1 };
            read += 1;
            let workbench = run.workbench();
            assert!(limits::check(&workbench).is_ok());
            let _ = (run.step(), run.is_finished(), run.ratio(), run.weight());
            let Some(last) = run.checkpoints.last() else { return };
            if let Some(parts) = last.of(&workbench.field, DeviceChoice::Cpu)
                && case % 40 == 0
            {
                parts.into_iter().for_each(|part| drop(go_on(Some(part.saved))));
            }
        });
    }
    assert!(read > 0 && refused > 0, "{read} read, {refused} refused");
}

#[test]
fn files_of_a_damaged_run_are_written_or_refused_with_a_sentence() {
    let (bytes, mut chance) = (run().write(true), chance(31));
    let write = |bytes: Vec<u8>, wanted: Option<String>| {
        let link = link::encode(&Workbench::from(experiment()));
        let look = PictureView { layers: [true; 4], quantity: 200 };
        let spec = WriteSpec { run: bytes, link, address: "https://example.org/".into(), look, wanted };
        Writing::begin(spec, None, &()).map(|_| ())
    };
    assert_eq!(write(bytes.clone(), None), Ok(()));
    for _ in 0..cases(WRITTEN) {
        let worse = mutated(&mut chance, &bytes);
        let said = survives(&worse, "a run that is written", || write(worse.clone(), Some("data.csv".into())));
        assert!(said.is_ok() || said.is_err_and(|sentence| sentence.ends_with('.')));
    }
}

#[test]
fn weights_of_another_network_are_refused_when_they_are_written() {
    type Saves = <TrainingSession as Execution>::Checkpoint;
    let good = run();
    let part = &good.checkpoints[0].parts[0];
    let saved: Saves = jobs::job::message::decode(&part.saved.bytes).expect("a checkpoint");
    // A checkpoint of a wider network, under the link of this one.
    let wide = FieldExperiment { network: NetworkConfig { hidden: 12, ..experiment().network }, ..experiment() };
    let link = link::encode(&Workbench::from(wide));
    let part = Part { saved: Saved { step: 5, bytes: encode(&saved) }, ..Part::clone(part) };
    let other =
        Run { link: link.clone(), checkpoints: vec![Checkpoint { step: 5, parts: [Rc::new(part)].into() }], ..good };
    let spec =
        WriteSpec { run: other.write(true), link, address: String::new(), look: PictureView::default(), wanted: None };
    let bytes = spec.run.clone();
    let said = survives(&bytes, "weights of another network", || Writing::begin(spec, None, &()).map(|_| ()));
    assert!(said.is_err(), "weights of another network were written as this one's");
}

#[test]
fn a_damaged_table_is_read_or_refused_with_a_sentence() {
    let mut chance = chance(32);
    let rows: String = (0..60)
        .map(|i| format!("{},{:.4},{:.4}\n", f64::from(i) / 10.0, f64::from(i).sin(), f64::from(i).cos()))
        .collect();
    let sources = [
        format!("t [s],theta [deg],omega\n{rows}").into_bytes(),
        format!("Zeit;x (cm);Bemerkung\n{}", rows.replace(',', ";").replace('.', ",")).into_bytes(),
        format!("# logger 3\n\n{}", rows.replace(',', "\t")).encode_utf16().flat_map(u16::to_le_bytes).collect(),
    ];
    for case in 0..cases(TABLES) {
        let source = &sources[chance.random_range(0..sources.len())];
        let mut bytes = mutated(&mut chance, source);
        if case % 3 == 0 {
            bytes = mutated(&mut chance, &bytes);
        }
        survives(&bytes, "a table", || {
            if let Ok(opened) = data::open(&bytes) {
                let _ = opened.recording(&data::Options::default());
            }
            let _ = jobs::symbolic_regression::sheet::read(&bytes);
        });
    }
}
