//! A network's forward pass as Python source that needs NumPy and SciPy: the same steps as in its ONNX file.

use crate::lowering::{Array, Axis, Pairwise, lower};
use crate::network::Network;
use autodiff::program::{Index, Over, Shape};
use autodiff::unary::Unary;
use std::fmt::Write as _;

/// A function `NAME(w, …inputs)`, where `w` maps the names of arrays to matrices; it returns a tuple of the outputs. Items are
/// the first axis of every input and output.
pub fn numpy(network: &Network, name: &str) -> String {
    let steps = lower(&network.function);
    let ports: Vec<&str> = network.inputs.iter().map(|port| port.name.as_str()).collect();
    let mut text = format!("def {name}(w, {}):\n", ports.join(", "));
    let _ = writeln!(text, "    \"\"\"{}\n", network.about);
    for (what, shape) in network.ports() {
        let _ = writeln!(text, "    {what} {shape}");
    }
    text.push_str("    \"\"\"\n");
    if let Some((port, _)) =
        network.inputs.iter().zip(network.input_shapes()).find(|(_, shape)| shape.over == Over::Items)
    {
        let _ = writeln!(text, "    n = len({})", port.name);
    }
    for (number, (array, _)) in steps.arrays.iter().enumerate() {
        let _ = writeln!(text, "    x{number} = {}", source(array, network));
    }
    let outputs: Vec<String> = steps.outputs.iter().map(|(step, shape)| output(*step, *shape)).collect();
    let _ = writeln!(text, "    return {},", outputs.join(", "));
    text
}

fn output(step: usize, shape: Shape) -> String {
    if shape.over == Over::Items && shape.rows == 1 { format!("x{step}[:, 0, :]") } else { format!("x{step}") }
}

fn source(array: &Array, network: &Network) -> String {
    match array {
        Array::Input(number) => {
            let (name, shape) = (&network.inputs[*number].name, network.input_shapes()[*number]);
            let one_row = shape.over == Over::Items && shape.rows == 1;
            if one_row { format!("{name}[:, None, :]") } else { name.clone() }
        }
        Array::Parameter(number) => format!("w[\"{}\"]", network.arrays[*number].0),
        Array::Number(number) => exact(*number),
        Array::Placement { index, rows } => format!("np.eye({rows})[:, {}]", list(index)),
        Array::Product(x, y) => format!("x{x} @ x{y}"),
        Array::Swap(x) => format!("np.swapaxes(x{x}, -1, -2)"),
        Array::Unary(function, x) => unary(*function, *x),
        Array::Pairwise(kind, x, y) => {
            let sign = match kind {
                Pairwise::Add => '+',
                Pairwise::Subtract => '-',
                Pairwise::Multiply => '*',
            };
            format!("x{x} {sign} x{y}")
        }
        Array::Take(x, index) => format!("x{x}[..., {}, :]", list(index)),
        Array::Join(parts) => {
            let parts: Vec<String> = parts.iter().map(|part| format!("x{part}")).collect();
            format!("np.concatenate([{}], axis=-1)", parts.join(", "))
        }
        Array::Columns(x, from, count) => format!("x{x}[..., {from}:{}]", from + count),
        Array::Pad(x, before, behind) => {
            format!("np.pad(x{x}, [(0, 0)] * (x{x}.ndim - 1) + [({before}, {behind})])")
        }
        Array::Sum(x, axis) => {
            let axis = match axis {
                Axis::Rows => -2,
                Axis::Columns => -1,
            };
            format!("x{x}.sum(axis={axis}, keepdims=True)")
        }
        Array::Mean(x) => format!("x{x}.mean(axis=0)"),
        Array::Stretch(x, Shape { over: Over::Items, rows, columns }) => {
            format!("np.broadcast_to(x{x}, (n, {rows}, {columns}))")
        }
        Array::Stretch(x, Shape { rows, columns, .. }) => format!("np.broadcast_to(x{x}, ({rows}, {columns}))"),
    }
}

fn unary(function: Unary, x: usize) -> String {
    match function {
        Unary::Tanh => format!("np.tanh(x{x})"),
        Unary::Sigmoid => format!("expit(x{x})"),
        Unary::Softplus => format!("np.logaddexp(0.0, x{x})"),
        Unary::Exp => format!("np.exp(x{x})"),
        Unary::Ln => format!("np.log(x{x})"),
        Unary::Sqrt => format!("np.sqrt(x{x})"),
        Unary::Reciprocal => format!("1.0 / x{x}"),
        Unary::Relu => format!("np.maximum(x{x}, 0.0)"),
        Unary::Step => format!("(x{x} > 0.0) * 1.0"),
        Unary::Abs => format!("np.abs(x{x})"),
        Unary::Sign => format!("np.sign(x{x})"),
        Unary::Sine => format!("np.sin(x{x})"),
        Unary::Cosine => format!("np.cos(x{x})"),
    }
}

/// A number that Python reads back as itself.
pub fn exact(number: f64) -> String {
    format!("{number:?}")
}

fn list(index: &Index) -> String {
    let rows: Vec<String> = index.iter().map(u32::to_string).collect();
    format!("[{}]", rows.join(", "))
}
