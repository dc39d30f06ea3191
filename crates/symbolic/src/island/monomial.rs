//! What a search begins with: products of powers of the columns, c·x^a·y^b…
//!
//! Such a law is a plane in the logarithms, where it is fitted in two steps, column after column: always the one that
//! helps most. A search by chance has to guess exponents that are not whole, and all columns of a long product. The exponents are
//! tried as they are fitted and as the nearest whole and half numbers, and written with the operators that there are. What comes out
//! are candidates like any other.

use crate::data::{Dataset, Table};
use crate::evaluate::{Evaluator, Objective};
use crate::expr::{Expr, Token};
use crate::fit::Fitter;
use crate::operators::{Alphabet, Operator};
use crate::settings::SearchConfig;

/// More columns are not tried: a table has few causes.
const MOST_COLUMNS: usize = 20;
/// Factors of a candidate.
const MOST_FACTORS: usize = 6;
/// This part of the rows must have logarithms.
const MOST_ROWS: f64 = 0.8;
/// Rows that are fitted at most, evenly chosen.
const ENOUGH: usize = 500;
/// Exponents beyond are no law.
const LARGEST: f64 = 6.0;
/// How close to a whole number the exponent of a mere factor is: what else is in the law makes it uncertain.
const WHOLE: f64 = 0.2;
const STEPS: usize = 6;
/// How far apart neighbours are along the column that is asked about, as a part of its span, and how many pairs tell something.
const APART: f64 = 0.25;
const MANY_SLOPES: usize = 100;

/// Candidates for these data; none where there are no logarithms.
pub(super) fn monomials(data: &Dataset, config: &SearchConfig) -> Vec<Expr> {
    let columns = data.columns();
    let Some(logarithms) = logarithms(data).filter(|_| (1..=MOST_COLUMNS).contains(&columns)) else { return vec![] };
    let mut laws = Vec::new();
    let mut chosen: Vec<usize> = Vec::new();
    while chosen.len() < columns.min(MOST_FACTORS) {
        let others = (0..columns).filter(|column| !chosen.contains(column));
        let tried = others.map(|column| {
            let factors = [&chosen[..], &[column]].concat();
            let (fit, loss) = plane(&factors, &logarithms);
            (factors, fit, loss)
        });
        let Some((factors, fit, loss)) = tried.min_by(|a, b| a.2.total_cmp(&b.2)) else { break };
        if !loss.is_finite() {
            break;
        }
        let [offset, exponents @ ..] = &fit[..] else { break };
        laws.extend(written(&factors, exponents, offset.exp(), data, &config.alphabet));
        chosen = factors;
    }
    laws.retain(|law| law.complexity() <= config.max_complexity);
    laws
}

/// Columns that seem to be mere factors of the target: their powers as a product, and which they are. In the logarithms each has a
/// slope close to a whole number, over all rows and between neighbours.
pub(super) fn factor(data: &Dataset, alphabet: &Alphabet) -> Option<(Expr, Vec<usize>)> {
    let columns = data.columns();
    let logarithms = logarithms(data).filter(|_| (2..=MOST_COLUMNS).contains(&columns))?;
    let (fit, loss) = plane(&(0..columns).collect::<Vec<_>>(), &logarithms);
    let whole = |exponent: f64| {
        let nearest = exponent.round();
        (nearest != 0.0 && nearest.abs() <= LARGEST && (exponent - nearest).abs() <= WHOLE).then_some(nearest)
    };
    let exponents = fit.get(1..).filter(|_| loss.is_finite())?;
    let is_factor = |column: usize, exponent: f64| {
        between_neighbours(column, exponents, &logarithms).is_none_or(|slope| (slope - exponent).abs() <= WHOLE)
    };
    let factors: Vec<(usize, f64)> = exponents
        .iter()
        .enumerate()
        .filter_map(|(column, exponent)| Some((column, whole(*exponent)?)))
        .filter(|(column, exponent)| is_factor(*column, *exponent))
        .collect();
    // Nothing but factors is a monomial, and among those already.
    if factors.is_empty() || factors.len() == columns {
        return None;
    }
    Some((product(&factors, alphabet)?, factors.into_iter().map(|(column, _)| column).collect()))
}

