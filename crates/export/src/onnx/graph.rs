//! The nodes and constants of an ONNX graph.

use crate::lowering::{Array, Axis, Pairwise, lower};
use crate::network::Network;
use crate::onnx::Precision;
use crate::onnx::protobuf::Message;
use autodiff::program::{Over, Shape};
use autodiff::unary::Unary;

/// Types of numbers, as `onnx.proto` counts them.
const FLOAT: i64 = 1;
const INT64: i64 = 7;
const DOUBLE: i64 = 11;
/// The type of an attribute that is a list of whole numbers, or one of them.
const INTS: i64 = 7;
const INT: i64 = 2;

/// The type of all numbers of a precision.
pub(super) fn code(precision: Precision) -> i64 {
    match precision {
        Precision::Single => FLOAT,
        Precision::Double => DOUBLE,
    }
}

/// A graph being written.
pub(super) struct Graph {
    precision: Precision,
    /// Operators in order.
    pub nodes: Vec<Message>,
    /// Parameters and other numbers that stay.
    pub constants: Vec<Message>,
    /// The number of items, as a tensor, once an operator has needed it.
    items: Option<String>,
    first_input: Option<String>,
}

impl Graph {
    /// A network.
    pub fn of(network: &Network, precision: Precision) -> Self {
        let inputs = network.input_shapes();
        let first = network.inputs.iter().zip(&inputs).find(|(_, shape)| shape.over == Over::Items);
        let first_input = first.map(|(port, _)| port.name.clone());
        let mut graph = Self { precision, nodes: vec![], constants: vec![], items: None, first_input };
        let steps = lower(&network.function);
        let mut names: Vec<String> = vec![];
        for (number, (array, over)) in steps.arrays.iter().enumerate() {
            let rank = if *over == Over::Items { 3 } else { 2 };
            let name = graph.array(array, rank, format!("x{number}"), &names, network);
            names.push(name);
        }
        for ((step, shape), port) in steps.outputs.iter().zip(&network.outputs) {
            let name = &names[*step];
            match shape.over == Over::Items && shape.rows == 1 {
                true => {
                    let axis = graph.whole_numbers(&[1]);
                    graph.operator("Squeeze", &[name, &axis], port.name.clone(), vec![]);
                }
                false => drop(graph.operator("Identity", &[name], port.name.clone(), vec![])),
            }
        }
        graph
    }

    /// Writes one step; the name of its result.
    fn array(&mut self, array: &Array, rank: usize, out: String, names: &[String], network: &Network) -> String {
        let name = |step: &usize| names[*step].as_str();
        match array {
            Array::Input(number) => {
                let (port, shape) = (&network.inputs[*number].name, network.input_shapes()[*number]);
                if shape.over != Over::Items || shape.rows != 1 {
                    return port.clone();
                }
                let axis = self.whole_numbers(&[1]);
                self.operator("Unsqueeze", &[port, &axis], out, vec![])
            }
            Array::Parameter(number) => {
                let (name, matrix) = &network.arrays[*number];
                let numbers = matrix.values.iter().map(|x| f64::from(*x));
                self.constant(name.clone(), &[matrix.rows, matrix.columns], numbers)
            }
            Array::Number(number) => self.constant(out, &[], [*number]),
            Array::Placement { index, rows } => {
                let goes = |row: usize| index.iter().map(move |to| f64::from(u8::from(*to as usize == row)));
                self.constant(out, &[*rows, index.len()], (0..*rows).flat_map(goes))
            }
            Array::Product(x, y) => self.operator("MatMul", &[name(x), name(y)], out, vec![]),
            Array::Swap(x) => {
                let order: &[i64] = if rank == 3 { &[0, 2, 1] } else { &[1, 0] };
                self.operator("Transpose", &[name(x)], out, vec![list("perm", order)])
            }
            Array::Unary(Unary::Step, x) => {
                let zero = self.constant(format!("{out}_zero"), &[], [0.0]);
                let above = self.operator("Greater", &[name(x), &zero], format!("{out}_above"), vec![]);
                let to = number("to", code(self.precision));
                self.operator("Cast", &[&above], out, vec![to])
            }
            Array::Unary(Unary::Softplus, x) if self.precision == Precision::Double => self.softplus(name(x), out),
            Array::Unary(function, x) => self.operator(operator_of(*function), &[name(x)], out, vec![]),
            Array::Pairwise(kind, x, y) => {
                let operator = match kind {
                    Pairwise::Add => "Add",
                    Pairwise::Subtract => "Sub",
                    Pairwise::Multiply => "Mul",
                };
                self.operator(operator, &[name(x), name(y)], out, vec![])
            }
            Array::Take(x, index) => {
                let index: Vec<i64> = index.iter().map(|row| i64::from(*row)).collect();
                let index = self.whole_numbers(&index);
                let axis = number("axis", Axis::Rows.from_the_end());
                self.operator("Gather", &[name(x), &index], out, vec![axis])
            }
            Array::Join(parts) => {
                let parts: Vec<&str> = parts.iter().map(name).collect();
                self.operator("Concat", &parts, out, vec![number("axis", -1)])
            }
            Array::Columns(x, from, count) => {
                let ends = [*from as i64, (from + count) as i64, -1];
                let [from, to, axis] = ends.map(|number| self.whole_numbers(&[number]));
                self.operator("Slice", &[name(x), &from, &to, &axis], out, vec![])
            }
            Array::Pad(x, before, behind) => {
                let mut pads = vec![0; 2 * rank];
                (pads[rank - 1], pads[2 * rank - 1]) = (*before as i64, *behind as i64);
                let pads = self.whole_numbers(&pads);
                self.operator("Pad", &[name(x), &pads], out, vec![])
            }
            Array::Sum(x, axis) => {
                let axis = self.whole_numbers(&[axis.from_the_end()]);
                self.operator("ReduceSum", &[name(x), &axis], out, vec![number("keepdims", 1)])
            }
            Array::Mean(x) => {
                self.operator("ReduceMean", &[name(x)], out, vec![list("axes", &[0]), number("keepdims", 0)])
            }
            Array::Stretch(x, shape) => {
                let Shape { over, rows, columns } = *shape;
                let sides = self.whole_numbers(&[rows as i64, columns as i64]);
                let sides = match over {
                    Over::Shared => sides,
                    Over::Items => {
                        let items = self.items();
                        self.operator("Concat", &[&items, &sides], format!("{out}_shape"), vec![number("axis", 0)])
                    }
                };
                self.operator("Expand", &[name(x), &sides], out, vec![])
            }
        }
    }

