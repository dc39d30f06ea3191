//! Small random changes to an expression, and the crossing of two.
//!
//! The kinds of change are those of Cranmer (2023), §3; most are natural in postfix order. A rotation, which regroups a tree
//! without changing its leaves, is one operator moved along the list: `a b + c *` becomes `a b c * +`.

use crate::expr::{Expr, Token};
use crate::operators::{Alphabet, Operator};
use rand::{Rng, RngExt};
use rand_distr::{Distribution, StandardNormal};

/// A kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mutation {
    /// A constant is scaled, rarely turned round.
    Constant,
    /// An operator becomes another of as many arguments.
    Operator,
    /// A leaf becomes another variable or a constant.
    Leaf,
    /// Two arguments of an operator change places.
    Swap,
    /// An operator and one below it change places.
    Rotate,
    /// A leaf becomes an operator with that leaf below.
    Grow,
    /// An operator is put above the root.
    Crown,
    /// An operator is put above any part.
    Insert,
    /// An operator disappears, one of its arguments stays.
    Delete,
    /// A part becomes a new small one.
    Replace,
    /// Everything is forgotten.
    Restart,
}

/// Kinds and how often each is tried. Rotations and growth lead, as in Cranmer's tuned weights (PySR 1.x), because the search is
/// free to reject; replacing a part is rarer.
const WEIGHTS: [(Mutation, f64); 11] = [
    (Mutation::Constant, 0.3),
    (Mutation::Operator, 0.8),
    (Mutation::Leaf, 0.8),
    (Mutation::Swap, 0.3),
    (Mutation::Rotate, 2.0),
    (Mutation::Grow, 1.6),
    (Mutation::Crown, 0.8),
    (Mutation::Insert, 0.6),
    (Mutation::Delete, 1.2),
    (Mutation::Replace, 0.4),
    (Mutation::Restart, 0.02),
];

/// Whole and half numbers that new constants may be drawn from.
const WHOLE: [f64; 6] = [1.0, 2.0, 3.0, 4.0, 0.5, -1.0];
/// The same of exponents. Powers of negative numbers have values for whole exponents only, and no slope leads from one to the
/// next. Squares are the most usual.
const EXPONENTS: [f64; 11] = [2.0, 2.0, 2.0, 3.0, 4.0, 0.5, 1.5, 2.5, -0.5, -1.0, -2.0];
const WHOLE_EXPONENTS: f64 = 0.6;

/// What new parts are made of.
#[derive(Clone, Debug)]
pub struct Mutator {
    alphabet: Alphabet,
    columns: u16,
    longest: usize,
    /// How many of the new constants are whole or half.
    whole: f64,
}

impl Mutator {
    /// For laws of this alphabet over so many columns, up to a complexity.
    pub fn new(alphabet: Alphabet, columns: usize, max_complexity: usize) -> Self {
        Self { alphabet, columns: u16::try_from(columns).unwrap_or(u16::MAX), longest: max_complexity, whole: 0.0 }
    }

    /// Draws this part of the new constants from small whole and half numbers, for rows that are too few to fit many.
    pub fn with_whole(self, whole: f64) -> Self {
        Self { whole, ..self }
    }

    /// A changed copy, or `None` if ten tries came to nothing. `heat`, from 0 to 1, is how far constants move.
    pub fn mutated(&self, expr: &Expr, heat: f64, rng: &mut impl Rng) -> Option<Expr> {
        (0..10).find_map(|_| {
            let changed = self.changed(expr, kind(rng), heat, rng)?;
            (changed.complexity() <= self.longest && changed != *expr).then_some(changed)
        })
    }

    /// Two children that have exchanged a part, or `None` if ten tries were too complex.
    pub fn crossed(&self, a: &Expr, b: &Expr, rng: &mut impl Rng) -> Option<(Expr, Expr)> {
        (0..10).find_map(|_| {
            let (i, j) = (rng.random_range(0..a.tokens().len()), rng.random_range(0..b.tokens().len()));
            let children = (a.replaced(i, b.subtree(j).tokens()), b.replaced(j, a.subtree(i).tokens()));
            (children.0.complexity().max(children.1.complexity()) <= self.longest).then_some(children)
        })
    }

