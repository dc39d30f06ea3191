//! Claims about the supervisor: a run survives what happens to its workers.

use autodiff::parameters::Checkpoint;
use experiments::schedule::DeviceChoice;
use experiments::{Experiment, Models, preset::Preset};
use jobs::protocol::message::{Command, Event, Pace, RunId};
use jobs::protocol::study::SchemeStudy;
use jobs::supervisor::{Choice, EngineKind, Graphics, Machine, News, Order, Supervisor, Why, WorkerId};
use models::field::model::ModelKind;
use physics::integrator::Scheme;

const LAPTOP: Machine = Machine { cores: 2, gpu: Graphics::None };
const GAMER: Machine = Machine { cores: 8, gpu: Graphics::Card };

fn experiment(device: DeviceChoice) -> Experiment {
    Experiment { device, ..Preset::Spring.experiment() }
}

fn spawned(orders: &[Order]) -> Vec<(WorkerId, EngineKind)> {
    orders
        .iter()
        .filter_map(|order| if let Order::Spawn(id, kind) = order { Some((*id, *kind)) } else { None })
        .collect()
}

fn told(orders: &[Order]) -> Vec<News> {
    orders.iter().filter_map(|order| if let Order::Tell(news) = order { Some(news.clone()) } else { None }).collect()
}

fn progress(run: u32, kind: ModelKind, step: u64) -> Event {
    Event::Progress { run: RunId(run), kind, step, steps_per_second: 100.0 }
}

fn saved(run: u32, kind: ModelKind, step: u64) -> Event {
    Event::Saved { run: RunId(run), kind, checkpoint: Box::new(Checkpoint { step, ..Checkpoint::default() }) }
}

/// A supervisor with a run of both models under way on two CPU workers.
fn under_way() -> (Supervisor, [WorkerId; 2]) {
    let mut supervisor = Supervisor::new(LAPTOP);
    supervisor.tick(0.0);
    let workers = spawned(&supervisor.start(experiment(DeviceChoice::Auto), Pace::Run, 0.0));
    assert_eq!(workers.iter().map(|(_, kind)| *kind).collect::<Vec<_>>(), [EngineKind::Cpu; 2]);
    for ((id, _), kind) in workers.iter().zip(ModelKind::ALL) {
        let orders = supervisor.heard(*id, Event::Ready, 100.0);
        let Some(Order::Post(to, Command::Start { kinds, checkpoints, pace, .. })) = orders.first() else {
            panic!("{orders:?}");
        };
        assert_eq!((to, kinds.as_slice(), checkpoints.len(), *pace), (id, [kind].as_slice(), 0, Pace::Run));
    }
    (supervisor, [workers[0].0, workers[1].0])
}

#[test]
fn training_is_told_once_every_model_is_at_work() {
    let (mut supervisor, [a, b]) = under_way();
    assert!(!told(&supervisor.heard(a, progress(1, ModelKind::Baseline, 1), 200.0)).contains(&News::Training));
    assert!(told(&supervisor.heard(b, progress(1, ModelKind::Hnn, 1), 210.0)).contains(&News::Training));
}

#[test]
fn a_run_is_finished_when_both_workers_have_finished() {
    let (mut supervisor, [a, b]) = under_way();
    assert_eq!(told(&supervisor.heard(a, Event::Finished { run: RunId(1) }, 300.0)), []);
    assert_eq!(told(&supervisor.heard(b, Event::Finished { run: RunId(1) }, 310.0)), [News::Finished]);
    // The next run uses the same workers.
    assert_eq!(spawned(&supervisor.start(experiment(DeviceChoice::Auto), Pace::Run, 400.0)), []);
}

#[test]
fn what_a_stopped_run_still_says_is_dropped() {
    let (mut supervisor, [a, _]) = under_way();
    supervisor.heard(a, Event::Finished { run: RunId(1) }, 300.0);
    supervisor.start(experiment(DeviceChoice::Auto), Pace::Run, 400.0);
    assert_eq!(supervisor.heard(a, progress(1, ModelKind::Baseline, 9), 410.0), []);
}

#[test]
fn a_worker_that_dies_is_replaced_and_goes_on_from_its_checkpoint() {
    let (mut supervisor, [_, b]) = under_way();
    supervisor.heard(b, saved(1, ModelKind::Hnn, 70), 500.0);
    let orders = supervisor.died(b, "failed", 600.0);
    assert!(orders.contains(&Order::Dismiss(b)));
    let notice =
        told(&orders).into_iter().find_map(|news| if let News::Notice(text) = news { Some(text) } else { None });
    assert!(notice.is_some_and(|text| text.contains("step 70")));
    let [(heir, EngineKind::Cpu)] = spawned(&orders)[..] else { panic!("{orders:?}") };
    let orders = supervisor.heard(heir, Event::Ready, 700.0);
    let Some(Order::Post(_, Command::Start { kinds, checkpoints, .. })) = orders.first() else { panic!("{orders:?}") };
    assert_eq!(kinds, &[ModelKind::Hnn]);
    assert_eq!(checkpoints[0].1.step, 70);
}

#[test]
fn silence_is_taken_for_death_but_not_the_pages_own_sleep() {
    let (mut supervisor, [a, b]) = under_way();
    for second in 1..=5 {
        supervisor.heard(a, progress(1, ModelKind::Baseline, second), f64::from(second as u32) * 1000.0);
        assert_eq!(supervisor.tick(f64::from(second as u32) * 1000.0), []);
    }
    // An hour with the lid closed: nobody is blamed.
    assert_eq!(supervisor.tick(3_600_000.0), []);
    let mut lost = vec![];
    for second in 1..=8 {
        let now = 3_600_000.0 + f64::from(second) * 1000.0;
        supervisor.heard(a, progress(1, ModelKind::Baseline, 9), now);
        lost.extend(supervisor.tick(now));
    }
    assert!(lost.contains(&Order::Dismiss(b)) && !lost.contains(&Order::Dismiss(a)), "{lost:?}");
}

