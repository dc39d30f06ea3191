//! A simulation of molecules.

use serde::{Deserialize, Serialize};

/// Matter of the page of molecules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum MatterKind {
    /// A thin gas.
    Dilute,
    /// A fluid.
    #[default]
    Fluid,
    /// A dense fluid.
    Dense,
    /// A harmonic chain whose energy starts in one mode.
    Chain,
}

/// A box of molecules.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct MoleculesExperiment {
    /// Of what.
    pub matter: MatterKind,
    /// How many.
    pub particles: usize,
    /// Temperature of a gas, in units of the depth of its potential.
    pub temperature: f64,
}

impl Default for MoleculesExperiment {
    fn default() -> Self {
        Self { matter: MatterKind::Fluid, particles: 256, temperature: 1.0 }
    }
}
