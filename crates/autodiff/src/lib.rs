//! Array programs: a model is written once, differentiated as often as needed, and run by several executors.
//!
//! A [`program::Program`] is a graph of array operations over the items of a batch (an item is a row, a graph of particles, a
//! film frame). [`program::Value::gradient`] adds the derivative to the same program and may be applied to its own result, so a
//! loss that contains ∂H/∂x is differentiated like any other. Executors of a finished [`program::Function`]:
//!
//! | executor | numbers | purpose |
//! |---|---|---|
//! | [`reference::Reference`] | `f64`, plain loops | figures of merit, and the oracle of the others |
//! | [`cpu::Executor`] | `f32`, SIMD, block by block | training on one core |
//! | `gpu::Executor` | `f32`, a few large dispatches | training on a graphics card |
//!
//! ```
//! use autodiff::program::{Program, Shape};
//! use autodiff::reference::Reference;
//!
//! // H = q² + p² for each row (q, p), and its gradient.
//! let program = Program::new();
//! let state = program.input(Shape::item(1, 2));
//! let energy = (state * state).sum_columns();
//! let [gradient] = energy.batch_mean().gradient(&[state]).try_into().expect("one gradient");
//! let function = program.function(&[gradient]);
//! let outputs = Reference::new(&function, &vec![]).run(&[&[3.0, 4.0]], 1);
//! assert_eq!(outputs[0], [6.0, 8.0]);
//! ```

// Only the launches of kernels are unsafe, in one module of `gpu`.
#![cfg_attr(not(feature = "gpu"), forbid(unsafe_code))]
#![deny(unsafe_code)]
#![warn(missing_docs)]

pub mod adam;
pub mod cpu;
pub mod engine;
pub mod error;
#[cfg(feature = "gpu")]
pub mod gpu;
mod gradient;
mod op;
pub mod parameters;
pub mod program;
pub mod reference;
mod simplify;
pub mod unary;
