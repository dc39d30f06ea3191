//! Which particles are near enough to matter: a Verlet list with a skin.
//!
//! Of the 32 640 pairs among 256 particles some 1 300 are within reach. All pairs closer than the cutoff plus a skin are
//! listed, and the list holds until some particle has moved half the skin: only then can two that were not listed be within
//! the cutoff. Verlet, Phys. Rev. 159 (1967) 98. A list and no cells: it looks at fewer pairs than the nine cells around each
//! particle, and at this size making it anew every twenty steps or so costs less than keeping cells.
//!
//! Particles are numbered by bytes and coordinates stand in arrays of 256, so that no index needs a check.

use crate::molecules::lennard_jones::{CUTOFF, interaction};

/// Most particles there can be.
pub(crate) const CAPACITY: usize = 256;
/// How much farther than the cutoff the list looks; measured to be the fastest at the densities offered.
const SKIN: f64 = 0.4;
/// Pairs worked on together: gathered, computed in vector registers, scattered.
const BLOCK: usize = 16;

/// One x and one y for each particle.
#[derive(Clone, Debug)]
pub(crate) struct Plane {
    pub x: [f64; CAPACITY],
    pub y: [f64; CAPACITY],
}

impl Plane {
    pub const ZERO: Self = Self { x: [0.0; CAPACITY], y: [0.0; CAPACITY] };
}

/// Sums over pairs.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PairSums {
    /// Potential energy.
    pub potential: f64,
    /// Σ r·F, which gives the pressure.
    pub virial: f64,
}

/// The pairs to be looked at.
#[derive(Clone, Debug)]
pub(crate) struct VerletList {
    pairs: Vec<[u8; 2]>,
    /// Where the particles were when the list was made.
    made_at: Plane,
}

impl VerletList {
    /// The list for `n` particles. Holds every pair if need be, so that it never grows.
    pub fn new(positions: &mut Plane, n: usize, side: f64) -> Self {
        let mut list = Self { pairs: Vec::with_capacity(n * (n - 1) / 2), made_at: Plane::ZERO };
        list.make(positions, n, side);
        list
    }

    /// Makes the list anew if some particle has moved half the skin. Positions are brought back into the box only here;
    /// in between they leave it by less than the skin, which the nearest image allows for.
    pub fn refresh(&mut self, positions: &mut Plane, n: usize, side: f64) {
        let moved = |now: &[f64], then: &[f64], i: usize| (now[i] - then[i]).powi(2);
        let farthest = (0..n)
            .map(|i| moved(&positions.x, &self.made_at.x, i) + moved(&positions.y, &self.made_at.y, i))
            .fold(0.0, f64::max);
        if farthest > (0.5 * SKIN).powi(2) {
            self.make(positions, n, side);
        }
    }

    fn make(&mut self, positions: &mut Plane, n: usize, side: f64) {
        for coordinate in positions.x[..n].iter_mut().chain(&mut positions.y[..n]) {
            *coordinate = coordinate.rem_euclid(side);
        }
        self.made_at = positions.clone();
        self.pairs.clear();
        let reach = (CUTOFF + SKIN).powi(2);
        for i in 1..n {
            let (x, y) = (positions.x[i], positions.y[i]);
            for j in 0..i {
                let (dx, dy) = (nearest(x - positions.x[j], side), nearest(y - positions.y[j], side));
                if dx * dx + dy * dy < reach {
                    self.pairs.push([i as u8, j as u8]);
                }
            }
        }
    }

    /// Forces on all particles, and the sums that come with them.
    pub fn forces(&self, positions: &Plane, forces: &mut Plane, side: f64) -> PairSums {
        *forces = Plane::ZERO;
        let mut sums = PairSums::default();
        for block in self.pairs.chunks(BLOCK) {
            // Places without a pair are half a box apart, where there is no force.
            let (mut dx, mut dy) = ([0.5 * side; BLOCK], [0.5 * side; BLOCK]);
            for (k, &[i, j]) in block.iter().enumerate() {
                dx[k] = positions.x[usize::from(i)] - positions.x[usize::from(j)];
                dy[k] = positions.y[usize::from(i)] - positions.y[usize::from(j)];
            }
            let mut potential = [0.0; BLOCK];
            let mut virial = [0.0; BLOCK];
            for k in 0..BLOCK {
                let (x, y) = (nearest(dx[k], side), nearest(dy[k], side));
                let square = x * x + y * y;
                let pair = interaction(square);
                potential[k] = pair.potential;
                virial[k] = square * pair.force_over_distance;
                dx[k] = x * pair.force_over_distance;
                dy[k] = y * pair.force_over_distance;
            }
            for (k, &[i, j]) in block.iter().enumerate() {
                forces.x[usize::from(i)] += dx[k];
                forces.y[usize::from(i)] += dy[k];
                forces.x[usize::from(j)] -= dx[k];
                forces.y[usize::from(j)] -= dy[k];
            }
            sums.potential += potential.iter().sum::<f64>();
            sums.virial += virial.iter().sum::<f64>();
        }
        sums
    }
}

/// A difference of two coordinates in a box, taken to the nearest periodic image. Written as two choices, which a vector
/// register makes without a branch.
#[inline(always)]
fn nearest(difference: f64, side: f64) -> f64 {
    let half = 0.5 * side;
    let down = if difference > half { side } else { 0.0 };
    let up = if difference < -half { side } else { 0.0 };
    difference - down + up
}
