//! Claims about the graph network: what it depends on, that training goes on where it stopped, and what its messages are.

use autodiff::engine::{Engine, EngineError};
use autodiff::parameters::{Checkpoint, Parameters};
use models::activation::Activation;
use models::graph::centre::centred;
use models::graph::features::Moment;
use models::graph::law::{LawError, LawTarget, ROWS, law_search, law_table};
use models::graph::model::GraphModel;
use models::graph::network::GraphNetwork;
use models::graph::recipe::{GraphRecipe, GraphWidths, MessageRegulariser, Positions, RecipeError};
use models::graph::report::MessageReport;
use models::graph::training::GraphTraining;
use models::graph::zero_shot::zero_shot;
use models::layers::count;
use models::learner::{Learner, LossesOn};
use models::messages::comparison::ComparisonError;
use numerics::seed::{Purpose, Seed};
use physics::integrators::dormand_prince::{self, Tolerance};
use physics::particles::dataset::{MotionConfig, Target};
use physics::particles::scene::Scene;
use physics::particles::start;
use physics::particles::world::{World, WorldConfig};
use std::time::Instant;
use symbolic::data::Dataset;
use symbolic::expr::Expr;
use symbolic::island::Island;
use symbolic::print::{Notation, print};

/// A recipe small enough for tests.
fn small(world: World) -> GraphRecipe {
    let quick = GraphRecipe::quick(world);
    GraphRecipe {
        motions: MotionConfig { simulations: 200, ..quick.motions },
        widths: GraphWidths { hidden: 24, depth: 3 },
        batch: 16,
        steps: 1500,
        ..quick
    }
}

type GraphLearner = Learner<GraphTraining>;

fn learner(recipe: &GraphRecipe, seed: u32) -> GraphLearner {
    Learner::new(GraphTraining::new(recipe, Seed(seed)).expect("a valid recipe"), &Engine::Cpu).expect("a plan")
}

/// The same on the data of another one.
fn beside(recipe: &GraphRecipe, other: &GraphLearner) -> GraphLearner {
    let training = GraphTraining::with_data(recipe, other.model().data().clone(), Seed(1)).expect("a valid recipe");
    Learner::new(training, &Engine::Cpu).expect("a plan")
}

fn steps(learner: &mut GraphLearner, count: u64) {
    (0..count).for_each(|_| learner.step());
}

fn checkpoint(learner: &mut GraphLearner) -> Checkpoint {
    pollster::block_on(learner.checkpoint()).expect("the CPU answers")
}

fn parameters(learner: &mut GraphLearner) -> Parameters {
    checkpoint(learner).parameters
}

fn trained(learner: &mut GraphLearner) -> GraphModel {
    let parameters = parameters(learner);
    learner.model().model(&parameters)
}

fn messages(learner: &mut GraphLearner) -> Result<MessageReport, ComparisonError> {
    let parameters = parameters(learner);
    learner.model().messages(&parameters, learner.steps_taken())
}

fn scene(world: World, bodies: usize) -> (Scene, Vec<f64>, Vec<f64>) {
    let config = WorldConfig::new(world, bodies, 2).expect("a valid world");
    let (scene, start) = start::random(&config, &mut Seed(9).stream(Purpose::Scoring)).expect("a valid world");
    let velocities = scene.velocities(&start.p);
    (scene, start.q, velocities)
}

fn model(recipe: &GraphRecipe) -> GraphModel {
    GraphModel::new(recipe, &GraphNetwork::of(recipe).initial(1.0, Seed(2)), 1.0)
}

#[test]
fn bodies_in_another_order_are_moved_alike() {
    for positions in [Positions::Absolute, Positions::Relative] {
        let model = model(&GraphRecipe { positions, ..small(World::InverseSquare) });
        let (scene, x, v) = scene(World::InverseSquare, 5);
        let order = [3, 0, 4, 1, 2];
        let turned = |of: &[f64]| -> Vec<f64> { order.iter().flat_map(|i| of[2 * i..2 * i + 2].to_vec()).collect() };
        let numbers = |of: &[f64]| order.iter().map(|i| of[*i]).collect();
        let other = Scene::new(scene.law, 2, numbers(&scene.masses), numbers(&scene.charges));
        let here = model.accelerations(Moment { scene: &scene, positions: &x, velocities: &v });
        let there = model.accelerations(Moment { scene: &other, positions: &turned(&x), velocities: &turned(&v) });
        for (a, b) in turned(&here).iter().zip(there) {
            assert!((a - b).abs() < 1e-12, "{a} {b}");
        }
    }
}

