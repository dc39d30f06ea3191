//! A sum of products, written short: what all products share goes in front, a² − 2ab + b² is a square, and what a function leaves as it
//! is goes out of it.

use super::library::{Atom, Library, Product};
use crate::constants::{is_whole, whole};
use crate::expr::Expr;
use crate::operators::{Alphabet, Operator};

/// What is around a sum.
pub(super) struct Outside<'a> {
    /// The function that gives the target.
    pub(super) function: Option<Operator>,
    /// Whether the sum is what its reciprocal is to be put in.
    pub(super) inverse: bool,
    pub(super) alphabet: &'a Alphabet,
}

/// Coefficients this close are equal.
const EQUAL: f64 = 1e-9;
/// Higher powers than this are written as such, if they can be.
const REPEATED: u8 = 3;

/// A coefficient and the powers of the atoms.
#[derive(Clone, Debug)]
struct Term {
    coefficient: f64,
    powers: Vec<i8>,
}

/// Writes terms.
struct Writer<'a> {
    atoms: &'a [Atom],
    alphabet: &'a Alphabet,
    with_squares: bool,
}

/// The law; `None` if there is nothing in it or it cannot be written.
pub(super) fn written(library: &Library, products: &[(f64, Product)], outside: &Outside) -> Option<Expr> {
    let (mut terms, mut below) = (vec![], vec![]);
    let mut factors = vec![0; library.atoms.len()];
    for (coefficient, product) in products {
        let coefficient = if is_whole(*coefficient) { whole(*coefficient)? } else { *coefficient };
        match product {
            Product::Powers(powers) => terms.push(Term { coefficient, powers: powers.clone() }),
            Product::OfTarget(powers) => below.push(Term { coefficient: -coefficient, powers: powers.clone() }),
            Product::Logarithm(at) => factors[*at] = coefficient.round() as i8,
        }
    }
    // y = a − y·b is y = a/(1 + b).
    if !below.is_empty() {
        below.push(Term { coefficient: 1.0, powers: vec![0; library.atoms.len()] });
    }
    let laws = [true, false].into_iter().filter_map(|with_squares| {
        let writer = Writer { atoms: &library.atoms, alphabet: outside.alphabet, with_squares };
        writer.law(&terms, &below, &factors, outside)
    });
    laws.min_by_key(Expr::complexity)
}

