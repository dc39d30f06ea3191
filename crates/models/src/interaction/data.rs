//! Simulated scenes that all predictors of an experiment share, and the scales of their numbers.

use crate::interaction::features::{self, KINDS, OBJECT, RELATION, Scales, whole_width};
use crate::interaction::recipe::InteractionRecipe;
use numerics::seed::{Purpose, Seed};
use physics::interactions::domain::Domain;
use physics::interactions::episode::Episode;
use physics::interactions::scene::{Scene, State};
use rand::RngExt;

/// Scenes of one number of bodies.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Number of bodies.
    pub bodies: usize,
    /// Scenes, all of the same number of frames.
    pub episodes: Vec<Episode>,
    /// Numbers of the steps in which a velocity changes, where there are others.
    eventful: Vec<usize>,
}

/// Scales of all inputs and targets.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AllScales {
    /// Of relations, of each kind by itself.
    pub relations: [Scales; KINDS],
    /// Of an object.
    pub object: Scales,
    /// Of the whole state of the domain's own number of bodies; empty where no such scene is trained on.
    pub whole: Scales,
    /// Root mean square of a component of the change of velocity over one frame.
    pub change: f64,
    /// Mean and standard deviation of the potential energy.
    pub energy: [f64; 2],
}

/// What is learned from.
#[derive(Clone, Debug, PartialEq)]
pub struct InteractionData {
    /// One group for each scene of an item of a batch.
    pub groups: Vec<Group>,
    /// Scales of what is in them.
    pub scales: AllScales,
    /// Other scenes with these numbers of bodies, for losses during training.
    pub held_out: Vec<Group>,
}

/// One in so many scenes is held out.
const HELD_OUT: usize = 8;
/// Scales are taken from every so many frames.
const EVERY: usize = 7;

impl Group {
    /// Random scenes.
    pub fn random(domain: Domain, bodies: usize, count: usize, frames: usize, rng: &mut impl rand::Rng) -> Self {
        let episodes = (0..count).map(|_| Episode::random(domain, bodies, frames, rng)).collect();
        let mut group = Self { bodies, episodes, eventful: vec![] };
        let changes = |index: &usize| {
            let (_, state, next) = group.step(*index);
            state.velocities != next.velocities
        };
        let eventful: Vec<usize> = (0..group.steps()).filter(changes).collect();
        if eventful.len() < group.steps() {
            group.eventful = eventful;
        }
        group
    }

    /// The number of a random step. Where velocities change in some steps alone, as those of balls do, every second draw is one of
    /// these: most steps have nothing to teach.
    pub fn draw(&self, rng: &mut impl rand::Rng) -> usize {
        let eventful = !self.eventful.is_empty() && rng.random::<bool>();
        if eventful {
            self.eventful[rng.random_range(0..self.eventful.len())]
        } else {
            rng.random_range(0..self.steps())
        }
    }

    /// Frames that have a next one, scene after scene: so many there are.
    pub fn steps(&self) -> usize {
        self.episodes.iter().map(|episode| episode.states.len().saturating_sub(1)).sum()
    }

    /// A scene, one of its states and the next one.
    pub fn step(&self, index: usize) -> (&Scene, &State, &State) {
        let steps = (self.episodes[0].states.len() - 1).max(1);
        let Episode { scene, states } = &self.episodes[index / steps];
        (scene, &states[index % steps], &states[index % steps + 1])
    }
}

impl InteractionData {
    /// Simulates all scenes of a recipe. The predictor does not matter.
    pub fn generate(recipe: &InteractionRecipe, seed: Seed) -> Self {
        let mut rng = seed.stream(Purpose::InitialStates);
        let bodies = recipe.bodies();
        let each = (recipe.scenes / bodies.len()).max(2);
        // A perceptron of the whole state learns from scenes of the domain's own size alone: there are more of these.
        let own = recipe.domain.bodies();
        let mut groups = |part: usize| -> Vec<Group> {
            let count = |n: usize| (if n == own { recipe.scenes } else { each }).div_ceil(part);
            bodies.iter().map(|n| Group::random(recipe.domain, *n, count(*n), recipe.frames, &mut rng)).collect()
        };
        let (groups, held_out) = (groups(1), groups(HELD_OUT));
        let scales = AllScales::of(&groups, recipe.domain.bodies());
        Self { groups, scales, held_out }
    }

    /// The group with so many bodies.
    pub fn group(&self, bodies: usize) -> Option<&Group> {
        self.groups.iter().find(|group| group.bodies == bodies)
    }
}

impl AllScales {
    fn of(groups: &[Group], whole: usize) -> Self {
        let mut relations: [Vec<f64>; KINDS] = Default::default();
        let (mut objects, mut wholes) = (vec![], vec![]);
        let (mut changes, mut energies) = (vec![], vec![]);
        for group in groups {
            for index in (0..group.steps()).step_by(EVERY) {
                let (scene, state, next) = group.step(index);
                for relation in scene.relations() {
                    features::relation(scene, state, relation, &mut relations[features::kind(relation)]);
                }
                (0..group.bodies).for_each(|body| features::object(scene, state, body, &mut objects));
                if group.bodies == whole {
                    features::whole(scene, state, &mut wholes);
                }
                changes.extend(next.velocities.iter().zip(&state.velocities).map(|(next, now)| (next - now).powi(2)));
                energies.push(scene.potential_energy(state));
            }
        }
        let mean_square = changes.iter().sum::<f64>() / changes.len().max(1) as f64;
        Self {
            relations: relations.map(|rows| Scales::of(&rows, RELATION)),
            object: Scales::of(&objects, OBJECT),
            whole: if wholes.is_empty() { Scales::default() } else { Scales::of(&wholes, whole_width(whole)) },
            change: mean_square.sqrt().max(f64::MIN_POSITIVE),
            energy: Scales::of(&energies, 1).column(0),
        }
    }
}
