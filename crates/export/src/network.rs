//! A trained network on its own: its forward pass, its arrays with names, what goes in and what comes out.

use autodiff::parameters::Matrix;
use autodiff::program::{Function, Over, Shape};

/// What goes into a network or comes out of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Port {
    /// Its name.
    pub name: String,
    /// What each column is, with its unit.
    pub columns: Vec<String>,
}

impl Port {
    /// With these columns.
    pub fn new<T: Into<String>>(name: &str, columns: impl IntoIterator<Item = T>) -> Self {
        Self { name: name.to_owned(), columns: columns.into_iter().map(Into::into).collect() }
    }
}

/// A network that can be written down in any format.
#[derive(Clone, Debug)]
pub struct Network {
    /// Short name, which its files have.
    pub name: String,
    /// What it computes, in a sentence.
    pub about: String,
    /// From inputs to outputs.
    pub function: Function,
    /// Its arrays with their names, in the order of the function.
    pub arrays: Vec<(String, Matrix)>,
    /// In the order of the function.
    pub inputs: Vec<Port>,
    /// In the order of the function.
    pub outputs: Vec<Port>,
}

impl Network {
    /// Shapes of the inputs, in order.
    pub fn input_shapes(&self) -> Vec<Shape> {
        self.function.inputs.iter().map(|input| input.shape).collect()
    }

    /// Shapes of the outputs, in order.
    pub fn output_shapes(&self) -> Vec<Shape> {
        self.function.outputs.iter().map(|place| self.function.nodes[*place].shape).collect()
    }

    /// What goes in and what comes out, in words, with the extent of each.
    pub fn ports(&self) -> Vec<(String, String)> {
        let inputs = self.inputs.iter().zip(self.input_shapes());
        let outputs = self.outputs.iter().zip(self.output_shapes());
        let described = |kind: &str, (port, shape): (&Port, Shape)| {
            let extent = extent(shape).into_iter().map(|side| side.map_or("n".into(), |side| side.to_string()));
            let text = format!("[{}]: {}", extent.collect::<Vec<String>>().join(", "), named(&port.columns));
            (format!("{kind} {}", port.name), text)
        };
        inputs.map(|port| described("input", port)).chain(outputs.map(|port| described("output", port))).collect()
    }
}

/// Most columns that are named one by one.
const MOST_NAMED: usize = 24;

/// Columns in words; of many the first and the last.
fn named(columns: &[String]) -> String {
    match columns {
        [first, .., last] if columns.len() > MOST_NAMED => format!("{first} to {last}"),
        _ => columns.join(", "),
    }
}

/// Sides of an array as somebody outside sees it: `None` is the number of items; an item of one row has no axis for it.
pub fn extent(shape: Shape) -> Vec<Option<usize>> {
    let Shape { over, rows, columns } = shape;
    match over {
        Over::Shared => vec![Some(rows), Some(columns)],
        Over::Items if rows == 1 => vec![None, Some(columns)],
        Over::Items => vec![None, Some(rows), Some(columns)],
    }
}

/// Names of the arrays of neighbouring layers, weight before bias, where `biased` says which layers have one.
pub fn layer_names(prefix: &str, biased: impl IntoIterator<Item = bool>) -> Vec<String> {
    let names = |(i, biased): (usize, bool)| {
        let name = |what: &str| format!("{prefix}layers.{i}.{what}");
        [Some(name("weight")), biased.then(|| name("bias"))].into_iter().flatten()
    };
    biased.into_iter().enumerate().flat_map(names).collect()
}
