//! Which law of a front is suggested: the simplest that held-out rows cannot tell from the best, and where the fall is steep.
//!
//! A longer law always fits a little better, also where there is nothing left but noise. So every law of the front is fitted again to a
//! part of the rows and judged by the others, ten times (Stone 1974; of twenty rows or fewer, each once). Laws longer
//! than the simplest one whose held-out loss is within one standard error of the least (Breiman et al. 1984, §3.4.3) are within noise of it
//! and are not suggested. If laws of twice its length are among them, what that one leaves is noise, and it is suggested. Otherwise longer
//! laws might go on and on explaining errors that are no noise, such as those of a network: then, of the others, the last is suggested at
//! which the held-out loss falls at least half as steeply as anywhere, from the law before it or all in all from the one that is
//! suggested without it. A product of powers, which is what most laws of nature are, needs only be a quarter as steep all in all.
//!
//! Where errors were measured, they are the noise: a law whose held-out errors are no larger than the measured ones is within noise too, the
//! simplest such law is suggested, and a product of powers that they do not tell from it is named beside it. With
//! sizes of errors, rows that the best law leaves far off do not count here, as they do not in the search.
//!
//! Before that, constants become whole or half numbers where the rows allow it, see [`crate::tidy`], or where held-out rows are
//! fitted no worse by them.

use crate::constants::free;
use crate::data::Dataset;
use crate::evaluate::{Evaluator, Objective};
use crate::expr::{Expr, Token};
use crate::fit::{Fitter, Held};
use crate::operators::{Alphabet, Operator};
use crate::pareto::{Finding, Front, Law, Reference, STEEP};
use crate::placing::placed;
use crate::signs::{multiplied, signs};
use crate::simplify::simplified;
use crate::tidy::{fitted, rounder, tidied};
use crate::writing::FAR;
use numerics::seed::{Purpose, Seed};
use rand::seq::SliceRandom;

/// Part of the rows that may be left out of a judgement of sizes of errors.
const MOST_LEFT_OUT: f64 = 0.2;
/// Four of five Gaussian errors are no larger than so many standard deviations.
const OF_GAUSSIAN: f64 = 1.2816;
/// With so few rows each is held out alone.
const FEW_ROWS: usize = 20;
/// Otherwise so many parts are held out, one after the other.
const FOLDS: usize = 10;
/// Of a longer table, an even selection of so many rows is judged by.
const MOST_ROWS: usize = 1000;
/// How steep a fall all in all to a product of powers must be, as a part of the steepest.
const STEEP_OF_POWERS: f64 = 0.25;
/// How many times as long laws must be that fit no better, if what a law leaves is noise.
const NOISE: usize = 2;
/// Steps of a fit to the rows that are not held out.
const STEPS: usize = 8;

/// Judges fronts on one data set; keeps what it knows of laws it has seen.
pub struct Judge {
    folds: Vec<Fold>,
    known: Vec<(Expr, Judged)>,
    constant: Vec<f64>,
    measured: bool,
    /// The mean square of what rounding does to the target, half as much again as on average.
    rounding: f64,
}

/// A part of the rows is held out.
struct Fold {
    fitted: Dataset,
    held_out: Dataset,
}

/// What rows do not tell from the best law.
struct Noise {
    /// The largest mean of the held-out parts that count.
    bound: f64,
    /// The loss that measured errors leave; 0 where none were measured.
    measured: f64,
    /// Which rows count.
    counted: Vec<bool>,
}

impl Noise {
    /// By held-out rows, or by χ² for each degree of freedom, which scatters by √(2/their number) around what was measured.
    fn covers(&self, (law, parts): &(Law, Vec<f64>)) -> bool {
        let parts = taken(parts, &self.counted);
        let free = (parts.len() - law.free_constants.min(parts.len())) as f64;
        let by_errors = law.loss * parts.len() as f64 / free <= self.measured * (1.0 + 2.0 * (2.0 / free).sqrt());
        !parts.is_empty() && (mean(&parts) <= self.bound || by_errors)
    }
}

/// What is known of a law.
#[derive(Clone)]
struct Judged {
    /// With whole and half numbers.
    tidy: Expr,
    /// The loss of that on all rows.
    loss: f64,
    /// What each held-out row adds to the loss; empty where the law had no value on one of them.
    parts: Vec<f64>,
}