#[test]
fn an_edge_that_is_absent_sends_nothing() {
    let model = model(&small(World::SpringNetwork));
    let (mut scene, mut x, v) = scene(World::SpringNetwork, 3);
    for (one, other, present) in [(0, 1, true), (0, 2, false), (1, 2, true)] {
        scene.join(one, other, present, 1.0);
    }
    let before = model.accelerations(Moment { scene: &scene, positions: &x, velocities: &v });
    let messages = model.messages(Moment { scene: &scene, positions: &x, velocities: &v });
    assert_eq!(messages[2..4], [0.0, 0.0], "from body 2 to body 0");
    x[5] += 0.7;
    let after = model.accelerations(Moment { scene: &scene, positions: &x, velocities: &v });
    assert_eq!(before[..2], after[..2], "body 0 does not see body 2");
    assert_ne!(before[2..4], after[2..4], "body 1 does");
}

#[test]
fn with_relative_positions_a_shift_changes_nothing() {
    let relative = model(&small(World::Spring));
    let absolute = model(&GraphRecipe { positions: Positions::Absolute, ..small(World::Spring) });
    let (scene, x, v) = scene(World::Spring, 4);
    let moved: Vec<f64> = x.iter().map(|x| x + 2.5).collect();
    let change = |model: &GraphModel| {
        let [here, there] =
            [&x, &moved].map(|positions| model.accelerations(Moment { scene: &scene, positions, velocities: &v }));
        here.iter().zip(&there).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
    };
    assert!(change(&relative) < 1e-12);
    assert!(change(&absolute) > 1e-3, "that is what shifts in training are for");
}

#[test]
fn a_run_from_a_checkpoint_goes_on_as_if_nothing_had_happened() {
    for regulariser in [MessageRegulariser::Bottleneck(2), MessageRegulariser::Kl { size: 9, alpha: 1.0 }] {
        let recipe =
            GraphRecipe { positions: Positions::Absolute, shift: 3.0, ..small(World::Damped).with(regulariser) };
        let mut whole = learner(&recipe, 1);
        steps(&mut whole, 15);
        let mut resumed = beside(&recipe, &whole);
        resumed.restore(&checkpoint(&mut whole)).expect("of the same shape");
        steps(&mut whole, 15);
        steps(&mut resumed, 15);
        assert_eq!(checkpoint(&mut whole), checkpoint(&mut resumed));
        assert_eq!(resumed.steps_taken(), 30);
        let other = GraphRecipe { widths: GraphWidths { hidden: 25, depth: 3 }, ..recipe };
        let mut other = beside(&other, &whole);
        assert_eq!(other.restore(&checkpoint(&mut whole)), Err(EngineError::Shapes));
    }
}

#[test]
fn what_is_told_travels() {
    let mut learner = learner(&small(World::Spring), 0);
    steps(&mut learner, 3);
    let report = messages(&mut learner).expect("finite messages");
    let saved = checkpoint(&mut learner);
    let bytes = postcard::to_allocvec(&(&report, &saved, learner.model().recipe())).expect("plain data");
    let read: (MessageReport, _, GraphRecipe) = postcard::from_bytes(&bytes).expect("the same");
    assert_eq!(read, (report.clone(), saved, *learner.model().recipe()));
    assert_eq!(report.scatter.len(), 2);
    assert!(report.scatter.iter().all(|scatter| (200..=300).contains(&scatter.points.len())));
    assert!(report.spreads[0].deviation >= report.spreads[1].deviation);
}

