//! Symplectic recurrent networks at a coarse step: settings, view, and the names of their recipes.

use language::{text, translated};
use models::descent::Course;
use models::recurrent::recipe::{Coarse, RecurrentRecipe};
use serde::{Deserialize, Serialize};

/// Single-step, multi-step and Euler networks of one world.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecurrentExperiment {
    /// What moves.
    pub world: Coarse,
    /// Masses of a chain.
    pub masses: usize,
    /// Step of time of a chain times its largest frequency.
    pub omega_dt: f64,
    /// Trajectories to learn from.
    pub trajectories: usize,
    /// Noise on them, as a part of the standard deviation of each kind of coordinate.
    pub noise: f64,
    /// Steps in the loss of the multi-step model.
    pub unroll: usize,
    /// Steps of training.
    pub steps: u64,
    /// Units of a hidden layer.
    pub hidden: usize,
    /// Pieces of trajectories in a step of training.
    pub batch: usize,
    /// The highest learning rate.
    pub lr: f64,
    /// What every random draw descends from.
    pub seed: u32,
    /// The motion that is shown; changing it restarts nothing.
    pub view: RecurrentView,
}

/// What is shown.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecurrentView {
    /// Which of the random starts.
    pub start: u32,
    /// How much finer the step is than in training: 1 for the same.
    pub refine: usize,
    /// From where networks start.
    pub from: Start,
}

/// Where a shown motion starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Start {
    /// From the true state, as the true H always does.
    #[default]
    Clean,
    /// From an observation of it with noise of a tenth.
    Noisy,
    /// From the start that fits ten more such observations best.
    Optimised,
}

/// A named recipe.
struct Named {
    name: &'static str,
    label: &'static str,
    recipe: RecurrentRecipe,
}

/// The recipes, the first of which the page opens with.
const NAMED: [Named; 3] = [
    Named { name: "srnn-chain", label: text!("A chain"), recipe: RecurrentRecipe::CHAIN },
    Named { name: "srnn-chain-noisy", label: text!("A chain with noise"), recipe: RecurrentRecipe::NOISY_CHAIN },
    Named { name: "srnn-three-body", label: text!("Three bodies"), recipe: RecurrentRecipe::THREE_BODIES },
];

impl Default for RecurrentExperiment {
    fn default() -> Self {
        Self::of(&NAMED[0].recipe)
    }
}

impl RecurrentExperiment {
    fn of(recipe: &RecurrentRecipe) -> Self {
        let RecurrentRecipe { world, masses, omega_dt, trajectories, noise, unroll, hidden, batch, course, .. } =
            *recipe;
        Self {
            world,
            masses,
            omega_dt,
            trajectories,
            noise,
            unroll,
            steps: course.steps,
            hidden,
            batch,
            lr: course.highest,
            seed: 0,
            view: RecurrentView { start: 0, refine: 1, from: Start::Clean },
        }
    }

    /// Another world, with its recipe; the seed and what is shown stay.
    pub fn turned_to(&self, world: Coarse) -> Self {
        Self { seed: self.seed, view: self.view, ..Self::of(usual(world)) }
    }

    /// Names of all recipes, and what a visitor reads of them.
    pub fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
        NAMED.iter().map(|named| (named.name, translated(named.label)))
    }

    /// The recipe of this name.
    pub fn named(name: &str) -> Option<Self> {
        NAMED.iter().find(|named| named.name == name).map(|named| Self::of(&named.recipe))
    }

    /// The name of its recipe; that of the nearest where something was changed.
    pub fn name(&self) -> &'static str {
        let noisy = self.noise > 0.0;
        let of_its_kind = |named: &&Named| {
            let RecurrentRecipe { world, noise, .. } = named.recipe;
            world == self.world && (world != Coarse::Chain || (noise > 0.0) == noisy)
        };
        NAMED.iter().find(of_its_kind).map_or(NAMED[0].name, |named| named.name)
    }

    /// How its three networks are trained.
    pub fn recipe(&self) -> RecurrentRecipe {
        let Self { world, masses, omega_dt, trajectories, noise, unroll, steps, hidden, batch, lr, .. } = *self;
        let usual = usual(world);
        let course = Course { steps, highest: lr, ..usual.course };
        RecurrentRecipe { world, masses, omega_dt, trajectories, noise, unroll, hidden, batch, course, ..*usual }
    }
}

fn usual(world: Coarse) -> &'static RecurrentRecipe {
    match world {
        Coarse::Chain => &RecurrentRecipe::CHAIN,
        Coarse::ThreeBodies => &RecurrentRecipe::THREE_BODIES,
    }
}
