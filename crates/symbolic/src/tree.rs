//! An expression laid out as a tree: every leaf in a column of its own, every operator above the middle of its arguments.

use crate::expr::{Expr, Token};
use crate::notation::read;
use crate::print::{Notation, print};
use serde::{Deserialize, Serialize};

/// A token in its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// The name of a column, a number, or the sign of an operator.
    pub text: String,
    /// Columns from the left, half ones too.
    pub across: f32,
    /// Steps below the root.
    pub depth: u16,
    /// The place in the list of the operator that it is an argument of; `None` for the root.
    pub parent: Option<u16>,
}

/// The nodes of an expression, the root first and each operator before its arguments; `names` are those of the columns.
pub fn tree(expr: &Expr, names: &[String]) -> Vec<Node> {
    let mut layout = Layout { expr, names, nodes: vec![], leaves: 0.0 };
    layout.place(expr.root(), None, 0);
    layout.nodes
}

struct Layout<'a> {
    expr: &'a Expr,
    names: &'a [String],
    nodes: Vec<Node>,
    leaves: f32,
}

impl Layout<'_> {
    /// Adds the subtree that ends at `root`; where it stands.
    fn place(&mut self, root: usize, parent: Option<u16>, depth: u16) -> f32 {
        let token = self.expr.tokens()[root];
        let text = match token {
            Token::Operator(operator) => operator.symbol().replace('*', "×").replace('-', "−"),
            Token::Constant(_) | Token::Variable(_) => {
                read(&print(&self.expr.subtree(root), self.names, Notation::Plain))
            }
        };
        let at = self.nodes.len();
        self.nodes.push(Node { text, across: 0.0, depth, parent });
        let places: Vec<f32> = self
            .expr
            .arguments(root)
            .into_iter()
            .map(|argument| self.place(argument, Some(at as u16), depth + 1))
            .collect();
        let across = match (places.first(), places.last()) {
            (Some(first), Some(last)) => (first + last) / 2.0,
            _ => {
                self.leaves += 1.0;
                self.leaves - 1.0
            }
        };
        self.nodes[at].across = across;
        across
    }
}

#[cfg(test)]
mod tests {
    use super::tree;
    use crate::parse::parse;

    #[test]
    fn leaves_stand_side_by_side_and_operators_above_their_middle() {
        let names: Vec<String> = ["x1", "x2", "x3"].map(Into::into).into();
        let expr = parse("x1 * x2 + 2.5 * cos(x3)", &names).expect("a formula");
        let nodes = tree(&expr, &names);
        let found: Vec<(&str, f32, u16, Option<u16>)> =
            nodes.iter().map(|node| (node.text.as_str(), node.across, node.depth, node.parent)).collect();
        let expected = [
            ("+", 1.5, 0, None),
            ("×", 0.5, 1, Some(0)),
            ("x1", 0.0, 2, Some(1)),
            ("x2", 1.0, 2, Some(1)),
            ("×", 2.5, 1, Some(0)),
            ("2.5", 2.0, 2, Some(4)),
            ("cos", 3.0, 2, Some(4)),
            ("x3", 3.0, 3, Some(6)),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn numbers_have_the_minus_sign_that_operators_have_and_names_their_hyphens() {
        let names: Vec<String> = ["x", "a-b"].map(Into::into).into();
        let expr = parse("-0.871 * x - `a-b`", &names).expect("a formula");
        let nodes = tree(&expr, &names);
        let texts: Vec<&str> = nodes.iter().map(|node| node.text.as_str()).collect();
        assert_eq!(texts, ["−", "×", "−0.871", "x", "`a-b`"]);
    }
}