#[test]
fn with_kl_the_leading_numbers_are_those_furthest_from_noise() {
    let [size, hidden] = [5, 8];
    let recipe = GraphRecipe {
        widths: GraphWidths { hidden, depth: 1 },
        ..small(World::Spring).with(MessageRegulariser::Kl { size, alpha: 1.0 })
    };
    let mut learner = learner(&recipe, 0);
    let mut altered = checkpoint(&mut learner);
    // The last layer of the message network: its biases are the means of numbers 0 to 4 and their ln σ², far from the weights.
    let biases =
        altered.parameters.iter_mut().find(|matrix| matrix.values.len() == 2 * size).expect("two for a number");
    biases.values.copy_from_slice(&[0.0, 3.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, -6.0, 0.0]);
    learner.restore(&altered).expect("of the same shape");
    let model = trained(&mut learner);
    let (scene, x, v) = scene(World::Spring, 3);
    let [means, divergences] = model.messages_and_divergences(Moment { scene: &scene, positions: &x, velocities: &v });
    assert_eq!((means.len(), divergences.len()), (6 * size, 6 * size));
    // Number 1: about 9 + 1, number 3: about e^-6 + 6, all others: about 1, of which none is less.
    for of_edge in divergences.chunks(size) {
        assert!(of_edge.iter().all(|x| *x >= 1.0), "{of_edge:?}");
        assert!(of_edge[1] > 5.0 && of_edge[3] > 3.0 && of_edge[3] < 10.0, "{of_edge:?}");
    }
    let report = messages(&mut learner).expect("finite messages");
    let order: Vec<usize> = report.spreads.iter().map(|spread| spread.component).collect();
    assert_eq!(order[..2], [1, 3]);
    assert_eq!(report.scatter.iter().map(|scatter| scatter.component).collect::<Vec<_>>(), [1, 3]);
    let deviations: Vec<f64> = report.spreads.iter().map(|spread| spread.deviation).collect();
    assert!(!deviations.is_sorted_by(|a, b| a >= b), "by deviation they would be others: {deviations:?}");
}

#[test]
fn recipes_of_the_paper_can_be_followed() {
    for world in World::ALL {
        for (dimensions, regulariser) in
            [(2, MessageRegulariser::STANDARD), (2, MessageRegulariser::SPARSE), (3, MessageRegulariser::KL)]
        {
            let recipe = GraphRecipe::paper(world, dimensions).with(regulariser);
            assert_eq!(recipe.check(), Ok(()), "{world:?}");
            assert_eq!(GraphRecipe::quick(world).check(), Ok(()), "{world:?}");
        }
    }
    // What the paper counts for 2-D: 427,902 numbers with 100 in a message, 369,004 with two.
    for (regulariser, numbers) in
        [(MessageRegulariser::STANDARD, 427_902), (MessageRegulariser::Bottleneck(2), 369_004)]
    {
        let recipe = GraphRecipe::paper(World::Spring, 2).with(regulariser);
        assert_eq!(count(&GraphNetwork::of(&recipe).initial(1.0, Seed(0))), numbers);
    }
    let paper = GraphRecipe::paper(World::Spring, 2);
    let recipe =
        GraphRecipe { motions: MotionConfig { simulations: 8, snapshots: 4, ..paper.motions }, batch: 8, ..paper };
    let mut learner = learner(&recipe, 0);
    steps(&mut learner, 3);
    let losses = pollster::block_on(learner.losses(LossesOn::Some)).expect("the CPU answers");
    assert!(losses.train.is_finite() && losses.test.is_finite());
}

#[test]
fn recipes_that_cannot_be_followed_are_refused() {
    let good = small(World::Spring);
    let refused = |recipe: GraphRecipe| GraphTraining::new(&recipe, Seed(0)).map(|_| ()).expect_err("refused");
    let widths = GraphWidths { hidden: 0, depth: 3 };
    assert_eq!(refused(GraphRecipe { widths, ..good }), RecipeError::Widths);
    assert_eq!(refused(good.with(MessageRegulariser::Standard(0))), RecipeError::Message);
    assert_eq!(refused(GraphRecipe { batch: 0, ..good }), RecipeError::Step);
    assert_eq!(refused(GraphRecipe { lr: f64::NAN, ..good }), RecipeError::Step);
    let few = MotionConfig { simulations: 3, ..good.motions };
    assert_eq!(refused(GraphRecipe { motions: few, ..good }), RecipeError::TooFewMotions);
    let alone = WorldConfig { bodies: 1, ..good.motions.world };
    let alone = MotionConfig { world: alone, ..good.motions };
    assert!(matches!(refused(GraphRecipe { motions: alone, ..good }), RecipeError::Motions(_)));
}