impl Judge {
    /// A judge of laws for these data. The seed decides which rows are held out together.
    pub fn new(data: &Dataset, seed: Seed) -> Self {
        let every = data.rows().div_ceil(MOST_ROWS);
        let mut order: Vec<usize> = (0..data.rows()).step_by(every).collect();
        order.shuffle(&mut seed.stream(Purpose::HeldOut));
        let count = if order.len() <= FEW_ROWS { order.len() } else { FOLDS };
        let part = |fold: usize, held_out: bool| -> Dataset {
            let rows: Vec<usize> =
                (0..order.len()).filter(|i| (i % count == fold) == held_out).map(|i| order[i]).collect();
            data.subset(&rows)
        };
        let folds: Vec<Fold> =
            (0..count).map(|fold| Fold { fitted: part(fold, false), held_out: part(fold, true) }).collect();
        // Evenly spread over a step: a twelfth of its square.
        let rounding = data.step().map_or(0.0, |step| 1.5 * step * step / 12.0);
        Self { folds, known: vec![], constant: vec![], measured: data.is_measured(), rounding }
    }

    /// Makes the laws of a front tidy, gives each its held-out loss, and decides which one is suggested and what was found. `powers` are
    /// products of powers, which are preferred to other laws of their length within noise.
    pub fn judge(
        &mut self,
        front: &mut Front,
        powers: &[Expr],
        data: &Dataset,
        reference: &Reference,
        alphabet: &Alphabet,
    ) {
        let objective = reference.objective;
        let mut evaluator = Evaluator::default();
        let mut seen = vec![];
        let mut judge = |law: &Law, fit: bool| {
            let found = self.known.iter().find(|(expr, _)| *expr == law.expr).map(|(_, judged)| judged.clone());
            let fitted = || if fit { fitted(&law.expr, data, objective).0 } else { law.expr.clone() };
            let judged = found.unwrap_or_else(|| self.judged(&fitted(), data, objective, alphabet, &mut evaluator));
            seen.push((law.expr.clone(), judged.clone()));
            let complexity = judged.tidy.complexity();
            let held_out = mean(&judged.parts);
            let free_constants = free(&judged.tidy);
            let law = Law { expr: judged.tidy, loss: judged.loss, complexity, held_out, free_constants, ..law.clone() };
            (law, judged.parts)
        };
        let mut laws: Vec<(Law, Vec<f64>)> = front.laws.iter().map(|law| judge(law, false)).collect();
        let found_at = front.laws.first().map_or(0, |law| law.found_at);
        let powers: Vec<(Law, Vec<f64>)> =
            powers.iter().map(|expr| judge(&Law { found_at, ..Law::unjudged(expr.clone()) }, true)).collect();
        self.known = seen;
        // Tidying may have shortened a law below another, or left a longer one no better than a shorter one.
        laws.sort_by(|a, b| a.0.complexity.cmp(&b.0.complexity).then(a.0.loss.total_cmp(&b.0.loss)));
        let mut least = f64::INFINITY;
        laws.retain(|(law, _)| {
            let better = law.loss.max(reference.floor) < least;
            least = least.min(law.loss.max(reference.floor));
            better
        });
        powers.iter().for_each(|power| preferred(&mut laws, power.clone(), reference.floor));
        if self.constant.is_empty() {
            self.constant = self.held_out(&Expr::constant(objective.constant(data)), objective, &mut evaluator);
        }
        let (laws, parts): (Vec<Law>, Vec<Vec<f64>>) = laws.into_iter().unzip();
        front.laws = laws;
        front.score(reference.floor);
        front.finding = reference.finding(&front.laws);
        let (suggestion, noise) = self.suggestion(&front.laws, &parts, reference);
        front.suggestion = suggestion;
        let better = mean(&parts[front.suggestion]) < mean(&self.constant);
        if front.finding == Finding::Approximate && !better {
            front.finding = Finding::NothingBetterThanAConstant;
        }
        let is_power = front.suggested().is_some_and(|law| is_product(&law.expr));
        if front.finding == Finding::Approximate && !is_power {
            let within = powers.into_iter().filter(|power| noise.covers(power)).map(|(law, _)| law);
            front.power = within.min_by(|a, b| a.loss.total_cmp(&b.loss));
        }
        if front.finding == Finding::NothingBetterThanAConstant {
            front.begin_with_constant(objective.constant(data), reference.constant, mean(&self.constant));
        }
    }

