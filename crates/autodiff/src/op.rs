//! Operations, shapes, and finished functions: the plain data of a program.

use crate::unary::Unary;
use std::sync::Arc;

/// Number of a node within its program.
pub(crate) type Id = u32;

/// Whether each item of a batch has an array of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Over {
    /// One array for each item.
    Items,
    /// One array for all.
    Shared,
}

/// Extent of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Shape {
    /// One array an item, or one for all.
    pub over: Over,
    /// Rows of the array.
    pub rows: usize,
    /// Its columns.
    pub columns: usize,
}

impl Shape {
    /// `[rows, columns]` for each item.
    pub fn item(rows: usize, columns: usize) -> Self {
        Self { over: Over::Items, rows, columns }
    }

    /// `[rows, columns]` for all items together.
    pub fn shared(rows: usize, columns: usize) -> Self {
        Self { over: Over::Shared, rows, columns }
    }

    /// Numbers of one array.
    pub fn size(self) -> usize {
        self.rows * self.columns
    }

    pub(crate) fn with_columns(self, columns: usize) -> Self {
        Self { columns, ..self }
    }

    pub(crate) fn with_rows(self, rows: usize) -> Self {
        Self { rows, ..self }
    }
}

/// A number that can be compared and hashed: the bits of an `f64`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Number(u64);

impl Number {
    pub(crate) fn new(x: f64) -> Self {
        // −0 and 0 are the same constant.
        Self((x + 0.0).to_bits())
    }

    /// The number.
    pub fn get(self) -> f64 {
        f64::from_bits(self.0)
    }
}

/// Rows of an item, by their numbers.
pub type Index = Arc<[u32]>;

/// An operation on earlier nodes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// Numbers given when the program runs, by the number of the input.
    Input(u32),
    /// A trained array, by its number.
    Parameter(u32),
    /// The same number everywhere.
    Fill(Number),
    /// x W for a shared W.
    Product(Id, Id),
    /// x Wᵀ for a shared W.
    ProductTransposed(Id, Id),
    /// Σ xᵀ g over rows, mean over items: shared.
    Outer(Id, Id),
    /// A shared row, repeated in every row of every item.
    Row(Id),
    /// Sum over rows, mean over items: a shared row.
    ColumnSum(Id),
    /// A shared row as a column, or a column as a row.
    Transpose(Id),
    /// A function of each number.
    Unary(Unary, Id),
    /// x + y.
    Add(Id, Id),
    /// x − y.
    Subtract(Id, Id),
    /// x y, number by number.
    Multiply(Id, Id),
    /// s x + t.
    Affine(Id, Number, Number),
    /// Rows of each item, in the order of an index.
    Gather(Id, Index),
    /// Row i is added to row `index[i]` of the result.
    Scatter(Id, Index),
    /// Columns side by side.
    Concatenate(Vec<Id>),
    /// Some neighbouring columns, from this one on.
    Slice(Id, u32),
    /// The columns, with zeros on both sides: so many before them.
    Pad(Id, u32),
    /// Sum over columns: one column.
    SumColumns(Id),
    /// One column, repeated.
    SpreadColumns(Id),
    /// Sum over rows and columns, mean over items: one shared number.
    BatchMean(Id),
    /// One shared number, repeated in every place of every item.
    Spread(Id),
}

impl Op {
    /// Calls `each` with the nodes that the operation reads.
    pub(crate) fn for_operands(&self, mut each: impl FnMut(Id)) {
        // One list of operands serves reading and renumbering.
        self.clone().for_operands_mut(|operand| each(*operand));
    }

    /// The same operation on renumbered nodes.
    pub(crate) fn renumbered(&self, number: impl Fn(Id) -> Id) -> Self {
        let mut op = self.clone();
        op.for_operands_mut(|operand| *operand = number(*operand));
        op
    }

    fn for_operands_mut(&mut self, mut each: impl FnMut(&mut Id)) {
        match self {
            Op::Input(_) | Op::Parameter(_) | Op::Fill(_) => {}
            Op::Product(a, b)
            | Op::ProductTransposed(a, b)
            | Op::Outer(a, b)
            | Op::Add(a, b)
            | Op::Subtract(a, b)
            | Op::Multiply(a, b) => [a, b].into_iter().for_each(each),
            Op::Concatenate(parts) => parts.iter_mut().for_each(each),
            Op::Row(x)
            | Op::ColumnSum(x)
            | Op::Transpose(x)
            | Op::Unary(_, x)
            | Op::Affine(x, ..)
            | Op::Gather(x, _)
            | Op::Scatter(x, _)
            | Op::Slice(x, _)
            | Op::Pad(x, _)
            | Op::SumColumns(x)
            | Op::SpreadColumns(x)
            | Op::BatchMean(x)
            | Op::Spread(x) => each(x),
        }
    }
}

/// An operation and the shape of its result.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Node {
    /// What is computed.
    pub op: Op,
    /// Extent of the result.
    pub shape: Shape,
}

/// What is given when a program runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its extent.
    pub shape: Shape,
    /// Whether most of its numbers are zero. It can then be multiplied with a parameter, and nothing else.
    pub sparse: bool,
}

/// A finished program: nodes in an order in which each reads only earlier ones, all of them needed for the outputs.
#[derive(Clone, Debug)]
pub struct Function {
    /// Operations in order.
    pub nodes: Vec<Node>,
    /// The inputs; an item's numbers are given row by row.
    pub inputs: Vec<Input>,
    /// Shapes of the parameters.
    pub parameters: Vec<Shape>,
    /// Places of the results in `nodes`.
    pub outputs: Vec<usize>,
}
