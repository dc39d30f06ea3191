//! The gradient of a network's loss on one core, written by hand: what training on a CPU spends its time on.
//!
//! Composed of Burn's tensor operations the same gradient takes about twice as long in a browser: every operation runs over
//! arrays too large for the cache, tanh is computed one number at a time, and half of the matrix products multiply by a
//! transposed matrix. Here a few rows of the batch go through the whole network and back before the next few, so everything
//! but the weights stays in the cache closest to the core.
//!
//! Plain safe Rust on arrays of eight numbers, which the compiler turns into SIMD. Burn's own gradient
//! (`jobs::training::burn_models::network`, used on the GPU) and finite differences are its judges. Knows no device; the optimiser is Burn's,
//! except in [`pixels`] and [`graph`], where moving the parameters would take as long as the gradient.

mod activation;
mod adam;
mod backward;
mod block;
mod dense;
mod gradient;
pub mod graph;
pub mod pixels;
mod vectors;

pub use adam::Adam;
pub use dense::Part;
pub use gradient::{Batch, Gradients, LayerGradient, Output, loss, loss_and_gradients};
