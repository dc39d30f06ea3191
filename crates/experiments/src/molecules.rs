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

/// What stays as it is while molecules move, and so what their averages over time are averages of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum EnsembleKind {
    /// Their energy: they are alone.
    #[default]
    Microcanonical,
    /// A temperature: they are in a heat bath.
    Canonical,
}

/// A box of molecules.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct MoleculesExperiment {
    /// Of what.
    pub matter: MatterKind,
    /// How many.
    pub particles: usize,
    /// Alone or in a heat bath.
    pub ensemble: EnsembleKind,
    /// Temperature of a gas or of the bath, in units of the depth of its potential.
    pub temperature: f64,
}

impl Default for MoleculesExperiment {
    fn default() -> Self {
        Self { matter: MatterKind::Fluid, particles: 256, ensemble: EnsembleKind::Microcanonical, temperature: 1.0 }
    }
}
