//! Messages between page and workers, and checkpoints, made worse: for every job.

use crate::mutate::{cases, chance, mutated, survives};
use autodiff::engine::Engine;
use experiments::FieldExperiment;
use experiments::interaction::InteractionExperiment;
use experiments::ode::OdeExperiment;
use experiments::preset::Preset;
use experiments::recurrent::RecurrentExperiment;
use experiments::relational::RelationalExperiment;
use experiments::schedule::{DeviceChoice, NetworkConfig, Schedule};
use jobs::dynamics::{ode::OdeLaboratory, recurrent::RecurrentLaboratory};
use jobs::ensemble::StartsSession;
use jobs::graph::session::GraphSession;
use jobs::job::execution::{Execution, SpecOf};
use jobs::job::message::{Command, Event, Pace, Report, RunId, Saved, decode, encode};
use jobs::job::server::Server;
use jobs::networks::session::NetworkSession;
use jobs::networks::{ExperimentOf, Laboratory};
use jobs::pool::{Graphics, Machine, Order, Pool, Wish, WorkerId};
use jobs::protocol::content::Content;
use jobs::protocol::ensemble::StartsSpec;
use jobs::protocol::graph::{GraphSpec, Shown};
use jobs::protocol::networks::NetworkSpec;
use jobs::protocol::recording::ReadingSpec;
use jobs::protocol::relations::{Bodies, RelationalTask};
use jobs::protocol::search::{Example, Request, Source, Tables};
use jobs::protocol::train::TrainSpec;
use jobs::reading::Reading;
use jobs::related::interactions::InteractionLaboratory;
use jobs::related::relations::RelationalLaboratory;
use jobs::symbolic_regression::session::SearchSession;
use jobs::symbolic_regression::table::FileReading;
use jobs::training::session::TrainingSession;
use models::graph::recipe::{GraphRecipe, GraphWidths};
use numerics::seed::Seed;
use physics::molecules::ensemble::Starts;
use physics::molecules::settings::GasConfig;
use physics::molecules::world::World;
use physics::particles::dataset::MotionConfig;
use physics::particles::world::World as ParticleWorld;
use rand::seq::IndexedRandom;
use std::cell::Cell;
use symbolic::evaluate::Objective;
use symbolic::operators::Operator;

/// Messages to the worker and to the page, for each job.
const MESSAGES: usize = 4_000;
/// Checkpoints for each job; each takes the work of a start, which of several networks side by side takes seconds.
const CHECKPOINTS: usize = 60;
const FEW_CHECKPOINTS: usize = 3;

/// A worker, by a clock that advances by 5 ms with every look.
struct Worker<X: Execution> {
    server: Server<X>,
    time: Cell<f64>,
}

impl<X: Execution> Worker<X> {
    fn new(engine: X::Engine) -> Self {
        Self { server: Server::new(engine), time: Cell::new(0.0) }
    }

    /// Takes a command and works until it holds; what it reported.
    fn carry_out(&mut self, command: Command<X::Job>, slices: usize) -> Vec<Event<X::Job>> {
        let mut events = vec![];
        let clock = || self.time.replace(self.time.get() + 5.0);
        let mut post = |event| events.push(event);
        let taken = pollster::block_on(self.server.take(command, &clock, &mut post));
        for _ in 0..slices {
            if taken.is_err() || !matches!(pollster::block_on(self.server.work(&clock, &mut post)), Ok(true)) {
                break;
            }
        }
        events
    }
}

fn start<X: Execution>(spec: &SpecOf<X>, saved: Option<Saved>) -> Command<X::Job> {
    Command::Start { run: RunId(1), spec: Box::new(spec.clone()), saved, pace: Pace::Steps(3) }
}

/// A job whose messages are made worse on the way to the worker, on the way to the page, and while the page kept them.
fn check<X: Execution>(number: u32, spec: &SpecOf<X>, engine: impl Fn() -> X::Engine, checkpoints: usize) {
    let mut chance = chance(number);
    let events = Worker::<X>::new(engine()).carry_out(start::<X>(spec, None), 2000);
    assert!(!events.is_empty(), "the job reports nothing");
    let written: Vec<Vec<u8>> = events.iter().map(encode).collect();
    let commands = [
        encode(&start::<X>(spec, None)),
        encode(&Command::<X::Job>::Measure { run: RunId(1), spec: Box::new(spec.clone()) }),
        encode(&Command::<X::Job>::Pace(Pace::Steps(7))),
    ];

    let mut pool = page::<X>(spec);
    for case in 0..cases(MESSAGES) {
        let whole = commands.choose(&mut chance).expect("a command");
        let bytes = mutated(&mut chance, whole);
        survives(&bytes, "a command", || decode::<Command<X::Job>>(&bytes));
        let whole = written.choose(&mut chance).expect("an event");
        let bytes = mutated(&mut chance, whole);
        survives(&bytes, "an event", || {
            if let Some(event) = decode::<Event<X::Job>>(&bytes) {
                let (pool, workers) = &mut pool;
                let worker = workers[case % workers.len()];
                pool.heard(worker, event, case as f64);
                pool.tick(case as f64 + 0.5);
            }
        });
        if case % 50 == 0 {
            pool = page::<X>(spec);
        }
    }

    let saved = events.iter().rev().find_map(|event| match event {
        Event::Of(_, Report::Saved(saved)) => Some(saved.clone()),
        _ => None,
    });
    let Some(saved) = saved else { return };
    let mut worker = Worker::<X>::new(engine());
    for _ in 0..cases(checkpoints) {
        let bytes = mutated(&mut chance, &saved.bytes);
        let bad = Saved { step: saved.step, bytes: bytes.clone() };
        survives(&bytes, "a checkpoint", || worker.carry_out(start::<X>(spec, Some(bad)), 2000));
    }
    let after = worker.carry_out(start::<X>(spec, Some(saved)), 2000);
    assert!(!after.iter().any(|event| matches!(event, Event::Of(_, Report::Refused(_)))), "it goes on from a good one");
}

