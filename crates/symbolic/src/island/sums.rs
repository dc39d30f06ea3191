//! Sums of products of powers, such as q²/2 − 3·p/q, also inside a root, a reciprocal, an exponential or a logarithm.
//!
//! Such a law is linear in its coefficients, so that which products are in it can be computed rather than guessed. Of a library of
//! products, the one that helps most is added again and again, and after each addition the ones before are exchanged as long as that
//! helps (orthogonal least squares, Chen, Billings and Luo 1989; sequential replacement, Miller 2002; of such sums McConaghy 2011, FFX, makes all
//! its laws). Libraries grow from straight lines to products of high powers, with negative ones last, and with the functions of one
//! column; the search ends with the first that is exact. A product too many is refused by the criterion of Chen and Chen (2008), which
//! counts how many there were to choose from. What comes out are candidates like any other.

mod choice;
mod library;
mod written;

use crate::constants::most_free;
use crate::data::Dataset;
use crate::expr::Expr;
use crate::operators::Operator;
use crate::settings::SearchConfig;
use choice::Choice;
use library::Library;
use written::{Outside, written};

/// Rows that are looked at, evenly chosen.
const ENOUGH: usize = 300;
/// Products in a sum, where there are few to choose from, and where there are many.
const MOST_PRODUCTS: usize = 8;
const FEW_PRODUCTS: usize = 4;
/// So few are chosen all, and given up one by one.
const FEW: usize = 36;
/// More than this are many.
const MANY: usize = 500;
/// The squares of errors, as a part of those of the target, below which a sum is right to rounding.
const EXACT: f64 = 1e-22;
/// Dot products that take as long as the loss of one law.
const WORK: u64 = 40;

/// What sums came to.
pub(super) struct Sums {
    /// Candidates.
    pub(super) laws: Vec<Expr>,
    /// How many losses would have taken as long.
    pub(super) evaluations: u64,
}

/// Candidates for these data, with this function around them; none where sums cannot be written.
pub(super) fn sums(data: &Dataset, config: &SearchConfig, function: Option<Operator>) -> Sums {
    let alphabet = &config.alphabet;
    let mut sums = Sums { laws: vec![], evaluations: 0 };
    if !(alphabet.contains(Operator::Add) && alphabet.contains(Operator::Multiply)) {
        return sums;
    }
    let every = data.rows().div_ceil(ENOUGH);
    let evenly = |column: Vec<f64>| column.into_iter().step_by(every).collect::<Vec<f64>>();
    let target = evenly(data.target());
    let weights = data.blocks().iter().flat_map(|rows| match config.objective.weights(rows, data) {
        Some(weights) => weights[..rows.len].to_vec(),
        None => vec![1.0; rows.len],
    });
    let weights = evenly(weights.collect());
    // An error of 1/y is large where y is small: the relative ones are compared.
    let inverse = target.iter().map(|y| y.recip()).collect::<Vec<f64>>();
    let relative = target.iter().zip(&weights).map(|(y, weight)| y.abs() * weight).collect();
    let divides = alphabet.contains(Operator::Divide) && inverse.iter().all(|y| y.is_normal());
    let mut targets = vec![(false, target, weights)];
    targets.extend(divides.then_some((true, inverse, relative)));

    let columns: Vec<Vec<f64>> = (0..data.columns()).map(|at| evenly(data.column(at))).collect();
    let free = most_free(data.rows());
    for library in Library::all(&columns, &targets[0].1, alphabet, function == Some(Operator::Exp)) {
        let most = if library.len() > MANY { FEW_PRODUCTS } else { MOST_PRODUCTS }.min(free);
        for (inverse, target, weights) in
            targets.iter().filter(|(inverse, ..)| !*inverse || library.kind.below.is_none())
        {
            let outside = Outside { function, inverse: *inverse, alphabet };
            let law = |choice: &Choice| {
                let law = written(&library, &choice.coefficients(), &outside);
                law.filter(|law| law.complexity() <= config.max_complexity)
            };
            let mut choice = Choice::new(&library, target, weights);
            let (mut laws, mut count) = (vec![], 0);
            while choice.missed() > EXACT && count <= most && choice.grows(most + 1) {
                count += 1;
                laws.extend(law(&choice).filter(|_| count <= most));
            }
            let mut dots = choice.dots;
            let mut is_exact = choice.missed() <= EXACT && count <= most;
            // What would go on growing is no law, but comes close to one, and would lead the search astray.
            if is_exact || count <= most {
                sums.laws.append(&mut laws);
            }
            let mut choice = Choice::new(&library, target, weights);
            // From the other side: what is exact with all of a library stays so without what is not in it.
            if !is_exact && choice.takes_all(FEW.min(free)) && choice.missed() <= EXACT {
                is_exact = true;
                while choice.shrinks() && choice.missed() <= EXACT {
                    sums.laws.extend(law(&choice));
                }
                dots += choice.dots;
            }
            sums.evaluations += dots / WORK;
            if is_exact {
                return sums;
            }
        }
    }
    sums
}