    /// The place of the law to be suggested, and what is within noise of the best.
    fn suggestion(&self, laws: &[Law], parts: &[Vec<f64>], reference: &Reference) -> (usize, Noise) {
        let all = 0..laws.len();
        let least = |means: &[f64]| all.clone().min_by(|a, b| means[*a].total_cmp(&means[*b])).unwrap_or(0);
        let typical: Vec<f64> = parts.iter().map(|parts| typical(parts, reference.objective)).collect();
        let counted = counted(&parts[least(&typical)], reference);
        let of_counted = |parts: &Vec<f64>| taken(parts, &counted);
        let parts: Vec<Vec<f64>> = parts.iter().map(of_counted).collect();
        let means: Vec<f64> = parts.iter().map(|parts| mean(parts)).collect();
        let best = least(&means);
        let measured = match reference.objective {
            objective if self.measured => objective.of_unit_noise(),
            Objective::MeanSquared => self.rounding,
            _ => 0.0,
        };
        let bound = (means[best] + standard_error(&parts[best])).max(measured).max(reference.floor);
        // χ² a row of a true law scatters by √(2/n) around what was measured.
        let scatter =
            if self.measured { measured * (1.0 + 2.0 * (2.0 / parts[best].len() as f64).sqrt()) } else { 0.0 };
        let noise = Noise { bound, measured: if self.measured { measured } else { 0.0 }, counted: counted.clone() };
        let last = all.clone().find(|at| means[*at] <= bound).unwrap_or(best);
        // The fall at each law that is better than all before it, the first held against the best constant.
        let mut before = (1, mean(&of_counted(&self.constant)).max(reference.floor));
        let mut falls = vec![];
        for at in 0..=last {
            let now = means[at].max(reference.floor);
            if now < before.1 {
                let steps = (laws[at].complexity.saturating_sub(before.0)).max(1);
                falls.push((at, (before.1 / now).ln() / steps as f64));
                before = (laws[at].complexity, now);
            }
        }
        let longest = laws.last().map_or(0, |law| law.complexity);
        // What measured errors leave is noise, whatever longer laws make of it.
        let is_noise = longest >= NOISE * laws[last].complexity || (self.measured && means[last] <= scatter);
        if laws[last].complexity > 1 && is_noise {
            return (last, noise);
        }
        // From a constant to a single column costs nothing, and says nothing about how steep a fall can be.
        let steepest =
            falls.iter().filter(|(at, _)| laws[*at].complexity > 1).map(|(_, fall)| *fall).fold(0.0, f64::max);
        let constant = (1, mean(&of_counted(&self.constant)).max(reference.floor));
        let all_in_all = |law: &Law| if is_product(&law.expr) { STEEP_OF_POWERS } else { STEEP };
        let follow = |chosen: Option<usize>, (at, fall): &(usize, f64)| {
            let from = chosen.map_or(constant, |at| (laws[at].complexity, means[at].max(reference.floor)));
            let saved = (from.1 / means[*at].max(reference.floor)).ln();
            let steps = laws[*at].complexity.saturating_sub(from.0).max(1) as f64;
            let steep = *fall >= STEEP * steepest || saved / steps >= all_in_all(&laws[*at]) * steepest;
            if steep { Some(*at) } else { chosen }
        };
        (falls.iter().fold(None, follow).unwrap_or(0), noise)
    }

    fn judged(
        &self,
        expr: &Expr,
        data: &Dataset,
        objective: Objective,
        alphabet: &Alphabet,
        evaluator: &mut Evaluator,
    ) -> Judged {
        let (mut tidy, mut loss) = tidied(expr, data, objective);
        // By held-out rows, where one number in the whole law is at stake.
        let mut parts = self.held_out(&tidy, objective, evaluator);
        for (rounder, its_loss) in rounder(&tidy).into_iter().map(|law| fitted(&law, data, objective)) {
            let its_parts = self.held_out(&rounder, objective, evaluator);
            if mean(&its_parts) <= mean(&parts) && its_loss.is_finite() {
                (tidy, loss, parts) = (rounder, its_loss, its_parts);
            }
        }
        let short = simplified(&tidy, alphabet);
        let short_loss = evaluator.loss(&short, data, objective);
        let kept = short.complexity() < tidy.complexity()
            && free(&short) <= free(&tidy)
            && short_loss <= loss.max(objective.floor(data)) * (1.0 + 1e-9);
        if kept {
            (tidy, loss) = (short, short_loss);
            parts = self.held_out(&tidy, objective, evaluator);
        }
        let placed = placed(&tidy, alphabet);
        let placed_loss = evaluator.loss(&placed, data, objective);
        if free(&placed) <= free(&tidy) && placed_loss <= loss.max(objective.floor(data)) * (1.0 + 1e-9) {
            (tidy, loss) = (placed, placed_loss);
        }
        if alphabet.contains(Operator::Multiply) {
            tidy = multiplied(&tidy, &signs(data));
        }
        Judged { tidy, loss, parts }
    }

