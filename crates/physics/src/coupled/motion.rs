//! Frames of a motion, with the graph that made it where that is known.

/// Frames of several bodies in the plane.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Motion {
    /// Which pairs are edges, where that is known.
    pub edges: Option<Vec<bool>>,
    /// Positions, one frame after the other, each `[n, 2]`.
    pub positions: Vec<Vec<f64>>,
    /// Velocities, one frame after the other, each `[n, 2]`.
    pub velocities: Vec<Vec<f64>>,
}

impl Motion {
    /// Number of frames.
    pub fn frames(&self) -> usize {
        self.positions.len()
    }

    /// Number of bodies.
    pub fn bodies(&self) -> usize {
        self.positions.first().map_or(0, |frame| frame.len() / 2)
    }
}
