//! The radial distribution g(r): how many neighbours a particle has at a distance, over how many it would have if particles did not
//! see one another.
//!
//! In the plane a ring from r to r + dr has the area 2πr dr. With N − 1 others in an area A, uniformly, it holds (N − 1) 2πr dr/A of
//! them on average. Distances are to the nearest image; beyond half the side of the box a ring is not whole, so g ends there.

/// Counted distances of pairs.
#[derive(Clone, Debug, PartialEq)]
pub struct RadialDistribution {
    counts: Vec<u64>,
    side: f64,
    particles: usize,
    samples: u64,
}

impl RadialDistribution {
    /// Nothing counted yet, in `rings` rings up to half the side of a periodic square.
    pub fn new(rings: usize, side: f64, particles: usize) -> Self {
        Self { counts: vec![0; rings.max(1)], side, particles, samples: 0 }
    }

    /// Width of a ring.
    pub fn width(&self) -> f64 {
        self.side / 2.0 / self.counts.len() as f64
    }

    /// Counts all pairs of one instant.
    pub fn count(&mut self, positions: &[[f64; 2]]) {
        self.samples += 1;
        let width = self.width();
        for (i, one) in positions.iter().enumerate() {
            for other in &positions[..i] {
                let along = |axis: usize| {
                    let away = one[axis] - other[axis];
                    away - self.side * (away / self.side).round()
                };
                let ring = (along(0).hypot(along(1)) / width) as usize;
                if let Some(count) = self.counts.get_mut(ring) {
                    *count += 1;
                }
            }
        }
    }

    /// (r in the middle of each ring, g); empty before the first sample.
    pub fn values(&self) -> Vec<(f64, f64)> {
        if self.samples == 0 || self.particles < 2 {
            return vec![];
        }
        let width = self.width();
        let pairs = (self.particles * (self.particles - 1)) as f64 / 2.0 * self.samples as f64;
        let value = |(ring, count): (usize, &u64)| {
            let (near, far) = (ring as f64 * width, (ring + 1) as f64 * width);
            let share = std::f64::consts::PI * (far * far - near * near) / (self.side * self.side);
            ((near + far) / 2.0, *count as f64 / (pairs * share))
        };
        self.counts.iter().enumerate().map(value).collect()
    }
}
