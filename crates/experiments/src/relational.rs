//! Neural relational inference: settings and view.

use models::relational::recipe::{Inference, RelationalRecipe};
use physics::coupled::system::Coupling;
use serde::{Deserialize, Serialize};

/// Hidden graphs are inferred from motions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RelationalExperiment {
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
        Self { coupling, inference, bodies, steps, seed: 0, view: RelationalView::default() }
    }

    /// Another system or way of inference; bodies and seed stay.
    pub fn turned_to(&self, coupling: Coupling, inference: Inference) -> Self {
        Self { bodies: self.bodies, seed: self.seed, ..Self::of(coupling, inference) }
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
}