    /// A random expression with so many operators, or fewer where it would be too complex.
    pub fn random(&self, operators: usize, rng: &mut impl Rng) -> Expr {
        let mut expr = self.leaf(rng);
        for _ in 0..operators {
            if let Some(grown) = self.grown(&expr, rng)
                && grown.complexity() <= self.longest
            {
                expr = grown;
            }
        }
        expr
    }

    fn changed(&self, expr: &Expr, kind: Mutation, heat: f64, rng: &mut impl Rng) -> Option<Expr> {
        match kind {
            Mutation::Constant => self.nudged(expr, heat, rng),
            Mutation::Operator => {
                let place = chosen(expr, |token| token.arity() > 0, rng)?;
                let others: Vec<Operator> = self.alphabet.of_arity(expr.tokens()[place].arity()).collect();
                let mut tokens = expr.tokens().to_vec();
                tokens[place] = Token::Operator(picked(&others, rng)?);
                Expr::new(tokens).ok()
            }
            Mutation::Leaf => {
                let place = chosen(expr, |token| token.arity() == 0, rng)?;
                let leaf = if is_exponent(expr, place) { self.exponent(rng) } else { self.leaf(rng) };
                Some(expr.replaced(place, leaf.tokens()))
            }
            Mutation::Swap => {
                let root = chosen(expr, |token| token.arity() > 1, rng)?;
                let mut parts: Vec<Expr> = expr.arguments(root).into_iter().map(|place| expr.subtree(place)).collect();
                let first = rng.random_range(0..parts.len() - 1);
                parts.swap(first, first + 1);
                Some(expr.replaced(root, self.applied(expr.tokens()[root], &parts)?.tokens()))
            }
            Mutation::Rotate => rotated(expr, rng),
            Mutation::Grow => self.grown(expr, rng),
            Mutation::Crown => self.wrapped(expr, expr.root(), rng),
            Mutation::Insert => self.wrapped(expr, rng.random_range(0..expr.tokens().len()), rng),
            Mutation::Delete => {
                let root = chosen(expr, |token| token.arity() > 0, rng)?;
                let kept = picked(&expr.arguments(root), rng)?;
                Some(expr.replaced(root, expr.subtree(kept).tokens()))
            }
            Mutation::Replace => {
                let root = rng.random_range(0..expr.tokens().len());
                Some(expr.replaced(root, self.random(rng.random_range(0..4), rng).tokens()))
            }
            Mutation::Restart => Some(self.random(rng.random_range(1..8), rng)),
        }
    }

    fn applied(&self, token: Token, parts: &[Expr]) -> Option<Expr> {
        match token {
            Token::Operator(operator) => Expr::applied(operator, parts),
            _ => None,
        }
    }

    /// A constant or a variable, as likely as one another.
    fn leaf(&self, rng: &mut impl Rng) -> Expr {
        if rng.random::<bool>() {
            if self.whole > 0.0 && rng.random::<f64>() < self.whole {
                return Expr::constant(WHOLE[rng.random_range(0..WHOLE.len())]);
            }
            let value: f64 = StandardNormal.sample(rng);
            Expr::constant(value)
        } else {
            Expr::variable(rng.random_range(0..self.columns.max(1)))
        }
    }

    /// What stands as an exponent: often a whole or half number.
    fn exponent(&self, rng: &mut impl Rng) -> Expr {
        if rng.random::<f64>() < WHOLE_EXPONENTS {
            Expr::constant(EXPONENTS[rng.random_range(0..EXPONENTS.len())])
        } else {
            self.leaf(rng)
        }
    }

    fn grown(&self, expr: &Expr, rng: &mut impl Rng) -> Option<Expr> {
        let place = chosen(expr, |token| token.arity() == 0, rng)?;
        self.wrapped(expr, place, rng)
    }

