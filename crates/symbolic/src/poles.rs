//! Poles: whether a law runs to infinity between two rows that know nothing of it.
//!
//! A search loves 1/(x − c) with c between two rows: it bends a curve where nobody looks. A law is therefore followed along the
//! line from each row to its nearest neighbour. It is refused if a denominator changes sign there, if a quotient or a power
//! rises far above its values at both ends, or if it has no value. A pole that the rows themselves announce is accepted: the target on both
//! sides is among the largest there are. Also refused is a law that is finite on a row only because something in it is infinite.

use crate::data::{BLOCK, Block, Dataset};
use crate::expr::{Expr, Token};
use crate::gradient::Tape;
use crate::operators::Operator;
use numerics::statistics::median;

/// Places on the way from a row to its neighbour, its ends among them, as parts of it. They are uneven, lest one falls on the zero
/// of sin(x)/x.
#[expect(clippy::approx_constant, reason = "a place between two rows, not 1/π")]
const PARTS: [f64; 7] = [0.0, 0.1571, 0.3183, 0.4934, 0.6618, 0.8367, 1.0];
/// How often a place is looked at more closely.
const ROUNDS: usize = 3;
/// Rows that are followed to a neighbour; of more, an even selection.
const MOST_ROWS: usize = 400;
/// Rows that may be somebody's neighbour; of more, an even selection.
const MOST_OTHERS: usize = 4000;
/// A quotient that rises so many times above both ends has a pole, or might as well.
const EXCURSION: f64 = 10.0;

/// The ways between neighbouring rows of a data set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ways {
    /// Places on the ways, column by column: of each way its two ends and what is between, in order.
    blocks: Vec<Vec<Block>>,
    /// How many ways there are.
    count: usize,
    /// Whether the rows at both ends announce a pole.
    announced: Vec<bool>,
}

/// Places of one way.
const PLACES: usize = PARTS.len();
/// Ways in one block.
const WAYS: usize = BLOCK / PLACES;

impl Ways {
    /// The ways of a data set.
    pub fn of(data: &Dataset) -> Self {
        let columns: Vec<Vec<f64>> = (0..data.columns()).map(|at| data.column(at)).collect();
        let pairs = neighbours(&columns, data.rows());
        let target = data.target();
        let middle = median(target.clone()).unwrap_or_default();
        let mut sizes: Vec<f64> = target.iter().map(|y| (y - middle).abs()).collect();
        let size = |row: usize| (target[row] - middle).abs();
        let announced: Vec<(usize, usize)> = pairs.clone();
        sizes.sort_by(f64::total_cmp);
        let large = sizes[3 * (sizes.len() - 1) / 4];
        let announced = announced.into_iter().map(|(a, b)| size(a) >= large && size(b) >= large).collect();
        let mut blocks = vec![];
        for ways in pairs.chunks(WAYS) {
            let place = |column: &[f64], at: usize| {
                let (a, b) = ways[(at / PLACES).min(ways.len() - 1)];
                let part = PARTS[at % PLACES];
                column[a] + (column[b] - column[a]) * part
            };
            blocks.push(columns.iter().map(|column| std::array::from_fn(|at| place(column, at))).collect());
        }
        Self { blocks, count: pairs.len(), announced }
    }

    /// Whether a law has a pole on one of the ways that the rows do not announce.
    pub fn has_pole(&self, expr: &Expr, tape: &mut Tape) -> bool {
        let risky = expr.tokens().iter().any(|token| match token {
            Token::Operator(operator) => {
                matches!(operator, Operator::Divide | Operator::Power | Operator::Log | Operator::Sqrt)
            }
            _ => false,
        });
        if !risky {
            return false;
        }
        tape.prepare(expr);
        self.blocks.iter().enumerate().any(|(number, columns)| {
            tape.record(expr, columns);
            let first = number * WAYS;
            let ways = (first..self.count.min(first + WAYS)).filter(|way| !self.announced[*way]);
            let starts: Vec<usize> = ways.map(|way| (way - first) * PLACES).collect();
            if starts.iter().any(|start| breaks(expr, tape, *start)) {
                return true;
            }
            let doubtful: Vec<usize> = starts.iter().flat_map(|start| flipped(expr, tape, *start, PLACES)).collect();
            doubtful.into_iter().any(|place| {
                let ends: Vec<(f64, f64)> = columns.iter().map(|column| (column[place], column[place + 1])).collect();
                is_torn(expr, tape, ends)
            })
        })
    }
}