/// A pool with a run of the job, and the workers that it called.
fn page<X: Execution>(spec: &SpecOf<X>) -> (Pool<X::Job>, Vec<WorkerId>) {
    let mut pool = Pool::new(Machine { cores: 2, gpu: Graphics::None });
    let orders = pool.wish(Wish::Start(Box::new(spec.clone()), Pace::Run), 0.0);
    let spawned = |order: Order<X::Job>| if let Order::Spawn(id, _) = order { Some(id) } else { None };
    let workers: Vec<_> = orders.into_iter().filter_map(spawned).collect();
    for worker in &workers {
        pool.heard(*worker, Event::Ready, 1.0);
    }
    (pool, workers)
}

#[test]
fn training_of_fields() {
    let spring = Preset::Spring.experiment();
    let network = NetworkConfig { hidden: 8, ..spring.network };
    let experiment = FieldExperiment { network, schedule: Schedule { steps: 30, ..spring.schedule }, ..spring };
    check::<TrainingSession>(10, &TrainSpec::all(experiment), || Engine::Cpu, CHECKPOINTS);
}

#[test]
fn training_of_graph_networks() {
    let quick = GraphRecipe::quick(ParticleWorld::Spring);
    let motions = MotionConfig { simulations: 24, ..quick.motions };
    let recipe =
        GraphRecipe { motions, widths: GraphWidths { hidden: 8, ..quick.widths }, steps: 30, batch: 8, ..quick };
    let shown = Shown { bodies: 4, start: 0, placed: vec![] };
    let regularisers = vec![recipe.regulariser];
    let spec =
        GraphSpec { recipe, regularisers, seed: Seed(3), shown, law: None, device: DeviceChoice::Cpu, side_by_side: 1 };
    check::<GraphSession>(11, &spec, || Engine::Cpu, CHECKPOINTS);
}

fn networks<L: Laboratory>(number: u32, experiment: ExperimentOf<L>) {
    check::<NetworkSession<L>>(
        number,
        &NetworkSpec::all(experiment, DeviceChoice::Cpu),
        || Engine::Cpu,
        FEW_CHECKPOINTS,
    );
}

#[test]
fn training_of_networks_side_by_side() {
    networks::<InteractionLaboratory>(12, InteractionExperiment { hidden: 8, steps: 6, ..Default::default() });
    let experiment = RelationalExperiment { bodies: 3, ..Default::default() };
    networks::<RelationalLaboratory>(13, RelationalTask { experiment, own: None });
    networks::<OdeLaboratory>(14, OdeExperiment { hidden: 8, steps: 6, trajectories: 20, ..Default::default() });
    networks::<RecurrentLaboratory>(
        15,
        RecurrentExperiment { hidden: 8, steps: 6, trajectories: 20, ..Default::default() },
    );
}

#[test]
fn searches_for_formulas_and_reading_of_tables() {
    let request = Request {
        island: 0,
        source: Source::Example(Example::Newton),
        target: 3,
        inputs: vec![0, 1, 2],
        operators: Operator::ALL[..4].to_vec(),
        errors: None,
        units: vec![],
        fit_units: false,
        seed: Seed(0),
        max_complexity: 12,
        objective: Objective::MeanSquared,
        seconds: 0.5,
    };
    check::<SearchSession>(16, &request, || (), CHECKPOINTS);
    check::<FileReading<Tables>>(17, &b"t,x\n0,1\n1,2\n2,4\n3,8\n".to_vec(), || (), CHECKPOINTS);
    check::<FileReading<Bodies>>(19, &bodies().into_bytes(), || (), CHECKPOINTS);
    let content = Content(pendulum().into_bytes().into());
    check::<Reading>(20, &ReadingSpec { content, options: data::Options::default() }, || (), CHECKPOINTS);
}

#[test]
fn ensembles() {
    let gas = GasConfig { particles: 16, density: 0.3, ..GasConfig::FLUID };
    let mut world = World::gas(gas, Seed(3)).expect("fits");
    world.equilibrate(100);
    let starts = Starts::of(&world, Seed(3)).expect("a gas");
    check::<StartsSession>(18, &StartsSpec { starts, numbers: vec![0] }, || (), CHECKPOINTS);
}

/// Three bodies on circles, as a table.
fn bodies() -> String {
    let row = |frame: u32| {
        let t = f64::from(frame) / 10.0;
        let place = |body: u32| format!(",{:.6},{:.6}", (t + f64::from(body)).cos(), (t + f64::from(body)).sin());
        format!("{t}{}\n", (0..3).map(place).collect::<String>())
    };
    let rows: String = (0..80).map(row).collect();
    format!("t,x1,y1,x2,y2,x3,y3\n{rows}")
}

/// A pendulum, as a table.
fn pendulum() -> String {
    let rows = (0..60).map(|row| f64::from(row) / 10.0).map(|t| format!("{t},{:.4},{:.4}\n", t.cos(), -t.sin()));
    format!("t [s],theta [rad],omega [rad/s]\n{}", rows.collect::<String>())
}
