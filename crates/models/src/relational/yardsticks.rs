//! Edges without a network: correlations between bodies, a projection, and least squares for whom the law is known.
//!
//! | name | number of a pair (i, j) |
//! |---|---|
//! | path | correlation of the positions of i and j over time |
//! | velocity | of their velocities |
//! | acceleration | of their accelerations |
//! | projection | Σ over frames of (aᵢ − aⱼ)·(xⱼ − xᵢ) over Σ of (xⱼ − xᵢ)² |
//! | least squares | the factor with which the true law of the pair explains all accelerations of the motion best |
//!
//! Accelerations are central differences of velocities. Least squares hold them against the mean of the law over the three frames
//! of a difference, by Simpson's rule, in parts of the largest pull on a body: bodies that meet closely have no more weight than
//! others. None of the first four knows the law. Their number grows with the pull
//! between two bodies, or falls with it; the sign under which more edges are right is a fact about the system, and counts. Half of
//! all pairs, those with the largest numbers, are edges. Correlations are those of Kipf, Fetaya et al. (2018), section 5.1.

use crate::messages::fit::solved;
use numerics::statistics::median;
use physics::coupled::motion::Motion;
use physics::coupled::system::{Coupling, pairs};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Fraction of the pairs that each of them infers correctly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Yardsticks {
    /// Correlation of paths.
    pub path: f64,
    /// Correlation of velocities.
    pub velocity: f64,
    /// Correlation of accelerations.
    pub acceleration: f64,
    /// Accelerations along the line between two bodies.
    pub projection: f64,
    /// The law is known, and only its factor of each pair is looked for.
    pub least_squares: f64,
}

/// What each of them makes of a pair: the larger, the more it looks like an edge (or the less: see above).
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PairNumbers {
    /// Correlation of paths.
    pub path: f64,
    /// Correlation of velocities.
    pub velocity: f64,
    /// Correlation of accelerations.
    pub acceleration: f64,
    /// Acceleration along the line between two bodies, over their distance.
    pub projection: f64,
    /// Factor of the law.
    pub law: f64,
}

impl PairNumbers {
    /// Of every pair of a motion, in its first `observed` frames, `dt` apart.
    pub fn of(motion: &Motion, coupling: Coupling, observed: usize, dt: f64) -> Vec<Self> {
        let frames = Frames::of(motion, observed, dt);
        let [path, velocity, acceleration] =
            [&frames.positions, &frames.velocities, &frames.accelerations].map(|of| frames.correlations(of));
        let (projection, law) = (frames.projections(), frames.factors(coupling));
        let pair = |k: usize| Self {
            path: path[k],
            velocity: velocity[k],
            acceleration: acceleration[k],
            projection: projection[k],
            law: law[k],
        };
        (0..path.len()).map(pair).collect()
    }
}

/// The numbers of motions whose edges are known, and where each of them parts edges from other pairs.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    numbers: Vec<PairNumbers>,
    truth: Vec<bool>,
    /// Pairs of a motion.
    pairs: usize,
    coupling: Coupling,
}

impl Measured {
    /// Of motions in their first `observed` frames, `dt` apart.
    pub fn of(motions: &[Motion], coupling: Coupling, observed: usize, dt: f64) -> Self {
        let numbers = motions.iter().flat_map(|motion| PairNumbers::of(motion, coupling, observed, dt)).collect();
        let truth: Vec<bool> = motions.iter().filter_map(|motion| motion.edges.clone()).flatten().collect();
        let pairs = truth.len() / motions.len().max(1);
        Self { numbers, truth, pairs, coupling }
    }

    /// Part of all pairs that are told right.
    pub fn all(&self) -> Yardsticks {
        self.within(0..self.truth.len())
    }

    /// The same of one motion, by the rules that suit all of them best.
    pub fn of_motion(&self, number: usize) -> Yardsticks {
        let first = (number * self.pairs).min(self.truth.len());
        self.within(first..(first + self.pairs).min(self.truth.len()))
    }

    fn within(&self, range: Range<usize>) -> Yardsticks {
        let count = range.len().max(1) as f64;
        let right = |of: fn(&PairNumbers) -> f64, middle: f64, more: bool| {
            let pairs = self.numbers[range.clone()].iter().zip(&self.truth[range.clone()]);
            pairs.filter(|(pair, edge)| ((of(pair) > middle) == **edge) == more).count() as f64 / count
        };
        let halves = |of: fn(&PairNumbers) -> f64| {
            let middle = median(self.numbers.iter().map(of).collect()).unwrap_or_default();
            let edges = self.numbers.iter().zip(&self.truth).filter(|(pair, edge)| (of(pair) > middle) == **edge);
            right(of, middle, 2 * edges.count() >= self.truth.len())
        };
        // A joined pair has the factor 1 and another one 0; of charges they are 1 and −1.
        let middle = if self.coupling == Coupling::Springs { 0.5 } else { 0.0 };
        Yardsticks {
            path: halves(|pair| pair.path),
            velocity: halves(|pair| pair.velocity),
            acceleration: halves(|pair| pair.acceleration),
            projection: halves(|pair| pair.projection),
            least_squares: right(|pair| pair.law, middle, true),
        }
    }
}

impl Yardsticks {
    /// Of motions whose edges are known, in their first `observed` frames, `dt` apart.
    pub fn of(motions: &[Motion], coupling: Coupling, observed: usize, dt: f64) -> Self {
        Measured::of(motions, coupling, observed, dt).all()
    }

