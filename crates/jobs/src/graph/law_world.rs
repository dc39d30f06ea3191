//! The circle closed: a world that moves by a formula which was read off messages.
//!
//! The formula gives what a body receives along x, up to a factor, from dx, dy, (dz,) r and the bodies' masses and charges. No
//! direction is distinguished, so along y it is the same with dx and dy exchanged. The factor, and whether the formula is a force
//! or a force per mass of the receiver, come from the accelerations of the worlds that were learned from. Gravity and drag,
//! which are no messages, act as they do in the true world.

use physics::dynamics::VectorField;
use physics::particles::dataset::Motions;
use physics::particles::scene::Scene;
use physics::phase_space::{PhasePoint, PhaseVelocity};
use symbolic::expr::Expr;
use symbolic::parse::parse;

/// A formula for what is received along an edge, with its factor.
#[derive(Clone, Debug, PartialEq)]
pub struct PairFormula {
    expr: Expr,
    /// What it is multiplied by.
    pub factor: f64,
    /// Whether it is a force per mass of the receiver rather than a force.
    pub per_mass: bool,
    /// The share of the accelerations' variance that it accounts for.
    pub r_squared: f64,
}

/// What a formula may speak of, as the tables of messages do.
pub const NAMES: [&str; 9] = ["dx", "dy", "dz", "r", "m1", "m2", "q1", "q2", "k"];

/// Moments whose accelerations decide factor and meaning.
const MOMENTS: usize = 400;

impl PairFormula {
    /// A formula as text in [`NAMES`], scaled to the accelerations in `motions`; or why not, in a sentence.
    pub fn fit(text: &str, motions: &Motions) -> Result<Self, String> {
        let expr = parse(text, &NAMES.map(str::to_owned)).map_err(|error| error.to_string())?;
        let mut formula = Self { expr, factor: 1.0, per_mass: false, r_squared: f64::NEG_INFINITY };
        for per_mass in [false, true] {
            let tried = Self { factor: 1.0, per_mass, ..formula.clone() };
            let (mut cross, mut square, mut total) = (0.0, 0.0, 0.0);
            for sample in motions.spread(MOMENTS) {
                let pulls = tried.accelerations(sample.scene, sample.positions, &vec![0.0; sample.velocities.len()]);
                for (pull, truth) in pulls.iter().zip(sample.scene.accelerations(sample.positions, sample.velocities)) {
                    if pull.is_finite() {
                        (cross, square, total) = (cross + pull * truth, square + pull * pull, total + truth * truth);
                    }
                }
            }
            let factor = cross / square;
            let r_squared = cross * factor / total;
            if r_squared.is_finite() && r_squared > formula.r_squared {
                formula = Self { factor, per_mass, r_squared, ..tried };
            }
        }
        if formula.r_squared.is_finite() { Ok(formula) } else { Err("This formula gives no finite force.".into()) }
    }

    /// Accelerations of all bodies, `[n, D]`.
    fn accelerations(&self, scene: &Scene, positions: &[f64], velocities: &[f64]) -> Vec<f64> {
        let d = scene.dimensions;
        let mut found = vec![0.0; positions.len()];
        for edge in scene.edges().iter().filter(|edge| edge.present) {
            let (i, j) = (edge.receiver, edge.sender);
            let (toward, r) = scene.separation(positions, i, j);
            for axis in 0..d {
                let row = [
                    toward[axis],
                    toward[if axis == 1 { 0 } else { 1 }],
                    toward[if axis == 2 { 0 } else { 2 }],
                    r,
                    scene.masses[i],
                    scene.masses[j],
                    scene.charges[i],
                    scene.charges[j],
                    edge.stiffness,
                ];
                let pull = self.factor * self.expr.value(&row);
                found[i * d + axis] += if self.per_mass { pull } else { pull / scene.masses[i] };
            }
        }
        for (k, acceleration) in found.iter_mut().enumerate() {
            *acceleration -= scene.globals.drag * velocities[k] / scene.masses[k / d];
            if k % d == 1 {
                *acceleration -= scene.globals.gravity;
            }
        }
        found
    }

    /// These bodies, moved by the formula.
    pub fn moving<'a>(&'a self, scene: &'a Scene) -> FormulaWorld<'a> {
        FormulaWorld { formula: self, scene }
    }
}

/// A world whose bodies are moved by a formula, with q = x and p = mv.
#[derive(Clone, Copy, Debug)]
pub struct FormulaWorld<'a> {
    formula: &'a PairFormula,
    scene: &'a Scene,
}

impl VectorField for FormulaWorld<'_> {
    fn velocity(&self, at: &PhasePoint) -> PhaseVelocity {
        let dq = self.scene.velocities(&at.p);
        let accelerations = self.formula.accelerations(self.scene, &at.q, &dq);
        let d = self.scene.dimensions;
        let dp = accelerations.iter().enumerate().map(|(k, a)| a * self.scene.masses[k / d]).collect();
        PhaseVelocity { dq, dp }
    }
}
