//! Which particles are near enough to matter: a Verlet list with a skin.
//!
//! Of the 32 640 pairs among 256 particles some thousand are within reach in a fluid. All pairs closer than the cutoff plus a
//! skin are listed, and the list holds until some particle has moved half the skin: only then can two that were not listed be
//! within the cutoff. Verlet, Phys. Rev. 159 (1967) 98. A list, and not cells alone, because a third of the pairs found in the
//! cells around a particle are too far away: the list is walked every step, the cells only to make it anew every fifteen steps
//! or so, which by trying all pairs would cost more than the forces.
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
    cells: Cells,
    /// Where the particles were when the list was made.
    made_at: Plane,
}

/// A grid of squares at least as wide as the list looks far: partners are in the same cell or in the eight around it.
/// Particles of a cell are chained: each knows the one that came in before it.
#[derive(Clone, Debug)]
struct Cells {
    columns: usize,
    latest: Vec<Option<u8>>,
    before: [Option<u8>; CAPACITY],
}

impl VerletList {
    /// The list for `n` particles. Has room for every pair, so that it never grows.
    pub fn new(positions: &mut Plane, n: usize, side: f64) -> Self {
        // With fewer than three columns a cell would be its own neighbour: one cell then, and all pairs are tried.
        let columns = match (side / (CUTOFF + SKIN)) as usize {
            0..3 => 1,
            columns => columns,
        };
        let cells = Cells { columns, latest: vec![None; columns * columns], before: [None; CAPACITY] };
        let mut list = Self { pairs: Vec::with_capacity(n * (n - 1) / 2), cells, made_at: Plane::ZERO };
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
        self.cells.latest.fill(None);
        let reach = (CUTOFF + SKIN).powi(2);
        let columns = self.cells.columns;
        let around: &[usize] = if columns == 1 { &[0] } else { &[columns - 1, 0, 1] };
        let place = |x: f64| ((x / side * columns as f64) as usize).min(columns - 1);
        for i in 0..n {
            let (x, y) = (positions.x[i], positions.y[i]);
            let (column, row) = (place(x), place(y));
            // The particles before this one are in their cells already, so that each pair is met once.
            for cell in around.iter().flat_map(|dy| around.iter().map(move |dx| (column + dx, row + dy))) {
                let mut partner = self.cells.latest[cell.0 % columns + cell.1 % columns * columns];
                while let Some(j) = partner {
                    let (at_x, at_y) = (positions.x[usize::from(j)], positions.y[usize::from(j)]);
                    let (dx, dy) = (nearest(x - at_x, side), nearest(y - at_y, side));
                    if dx * dx + dy * dy < reach {
                        self.pairs.push([i as u8, j]);
                    }
                    partner = self.cells.before[usize::from(j)];
                }
            }
            self.cells.before[i] = self.cells.latest[column + row * columns].replace(i as u8);
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