    /// The best of those that do not know the law.
    pub fn best(&self) -> f64 {
        [self.path, self.velocity, self.acceleration, self.projection].into_iter().fold(0.0, f64::max)
    }
}

/// A motion with its accelerations, frames without a neighbour left out.
struct Frames {
    /// All of them, those without a neighbour included.
    all_positions: Vec<Vec<f64>>,
    positions: Vec<Vec<f64>>,
    velocities: Vec<Vec<f64>>,
    accelerations: Vec<Vec<f64>>,
}

impl Frames {
    fn of(motion: &Motion, observed: usize, dt: f64) -> Self {
        let last = observed.min(motion.frames());
        let (x, v) = (&motion.positions[..last], &motion.velocities[..last]);
        let difference = |three: &[Vec<f64>]| {
            three[2].iter().zip(&three[0]).map(|(next, before)| (next - before) / (2.0 * dt)).collect()
        };
        let inner = |all: &[Vec<f64>]| all.get(1..last.saturating_sub(1)).unwrap_or_default().to_vec();
        Self {
            all_positions: x.to_vec(),
            positions: inner(x),
            velocities: inner(v),
            accelerations: v.windows(3).map(difference).collect(),
        }
    }

    fn bodies(&self) -> usize {
        self.positions.first().map_or(0, |frame| frame.len() / 2)
    }

    /// Mean over both axes of the correlation of two bodies.
    fn correlations(&self, of: &[Vec<f64>]) -> Vec<f64> {
        let line = |k: usize| of.iter().map(|frame| frame[k]).collect::<Vec<f64>>();
        let pair = |(i, j)| (0..2).map(|axis| correlation(&line(2 * i + axis), &line(2 * j + axis))).sum::<f64>() / 2.0;
        pairs(self.bodies()).map(pair).collect()
    }

    fn projections(&self) -> Vec<f64> {
        let pair = |(i, j): (usize, usize)| {
            let (mut along, mut length) = (0.0, 0.0);
            for (x, a) in self.positions.iter().zip(&self.accelerations) {
                let toward = [0, 1].map(|axis| x[2 * j + axis] - x[2 * i + axis]);
                let apart = [0, 1].map(|axis| a[2 * i + axis] - a[2 * j + axis]);
                along += toward[0] * apart[0] + toward[1] * apart[1];
                length += toward[0] * toward[0] + toward[1] * toward[1];
            }
            along / length.max(f64::MIN_POSITIVE)
        };
        pairs(self.bodies()).map(pair).collect()
    }

    /// For each pair the factor of the law, all of them fitted to all accelerations together.
    fn factors(&self, coupling: Coupling) -> Vec<f64> {
        let n = self.bodies();
        let all: Vec<(usize, usize)> = pairs(n).collect();
        let mut squares = vec![vec![0.0; all.len()]; all.len()];
        let mut products = vec![0.0; all.len()];
        let pulls = |x: &Vec<f64>| -> Vec<[f64; 2]> {
            let pull = |(i, j): &(usize, usize)| coupling.law([0, 1].map(|axis| x[2 * j + axis] - x[2 * i + axis]));
            all.iter().map(pull).collect()
        };
        for (three, a) in self.all_positions.windows(3).zip(&self.accelerations) {
            let [before, now, next] = [0, 1, 2].map(|frame| pulls(&three[frame]));
            let mean = |k: usize, axis: usize| (before[k][axis] + 4.0 * now[k][axis] + next[k][axis]) / 6.0;
            for body in 0..n {
                // A pair moves its first body along its pull and its second body against it.
                let of = |(k, (i, j)): (usize, &(usize, usize))| {
                    let sign = f64::from(u8::from(*i == body)) - f64::from(u8::from(*j == body));
                    (sign != 0.0).then(|| (k, [sign * mean(k, 0), sign * mean(k, 1)]))
                };
                let on_body: Vec<(usize, [f64; 2])> = all.iter().enumerate().filter_map(of).collect();
                let pulls = on_body.iter().flat_map(|(_, pull)| pull);
                let largest = pulls.fold(f64::MIN_POSITIVE, |most, pull| most.max(pull.abs()));
                for axis in 0..2 {
                    for (k, pull) in &on_body {
                        products[*k] += pull[axis] * a[2 * body + axis] / largest.powi(2);
                        for (l, other) in on_body.iter().filter(|(l, _)| l <= k) {
                            squares[*k][*l] += pull[axis] * other[axis] / largest.powi(2);
                        }
                    }
                }
            }
        }
        let scale: Vec<f64> = (0..all.len()).map(|k| squares[k][k].sqrt().max(f64::MIN_POSITIVE)).collect();
        for k in 0..all.len() {
            products[k] /= scale[k];
            (0..=k).for_each(|l| squares[k][l] /= scale[k] * scale[l]);
        }
        solved(squares, products).into_iter().zip(scale).map(|(factor, scale)| factor / scale).collect()
    }
}

fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let n = a.len().max(1) as f64;
    let mean = |x: &[f64]| x.iter().sum::<f64>() / n;
    let (ma, mb) = (mean(a), mean(b));
    let product =
        |x: &[f64], mx: f64, y: &[f64], my: f64| -> f64 { x.iter().zip(y).map(|(x, y)| (x - mx) * (y - my)).sum() };
    product(a, ma, b, mb) / (product(a, ma, a, ma) * product(b, mb, b, mb)).sqrt().max(f64::MIN_POSITIVE)
}