    /// A random operator above a part; its other arguments are random leaves.
    fn wrapped(&self, expr: &Expr, root: usize, rng: &mut impl Rng) -> Option<Expr> {
        let operator = picked(self.alphabet.operators(), rng)?;
        let kept = rng.random_range(0..operator.arity());
        let parts: Vec<Expr> = (0..operator.arity())
            .map(|i| match (operator, i) {
                _ if i == kept => expr.subtree(root),
                (Operator::Power, 1) => self.exponent(rng),
                _ => self.leaf(rng),
            })
            .collect();
        Some(expr.replaced(root, Expr::applied(operator, &parts)?.tokens()))
    }

    fn nudged(&self, expr: &Expr, heat: f64, rng: &mut impl Rng) -> Option<Expr> {
        let place = chosen(expr, |token| matches!(token, Token::Constant(_)), rng)?;
        let Token::Constant(c) = expr.tokens()[place] else { return None };
        if is_exponent(expr, place) && rng.random::<f64>() < WHOLE_EXPONENTS {
            let stepped = (2.0 * c).round() / 2.0 + if rng.random::<bool>() { 0.5 } else { -0.5 };
            return Some(expr.replaced(place, Expr::constant(stepped).tokens()));
        }
        let factor = (1.1 + heat).powf(rng.random_range(-1.0..1.0));
        let sign = if rng.random::<f64>() < 0.02 { -1.0 } else { 1.0 };
        Some(expr.replaced(place, Expr::constant(sign * c * factor).tokens()))
    }
}

/// Whether the leaf at a place is an exponent.
fn is_exponent(expr: &Expr, place: usize) -> bool {
    expr.tokens().get(place + 1) == Some(&Token::Operator(Operator::Power))
}

fn kind(rng: &mut impl Rng) -> Mutation {
    let total: f64 = WEIGHTS.iter().map(|(_, weight)| weight).sum();
    let mut left = rng.random::<f64>() * total;
    for (kind, weight) in WEIGHTS {
        left -= weight;
        if left < 0.0 {
            return kind;
        }
    }
    Mutation::Rotate
}

fn picked<T: Copy>(from: &[T], rng: &mut impl Rng) -> Option<T> {
    if from.is_empty() { None } else { Some(from[rng.random_range(0..from.len())]) }
}

/// A random place whose token is wanted.
fn chosen(expr: &Expr, wanted: impl Fn(Token) -> bool, rng: &mut impl Rng) -> Option<usize> {
    let count = expr.tokens().iter().filter(|token| wanted(**token)).count();
    if count == 0 {
        return None;
    }
    let which = rng.random_range(0..count);
    expr.tokens().iter().enumerate().filter(|(_, token)| wanted(**token)).nth(which).map(|(place, _)| place)
}

/// An operator moved past one that it was below, or above. One of four arguments stays where it is.
fn rotated(expr: &Expr, rng: &mut impl Rng) -> Option<Expr> {
    let turns = |token: Token| (1..=2).contains(&token.arity());
    let root = chosen(expr, turns, rng)?;
    let below: Vec<usize> = expr.arguments(root).into_iter().filter(|place| turns(expr.tokens()[*place])).collect();
    let child = picked(&below, rng)?;
    let mut tokens = expr.tokens().to_vec();
    if child + 1 < root {
        // The left one of two: (a∘b)•c becomes a∘(b•c), or f(a)•c becomes f(a•c).
        let operator = tokens.remove(child);
        tokens.insert(root, operator);
    } else {
        // The right one: a•(b∘c) becomes (a•b)∘c, a•f(b) becomes f(a•b), f(a∘b) becomes a∘f(b) or f(a)∘b.
        let parts = expr.arguments(child);
        let operator = tokens.remove(root);
        let after = if operator.arity() == 1 { picked(&parts, rng)? } else { parts[0] };
        tokens.insert(after + 1, operator);
    }
    Expr::new(tokens).ok()
}