/// Whether a numerator and a denominator that both change sign between two places do so at different ones. Each round looks a
/// hundred times closer.
fn is_torn(expr: &Expr, tape: &mut Tape, mut ends: Vec<(f64, f64)>) -> bool {
    for _ in 0..ROUNDS {
        let part = |i: usize| i as f64 / (BLOCK - 1) as f64;
        let closer: Vec<Block> = ends.iter().map(|(a, b)| std::array::from_fn(|i| a + (b - a) * part(i))).collect();
        tape.record(expr, &closer);
        if torn(expr, tape, 0, BLOCK) {
            return true;
        }
        let Some(place) = flipped(expr, tape, 0, BLOCK).into_iter().next() else { return false };
        ends = closer.iter().map(|column| (column[place], column[place + 1])).collect();
    }
    false
}

/// What must not be zero: the denominators of quotients, and what is raised to a negative power; by their tokens, after that of
/// the quotient or power.
fn denominators(expr: &Expr) -> Vec<(usize, usize)> {
    let below = |at: usize| match expr.tokens()[at] {
        Token::Operator(Operator::Divide) => Some(at - 1),
        Token::Operator(Operator::Power) => match expr.tokens()[at - 1] {
            Token::Constant(c) if c < 0.0 => Some(at - 2),
            _ => None,
        },
        _ => None,
    };
    (0..expr.tokens().len()).filter_map(|at| Some((at, below(at)?))).collect()
}

/// Places after which some denominator changes sign.
fn flipped(expr: &Expr, tape: &Tape, start: usize, count: usize) -> Vec<usize> {
    let flipped = |(_, below): (usize, usize)| {
        let below = &tape.values(below)[start..start + count];
        (0..count - 1).filter(|i| flips(below, *i)).map(|i| start + i).collect::<Vec<_>>()
    };
    denominators(expr).into_iter().flat_map(flipped).collect()
}

/// Whether a quotient changes sign where its denominator does, so that its numerator does not; or a denominator without a
/// numerator changes sign.
fn torn(expr: &Expr, tape: &Tape, start: usize, count: usize) -> bool {
    denominators(expr).into_iter().any(|(at, below)| {
        let [values, below] = [at, below].map(|token| &tape.values(token)[start..start + count]);
        let is_power = expr.tokens()[at] == Token::Operator(Operator::Power);
        (0..count - 1).any(|i| flips(below, i) && (is_power || flips(values, i)))
    })
}

fn flips(places: &[f64], i: usize) -> bool {
    places[i].signum() != places[i + 1].signum()
}

/// Whether a law breaks down on the way whose places begin at `start`.
fn breaks(expr: &Expr, tape: &Tape, start: usize) -> bool {
    let way = |token: usize| &tape.values(token)[start..start + PLACES];
    let torn = torn(expr, tape, start, PLACES);
    torn || expr.tokens().iter().enumerate().any(|(at, token)| {
        let values = way(at);
        if !values.iter().all(|x| x.is_finite()) {
            return true;
        }
        match token {
            Token::Operator(Operator::Divide | Operator::Power) => rises(values),
            _ => false,
        }
    })
}

fn rises(values: &[f64]) -> bool {
    let ends = values[0].abs().max(values[values.len() - 1].abs());
    values.iter().any(|x| x.abs() > EXCURSION * ends) && ends > 0.0
}

/// Each row and its nearest neighbour, distances in units of the columns' ranges; of one column, the next row.
fn neighbours(columns: &[Vec<f64>], rows: usize) -> Vec<(usize, usize)> {
    let every = rows.div_ceil(MOST_ROWS).max(1);
    if let [column] = columns {
        let mut order: Vec<usize> = (0..rows).collect();
        order.sort_by(|a, b| column[*a].total_cmp(&column[*b]));
        let apart = |pair: &&[usize]| column[pair[0]] != column[pair[1]];
        return order.windows(2).filter(apart).step_by(every).map(|pair| (pair[0], pair[1])).collect();
    }
    let scales: Vec<f64> = columns
        .iter()
        .map(|column| {
            let (low, high) = column.iter().fold((f64::MAX, f64::MIN), |(a, b), x| (a.min(*x), b.max(*x)));
            if high > low { (high - low).recip() } else { 0.0 }
        })
        .collect();
    let distance = |a: usize, b: usize| -> f64 {
        columns.iter().zip(&scales).map(|(column, scale)| ((column[a] - column[b]) * scale).powi(2)).sum()
    };
    // All distances of a long table would take long; a selection of others is near enough.
    let sparse = rows.div_ceil(MOST_OTHERS).max(1);
    let nearest = |row: usize| {
        let others = (0..rows).step_by(sparse).filter(|other| *other != row && distance(row, *other) > 0.0);
        others.min_by(|a, b| distance(row, *a).total_cmp(&distance(row, *b))).map(|other| (row, other))
    };
    (0..rows).step_by(every).filter_map(nearest).collect()
}