impl Writer<'_> {
    fn law(&self, terms: &[Term], below: &[Term], factors: &[i8], outside: &Outside) -> Option<Expr> {
        let (mut shared, terms) = apart(terms)?;
        let (coefficient, sum) = self.sum(&terms)?;
        let sum = Some(sum).filter(|_| terms.len() > 1);
        if coefficient == 0.0 {
            return None;
        }
        if let Some((of_below, below)) = apart(below) {
            shared.iter_mut().zip(of_below).for_each(|(shared, power)| *shared -= power);
            let (of_below, below) = self.sum(&below)?;
            let fraction = self.quotient(coefficient / of_below, sum, &shared, Some(below))?;
            return match outside.function {
                None => Some(fraction),
                Some(function) => self.quotient(1.0, Some(Expr::applied(function, &[fraction])?), factors, None),
            };
        }
        match outside.function {
            None if outside.inverse => self.quotient(coefficient.recip(), None, &inverted(&shared), sum),
            None => self.quotient(coefficient, sum, &shared, None),
            Some(Operator::Sqrt) => {
                // √(x²·f) is x·√f where x is not negative.
                let outer = |(power, atom): (&i8, &Atom)| if atom.is_positive { power.div_euclid(2) } else { 0 };
                let outer: Vec<i8> = shared.iter().zip(self.atoms).map(outer).collect();
                let inner: Vec<i8> = shared.iter().zip(&outer).map(|(all, outer)| all - 2 * outer).collect();
                let inside = self.quotient(coefficient, sum, &inner, None)?;
                let root = Expr::applied(Operator::Sqrt, &[inside])?;
                if outside.inverse {
                    self.quotient(1.0, None, &inverted(&outer), Some(root))
                } else {
                    self.quotient(1.0, Some(root), &outer, None)
                }
            }
            Some(function) => {
                let inside = if outside.inverse {
                    self.quotient(coefficient.recip(), None, &inverted(&shared), sum)?
                } else {
                    self.quotient(coefficient, sum, &shared, None)?
                };
                self.quotient(1.0, Some(Expr::applied(function, &[inside])?), factors, None)
            }
        }
    }

    /// A sum, and the coefficient before it. Of a single term, the term.
    fn sum(&self, terms: &[Term]) -> Option<(f64, Expr)> {
        let first = terms.first()?;
        if terms.len() == 1 {
            return Some((first.coefficient, self.quotient(1.0, None, &first.powers, None)?));
        }
        let (shared, rest) = apart(terms)?;
        if shared.iter().any(|power| *power != 0) {
            let (coefficient, sum) = self.sum(&rest)?;
            return Some((coefficient, self.quotient(1.0, Some(sum), &shared, None)?));
        }
        let equal = terms.iter().all(|term| same(term.coefficient.abs(), first.coefficient.abs()));
        let negative = terms.iter().all(|term| term.coefficient < 0.0);
        let front = if equal { first.coefficient.abs() } else { 1.0 } * if negative { -1.0 } else { 1.0 };
        let mut left: Vec<Term> = terms
            .iter()
            .map(|term| {
                let coefficient = term.coefficient / front;
                let near = if is_whole(coefficient) { whole(coefficient).unwrap_or(coefficient) } else { coefficient };
                Term { coefficient: near, powers: term.powers.clone() }
            })
            .collect();
        let mut parts = vec![];
        while let Some(square) = self.square(&mut left) {
            parts.push(square);
        }
        // Those that share most are written together.
        while let Some(group) = sharing(&mut left) {
            parts.push(self.sum(&group)?);
        }
        for term in &left {
            parts.push(self.sum(std::slice::from_ref(term))?);
        }
        parts.sort_by_key(|(coefficient, _)| *coefficient < 0.0);
        let mut sum: Option<Expr> = None;
        for (coefficient, part) in parts {
            let subtract = coefficient < 0.0 && sum.is_some() && self.alphabet.contains(Operator::Subtract);
            let scaled = self.times(if subtract { -coefficient } else { coefficient }, part)?;
            sum = Some(match sum {
                None => scaled,
                Some(sum) if subtract => Expr::applied(Operator::Subtract, &[sum, scaled])?,
                Some(sum) => Expr::applied(Operator::Add, &[sum, scaled])?,
            });
        }
        Some((front, sum?))
    }

    /// Takes a·f² ± 2√(a·b)·f·g + b·g² out of the terms, and writes it as a square.
    fn square(&self, terms: &mut Vec<Term>) -> Option<(f64, Expr)> {
        if !self.with_squares {
            return None;
        }
        let count = terms.len();
        let pairs = (0..count).flat_map(|i| (i + 1..count).map(move |j| (i, j)));
        let (i, j, k) = pairs.into_iter().find_map(|(i, j)| {
            let (a, b) = (&terms[i], &terms[j]);
            let between = (0..count).find(|k| {
                let powers = terms[*k].powers.iter().zip(a.powers.iter().zip(&b.powers));
                let half = powers.into_iter().all(|(both, (a, b))| 2 * both == a + b);
                let product = 4.0 * a.coefficient * b.coefficient;
                half && product > 0.0 && same(terms[*k].coefficient.powi(2), product)
            })?;
            let even = |term: &Term| term.powers.iter().all(|power| power % 2 == 0);
            (even(a) && even(b)).then_some((i, j, between))
        })?;
        let root = |term: &Term, sign: f64| Term {
            coefficient: sign * term.coefficient.abs().sqrt(),
            powers: term.powers.iter().map(|power| power / 2).collect(),
        };
        let sign = terms[i].coefficient.signum();
        let roots = [root(&terms[i], 1.0), root(&terms[j], sign * terms[k].coefficient.signum())];
        let (coefficient, sum) = self.sum(&roots)?;
        let square = self.power(&sum, 2)?;
        let mut taken = [i, j, k];
        taken.sort_unstable();
        taken.into_iter().rev().for_each(|at| drop(terms.remove(at)));
        Some((sign * coefficient * coefficient, square))
    }

    /// coefficient · above · Π atomᵖ / below
    fn quotient(&self, coefficient: f64, above: Option<Expr>, powers: &[i8], below: Option<Expr>) -> Option<Expr> {
        let side = |begun: Option<Expr>, negative: bool| -> Option<Option<Expr>> {
            let mut product = begun;
            for (atom, power) in self.atoms.iter().zip(powers).filter(|(_, p)| **p != 0 && (**p < 0) == negative) {
                let factor = self.power(&atom.expr, power.unsigned_abs())?;
                product = Some(match product {
                    Some(product) => Expr::applied(Operator::Multiply, &[product, factor])?,
                    None => factor,
                });
            }
            Some(product)
        };
        let (above, below) = (side(above, false)?, side(below, true)?);
        let above = match above {
            Some(above) => self.times(coefficient, above)?,
            None => Expr::constant(coefficient),
        };
        match below {
            None => Some(above),
            Some(below) if self.alphabet.contains(Operator::Divide) => Expr::applied(Operator::Divide, &[above, below]),
            Some(_) => None,
        }
    }

    fn times(&self, coefficient: f64, expr: Expr) -> Option<Expr> {
        match coefficient {
            1.0 => Some(expr),
            _ if expr == Expr::constant(1.0) => Some(Expr::constant(coefficient)),
            _ => Expr::applied(Operator::Multiply, &[Expr::constant(coefficient), expr]),
        }
    }

    fn power(&self, expr: &Expr, power: u8) -> Option<Expr> {
        let long = power > REPEATED || (power > 1 && expr.complexity() > 4);
        if long && self.alphabet.contains(Operator::Power) {
            return Expr::applied(Operator::Power, &[expr.clone(), Expr::constant(f64::from(power))]);
        }
        let repeated = |product: Expr, _| Expr::applied(Operator::Multiply, &[product, expr.clone()]);
        (1..power).try_fold(expr.clone(), repeated)
    }
}

