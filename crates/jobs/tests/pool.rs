//! Claims about the pool of workers, with a job of no content: it survives whatever happens to its workers.

use experiments::schedule::DeviceChoice;
use jobs::job::message::{Command, Event, Pace, Report, RunId, Saved};
use jobs::job::{EngineKind, Job};
use jobs::pool::{Arrival, Choice, Graphics, Machine, News, Order, Pool, To, Why, Wish, WorkerId};
use serde::{Deserialize, Serialize};

/// Counts to a number in two parts.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Count;

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Counting {
    parts: u32,
    part: u32,
    /// Which number the counting starts with.
    from: u32,
    small: bool,
    /// 0: the processor, 1: the card, 2: whichever is faster.
    device: u8,
}

impl Job for Count {
    type Spec = Counting;
    type Question = u32;
    type Progress = u64;
    type Record = u64;
    type Snapshot = u32;
    const ROLE: &'static str = "count";
    const FILE: &'static str = "counter";
    const REMEDY: &'static str = "count less";

    fn device(spec: &Counting) -> DeviceChoice {
        [DeviceChoice::Cpu, DeviceChoice::Gpu, DeviceChoice::Auto][usize::from(spec.device)]
    }

    fn is_small(spec: &Counting) -> bool {
        spec.small
    }

    fn parts(spec: &Counting, engine: EngineKind, cores: usize) -> Vec<Counting> {
        let parts = if engine == EngineKind::Cpu && cores > 1 { spec.parts } else { 1 };
        (0..parts).map(|part| Counting { part, ..*spec }).collect()
    }

    fn patience(_spec: &Counting) -> f64 {
        6000.0
    }

    fn name(spec: &Counting, _engine: EngineKind) -> String {
        format!("Counter {}", spec.part + 1)
    }

    fn remember(spec: &mut Counting, question: &u32) {
        spec.from = *question;
    }
}

const LAPTOP: Machine = Machine { cores: 2, gpu: Graphics::None };
const GAMER: Machine = Machine { cores: 8, gpu: Graphics::Card };
const SPEC: Counting = Counting { parts: 2, part: 0, from: 0, small: false, device: 0 };

fn start(pool: &mut Pool<Count>, device: u8, now: f64) -> Vec<Order<Count>> {
    pool.wish(Wish::Start(Box::new(Counting { device, ..SPEC }), Pace::Run), now)
}

fn spawned(orders: &[Order<Count>]) -> Vec<(WorkerId, EngineKind)> {
    let spawned = |order: &Order<Count>| if let Order::Spawn(id, kind) = order { Some((*id, *kind)) } else { None };
    orders.iter().filter_map(spawned).collect()
}

fn told(orders: &[Order<Count>]) -> Vec<News<Count>> {
    let told = |order: &Order<Count>| if let Order::Tell(news) = order { Some(news.clone()) } else { None };
    orders.iter().filter_map(told).collect()
}

fn failure(orders: &[Order<Count>]) -> Option<String> {
    told(orders).into_iter().find_map(|news| if let News::Failed(text) = news { Some(text) } else { None })
}

fn late(orders: &[Order<Count>]) -> Option<String> {
    told(orders).into_iter().find_map(|news| if let News::Late(text) = news { Some(text) } else { None })
}

fn notice(orders: &[Order<Count>]) -> Option<String> {
    told(orders).into_iter().find_map(|news| if let News::Notice(text) = news { Some(text) } else { None })
}

fn of(run: u32, report: Report<Count>) -> Event<Count> {
    Event::Of(RunId(run), report)
}

fn saved(step: u64) -> Saved {
    Saved { step, bytes: vec![step as u8] }
}

/// A pool whose two workers are being fetched.
fn being_fetched() -> (Pool<Count>, [WorkerId; 2]) {
    let mut pool = Pool::new(LAPTOP);
    pool.tick(0.0);
    let [(a, _), (b, _)] = spawned(&start(&mut pool, 0, 0.0))[..] else { panic!("two workers") };
    for id in [a, b] {
        pool.arrives(id, Arrival::Fetched(0), 0.0);
    }
    (pool, [a, b])
}

