//! What is looked at while and after training. Nothing here changes what is learned.

use crate::physics::integrator::Scheme;
use serde::{Deserialize, Serialize};

/// The parts of the page that can be looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Page {
    /// Networks learn the experiment's system.
    #[default]
    Learning,
    /// The integrators, on the true system and on what was learned of it.
    Integrators,
    /// Molecules: what a simulation without learning can tell.
    Molecules,
}

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

/// What the page of molecules shows.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct MoleculesView {
    /// Of what.
    pub matter: MatterKind,
    /// How many.
    pub particles: usize,
    /// Temperature of a gas, in units of the depth of its potential.
    pub temperature: f64,
}

/// Where the shown motion starts and how it is stepped.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ViewConfig {
    /// The part of the page.
    pub page: Page,
    /// Position at the start.
    pub start_q: f64,
    /// Momentum at the start.
    pub start_p: f64,
    /// Which of the random orbits, where the start is not a point of a plane.
    pub orbit: u32,
    /// The scheme for truth and models, where it suits them.
    pub scheme: Scheme,
    /// Time step.
    pub dt: f64,
    /// Time shown.
    pub horizon: f64,
    /// Whether every momentum is turned round at half of it.
    pub turn: bool,
    /// The molecules.
    pub molecules: MoleculesView,
}
