//! Sums and products in a normal form, in which like terms meet.
//!
//! A product is a coefficient and factors to whole or half powers, `c · Π fⁿ`; a sum is a constant and terms with
//! coefficients, `c + Σ k·t`, where no term has a constant factor. Both are kept sorted, so that `b·a` and `a·b` are the same.
//! Used by [`crate::simplify`], which decides whether the normal form is worth having.

use crate::expr::{Expr, Token};
use crate::operators::{Alphabet, Operator};

/// `coefficient · Π factorⁿ`, exponents in halves: √x has 1, x has 2.
#[derive(Clone, Debug)]
pub struct Product {
    /// The constant factor.
    pub coefficient: f64,
    factors: Vec<(Expr, i32)>,
}

/// `constant + Σ coefficient · term`.
#[derive(Clone, Debug, Default)]
pub struct Sum {
    constant: f64,
    terms: Vec<(Expr, f64)>,
}

/// A sum that multiplies out to more terms than this is left as it is.
const MOST_TERMS: usize = 16;

/// The value of an expression that is a constant.
pub fn constant(expr: &Expr) -> Option<f64> {
    match expr.tokens() {
        [Token::Constant(c)] => Some(*c),
        _ => None,
    }
}

/// The operator and its arguments.
pub fn taken_apart(expr: &Expr) -> Option<(Operator, Vec<Expr>)> {
    match expr.tokens()[expr.root()] {
        Token::Operator(operator) => {
            let arguments = expr.arguments(expr.root()).into_iter().map(|place| expr.subtree(place)).collect();
            Some((operator, arguments))
        }
        _ => None,
    }
}

/// a·b where neither overflow nor underflow changes what the product means.
fn times(a: f64, b: f64) -> Option<f64> {
    let product = a * b;
    (product.is_normal() || (product == 0.0 && (a == 0.0 || b == 0.0))).then_some(product)
}

fn join(operator: Operator, a: Option<Expr>, b: Expr) -> Option<Expr> {
    match a {
        Some(a) => Expr::applied(operator, &[a, b]),
        None => Some(b),
    }
}

impl Product {
    /// The normal form of an expression; `None` if a constant factor would overflow or divide by zero.
    pub fn of(expr: &Expr) -> Option<Self> {
        let mut product = Self { coefficient: 1.0, factors: Vec::new() };
        product.gather(expr, 2)?;
        product.factors.retain(|(_, power)| *power != 0);
        product.factors.sort_by(|(a, _), (b, _)| a.order(b));
        Some(product)
    }

    fn gather(&mut self, expr: &Expr, power: i32) -> Option<()> {
        if let Some(c) = constant(expr) {
            for _ in 0..power.abs() / 2 {
                self.coefficient = times(self.coefficient, if power > 0 { c } else { 1.0 / c })?;
            }
            return Some(());
        }
        match taken_apart(expr) {
            Some((Operator::Multiply, parts)) => parts.iter().try_for_each(|part| self.gather(part, power)),
            Some((Operator::Divide, parts)) => {
                self.gather(&parts[0], power)?;
                self.gather(&parts[1], -power)
            }
            Some((Operator::Power, parts)) => match constant(&parts[1]) {
                // (a·b)ⁿ = aⁿ·bⁿ for whole n.
                Some(n) if n.fract() == 0.0 && n.abs() <= 16.0 && power.abs() == 2 => {
                    self.gather(&parts[0], power * n as i32)
                }
                _ => self.multiply(expr, power),
            },
            // √x·√x = x, but √(x·y) stays whole: x and y might both be negative.
            Some((Operator::Sqrt, parts)) if constant(&parts[0]).is_none() => self.multiply(&parts[0], power / 2),
            Some((Operator::Add | Operator::Subtract, _)) if power % 2 == 0 => match Sum::common(expr) {
                Some((common, rest)) => {
                    self.gather(&Expr::constant(common), power)?;
                    self.gather(&rest, power)
                }
                None => self.multiply(expr, power),
            },
            _ => self.multiply(expr, power),
        }
    }

