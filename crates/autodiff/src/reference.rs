//! The reference executor: `f64`, plain loops, one array after the other.
//!
//! What every other executor is held against, and what figures of merit are evaluated with.

use crate::parameters::Parameters;
use crate::program::{Function, Node, Op, Over, Shape};
use std::borrow::Cow;
use std::sync::Arc;

/// A function with its parameters in double precision.
#[derive(Clone, Debug)]
pub struct Reference {
    function: Arc<Function>,
    parameters: Arc<Vec<Vec<f64>>>,
    /// Which nodes the outputs are made of.
    needed: Arc<Vec<bool>>,
}

impl Reference {
    /// With parameters in the order of the program.
    pub fn new(function: &Function, parameters: &Parameters) -> Self {
        let wide = |values: &[f32]| values.iter().map(|x| f64::from(*x)).collect();
        Self::with_parameters(function, parameters.iter().map(|matrix| wide(&matrix.values)).collect())
    }

    /// With parameters in double precision, row by row.
    pub fn with_parameters(function: &Function, parameters: Vec<Vec<f64>>) -> Self {
        let sizes = function.parameters.iter().map(|shape| shape.size());
        assert!(sizes.eq(parameters.iter().map(Vec::len)), "parameters of other shapes");
        Self { function: Arc::new(function.clone()), parameters: Arc::new(parameters), needed: needed(function) }
    }

    /// One output alone, with the same parameters; nothing else is computed. `None` where there is no such output.
    pub fn only(&self, output: usize) -> Option<Self> {
        let outputs = vec![*self.function.outputs.get(output)?];
        let function = Function { outputs, ..(*self.function).clone() };
        Some(Self { needed: needed(&function), function: Arc::new(function), parameters: self.parameters.clone() })
    }

    /// The outputs for `items` items. An input has its items one after the other, row by row; so has an output of items.
    pub fn run(&self, inputs: &[&[f64]], items: usize) -> Vec<Vec<f64>> {
        let mut values: Vec<Cow<'_, [f64]>> = Vec::with_capacity(self.function.nodes.len());
        for (node, needed) in self.function.nodes.iter().zip(&*self.needed) {
            let value = match &node.op {
                _ if !needed => Cow::Borrowed(&[][..]),
                Op::Parameter(number) => Cow::Borrowed(self.parameters[*number as usize].as_slice()),
                Op::Input(number) => {
                    let input = inputs[*number as usize];
                    assert_eq!(input.len(), node.shape.size() * items, "input {number}");
                    Cow::Borrowed(input)
                }
                _ => Cow::Owned(self.evaluate(node, &values, items)),
            };
            values.push(value);
        }
        self.function.outputs.iter().map(|output| values[*output].to_vec()).collect()
    }