/// A pool with a run of both parts under way on two workers.
fn under_way() -> (Pool<Count>, [WorkerId; 2]) {
    let mut pool = Pool::new(LAPTOP);
    pool.tick(0.0);
    let workers = spawned(&start(&mut pool, 0, 0.0));
    assert_eq!(workers.iter().map(|(_, kind)| *kind).collect::<Vec<_>>(), [EngineKind::Cpu; 2]);
    for (part, (id, _)) in workers.iter().enumerate() {
        let orders = pool.heard(*id, Event::Ready, 100.0);
        let [Order::Post(to, Command::Start { spec, saved, pace, .. })] = &orders[..] else { panic!("{orders:?}") };
        assert_eq!((to, spec.part as usize, saved, *pace), (id, part, &None, Pace::Run));
    }
    (pool, [workers[0].0, workers[1].0])
}

#[test]
fn work_is_told_once_every_part_is_at_work() {
    let (mut pool, [a, b]) = under_way();
    assert!(!told(&pool.heard(a, of(1, Report::Progress(1)), 200.0)).contains(&News::Working));
    assert!(told(&pool.heard(b, of(1, Report::Progress(1)), 210.0)).contains(&News::Working));
}

#[test]
fn a_run_is_finished_when_all_parts_have_finished_and_the_next_takes_the_same_workers() {
    let (mut pool, [a, b]) = under_way();
    assert_eq!(told(&pool.heard(a, of(1, Report::Finished), 300.0)), [News::Said(0, Report::Finished)]);
    assert_eq!(told(&pool.heard(b, of(1, Report::Finished), 310.0))[1..], [News::Finished]);
    let orders = start(&mut pool, 0, 400.0);
    assert_eq!(spawned(&orders), []);
    assert_eq!(orders.iter().filter(|order| matches!(order, Order::Post(_, Command::Start { .. }))).count(), 2);
    // What the stopped run still reports is dropped.
    assert_eq!(pool.heard(a, of(1, Report::Progress(9)), 410.0), []);
}

#[test]
fn a_worker_that_dies_is_replaced_and_its_part_goes_on_from_its_checkpoint() {
    let (mut pool, [_, b]) = under_way();
    pool.heard(b, of(1, Report::Saved(saved(70))), 500.0);
    let orders = pool.died(b, "failed (out of memory)", 600.0);
    assert!(orders.contains(&Order::Dismiss(b)));
    let text = notice(&orders).expect("a notice");
    assert!(text.contains("Counter 2 failed (out of memory)") && text.contains("step 70"), "{text}");
    let [(heir, EngineKind::Cpu)] = spawned(&orders)[..] else { panic!("{orders:?}") };
    let orders = pool.heard(heir, Event::Ready, 700.0);
    let [Order::Post(_, Command::Start { spec, saved: found, .. })] = &orders[..] else { panic!("{orders:?}") };
    assert_eq!((spec.part, found), (1, &Some(saved(70))));
}

#[test]
fn silence_is_taken_for_death_but_not_the_pages_own_sleep() {
    let (mut pool, [a, b]) = under_way();
    for second in 1..=5 {
        let now = f64::from(second) * 1000.0;
        pool.heard(a, of(1, Report::Progress(1)), now);
        assert_eq!(pool.tick(now), []);
    }
    // An hour with the lid closed: nobody is blamed.
    assert_eq!(pool.tick(3_600_000.0), []);
    let mut lost = vec![];
    for second in 1..=8 {
        let now = 3_600_000.0 + f64::from(second) * 1000.0;
        pool.heard(a, of(1, Report::Progress(9)), now);
        lost.extend(pool.tick(now));
    }
    assert!(lost.contains(&Order::Dismiss(b)) && !lost.contains(&Order::Dismiss(a)), "{lost:?}");
}

