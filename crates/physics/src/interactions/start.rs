//! Random scenes and where they start.
//!
//! | domain | start |
//! |---|---|
//! | n-body | a star of mass 1 at a random place; planets of masses U(0.0002, 0.09) at distances U(0.4, 2) from it, in half of the scenes with the velocities of circular orbits, in the others with N(0, 0.7²) in each direction |
//! | balls | masses U(0.5, 1.5), places without overlap, velocities N(0, 1) in each direction |
//! | string | masses U(0.5, 1.5), tied to a pin at its left end; a straight line at a random angle up to ±0.5 to the horizontal, velocities N(0, 0.3²), the disc somewhere below |
//!
//! Masses and distances of the n-body domain are those of the paper (0.02 to 9 beside a star of 100, 10 to 100 units) in other
//! units. The star's random place keeps a network that sees positions from knowing the star's pull without its relation.

use crate::interactions::domain::{BALL, DISC, Domain, LENGTH, SOFTENING, WALL};
use crate::interactions::scene::{Scene, State, Vector};
use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};
use std::f64::consts::TAU;

/// Places tried for a ball before all balls are placed anew.
const TRIES: usize = 200;

/// A random scene of a domain with so many bodies, and its start. A string has one pin.
pub fn random(domain: Domain, bodies: usize, rng: &mut impl rand::Rng) -> (Scene, State) {
    match domain {
        Domain::NBody => planets(bodies, rng),
        Domain::Balls => balls(bodies, rng),
        Domain::String => string(bodies, 1, rng),
    }
}

fn normal(rng: &mut impl rand::Rng) -> f64 {
    StandardNormal.sample(rng)
}

fn planets(bodies: usize, rng: &mut impl rand::Rng) -> (Scene, State) {
    let star: Vector = [rng.random_range(-2.0..2.0), rng.random_range(-2.0..2.0)];
    let circular: bool = rng.random();
    let sense = if rng.random() { 1.0 } else { -1.0 };
    let (mut masses, mut state) = (vec![1.0], State { positions: star.to_vec(), velocities: vec![0.0; 2] });
    for _ in 1..bodies {
        let (r, angle): (f64, f64) = (rng.random_range(0.4..2.0), rng.random_range(0.0..TAU));
        let (sin, cos) = angle.sin_cos();
        masses.push(rng.random_range(0.0002..0.09));
        state.positions.extend([star[0] + r * cos, star[1] + r * sin]);
        let speed = sense * r / r.hypot(SOFTENING).powf(1.5);
        let random = [0.7 * normal(rng), 0.7 * normal(rng)];
        state.velocities.extend(if circular { [-speed * sin, speed * cos] } else { random });
    }
    (Scene { domain: Domain::NBody, masses, pins: vec![], disc: [0.0; 2] }, state)
}

fn balls(bodies: usize, rng: &mut impl rand::Rng) -> (Scene, State) {
    let masses = (0..bodies).map(|_| rng.random_range(0.5..1.5)).collect();
    let mut state = State::default();
    let mut tries = 0;
    while state.positions.len() < 2 * bodies {
        let inside = WALL - BALL;
        let [x, y]: Vector = [rng.random_range(-inside..inside), rng.random_range(-inside..inside)];
        if state.positions.chunks(2).all(|other| (x - other[0]).hypot(y - other[1]) > 2.0 * BALL) {
            state.positions.extend([x, y]);
        }
        tries += 1;
        if tries % (TRIES * bodies) == 0 {
            state.positions.clear();
        }
    }
    state.velocities = (0..2 * bodies).map(|_| normal(rng)).collect();
    (Scene { domain: Domain::Balls, masses, pins: vec![], disc: [0.0; 2] }, state)
}

/// A random string with 0, 1 or 2 pins.
pub fn string(bodies: usize, pins: usize, rng: &mut impl rand::Rng) -> (Scene, State) {
    let masses: Vec<f64> = (0..bodies).map(|_| rng.random_range(0.5..1.5)).collect();
    let angle: f64 = rng.random_range(-0.5..0.5);
    let along = |steps: f64| [LENGTH * steps * angle.cos(), LENGTH * steps * angle.sin()];
    let mut state = State::default();
    (1..=bodies).for_each(|i| state.positions.extend(along(i as f64)));
    state.velocities = (0..2 * bodies).map(|_| 0.3 * normal(rng)).collect();
    let ends = [along(0.0), along(bodies as f64 + 1.0)];
    let [x, y] = along(rng.random_range(0.3..0.8) * bodies as f64);
    let disc = [x, y - DISC - rng.random_range(0.05..0.3)];
    (Scene { domain: Domain::String, masses, pins: ends[..pins.min(2)].to_vec(), disc }, state)
}