/// The median slope along a column, between rows that are close in all others: what these do to the target, other than by the plane, is
/// nearly the same in both. `None` where too few rows are far enough apart.
fn between_neighbours(column: usize, exponents: &[f64], logarithms: &Dataset) -> Option<f64> {
    let columns: Vec<Vec<f64>> = (0..logarithms.columns()).map(|at| logarithms.column(at)).collect();
    let spans: Vec<f64> = columns.iter().map(|values| span(values)).collect();
    let others: Vec<usize> = (0..columns.len()).filter(|at| *at != column && spans[*at] > 0.0).collect();
    let target = logarithms.target();
    let mut slopes = vec![];
    for here in 0..target.len() {
        let distance = |there: usize| -> f64 {
            others.iter().map(|at| ((columns[*at][here] - columns[*at][there]) / spans[*at]).powi(2)).sum()
        };
        let apart = |there: usize| columns[column][there] - columns[column][here];
        let far = (0..target.len()).filter(|there| apart(*there).abs() > APART * spans[column]);
        let nearest = far.map(|there| (there, distance(there))).min_by(|a, b| a.1.total_cmp(&b.1));
        slopes.extend(nearest.map(|(there, _)| {
            let by_others = others.iter().map(|at| exponents[*at] * (columns[*at][there] - columns[*at][here]));
            (target[there] - target[here] - by_others.sum::<f64>()) / apart(there)
        }));
    }
    if slopes.len() < MANY_SLOPES { None } else { numerics::statistics::median(slopes) }
}

fn span(values: &[f64]) -> f64 {
    let (low, high) = values.iter().fold((f64::MAX, f64::MIN), |(low, high), x| (low.min(*x), high.max(*x)));
    high - low
}

/// The table of logarithms of absolute values.
fn logarithms(data: &Dataset) -> Option<Dataset> {
    let log = |column: Vec<f64>| column.into_iter().map(|x| x.abs().ln()).collect::<Vec<f64>>();
    let columns: Vec<Vec<f64>> = (0..data.columns()).map(|at| log(data.column(at))).collect();
    let target = log(data.target());
    let finite = |row: &usize| target[*row].is_finite() && columns.iter().all(|column| column[*row].is_finite());
    let rows: Vec<usize> = (0..target.len()).filter(finite).collect();
    if (rows.len() as f64) < MOST_ROWS * target.len() as f64 {
        return None;
    }
    let every = rows.len().div_ceil(ENOUGH).max(1);
    let kept = |column: &Vec<f64>| rows.iter().step_by(every).map(|row| column[*row]).collect::<Vec<f64>>();
    let table = Table {
        names: data.names().to_vec(),
        columns: columns.iter().map(kept).collect(),
        target_name: data.target_name().to_owned(),
        target: kept(&target),
    };
    Dataset::new(&table).ok()
}

/// The plane through the logarithms of the target over those of these columns: its offset and its slopes, and what it misses.
fn plane(columns: &[usize], logarithms: &Dataset) -> (Vec<f64>, f64) {
    let mut tokens = vec![Token::Constant(0.0)];
    for column in columns {
        let slope = [Token::Constant(0.0), Token::Variable(*column as u16), Token::Operator(Operator::Multiply)];
        tokens.extend(slope);
        tokens.push(Token::Operator(Operator::Add));
    }
    let Ok(expr) = Expr::new(tokens) else { return (vec![], f64::INFINITY) };
    let mut evaluator = Evaluator::default();
    // Sizes of errors: a few rows that are far off do not decide.
    let fitted = [Objective::MeanSquared, Objective::MeanAbsolute].into_iter().fold(expr, |expr, objective| {
        let loss = evaluator.loss(&expr, logarithms, objective);
        Fitter::default().fit(&mut evaluator, (&expr, loss), logarithms, objective, STEPS).expr
    });
    let loss = evaluator.loss(&fitted, logarithms, Objective::MeanAbsolute);
    (fitted.constants().collect(), loss)
}

