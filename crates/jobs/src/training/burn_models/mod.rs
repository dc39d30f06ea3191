//! Networks that can be trained: Burn tensors on whichever device they are given.
//!
//! Burn differentiates once, and the loss of a Hamiltonian network already holds a derivative: ∂H/∂(q, p). So that inner
//! derivative is written out as ordinary tensor operations ([`mlp::Mlp::input_gradient`]) and the tape runs through it.
//! Finite differences in `f64` of the independent evaluation in [`models::field`] judge both derivatives.
//!
//! Nothing here chooses a device, reads a clock or knows of the browser.

pub mod graph_network;
pub mod mlp;
pub mod network;
pub mod pixel_network;
