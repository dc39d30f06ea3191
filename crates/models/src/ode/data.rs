//! What graph networks learn from: exact motions of random systems of masses and springs, and their scales.

use crate::ode::recipe::OdeRecipe;
use numerics::seed::{Purpose, Seed};
use physics::oscillators::modes::Modes;
use physics::oscillators::random::network;
use physics::oscillators::system::Oscillators;
use physics::phase_space::PhasePoint;

/// Systems with their motions at equal steps of time.
#[derive(Clone, Debug, Default)]
pub struct Motions {
    /// One a trajectory.
    pub systems: Vec<Oscillators>,
    /// States of each trajectory, one more than it has steps.
    pub states: Vec<Vec<PhasePoint>>,
}

/// Motions to learn from and motions that are held out.
#[derive(Clone, Debug)]
pub struct OdeData {
    /// To learn from.
    pub train: Motions,
    /// To be judged by: a tenth as many.
    pub test: Motions,
    /// Of those to learn from.
    pub scales: Scales,
}

/// By what inputs and outputs of the networks are divided and multiplied, so that all are of the order of one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scales {
    /// Root mean square of a component of qⱼ − qᵢ.
    pub apart: f64,
    /// Root mean square of a component of p.
    pub momentum: f64,
    /// Root mean square change of a component of q and of p in a step.
    pub change: [f64; 2],
}

/// The mean of masses and stiffnesses, which are uniform in [0.5, 1.5].
pub const MIDDLE: f64 = 1.0;
/// Their standard deviation, 1/√12.
pub const DEVIATION: f64 = 0.288_675_134_594_812_9;

impl Motions {
    fn random(recipe: &OdeRecipe, count: usize, rng: &mut impl rand::Rng) -> Self {
        let mut motions = Self::default();
        for _ in 0..count {
            let (system, start) = network(recipe.bodies, recipe.joined, rng);
            let times = (0..=recipe.length).map(|step| step as f64 * recipe.dt);
            motions.states.push(Modes::of(&system).motion(&start, times));
            motions.systems.push(system);
        }
        motions
    }
}

impl OdeData {
    /// The data of a recipe, from the seed and nothing else.
    pub fn generate(recipe: &OdeRecipe, seed: Seed) -> Self {
        let mut rng = seed.stream(Purpose::InitialStates);
        let train = Motions::random(recipe, recipe.trajectories, &mut rng);
        let test = Motions::random(recipe, recipe.trajectories.div_ceil(10), &mut rng);
        let scales = Scales::of(&train);
        Self { train, test, scales }
    }
}

impl Scales {
    fn of(motions: &Motions) -> Self {
        let pairs = || motions.states.iter().flat_map(|states| states.windows(2));
        let change = |of: fn(&PhasePoint) -> &Vec<f64>| {
            root_mean_square(pairs().flat_map(|pair| of(&pair[1]).iter().zip(of(&pair[0])).map(|(b, a)| b - a)))
        };
        let momentum = root_mean_square(pairs().flat_map(|pair| pair[0].p.iter().copied()));
        let apart = root_mean_square(pairs().flat_map(|pair| {
            let q = &pair[0].q;
            (0..q.len()).flat_map(move |k| (k % 2..k).step_by(2).map(move |l| q[k] - q[l]))
        }));
        Self { apart, momentum, change: [change(|at| &at.q), change(|at| &at.p)] }
    }
}

fn root_mean_square(numbers: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = numbers.fold((0.0, 0usize), |(sum, count), x| (sum + x * x, count + 1));
    (sum / count.max(1) as f64).sqrt().max(1e-6)
}
