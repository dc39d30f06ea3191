//! Claims about the training of graph networks as a job.

use autodiff::engine::Engine;
use experiments::placed::Placed;
use experiments::schedule::DeviceChoice;
use jobs::graph::law_world::PairFormula;
use jobs::graph::session::GraphSession;
use jobs::job::execution::Execution;
use jobs::job::message::{Command, Event, Pace, Report, RunId, Saved, decode, encode};
use jobs::job::server::Server;
use jobs::job::{EngineKind, Job};
use jobs::protocol::graph::{GraphProgress, GraphQuestion, GraphSnapshot, GraphSpec, Shown, TrainGraphs, WorldMotion};
use models::graph::recipe::{GraphRecipe, GraphWidths, MessageRegulariser};
use models::graph::report::MessageReport;
use numerics::seed::Seed;
use physics::particles::dataset::{MotionConfig, MotionDataset, Target};
use physics::particles::world::World;
use std::cell::Cell;

const SHOWN: Shown = Shown { bodies: 4, start: 0, placed: vec![] };

/// A network that is trained within a moment.
fn small(world: World) -> GraphRecipe {
    let quick = GraphRecipe::quick(world);
    let motions = MotionConfig { simulations: 24, ..quick.motions };
    let widths = GraphWidths { hidden: 8, ..quick.widths };
    GraphRecipe { motions, widths, steps: 30, batch: 8, ..quick }
}

fn spec(recipe: GraphRecipe) -> GraphSpec {
    let regularisers = vec![recipe.regulariser];
    GraphSpec {
        recipe,
        regularisers,
        seed: Seed(3),
        shown: SHOWN,
        law: None,
        device: DeviceChoice::Cpu,
        side_by_side: 1,
    }
}

/// A worker with a network, by a clock that advances 5 ms with every look.
struct Worker {
    server: Server<GraphSession>,
    time: Cell<f64>,
}

impl Worker {
    fn begin(spec: GraphSpec, saved: Option<Saved>, pace: Pace) -> Self {
        let mut worker = Self { server: Server::new(Engine::Cpu), time: Cell::new(0.0) };
        worker.take(Command::Start { run: RunId(1), spec: Box::new(spec), saved, pace });
        worker
    }

    fn take(&mut self, command: Command<TrainGraphs>) {
        let command = decode(&encode(&command)).expect("a command survives the journey");
        let clock = || self.time.replace(self.time.get() + 5.0);
        let mut post = |event: Event<TrainGraphs>| panic!("{event:?}");
        pollster::block_on(self.server.take(command, &clock, &mut post)).expect("no device to lose");
    }

    /// One slice of work; whether there is more to do.
    fn slice(&mut self, reports: &mut Vec<Report<TrainGraphs>>) -> bool {
        let clock = || self.time.replace(self.time.get() + 5.0);
        let mut post = |event: Event<TrainGraphs>| match decode::<Event<TrainGraphs>>(&encode(&event)) {
            Some(Event::Of(RunId(1), report)) => reports.push(report),
            other => panic!("{other:?}"),
        };
        pollster::block_on(self.server.work(&clock, &mut post)).expect("no device to lose")
    }

    fn until_rest(&mut self) -> Vec<Report<TrainGraphs>> {
        let mut reports = vec![];
        while self.slice(&mut reports) {}
        reports
    }

    fn ask(&mut self, question: GraphQuestion) -> Vec<GraphSnapshot> {
        self.take(Command::Ask(question));
        snapshots(&self.until_rest())
    }
}

fn losses(reports: &[Report<TrainGraphs>]) -> Vec<(u64, f64)> {
    let recorded = |report: &Report<TrainGraphs>| match report {
        Report::Recorded(record) => Some((record.step, record.losses.test)),
        _ => None,
    };
    reports.iter().filter_map(recorded).collect()
}

