//! Masses joined by springs of rest length zero: a linear system, whose exact motion is known.
//!
//! H(q, p) = Σᵢ |pᵢ|²/2mᵢ + Σ_{springs} ½ k |qᵢ − qⱼ|² + Σᵢ ½ kᵢ |qᵢ|²
//!
//! | symbol | meaning |
//! |---|---|
//! | qᵢ, pᵢ | place and momentum of body i, D numbers each |
//! | mᵢ | its mass |
//! | k | stiffness of a spring between two bodies |
//! | kᵢ | stiffness of the spring that ties body i to its place of rest, such as a wall |
//!
//! In reading order: the system, its normal modes, random systems and starts.

pub mod modes;
pub mod random;
pub mod system;
