//! Claims about jobs that go on from what was saved, and about the files that workers write of them.

use autodiff::engine::Engine;
use experiments::FieldExperiment;
use experiments::preset::Preset;
use experiments::schedule::{NetworkConfig, Schedule};
use export::record::Record;
use jobs::job::EngineKind;
use jobs::job::message::{Command, Event, Pace, Report, RunId, Saved};
use jobs::job::server::Server;
use jobs::pool::{Choice, Graphics, Machine, News, Order, Pool, SavedPart, Why, Wish, WorkerId};
use jobs::protocol::train::{ModelQuestion, ModelSnapshot, TrainModels, TrainSpec};
use jobs::training::session::TrainingSession;
use models::field::model::ModelKind;
use std::cell::Cell;

fn small() -> FieldExperiment {
    let spring = Preset::Spring.experiment();
    FieldExperiment {
        network: NetworkConfig { hidden: 8, ..spring.network },
        schedule: Schedule { steps: 40, ..spring.schedule },
        ..spring
    }
}

fn spec(kind: ModelKind) -> TrainSpec {
    TrainSpec { kinds: vec![kind], ..TrainSpec::all(small()) }
}

fn part(kind: ModelKind, engine: EngineKind, step: u64) -> SavedPart<TrainModels> {
    SavedPart { spec: spec(kind), engine, saved: Saved { step, bytes: vec![7] } }
}

fn started(orders: Vec<Order<TrainModels>>) -> Vec<(TrainSpec, Option<Saved>, Pace)> {
    let start = |order| match order {
        Order::Post(_, Command::Start { spec, saved, pace, .. }) => Some((*spec, saved, pace)),
        _ => None,
    };
    orders.into_iter().filter_map(start).collect()
}

#[test]
fn saved_parts_go_on_each_in_a_worker_of_its_own() {
    let mut pool = Pool::<TrainModels>::new(Machine { cores: 1, gpu: Graphics::None });
    let parts = vec![part(ModelKind::Baseline, EngineKind::Cpu, 20), part(ModelKind::Hnn, EngineKind::Cpu, 30)];
    let orders = pool.wish(Wish::Resume(parts.clone(), Pace::Hold), 0.0);
    let spawned: Vec<WorkerId> =
        orders.iter().filter_map(|order| if let Order::Spawn(id, _) = order { Some(*id) } else { None }).collect();
    assert_eq!(spawned.len(), 2, "as many as were saved, whatever the number of cores");
    for (id, part) in spawned.iter().zip(&parts) {
        let started = started(pool.heard(*id, Event::Ready, 1.0));
        assert_eq!(started, [(part.spec.clone(), Some(part.saved.clone()), Pace::Hold)]);
    }
    // A worker that dies goes on from what was saved, and what is saved later is told.
    let orders = pool.died(spawned[0], "failed", 2.0);
    assert!(
        orders.iter().any(|order| matches!(order, Order::Tell(News::Notice(said)) if said.contains("step 20"))),
        "{orders:?}"
    );
    let saved = Saved { step: 35, bytes: vec![9] };
    let orders = pool.heard(spawned[1], Event::Of(RunId(1), Report::Saved(saved.clone())), 3.0);
    let told = SavedPart { saved, ..parts[1].clone() };
    assert_eq!(orders, [Order::Tell(News::Saved(1, Box::new(told)))]);
}

#[test]
fn what_was_on_a_card_goes_on_there_or_on_the_processor_where_there_is_none() {
    for (gpu, engine, why) in
        [(Graphics::Card, EngineKind::Gpu, Why::Asked), (Graphics::None, EngineKind::Cpu, Why::NoCard(Graphics::None))]
    {
        let mut pool = Pool::<TrainModels>::new(Machine { cores: 4, gpu });
        let orders = pool.wish(Wish::Resume(vec![part(ModelKind::Hnn, EngineKind::Gpu, 20)], Pace::Run), 0.0);
        assert!(orders.contains(&Order::Tell(News::Chosen(Choice { engine, why }))), "{orders:?}");
        assert!(orders.iter().any(|order| matches!(order, Order::Spawn(_, kind) if *kind == engine)));
    }
    let mut pool = Pool::<TrainModels>::new(Machine { cores: 4, gpu: Graphics::None });
    assert_eq!(pool.wish(Wish::Resume(vec![], Pace::Run), 0.0), [], "nothing is begun of nothing");
}

/// Everything that a worker reports until it rests.
fn worked(server: &mut Server<TrainingSession>, commands: Vec<Command<TrainModels>>) -> Vec<Report<TrainModels>> {
    let time = Cell::new(0.0);
    let clock = || time.replace(time.get() + 5.0);
    let mut reports = vec![];
    let mut post = |event: Event<TrainModels>| match event {
        Event::Of(_, report) => reports.push(report),
        other => panic!("{other:?}"),
    };
    for command in commands {
        pollster::block_on(server.take(command, &clock, &mut post)).expect("no device to lose");
        while pollster::block_on(server.work(&clock, &mut post)).expect("no device to lose") {}
    }
    reports
}

#[test]
fn a_worker_writes_files_of_its_models_and_the_first_one_those_of_the_run() {
    for kind in [ModelKind::Baseline, ModelKind::Hnn] {
        let mut server = Server::<TrainingSession>::new(Engine::Cpu);
        let start = Command::Start { run: RunId(1), spec: Box::new(spec(kind)), saved: None, pace: Pace::Run };
        let shown = worked(&mut server, vec![start]).into_iter().find_map(|report| match report {
            Report::Snapshot(snapshot) => match *snapshot {
                ModelSnapshot::Motion(snapshot) => Some(snapshot),
                _ => None,
            },
            _ => None,
        });
        let shown = shown.expect("a snapshot");
        let model = |kind| export::record::ModelRecord {
            kind,
            step: 40,
            losses: vec![],
            figures: vec![],
            motion: shown.motion.clone(),
            scheme: shown.scheme,
        };
        let record = Record { models: vec![model(ModelKind::Baseline), model(ModelKind::Hnn)], ..Record::default() };
        let wanted = Command::Ask(ModelQuestion::Write(Box::new(record)));
        let reports = worked(&mut server, vec![wanted]);
        let [Report::Snapshot(answer)] = &reports[..] else { panic!("{} reports", reports.len()) };
        let ModelSnapshot::Files { kinds, files } = &**answer else { panic!("no files") };
        assert_eq!(*kinds, [kind]);
        let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        let own = ["safetensors", "onnx", "py"].map(|ending| format!("{}.{ending}", kind.key()));
        let documents: &[&str] = match kind {
            ModelKind::Baseline => &["data.csv", "losses.csv", "motion.csv", "reproduce.py", "report.html"],
            _ => &[],
        };
        assert_eq!(names, [documents, &own.each_ref().map(String::as_str)].concat());
    }
}