fn snapshots(reports: &[Report<TrainGraphs>]) -> Vec<GraphSnapshot> {
    let seen = |report: &Report<TrainGraphs>| match report {
        Report::Snapshot(snapshot) => Some(GraphSnapshot::clone(snapshot)),
        _ => None,
    };
    reports.iter().filter_map(seen).collect()
}

fn last_motion(reports: &[Report<TrainGraphs>]) -> WorldMotion {
    let motion = |snapshot| if let GraphSnapshot::Moved(motion) = snapshot { Some(motion) } else { None };
    snapshots(reports).into_iter().rev().find_map(motion).expect("a motion")
}

fn last_messages(reports: &[Report<TrainGraphs>]) -> MessageReport {
    let messages = |snapshot| if let GraphSnapshot::Messages(report, _) = snapshot { Some(report) } else { None };
    snapshots(reports).into_iter().rev().find_map(messages).expect("messages")
}

fn last_saved(reports: &[Report<TrainGraphs>]) -> Saved {
    let saved =
        |report: &Report<TrainGraphs>| if let Report::Saved(saved) = report { Some(saved.clone()) } else { None };
    reports.iter().rev().find_map(saved).expect("a checkpoint")
}

#[test]
fn a_network_reports_losses_messages_and_motions_and_ends_at_its_last_step() {
    let reports = Worker::begin(spec(small(World::Spring)), None, Pace::Run).until_rest();
    assert_eq!(losses(&reports).last().map(|(step, _)| *step), Some(30));
    assert!(losses(&reports).iter().all(|(_, loss)| loss.is_finite() && *loss > 0.0));
    assert_eq!(reports.last(), Some(&Report::Finished));
    let motion = last_motion(&reports);
    assert_eq!(motion.truth.len() % 8, 0);
    // Springs without drag keep their energy; the network has hardly learned.
    let [truth, learned] = &motion.energies;
    assert!(truth.iter().all(|e| (e - truth[0]).abs() < 1e-4 * truth[0].abs().max(1.0)), "{truth:?}");
    assert!((truth[0] - learned[0]).abs() < 1e-6);
    let report = last_messages(&reports);
    assert_eq!((report.step, report.spreads.len(), report.scatter.len()), (30, 2, 2));
}

#[test]
fn holding_and_going_on_changes_no_number() {
    let whole = losses(&Worker::begin(spec(small(World::Spring)), None, Pace::Run).until_rest());
    let mut worker = Worker::begin(spec(small(World::Spring)), None, Pace::Run);
    let mut reports = vec![];
    for slice in 0.. {
        if !worker.slice(&mut reports) {
            break;
        }
        if slice % 3 == 1 {
            worker.take(Command::Pace(Pace::Hold));
            let held = worker.until_rest();
            assert!(matches!(held.last(), Some(Report::Held | Report::Finished)), "{:?}", held.last());
            reports.extend(held);
            worker.take(Command::Pace(Pace::Run));
        }
    }
    assert_eq!(losses(&reports), whole);
}

#[test]
fn a_worker_that_takes_over_goes_on_from_the_checkpoint_to_the_same_network() {
    let whole = Worker::begin(spec(small(World::Spring)), None, Pace::Run).until_rest();
    let mut first = Worker::begin(spec(small(World::Spring)), None, Pace::Run);
    let mut before = vec![];
    // Some steps after the motions are simulated.
    while losses(&before).last().is_none_or(|(step, _)| *step < 11) {
        assert!(first.slice(&mut before));
    }
    first.take(Command::Pace(Pace::Hold));
    let saved = last_saved(&first.until_rest());
    assert!((11..30).contains(&saved.step), "{}", saved.step);
    let after = Worker::begin(spec(small(World::Spring)), Some(saved.clone()), Pace::Run).until_rest();
    let expected: Vec<(u64, f64)> = losses(&whole).into_iter().filter(|(step, _)| *step > saved.step).collect();
    assert_eq!(losses(&after), expected);
    assert_eq!(last_messages(&after), last_messages(&whole));
    // One that dies while it still simulates keeps what it was given.
    let mut early = Worker::begin(spec(small(World::Spring)), Some(saved.clone()), Pace::Hold);
    assert_eq!(last_saved(&early.until_rest()), saved);
}