    fn multiply(&mut self, factor: &Expr, power: i32) -> Option<()> {
        match self.factors.iter_mut().find(|(known, _)| known == factor) {
            Some((_, known)) => *known = known.checked_add(power)?,
            None => self.factors.push((factor.clone(), power)),
        }
        Some(())
    }

    /// A factor that is a sum, and the rest; `None` if no factor is a sum or nothing would be left.
    fn split_sum(&self, alphabet: &Alphabet) -> Option<(Expr, Expr)> {
        let is_sum = |expr: &Expr| matches!(taken_apart(expr), Some((Operator::Add | Operator::Subtract, _)));
        let place = self.factors.iter().position(|(factor, power)| *power == 2 && is_sum(factor))?;
        let mut rest = self.clone();
        let (sum, _) = rest.factors.remove(place);
        if rest.factors.is_empty() { None } else { Some((sum, rest.written(alphabet)?)) }
    }

    /// The shortest way to write it.
    pub fn written(&self, alphabet: &Alphabet) -> Option<Expr> {
        if self.coefficient == 0.0 {
            return Some(Expr::constant(0.0));
        }
        let side = |positive: bool| -> Option<Option<Expr>> {
            let mut product = None;
            for (factor, power) in self.factors.iter().filter(|(_, power)| (*power > 0) == positive) {
                let power = power.abs();
                let whole = usize::try_from(power / 2).ok()?;
                let root =
                    (power % 2 == 1).then(|| Expr::applied(Operator::Sqrt, std::slice::from_ref(factor))).flatten();
                // Repeated multiplication, unless the power is shorter.
                let repeated = whole * factor.complexity() + whole.saturating_sub(1);
                if alphabet.contains(Operator::Power) && repeated > factor.complexity() + 4 {
                    let exponent = Expr::constant(whole as f64);
                    product =
                        join(Operator::Multiply, product, Expr::applied(Operator::Power, &[factor.clone(), exponent])?);
                } else {
                    for _ in 0..whole {
                        product = join(Operator::Multiply, product, factor.clone());
                    }
                }
                if let Some(root) = root {
                    product = join(Operator::Multiply, product, root);
                }
            }
            Some(product)
        };
        let (top, bottom) = (side(true)?, side(false)?);
        let coefficient = Expr::constant(self.coefficient);
        let top = match top {
            Some(top) if self.coefficient == 1.0 => top,
            Some(top) => Expr::applied(Operator::Multiply, &[coefficient, top])?,
            None => coefficient,
        };
        match bottom {
            Some(bottom) => Expr::applied(Operator::Divide, &[top, bottom]),
            None => Some(top),
        }
    }
}

impl Sum {
    /// The normal form of an expression; `None` if a constant would overflow.
    ///
    /// With `expand`, sums inside products are multiplied out, which is shorter when their terms meet others.
    pub fn of(expr: &Expr, alphabet: &Alphabet, expand: bool) -> Option<Self> {
        let mut sum = Self::default();
        sum.gather(expr, 1.0, alphabet, expand)?;
        sum.terms.retain(|(_, coefficient)| *coefficient != 0.0);
        sum.terms.sort_by(|(a, _), (b, _)| a.order(b));
        sum.constant.is_finite().then_some(sum)
    }

    /// 3·a − 3·b = 3·(a − b), 0 − a = −1·a: what all terms share, and the sum without it; `None` if that is nothing.
    fn common(expr: &Expr) -> Option<(f64, Expr)> {
        // Written with what it was written with; whoever asked checks the alphabet.
        let alphabet = Alphabet::default();
        let mut sum = Self::of(expr, &alphabet, false)?;
        let first = sum.terms.first()?.1;
        let alone = sum.terms.len() == 1 && sum.constant == 0.0;
        let common = if alone { first } else { first.abs() };
        // Equal up to the rounding of a fit.
        let equal = |c: f64| (c.abs() - common.abs()).abs() <= 1e-13 * common.abs();
        let shared = sum.terms.iter().all(|(_, c)| equal(*c)) && (sum.constant == 0.0 || equal(sum.constant));
        if !shared || common == 1.0 {
            return None;
        }
        sum.terms.iter_mut().for_each(|(_, c)| *c = if alone { 1.0 } else { c.signum() });
        sum.constant = if sum.constant == 0.0 { 0.0 } else { sum.constant.signum() };
        Some((common, sum.written(&alphabet)?))
    }

