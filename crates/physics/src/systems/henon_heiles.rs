//! Hénon and Heiles: a ball in a bowl with three ways out, a model of a star's motion through a galaxy.
//!
//! H(q, p) = ½(pₓ² + p_y²) + ½(x² + y²) + λ(x²y − y³/3)
//!
//! | symbol | meaning | default |
//! |---|---|---|
//! | q = (x, y) | place | |
//! | p = (pₓ, p_y) | momentum, the mass being 1 | |
//! | λ | how strongly the two directions act on one another | 1 |
//!
//! Equations of motion: dx/dt = pₓ, dy/dt = p_y, dpₓ/dt = −x − 2λxy, dp_y/dt = −y − λ(x² − y²). In polar coordinates the
//! potential is r²/2 + (λ/3) r³ sin 3φ. It has a minimum at the origin and three saddles at a distance 1/λ, at (0, 1/λ) and
//! (±√3/2λ, −1/2λ), of energy 1/6λ²; below that energy the ball cannot leave the triangle between them. Motions are mostly regular up
//! to about half of that energy and mostly chaotic near it. Hénon and Heiles, Astron. J. 69 (1964) 73, with λ = 1.

use crate::dynamics::{Hamiltonian, Separable};
use crate::formula::Formula;
use crate::mechanical_system::{MechanicalSystem, Portrait, Trials};
use crate::parameter::Parameter;
use crate::phase_space::PhasePoint;
use crate::picture::{Part, Picture, Place};
use crate::section::Section;
use language::tr;
use rand::{Rng, RngExt};
use serde::{Deserialize, Serialize};
use std::f64::consts::TAU;

/// How strongly the two directions act on one another.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct HenonHeiles {
    /// λ
    pub coupling: f64,
}

impl Default for HenonHeiles {
    fn default() -> Self {
        Self { coupling: 1.0 }
    }
}

/// Directions in which the border of the region that can be reached is drawn.
const DIRECTIONS: usize = 72;
/// Halvings of an interval that find a root to rounding.
const HALVINGS: usize = 52;
/// Distance of the farthest start in units of 1/λ. At ½ the energy is 1/6λ² at most, whatever the direction.
const FARTHEST: f64 = 0.49;

/// The sign change of a function that is below zero at the left end of an interval and above it at the right one, or the end
/// beyond which it would be.
fn root(f: impl Fn(f64) -> f64, (mut below, mut above): (f64, f64)) -> f64 {
    for _ in 0..HALVINGS {
        let middle = (below + above) / 2.0;
        if f(middle) < 0.0 { below = middle } else { above = middle }
    }
    (below + above) / 2.0
}

impl HenonHeiles {
    fn potential(&self, (x, y): Place) -> f64 {
        (x * x + y * y) / 2.0 + self.coupling * (x * x * y - y.powi(3) / 3.0)
    }

    /// Distance at which the potential reaches an energy, in a direction; the saddles' distance or `reach` where it does not
    /// before.
    fn border(&self, energy: f64, direction: f64, reach: f64) -> f64 {
        let (sin, cos) = direction.sin_cos();
        root(|r| self.potential((r * cos, r * sin)) - energy, (0.0, reach.min(1.0 / self.coupling)))
    }
}

impl Hamiltonian for HenonHeiles {
    fn energy(&self, at: &PhasePoint) -> f64 {
        (at.p[0].powi(2) + at.p[1].powi(2)) / 2.0 + self.potential((at.q[0], at.q[1]))
    }

    fn position_gradient(&self, at: &PhasePoint) -> Vec<f64> {
        self.potential_gradient(&at.q)
    }

    fn momentum_gradient(&self, at: &PhasePoint) -> Vec<f64> {
        self.kinetic_gradient(&at.p)
    }
}

impl Separable for HenonHeiles {
    fn kinetic_gradient(&self, p: &[f64]) -> Vec<f64> {
        p.to_vec()
    }

    fn potential_gradient(&self, q: &[f64]) -> Vec<f64> {
        let (x, y) = (q[0], q[1]);
        vec![x + 2.0 * self.coupling * x * y, y + self.coupling * (x * x - y * y)]
    }
}