    fn evaluate(&self, node: &Node, values: &[Cow<'_, [f64]>], items: usize) -> Vec<f64> {
        let value = |id: &u32| &*values[*id as usize];
        let shape_of = |id: &u32| self.function.nodes[*id as usize].shape;
        let Shape { over, rows, columns } = node.shape;
        let all_rows = if over == Over::Items { rows * items } else { rows };
        let size = all_rows * columns;
        let pairwise = |x: &u32, y: &u32, of: fn(f64, f64) -> f64| -> Vec<f64> {
            value(x).iter().zip(value(y)).map(|(x, y)| of(*x, *y)).collect()
        };
        match &node.op {
            Op::Input(_) | Op::Parameter(_) => vec![],
            Op::Fill(number) => vec![number.get(); size],
            Op::Product(x, w) => {
                let mut out = vec![0.0; size];
                let inner = shape_of(x).columns;
                for (x, out) in value(x).chunks_exact(inner).zip(out.chunks_exact_mut(columns)) {
                    add_product(x, value(w), out);
                }
                out
            }
            Op::ProductTransposed(x, w) => {
                let mut out = Vec::with_capacity(size);
                value(x).chunks_exact(shape_of(x).columns).for_each(|x| dots(x, value(w), &mut out));
                out
            }
            Op::Outer(x, g) => {
                let mut out = vec![0.0; size];
                let (wide, narrow) = (shape_of(g).columns, shape_of(x).columns);
                for (x, g) in value(x).chunks_exact(narrow).zip(value(g).chunks_exact(wide)) {
                    for (x, out) in x.iter().zip(out.chunks_exact_mut(wide)) {
                        out.iter_mut().zip(g).for_each(|(out, g)| *out += x * g);
                    }
                }
                averaged(out, items)
            }
            Op::Row(x) => value(x).repeat(all_rows),
            Op::ColumnSum(x) => {
                let mut out = vec![0.0; columns];
                for row in value(x).chunks_exact(columns) {
                    out.iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
                }
                averaged(out, items)
            }
            Op::Transpose(x) => value(x).to_vec(),
            Op::Unary(function, x) => value(x).iter().map(|x| function.value(*x)).collect(),
            Op::Add(x, y) => pairwise(x, y, |x, y| x + y),
            Op::Subtract(x, y) => pairwise(x, y, |x, y| x - y),
            Op::Multiply(x, y) => pairwise(x, y, |x, y| x * y),
            Op::Affine(x, s, t) => value(x).iter().map(|x| s.get() * x + t.get()).collect(),
            Op::Gather(x, index) => {
                let mut out = Vec::with_capacity(size);
                for item in value(x).chunks_exact(shape_of(x).size()) {
                    index.iter().for_each(|row| out.extend_from_slice(&item[*row as usize * columns..][..columns]));
                }
                out
            }
            Op::Scatter(x, index) => {
                let mut out = vec![0.0; size];
                let from = shape_of(x).size();
                for (item, out) in value(x).chunks_exact(from).zip(out.chunks_exact_mut(rows * columns)) {
                    for (row, to) in item.chunks_exact(columns).zip(index.iter()) {
                        let out = &mut out[*to as usize * columns..][..columns];
                        out.iter_mut().zip(row).for_each(|(out, x)| *out += x);
                    }
                }
                out
            }
            Op::Concatenate(parts) => {
                let mut out = Vec::with_capacity(size);
                for row in 0..all_rows {
                    for part in parts {
                        let width = shape_of(part).columns;
                        out.extend_from_slice(&value(part)[row * width..][..width]);
                    }
                }
                out
            }
            Op::Slice(x, from) => {
                let slice = |row: &[f64]| row[*from as usize..][..columns].to_vec();
                value(x).chunks_exact(shape_of(x).columns).flat_map(slice).collect()
            }
            Op::Pad(x, before) => {
                let mut out = vec![0.0; size];
                let width = shape_of(x).columns;
                for (row, out) in value(x).chunks_exact(width).zip(out.chunks_exact_mut(columns)) {
                    out[*before as usize..][..width].copy_from_slice(row);
                }
                out
            }
            Op::SumColumns(x) => value(x).chunks_exact(shape_of(x).columns).map(|row| row.iter().sum()).collect(),
            Op::SpreadColumns(x) => value(x).iter().flat_map(|x| std::iter::repeat_n(*x, columns)).collect(),
            Op::BatchMean(x) => averaged(vec![value(x).iter().sum()], items),
            Op::Spread(x) => vec![value(x)[0]; size],
        }
    }
}

/// Which nodes the outputs of a function are made of.
fn needed(function: &Function) -> Arc<Vec<bool>> {
    let mut needed = vec![false; function.nodes.len()];
    function.outputs.iter().for_each(|output| needed[*output] = true);
    for (place, node) in function.nodes.iter().enumerate().rev() {
        if needed[place] {
            node.op.for_operands(|operand| needed[operand as usize] = true);
        }
    }
    Arc::new(needed)
}

fn averaged(mut sums: Vec<f64>, items: usize) -> Vec<f64> {
    sums.iter_mut().for_each(|sum| *sum /= items as f64);
    sums
}

/// Rows of a matrix that are read at once.
const ROWS: usize = 4;

/// out += x W for one row x: the inner loop runs along memory. Sums are taken in the order of the rows of W; four zeros in a row
/// add nothing (most pixels are).
fn add_product(x: &[f64], w: &[f64], out: &mut [f64]) {
    let columns = out.len();
    let (x4, w4) = (x.chunks_exact(ROWS), w.chunks_exact(ROWS * columns));
    for (x, w) in x4.zip(w4).filter(|(x, _)| x.iter().any(|x| *x != 0.0)) {
        let w: [&[f64]; ROWS] = std::array::from_fn(|i| &w[i * columns..][..columns]);
        for (j, out) in out.iter_mut().enumerate() {
            *out = (0..ROWS).fold(*out, |sum, i| sum + x[i] * w[i][j]);
        }
    }
    let whole = x.len() / ROWS * ROWS;
    for (x, w) in x[whole..].iter().zip(w[whole * columns..].chunks_exact(columns)) {
        out.iter_mut().zip(w).for_each(|(out, w)| *out += x * w);
    }
}

/// The products of x with every row of W.
fn dots(x: &[f64], w: &[f64], out: &mut Vec<f64>) {
    let w4 = w.chunks_exact(ROWS * x.len());
    let rest = w4.remainder().chunks_exact(x.len());
    for w in w4 {
        out.extend(dots_of::<ROWS>(x, std::array::from_fn(|i| &w[i * x.len()..][..x.len()])));
    }
    rest.for_each(|w| out.extend(dots_of(x, [w])));
}

/// Four running sums each, so that the compiler may use SIMD lanes: a single sum fixes the order of the additions.
fn dots_of<const N: usize>(x: &[f64], w: [&[f64]; N]) -> [f64; N] {
    let (x4, rest) = x.as_chunks::<4>();
    let w: [_; N] = w.map(|w| w.as_chunks::<4>());
    let mut lanes = [[0.0; 4]; N];
    for (place, x) in x4.iter().enumerate() {
        for n in 0..N {
            for (lane, (x, w)) in lanes[n].iter_mut().zip(x.iter().zip(&w[n].0[place])) {
                *lane += x * w;
            }
        }
    }
    std::array::from_fn(|n| {
        let rest: f64 = rest.iter().zip(w[n].1).map(|(x, w)| x * w).sum();
        lanes[n].iter().sum::<f64>() + rest
    })
}
