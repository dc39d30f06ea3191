//! Products of powers to choose from.

use crate::expr::Expr;
use crate::operators::{Alphabet, Operator};

/// More products are not looked at.
const MOST: usize = 4000;
/// The powers of a product together, at most.
const LARGEST: usize = 6;
/// The same below a line of division, and how many of them may be tried.
const BELOW: usize = 2;
const MOST_BELOW: usize = 30;

/// What may be a factor: a column, or a function of one.
pub(super) struct Atom {
    pub(super) expr: Expr,
    pub(super) values: Vec<f64>,
    pub(super) is_positive: bool,
}

/// Something that may be added: a product of powers of atoms, or, inside an exponential, the logarithm of a column, which is a
/// factor outside.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Product {
    Powers(Vec<i8>),
    /// The same times the target.
    OfTarget(Vec<i8>),
    Logarithm(usize),
}

/// What a library is made of.
#[derive(Clone)]
pub(super) struct Kind {
    /// The most powers of a product together.
    powers: usize,
    /// Whether there are negative ones.
    negative: bool,
    functions: Vec<Operator>,
    /// For y = a/(m + b), so that y = a/m − y·b/m: the powers of m.
    pub(super) below: Option<Vec<i8>>,
}

/// Products with their values on the rows.
pub(super) struct Library {
    pub(super) kind: Kind,
    pub(super) atoms: Vec<Atom>,
    pub(super) products: Vec<Product>,
    pub(super) values: Vec<Vec<f64>>,
}

impl Library {
    /// Libraries from the smallest to the largest; `logarithms` are wanted inside an exponential.
    pub(super) fn all<'a>(
        columns: &'a [Vec<f64>],
        target: &'a [f64],
        alphabet: &'a Alphabet,
        logarithms: bool,
    ) -> impl Iterator<Item = Self> + 'a {
        let divides = alphabet.contains(Operator::Divide);
        let functions = [Operator::Sqrt, Operator::Exp, Operator::Log, Operator::Sin, Operator::Cos];
        let functions: Vec<Operator> = functions.into_iter().filter(|function| alphabet.contains(*function)).collect();
        let kind = |powers, negative| Kind { powers, negative, functions: vec![], below: None };
        let plain = [2, 3, 4, LARGEST].map(|powers| kind(powers, false)).into_iter();
        let negative = (2..=LARGEST).map(move |powers| kind(powers, true)).filter(move |_| divides);
        let mut below = vec![];
        let few = divides && exponents(&vec![false; columns.len()], BELOW, MOST_BELOW, &mut vec![], &mut below);
        let quotients = (BELOW..=BELOW + 1).flat_map(move |powers| {
            let of = move |below: Vec<i8>| Kind { below: Some(below), ..kind(powers, false) };
            below.clone().into_iter().filter(move |_| few).map(of)
        });
        let with_functions =
            (2..=LARGEST).map(move |powers| Kind { functions: functions.clone(), ..kind(powers, false) });
        let with_functions = with_functions.filter(|kind| !kind.functions.is_empty());
        plain
            .chain(negative)
            .chain(quotients)
            .chain(with_functions)
            .filter_map(move |kind| Self::new(atoms(columns, &kind.functions), target, kind, logarithms))
    }

    fn new(atoms: Vec<Atom>, target: &[f64], kind: Kind, logarithms: bool) -> Option<Self> {
        let divides = |atom: &Atom| kind.negative && atom.values.iter().all(|x| *x != 0.0);
        let may_divide: Vec<bool> = atoms.iter().map(divides).collect();
        let mut all = vec![];
        if !exponents(&may_divide, kind.powers, MOST, &mut vec![], &mut all) {
            return None;
        }
        let shifted = |all: Vec<Vec<i8>>, by: &[i8]| -> Vec<Vec<i8>> {
            all.into_iter().map(|powers| powers.iter().zip(by).map(|(power, by)| power - by).collect()).collect()
        };
        let mut of_target = vec![];
        if let Some(below) = &kind.below {
            let is_zero = |atom: &Atom| atom.values.contains(&0.0);
            if below.iter().zip(&atoms).any(|(power, atom)| *power > 0 && is_zero(atom)) {
                return None;
            }
            exponents(&may_divide, BELOW, MOST, &mut vec![], &mut of_target);
            // The target itself would explain it.
            of_target.retain(|powers| powers != below);
            (all, of_target) = (shifted(all, below), shifted(of_target, below));
        }
        let value = |powers: &[i8]| -> Vec<f64> {
            let mut values = vec![1.0; target.len()];
            for (atom, power) in atoms.iter().zip(powers).filter(|(_, power)| **power != 0) {
                values.iter_mut().zip(&atom.values).for_each(|(value, x)| *value *= x.powi(i32::from(*power)));
            }
            values
        };
        let mut values: Vec<Vec<f64>> = all.iter().map(|powers| value(powers)).collect();
        values.extend(
            of_target
                .iter()
                .map(|powers| value(powers).iter().zip(target).map(|(value, y)| value * y).collect::<Vec<f64>>()),
        );
        let products = all.into_iter().map(Product::Powers).chain(of_target.into_iter().map(Product::OfTarget));
        let mut products: Vec<Product> = products.collect();
        for (at, atom) in atoms.iter().enumerate().filter(|(_, atom)| logarithms && atom.is_positive) {
            values.push(atom.values.iter().map(|x| x.ln()).collect());
            products.push(Product::Logarithm(at));
        }
        Some(Self { kind, atoms, products, values })
    }

    pub(super) fn len(&self) -> usize {
        self.products.len()
    }
}

fn atoms(columns: &[Vec<f64>], functions: &[Operator]) -> Vec<Atom> {
    let mut atoms = vec![];
    for (at, values) in columns.iter().enumerate() {
        let expr = Expr::variable(u16::try_from(at).unwrap_or(u16::MAX));
        for function in functions {
            let values: Vec<f64> = values.iter().map(|x| function.unary(*x)).collect();
            let expr = Expr::applied(*function, std::slice::from_ref(&expr));
            if let Some(expr) = expr.filter(|_| values.iter().all(|x| x.is_finite())) {
                atoms.push(Atom { expr, values, is_positive: false });
            }
        }
        let is_positive = values.iter().all(|x| *x > 0.0);
        atoms.push(Atom { expr, values: values.clone(), is_positive });
    }
    atoms
}

/// All lists of exponents with so many powers together; whether they are few enough.
fn exponents(may_divide: &[bool], powers: usize, most: usize, begun: &mut Vec<i8>, all: &mut Vec<Vec<i8>>) -> bool {
    if begun.len() == may_divide.len() {
        all.push(begun.clone());
        return all.len() <= most;
    }
    let highest = powers as i8;
    let lowest = if may_divide[begun.len()] { -highest } else { 0 };
    (lowest..=highest).all(|power| {
        begun.push(power);
        let few = exponents(may_divide, powers - usize::from(power.unsigned_abs()), most, begun, all);
        begun.pop();
        few
    })
}
