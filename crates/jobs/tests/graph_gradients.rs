//! Claims about the gradient of the graph network: the kernel held against finite differences of the independent evaluation
//! in double precision, and Burn's tape against the kernel, for every kind of message, with edges that are absent, with edge attributes and with globals.

use jobs::grapher::learning::Learning;
use jobs::training::burn_models::graph_network::{GraphNetwork, Graphs};
use jobs::training::engine::Engine;
use models::graph::batch::GraphBatch;
use models::graph::loss::loss;
use models::graph::model::GraphModel;
use models::graph::recipe::{GraphRecipe, GraphWidths, Positions, Rectifier, Strategy};
use models::graph::weights::GraphWeights;
use models::kernel::Part;
use models::kernel::graph::{GraphKernel, GraphLearner};
use numerics::seed::{Purpose, Seed};
use physics::particles::dataset::{MotionConfig, MotionDataset};
use physics::particles::world::{World, WorldConfig};
use rand_distr::{Distribution, StandardNormal};

/// Single precision adds up some hundred terms of 6e-8 each; a wrong term would be off by far more.
const TOLERANCE: f64 = 1e-4;
/// Nudges this small cross a kink of the loss for hardly any weight, and leave nine digits of the difference.
const NUDGE: f32 = 1e-6;

struct Problem {
    recipe: GraphRecipe,
    weights: GraphWeights,
    batch: GraphBatch,
    noise: Option<Vec<f32>>,
}

/// All strategies, with a price that matters.
fn strategies() -> [Strategy; 4] {
    [
        Strategy::Standard(21),
        Strategy::Bottleneck(3),
        Strategy::SparseL1 { size: 13, alpha: 0.1 },
        Strategy::Kl { size: 11, alpha: 0.3 },
    ]
}

/// Odd sizes on purpose: none is a multiple of the kernel's packs or blocks.
fn problem(world: World, bodies: usize, strategy: Strategy, rectifier: Rectifier, positions: Positions) -> Problem {
    let config = WorldConfig { world, bodies, dimensions: 3, gravity: 0.7 };
    let recipe = GraphRecipe {
        motions: MotionConfig::new(config, 15, 1),
        widths: GraphWidths { hidden: 19, depth: 3 },
        rectifier,
        positions,
        loudness: 1.0,
        ..GraphRecipe::quick(world).with(strategy)
    };
    let seed = Seed(3);
    let data = MotionDataset::generate(&recipe.motions, seed).expect("a valid world");
    let batch = GraphBatch::of(&recipe, data.train.spread(11), &[0.3, -0.2, 0.5]);
    let mut rng = seed.stream(Purpose::Noise);
    let mut normal = || -> f64 { StandardNormal.sample(&mut rng) };
    let noise = matches!(strategy, Strategy::Kl { .. })
        .then(|| (0..batch.present.len() * strategy.size()).map(|_| normal() as f32).collect());
    // As they start, networks hardly listen to their inputs, and gradients drown in rounding.
    let mut weights = GraphWeights::initial(&recipe, seed);
    weights.tensors_mut().for_each(|(_, values)| values.iter_mut().for_each(|x| *x *= 2.0));
    Problem { recipe, weights, batch, noise }
}

impl Problem {
    fn loss(&self, weights: &GraphWeights) -> f64 {
        loss(&GraphModel::new(&self.recipe, weights), &self.batch, self.noise.as_deref()).total()
    }

    /// Holds the kernel against central differences, each tensor relative to its own largest one.
    fn judge(&self) {
        let what = format!("{:?} {:?}", self.recipe.motions.world.world, self.recipe.strategy);
        let mut kernel = GraphKernel::new(&self.recipe, &self.weights);
        let found = kernel.differentiate(&self.batch, self.noise.as_deref());
        let truth = loss(&GraphModel::new(&self.recipe, &self.weights), &self.batch, self.noise.as_deref());
        for (found, truth) in [(found.prediction, truth.prediction), (found.price, truth.price)] {
            assert!((found - truth).abs() <= 1e-5 * truth, "{what}: {found} {truth}");
        }
        assert_eq!(truth.price > 0.0, self.recipe.strategy.alpha() > 0.0);
        let mut gradient = kernel.part(Part::Gradient);
        let gradient: Vec<Vec<f32>> = gradient.tensors_mut().map(|(_, values)| values.clone()).collect();
        for (t, claimed) in gradient.iter().enumerate() {
            let count = claimed.len();
            let chosen: Vec<usize> = (0..count).step_by(count.div_ceil(15).max(1)).collect();
            let differences: Vec<f64> = chosen.iter().map(|i| self.difference(t, *i)).collect();
            let largest = differences.iter().map(|x| x.abs()).fold(0.0, f64::max);
            assert!(largest > 1e-5, "{what}: tensor {t} is in the loss: {largest:e}");
            for (i, difference) in chosen.iter().zip(&differences) {
                let error = (f64::from(claimed[*i]) - difference).abs() / largest;
                assert!(error < TOLERANCE, "{what}: tensor {t} [{i}] is off by {error:e}");
            }
        }
    }

