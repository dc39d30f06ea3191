//! Two or three bodies in a plane that attract one another.
//!
//! H(q, p) = Σᵢ |pᵢ|²/2m − Σ_{i<j} G m²/|qᵢ − qⱼ|
//!
//! | symbol | meaning | value |
//! |---|---|---|
//! | qᵢ = (xᵢ, yᵢ) | place of body i | |
//! | pᵢ | its momentum m dqᵢ/dt | |
//! | m | mass of each body | 1 |
//! | G | constant of gravitation | 1 |
//!
//! Coordinates come in the order (x₁…xₙ, y₁…yₙ), momenta likewise. Equations of motion: dqᵢ/dt = pᵢ/m,
//! dpᵢ/dt = −Σⱼ G m² (qᵢ − qⱼ)/|qᵢ − qⱼ|³. Energy, total momentum and angular momentum are conserved. The system and its starts
//! are those of Greydanus, Dzamba and Yosinski, *Hamiltonian Neural Networks* (2019), as their code has them. The paper and the
//! slide deck write the potential as +g m₁m₂/|q₁ − q₂|²: the sign would push the bodies apart, and the square belongs to the
//! force.

use crate::dynamics::{Hamiltonian, Separable};
use crate::formula::Formula;
use crate::mechanical_system::{MechanicalSystem, Portrait, Trials};
use crate::phase_space::PhasePoint;
use crate::picture::{Part, Picture, Place};
use language::tr;
use rand::{Rng, RngExt};
use rand_distr::{Distribution, StandardNormal};
use serde::{Deserialize, Serialize};
use std::f64::consts::{FRAC_PI_3, TAU};

/// How many bodies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Gravity {
    /// A pair on a nearly circular orbit.
    #[default]
    Two,
    /// Three on a nearly circular orbit, which is unstable: they soon scatter.
    Three,
}

impl Gravity {
    /// The number of bodies.
    pub fn bodies(self) -> usize {
        match self {
            Gravity::Two => 2,
            Gravity::Three => 3,
        }
    }

    /// Calls `each` for every pair of bodies, with i < j, q's difference and distance.
    fn pairs(self, q: &[f64], mut each: impl FnMut(usize, usize, (f64, f64), f64)) {
        let n = self.bodies();
        for i in 0..n {
            for j in i + 1..n {
                let apart = (q[i] - q[j], q[n + i] - q[n + j]);
                each(i, j, apart, apart.0.hypot(apart.1));
            }
        }
    }
}

impl Hamiltonian for Gravity {
    fn energy(&self, at: &PhasePoint) -> f64 {
        let mut energy = at.p.iter().map(|p| p * p / 2.0).sum();
        self.pairs(&at.q, |_, _, _, distance| energy -= 1.0 / distance);
        energy
    }

    fn position_gradient(&self, at: &PhasePoint) -> Vec<f64> {
        self.potential_gradient(&at.q)
    }

    fn momentum_gradient(&self, at: &PhasePoint) -> Vec<f64> {
        self.kinetic_gradient(&at.p)
    }
}

impl Separable for Gravity {
    fn kinetic_gradient(&self, p: &[f64]) -> Vec<f64> {
        p.to_vec()
    }

    fn potential_gradient(&self, q: &[f64]) -> Vec<f64> {
        let n = self.bodies();
        let mut gradient = vec![0.0; q.len()];
        self.pairs(q, |i, j, (dx, dy), distance| {
            let pull = distance.powi(-3);
            gradient[i] += pull * dx;
            gradient[j] -= pull * dx;
            gradient[n + i] += pull * dy;
            gradient[n + j] -= pull * dy;
        });
        gradient
    }
}

/// No start is nearer to the middle, whatever is requested: the time of an orbit there is short, and at 0 all bodies meet.
const NEAREST: f64 = 0.1;
/// Room around the first places of bodies: two stay about as far apart, three soon fly further.
const ROOM: f64 = 1.7;

