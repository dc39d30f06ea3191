//! Weights as a safetensors file: eight bytes that say how long the header is, a JSON header, the numbers.
//!
//! Arrays are `[inputs, outputs]` and biases `[1, outputs]`, 32-bit floats, row by row: y = x W + b, the way the programs have
//! them (PyTorch's `Linear` keeps the transpose). Written here: the library brings a JSON serializer into the worker for a
//! header of one shape. The tests read the files with the format's own Python library.

use crate::network::Network;
use crate::text::json_string;
use std::fmt::Write as _;

/// The bytes of the file. `facts` become its metadata, beside what goes in and comes out.
pub fn safetensors(network: &Network, facts: &[(String, String)]) -> Vec<u8> {
    let described = network.ports();
    let layout = [("format".to_owned(), "np".to_owned()), ("layout".to_owned(), LAYOUT.to_owned())];
    let metadata: Vec<String> = layout
        .iter()
        .chain(facts)
        .chain(&described)
        .map(|(key, value)| format!("{}:{}", json_string(key), json_string(value)))
        .collect();
    let mut header = format!("{{\"__metadata__\":{{{}}}", metadata.join(","));
    let mut numbers: Vec<u8> = vec![];
    for (name, matrix) in &network.arrays {
        let from = numbers.len();
        matrix.values.iter().for_each(|x| numbers.extend_from_slice(&x.to_le_bytes()));
        let _ = write!(
            header,
            ",{}:{{\"dtype\":\"F32\",\"shape\":[{},{}],\"data_offsets\":[{from},{}]}}",
            json_string(name),
            matrix.rows,
            matrix.columns,
            numbers.len()
        );
    }
    header.push('}');
    // Numbers start at a multiple of eight bytes.
    while !header.len().is_multiple_of(8) {
        header.push(' ');
    }
    let length = (header.len() as u64).to_le_bytes();
    length.into_iter().chain(header.into_bytes()).chain(numbers).collect()
}

const LAYOUT: &str = "y = x @ weight + bias; weight [inputs, outputs], bias [1, outputs], row by row";