    /// ln(1 + eˣ) as max(x, 0) + ln(1 + e^−|x|): onnxruntime has no Softplus of 64 bits.
    fn softplus(&mut self, x: &str, out: String) -> String {
        let one = self.constant(format!("{out}_one"), &[], [1.0]);
        let part = |what: &str| format!("{out}_{what}");
        let size = self.operator("Abs", &[x], part("size"), vec![]);
        let below = self.operator("Neg", &[&size], part("below"), vec![]);
        let small = self.operator("Exp", &[&below], part("small"), vec![]);
        let sum = self.operator("Add", &[&small, &one], part("sum"), vec![]);
        let bend = self.operator("Log", &[&sum], part("bend"), vec![]);
        let straight = self.operator("Relu", &[x], part("straight"), vec![]);
        self.operator("Add", &[&straight, &bend], out, vec![])
    }

    /// The number of items as a tensor of one whole number.
    fn items(&mut self) -> String {
        if let Some(items) = &self.items {
            return items.clone();
        }
        let input = self.first_input.clone().unwrap_or_default();
        let ends = vec![number("start", 0), number("end", 1)];
        let items = self.operator("Shape", &[&input], "items".into(), ends);
        self.items.insert(items).clone()
    }

    fn operator(&mut self, kind: &str, inputs: &[&str], out: String, attributes: Vec<Message>) -> String {
        let node = inputs.iter().fold(Message::new(), |node, input| node.bytes(1, input));
        let node = node.bytes(2, &out).bytes(3, format!("{out}_{kind}")).bytes(4, kind).messages(5, attributes);
        self.nodes.push(node);
        out
    }

    fn constant(&mut self, name: String, sides: &[usize], numbers: impl IntoIterator<Item = f64>) -> String {
        let mut raw = vec![];
        for number in numbers {
            match self.precision {
                Precision::Single => raw.extend_from_slice(&(number as f32).to_le_bytes()),
                Precision::Double => raw.extend_from_slice(&number.to_le_bytes()),
            }
        }
        let sides: Vec<i64> = sides.iter().map(|side| *side as i64).collect();
        self.tensor(name, code(self.precision), &sides, raw)
    }

    fn whole_numbers(&mut self, numbers: &[i64]) -> String {
        let raw = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        let name = format!("whole{}", self.constants.len());
        self.tensor(name, INT64, &[numbers.len() as i64], raw)
    }

    fn tensor(&mut self, name: String, kind: i64, sides: &[i64], raw: Vec<u8>) -> String {
        let tensor = sides.iter().fold(Message::new(), |tensor, side| tensor.int(1, *side));
        self.constants.push(tensor.int(2, kind).bytes(8, &name).bytes(9, raw));
        name
    }
}

fn number(name: &str, value: i64) -> Message {
    Message::new().bytes(1, name).int(3, value).int(20, INT)
}

fn list(name: &str, values: &[i64]) -> Message {
    values.iter().fold(Message::new().bytes(1, name), |list, value| list.int(8, *value)).int(20, INTS)
}

/// The operator of a function of one number.
fn operator_of(function: Unary) -> &'static str {
    match function {
        Unary::Tanh => "Tanh",
        Unary::Sigmoid => "Sigmoid",
        Unary::Softplus => "Softplus",
        Unary::Exp => "Exp",
        Unary::Ln => "Log",
        Unary::Sqrt => "Sqrt",
        Unary::Reciprocal => "Reciprocal",
        Unary::Relu => "Relu",
        // Written as a comparison.
        Unary::Step => "Greater",
        Unary::Abs => "Abs",
        Unary::Sign => "Sign",
        Unary::Sine => "Sin",
        Unary::Cosine => "Cos",
    }
}