    fn gather(&mut self, expr: &Expr, by: f64, alphabet: &Alphabet, expand: bool) -> Option<()> {
        if let Some(c) = constant(expr) {
            self.constant += times(by, c)?;
            return Some(());
        }
        match taken_apart(expr) {
            Some((Operator::Add, parts)) => parts.iter().try_for_each(|part| self.gather(part, by, alphabet, expand)),
            Some((Operator::Subtract, parts)) => {
                self.gather(&parts[0], by, alphabet, expand)?;
                self.gather(&parts[1], -by, alphabet, expand)
            }
            Some((Operator::Multiply | Operator::Divide, _)) => {
                let mut product = Product::of(expr)?;
                let coefficient = times(by, product.coefficient)?;
                product.coefficient = 1.0;
                if expand && let Some((sum, rest)) = product.split_sum(alphabet) {
                    return self.distribute(&sum, &rest, coefficient, alphabet);
                }
                let term = product.written(alphabet)?;
                // Once its coefficient is off, a product can turn out to be a sum or a constant.
                match taken_apart(&term) {
                    Some((Operator::Add | Operator::Subtract, _)) if expand || coefficient.abs() == 1.0 => {
                        self.gather(&term, coefficient, alphabet, expand)
                    }
                    _ if constant(&term).is_some() => self.gather(&term, coefficient, alphabet, expand),
                    _ => self.add(&term, coefficient),
                }
            }
            _ => self.add(expr, by),
        }
    }

    /// coefficient · rest · (a ± b) = coefficient · (rest · a ± rest · b).
    fn distribute(&mut self, sum: &Expr, rest: &Expr, coefficient: f64, alphabet: &Alphabet) -> Option<()> {
        if self.terms.len() > MOST_TERMS {
            return None;
        }
        let (operator, parts) = taken_apart(sum)?;
        for (i, part) in parts.into_iter().enumerate() {
            let sign = if i == 1 && operator == Operator::Subtract { -1.0 } else { 1.0 };
            let product = Expr::applied(Operator::Multiply, &[rest.clone(), part])?;
            self.gather(&product, sign * coefficient, alphabet, true)?;
        }
        Some(())
    }

    fn add(&mut self, term: &Expr, coefficient: f64) -> Option<()> {
        match self.terms.iter_mut().find(|(known, _)| known == term) {
            Some((_, known)) => *known += coefficient,
            None => self.terms.push((term.clone(), coefficient)),
        }
        coefficient.is_finite().then_some(())
    }

    /// The shortest way to write it.
    pub fn written(&self, alphabet: &Alphabet) -> Option<Expr> {
        let product = |coefficient: f64, term: &Expr| -> Option<Expr> {
            let mut product = Product::of(term)?;
            product.coefficient = times(product.coefficient, coefficient)?;
            product.written(alphabet)
        };
        let subtract = alphabet.contains(Operator::Subtract);
        let (less, more): (Vec<_>, Vec<_>) = self.terms.iter().partition(|(_, c)| subtract && *c == -1.0);
        let mut sum = None;
        for (term, coefficient) in more {
            let negative = subtract && *coefficient < 0.0 && sum.is_some();
            sum = if negative {
                join(Operator::Subtract, sum, product(-coefficient, term)?)
            } else {
                join(Operator::Add, sum, product(*coefficient, term)?)
            };
        }
        if self.constant != 0.0 || (sum.is_none() && !less.is_empty()) {
            sum = match sum {
                Some(sum) if subtract && self.constant < 0.0 => {
                    Expr::applied(Operator::Subtract, &[sum, Expr::constant(-self.constant)])
                }
                sum => join(Operator::Add, sum, Expr::constant(self.constant)),
            };
        }
        for (term, _) in less {
            sum = join(Operator::Subtract, sum, term.clone());
        }
        Some(sum.unwrap_or_else(|| Expr::constant(0.0)))
    }
}
