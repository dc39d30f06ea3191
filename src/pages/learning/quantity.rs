//! What the chart over time can show: the quantities that a system conserves.

use physics::phase_space::PhasePoint;
use physics::system::System;

/// A conserved quantity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Quantity {
    /// The true H.
    #[default]
    Energy,
    /// The size of the total momentum.
    Momentum,
    /// The angular momentum about the origin.
    AngularMomentum,
}

impl Quantity {
    /// All of them.
    pub const ALL: [Quantity; 3] = [Quantity::Energy, Quantity::Momentum, Quantity::AngularMomentum];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Quantity::Energy => "energy",
            Quantity::Momentum => "momentum",
            Quantity::AngularMomentum => "angular momentum",
        }
    }

    /// The name of its chart.
    pub fn title(self) -> &'static str {
        match self {
            Quantity::Energy => "Energy over time",
            Quantity::Momentum => "Momentum over time",
            Quantity::AngularMomentum => "Angular momentum over time",
        }
    }

    /// Those that a system conserves.
    pub fn conserved_by(system: &System) -> &'static [Quantity] {
        if system.mechanics().conserves_momenta() { &Self::ALL } else { &Self::ALL[..1] }
    }

    /// This one, or energy for a system that does not conserve it.
    pub fn of_system(self, system: &System) -> Self {
        if Self::conserved_by(system).contains(&self) { self } else { Quantity::Energy }
    }

    /// Its value in a state.
    pub fn value(self, system: &System, at: &PhasePoint) -> f64 {
        let [px, py, angular] = system.momenta(at).unwrap_or_default();
        match self {
            Quantity::Energy => system.energy(at),
            Quantity::Momentum => px.hypot(py),
            Quantity::AngularMomentum => angular,
        }
    }
}