#[test]
fn each_network_is_a_part_and_remembers_what_it_shows() {
    let regularisers = vec![MessageRegulariser::Bottleneck(2), MessageRegulariser::STANDARD];
    let whole = GraphSpec { regularisers, law: Some("dx".into()), ..spec(small(World::Spring)) };
    let mut parts = TrainGraphs::parts(&whole, EngineKind::Cpu, 1);
    assert_eq!(parts.iter().map(|part| part.first().regulariser).collect::<Vec<_>>(), whole.regularisers);
    assert_eq!((parts[0].law.as_deref(), parts[1].law.as_deref()), (Some("dx"), None));
    assert!(TrainGraphs::name(&parts[1], EngineKind::Cpu).contains("standard"));
    let seven = Shown { bodies: 7, ..SHOWN };
    TrainGraphs::remember(&mut parts[0], &GraphQuestion::Show(seven.clone()));
    TrainGraphs::remember(&mut parts[0], &GraphQuestion::Obey(String::new()));
    assert_eq!((parts[0].shown.clone(), parts[0].law.clone()), (seven, None));
    // The quick networks are left to the processor, the widest are measured.
    assert!(TrainGraphs::is_small(&spec(GraphRecipe::quick(World::Spring))));
    let wide = GraphRecipe { widths: GraphWidths { hidden: 300, depth: 3 }, batch: 64, ..small(World::Spring) };
    assert!(!TrainGraphs::is_small(&spec(wide)));
    let speed = pollster::block_on(GraphSession::measure(spec(small(World::Spring)), &Engine::Cpu, &clock()));
    assert!(speed.expect("no device to lose") > 0.0);
}

/// A clock that advances by a millisecond with every look.
fn clock() -> impl Fn() -> f64 {
    let time = Cell::new(0.0);
    move || time.replace(time.get() + 1.0)
}

#[test]
fn a_recipe_that_cannot_be_followed_is_refused_in_a_sentence() {
    let mut recipe = small(World::Spring);
    recipe.motions.world.bodies = 1;
    let refused = GraphSession::begin(spec(recipe), None, &Engine::Cpu).err().expect("a refusal");
    assert!(refused.starts_with("This world takes from 2 to 12 bodies"), "{refused}");
}

#[test]
fn the_true_law_as_a_formula_accounts_for_every_acceleration() {
    // Force on the receiver along x: the slope of the potential at r + 0.01, times dx/r.
    let springs = "2 * (r - 0.99) * dx / r";
    // The same of 1/r² gravity per mass of the receiver.
    let gravity = "m2 * dx / (r * (r + 0.01) * (r + 0.01))";
    for (world, law, per_mass, other) in
        [(World::Spring, springs, false, "m2 * dx / r^3"), (World::InverseSquare, gravity, true, "dx * r * r")]
    {
        let motions = MotionDataset::generate(&small(world).motions, Seed(1)).expect("motions").test;
        let fresh = small(world).motions.fresh(20, Seed(1)).expect("motions");
        let fit = |law| PairFormula::fit(law, &motions, &fresh).map(|formula| formula.fit);
        let found = fit(law).expect("a formula");
        assert_eq!(found.per_mass, per_mass, "{world:?}");
        assert!((found.factor - 1.0).abs() < 1e-6 && found.r_squared > 1.0 - 1e-9, "{found:?}");
        // A law of another shape leaves much of it unexplained, whatever its factor.
        let wrong = fit(other).expect("a formula");
        assert!(wrong.r_squared < 0.9, "{wrong:?}");
        assert!(fit("dx * mass").is_err());
    }
}

