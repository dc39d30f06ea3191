//! Reverse mode as a transformation of a program: the gradient is written as further nodes of the same program.
//!
//! Each operation is the adjoint of another (gather and scatter, slice and pad, a row and its column sum, …), so the result is
//! a program like any other and can be differentiated again.

use crate::program::{Op, Shape, Value};
use crate::unary::Unary;
use std::collections::BTreeMap;

impl<'p> Value<'p> {
    /// The gradient of this value, one shared number, by each of `by`.
    ///
    /// By a shared value it is the derivative; by a value of items it is, item by item, the derivative of that item's own
    /// contribution to the mean over the batch.
    pub fn gradient(self, by: &[Value<'p>]) -> Vec<Value<'p>> {
        assert_eq!(self.shape(), Shape::shared(1, 1), "only one shared number has a gradient");
        let mut adjoints = BTreeMap::from([(self.id, self.program.fill(self.shape(), 1.0))]);
        let mut found = BTreeMap::new();
        let reached = reaches(self, by);
        // Later nodes first: when a node is taken, everything that reads it has added its part.
        while let Some((id, adjoint)) = adjoints.pop_last() {
            found.insert(id, adjoint);
            let mut add = |operand: u32, part: Value<'p>| {
                if reached[operand as usize] {
                    adjoints.entry(operand).and_modify(|sum| *sum = *sum + part).or_insert(part);
                }
            };
            self.program.value(id).pull_back(adjoint, &reached, &mut add);
        }
        let missing = |value: &Value<'p>| self.program.fill(value.shape(), 0.0);
        by.iter().map(|value| found.get(&value.id).copied().unwrap_or_else(|| missing(value))).collect()
    }

    /// From the adjoint of this value to the parts that it adds to those of its operands.
    fn pull_back(self, adjoint: Value<'p>, reached: &[bool], add: &mut impl FnMut(u32, Value<'p>)) {
        let (program, g) = (self.program, adjoint);
        let value = |id| program.value(id);
        let wanted = |id: u32| reached[id as usize];
        match self.op() {
            Op::Input(_) | Op::Parameter(_) | Op::Fill(_) => {}
            Op::Product(x, w) => {
                if wanted(x) {
                    add(x, g.product_transposed(value(w)));
                }
                if wanted(w) {
                    add(w, value(x).outer(g));
                }
            }
            Op::ProductTransposed(x, w) => {
                if wanted(x) {
                    add(x, g.product(value(w)));
                }
                if wanted(w) {
                    add(w, g.outer(value(x)));
                }
            }
            Op::Outer(x, y) => {
                if wanted(x) {
                    add(x, value(y).product_transposed(g));
                }
                if wanted(y) {
                    add(y, value(x).product(g));
                }
            }
            Op::Row(x) => add(x, g.column_sum()),
            Op::ColumnSum(x) => add(x, g.row(value(x).shape().rows)),
            Op::Transpose(x) => add(x, g.transposed()),
            Op::Unary(function, x) => {
                if let Some(slope) = derivative(function, value(x), self) {
                    add(x, g * slope);
                }
            }
            Op::Add(x, y) => {
                add(x, g);
                add(y, g);
            }
            Op::Subtract(x, y) => {
                add(x, g);
                if wanted(y) {
                    add(y, g * -1.0);
                }
            }
            Op::Multiply(x, y) => {
                if wanted(x) {
                    add(x, g * value(y));
                }
                if wanted(y) {
                    add(y, g * value(x));
                }
            }
            Op::Affine(x, factor, _) => add(x, g * factor.get()),
            Op::Gather(x, index) => add(x, g.scatter(&index, value(x).shape().rows)),
            Op::Scatter(x, index) => add(x, g.gather(&index)),
            Op::Concatenate(parts) => {
                let mut from = 0;
                for part in parts {
                    let width = value(part).shape().columns;
                    if wanted(part) {
                        add(part, g.slice(from, width));
                    }
                    from += width;
                }
            }
            Op::Slice(x, from) => add(x, g.pad(from as usize, value(x).shape().columns)),
            Op::Pad(x, before) => add(x, g.slice(before as usize, value(x).shape().columns)),
            Op::SumColumns(x) => add(x, g.spread_columns(value(x).shape().columns)),
            Op::SpreadColumns(x) => add(x, g.sum_columns()),
            Op::BatchMean(x) => {
                let Shape { rows, columns, .. } = value(x).shape();
                add(x, g.spread(rows, columns));
            }
            Op::Spread(x) => add(x, g.batch_mean()),
        }
    }
}

/// Which nodes up to `top` depend on one of `by`.
fn reaches(top: Value<'_>, by: &[Value<'_>]) -> Vec<bool> {
    let mut reached = vec![false; top.id as usize + 1];
    by.iter().filter(|value| value.id <= top.id).for_each(|value| reached[value.id as usize] = true);
    for id in 0..reached.len() {
        let mut any = reached[id];
        top.program.node(id as u32).op.for_operands(|operand| any |= reached[operand as usize]);
        reached[id] = any;
    }
    reached
}

/// f′(x) as further nodes; `y` is f(x). `None` where it is zero almost everywhere.
fn derivative<'p>(function: Unary, x: Value<'p>, y: Value<'p>) -> Option<Value<'p>> {
    Some(match function {
        Unary::Tanh => (y * y).affine(-1.0, 1.0),
        Unary::Sigmoid => y * y.affine(-1.0, 1.0),
        Unary::Softplus => x.unary(Unary::Sigmoid),
        Unary::Exp => y,
        Unary::Ln => x.unary(Unary::Reciprocal),
        Unary::Sqrt => y.unary(Unary::Reciprocal) * 0.5,
        Unary::Reciprocal => (y * y) * -1.0,
        Unary::Relu => x.unary(Unary::Step),
        Unary::Abs => x.unary(Unary::Sign),
        Unary::Sine => x.unary(Unary::Cosine),
        Unary::Cosine => x.unary(Unary::Sine) * -1.0,
        Unary::Step | Unary::Sign => return None,
    })
}
