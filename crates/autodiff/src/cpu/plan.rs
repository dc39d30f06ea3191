//! How a function is carried out block by block: which values lie where, and what is done once, in every block, and at the end.

use crate::cpu::layout::{LANES, Layout};
use crate::program::{Input, Node, Op, Over, Shape};

/// A function that this executor cannot carry out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// A value of items depends on a mean over the batch, so the batch would have to be passed over twice.
    #[error("a value of items depends on a mean over the batch")]
    TwoPasses,
    /// A sparse input is used for something else than a product with a parameter.
    #[error("a sparse input may only be multiplied with a parameter")]
    Sparse,
    /// Something else than a parameter is multiplied with.
    #[error("values of items may only be multiplied with a parameter")]
    Weight,
    /// A gradient is more than a weighted sum of sums over the batch.
    #[error("a gradient is not a sum over the batch")]
    Gradient,
    /// Parameters of other shapes than the program's.
    #[error("the parameters do not fit the program")]
    Parameters,
}

/// Where a value lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// It is never written down: it is part of another operation.
    Nowhere,
    /// In memory for blocks, which other values use too.
    Slot(usize),
    /// In memory of its own.
    Shared(usize),
    /// It is a parameter.
    Parameter(usize),
    /// It is a sparse input.
    Sparse(usize),
}

/// One operation on a block.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Instruction {
    /// The node that is computed.
    pub(crate) node: usize,
    /// A product and the shared row that is added to it, where these two are the operation.
    pub(crate) product: Option<(usize, Option<usize>)>,
}

/// The order of work, and where everything lies.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) nodes: Vec<Node>,
    pub(crate) inputs: Vec<Input>,
    pub(crate) outputs: Vec<usize>,
    pub(crate) places: Vec<Place>,
    /// Shared values that parameters alone decide.
    pub(crate) before: Vec<usize>,
    /// Shared values whose transposes the products read, with the place of each transpose in shared memory.
    pub(crate) transposes: Vec<(usize, usize)>,
    pub(crate) block: Vec<Instruction>,
    /// Means over the batch that later shared values read.
    pub(crate) normalized: Vec<usize>,
    /// Shared values that depend on the batch.
    pub(crate) after: Vec<usize>,
    /// Items of a block.
    pub(crate) items: usize,
    /// Packs of each slot.
    pub(crate) slots: Vec<usize>,
    /// Packs of each piece of shared memory.
    pub(crate) shared: Vec<usize>,
    /// How each parameter has to lie.
    pub(crate) layouts: Vec<Layout>,
}

impl Plan {
    /// Rows from panel to panel of a block's value.
    pub(crate) fn stride(&self, node: usize) -> usize {
        stride(self.nodes[node].shape, self.items)
    }

    /// The place of a shared value's transpose.
    pub(crate) fn transpose(&self, node: usize) -> usize {
        self.transposes.iter().find(|(of, _)| *of == node).map_or(usize::MAX, |(_, place)| *place)
    }
}

pub(super) fn stride(shape: Shape, items: usize) -> usize {
    match shape.over {
        Over::Items => (shape.rows * items).next_multiple_of(LANES),
        Over::Shared => shape.rows,
    }
}

impl Plan {
    /// Whether a shared value is a sum over the batch that was not turned into a mean.
    pub(crate) fn is_raw_sum(&self, node: usize) -> bool {
        match (&self.nodes[node].op, self.places[node]) {
            (Op::Outer(..) | Op::ColumnSum(_), Place::Shared(place)) => !self.normalized.contains(&place),
            (Op::Add(a, _), Place::Shared(place)) => {
                self.places[*a as usize] == self.places[node]
                    && !self.normalized.contains(&place)
                    && self.is_raw_sum(*a as usize)
            }
            _ => false,
        }
    }
}
