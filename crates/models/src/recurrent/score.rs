//! Figures of merit where the step of time is coarse: rollouts of a trained model, of the true H by leapfrog, with refined steps and
//! from noisy starts.
//!
//! | figure | what it is |
//! |---|---|
//! | RMSE | median over motions of the root mean square of q − true q over steps and coordinates, over the true q's of all motions |
//! | drift | median over motions of the largest |H − H₀|/|H₀| along the rollout, with the true H |
//!
//! Fresh starts of the same kind as those learned from.

use crate::recurrent::data::{Scales, noisy};
use crate::recurrent::model::Stepped;
use crate::recurrent::network::RecurrentNetwork;
use crate::recurrent::starts::Starts;
use crate::recurrent::world::World;
use autodiff::cpu::PlanError;
use autodiff::parameters::Parameters;
use numerics::seed::{Purpose, Seed};
use numerics::statistics::median;
use physics::phase_space::PhasePoint;
use serde::{Deserialize, Serialize};

/// Motions that figures are taken over.
pub const MOTIONS: usize = 100;
/// Those with noise, whose starts are optimised.
pub const NOISY_MOTIONS: usize = 40;
/// Steps of the short rollout.
pub const SHORT: usize = 10;
/// Steps of the long one.
pub const LONG: usize = 100;
/// How much finer a refined step is.
pub const REFINED: usize = 5;
/// What runs away is counted as this.
pub const CAP: f64 = 1e6;

/// Figures of one model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RolloutErrors {
    /// Over [`SHORT`] steps.
    pub rmse_10: f64,
    /// Over [`LONG`] steps, of worlds in which neighbouring motions stay neighbours for so long.
    pub rmse_100: Option<f64>,
    /// Over the longest of these.
    pub drift: f64,
}

/// RMSE over [`SHORT`] steps from a noisy start, and from the same with the start optimised on noisy observations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct NoisyErrors {
    /// As it is.
    pub raw_10: f64,
    /// Optimised.
    pub optimised_10: f64,
}

/// True motions that no training has seen.
#[derive(Clone, Debug)]
pub struct Trials<'a> {
    world: &'a World,
    /// Of each motion.
    steps: usize,
    motions: Vec<Vec<PhasePoint>>,
}

impl<'a> Trials<'a> {
    /// Motions of [`LONG`] steps, or of [`SHORT`] ones where the world is chaotic, from the seed and nothing else.
    pub fn random(world: &'a World, seed: Seed) -> Self {
        let mut rng = seed.stream(Purpose::Scoring);
        let steps = if world.is_chaotic() { SHORT } else { LONG };
        Self { world, steps, motions: (0..MOTIONS).map(|_| world.followed(steps, &mut rng)).collect() }
    }

    /// The true states, `[MOTIONS]` of one more than there are steps.
    pub fn motions(&self) -> &[Vec<PhasePoint>] {
        &self.motions
    }

    /// Figures of a model or of the true H.
    pub fn errors(&self, stepped: Stepped<'_>) -> RolloutErrors {
        let rollouts: Vec<Vec<PhasePoint>> =
            self.motions.iter().map(|truth| stepped.rollout(&truth[0], self.steps)).collect();
        let hamiltonian = self.world.hamiltonian();
        let drift = |states: &Vec<PhasePoint>| {
            let first = hamiltonian.energy(&states[0]);
            let off = states.iter().map(|at| ((hamiltonian.energy(at) - first) / first).abs());
            off.fold(0.0, |worst: f64, x| if x.is_finite() { worst.max(x).min(CAP) } else { CAP })
        };
        RolloutErrors {
            rmse_10: self.rmse(&rollouts, SHORT),
            rmse_100: (self.steps >= LONG).then(|| self.rmse(&rollouts, LONG)),
            drift: median(rollouts.iter().map(drift).collect()).unwrap_or_default(),
        }
    }

    /// RMSE over [`SHORT`] steps with a step [`REFINED`] times finer.
    pub fn refined(&self, stepped: Stepped<'_>) -> f64 {
        let stepped = stepped.refined(REFINED);
        let rollouts: Vec<_> = self.motions.iter().map(|truth| stepped.rollout(&truth[0], SHORT)).collect();
        self.rmse(&rollouts, SHORT)
    }

    /// Errors from noisy starts: `noise` times the scale of each coordinate on the start and the [`SHORT`] states after it. They are
    /// taken against the clean motion.
    pub fn noisy(
        &self,
        (network, parameters): (&RecurrentNetwork, &Parameters),
        stepped: Stepped<'_>,
        noise: f64,
        scales: &Scales,
        seed: Seed,
    ) -> Result<NoisyErrors, PlanError> {
        let mut rng = seed.stream(Purpose::Noise);
        let motions = &self.motions[..NOISY_MOTIONS.min(self.motions.len())];
        let observed: Vec<Vec<PhasePoint>> = motions
            .iter()
            .map(|truth| truth[..=SHORT].iter().map(|at| noisy(at, noise, scales.state, &mut rng)).collect())
            .collect();
        let from = |starts: Vec<&PhasePoint>| {
            let rollouts: Vec<_> = starts.into_iter().map(|start| stepped.rollout(start, SHORT)).collect();
            self.rmse(&rollouts, SHORT)
        };
        let optimised = Starts::new(network, parameters, SHORT)?.optimised(&observed);
        Ok(NoisyErrors {
            raw_10: from(observed.iter().map(|states| &states[0]).collect()),
            optimised_10: from(optimised.iter().collect()),
        })
    }

    /// Over the steps after the start, of the first motions as far as there are rollouts.
    fn rmse(&self, rollouts: &[Vec<PhasePoint>], steps: usize) -> f64 {
        // Places are counted from the middle, where the mean of q is.
        let mean_square = |states: &[PhasePoint], truth: Option<&[PhasePoint]>| {
            let places = |states: &[PhasePoint]| -> Vec<f64> {
                states.iter().skip(1).take(steps).flat_map(|at| at.q.clone()).collect()
            };
            let (here, there) = (places(states), truth.map(places));
            let off = |(k, q): (usize, &f64)| (q - there.as_ref().map_or(0.0, |there| there[k])).powi(2);
            here.iter().enumerate().map(off).sum::<f64>() / here.len().max(1) as f64
        };
        let spread = self.motions.iter().map(|truth| mean_square(truth, None)).sum::<f64>() / self.motions.len() as f64;
        let errors = rollouts.iter().zip(&self.motions).map(|(states, truth)| {
            let ratio = (mean_square(states, Some(truth)) / spread).sqrt();
            if ratio.is_finite() { ratio.min(CAP) } else { CAP }
        });
        median(errors.collect()).unwrap_or(CAP)
    }
}
