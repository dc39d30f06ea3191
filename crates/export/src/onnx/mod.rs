//! Networks as ONNX files (operator set 17), which onnxruntime and others evaluate.
//!
//! One translation serves every model: an array program is lowered to whole-array operations ([`crate::lowering`]), each of
//! which is one ONNX operator. The number of items, `n`, is left open. Field numbers are those of `onnx.proto`.

mod graph;
mod protobuf;

use crate::network::{Network, extent};
use graph::Graph;
use protobuf::Message;

/// Numbers in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// 32 bits, as the network was trained and as every runtime takes them.
    Single,
    /// 64 bits, as the figures of merit are evaluated.
    Double,
}

/// The version of the format, and the operator set: what runtimes since 2022 read.
const IR_VERSION: i64 = 8;
const OPERATOR_SET: i64 = 17;

/// The bytes of an ONNX file. `facts` become its metadata, beside what goes in and comes out.
pub fn onnx(network: &Network, precision: Precision, facts: &[(String, String)]) -> Vec<u8> {
    let graph = Graph::of(network, precision);
    let ports = |names: &[String], shapes: Vec<_>| {
        let port = |(name, shape): (&String, _)| {
            let dimension = |side: Option<usize>| match side {
                Some(side) => Message::new().int(1, side as i64),
                None => Message::new().bytes(2, "n"),
            };
            let shape = Message::new().messages(1, extent(shape).into_iter().map(dimension));
            let tensor = Message::new().int(1, graph::code(precision)).message(2, shape);
            Message::new().bytes(1, name).message(2, Message::new().message(1, tensor))
        };
        names.iter().zip(shapes).map(port).collect::<Vec<Message>>()
    };
    let names = |ports: &[crate::network::Port]| ports.iter().map(|port| port.name.clone()).collect::<Vec<_>>();
    let (inputs, outputs) = (names(&network.inputs), names(&network.outputs));
    let body = Message::new()
        .messages(1, graph.nodes)
        .bytes(2, &network.name)
        .messages(5, graph.constants)
        .bytes(10, &network.about)
        .messages(11, ports(&inputs, network.input_shapes()))
        .messages(12, ports(&outputs, network.output_shapes()));
    let described = network.ports();
    let metadata = facts.iter().chain(&described);
    Message::new()
        .int(1, IR_VERSION)
        .bytes(2, "Orrery")
        .bytes(3, crate::VERSION)
        .bytes(6, &network.about)
        .message(7, body)
        .message(8, Message::new().bytes(1, "").int(2, OPERATOR_SET))
        .messages(14, metadata.map(|(key, value)| Message::new().bytes(1, key).bytes(2, value)))
        .finish()
}
