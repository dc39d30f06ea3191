//! The pages, one for each kind of experiment.

use serde::{Deserialize, Serialize};

/// The page that is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Page {
    /// Networks learn the experiment's system.
    #[default]
    Learning,
    /// The integrators, on the true system and on what was learned of it.
    Integrators,
    /// Molecules: a simulation without learning.
    Molecules,
    /// Formulas, looked for in numbers.
    Formula,
    /// Graph networks that learn how particles act on one another.
    Graph,
    /// Interaction networks, which predict a frame at a time.
    Interactions,
    /// Graphs that are inferred from motion.
    Hidden,
    /// Graph networks trained through an integrator.
    Ode,
    /// Networks trained at a coarse step.
    Recurrent,
}

impl Page {
    /// Whether it is about the field and its run.
    pub fn is_about_field(self) -> bool {
        matches!(self, Self::Learning | Self::Integrators)
    }
}
