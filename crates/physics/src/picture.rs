//! What a system looks like: rods, springs and bobs in world coordinates, which can be drawn without knowing the system.

/// A place in the world: x to the right, y upwards.
pub type Place = (f64, f64);

/// One thing to draw.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// A stiff rod between two places.
    Rod(Place, Place),
    /// A coiled spring between two places.
    Spring(Place, Place),
    /// A wall, floor or ceiling that other parts hang on.
    Support(Place, Place),
    /// A fixed joint.
    Pivot(Place),
    /// A round mass.
    Bob(Place),
    /// A square mass.
    Block(Place),
    /// A thin line that is no part of the machine, such as the border of the region that can be reached.
    Line(Vec<Place>),
}

/// The parts, and the part of the world that has to be in sight. What lies outside need not be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// From back to front.
    pub parts: Vec<Part>,
    /// Smallest and largest x in sight.
    pub across: (f64, f64),
    /// Smallest and largest y in sight.
    pub up: (f64, f64),
}

impl Picture {
    /// Parts in a square of this half side around the origin.
    pub fn around(half: f64, parts: Vec<Part>) -> Self {
        Self { parts, across: (-half, half), up: (-half, half) }
    }

    /// A pendulum of length 1 at an angle from hanging straight down.
    pub fn pendulum(angle: f64) -> Self {
        let bob = (angle.sin(), -angle.cos());
        Self::around(1.0, vec![Part::Rod((0.0, 0.0), bob), Part::Pivot((0.0, 0.0)), Part::Bob(bob)])
    }
}
