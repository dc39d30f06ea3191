//! The three domains of interaction networks (Battaglia et al. 2016, arXiv 1612.00222), section 3: bodies under gravity, balls in
//! a box, and a string of masses that falls over a disc. All are two-dimensional and dimensionless.
//!
//! | domain | what acts | moved by | conserved |
//! |---|---|---|---|
//! | n-body | softened gravity between all pairs | leapfrog | energy, momentum, angular momentum |
//! | balls | elastic collisions of discs of equal radius with one another and with four walls | exact times of collisions | energy |
//! | string | springs between neighbours, weight, a disc that pushes back | leapfrog | energy |
//!
//! The paper gives no sizes; those of [`domain`] are chosen here. Ratios of errors do not depend on units, errors do.

pub mod domain;

pub mod scene;

pub mod start;

pub mod collisions;
pub mod forces;

pub mod episode;
