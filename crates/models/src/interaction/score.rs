//! Figures of merit: errors of one frame and of rollouts, beside velocities that stay as they are, for each number of bodies.

use crate::interaction::data::Group;
use crate::interaction::model::{InteractionModel, moved};
use crate::interaction::recipe::Predictor;
use numerics::seed::{Purpose, Seed};
use numerics::statistics::median;
use physics::interactions::domain::Domain;
use physics::interactions::episode::Episode;
use physics::interactions::scene::{Scene, State};
use serde::{Deserialize, Serialize};

/// Scenes of each number of bodies on which a network is judged.
const SCENES: usize = 40;
/// Frames of each.
const FRAMES: usize = 101;
/// One in so many frames is evaluated.
const EVERY: usize = 5;
/// Scenes that are rolled out.
const ROLLED: usize = 12;
/// A rollout ends where the mean distance from the true places exceeds this.
pub const ROLLOUT_ERROR: f64 = 0.1;
/// States that go through the program at a time.
const AT_ONCE: usize = 20;

/// How a predictor does with so many bodies.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SizeScore {
    /// Number of bodies.
    pub bodies: usize,
    /// Mean square error of the next velocity, over bodies and components.
    pub mse: f64,
    /// That of velocities that stay as they are, over `mse`: above 1 is better than no change.
    pub mse_ratio: f64,
    /// The same ratio for the median of the errors of single moments, those left out in which no velocity changes.
    pub median_ratio: f64,
    /// Frames until the mean distance from the true places exceeds [`ROLLOUT_ERROR`]; at most those of a scene.
    pub rollout_steps: f64,
}

/// Scenes on which all predictors of an experiment are judged.
#[derive(Clone, Debug)]
pub struct Judged {
    groups: Vec<Group>,
}

impl Judged {
    /// Scenes of every size of a domain that no training has seen.
    pub fn new(domain: Domain, seed: Seed) -> Self {
        let mut rng = seed.stream(Purpose::Scoring);
        let groups = domain.sizes().iter().map(|n| Group::random(domain, *n, SCENES, FRAMES, &mut rng)).collect();
        Self { groups }
    }

    /// Scores of velocities that stay as they are.
    pub fn constant_velocity(&self) -> Vec<SizeScore> {
        self.groups.iter().map(|group| score(group, stay)).collect()
    }

    /// Scores of a predictor, of those sizes that it takes.
    pub fn score(&self, model: &InteractionModel) -> Vec<SizeScore> {
        let taken = self.groups.iter().filter(|group| model.takes(group.bodies));
        taken.map(|group| score(group, |scenes| model.velocities(scenes))).collect()
    }

    /// Variance of the potential energy over the mean square error of a predictor of it, for scenes of so many bodies.
    pub fn energy_ratio(&self, model: &InteractionModel, bodies: usize) -> Option<f64> {
        let group = self.groups.iter().find(|group| group.bodies == bodies && model.takes(bodies))?;
        let (mut truths, mut errors) = (vec![], vec![]);
        for chunk in moments(group).chunks(AT_ONCE) {
            let scenes: Vec<_> = chunk.iter().map(|(scene, state, _)| (*scene, *state)).collect();
            for ((scene, state), found) in scenes.iter().zip(model.energies(&scenes)) {
                let truth = scene.potential_energy(state);
                truths.push(truth);
                errors.push((truth - found).powi(2));
            }
        }
        let mean = truths.iter().sum::<f64>() / truths.len() as f64;
        let variance: f64 = truths.iter().map(|truth| (truth - mean).powi(2)).sum();
        Some(variance / errors.iter().sum::<f64>().max(f64::MIN_POSITIVE))
    }
}

impl InteractionModel {
    /// Whether a predictor outputs velocities.
    pub fn tells_velocities(predictor: Predictor) -> bool {
        predictor != Predictor::Energy
    }
}

fn stay(scenes: &[(&Scene, &State)]) -> Vec<Vec<f64>> {
    scenes.iter().map(|(_, state)| state.velocities.clone()).collect()
}

/// Some moments of all scenes with the next ones.
fn moments(group: &Group) -> Vec<(&Scene, &State, &State)> {
    let of = |episode: &'_ Episode| (0..episode.states.len() - 1).step_by(EVERY).collect::<Vec<_>>();
    let all = group.episodes.iter().flat_map(|episode| of(episode).into_iter().map(move |at| (episode, at)));
    all.map(|(episode, at)| (&episode.scene, &episode.states[at], &episode.states[at + 1])).collect()
}

fn score(group: &Group, velocities: impl Fn(&[(&Scene, &State)]) -> Vec<Vec<f64>>) -> SizeScore {
    let (mut errors, mut changes) = (vec![], vec![]);
    for chunk in moments(group).chunks(AT_ONCE) {
        let scenes: Vec<_> = chunk.iter().map(|(scene, state, _)| (*scene, *state)).collect();
        for ((_, state, next), found) in chunk.iter().zip(velocities(&scenes)) {
            errors.push(mean_square(&found, &next.velocities));
            changes.push(mean_square(&state.velocities, &next.velocities));
        }
    }
    let mse = errors.iter().sum::<f64>() / errors.len() as f64;
    let moving: Vec<usize> = (0..errors.len()).filter(|k| changes[*k] > f64::MIN_POSITIVE).collect();
    let middle = |of: &[f64]| median(moving.iter().map(|k| of[*k]).collect()).unwrap_or_default();
    SizeScore {
        bodies: group.bodies,
        mse,
        mse_ratio: changes.iter().sum::<f64>() / errors.iter().sum::<f64>().max(f64::MIN_POSITIVE),
        median_ratio: middle(&changes) / middle(&errors).max(f64::MIN_POSITIVE),
        rollout_steps: rollout_steps(group, velocities),
    }
}

/// Frames until the mean distance exceeds [`ROLLOUT_ERROR`], over several scenes together.
fn rollout_steps(group: &Group, velocities: impl Fn(&[(&Scene, &State)]) -> Vec<Vec<f64>>) -> f64 {
    let episodes = &group.episodes[..ROLLED.min(group.episodes.len())];
    let mut states: Vec<State> = episodes.iter().map(|episode| episode.states[0].clone()).collect();
    for frame in 1..FRAMES {
        let scenes: Vec<_> = episodes.iter().zip(&states).map(|(episode, state)| (&episode.scene, state)).collect();
        let found = velocities(&scenes);
        states = scenes.iter().zip(found).map(|((scene, state), v)| moved(state, v, scene.domain.dt())).collect();
        let of = |(episode, state): (&Episode, &State)| distance(&episode.states[frame], state);
        let mean = episodes.iter().zip(&states).map(of).sum::<f64>() / episodes.len() as f64;
        // A network that diverges is not within reach either.
        if mean > ROLLOUT_ERROR || mean.is_nan() {
            return (frame - 1) as f64;
        }
    }
    (FRAMES - 1) as f64
}

/// Mean distance between places of bodies.
pub fn distance(one: &State, other: &State) -> f64 {
    let apart = one.positions.chunks(2).zip(other.positions.chunks(2)).map(|(a, b)| (a[0] - b[0]).hypot(a[1] - b[1]));
    apart.sum::<f64>() / (one.positions.len() / 2).max(1) as f64
}

fn mean_square(found: &[f64], truth: &[f64]) -> f64 {
    found.iter().zip(truth).map(|(a, b)| (a - b).powi(2)).sum::<f64>() / truth.len().max(1) as f64
}