#[test]
fn a_run_whose_workers_keep_dying_ends_with_a_sentence_and_can_be_tried_again_from_its_checkpoint() {
    let (mut pool, [a, _]) = under_way();
    pool.heard(a, of(1, Report::Saved(saved(40))), 200.0);
    let mut victim = a;
    let mut failed = None;
    for round in 1..10 {
        let now = f64::from(round) * 1000.0;
        let orders = pool.died(victim, "failed", now);
        failed = failure(&orders);
        if failed.is_some() {
            assert_eq!(orders.iter().filter(|order| matches!(order, Order::Dismiss(_))).count(), 2, "{orders:?}");
            break;
        }
        victim = spawned(&orders)[0].0;
        pool.heard(victim, Event::Ready, now + 500.0);
    }
    assert!(failed.is_some_and(|text| text.contains("count less")));
    let workers = spawned(&pool.wish(Wish::Retry, 20_000.0));
    assert_eq!(workers.len(), 2);
    let orders = pool.heard(workers[0].0, Event::Ready, 20_100.0);
    let [Order::Post(_, Command::Start { saved: found, .. })] = &orders[..] else { panic!("{orders:?}") };
    assert_eq!(found, &Some(saved(40)));
    // A second press changes nothing.
    assert_eq!(pool.wish(Wish::Retry, 20_200.0), []);
}

#[test]
fn a_worker_that_cannot_be_fetched_fails_the_run_at_once_and_another_try_can_succeed() {
    let mut pool = Pool::new(LAPTOP);
    let workers = spawned(&start(&mut pool, 0, 0.0));
    let orders = pool.died(workers[1].0, "could not be fetched: the server answered 404", 300.0);
    let text = failure(&orders).expect("a failure");
    assert!(text.contains("Counter 2 could not be fetched: the server answered 404"), "{text}");
    assert!(orders.contains(&Order::Dismiss(workers[0].0)), "nobody is left behind: {orders:?}");
    let again = spawned(&pool.wish(Wish::Retry, 5000.0));
    assert_eq!(again.len(), 2);
    for (id, _) in again {
        assert_eq!(pool.heard(id, Event::Ready, 5100.0).len(), 1);
    }
}

#[test]
fn a_start_that_hangs_is_told_within_ten_seconds_but_a_slow_download_never() {
    let mut pool = Pool::new(LAPTOP);
    pool.tick(0.0);
    let [(a, _), (b, _)] = spawned(&start(&mut pool, 0, 0.0))[..] else { panic!("two workers") };
    let mut bytes = 0;
    for second in 1..=60 {
        let now = 1000.0 * f64::from(second);
        // A trickle for both: one byte every five seconds.
        if second % 5 == 0 {
            bytes += 1;
            let told = told(&pool.arrives(a, Arrival::Fetched(bytes), now));
            pool.arrives(b, Arrival::Fetched(bytes), now);
            assert_eq!(told, [News::Loading(2 * bytes - 1)]);
        }
        assert_eq!(pool.tick(now), [], "second {second}");
    }
    // The same number again is no progress.
    let mut said = vec![];
    for second in 61..=70 {
        let now = 1000.0 * f64::from(second);
        pool.arrives(a, Arrival::Fetched(bytes), now);
        said.extend(late(&pool.tick(now)));
    }
    assert_eq!(said.len(), 1, "once for both: {said:?}");
    assert!(said[0].contains("nothing more arrived"), "{said:?}");
}

#[test]
fn workers_that_are_late_are_waited_for_and_the_work_goes_on_once_all_are_there() {
    let (mut pool, [a, b]) = being_fetched();
    let orders: Vec<_> = (1..=30).flat_map(|second| pool.tick(1000.0 * f64::from(second))).collect();
    assert!(late(&orders).is_some_and(|text| text.contains("goes on by itself")), "{orders:?}");
    assert_eq!(orders.len(), 1, "nobody is ended, and nothing is said twice: {orders:?}");
    assert_eq!(
        told(&pool.arrives(a, Arrival::Fetched(9), 31_000.0)),
        [News::Loading(9)],
        "the other one is still late"
    );
    assert_eq!(told(&pool.arrives(b, Arrival::Starting, 31_500.0)), [News::Arrived, News::Loading(9)]);
    for id in [a, b] {
        let orders = pool.heard(id, Event::Ready, 32_000.0);
        assert!(matches!(orders[..], [Order::Post(_, Command::Start { .. })]), "{orders:?}");
    }
}

