//! Bodies that somebody put where they are: dragged, thrown, added. As text in a link: one body after another, with `;` between
//! them, each as mass, charge, position and velocity with `,` between the numbers.

use physics::particles::scene::Scene;
use physics::phase_space::PhasePoint;
use serde::{Deserialize, Serialize};

/// A body in place of a random one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Placed {
    /// m.
    pub mass: f64,
    /// q.
    pub charge: f64,
    /// x; the third coordinate says nothing in the plane.
    pub position: [f64; 3],
    /// v, likewise.
    pub velocity: [f64; 3],
}

/// The most bodies there can be.
const MOST: usize = 30;
/// Masses and other numbers beyond these are no text of ours.
const LIGHTEST: f64 = 1e-3;
const LARGEST: f64 = 1e3;

impl Placed {
    /// A body at rest, of mass and charge 1.
    pub fn resting(position: [f64; 3]) -> Self {
        Self { mass: 1.0, charge: 1.0, position, velocity: [0.0; 3] }
    }

    fn numbers(&self) -> impl Iterator<Item = f64> {
        [self.mass, self.charge].into_iter().chain(self.position).chain(self.velocity)
    }

    /// Itself, with numbers no larger than a link may hold and rounded to those that it does.
    pub fn rounded(&self) -> Self {
        let round = |x: f64| {
            let x = if x.is_finite() { x.clamp(-LARGEST, LARGEST) } else { 0.0 };
            (x * 1000.0).round() / 1000.0 + 0.0
        };
        Self {
            mass: round(self.mass).max(LIGHTEST),
            charge: round(self.charge),
            position: self.position.map(round),
            velocity: self.velocity.map(round),
        }
    }
}

/// As text.
pub fn write(bodies: &[Placed]) -> String {
    let body = |body: &Placed| body.numbers().map(|x| x.to_string()).collect::<Vec<_>>().join(",");
    bodies.iter().map(body).collect::<Vec<_>>().join(";")
}

/// From text; `None` where it is none of ours.
pub fn read(text: &str) -> Option<Vec<Placed>> {
    let bodies = text.split(';').map(|body| {
        let numbers: Vec<f64> = body.split(',').map(|x| x.trim().parse().ok()).collect::<Option<_>>()?;
        let [mass, charge, x, y, z, vx, vy, vz] = numbers[..] else { return None };
        let placed = Placed { mass, charge, position: [x, y, z], velocity: [vx, vy, vz] };
        (numbers.iter().all(|x| x.abs() <= LARGEST) && mass >= LIGHTEST).then_some(placed.rounded())
    });
    bodies.collect::<Option<Vec<_>>>().filter(|bodies| bodies.len() <= MOST)
}

/// Puts bodies in the places of the first random ones.
pub fn put(bodies: &[Placed], scene: &mut Scene, at: &mut PhasePoint) {
    let d = scene.dimensions;
    for (i, body) in bodies.iter().enumerate().take(scene.bodies()) {
        (scene.masses[i], scene.charges[i]) = (body.mass, body.charge);
        for axis in 0..d {
            at.q[i * d + axis] = body.position[axis];
            at.p[i * d + axis] = body.mass * body.velocity[axis];
        }
    }
}