impl MechanicalSystem for HenonHeiles {
    fn key(&self) -> &'static str {
        "henon-heiles"
    }

    fn label(&self) -> &'static str {
        tr!("Hénon–Heiles system")
    }

    fn separable(&self) -> Option<&dyn Separable> {
        Some(self)
    }

    fn parameters(&self) -> &'static [Parameter] {
        const COUPLING: Parameter = Parameter {
            key: "coupling",
            label: "Coupling λ",
            help: "how strongly the two directions of the bowl act on one another",
            range: (0.1, 1.0),
        };
        &[COUPLING]
    }

    fn parameter_mut(&mut self, key: &str) -> Option<&mut f64> {
        (key == "coupling").then_some(&mut self.coupling)
    }

    fn dof(&self) -> usize {
        2
    }

    /// A uniform direction of the cube [−1, 1]⁴, scaled to a uniform radius of phase space, which is at most 0.49/λ: then the
    /// energy is below that of the saddles.
    fn random_start(&self, rng: &mut dyn Rng, (near, far): (f64, f64), _spread: f64) -> PhasePoint {
        let direction: [f64; 4] = std::array::from_fn(|_| rng.random_range(-1.0..=1.0));
        let length = direction.iter().map(|x| x * x).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
        let radius = (near + (far - near) * rng.random::<f64>()).min(FARTHEST / self.coupling);
        PhasePoint::from_coordinates(&direction.map(|x| x * radius / length))
    }

    /// Some sixteen swings: a Poincaré section needs many.
    fn trials(&self) -> Trials {
        Trials { horizon: 100.0, points: 500 }
    }

    fn portrait(&self) -> Portrait {
        Portrait::Section(Section { zero: 0, axes: [1, 3], names: ["y", "p_y"], condition: "x = 0, pₓ > 0" })
    }

    /// On the surface x = 0, spread over the part of it that this energy reaches: five at rest in y, three at y = 0.
    fn section_starts(&self, energy: f64) -> Vec<PhasePoint> {
        let energy = energy.min(1.0 / (6.0 * self.coupling.powi(2)));
        let top = self.border(energy, TAU / 4.0, f64::INFINITY);
        let bottom = -self.border(energy, 3.0 * TAU / 4.0, f64::INFINITY);
        let fastest = (2.0 * energy).max(0.0).sqrt();
        let resting = [0.08, 0.28, 0.5, 0.72, 0.92].map(|part| (bottom + part * (top - bottom), 0.0));
        let passing = [0.35, 0.65, 0.9].map(|part| (0.0, part * fastest));
        let start = |(y, momentum): Place| {
            let left = 2.0 * (energy - self.potential((0.0, y))) - momentum * momentum;
            PhasePoint { q: vec![0.0, y], p: vec![left.max(0.0).sqrt(), momentum] }
        };
        resting.into_iter().chain(passing).map(start).collect()
    }

    fn traced(&self, at: &PhasePoint) -> Vec<Place> {
        vec![(at.q[0], at.q[1])]
    }

    /// The farthest that a ball of this energy gets, with some room.
    fn extent(&self, start: &PhasePoint) -> f64 {
        1.1 * self.border(self.energy(start), TAU / 4.0, f64::INFINITY)
    }

    /// The ball, and the border of the region that its energy can reach.
    fn picture(&self, at: &PhasePoint, reach: f64) -> Picture {
        let energy = self.energy(at);
        let border = (0..=DIRECTIONS).map(|i| {
            let direction = TAU * i as f64 / DIRECTIONS as f64;
            let r = self.border(energy, direction, reach);
            (r * direction.cos(), r * direction.sin())
        });
        Picture::around(reach, vec![Part::Line(border.collect()), Part::Bob((at.q[0], at.q[1]))])
    }

    fn formula(&self) -> Formula {
        use Formula::{Number, Operator, Symbol};
        let half = || Formula::fraction(Number(1.0), Number(2.0));
        let sum = |a: Formula, b: Formula| Formula::row([a.squared(), Operator("+"), b.squared()]).bracketed();
        let cube = Formula::Power(Box::new([Symbol("y"), Number(3.0)]));
        let bend =
            Formula::row([Symbol("x").squared(), Symbol("y"), Operator("−"), Formula::fraction(cube, Number(3.0))]);
        Formula::energy(
            "H",
            [
                half(),
                sum(Formula::indexed("p", "x"), Formula::indexed("p", "y")),
                Operator("+"),
                half(),
                sum(Symbol("x"), Symbol("y")),
                Operator("+"),
                Formula::factor(self.coupling),
                if self.coupling == 1.0 { bend } else { bend.bracketed() },
            ],
        )
    }
}