    /// What each held-out row adds to the loss of a law fitted to the others.
    fn held_out(&self, expr: &Expr, objective: Objective, evaluator: &mut Evaluator) -> Vec<f64> {
        let mut fitter = Fitter::default();
        let mut parts = vec![];
        for fold in &self.folds {
            let loss = evaluator.loss(expr, &fold.fitted, objective);
            let fitted = fitter.fit_holding(Held::Whole, evaluator, (expr, loss), &fold.fitted, objective, STEPS).expr;
            parts.extend(evaluator.parts(&fitted, &fold.held_out, objective));
        }
        if parts.iter().all(|part| part.is_finite()) { parts } else { vec![] }
    }
}

/// Whether a law is nothing but a product of powers.
fn is_product(law: &Expr) -> bool {
    law.tokens().iter().enumerate().all(|(at, token)| match token {
        Token::Operator(Operator::Power) => matches!(law.tokens()[at - 1], Token::Constant(_)),
        Token::Operator(operator) => matches!(operator, Operator::Multiply | Operator::Divide | Operator::Sqrt),
        _ => true,
    })
}

/// Puts a product of powers among the laws where it is no worse than chance has it: in the place of the one of its complexity, which may
/// err less by no more than one standard error of the difference and has as many free constants or more.
fn preferred(laws: &mut Vec<(Law, Vec<f64>)>, (power, parts): (Law, Vec<f64>), floor: f64) {
    let place = laws.partition_point(|(law, _)| law.complexity < power.complexity);
    let simpler = laws[..place].last().map_or(f64::INFINITY, |(law, _)| law.loss);
    if parts.is_empty() || power.loss <= floor || power.loss >= simpler {
        return;
    }
    match laws.get_mut(place) {
        Some((law, its_parts)) if law.complexity == power.complexity => {
            let differences: Vec<f64> = parts.iter().zip(its_parts.iter()).map(|(a, b)| a - b).collect();
            let is_chance = its_parts.is_empty() || mean(&differences) <= standard_error(&differences);
            if law.loss > floor && law.free_constants >= power.free_constants && is_chance {
                laws[place] = (power, parts);
            }
        }
        Some((longer, _)) if longer.loss >= power.loss => {}
        _ => laws.insert(place, (power, parts)),
    }
}

/// Which held-out rows count: with sizes of errors, all but those that the law of the least `typical` mean leaves far off. Where a law is
/// exact, far off is what rounding does not explain.
fn counted(parts: &[f64], reference: &Reference) -> Vec<bool> {
    if reference.objective == Objective::MeanSquared || parts.is_empty() {
        return vec![true; parts.len().max(1)];
    }
    let most = usual(parts).last().copied().unwrap_or_default();
    let scale = (most / OF_GAUSSIAN).max(reference.floor);
    parts.iter().map(|part| *part <= FAR * scale).collect()
}

/// The smallest parts, in order: all but those that may be left out, which are always fewer than those that stay.
fn usual(parts: &[f64]) -> Vec<f64> {
    let left_out = ((MOST_LEFT_OUT * parts.len() as f64) as usize).max(1);
    let mut sorted = parts.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.truncate(parts.len() - left_out.min(parts.len().saturating_sub(1) / 2));
    sorted
}

/// What a law leaves of most rows. With sizes of errors, that is the mean of all but the worst fifth (as in least trimmed squares, Rousseeuw
/// 1984): a law that comes nearer to an outlier by chance is no better for it.
fn typical(parts: &[f64], objective: Objective) -> f64 {
    if objective == Objective::MeanSquared { mean(parts) } else { mean(&usual(parts)) }
}

/// The parts of rows that count.
fn taken(parts: &[f64], counted: &[bool]) -> Vec<f64> {
    parts.iter().zip(counted).filter(|(_, counted)| **counted).map(|(part, _)| *part).collect()
}

/// Infinite of none: a law without a value somewhere has an infinite loss.
fn mean(parts: &[f64]) -> f64 {
    if parts.is_empty() { f64::INFINITY } else { parts.iter().sum::<f64>() / parts.len() as f64 }
}

/// Of a mean over independent rows.
fn standard_error(parts: &[f64]) -> f64 {
    let (n, mean) = (parts.len() as f64, mean(parts));
    (parts.iter().map(|part| (part - mean).powi(2)).sum::<f64>() / (n * (n - 1.0).max(1.0))).sqrt()
}