#[test]
fn late_workers_are_asked_for_anew_with_another_try() {
    let (mut pool, workers) = being_fetched();
    assert_eq!(pool.wish(Wish::Retry, 1000.0), [], "nobody is late yet");
    assert!((1..=10).any(|second| late(&pool.tick(1000.0 * f64::from(second))).is_some()));
    let orders = pool.wish(Wish::Retry, 11_000.0);
    assert!(workers.iter().all(|id| orders.contains(&Order::Dismiss(*id))), "{orders:?}");
    assert_eq!(spawned(&orders).len(), 2);
}

#[test]
fn a_loader_may_take_longer_to_say_something_than_a_file_to_arrive() {
    let mut pool = Pool::new(Machine { cores: 1, ..LAPTOP });
    pool.tick(0.0);
    start(&mut pool, 0, 0.0);
    let said = (1..=30).filter_map(|second| Some((second, late(&pool.tick(1000.0 * f64::from(second)))?)));
    let said: Vec<(u32, String)> = said.collect();
    assert!(matches!(&said[..], [(21, text)] if text.contains("did not start within 20 seconds")), "{said:?}");
}

#[test]
fn what_a_busy_machine_delays_is_not_held_against_workers() {
    let (mut pool, _) = being_fetched();
    // A tick every 2.5 seconds instead of every one.
    let first = (1..=20).find(|tick| late(&pool.tick(2500.0 * f64::from(*tick))).is_some());
    assert_eq!(first, Some(6), "six ticks of 1.25 seconds are longer than seven seconds");
}

#[test]
fn what_has_arrived_has_to_start() {
    let mut pool = Pool::new(Machine { cores: 1, ..LAPTOP });
    pool.tick(0.0);
    let [(a, _)] = spawned(&start(&mut pool, 0, 0.0))[..] else { panic!("one worker") };
    pool.arrives(a, Arrival::Starting, 1000.0);
    let failed: Vec<String> = (1..=30).filter_map(|second| late(&pool.tick(1000.0 * f64::from(second)))).collect();
    assert_eq!(failed.len(), 1);
    assert!(failed[0].contains("did not start"), "{failed:?}");
}

#[test]
fn without_webgpu_a_run_on_the_card_goes_to_the_processor_and_says_so() {
    let mut pool = Pool::new(LAPTOP);
    let orders = start(&mut pool, 1, 0.0);
    assert!(notice(&orders).is_some_and(|text| text.contains("CPU") && text.contains("on the processor")));
    assert!(spawned(&orders).iter().all(|(_, kind)| *kind == EngineKind::Cpu));
}

#[test]
fn a_card_that_does_not_start_gives_way_to_the_processor_at_once() {
    let mut pool = Pool::new(GAMER);
    let [(card, EngineKind::Gpu)] = spawned(&start(&mut pool, 1, 0.0))[..] else { panic!("the card") };
    let orders = pool.heard(card, Event::Unusable("did not start (no adapter)".into()), 10.0);
    assert!(notice(&orders).is_some_and(|text| text.contains("no adapter") && text.contains("on the processor")));
    assert!(matches!(spawned(&orders)[..], [(_, EngineKind::Cpu)]), "{orders:?}");
}

#[test]
fn a_card_that_is_lost_again_and_again_gives_way_to_the_processor() {
    let mut pool = Pool::new(GAMER);
    let mut orders = start(&mut pool, 1, 0.0);
    let mut kinds = vec![];
    for step in 0..3 {
        let [(id, kind)] = spawned(&orders)[..] else { panic!("{orders:?}") };
        kinds.push(kind);
        pool.heard(id, Event::Ready, 10.0);
        pool.heard(id, of(1, Report::Saved(saved(step))), 15.0);
        orders = pool.heard(id, Event::Unusable("lost its device".into()), 20.0);
    }
    kinds.extend(spawned(&orders).iter().map(|(_, kind)| *kind));
    assert_eq!(kinds, [EngineKind::Gpu, EngineKind::Gpu, EngineKind::Gpu, EngineKind::Cpu]);
    assert!(notice(&orders).is_some_and(|text| text.contains("step 2")));
}

