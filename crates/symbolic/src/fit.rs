//! The constants of a law, fitted by the method of Levenberg and Marquardt.
//!
//! Marquardt (1963), J. Soc. Indust. Appl. Math. 11, 431: a Gauss–Newton step, damped along each constant in proportion to
//! its curvature; the damping falls after a step that helps and rises after one that does not. For relative errors the squares are
//! weighted by the inverse of the error (iteratively reweighted least squares). What counts as help is always the loss itself.

use crate::constants::is_whole;
use crate::data::{BLOCK, Dataset};
use crate::evaluate::{Evaluator, Objective};
use crate::expr::{Expr, Token};
use crate::gradient::Tape;
use crate::operators::Operator;

/// Fits constants; keeps its memory between fits.
#[derive(Default)]
pub struct Fitter {
    tape: Tape,
}

/// Which constants a fit leaves as they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Held {
    /// None.
    #[default]
    Nothing,
    /// Those that are whole or half numbers.
    Whole,
}

/// What a fit came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Fitted {
    /// The expression with its new constants.
    pub expr: Expr,
    /// Its loss, never above the one it started with.
    pub loss: f64,
    /// How often the expression was evaluated on all rows.
    pub evaluations: u64,
}

/// Damping of the first step: nearly Gauss–Newton, which is exact where the constants enter linearly.
const DAMPING: f64 = 1e-3;
/// Beyond this damping a step is too small to matter.
const DAMPING_MAX: f64 = 1e8;
/// A step that helps by less than this part of the loss is the last.
const PROGRESS: f64 = 1e-10;
/// More constants than this are not fitted: no law has them.
const MOST_CONSTANTS: usize = 16;

impl Fitter {
    /// Improves the constants of an expression whose loss is known, with at most `steps` steps.
    pub fn fit(
        &mut self,
        evaluator: &mut Evaluator,
        (expr, loss): (&Expr, f64),
        data: &Dataset,
        objective: Objective,
        steps: usize,
    ) -> Fitted {
        self.fit_holding(Held::Nothing, evaluator, (expr, loss), data, objective, steps)
    }

    /// As [`Fitter::fit`], with some constants held.
    pub fn fit_holding(
        &mut self,
        held: Held,
        evaluator: &mut Evaluator,
        (expr, loss): (&Expr, f64),
        data: &Dataset,
        objective: Objective,
        steps: usize,
    ) -> Fitted {
        let mut best = Fitted { expr: expr.clone(), loss, evaluations: 0 };
        let count = expr.constants().count();
        let floor = objective.floor(data);
        let held = held_constants(held, evaluator, expr, data);
        if held.iter().all(|held| *held) || count > MOST_CONSTANTS || !loss.is_finite() || !expr.fits(data.columns()) {
            return best;
        }
        let mut damping = DAMPING;
        for _ in 0..steps {
            let before = best.loss;
            best.evaluations += 1;
            let normal = self.normal_equations(&best.expr, data, objective, &held);
            while damping < DAMPING_MAX {
                let Some(step) = normal.solve(damping) else {
                    damping *= 10.0;
                    continue;
                };
                let moved = best.expr.constants().zip(step).zip(&held);
                let constants: Vec<f64> = moved.map(|((c, step), held)| if *held { c } else { c - step }).collect();
                let mut trial = best.expr.clone();
                trial.set_constants(&constants);
                let loss = evaluator.loss(&trial, data, objective);
                best.evaluations += 1;
                if loss < best.loss {
                    (best.expr, best.loss) = (trial, loss);
                    damping = (damping / 10.0).max(1e-12);
                    break;
                }
                damping *= 10.0;
            }
            // As good as it gets: exact, or no longer moving.
            if best.loss <= floor * 1e-4 || before - best.loss <= PROGRESS * before {
                break;
            }
        }
        best
    }

