//! Inputs of the two networks from a graph G(u, V, E).
//!
//! | part | attributes | input of |
//! |---|---|---|
//! | globals u | gravity g, drag c, where the world has them | both networks |
//! | nodes V | position, velocity, charge, mass | φᵉ of receiver and sender, φᵛ of its body |
//! | edges E | stiffness, where springs differ | φᵉ |
//!
//! An edge that is absent sends no message: that is the mask's work, not the networks'. With relative positions φᵉ gets
//! the vector from receiver to sender instead of two positions, and φᵛ no position at all.

use crate::graph::recipe::{GraphRecipe, Positions};
use physics::particles::scene::{Edge, Scene};
use physics::particles::world::Joined;

/// Which attributes the networks of a recipe take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inputs {
    dimensions: usize,
    positions: Positions,
    stiffness: bool,
    gravity: bool,
    drag: bool,
}

/// Bodies where they are at one moment.
#[derive(Clone, Copy, Debug)]
pub struct Moment<'a> {
    /// The bodies and their laws.
    pub scene: &'a Scene,
    /// Positions, [n, D].
    pub positions: &'a [f64],
    /// Velocities, [n, D].
    pub velocities: &'a [f64],
}

impl Inputs {
    /// Those of a recipe.
    pub fn of(recipe: &GraphRecipe) -> Self {
        let world = recipe.motions.world;
        Self {
            dimensions: world.dimensions,
            positions: recipe.positions,
            stiffness: world.world.joined() == Joined::Half,
            gravity: world.gravity != 0.0,
            drag: world.world.drag() != 0.0,
        }
    }

    fn globals(&self) -> usize {
        usize::from(self.gravity) + usize::from(self.drag)
    }

    /// How many numbers φᵉ takes.
    pub fn message_width(&self) -> usize {
        let places = match self.positions {
            Positions::Absolute => 2 * self.dimensions,
            Positions::Relative => self.dimensions,
        };
        places + 2 * self.dimensions + 4 + usize::from(self.stiffness) + self.globals()
    }

    /// How many numbers φᵛ takes beside the sum of messages.
    pub fn node_width(&self) -> usize {
        let place = if self.positions == Positions::Absolute { self.dimensions } else { 0 };
        place + self.dimensions + 2 + self.globals()
    }

    /// Appends the inputs of φᵉ for an edge. In the plane, with i the receiver and j the sender:
    ///
    /// absolute xᵢ yᵢ vᵢ wᵢ qᵢ mᵢ xⱼ yⱼ vⱼ wⱼ qⱼ mⱼ, relative xⱼ−xᵢ yⱼ−yᵢ vᵢ wᵢ qᵢ mᵢ vⱼ wⱼ qⱼ mⱼ; then stiffness, g and c,
    /// as far as the world has them. `shift` is added to absolute positions.
    pub fn message(&self, at: Moment<'_>, edge: &Edge, shift: &[f64], out: &mut Vec<f64>) {
        let (i, j) = (edge.receiver, edge.sender);
        if self.positions == Positions::Relative {
            out.extend(at.vector(at.positions, j).iter().zip(at.vector(at.positions, i)).map(|(to, from)| to - from));
        }
        for body in [i, j] {
            self.body(at, body, shift, out);
        }
        if self.stiffness {
            out.push(edge.stiffness);
        }
        self.globals_of(at.scene, out);
    }

    /// Appends the inputs of φᵛ for a body beside the sum of messages: position (if absolute), velocity, charge, mass, g, c.
    pub fn node(&self, at: Moment<'_>, body: usize, shift: &[f64], out: &mut Vec<f64>) {
        self.body(at, body, shift, out);
        self.globals_of(at.scene, out);
    }

    fn body(&self, at: Moment<'_>, body: usize, shift: &[f64], out: &mut Vec<f64>) {
        if self.positions == Positions::Absolute {
            out.extend(at.vector(at.positions, body).iter().zip(shift).map(|(x, shift)| x + shift));
        }
        out.extend_from_slice(at.vector(at.velocities, body));
        out.extend([at.scene.charges[body], at.scene.masses[body]]);
    }

    fn globals_of(&self, scene: &Scene, out: &mut Vec<f64>) {
        if self.gravity {
            out.push(scene.globals.gravity);
        }
        if self.drag {
            out.push(scene.globals.drag);
        }
    }
}

impl<'a> Moment<'a> {
    fn vector(&self, of: &'a [f64], body: usize) -> &'a [f64] {
        let d = self.scene.dimensions;
        &of[body * d..(body + 1) * d]
    }
}