#[test]
fn auto_does_not_fetch_the_engine_of_the_card_for_small_steps() {
    let mut pool = Pool::new(GAMER);
    let orders = pool.wish(Wish::Start(Box::new(Counting { device: 2, small: true, ..SPEC }), Pace::Run), 0.0);
    assert!(spawned(&orders).iter().all(|(_, kind)| *kind == EngineKind::Cpu));
}

#[test]
fn auto_measures_both_engines_and_takes_the_faster() {
    // Two parts share the card and have a core each: twice the processor's speed is what the card has to beat.
    for (cpu, gpu, taken) in
        [(60.0, 500.0, EngineKind::Gpu), (60.0, 30.0, EngineKind::Cpu), (60.0, 100.0, EngineKind::Cpu)]
    {
        let mut pool = Pool::new(GAMER);
        let workers = spawned(&start(&mut pool, 2, 0.0));
        assert_eq!(workers.len(), 2);
        let mut last = vec![];
        for (id, kind) in workers {
            let orders = pool.heard(id, Event::Ready, 10.0);
            assert!(matches!(orders[..], [Order::Post(_, Command::Measure { .. })]), "{orders:?}");
            let speed = if kind == EngineKind::Cpu { cpu } else { gpu };
            last = pool.heard(id, of(1, Report::Measured(speed)), 900.0);
        }
        let why = Why::Measured { cpu: Some(cpu), gpu: Some(gpu) };
        assert!(told(&last).contains(&News::Chosen(Choice { engine: taken, why })), "{last:?}");
    }
}

#[test]
fn an_engine_that_cannot_be_measured_leaves_the_other_and_two_leave_a_sentence() {
    let mut pool = Pool::new(GAMER);
    let [(cpu, _), (gpu, _)] = spawned(&start(&mut pool, 2, 0.0))[..] else { panic!("two workers") };
    pool.heard(cpu, Event::Ready, 10.0);
    assert_eq!(failure(&pool.died(gpu, "could not be fetched", 20.0)), None);
    let orders = pool.heard(cpu, of(1, Report::Measured(5.0)), 30.0);
    let why = Why::Measured { cpu: Some(5.0), gpu: None };
    assert!(told(&orders).contains(&News::Chosen(Choice { engine: EngineKind::Cpu, why })), "{orders:?}");

    let mut pool = Pool::new(GAMER);
    let [(cpu, _), (gpu, _)] = spawned(&start(&mut pool, 2, 0.0))[..] else { panic!("two workers") };
    pool.died(cpu, "could not be fetched", 10.0);
    let text = failure(&pool.died(gpu, "did not start (no adapter)", 20.0)).expect("a failure");
    assert!(text.contains("Neither") && text.contains("no adapter"), "{text}");
    assert_eq!(spawned(&pool.wish(Wish::Retry, 30.0)).len(), 2, "both are tried again");
}

#[test]
fn pause_reaches_every_worker_and_is_told_once_all_hold() {
    let (mut pool, [a, b]) = under_way();
    let orders = pool.wish(Wish::Pace(Pace::Hold), 500.0);
    assert_eq!(orders, [a, b].map(|id| Order::Post(id, Command::Pace(Pace::Hold))));
    assert!(!told(&pool.heard(b, of(1, Report::Held), 510.0)).contains(&News::Held));
    assert!(told(&pool.heard(a, of(1, Report::Held), 520.0)).contains(&News::Held));
    // A worker that takes over in the meantime holds too.
    let heir = spawned(&pool.died(a, "failed", 600.0))[0].0;
    let orders = pool.heard(heir, Event::Ready, 700.0);
    assert!(matches!(&orders[..], [Order::Post(_, Command::Start { pace: Pace::Hold, .. })]), "{orders:?}");
}

#[test]
fn a_worker_that_is_told_to_go_on_before_it_holds_is_still_watched() {
    let (mut pool, [a, b]) = under_way();
    pool.wish(Wish::Pace(Pace::Hold), 500.0);
    pool.wish(Wish::Pace(Pace::Run), 600.0);
    for id in [a, b] {
        assert_eq!(pool.heard(id, of(1, Report::Held), 700.0), [], "it goes on: nothing holds");
    }
    assert_eq!(pool.on_cores(), 2);
    let lost: Vec<_> = (1..=8).flat_map(|second| pool.tick(700.0 + f64::from(second) * 1000.0)).collect();
    assert!(lost.contains(&Order::Dismiss(a)) && lost.contains(&Order::Dismiss(b)), "{lost:?}");
}

