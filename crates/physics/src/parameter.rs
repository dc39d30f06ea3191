//! An adjustable number of a system: its key in links, its name, its range.
//!
//! A key means the same in every system that has it, so those that several share stand here and all others in the file of
//! their system. Everything is dimensionless, in the scale that each system's file states.

/// An adjustable number of a system.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameter {
    /// Key in links and on the command line.
    pub key: &'static str,
    /// Name beside the slider.
    pub label: &'static str,
    /// What it is, in a sentence without a full stop.
    pub help: &'static str,
    /// Smallest and largest value.
    pub range: (f64, f64),
}

impl Parameter {
    /// m, a mass.
    pub const MASS: Self = Self { key: "m", label: "Mass", help: "mass of what moves", range: (0.1, 5.0) };
    /// l, a length.
    pub const LENGTH: Self = Self { key: "l", label: "Length", help: "length of the rod", range: (0.2, 3.0) };
    /// g, the acceleration of free fall.
    pub const GRAVITY: Self =
        Self { key: "g", label: "Gravity", help: "acceleration of free fall", range: (0.5, 20.0) };
}
