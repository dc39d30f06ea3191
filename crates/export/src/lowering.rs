//! A finished function as operations on whole arrays: the one translation behind ONNX and NumPy.
//!
//! An array of items has the batch as its first axis, `[items, rows, columns]`; a shared array is `[rows, columns]`. Numbers,
//! repeated rows and repeated columns stay as small as they are where an operation stretches its operands anyway, and are
//! written out elsewhere. No operation depends on the number of items.

use autodiff::program::{Function, Index, Op, Over, Shape};
use autodiff::unary::Unary;

/// Number of a step.
pub type Step = usize;

/// An axis of an array, counted from its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// The second to last.
    Rows,
    /// The last.
    Columns,
}

impl Axis {
    /// −2 or −1.
    pub fn from_the_end(self) -> i64 {
        match self {
            Axis::Rows => -2,
            Axis::Columns => -1,
        }
    }
}

/// Two arrays combined number by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pairwise {
    /// x + y.
    Add,
    /// x − y.
    Subtract,
    /// x y.
    Multiply,
}

/// An operation on the results of earlier steps.
#[derive(Clone, Debug, PartialEq)]
pub enum Array {
    /// An input of the function, by its number.
    Input(usize),
    /// A parameter, by its number.
    Parameter(usize),
    /// One number, which every operation stretches.
    Number(f64),
    /// A matrix with a 1 in row `index[i]` of column i: it adds rows to where they belong.
    Placement {
        /// Where each row goes.
        index: Index,
        /// Rows of the result.
        rows: usize,
    },
    /// The matrix product over the last two axes.
    Product(Step, Step),
    /// The last two axes exchanged.
    Swap(Step),
    /// A function of each number.
    Unary(Unary, Step),
    /// Two arrays, the smaller stretched.
    Pairwise(Pairwise, Step, Step),
    /// Rows in the order of an index.
    Take(Step, Index),
    /// Columns side by side.
    Join(Vec<Step>),
    /// So many columns from this one on.
    Columns(Step, usize, usize),
    /// Zeros before and behind the columns.
    Pad(Step, usize, usize),
    /// The sum along an axis, which stays with one entry.
    Sum(Step, Axis),
    /// The mean over items; the axis goes.
    Mean(Step),
    /// Stretched to a shape.
    Stretch(Step, Shape),
}

/// A function as steps in an order in which each reads only earlier ones.
#[derive(Clone, Debug)]
pub struct Steps {
    /// The operations, with the shape of each result but for what is still to be stretched.
    pub arrays: Vec<(Array, Over)>,
    /// Where the results are, with their shapes.
    pub outputs: Vec<(Step, Shape)>,
}

/// The function as steps.
pub fn lower(function: &Function) -> Steps {
    let mut lowering = Lowering { function, arrays: vec![], places: Vec::with_capacity(function.nodes.len()) };
    for place in 0..function.nodes.len() {
        let placed = lowering.node(place);
        lowering.places.push(placed);
    }
    let outputs = function.outputs.iter().map(|&place| (lowering.whole(place), function.nodes[place].shape)).collect();
    Steps { arrays: lowering.arrays, outputs }
}

/// The result of a node, and whether it has all of its extent.
#[derive(Clone, Copy)]
struct Placed {
    step: Step,
    whole: bool,
}

struct Lowering<'f> {
    function: &'f Function,
    arrays: Vec<(Array, Over)>,
    places: Vec<Placed>,
}