#[test]
fn workers_that_have_something_to_do_on_the_processor_give_way() {
    let (mut pool, [a, b]) = under_way();
    assert_eq!(
        (pool.on_cores(), pool.give_way(200, None)),
        (2, vec![a, b].into_iter().map(|id| Order::Post(id, Command::GiveWay(200))).collect())
    );
    assert_eq!(pool.give_way(50, Some(1)), [Order::Post(b, Command::GiveWay(50))]);
    pool.heard(a, of(1, Report::Rested), 300.0);
    assert_eq!(pool.give_way(200, None), [Order::Post(b, Command::GiveWay(200))]);
    pool.heard(b, of(1, Report::Finished), 300.0);
    assert_eq!((pool.on_cores(), pool.give_way(200, None)), (0, vec![]));
    // A graphics card takes no core away.
    let mut pool = Pool::new(GAMER);
    let [(card, EngineKind::Gpu)] = spawned(&start(&mut pool, 1, 0.0))[..] else { panic!("a worker on the card") };
    pool.heard(card, Event::Ready, 10.0);
    assert_eq!((pool.on_cores(), pool.give_way(200, None)), (0, vec![]));
}

#[test]
fn questions_reach_the_parts_that_are_meant_and_are_remembered_for_their_heirs() {
    let (mut pool, [a, b]) = under_way();
    assert_eq!(pool.wish(Wish::Ask(To::AllBut(0), 3), 200.0), [Order::Post(b, Command::Ask(3))]);
    assert_eq!(pool.wish(Wish::Ask(To::Part(0), 4), 200.0), [Order::Post(a, Command::Ask(4))]);
    let heir = spawned(&pool.died(b, "failed", 600.0))[0].0;
    let orders = pool.heard(heir, Event::Ready, 700.0);
    let [Order::Post(_, Command::Start { spec, .. })] = &orders[..] else { panic!("{orders:?}") };
    assert_eq!(spec.from, 3);
}

#[test]
fn a_part_that_has_finished_may_be_silent_and_is_still_heard() {
    let (mut pool, [a, b]) = under_way();
    pool.heard(a, of(1, Report::Finished), 300.0);
    pool.heard(b, of(1, Report::Finished), 300.0);
    for second in 1..=30 {
        assert_eq!(pool.tick(1000.0 * f64::from(second)), []);
    }
    let answer = Report::Snapshot(Box::new(7));
    assert_eq!(told(&pool.heard(b, of(1, answer.clone()), 31_000.0)), [News::Said(1, answer)]);
}

#[test]
fn what_cannot_be_carried_out_is_refused_and_release_leaves_no_worker() {
    let (mut pool, [a, b]) = under_way();
    let orders = pool.heard(a, of(1, Report::Refused("There is nothing to count.".into())), 300.0);
    assert!(told(&orders).contains(&News::Refused("There is nothing to count.".into())), "{orders:?}");
    assert!(orders.contains(&Order::Dismiss(b)), "{orders:?}");
    assert_eq!(pool.wish(Wish::Retry, 310.0), [], "another try would end the same way");
    let (mut pool, [a, b]) = under_way();
    assert_eq!(pool.wish(Wish::Release, 300.0), [Order::Dismiss(a), Order::Dismiss(b)]);
}

#[test]
fn a_reason_is_told_without_the_chain_of_causes_behind_it() {
    let (mut pool, [a, b]) = under_way();
    let chain = "lost its device (An error happened during execution:\n\nCaused by:\n  0: Validation\n  No backtrace available)";
    let said = notice(&pool.heard(a, Event::Unusable(chain.into()), 300.0)).expect("a notice");
    assert!(said.contains("lost its device (An error happened during execution);"), "{said}");
    assert!(!said.contains("backtrace") && said.lines().count() == 1, "{said}");
    let said = notice(&pool.died(b, &format!("failed ({})", "x".repeat(5000)), 400.0)).expect("a notice");
    assert!(said.chars().count() < 400 && said.contains("…)"), "{said}");
}
