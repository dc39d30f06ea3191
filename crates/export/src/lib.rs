//! What a visitor takes away, as files: data and curves, pictures, weights, ONNX, a Python script, a report.
//!
//! Knows nothing of threads, clocks or the browser. A trained model is first put on its own as a [`network::Network`]; its
//! program is lowered once ([`lowering`]) and written as ONNX ([`mod@onnx`]) or as NumPy source ([`mod@numpy`]), whatever the
//! model is.
//!
//! | file | what is in it |
//! |---|---|
//! | `data.csv` | what was learned from, with units, part and seed |
//! | `losses.csv`, `motion.csv` | the curves that are shown |
//! | `MODEL.safetensors` | weights, with the names of all arrays |
//! | `MODEL.onnx` | the forward pass: velocity and, of Hamiltonian networks, H |
//! | `MODEL.py` | the same in NumPy, for the weights |
//! | `reproduce.py` | moves the models, compares, draws the figure; needs NumPy and SciPy |
//! | `NAME.svg` | a picture with caption, seed and version |
//! | `report.html` | one run on one page that prints well |

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod coordinates;
pub mod field;
pub mod files;
pub mod graph;
pub mod lowering;
pub mod network;
pub mod numpy;
pub mod onnx;
pub mod picture;
pub mod record;
pub mod report;
pub mod safetensors;
pub mod script;
pub mod table;
pub mod text;
pub mod zip;

/// The version of this program, as files state it.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
