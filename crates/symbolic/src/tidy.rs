//! A law with whole and half numbers where the rows do not contradict.
//!
//! A fit gives 1.9987 where nature has 2. A free constant is given up for the nearest whole or half number if that lowers
//! Schwarz's criterion (1978), n ln(loss) + k ln(n) for n rows and k free constants: if the loss rises by less than a free constant is
//! expected to lower it in noise.

use crate::constants::{is_whole, whole};
use crate::data::Dataset;
use crate::evaluate::{Evaluator, Objective};
use crate::expr::Expr;
use crate::fit::{Fitter, Held};

/// Steps of a fit of the constants that stay free.
const STEPS: usize = 12;

/// The law with one of its free constants made whole or half, once for each that has such a number beside it.
pub fn rounder(expr: &Expr) -> Vec<Expr> {
    let constants: Vec<f64> = expr.constants().collect();
    let candidate = |at: usize| {
        let c = constants[at];
        let near = whole(c).filter(|nearest| !is_whole(c) && (c - nearest).abs() <= 0.1 * nearest.abs())?;
        let mut rounder = constants.clone();
        rounder[at] = near;
        let mut law = expr.clone();
        law.set_constants(&rounder);
        Some(law)
    };
    (0..constants.len()).filter_map(candidate).collect()
}

/// The law with all its free constants divided by one of them, which becomes 1, once for each: where a factor in numerator and
/// denominator is common, one constant says nothing.
fn rescaled(expr: &Expr) -> Vec<Expr> {
    let constants: Vec<f64> = expr.constants().collect();
    let candidate = |at: usize| {
        let by = constants[at];
        let divided = |c: f64| if is_whole(c) { c } else { c / by };
        let mut law = expr.clone();
        law.set_constants(&constants.iter().map(|c| divided(*c)).collect::<Vec<_>>());
        law
    };
    let free = (0..constants.len()).filter(|at| !is_whole(constants[*at]));
    let all: Vec<Expr> = free.map(candidate).collect();
    if all.len() > 1 { all } else { vec![] }
}

/// The law with as many whole and half numbers as the rows allow, and its loss.
pub fn tidied(expr: &Expr, data: &Dataset, objective: Objective) -> (Expr, f64) {
    let floor = objective.floor(data);
    let mut best = (expr.clone(), Evaluator::default().loss(expr, data, objective));
    let rows = data.rows() as f64;
    loop {
        let rounders = rounder(&best.0).into_iter().chain(rescaled(&best.0)).map(|law| fitted(&law, data, objective));
        let Some(next) = rounders.min_by(|a, b| a.1.total_cmp(&b.1)) else { return best };
        let rise = objective.exponent() * rows * (next.1.max(floor).ln() - best.1.max(floor).ln());
        if rise.is_nan() || rise > rows.ln() {
            return best;
        }
        best = next;
    }
}

/// The law with its free constants fitted while the others stay, and its loss.
pub fn fitted(law: &Expr, data: &Dataset, objective: Objective) -> (Expr, f64) {
    let mut evaluator = Evaluator::default();
    let loss = evaluator.loss(law, data, objective);
    let fitted = Fitter::default().fit_holding(Held::Whole, &mut evaluator, (law, loss), data, objective, STEPS);
    (fitted.expr, fitted.loss)
}
