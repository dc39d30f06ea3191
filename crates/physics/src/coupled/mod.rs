//! Bodies whose pairs act on one another or do not, as in neural relational inference (Kipf, Fetaya et al. 2018, arXiv
//! 1802.04687): who is joined to whom is what is to be found from their motion alone.
//!
//! | system | edge of a pair | motion |
//! |---|---|---|
//! | springs | joined with probability ½ | force −k(xᵢ − xⱼ), k = 0.1; exact, by the powers of a matrix |
//! | charges | the product of two charges ±1 is positive | force qᵢqⱼ(xᵢ − xⱼ)/r³, at most 100 in each direction; leapfrog with steps of 0.001 |
//!
//! Masses are 1. Starts are those of the paper's code: velocities of length ½ in random directions, positions N(0, σ²) in each
//! direction with σ = ½ for springs and 1 for charges. A frame is 0.1 after the one before it. The box of ±5 of that code
//! matters for charges; springs do not reach it within its frames, and here they have none.

pub mod motion;
pub mod system;

mod charges;
mod springs;