/// The product with these exponents as they are, and with whole and half ones.
fn written(columns: &[usize], exponents: &[f64], size: f64, data: &Dataset, alphabet: &Alphabet) -> Vec<Expr> {
    if !exponents.iter().all(|exponent| exponent.abs() <= LARGEST) || !size.is_normal() {
        return vec![];
    }
    let rounded = |step: f64| exponents.iter().map(|exponent| (exponent * step).round() / step).collect::<Vec<f64>>();
    let mut products = Vec::new();
    for exponents in [rounded(1.0), rounded(2.0), exponents.to_vec()] {
        let factors: Vec<(usize, f64)> =
            columns.iter().copied().zip(exponents).filter(|(_, exponent)| *exponent != 0.0).collect();
        let product = product(&factors, alphabet).filter(|product| !products.contains(product));
        products.extend(product);
    }
    let scaled = |product: Expr| {
        let size = sized(&product, data).unwrap_or(size);
        let with = |operator: Operator, size: f64| {
            let usable = alphabet.contains(operator);
            usable.then(|| Expr::applied(operator, &[Expr::constant(size), product.clone()])).flatten()
        };
        [with(Operator::Multiply, size), Some(product.clone())]
    };
    products.into_iter().flat_map(scaled).flatten().collect()
}

/// The factor that fits best: the median of what the target is in units of the product.
fn sized(product: &Expr, data: &Dataset) -> Option<f64> {
    let values = Evaluator::default().values(product, data);
    let ratios = data.target().into_iter().zip(values).map(|(y, value)| y / value).filter(|ratio| ratio.is_finite());
    numerics::statistics::median(ratios.collect()).filter(|size| size.is_normal())
}

/// A product of powers in these operators; `None` where they cannot write it.
fn product(factors: &[(usize, f64)], alphabet: &Alphabet) -> Option<Expr> {
    let with_powers = alphabet.contains(Operator::Power);
    let (mut above, mut below, mut above_root, mut below_root) = (vec![], vec![], vec![], vec![]);
    for (column, exponent) in factors {
        let x = Expr::variable(u16::try_from(*column).ok()?);
        let size = exponent.abs();
        let place = if *exponent > 0.0 { &mut above } else { &mut below };
        if size == 1.0 {
            place.push(x);
        } else if with_powers {
            place.push(Expr::applied(Operator::Power, &[x, Expr::constant(size)])?);
        } else {
            if (2.0 * size).fract() != 0.0 {
                return None;
            }
            place.extend(std::iter::repeat_n(x.clone(), size.trunc() as usize));
            let place = if *exponent > 0.0 { &mut above_root } else { &mut below_root };
            place.extend((size.fract() != 0.0).then_some(x));
        }
    }
    // Without division a negative power has to be written as one.
    if !alphabet.contains(Operator::Divide) && (!below.is_empty() || !below_root.is_empty()) {
        if !with_powers {
            return None;
        }
        let inverse = |(column, exponent): &(usize, f64)| {
            let x = Expr::variable(u16::try_from(*column).ok()?);
            if *exponent == 1.0 {
                return Some(x);
            }
            Expr::applied(Operator::Power, &[x, Expr::constant(*exponent)])
        };
        let all = factors.iter().map(inverse).collect::<Option<Vec<Expr>>>()?;
        return multiplied(all, alphabet);
    }
    if !(above_root.is_empty() && below_root.is_empty()) {
        if !alphabet.contains(Operator::Sqrt) {
            return None;
        }
        let root = Expr::applied(Operator::Sqrt, &[quotient(above_root, below_root, alphabet)?])?;
        above.push(root);
    }
    quotient(above, below, alphabet)
}

fn quotient(above: Vec<Expr>, below: Vec<Expr>, alphabet: &Alphabet) -> Option<Expr> {
    let above = if above.is_empty() && !below.is_empty() { vec![Expr::constant(1.0)] } else { above };
    let above = multiplied(above, alphabet)?;
    if below.is_empty() {
        return Some(above);
    }
    Expr::applied(Operator::Divide, &[above, multiplied(below, alphabet)?])
}

fn multiplied(factors: Vec<Expr>, alphabet: &Alphabet) -> Option<Expr> {
    if factors.len() > 1 && !alphabet.contains(Operator::Multiply) {
        return None;
    }
    let mut factors = factors.into_iter();
    let first = factors.next()?;
    factors.try_fold(first, |product, factor| Expr::applied(Operator::Multiply, &[product, factor]))
}
