//! Claims about jobs that go on from what was saved.

use experiments::FieldExperiment;
use experiments::preset::Preset;
use experiments::schedule::{NetworkConfig, Schedule};
use jobs::job::EngineKind;
use jobs::job::message::{Command, Event, Pace, Report, RunId, Saved};
use jobs::pool::{Choice, Graphics, Machine, News, Order, Pool, SavedPart, Why, Wish, WorkerId};
use jobs::protocol::train::{TrainModels, TrainSpec};
use models::field::model::ModelKind;

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
        [(Graphics::Card, EngineKind::Gpu, Why::Kept), (Graphics::None, EngineKind::Cpu, Why::NoCard(Graphics::None))]
    {
        let mut pool = Pool::<TrainModels>::new(Machine { cores: 4, gpu });
        let orders = pool.wish(Wish::Resume(vec![part(ModelKind::Hnn, EngineKind::Gpu, 20)], Pace::Run), 0.0);
        assert!(orders.contains(&Order::Tell(News::Chosen(Choice { engine, why }))), "{orders:?}");
        assert!(orders.iter().any(|order| matches!(order, Order::Spawn(_, kind) if *kind == engine)));
    }
    let mut pool = Pool::<TrainModels>::new(Machine { cores: 4, gpu: Graphics::None });
    assert_eq!(pool.wish(Wish::Resume(vec![], Pace::Run), 0.0), [], "nothing is begun of nothing");
}