/// The powers that all terms share, and the terms without them.
fn apart(terms: &[Term]) -> Option<(Vec<i8>, Vec<Term>)> {
    let mut shared = terms.first()?.powers.clone();
    for term in terms {
        shared.iter_mut().zip(&term.powers).for_each(|(shared, power)| *shared = common(*shared, *power));
    }
    let without = |term: &Term| Term {
        coefficient: term.coefficient,
        powers: term.powers.iter().zip(&shared).map(|(power, shared)| power - shared).collect(),
    };
    let rest = terms.iter().map(without).collect();
    Some((shared, rest))
}

/// What two powers have in common: nothing if one divides and the other does not.
fn common(a: i8, b: i8) -> i8 {
    if i16::from(a) * i16::from(b) > 0 { a.signum() * a.abs().min(b.abs()) } else { 0 }
}

/// Takes the largest group of terms out that share an atom, above or below.
fn sharing(terms: &mut Vec<Term>) -> Option<Vec<Term>> {
    let atoms = terms.first()?.powers.len();
    let shares = |term: &Term, (at, sign): (usize, i8)| term.powers[at].signum() == sign;
    let count = |place: &(usize, i8)| terms.iter().filter(|term| shares(term, *place)).count();
    let place = (0..atoms).flat_map(|at| [(at, 1), (at, -1)]).max_by_key(count).filter(|place| count(place) > 1)?;
    let (group, rest) = terms.drain(..).partition(|term| shares(term, place));
    *terms = rest;
    Some(group)
}

fn inverted(powers: &[i8]) -> Vec<i8> {
    powers.iter().map(|power| -power).collect()
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= EQUAL * a.abs().max(b.abs())
}