#[test]
fn training_lowers_the_loss_on_motions_that_were_put_aside() {
    for (activation, positions, target) in [
        (Activation::Silu, Positions::Relative, Target::Acceleration),
        (Activation::Relu, Positions::Absolute, Target::VelocityChange),
    ] {
        let quick = small(World::Spring);
        let motions = MotionConfig { target, ..quick.motions };
        let recipe = GraphRecipe { motions, activation, positions, lr: 1e-2, ..quick };
        let mut learner = learner(&recipe, 0);
        let before = pollster::block_on(learner.losses(LossesOn::Some)).expect("the CPU answers");
        steps(&mut learner, recipe.steps);
        let after = pollster::block_on(learner.losses(LossesOn::Some)).expect("the CPU answers");
        println!("{before:?} {after:?}");
        assert!(learner.is_done() && after.test < 0.5 * before.test, "{before:?} {after:?}");
        let found = zero_shot(&trained(&mut learner), &[4, 8, 13], Seed(5));
        assert_eq!(found.iter().map(|found| found.bodies).collect::<Vec<_>>(), [4, 8], "thirteen are too many");
        assert!(found[0].relative.median < 1.0 && found[0].error.q25 < found[0].error.q75, "{found:?}");
    }
}

/// How a law answers when the vector between two bodies is λ times as long, in the direction of x: what it is like there.
fn scaled(law: &Expr, lambda: f64, masses: [f64; 2]) -> f64 {
    law.value(&[0.8 * lambda, 0.6 * lambda, lambda, masses[0], masses[1]])
}

/// Whether it is a law of the right form, with constants of its own. Along x, for a pair at distance λ in a fixed direction:
/// a·m₂/λ for 1/r and a·m₂/λ² for 1/r², each point within a tenth (a softened distance moves the nearest), and a·(λ − 1) for
/// springs, which is zero somewhere, to a tenth of its largest value.
fn has_the_form_of(world: World, law: &Expr) -> bool {
    let distances = [0.4, 0.7, 1.0, 1.4, 2.0, 2.8, 4.0];
    let form = |lambda: f64, m2: f64| match world {
        World::Spring => lambda - 1.0,
        World::InverseDistance => m2 / lambda,
        _ => m2 / (lambda * lambda),
    };
    let points: Vec<(f64, f64)> = [0.5, 1.0, 3.0]
        .into_iter()
        .flat_map(|m2| distances.map(|lambda| (scaled(law, lambda, [1.0, m2]), form(lambda, m2))))
        .collect();
    let factor = points.iter().map(|(said, form)| said * form).sum::<f64>()
        / points.iter().map(|(_, form)| form * form).sum::<f64>();
    let largest = points.iter().map(|(said, _)| said.abs()).fold(0.0, f64::max);
    let room = |form: f64| if world == World::Spring { 0.1 * largest } else { 0.1 * (factor * form).abs() };
    points.iter().all(|(said, form)| (said - factor * form).abs() < room(*form))
}

/// Evaluations of a search on one island: some twelve seconds.
const SEARCHED: u64 = 1_500_000;

/// Trains by the quick recipe, searches, and holds the suggested law against the true form.
fn discover(world: World, seed: u32) {
    let recipe = GraphRecipe::quick(world);
    let mut learner = learner(&recipe, seed);
    steps(&mut learner, recipe.steps);
    let table =
        law_table(&trained(&mut learner), &learner.model().data().test, LawTarget::Along(0), ROWS).expect("messages");
    assert_eq!(table.names, ["dx", "dy", "r", "m1", "m2"]);
    let data = Dataset::new(&table).expect("numbers");
    let mut island = Island::new(data, law_search(Seed(seed)), 0).expect("a valid search");
    let begun = Instant::now();
    island.step(SEARCHED);
    let law = island.snapshot().front.suggested().expect("a law").expr.clone();
    let text = print(&law, &table.names, Notation::Plain);
    println!("{} {seed}: {text} after {:.1?}", world.key(), begun.elapsed());
    assert!(has_the_form_of(world, &law), "{} {seed}: {text}", world.key());
}

#[test]
fn the_law_of_gravity_in_the_plane_is_read_off_messages() {
    discover(World::InverseDistance, 0);
}

