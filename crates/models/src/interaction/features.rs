//! Inputs of the networks, and their scales.
//!
//! | input | of | numbers |
//! |---|---|---|
//! | relation | receiver and sender | direction, distance, difference of velocities, masses of both (of a thing that does not move 0), what the sender is |
//! | object | a body | velocity, mass |
//! | whole state | all bodies | position, velocity, mass of each; of a string the centre of its disc |
//!
//! The direction is the difference of positions. Between balls, and of a ball and a wall, it is that difference over the distance,
//! and the distance counts from where they touch and no further than [`NEAR`]: what is further cannot touch in one frame.
//!
//! Each number is centred and divided by its standard deviation over training data, for relations to things that do not move by
//! themselves.

use physics::interactions::domain::{BALL, Domain};
use physics::interactions::scene::{Relation, Scene, Sender, State};

/// Numbers of a relation.
pub const RELATION: usize = 8;
/// Numbers of an object.
pub const OBJECT: usize = 3;
/// Balls further from touching than this are equally far to a network.
pub const NEAR: f64 = 0.15;

/// Kinds of relations that are scaled by themselves.
pub const KINDS: usize = 2;

/// The kind of a relation, below [`KINDS`]: along the string and between bodies, or to wall or disc.
pub fn kind(relation: Relation) -> usize {
    match relation.sender {
        Sender::Body(_) | Sender::Pin(_) => 0,
        Sender::Wall(_) | Sender::Disc => 1,
    }
}

/// Appends the numbers of a relation.
pub fn relation(scene: &Scene, state: &State, relation: Relation, out: &mut Vec<f64>) {
    let [[x, y], v] = scene.difference(state, relation);
    let (mass, what) = match relation.sender {
        Sender::Body(other) => (scene.masses[other], 1.0),
        Sender::Pin(_) => (0.0, 0.0),
        Sender::Wall(_) | Sender::Disc => (0.0, -1.0),
    };
    let r = x.hypot(y);
    if scene.domain == Domain::Balls {
        let touching = if matches!(relation.sender, Sender::Body(_)) { 2.0 * BALL } else { BALL };
        out.extend([x / r, y / r, (r - touching).min(NEAR)]);
    } else {
        out.extend([x, y, r]);
    }
    out.extend([v[0], v[1], scene.masses[relation.receiver], mass, what]);
}

/// Appends the numbers of a body.
pub fn object(scene: &Scene, state: &State, body: usize, out: &mut Vec<f64>) {
    out.extend(state.velocity(body));
    out.push(scene.masses[body]);
}

/// Appends the numbers of the whole state.
pub fn whole(scene: &Scene, state: &State, out: &mut Vec<f64>) {
    for body in 0..scene.bodies() {
        out.extend(state.position(body));
        object(scene, state, body, out);
    }
    out.extend(scene.disc);
}

/// Numbers of the whole state of so many bodies.
pub fn whole_width(bodies: usize) -> usize {
    bodies * (2 + OBJECT) + 2
}

/// Mean and standard deviation of each column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scales(Vec<[f64; 2]>);

impl Scales {
    /// Those of rows of so many columns. A column of equal numbers is only centred.
    pub fn of(rows: &[f64], columns: usize) -> Self {
        let count = (rows.len() / columns).max(1) as f64;
        let of = |column: usize| {
            let numbers = || rows.iter().skip(column).step_by(columns);
            let mean = numbers().sum::<f64>() / count;
            let deviation = (numbers().map(|x| (x - mean).powi(2)).sum::<f64>() / count).sqrt();
            [mean, if deviation > 1e-9 { deviation } else { 1.0 }]
        };
        Self((0..columns).map(of).collect())
    }

    /// Scales rows in place.
    pub fn apply(&self, rows: &mut [f64]) {
        for row in rows.chunks_exact_mut(self.0.len().max(1)) {
            row.iter_mut().zip(&self.0).for_each(|(x, [mean, deviation])| *x = (*x - mean) / deviation);
        }
    }

    /// Mean and standard deviation of a column.
    pub fn column(&self, column: usize) -> [f64; 2] {
        self.0[column]
    }
}