#[test]
fn a_world_moves_from_where_its_bodies_were_placed_and_by_a_law() {
    let mut worker = Worker::begin(spec(small(World::InverseSquare)), None, Pace::Run);
    worker.until_rest();
    let placed = vec![
        Placed { mass: 3.0, velocity: [0.0, 0.25, 0.0], ..Placed::resting([1.0, 2.0, 0.0]) },
        Placed { charge: -1.0, ..Placed::resting([-1.0, 0.5, 0.0]) },
    ];
    // Of several worlds in a row only the last is shown.
    worker.take(Command::Ask(GraphQuestion::Show(SHOWN)));
    let found = worker.ask(GraphQuestion::Show(Shown { bodies: 3, start: 4, placed: placed.clone() }));
    let [GraphSnapshot::Moved(motion)] = &found[..] else { panic!("{found:?}") };
    assert_eq!(motion.bodies_at(0)[..2], placed);
    assert_eq!(motion.edges.len(), 6);
    // The forces obey Newton's third law, and 1/r² with the reference's softening.
    let force = |from: u16, to: u16| {
        let edge = motion.edges.iter().find(|edge| (edge.sender, edge.receiver) == (from, to)).expect("an edge");
        assert_eq!(edge.message.len(), 2);
        edge.force.clone()
    };
    let (there, back) = (force(0, 1), force(1, 0));
    assert!(there.iter().zip(&back).all(|(a, b)| (a + b).abs() < 1e-6), "{there:?} {back:?}");
    let r = 2f32.hypot(1.5);
    let size = 3.0 / ((r + 0.01) * (r + 0.01));
    assert!((there[0].hypot(there[1]) - size).abs() < 1e-3 * size, "{there:?} {size}");

    let obeyed = worker.ask(GraphQuestion::Obey("m2 * dx / (r * (r + 0.01) * (r + 0.01))".into()));
    let [GraphSnapshot::Obeyed(Ok((fit, motion)))] = &obeyed[..] else { panic!("{obeyed:?}") };
    assert!(fit.r_squared > 0.999 && fit.per_mass && motion.shown.bodies == 3, "{fit:?}");
    let refused = worker.ask(GraphQuestion::Obey("foo".into()));
    assert!(matches!(&refused[..], [GraphSnapshot::Obeyed(Err(why))] if why.contains("foo")), "{refused:?}");
    let table = worker.ask(GraphQuestion::Tabulate);
    let [GraphSnapshot::Table(Ok((sheet, _)))] = &table[..] else { panic!("{table:?}") };
    assert!(sheet.columns.len() == sheet.headings.len() && !sheet.columns[0].is_empty());
    let more = worker.ask(GraphQuestion::Bodies(vec![4, 6]));
    assert!(matches!(&more[..], [GraphSnapshot::Bodies([trained, _])] if trained.len() == 2), "{more:?}");
}

#[test]
fn questions_wait_while_motions_are_simulated() {
    let mut worker =
        Worker::begin(GraphSpec { law: Some("dx".into()), ..spec(small(World::Spring)) }, None, Pace::Hold);
    let reports = worker.until_rest();
    assert!(reports.contains(&Report::Progress(GraphProgress::Preparing(0))), "{reports:?}");
    assert_eq!(worker.ask(GraphQuestion::Tabulate), []);
    worker.take(Command::Pace(Pace::Run));
    let found = snapshots(&worker.until_rest());
    assert!(found.iter().any(|snapshot| matches!(snapshot, GraphSnapshot::Obeyed(Ok(_)))), "the law is obeyed");
    assert!(found.iter().any(|snapshot| matches!(snapshot, GraphSnapshot::Table(_))), "the table is made");
}

#[test]
fn gravity_and_what_is_predicted_reach_the_network() {
    let mut recipe = small(World::Spring);
    (recipe.motions.world.gravity, recipe.motions.target) = (0.5, Target::VelocityChange);
    let reports = Worker::begin(spec(recipe), None, Pace::Run).until_rest();
    assert_eq!(last_motion(&reports).globals, [0.5, 0.0]);
}