#[test]
fn what_cannot_be_read_is_refused() {
    let mut learner = learner(&small(World::Spring), 0);
    let test = learner.model().data().test.clone();
    let refused = |learner: &mut GraphLearner, target| law_table(&trained(learner), &test, target, ROWS).map(|_| ());
    assert_eq!(refused(&mut learner, LawTarget::Number(2)), Err(LawError::NoTarget));
    assert_eq!(refused(&mut learner, LawTarget::Along(2)), Err(LawError::NoTarget));
    assert_eq!(refused(&mut learner, LawTarget::Number(1)), Ok(()));
    let mut broken = checkpoint(&mut learner);
    broken.parameters[0].values[0] = f32::NAN;
    learner.restore(&broken).expect("of the same shape");
    assert_eq!(refused(&mut learner, LawTarget::Along(0)), Err(LawError::NotFinite));
    assert!(messages(&mut learner).is_err());
}

#[test]
fn centred_messages_say_the_same_to_as_many_bodies() {
    for regulariser in [MessageRegulariser::Bottleneck(2), MessageRegulariser::Kl { size: 5, alpha: 1.0 }] {
        let recipe = small(World::InverseSquare).with(regulariser);
        let mut learner = learner(&recipe, 0);
        steps(&mut learner, 100);
        let model = trained(&mut learner);
        let other = centred(&model, &learner.model().data().test);
        let models = [model, other];
        for (bodies, same) in [(4, true), (7, false)] {
            let (scene, x, v) = scene(World::InverseSquare, bodies);
            let at = Moment { scene: &scene, positions: &x, velocities: &v };
            let [here, there] = models.each_ref().map(|model| model.accelerations(at));
            let change = here.iter().zip(&there).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            assert_eq!(change < 1e-5, same, "{bodies} bodies: {change:e}");
        }
    }
}

#[test]
#[ignore = "a minute"]
fn twelve_bodies_in_space_are_moved_as_well_as_the_six_that_were_learned_from() {
    // Measured: median relative errors at 6 and 12 bodies, seed 0: as trained 0.07 and 0.39, centred 0.07 and 0.08.
    let recipe = GraphRecipe { steps: 6000, ..GraphRecipe::many(MessageRegulariser::Bottleneck(3)) };
    let mut learner = learner(&recipe, 0);
    steps(&mut learner, recipe.steps);
    let model = trained(&mut learner);
    let grown = |model: &GraphModel| {
        let found = zero_shot(model, &[6, 8, 10, 12], Seed(1000));
        found.iter().for_each(|found| println!("{found:?}"));
        found[3].relative.median / found[0].relative.median
    };
    let (trained, centred) = (grown(&model), grown(&centred(&model, &learner.model().data().train)));
    assert!(centred < 1.3 && trained > 2.0 * centred, "{trained} {centred}");
}

#[test]
fn a_learned_world_moves_as_its_accelerations_say() {
    for target in [Target::Acceleration, Target::VelocityChange] {
        let recipe = small(World::Spring);
        let recipe = GraphRecipe { motions: MotionConfig { target, ..recipe.motions }, ..recipe };
        let model = model(&recipe);
        let (scene, x, v) = scene(World::Spring, 5);
        let at = Moment { scene: &scene, positions: &x, velocities: &v };
        let per = if target == Target::VelocityChange { recipe.motions.dt } else { 1.0 };
        for (acceleration, said) in model.accelerations(at).iter().zip(model.predictions(at)) {
            assert!((acceleration * per - said).abs() < 1e-12);
        }
        let start = scene.phase_point(&x, &v);
        let times = [0.0, 1e-4, 2e-4];
        let states =
            dormand_prince::integrate(&model.moving(&scene), &start, &times, Tolerance::TRUTH).expect("bounded");
        let [first, last] = [&states[0], &states[2]].map(|state| scene.velocities(&state.p));
        let middle = scene.velocities(&states[1].p);
        let said = model.accelerations(Moment { scene: &scene, positions: &states[1].q, velocities: &middle });
        for ((first, last), said) in first.iter().zip(&last).zip(said) {
            // A central difference over 2e-4: errs by 1e-8 of the third derivative.
            assert!(((last - first) / 2e-4 - said).abs() < 1e-5 * (1.0 + said.abs()), "{first} {last} {said}");
        }
    }
}
