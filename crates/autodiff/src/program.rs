//! Programs of array operations.
//!
//! A value is either one array per item of a batch, `[rows, columns]` each, or an array that all items share: a parameter, a
//! constant, or what is left of a batch after a mean over its items. Shapes are static; only the number of items is known when
//! a program runs.
//!
//! Reductions over the batch ([`Value::batch_mean`] and the adjoints of parameters) are sums over rows and *means over items*.
//! The adjoint of an item's value is therefore the derivative of that item's own contribution, whatever the size of the batch.

pub use crate::op::{Function, Index, Input, Node, Number, Op, Over, Shape};

use crate::op::Id;
use crate::unary::Unary;
use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::{Add, Mul, Sub};

/// A program under construction. Equal nodes are one node.
#[derive(Debug, Default)]
pub struct Program {
    graph: RefCell<Graph>,
}

#[derive(Debug, Default)]
struct Graph {
    nodes: Vec<Node>,
    known: HashMap<Node, Id>,
    inputs: Vec<Input>,
    parameters: Vec<Shape>,
}

/// A value of a program.
#[derive(Clone, Copy, Debug)]
pub struct Value<'p> {
    pub(crate) program: &'p Program,
    pub(crate) id: Id,
}

impl Program {
    /// An empty program.
    pub fn new() -> Self {
        Self::default()
    }

    /// A further input.
    pub fn input(&self, shape: Shape) -> Value<'_> {
        self.further_input(Input { shape, sparse: false })
    }

    /// A further input of which most numbers are zero, as the pixels of a dark picture: it is only multiplied with a parameter.
    pub fn sparse_input(&self, shape: Shape) -> Value<'_> {
        self.further_input(Input { shape, sparse: true })
    }

    fn further_input(&self, input: Input) -> Value<'_> {
        let number = {
            let inputs = &mut self.graph.borrow_mut().inputs;
            inputs.push(input);
            inputs.len() - 1
        };
        self.add(Op::Input(number as u32), input.shape)
    }

    /// A further parameter of `rows` rows and `columns` columns.
    pub fn parameter(&self, rows: usize, columns: usize) -> Value<'_> {
        let shape = Shape::shared(rows, columns);
        let number = {
            let parameters = &mut self.graph.borrow_mut().parameters;
            parameters.push(shape);
            parameters.len() - 1
        };
        self.add(Op::Parameter(number as u32), shape)
    }

    /// The same number everywhere.
    pub fn fill(&self, shape: Shape, number: f64) -> Value<'_> {
        self.add(Op::Fill(Number::new(number)), shape)
    }

    /// All parameters, in the order in which they were added.
    pub fn parameters(&self) -> Vec<Value<'_>> {
        let shapes = self.graph.borrow().parameters.clone();
        let of = |(number, shape): (usize, Shape)| self.add(Op::Parameter(number as u32), shape);
        shapes.into_iter().enumerate().map(of).collect()
    }

    /// The loss, its parts and its gradient by every parameter: outputs are `parts`, then the gradients in the order of the
    /// parameters.
    pub fn training(&self, loss: Value<'_>, parts: &[Value<'_>]) -> Function {
        let loss = self.value(loss.id);
        let parts = parts.iter().map(|part| self.value(part.id));
        self.function(&parts.chain(loss.gradient(&self.parameters())).collect::<Vec<_>>())
    }

    /// Nodes written so far, those that nothing needs included.
    pub fn len(&self) -> usize {
        self.graph.borrow().nodes.len()
    }

    /// Whether nothing was written yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What is needed for these values, in order.
    pub fn function(&self, outputs: &[Value<'_>]) -> Function {
        let graph = self.graph.borrow();
        let mut needed = vec![false; graph.nodes.len()];
        outputs.iter().for_each(|output| needed[output.id as usize] = true);
        for id in (0..graph.nodes.len()).rev() {
            if needed[id] {
                graph.nodes[id].op.for_operands(|operand| needed[operand as usize] = true);
            }
        }
        let mut places = vec![0; graph.nodes.len()];
        let mut nodes = vec![];
        for (id, node) in graph.nodes.iter().enumerate().filter(|(id, _)| needed[*id]) {
            places[id] = nodes.len() as Id;
            nodes.push(Node { op: node.op.renumbered(|old| places[old as usize]), shape: node.shape });
        }
        Function {
            nodes,
            inputs: graph.inputs.clone(),
            parameters: graph.parameters.clone(),
            outputs: outputs.iter().map(|output| places[output.id as usize] as usize).collect(),
        }
    }

    /// The node with this operation, which is written only if there is none like it.
    pub(crate) fn add(&self, op: Op, shape: Shape) -> Value<'_> {
        let node = Node { op, shape };
        let mut graph = self.graph.borrow_mut();
        if let Some(&id) = graph.known.get(&node) {
            return Value { program: self, id };
        }
        let id = graph.nodes.len() as Id;
        graph.nodes.push(node.clone());
        graph.known.insert(node, id);
        Value { program: self, id }
    }

    pub(crate) fn node(&self, id: Id) -> Node {
        self.graph.borrow().nodes[id as usize].clone()
    }

    pub(crate) fn value(&self, id: Id) -> Value<'_> {
        Value { program: self, id }
    }
}

impl<'p> Value<'p> {
    /// Its extent.
    pub fn shape(self) -> Shape {
        self.program.graph.borrow().nodes[self.id as usize].shape
    }

    pub(crate) fn op(self) -> Op {
        self.program.node(self.id).op
    }

    /// x W + b of a layer with the weight `[inputs, outputs]` and, where there is one, the bias `[1, outputs]`.
    pub fn dense(self, weight: Value<'p>, bias: Option<Value<'p>>) -> Value<'p> {
        let sums = self.product(weight);
        bias.map_or(sums, |bias| sums + bias.row(sums.shape().rows))
    }

    /// tanh x.
    pub fn tanh(self) -> Value<'p> {
        self.unary(Unary::Tanh)
    }

    /// x · sigmoid(x) (Hendrycks and Gimpel 2016).
    pub fn silu(self) -> Value<'p> {
        self * self.unary(Unary::Sigmoid)
    }

    /// max(x, 0).
    pub fn relu(self) -> Value<'p> {
        self.unary(Unary::Relu)
    }

    /// |x|.
    pub fn abs(self) -> Value<'p> {
        self.unary(Unary::Abs)
    }

    /// eˣ.
    pub fn exp(self) -> Value<'p> {
        self.unary(Unary::Exp)
    }

    /// x².
    pub fn square(self) -> Value<'p> {
        self * self
    }

    /// Mean of x over rows, columns and items: one shared number.
    pub fn mean(self) -> Value<'p> {
        self.batch_mean() * (1.0 / self.shape().size() as f64)
    }
}

impl<'p> Add for Value<'p> {
    type Output = Value<'p>;

    fn add(self, other: Value<'p>) -> Value<'p> {
        self.plus(other)
    }
}

impl<'p> Sub for Value<'p> {
    type Output = Value<'p>;

    fn sub(self, other: Value<'p>) -> Value<'p> {
        self.minus(other)
    }
}

impl<'p> Mul for Value<'p> {
    type Output = Value<'p>;

    fn mul(self, other: Value<'p>) -> Value<'p> {
        self.times(other)
    }
}

impl<'p> Mul<f64> for Value<'p> {
    type Output = Value<'p>;

    fn mul(self, factor: f64) -> Value<'p> {
        self.affine(factor, 0.0)
    }
}
