//! What the kernels of a function are made from: plain data that the planner writes and kernels are generated from.
//!
//! A function runs as a few dispatches. In the first, every workgroup takes a few items through all operations on items, phase
//! by phase with barriers between, as one core does ([`crate::cpu`]). The second sums over the batch. What is left is Adam.

use crate::op::Id;
use crate::unary::Unary;

/// Invocations of a workgroup: what every WebGPU adapter offers.
pub(super) const WORKGROUP: usize = 256;

/// What is behind an adapter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Adapter {
    /// A graphics card: many invocations at a time.
    Card,
    /// A processor that stands in for one: reading a number costs as much as ten products, and there are no lanes to fill.
    Software,
}

impl Adapter {
    /// Rows and columns of an invocation's part of a product, at most.
    pub fn side(self) -> usize {
        match self {
            Adapter::Card => 4,
            Adapter::Software => 8,
        }
    }
}

/// A dispatch over the items of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Segment {
    /// Between two barriers: arrays that do not depend on each other.
    pub phases: Vec<Vec<Tile>>,
    /// Items of a workgroup.
    pub items: usize,
    /// Numbers of an item's inputs, which lie one after the other.
    pub record: usize,
    /// What it runs on.
    pub adapter: Adapter,
}

/// Arrays of one shape that are computed together: each invocation has some places of the array and computes all values there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Tile {
    /// Rows of an item.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
    /// Sums of products, computed first.
    pub products: Vec<Product>,
    /// What is computed at each place, in order; each may read the results of those before it.
    pub code: Vec<Code>,
    /// (place in `code`, where it is stored).
    pub stores: Vec<(usize, Stored)>,
}

/// An array of each item in memory, by its node; [`crate::gpu::memory`] turns it into a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Stored {
    /// Not placed yet.
    Node(usize),
    /// Numbers of the item before it.
    Slot(usize),
}

/// Where an array of an item is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Source {
    /// Among the values.
    Value(Stored),
    /// Among the inputs: numbers of the record before it.
    Input(usize),
}

/// x W, where W lies row by row among the weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Product {
    /// x: `[rows, inner]`.
    pub x: Source,
    /// Columns of x.
    pub inner: usize,
    /// Where W begins.
    pub weight: usize,
}

/// Number of a row or column that was computed at a place: 0 is the place's own row, 1 its column, others are results of
/// [`Code::Gathered`] and its like, in order.
pub(super) type Place = usize;

/// An operation at a place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Code {
    /// A number (its bits).
    Fill(u32),
    /// The sum of a product, by its number in the tile.
    Product(usize),
    /// The array `[.., columns]` at a row and a column.
    Load { from: Source, columns: usize, row: Place, column: Place },
    /// A weight: `offset + row · stride + column`.
    Weight { offset: usize, stride: usize, row: Place, column: Place },
    /// Σ over the list of a row of an array's rows.
    Scatter { from: Source, columns: usize, lists: usize, row: Place, column: Place },
    /// Σ over the columns of an array.
    SumColumns { from: Source, columns: usize, row: Place },
    /// A function of a result.
    Unary(Unary, usize),
    /// x + y.
    Add(usize, usize),
    /// x − y.
    Subtract(usize, usize),
    /// x y.
    Multiply(usize, usize),
    /// s x + t, by their bits.
    Affine(usize, u32, u32),
    /// The result where `from ≤ column < to`, else another one (or zero).
    Within { value: usize, otherwise: Option<usize>, column: Place, from: usize, to: usize },
    /// A row found in an index: a further place.
    Gathered { index: usize, row: Place },
    /// The column by so many to the right, in `0..columns`: a further place.
    Shifted { column: Place, by: isize, columns: usize },
    /// The first row or column: a further place.
    First,
}

/// A sum over the batch: Σ xᵀ g over rows, or Σ g.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Reduction {
    /// Pairs of nodes; without x it is the sum of g.
    pub pairs: Vec<(Option<usize>, usize)>,
    /// Rows of the sum.
    pub rows: usize,
    /// Its columns.
    pub columns: usize,
}

/// Part of a gradient: a scaled sum over the batch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Term {
    /// Number of the reduction.
    pub reduction: usize,
    /// Factor.
    pub scale: f64,
    /// Whether it is turned.
    pub transposed: bool,
    /// Whether all its columns are summed.
    pub total: bool,
}

/// A parameter among the weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Weight {
    /// Where it begins.
    pub offset: usize,
    /// Rows.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
    /// Where its transpose begins, if there is one.
    pub transposed: Option<usize>,
}

/// What a function is carried out by.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    /// Phases of the pass over items.
    pub phases: Vec<Vec<Tile>>,
    /// The most rows of an item.
    pub tallest: usize,
    /// Numbers of an item's inputs.
    pub record: usize,
    /// Size of each input of an item.
    pub inputs: Vec<usize>,
    /// Numbers that all items' values need, for each item.
    pub slots: usize,
    /// Lists of rows.
    pub table: Vec<u32>,
    /// Sums over the batch.
    pub reductions: Vec<Reduction>,
    /// For each node that is a sum over the batch: its reduction.
    pub sums: Vec<Option<usize>>,
    /// Where operands of reductions are: by node, with rows of an item and columns.
    pub operands: Vec<(usize, Stored, usize, usize)>,
    /// For each output: what a gradient is made of, if it can be one.
    pub terms: Vec<Option<Vec<Term>>>,
}

/// Node of an operand.
pub(super) fn node(id: Id) -> usize {
    id as usize
}
