//! The circle closed: a world that moves by a formula which was read off messages.
//!
//! The formula gives what a body receives along x, up to a factor, from dx, dy, (dz,) r and the bodies' masses and charges. No
//! direction is distinguished, so along y it is the same with dx and dy exchanged. The factor, and whether the formula is a force
//! or a force per mass of the receiver, come from the accelerations that bodies give one another in the worlds in which the
//! formula was found. Its error is measured on fresh worlds. Gravity and drag, which are no messages, are left out of both and act
//! on the moving world as they do in the true one.

use crate::protocol::graph::LawFit;
use language::tr;
use physics::dynamics::VectorField;
use physics::particles::dataset::Motions;
use physics::particles::scene::Scene;
use physics::phase_space::{PhasePoint, PhaseVelocity};
use symbolic::expr::Expr;
use symbolic::parse::parse;
use symbolic::print::{Notation, print};

/// A formula for what is received along an edge, with its factor.
#[derive(Clone, Debug, PartialEq)]
pub struct PairFormula {
    expr: Expr,
    /// Its factor, and how good it is.
    pub fit: LawFit,
}

/// What a formula may speak of, as the tables of messages do.
pub const NAMES: [&str; 9] = ["dx", "dy", "dz", "r", "m1", "m2", "q1", "q2", "k"];

/// Moments whose accelerations decide factor and meaning.
const MOMENTS: usize = 400;

/// Components of accelerations, by a formula of factor 1 and true ones; those where the formula is not finite are counted apart.
#[derive(Default)]
struct Held {
    pairs: Vec<[f64; 2]>,
    not_finite: usize,
}

impl PairFormula {
    /// A formula as text in [`NAMES`], scaled to the accelerations in `motions` and judged by those of `fresh` worlds; or why not, in
    /// a sentence.
    ///
    /// The factor is the one with the smallest Σ|a − factor · formula|, as networks are trained: by least squares a few near
    /// collisions would decide it.
    pub fn fit(text: &str, motions: &Motions, fresh: &Motions) -> Result<Self, String> {
        let expr = parse(text, &NAMES.map(str::to_owned)).map_err(|error| error.to_string())?;
        let scaled = |per_mass: bool| {
            let law = print(&expr, &NAMES.map(str::to_owned), Notation::Plain);
            let formula = Self { expr: expr.clone(), fit: LawFit { law, factor: 1.0, per_mass, ..LawFit::default() } };
            let held = formula.held(motions);
            let factor = least_absolute(&held.pairs)?;
            let missed = held.pairs.iter().map(|[predicted, truth]| (truth - factor * predicted).abs()).sum::<f64>();
            Some((missed, Self { fit: LawFit { factor, ..formula.fit }, ..formula }))
        };
        let both = [false, true].into_iter().filter_map(scaled);
        let best = both.min_by(|(a, _), (b, _)| a.total_cmp(b));
        let Some((_, formula)) = best else { return Err(tr!("This formula gives no finite force.").into()) };
        let held = formula.held(fresh);
        let all = (held.pairs.len() + held.not_finite).max(1) as f64;
        let fit = LawFit {
            r_squared: explained(&held.pairs),
            worlds: fresh.recordings.len(),
            not_finite: held.not_finite as f64 / all,
            ..formula.fit.clone()
        };
        if fit.r_squared.is_finite() {
            Ok(Self { fit, ..formula })
        } else {
            Err(tr!("This formula gives no finite force.").into())
        }
    }

    fn held(&self, motions: &Motions) -> Held {
        let mut held = Held::default();
        for sample in motions.spread(MOMENTS) {
            let predicted = self.pair_accelerations(sample.scene, sample.positions);
            for (predicted, truth) in predicted.into_iter().zip(sample.scene.pair_accelerations(sample.positions)) {
                if predicted.is_finite() { held.pairs.push([predicted, truth]) } else { held.not_finite += 1 }
            }
        }
        held
    }

    /// Accelerations of all bodies by one another, `[n, D]`.
    fn pair_accelerations(&self, scene: &Scene, positions: &[f64]) -> Vec<f64> {
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
                let pull = self.fit.factor * self.expr.value(&row);
                found[i * d + axis] += if self.fit.per_mass { pull } else { pull / scene.masses[i] };
            }
        }
        found
    }

    /// Accelerations of all bodies, with gravity and drag, `[n, D]`.
    fn accelerations(&self, scene: &Scene, positions: &[f64], velocities: &[f64]) -> Vec<f64> {
        let d = scene.dimensions;
        let mut found = self.pair_accelerations(scene, positions);
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

/// The factor c with the smallest Σ|y − cx|: the median of y/x, each weighing |x|. None where no x differs from 0.
fn least_absolute(pairs: &[[f64; 2]]) -> Option<f64> {
    let mut ratios: Vec<[f64; 2]> = pairs
        .iter()
        .filter(|[x, _]| *x != 0.0)
        .map(|[x, y]| [y / x, x.abs()])
        .filter(|[ratio, _]| ratio.is_finite())
        .collect();
    ratios.sort_by(|[a, _], [b, _]| a.total_cmp(b));
    let half = ratios.iter().map(|[_, weight]| weight).sum::<f64>() / 2.0;
    let mut below = 0.0;
    ratios
        .iter()
        .find(|[_, weight]| {
            below += weight;
            below >= half
        })
        .map(|[ratio, _]| *ratio)
}

/// R² of values y by x: 1 − Σ(y − x)²/Σ(y − ȳ)². No number where y does not vary.
fn explained(pairs: &[[f64; 2]]) -> f64 {
    let mean = pairs.iter().map(|[_, y]| y).sum::<f64>() / pairs.len() as f64;
    let (missed, total) =
        pairs.iter().fold((0.0, 0.0), |(missed, total), [x, y]| (missed + (y - x).powi(2), total + (y - mean).powi(2)));
    1.0 - missed / total
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