#[test]
fn a_run_whose_workers_keep_dying_is_ended_with_a_sentence() {
    let (mut supervisor, [a, _]) = under_way();
    let mut victim = a;
    let mut failed = None;
    for round in 0..10 {
        let orders = supervisor.died(victim, "failed", f64::from(round) * 1000.0);
        failed =
            told(&orders).into_iter().find_map(|news| if let News::Failed(text) = news { Some(text) } else { None });
        if failed.is_some() {
            break;
        }
        victim = spawned(&orders)[0].0;
        supervisor.heard(victim, Event::Ready, f64::from(round) * 1000.0 + 500.0);
    }
    assert!(failed.is_some_and(|text| text.contains("smaller batch")));
}

#[test]
fn without_webgpu_a_run_on_the_gpu_goes_to_the_cpu_and_says_so() {
    let mut supervisor = Supervisor::new(LAPTOP);
    let orders = supervisor.start(experiment(DeviceChoice::Gpu), Pace::Run, 0.0);
    assert!(told(&orders).iter().any(|news| matches!(news, News::Notice(text) if text.contains("CPU"))));
    assert!(spawned(&orders).iter().all(|(_, kind)| *kind == EngineKind::Cpu));
}

#[test]
fn auto_does_not_fetch_the_gpu_engine_for_a_small_problem() {
    let mut supervisor = Supervisor::new(GAMER);
    let small = Experiment {
        network: experiments::schedule::NetworkConfig { hidden: 16, ..Preset::Spring.experiment().network },
        ..experiment(DeviceChoice::Auto)
    };
    let orders = supervisor.start(small, Pace::Run, 0.0);
    assert!(spawned(&orders).iter().all(|(_, kind)| *kind == EngineKind::Cpu));
}

#[test]
fn auto_measures_both_engines_and_takes_the_faster() {
    for (cpu, gpu, taken) in
        [(60.0, 500.0, EngineKind::Gpu), (60.0, 30.0, EngineKind::Cpu), (60.0, 100.0, EngineKind::Cpu)]
    {
        let mut supervisor = Supervisor::new(GAMER);
        let orders = supervisor.start(Preset::SpringPaper.experiment(), Pace::Run, 0.0);
        let workers = spawned(&orders);
        assert_eq!(workers.len(), 2);
        let mut last = vec![];
        for (id, kind) in workers {
            let orders = supervisor.heard(id, Event::Ready, 10.0);
            assert!(matches!(orders[..], [Order::Post(_, Command::Measure { .. })]), "{orders:?}");
            let steps_per_second = if kind == EngineKind::Cpu { cpu } else { gpu };
            last = supervisor.heard(id, Event::Measured { run: RunId(1), steps_per_second }, 900.0);
        }
        // Two networks share the card and have a core each: twice the CPU's speed is what the card has to beat.
        assert!(
            told(&last).contains(&News::Chosen(Choice {
                engine: taken,
                why: Why::Measured { cpu: Some(cpu), gpu: Some(gpu) }
            })),
            "{last:?}"
        );
    }
}

#[test]
fn a_gpu_that_is_lost_again_and_again_gives_way_to_the_cpu() {
    let mut supervisor = Supervisor::new(GAMER);
    let hnn = Experiment { models: Models::Hnn, ..experiment(DeviceChoice::Gpu) };
    let mut orders = supervisor.start(hnn, Pace::Run, 0.0);
    let mut kinds = vec![];
    for _ in 0..3 {
        let [(id, kind)] = spawned(&orders)[..] else { panic!("{orders:?}") };
        kinds.push(kind);
        supervisor.heard(id, Event::Ready, 10.0);
        orders = supervisor.heard(id, Event::Unusable("lost its device".into()), 20.0);
    }
    kinds.extend(spawned(&orders).iter().map(|(_, kind)| *kind));
    assert_eq!(kinds, [EngineKind::Gpu, EngineKind::Gpu, EngineKind::Gpu, EngineKind::Cpu]);
}

#[test]
fn pause_reaches_every_worker_and_is_told_once_all_hold() {
    let (mut supervisor, [a, b]) = under_way();
    let orders = supervisor.pace(Pace::Hold, 500.0);
    assert_eq!(orders, [Order::Post(a, Command::Pace(Pace::Hold)), Order::Post(b, Command::Pace(Pace::Hold))]);
    assert_eq!(told(&supervisor.heard(b, Event::Held { run: RunId(1) }, 510.0)), []);
    assert_eq!(told(&supervisor.heard(a, Event::Held { run: RunId(1) }, 520.0)), [News::Held]);
}

#[test]
fn a_worker_that_has_finished_may_be_silent_while_it_studies_and_is_still_heard() {
    let (mut supervisor, [a, b]) = under_way();
    supervisor.heard(a, Event::Finished { run: RunId(1) }, 300.0);
    supervisor.heard(b, Event::Finished { run: RunId(1) }, 300.0);
    // Half a minute of silence, with the page awake.
    for second in 1..=30 {
        assert_eq!(supervisor.tick(1000.0 * f64::from(second)), []);
    }
    let study = Box::new(SchemeStudy {
        scheme: Scheme::Rk4,
        errors: vec![],
        order: None,
        energy_order: None,
        way_back: 0.0,
        fates: vec![],
    });
    let said = Event::Studied { run: RunId(1), kind: ModelKind::Hnn, step: 1000, study };
    assert_eq!(told(&supervisor.heard(b, said.clone(), 31_000.0)), [News::Said(said)]);
}
