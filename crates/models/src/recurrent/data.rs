//! What a symplectic recurrent network learns from: states at a coarse step, with noise where the recipe has some.

use crate::recurrent::recipe::RecurrentRecipe;
use crate::recurrent::world::World;
use numerics::seed::{Purpose, Seed};
use physics::phase_space::PhasePoint;
use rand::Rng;
use rand_distr::{Distribution, StandardNormal};

/// Trajectories, and what is measured of them.
#[derive(Clone, Debug)]
pub struct RecurrentData {
    /// What moves.
    pub world: World,
    /// States that are learned from, noise included: `trajectories` of `length + 1`.
    pub train: Vec<Vec<PhasePoint>>,
    /// As many clean states of a tenth as many other trajectories.
    pub test: Vec<Vec<PhasePoint>>,
    /// Of what is learned from.
    pub scales: Scales,
}

/// Standard deviations, by which inputs, outputs and losses are scaled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scales {
    /// Of q and of p.
    pub state: [f64; 2],
    /// Of the change of q and of p in one step.
    pub change: [f64; 2],
}

impl RecurrentData {
    /// The data of a recipe, from the seed and nothing else.
    pub fn generate(recipe: &RecurrentRecipe, seed: Seed) -> Self {
        let world = World::of(recipe, seed);
        let mut rng = seed.stream(Purpose::InitialStates);
        let mut motions = |count: usize| -> Vec<Vec<PhasePoint>> {
            (0..count).map(|_| world.followed(recipe.length, &mut rng)).collect()
        };
        let (mut train, test) = (motions(recipe.trajectories), motions(recipe.trajectories.div_ceil(10)));
        let clean = Scales::of(&train);
        let mut noise = seed.stream(Purpose::Noise);
        if recipe.noise > 0.0 {
            train.iter_mut().flatten().for_each(|state| *state = noisy(state, recipe.noise, clean.state, &mut noise));
        }
        Self { scales: Scales::of(&train), world, train, test }
    }
}

/// A state with noise on each coordinate: `noise` times the scale of q or of p.
pub fn noisy(at: &PhasePoint, noise: f64, [q, p]: [f64; 2], rng: &mut impl Rng) -> PhasePoint {
    let mut blurred = |values: &[f64], scale: f64| -> Vec<f64> {
        let unit = |x: &f64| -> f64 {
            let unit: f64 = StandardNormal.sample(rng);
            x + noise * scale * unit
        };
        values.iter().map(unit).collect()
    };
    PhasePoint { q: blurred(&at.q, q), p: blurred(&at.p, p) }
}

impl Scales {
    fn of(motions: &[Vec<PhasePoint>]) -> Self {
        let coordinates = [|at: &PhasePoint| at.q.clone(), |at: &PhasePoint| at.p.clone()];
        let state = coordinates.map(|of| deviation(motions.iter().flatten().flat_map(of)));
        let change =
            coordinates.map(|of| {
                let pairs = motions.iter().flat_map(|states| states.windows(2));
                deviation(pairs.flat_map(|pair| {
                    of(&pair[1]).into_iter().zip(of(&pair[0])).map(|(b, a)| b - a).collect::<Vec<f64>>()
                }))
            });
        Self { state, change }
    }
}

fn deviation(numbers: impl Iterator<Item = f64>) -> f64 {
    let (mut sum, mut squares, mut count) = (0.0, 0.0, 0.0_f64);
    for x in numbers {
        (sum, squares, count) = (sum + x, squares + x * x, count + 1.0);
    }
    let mean = sum / count.max(1.0);
    (squares / count.max(1.0) - mean * mean).max(1e-12).sqrt()
}