impl Lowering<'_> {
    fn push(&mut self, array: Array, over: Over) -> Step {
        // Equal steps are one: a scale that several operations use is written once.
        if let Some(known) = self.arrays.iter().position(|known| *known == (array.clone(), over)) {
            return known;
        }
        self.arrays.push((array, over));
        self.arrays.len() - 1
    }

    /// The result of a node in its whole extent.
    fn whole(&mut self, place: usize) -> Step {
        let Placed { step, whole } = self.places[place];
        if whole {
            return step;
        }
        let shape = self.function.nodes[place].shape;
        let step = self.push(Array::Stretch(step, shape), shape.over);
        self.places[place] = Placed { step, whole: true };
        step
    }

    fn node(&mut self, place: usize) -> Placed {
        let node = &self.function.nodes[place];
        let Shape { over, rows, columns } = node.shape;
        let at = |id: &u32| *id as usize;
        let done = |step| Placed { step, whole: true };
        let small = |step| Placed { step, whole: false };
        match &node.op {
            Op::Input(number) => done(self.push(Array::Input(*number as usize), over)),
            Op::Parameter(number) => done(self.push(Array::Parameter(*number as usize), over)),
            Op::Fill(number) => small(self.push(Array::Number(number.get()), Over::Shared)),
            Op::Product(x, w) => {
                let operands = (self.whole(at(x)), self.whole(at(w)));
                done(self.push(Array::Product(operands.0, operands.1), over))
            }
            Op::ProductTransposed(x, w) => {
                let (x, w) = (self.whole(at(x)), self.whole(at(w)));
                let w = self.push(Array::Swap(w), Over::Shared);
                done(self.push(Array::Product(x, w), over))
            }
            Op::Outer(x, g) => {
                let (x, g) = (self.whole(at(x)), self.whole(at(g)));
                let x = self.push(Array::Swap(x), Over::Items);
                let products = self.push(Array::Product(x, g), Over::Items);
                done(self.push(Array::Mean(products), over))
            }
            // What is repeated along rows, columns or items stays as it is until somebody needs all of it.
            Op::Row(x) | Op::SpreadColumns(x) | Op::Spread(x) => small(self.whole(at(x))),
            Op::ColumnSum(x) => {
                let x = self.whole(at(x));
                let sums = self.push(Array::Sum(x, Axis::Rows), Over::Items);
                done(self.push(Array::Mean(sums), over))
            }
            Op::Transpose(x) => {
                let x = self.whole(at(x));
                done(self.push(Array::Swap(x), over))
            }
            Op::Unary(function, x) => {
                let Placed { step, whole } = self.places[at(x)];
                Placed { step: self.push(Array::Unary(*function, step), self.arrays[step].1), whole }
            }
            Op::Add(x, y) => self.pairwise(Pairwise::Add, at(x), at(y)),
            Op::Subtract(x, y) => self.pairwise(Pairwise::Subtract, at(x), at(y)),
            Op::Multiply(x, y) => self.pairwise(Pairwise::Multiply, at(x), at(y)),
            Op::Affine(x, factor, offset) => {
                let Placed { mut step, whole } = self.places[at(x)];
                let over = self.arrays[step].1;
                for (kind, number, nothing) in
                    [(Pairwise::Multiply, factor.get(), 1.0), (Pairwise::Add, offset.get(), 0.0)]
                {
                    if number != nothing {
                        let number = self.push(Array::Number(number), Over::Shared);
                        step = self.push(Array::Pairwise(kind, step, number), over);
                    }
                }
                Placed { step, whole }
            }
            Op::Gather(x, index) => {
                let x = self.whole(at(x));
                done(self.push(Array::Take(x, index.clone()), over))
            }
            Op::Scatter(x, index) => {
                let x = self.whole(at(x));
                let placement = self.push(Array::Placement { index: index.clone(), rows }, Over::Shared);
                done(self.push(Array::Product(placement, x), over))
            }
            Op::Concatenate(parts) => {
                let parts = parts.iter().map(|part| self.whole(at(part))).collect();
                done(self.push(Array::Join(parts), over))
            }
            Op::Slice(x, from) => {
                let x = self.whole(at(x));
                done(self.push(Array::Columns(x, *from as usize, columns), over))
            }
            Op::Pad(x, before) => {
                let width = self.function.nodes[at(x)].shape.columns;
                let x = self.whole(at(x));
                let before = *before as usize;
                done(self.push(Array::Pad(x, before, columns - before - width), over))
            }
            Op::SumColumns(x) => {
                let x = self.whole(at(x));
                done(self.push(Array::Sum(x, Axis::Columns), over))
            }
            Op::BatchMean(x) => {
                let x = self.whole(at(x));
                let rows = self.push(Array::Sum(x, Axis::Rows), Over::Items);
                let sums = self.push(Array::Sum(rows, Axis::Columns), Over::Items);
                done(self.push(Array::Mean(sums), over))
            }
        }
    }

    /// Two values of the same shape; where neither has its whole extent, one is stretched.
    fn pairwise(&mut self, kind: Pairwise, x: usize, y: usize) -> Placed {
        if !self.places[x].whole && !self.places[y].whole {
            self.whole(x);
        }
        let (x, y) = (self.places[x].step, self.places[y].step);
        let over =
            if [x, y].iter().any(|step| self.arrays[*step].1 == Over::Items) { Over::Items } else { Over::Shared };
        Placed { step: self.push(Array::Pairwise(kind, x, y), over), whole: true }
    }
}
