//! Columns of signs: a charge that is 1 or −1 is its own inverse, so that q₁/q₂ is q₁q₂. A law is written with the product.

use crate::data::Dataset;
use crate::expr::{Expr, Token};
use crate::operators::Operator;

/// For each column whether all its values are 1 or −1.
pub fn signs(data: &Dataset) -> Vec<bool> {
    (0..data.columns()).map(|at| data.column(at).iter().all(|x| x.abs() == 1.0)).collect()
}

/// The law with every division by such a column made a multiplication. No value changes, and it gets no longer.
pub fn multiplied(law: &Expr, signs: &[bool]) -> Expr {
    let rewritten = rebuilt(law, law.root(), signs);
    if rewritten.complexity() <= law.complexity() { rewritten } else { law.clone() }
}

fn rebuilt(law: &Expr, root: usize, signs: &[bool]) -> Expr {
    let arguments: Vec<Expr> = law.arguments(root).into_iter().map(|place| rebuilt(law, place, signs)).collect();
    match (law.tokens()[root], &arguments[..]) {
        (Token::Operator(Operator::Divide), [above, below]) => {
            let (rest, found) = parted(below, below.root(), signs);
            let one = above.tokens() == [Token::Constant(1.0)];
            let mut above = (!one || found.is_empty()).then(|| above.clone());
            for sign in found {
                above = Some(joined(above, Expr::variable(sign)));
            }
            let above = above.unwrap_or_else(|| Expr::constant(1.0));
            match rest {
                Some(below) => apply(Operator::Divide, &[above, below]),
                None => above,
            }
        }
        (Token::Operator(operator), arguments) => apply(operator, arguments),
        (Token::Variable(place), _) => Expr::variable(place),
        (Token::Constant(c), _) => Expr::constant(c),
    }
}

/// A product without its signs, and these; nothing is left of a product of signs alone.
fn parted(expr: &Expr, root: usize, signs: &[bool]) -> (Option<Expr>, Vec<u16>) {
    match expr.tokens()[root] {
        Token::Variable(place) if signs.get(usize::from(place)).copied().unwrap_or(false) => (None, vec![place]),
        Token::Operator(Operator::Multiply) => {
            let parts = expr.arguments(root).into_iter().map(|place| parted(expr, place, signs));
            parts.fold((None, vec![]), |(product, mut all), (rest, found)| {
                all.extend(found);
                (rest.map(|rest| joined(product.clone(), rest)).or(product), all)
            })
        }
        _ => (Some(part(expr, root)), vec![]),
    }
}

/// The subtree that ends at `root`.
fn part(expr: &Expr, root: usize) -> Expr {
    Expr::new(expr.tokens()[expr.start(root)..=root].to_vec()).unwrap_or_else(|_| expr.clone())
}

fn joined(product: Option<Expr>, factor: Expr) -> Expr {
    match product {
        Some(product) => apply(Operator::Multiply, &[product, factor]),
        None => factor,
    }
}

fn apply(operator: Operator, arguments: &[Expr]) -> Expr {
    Expr::applied(operator, arguments).expect("as many arguments as it had")
}

#[cfg(test)]
mod tests {
    use super::multiplied;
    use crate::parse::parse;
    use crate::print::{Notation, print};

    #[test]
    fn a_sign_is_multiplied_by_wherever_it_was_divided_by() {
        let names: Vec<String> = ["dx", "r", "q1", "q2"].map(String::from).to_vec();
        let signs = [false, false, true, true];
        for (law, wanted) in [
            ("2.5*q1*dx/(r^3*q2)", "2.5*q1*dx*q2/r^3"),
            ("6*dx/(r*q2*(r*q1))", "6*dx*q2*q1/(r*r)"),
            ("1/q1", "q1"),
            ("dx/(q1*q2)", "dx*q1*q2"),
            ("dx/(r + q1)", "dx/(r + q1)"),
            ("(dx/q1 + 1)/r", "(dx*q1 + 1)/r"),
        ] {
            let parsed = |text: &str| parse(text, &names).expect("a formula");
            let found = multiplied(&parsed(law), &signs);
            assert_eq!(
                print(&found, &names, Notation::Plain),
                print(&parsed(wanted), &names, Notation::Plain),
                "{law}"
            );
            assert!(found.complexity() <= parsed(law).complexity());
        }
    }
}
