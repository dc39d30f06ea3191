//! Neural relational inference: settings and view.

use models::relational::recipe::{Inference, RelationalRecipe};
use physics::coupled::system::Coupling;
use serde::{Deserialize, Serialize};

/// Where the motions come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum MotionSource {
    /// They are simulated, and their graphs are known.
    #[default]
    Simulated,
    /// From a visitor's file, which stays in the page: nobody knows its graph.
    File,
}

/// Hidden graphs are inferred from motions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RelationalExperiment {
    /// Where motions come from.
    pub source: MotionSource,
    /// How pairs act.
    pub coupling: Coupling,
    /// Where probabilities come from.
    pub inference: Inference,
    /// Number of bodies.
    pub bodies: usize,
    /// Steps of training.
    pub steps: u64,
    /// What every random draw descends from.
    pub seed: u32,
    /// What is shown; changing it restarts nothing.
    pub view: RelationalView,
}

/// The motion that is shown.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RelationalView {
    /// Its number among those that are explained.
    pub motion: u32,
}

/// What the names of all recipes begin with, and what those of an encoder end with.
const PREFIX: &str = "nri-";
const AMORTISED: &str = "-amortised";

impl Default for RelationalExperiment {
    fn default() -> Self {
        Self::of(Coupling::Springs, Inference::Free)
    }
}

impl RelationalExperiment {
    /// The quick recipe.
    pub fn of(coupling: Coupling, inference: Inference) -> Self {
        let RelationalRecipe { bodies, steps, .. } = RelationalRecipe::quick(coupling, inference);
        let (source, view) = (MotionSource::default(), RelationalView::default());
        Self { source, coupling, inference, bodies, steps, seed: 0, view }
    }

    /// Another system or way of inference; source, bodies and seed stay.
    pub fn turned_to(&self, coupling: Coupling, inference: Inference) -> Self {
        Self { source: self.source, bodies: self.bodies, seed: self.seed, ..Self::of(coupling, inference) }
    }

    /// The names of all recipes.
    pub fn names() -> impl Iterator<Item = String> {
        let all = [Inference::Free, Inference::Amortised].into_iter();
        all.flat_map(|inference| Coupling::ALL.map(|coupling| Self::of(coupling, inference).name()))
    }

    /// The name of its recipe.
    pub fn name(&self) -> String {
        let end = if self.inference == Inference::Amortised { AMORTISED } else { "" };
        format!("{PREFIX}{}{end}", self.coupling.key())
    }

    /// The recipe of this name.
    pub fn named(name: &str) -> Option<Self> {
        let key = name.strip_prefix(PREFIX)?;
        let (key, inference) =
            key.strip_suffix(AMORTISED).map_or((key, Inference::Free), |key| (key, Inference::Amortised));
        Coupling::ALL.into_iter().find(|coupling| coupling.key() == key).map(|coupling| Self::of(coupling, inference))
    }

    /// Its recipe.
    pub fn recipe(&self) -> RelationalRecipe {
        let quick = RelationalRecipe::quick(self.coupling, self.inference);
        // As many edges in a step whatever the number of bodies.
        let batch = (quick.batch * 20 / (self.bodies * (self.bodies - 1)).max(1)).clamp(8, quick.batch);
        RelationalRecipe { bodies: self.bodies, steps: self.steps, batch, ..quick }
    }

    /// The recipe of free inference for one motion of so many bodies, such as a visitor's own.
    pub fn recipe_for_one(&self, bodies: usize) -> RelationalRecipe {
        RelationalRecipe { bodies, steps: self.steps, ..RelationalRecipe::one(self.coupling) }
    }
}