    /// JᵀWJ and JᵀWr at the present constants.
    fn normal_equations(&mut self, expr: &Expr, data: &Dataset, objective: Objective, held: &[bool]) -> Normal {
        let count = held.len();
        let mut normal = Normal { count, curvature: vec![0.0; count * count], slope: vec![0.0; count] };
        // An error of rounding size would otherwise weigh infinitely much.
        let least = (64.0 * f64::EPSILON * data.mean_square().sqrt()).max(f64::MIN_POSITIVE);
        self.tape.prepare(expr);
        for rows in data.blocks() {
            let mut errors = *self.tape.record(expr, &rows.columns);
            errors.iter_mut().zip(&rows.target).for_each(|(e, y)| *e -= y);
            let mut weights = objective.weights(rows, data).copied().unwrap_or([1.0; BLOCK]);
            match objective {
                Objective::MeanSquared if data.is_measured() => weights.iter_mut().for_each(|w| *w *= *w),
                Objective::MeanSquared => {}
                _ => weights.iter_mut().zip(&errors).for_each(|(w, e)| *w /= e.abs().max(least)),
            }
            weights[rows.len..].fill(0.0);
            let slopes: Vec<_> = self.tape.slopes(expr).collect();
            for (i, a) in slopes.iter().enumerate().filter(|(i, _)| !held[*i]) {
                let weighted: [f64; BLOCK] = std::array::from_fn(|r| weights[r] * a[r]);
                normal.slope[i] += dot(&weighted, &errors);
                for (j, b) in slopes.iter().enumerate().take(i + 1).filter(|(j, _)| !held[*j]) {
                    normal.curvature[i * count + j] += dot(&weighted, b);
                }
            }
        }
        normal
    }
}

/// Which of the constants stay: those that the fit is to hold, and whole exponents of what is negative somewhere, which has no
/// other powers.
fn held_constants(held: Held, evaluator: &mut Evaluator, expr: &Expr, data: &Dataset) -> Vec<bool> {
    let mut stay = Vec::new();
    for (at, token) in expr.tokens().iter().enumerate() {
        let Token::Constant(c) = *token else { continue };
        let is_exponent = expr.tokens().get(at + 1) == Some(&Token::Operator(Operator::Power));
        let mut negative = || evaluator.values(&expr.subtree(at - 1), data).iter().any(|x| *x < 0.0);
        stay.push((held == Held::Whole && is_whole(c)) || (is_exponent && c.fract() == 0.0 && negative()));
    }
    stay
}

/// A symmetric system, of which the lower triangle is kept.
struct Normal {
    count: usize,
    curvature: Vec<f64>,
    slope: Vec<f64>,
}

impl Normal {
    /// The damped step, by Cholesky's decomposition; `None` if the damped curvature is not positive.
    fn solve(&self, damping: f64) -> Option<Vec<f64>> {
        let n = self.count;
        let mut lower = self.curvature.clone();
        for i in 0..n {
            let curvature = &mut lower[i * n + i];
            // A constant without effect, as in a branch never taken, does not move.
            *curvature = if *curvature == 0.0 { 1.0 } else { *curvature * (1.0 + damping) };
            for j in 0..=i {
                let sum: f64 = (0..j).map(|k| lower[i * n + k] * lower[j * n + k]).sum();
                let rest = lower[i * n + j] - sum;
                lower[i * n + j] = if i != j {
                    rest / lower[j * n + j]
                } else if rest > 0.0 && rest.is_finite() {
                    rest.sqrt()
                } else {
                    return None;
                };
            }
        }
        let mut x = self.slope.clone();
        for i in 0..n {
            let sum: f64 = (0..i).map(|k| lower[i * n + k] * x[k]).sum();
            x[i] = (x[i] - sum) / lower[i * n + i];
        }
        for i in (0..n).rev() {
            let sum: f64 = (i + 1..n).map(|k| lower[k * n + i] * x[k]).sum();
            x[i] = (x[i] - sum) / lower[i * n + i];
        }
        x.iter().all(|x| x.is_finite()).then_some(x)
    }
}

fn dot(a: &[f64; BLOCK], b: &[f64; BLOCK]) -> f64 {
    let mut sums = [0.0; 8];
    for (a, b) in a.chunks_exact(8).zip(b.chunks_exact(8)) {
        sums.iter_mut().zip(a.iter().zip(b)).for_each(|(s, (a, b))| *s += a * b);
    }
    sums.iter().sum()
}
