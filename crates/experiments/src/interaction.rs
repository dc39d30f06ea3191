//! Interaction networks: settings and view.

use models::interaction::recipe::{InteractionRecipe, Predictor, Sizes};
use physics::interactions::domain::Domain;
use serde::{Deserialize, Serialize};

/// Interaction networks learn one domain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InteractionExperiment {
    /// What acts.
    pub domain: Domain,
    /// Whether they learn from several numbers of bodies at once, and not from one as in the paper.
    pub mixed: bool,
    /// Units of a hidden layer.
    pub hidden: usize,
    /// Steps of training.
    pub steps: u64,
    /// What every random draw descends from.
    pub seed: u32,
    /// What is shown; changing it restarts nothing.
    pub view: InteractionView,
}

/// The scene that is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InteractionView {
    /// Its bodies.
    pub bodies: usize,
    /// Which of the random starts.
    pub start: u32,
}

/// What the names of all recipes begin with.
const PREFIX: &str = "in-";

impl Default for InteractionExperiment {
    fn default() -> Self {
        Self::of(Domain::NBody)
    }
}

impl InteractionExperiment {
    /// The quick recipe of a domain.
    pub fn of(domain: Domain) -> Self {
        let InteractionRecipe { hidden, steps, sizes, .. } = InteractionRecipe::quick(domain);
        let view = InteractionView { bodies: domain.bodies(), start: 0 };
        Self { domain, mixed: sizes == Sizes::Mixed, hidden, steps, seed: 0, view }
    }

    /// Another domain; the seed stays.
    pub fn turned_to(&self, domain: Domain) -> Self {
        Self { seed: self.seed, ..Self::of(domain) }
    }

    /// The names of all recipes.
    pub fn names() -> impl Iterator<Item = String> {
        Domain::ALL.into_iter().map(|domain| Self::of(domain).name())
    }

    /// The name of its recipe.
    pub fn name(&self) -> String {
        format!("{PREFIX}{}", self.domain.key())
    }

    /// The recipe of this name.
    pub fn named(name: &str) -> Option<Self> {
        let key = name.strip_prefix(PREFIX)?;
        Domain::ALL.into_iter().find(|domain| domain.key() == key).map(Self::of)
    }

    /// What is trained side by side. Balls have no potential energy to predict.
    pub fn predictors(&self) -> &'static [Predictor] {
        const ALL: [Predictor; 4] =
            [Predictor::Interaction, Predictor::NoRelations, Predictor::Perceptron, Predictor::Energy];
        if self.domain == Domain::Balls { &ALL[..3] } else { &ALL }
    }

    /// The recipe of one of them.
    pub fn recipe(&self, predictor: Predictor) -> InteractionRecipe {
        let quick = InteractionRecipe::quick(self.domain);
        let sizes = if self.mixed { Sizes::Mixed } else { Sizes::One(self.domain.bodies()) };
        InteractionRecipe { sizes, hidden: self.hidden, steps: self.steps, ..quick }.with(predictor)
    }
}
