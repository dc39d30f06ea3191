//! Claims about two cores that train one model: the numbers are those of one core to the bit, whatever becomes of the partner.

use autodiff::engine::Engine;
use experiments::preset::Preset;
use experiments::schedule::{DeviceChoice, NetworkConfig, Schedule};
use experiments::{FieldExperiment, Models};
use jobs::graph::session as graphs;
use jobs::job::crew::Crew;
use jobs::job::message::{Command, Event, Pace, Report, RunId};
use jobs::job::server::Server;
use jobs::job::threads::Threads;
use jobs::job::{EngineKind, Job};
use jobs::protocol::graph::{GraphSpec, Shown};
use jobs::protocol::train::{ModelRecord, TrainModels, TrainSpec};
use jobs::training::session::{self, TrainingSession};
use models::graph::recipe::{GraphRecipe, GraphWidths};
use models::learner::{Learner, Trainable};
use models::team::{Later, Partner, Team};
use numerics::seed::Seed;
use physics::dataset::DataConfig;
use physics::particles::dataset::MotionConfig;
use physics::particles::world::World;
use std::rc::Rc;
use std::time::{Duration, Instant};

/// An HNN whose steps are just large enough to be shared.
fn wide(steps: u64) -> TrainSpec {
    let spring = Preset::Spring.experiment();
    let experiment = FieldExperiment {
        models: Models::Hnn,
        network: NetworkConfig { hidden: 200, ..spring.network },
        schedule: Schedule { steps, ..spring.schedule },
        data: DataConfig { trajectories: 60, samples: 50, ..spring.data },
        ..spring
    };
    TrainSpec::all(experiment)
}

/// A graph network whose steps are.
fn graph() -> GraphSpec {
    let quick = GraphRecipe::quick(World::Spring);
    let motions = MotionConfig { simulations: 12, ..quick.motions };
    let recipe = GraphRecipe { motions, widths: GraphWidths { hidden: 200, depth: 3 }, batch: 64, steps: 8, ..quick };
    let (regularisers, shown) = (vec![recipe.regulariser], Shown { bodies: 4, start: 0, placed: vec![] });
    GraphSpec { recipe, regularisers, seed: Seed(3), shown, law: None, device: DeviceChoice::Cpu, side_by_side: 1 }
}

fn step<M: Trainable>(learner: &mut Learner<M>) {
    learner.step();
    pollster::block_on(learner.keep_up()).expect("a core does not fail");
}

/// Six steps: alone, and with a partner for the last four.
fn compare<S: Clone + Send + 'static, M: Trainable + 'static>(make: fn(&S) -> Option<Learner<M>>, spec: &S) {
    let (mut alone, mut shared) = (make(spec).expect("a model"), make(spec).expect("a model"));
    assert!(alone.can_be_shared());
    for _ in 0..2 {
        [&mut alone, &mut shared].into_iter().for_each(step);
    }
    let recruit = Threads { cores: 2, spec: spec.clone(), make }.hire().expect("a thread");
    let begun = Instant::now();
    while recruit.is_ready() != Some(true) {
        assert!(begun.elapsed() < Duration::from_secs(60) && recruit.is_ready().is_some(), "no partner came");
        std::thread::sleep(Duration::from_millis(5));
    }
    let checkpoint = pollster::block_on(shared.checkpoint()).expect("a checkpoint");
    shared.join(Some(Team { half: 0, partner: recruit.begin(&checkpoint) }));
    for _ in 0..4 {
        [&mut alone, &mut shared].into_iter().for_each(step);
    }
    assert!(shared.is_shared(), "the partner is still there");
    let [alone, shared] = [&mut alone, &mut shared].map(|learner| pollster::block_on(learner.checkpoint()));
    assert!(alone.expect("a checkpoint") == shared.expect("a checkpoint"), "one core and two differ");
}

#[test]
fn two_cores_take_the_steps_of_one_to_the_bit() {
    compare(session::learner, &wide(6));
    compare(graphs::learner, &graph());
}

#[test]
fn small_steps_are_not_shared() {
    let small = TrainSpec::all(FieldExperiment { models: Models::Hnn, ..Preset::Spring.experiment() });
    let mut learner = session::learner(&small).expect("a model");
    learner.join(Some(Team { half: 0, partner: Box::new(Leaves(0, vec![])) }));
    assert!(!learner.can_be_shared() && !learner.is_shared());
}

/// A partner that answers with these numbers so many times and is gone then.
struct Leaves(usize, Vec<f32>);

impl Partner for Leaves {
    fn send(&mut self, _gradient: &[f32]) {}

    fn receive(&mut self) -> Later<'_, Option<Vec<f32>>> {
        self.0 = self.0.saturating_sub(1);
        let answer = (self.0 > 0).then(|| self.1.clone());
        Box::pin(std::future::ready(answer))
    }
}

#[test]
fn a_partner_that_goes_or_answers_nonsense_costs_no_step() {
    let spec = wide(6);
    let mut alone = session::learner(&spec).expect("a model");
    (0..3).for_each(|_| step(&mut alone));
    let alone = pollster::block_on(alone.checkpoint()).expect("a checkpoint");
    for partner in [Leaves(0, vec![]), Leaves(9, vec![1.0; 3])] {
        let mut left = session::learner(&spec).expect("a model");
        step(&mut left);
        left.join(Some(Team { half: 1, partner: Box::new(partner) }));
        // Read while a step is half done.
        left.step();
        assert_eq!(pollster::block_on(left.checkpoint()).expect("a checkpoint").step, 2);
        step(&mut left);
        assert!(!left.is_shared());
        assert!(pollster::block_on(left.checkpoint()).expect("a checkpoint") == alone, "it went on otherwise");
    }
}

/// The losses of a whole run in a worker, and whether it ended.
fn run(spec: TrainSpec, crew: Option<Rc<dyn Crew>>) -> (Vec<ModelRecord>, bool) {
    let mut server: Server<TrainingSession> = match crew {
        Some(crew) => Server::with_crew(Engine::Cpu, crew),
        None => Server::new(Engine::Cpu),
    };
    let begun = Instant::now();
    let clock = || begun.elapsed().as_secs_f64() * 1000.0;
    let (mut records, mut finished) = (vec![], false);
    let mut post = |event: Event<TrainModels>| match event {
        Event::Of(_, Report::Recorded(record)) => records.push(record),
        Event::Of(_, Report::Finished) => finished = true,
        _ => {}
    };
    let start = Command::Start { run: RunId(1), spec: Box::new(spec), saved: None, pace: Pace::Run };
    pollster::block_on(server.take(start, &clock, &mut post)).expect("no device to lose");
    while pollster::block_on(server.work(&clock, &mut post)).expect("no device to lose") {}
    (records, finished)
}

#[test]
fn a_run_with_a_crew_gives_the_losses_of_one_without() {
    let [part] = TrainModels::parts(&wide(70), EngineKind::Cpu, 2).try_into().expect("one model");
    let (alone, ended) = run(part.clone(), None);
    let crew: Rc<dyn Crew> = Rc::new(Threads { cores: 2, spec: part.clone(), make: session::learner });
    assert!(crew.has_room(1) && !crew.has_room(2), "two models keep two cores busy by themselves");
    let (shared, shared_ended) = run(part, Some(crew));
    assert!(ended && shared_ended && alone.len() > 2);
    assert_eq!(alone, shared);
}
