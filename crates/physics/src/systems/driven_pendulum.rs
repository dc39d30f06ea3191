//! A pendulum that is driven: a force swings to and fro beside it, so that H depends on time and energy is not kept.
//!
//! H(q, p, t) = p²/2ml² + mgl(1 − cos q) − A sin q cos ωt
//!
//! | symbol | meaning | default |
//! |---|---|---|
//! | q | angle from hanging straight down, radians | |
//! | p | angular momentum ml² dq/dt | |
//! | m, l, g | mass, length, gravity | ½, 1, 6 |
//! | A | largest moment of the force, which acts sideways | 1 |
//! | ω | angular frequency of the force | 2 |
//!
//! Along a motion dH/dt = ∂H/∂t = A ω sin q sin ωt. The state is (q, t; p, w) in the extended phase space (Goldstein, *Classical
//! Mechanics*, 8.4; Arnold, *Mathematical Methods*, §45): time is a position, and its momentum w is minus the energy that the force has put in.
//! The extended Hamiltonian H(q, p, t) + w does not depend on time, splits, and is conserved; its equations are
//! dq/dt = p/ml², dt/dt = 1, dp/dt = −mgl sin q + A cos q cos ωt, dw/dt = −∂H/∂t. Every motion starts at t = 0 with w = 0.

use crate::dynamics::{Hamiltonian, Separable};
use crate::formula::Formula;
use crate::mechanical_system::{MechanicalSystem, Portrait, Trials};
use crate::parameter::Parameter;
use crate::phase_space::PhasePoint;
use crate::picture::{Picture, Place};
use crate::systems::pendulum::Pendulum;
use language::tr;
use rand::Rng;
use serde::{Deserialize, Serialize};

/// The pendulum and the force.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct DrivenPendulum {
    /// What is driven.
    pub pendulum: Pendulum,
    /// A
    pub drive: f64,
    /// ω
    pub frequency: f64,
}

impl Default for DrivenPendulum {
    fn default() -> Self {
        Self { pendulum: Pendulum::default(), drive: 1.0, frequency: 2.0 }
    }
}

impl DrivenPendulum {
    fn planar(at: &PhasePoint) -> PhasePoint {
        PhasePoint::planar(at.q[0], at.p[0])
    }

    /// ∂H/∂t, the power of the force.
    pub fn power(&self, at: &PhasePoint) -> f64 {
        self.drive * self.frequency * at.q[0].sin() * (self.frequency * at.q[1]).sin()
    }
}

impl Hamiltonian for DrivenPendulum {
    /// H(q, p, t) + w.
    fn energy(&self, at: &PhasePoint) -> f64 {
        self.reference_energy(at) + at.p[1]
    }

    fn position_gradient(&self, at: &PhasePoint) -> Vec<f64> {
        self.potential_gradient(&at.q)
    }

    fn momentum_gradient(&self, at: &PhasePoint) -> Vec<f64> {
        self.kinetic_gradient(&at.p)
    }
}

impl Separable for DrivenPendulum {
    fn kinetic_gradient(&self, p: &[f64]) -> Vec<f64> {
        vec![self.pendulum.kinetic_gradient(&p[..1])[0], 1.0]
    }

    fn potential_gradient(&self, q: &[f64]) -> Vec<f64> {
        let fall = self.pendulum.potential_gradient(&q[..1])[0];
        let push = self.drive * q[0].cos() * (self.frequency * q[1]).cos();
        vec![fall - push, self.drive * self.frequency * q[0].sin() * (self.frequency * q[1]).sin()]
    }
}

impl MechanicalSystem for DrivenPendulum {
    fn key(&self) -> &'static str {
        "driven-pendulum"
    }

    fn label(&self) -> &'static str {
        tr!("driven pendulum")
    }

    fn dof(&self) -> usize {
        2
    }

    fn separable(&self) -> Option<&dyn Separable> {
        Some(self)
    }

    fn is_driven(&self) -> bool {
        true
    }

    fn parameters(&self) -> &'static [Parameter] {
        const DRIVE: Parameter = Parameter {
            key: "drive",
            label: "Drive",
            help: "largest moment of the force that drives it",
            range: (0.0, 5.0),
        };
        const FREQUENCY: Parameter = Parameter {
            key: "frequency",
            label: "Drive frequency",
            help: "angular frequency of that force",
            range: (0.1, 10.0),
        };
        &[Parameter::MASS, Parameter::LENGTH, Parameter::GRAVITY, DRIVE, FREQUENCY]
    }

    fn parameter_mut(&mut self, key: &str) -> Option<&mut f64> {
        match key {
            "drive" => Some(&mut self.drive),
            "frequency" => Some(&mut self.frequency),
            _ => self.pendulum.parameter_mut(key),
        }
    }

    fn turns(&self) -> bool {
        true
    }

    /// H(q, p, t), which the force changes.
    fn reference_energy(&self, at: &PhasePoint) -> f64 {
        let push = self.drive * at.q[0].sin() * (self.frequency * at.q[1]).cos();
        self.pendulum.energy(&Self::planar(at)) - push
    }

    /// As of a pendulum, at t = 0.
    fn random_start(&self, rng: &mut dyn Rng, (near, far): (f64, f64), spread: f64) -> PhasePoint {
        let start = self.pendulum.random_start(rng, (near, far), spread);
        PhasePoint { q: vec![start.q[0], 0.0], p: vec![start.p[0], 0.0] }
    }

    /// As long as the motions that are learned from: of later times nothing is known.
    fn trials(&self) -> Trials {
        Trials { horizon: 6.0, points: 120 }
    }

    fn portrait(&self) -> Portrait {
        Portrait::Paths
    }

    /// (q, p), in the plane of a phase portrait.
    fn traced(&self, at: &PhasePoint) -> Vec<Place> {
        vec![(at.q[0], at.p[0])]
    }

    fn extent(&self, start: &PhasePoint) -> f64 {
        let force = self.drive / self.pendulum.gravity / self.pendulum.mass / self.pendulum.length;
        1.4 * (start.q[0].hypot(start.p[0]) + force)
    }

    fn picture(&self, at: &PhasePoint, reach: f64) -> Picture {
        self.pendulum.picture(&Self::planar(at), reach)
    }

    fn formula(&self) -> Formula {
        use Formula::{Number, Operator, Symbol};
        let Formula::Row(mut parts) = self.pendulum.formula() else { return self.pendulum.formula() };
        let [push, sin] = [Formula::factor(self.drive), Formula::written("'sin' q")];
        let turning = Formula::row([Number(self.frequency), Symbol("t")]);
        parts.extend([Operator("−"), push, sin, Formula::cos(turning)]);
        Formula::Row(parts)
    }
}