    fn difference(&self, tensor: usize, place: usize) -> f64 {
        let at = |nudge: f32| {
            let mut moved = self.weights.clone();
            let (_, values) = moved.tensors_mut().nth(tensor).expect("a tensor");
            values[place] += nudge;
            // What was really added, after rounding to single precision.
            let number = f64::from(values[place]);
            (number, self.loss(&moved))
        };
        let ((above, loss_above), (below, loss_below)) = (at(NUDGE), at(-NUDGE));
        (loss_above - loss_below) / (above - below)
    }
}

#[test]
fn the_kernels_gradient_is_the_finite_difference_of_the_loss() {
    for strategy in strategies() {
        problem(World::InverseDistance, 4, strategy, Rectifier::Silu, Positions::Relative).judge();
        problem(World::Spring, 3, strategy, Rectifier::Relu, Positions::Absolute).judge();
    }
}

#[test]
fn edges_that_are_absent_and_attributes_of_edges_and_globals_are_in_it() {
    for strategy in strategies() {
        let network = problem(World::SpringNetwork, 5, strategy, Rectifier::Silu, Positions::Relative);
        let absent = network.batch.present.iter().filter(|present| **present == 0.0).count();
        assert!(absent > 10 && absent < network.batch.present.len() - 10);
        network.judge();
        problem(World::String, 7, strategy, Rectifier::Silu, Positions::Absolute).judge();
        problem(World::Damped, 2, strategy, Rectifier::Relu, Positions::Relative).judge();
    }
}

#[test]
fn graphs_with_more_edges_than_a_block_are_in_it() {
    problem(World::String, 14, Strategy::Bottleneck(2), Rectifier::Silu, Positions::Relative).judge();
}

#[test]
fn burns_tape_finds_the_same_loss_and_gradient() {
    let engine = Engine::cpu_reference();
    for strategy in strategies() {
        for world in [World::InverseDistance, World::SpringNetwork] {
            let problem = problem(world, 4, strategy, Rectifier::Silu, Positions::Relative);
            let Problem { recipe, weights, batch, noise } = &problem;
            let mut kernel = GraphKernel::new(recipe, weights);
            let expected = kernel.differentiate(batch, noise.as_deref());
            let mut network = GraphNetwork::new(recipe, weights, &engine.taped);
            let loss = network.loss(&Graphs::new(batch, noise.as_deref(), &engine.taped)).total();
            let gradients = loss.backward();
            let found = loss.into_data().iter::<f32>().next().expect("a number");
            assert!((f64::from(found) / expected.total() - 1.0).abs() < 1e-5, "{strategy:?}: {found} {expected:?}");
            let mut claimed = kernel.part(Part::Gradient);
            for ((_, claimed), parameter) in claimed.tensors_mut().zip(network.parameters_mut()) {
                let gradient: Vec<f32> =
                    parameter.grad(&gradients).expect("a gradient").into_data().iter::<f32>().collect();
                let largest = claimed.iter().map(|x| x.abs()).fold(f32::MIN_POSITIVE, f32::max);
                assert_eq!(gradient.len(), claimed.len());
                for (a, b) in gradient.iter().zip(claimed.iter()) {
                    assert!((a - b).abs() < 1e-4 * largest, "{strategy:?} {world:?}: {a} {b}");
                }
            }
        }
    }
}

#[test]
fn on_an_engine_training_goes_where_it_goes_on_the_kernel() {
    let engine = Engine::cpu_reference();
    for strategy in strategies() {
        let Problem { recipe, .. } = problem(World::Spring, 4, strategy, Rectifier::Silu, Positions::Absolute);
        let recipe = GraphRecipe { steps: 40, batch: 8, lr: 2e-2, decay: 1e-2, ..recipe };
        let mut kernel = GraphLearner::new(&recipe, Seed(1)).expect("a valid recipe");
        let mut learning = Learning::on(kernel.clone(), &engine);
        let start = kernel.losses();
        for _ in 0..40 {
            kernel.step();
            learning.step();
            pollster::block_on(learning.keep_up()).expect("no device to lose");
        }
        // Until they are fetched, the numbers here are those of the start.
        assert_eq!(learning.learner_mut().losses(), start);
        pollster::block_on(learning.fetch()).expect("no device to lose");
        let (expected, found) = (kernel.losses(), learning.learner_mut().losses());
        assert!(expected.train < 0.95 * start.train, "{strategy:?}: {start:?} {expected:?}");
        for (a, b) in [(expected.train, found.train), (expected.test, found.test)] {
            assert!((a - b).abs() < 1e-3 * a, "{strategy:?}: {a} {b}");
        }
    }
}