impl MechanicalSystem for Gravity {
    fn key(&self) -> &'static str {
        "gravity"
    }

    fn label(&self) -> &'static str {
        match self {
            Gravity::Two => tr!("two bodies"),
            Gravity::Three => tr!("three bodies"),
        }
    }

    fn dof(&self) -> usize {
        2 * self.bodies()
    }

    fn separable(&self) -> Option<&dyn Separable> {
        Some(self)
    }

    fn spreads(&self) -> bool {
        true
    }

    /// A random start near a circular orbit, at rest as a whole (two bodies) or nearly so (three).
    ///
    /// Two bodies: each coordinate of the first from `near` to `far`, the second opposite, speeds off the circular one by a
    /// common normal factor of standard deviation `spread`. Three bodies: an equilateral triangle of radius `near` to `far`, each
    /// component of velocity off by its own uniform factor of at most `spread`.
    fn random_start(&self, rng: &mut dyn Rng, (near, far): (f64, f64), spread: f64) -> PhasePoint {
        let mut between = || (near + (far - near) * rng.random::<f64>()).max(NEAREST);
        match self {
            Gravity::Two => {
                let (x, y) = (between(), between());
                let unit: f64 = StandardNormal.sample(rng);
                // Each is held by a force 1/(2r)² at a distance r from the middle: v² = 1/4r.
                let speed = (1.0 + spread * unit) / (2.0 * x.hypot(y).powf(1.5));
                let (vx, vy) = (-y * speed, x * speed);
                PhasePoint { q: vec![x, -x, y, -y], p: vec![vx, -vx, vy, -vy] }
            }
            Gravity::Three => {
                let radius = between();
                let angle = TAU * rng.random::<f64>();
                // Two forces 1/(3r²) at 30° to the middle: v² = 1/(√3 r).
                let speed = (FRAC_PI_3.sin() / (2.0 * (FRAC_PI_3 / 2.0).cos().powi(2)) / radius).sqrt();
                let mut factor = || 1.0 + spread * rng.random_range(-1.0..=1.0);
                let (mut q, mut p) = (vec![0.0; 6], vec![0.0; 6]);
                for i in 0..3 {
                    let (sin, cos) = (angle + TAU * i as f64 / 3.0).sin_cos();
                    (q[i], q[3 + i]) = (radius * cos, radius * sin);
                    (p[i], p[3 + i]) = (-speed * sin * factor(), speed * cos * factor());
                }
                PhasePoint { q, p }
            }
        }
    }

    /// Total momentum (x, y), and angular momentum about the origin.
    fn momenta(&self, at: &PhasePoint) -> Option<[f64; 3]> {
        let n = self.bodies();
        let mut sums = [0.0; 3];
        for i in 0..n {
            let (px, py) = (at.p[i], at.p[n + i]);
            sums[0] += px;
            sums[1] += py;
            sums[2] += at.q[i] * py - at.q[n + i] * px;
        }
        Some(sums)
    }

    fn conserves_momenta(&self) -> bool {
        true
    }

    /// The times of the published figures.
    fn trials(&self) -> Trials {
        let horizon = match self {
            Gravity::Two => 25.0,
            Gravity::Three => 3.0,
        };
        Trials { horizon, points: 500 }
    }

    fn portrait(&self) -> Portrait {
        Portrait::Paths
    }

    fn traced(&self, at: &PhasePoint) -> Vec<Place> {
        let (x, y) = at.q.split_at(at.q.len() / 2);
        x.iter().copied().zip(y.iter().copied()).collect()
    }

    fn extent(&self, start: &PhasePoint) -> f64 {
        ROOM * start.q.iter().map(|x| x.abs()).fold(0.1, f64::max)
    }

    fn picture(&self, at: &PhasePoint, reach: f64) -> Picture {
        Picture::around(reach, self.traced(at).into_iter().map(Part::Bob).collect())
    }

    /// The kinetic energies, less one over each distance.
    fn formula(&self) -> Formula {
        use Formula::{Number, Operator, Symbol};
        let size = |inner: Formula| Formula::row([Operator("|"), inner, Operator("|")]);
        let between = [Formula::indexed("q", "i"), Operator("−"), Formula::indexed("q", "j")];
        let pairs = Formula::row([Symbol("i"), Operator("<"), Symbol("j")]);
        Formula::energy(
            "H",
            [
                Formula::Sum(Box::new(Symbol("i"))),
                Formula::fraction(size(Formula::indexed("p", "i")).squared(), Number(2.0)),
                Operator("−"),
                Formula::Sum(Box::new(pairs)),
                Formula::fraction(Number(1.0), size(Formula::row(between))),
            ],
        )
    }
}
