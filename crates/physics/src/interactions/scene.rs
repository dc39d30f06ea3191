//! A scene, its state, and the relations along which something acts.
//!
//! A relation is directed: a receiver, which moves, and a sender, which is another body or a thing that never moves. Which
//! relations there are depends on domain, number of bodies and number of pins alone, so that scenes of one size share them.

use crate::interactions::domain::{Domain, WALL};

/// A vector of the plane.
pub type Vector = [f64; 2];

/// What does not change while bodies move.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// What acts.
    pub domain: Domain,
    /// One mass for each body.
    pub masses: Vec<f64>,
    /// Places that ends of a string are tied to: of its first mass and, if there are two, of its last.
    pub pins: Vec<Vector>,
    /// Centre of the disc of a string.
    pub disc: Vector,
}

/// Where the bodies are and how fast they move, each `[n, 2]`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// Positions.
    pub positions: Vec<f64>,
    /// Velocities.
    pub velocities: Vec<f64>,
}

/// What acts on a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sender {
    /// Another body.
    Body(usize),
    /// A wall of the box: of the lower and of the upper end of the first axis, then of the second.
    Wall(usize),
    /// A pin.
    Pin(usize),
    /// The disc.
    Disc,
}

/// Something that acts on a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relation {
    /// Number of the body that is acted upon.
    pub receiver: usize,
    /// What acts.
    pub sender: Sender,
}

/// The relations of every scene of a domain with so many bodies and pins, receiver by receiver.
pub fn relations(domain: Domain, bodies: usize, pins: usize) -> Vec<Relation> {
    let mut relations = vec![];
    for receiver in 0..bodies {
        let mut add = |sender| relations.push(Relation { receiver, sender });
        match domain {
            Domain::NBody | Domain::Balls => {
                (0..bodies).filter(|other| *other != receiver).for_each(|other| add(Sender::Body(other)));
                if domain == Domain::Balls {
                    (0..4).for_each(|wall| add(Sender::Wall(wall)));
                }
            }
            Domain::String => {
                let neighbours = [receiver.checked_sub(1), Some(receiver + 1).filter(|next| *next < bodies)];
                neighbours.into_iter().flatten().for_each(|other| add(Sender::Body(other)));
                (0..pins).filter(|pin| tied(*pin, bodies) == receiver).for_each(|pin| add(Sender::Pin(pin)));
                add(Sender::Disc);
            }
        }
    }
    relations
}

/// Number of the mass that a pin holds.
pub(crate) fn tied(pin: usize, bodies: usize) -> usize {
    if pin == 0 { 0 } else { bodies.saturating_sub(1) }
}

impl Scene {
    /// Number of bodies n.
    pub fn bodies(&self) -> usize {
        self.masses.len()
    }

    /// The relations of this scene.
    pub fn relations(&self) -> Vec<Relation> {
        relations(self.domain, self.bodies(), self.pins.len())
    }

    /// From a receiver to its sender: the difference of positions, and of velocities. Of a wall the nearest point counts.
    pub fn difference(&self, state: &State, relation: Relation) -> [Vector; 2] {
        let Relation { receiver, sender } = relation;
        let (x, v) = (state.position(receiver), state.velocity(receiver));
        let from = |place: Vector| [minus(place, x), minus([0.0; 2], v)];
        match sender {
            Sender::Body(other) => [minus(state.position(other), x), minus(state.velocity(other), v)],
            Sender::Wall(wall) => {
                let mut nearest = x;
                nearest[wall / 2] = if wall % 2 == 0 { -WALL } else { WALL };
                from(nearest)
            }
            Sender::Pin(pin) => from(self.pins[pin]),
            Sender::Disc => from(self.disc),
        }
    }

    /// Kinetic energy Σ mv²/2.
    pub fn kinetic_energy(&self, state: &State) -> f64 {
        self.masses.iter().zip(state.velocities.chunks(2)).map(|(m, v)| m * (v[0] * v[0] + v[1] * v[1]) / 2.0).sum()
    }

    /// Total momentum Σ mv.
    pub fn momentum(&self, state: &State) -> Vector {
        let of = |axis: usize| self.masses.iter().zip(state.velocities.chunks(2)).map(|(m, v)| m * v[axis]).sum();
        [of(0), of(1)]
    }

    /// Total angular momentum Σ m x × v about the origin.
    pub fn angular_momentum(&self, state: &State) -> f64 {
        let bodies = state.positions.chunks(2).zip(state.velocities.chunks(2));
        self.masses.iter().zip(bodies).map(|(m, (x, v))| m * (x[0] * v[1] - x[1] * v[0])).sum()
    }
}

impl State {
    /// Position of a body.
    pub fn position(&self, body: usize) -> Vector {
        [self.positions[2 * body], self.positions[2 * body + 1]]
    }

    /// Velocity of a body.
    pub fn velocity(&self, body: usize) -> Vector {
        [self.velocities[2 * body], self.velocities[2 * body + 1]]
    }

    /// Whether every number is finite.
    pub fn is_finite(&self) -> bool {
        self.positions.iter().chain(&self.velocities).all(|x| x.is_finite())
    }
}

fn minus(a: Vector, b: Vector) -> Vector {
    [a[0] - b[0], a[1] - b[1]]
}
