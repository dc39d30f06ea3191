//! Has an average settled? Asked of the measurements themselves: their first half against their second.
//!
//! A time average equals the average over states only once the motion has forgotten how it began. A gas that condenses or a fluid that
//! crystallises takes far longer than its collisions suggest, and an error by blocking does not see a slow drift. Here the means of both
//! halves are compared, each with an error by blocking within its half: from the scatter of segments, of pairs of them, and so on down to
//! eight blocks, the largest (Flyvbjerg and Petersen, J. Chem. Phys. 91 (1989) 461). Segments of a motion with a memory longer than they
//! are look more certain than they are; their pairs less so.

use serde::{Deserialize, Serialize};

/// Segments that are kept at most; as many again are joined in pairs.
const MOST: usize = 64;
/// Fewer segments are not conclusive.
const FEWEST: usize = 32;
/// Fewer blocks give no error estimate.
const FEWEST_BLOCKS: usize = 8;
/// Halves that differ by more standard errors than this have not settled. By chance alone one in three hundred does.
const APART: f64 = 3.0;

/// State of the measurements so far.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Settled {
    /// Too few of them.
    Unknown,
    /// Both halves have the same mean, within their errors.
    Yes,
    /// The second half differs from the first by so many standard errors.
    No {
        /// With its sign: above 0 where the mean rises.
        errors: f64,
    },
}

/// Means of segments of equal length.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settling {
    /// Finished segments.
    means: Vec<f64>,
    /// Measurements in a segment.
    length: u64,
    /// Of the segment that is not finished.
    sum: f64,
    count: u64,
}

impl Settling {
    /// Takes in the next measurement.
    pub fn push(&mut self, measurement: f64) {
        self.length = self.length.max(1);
        self.sum += measurement;
        self.count += 1;
        if self.count < self.length {
            return;
        }
        self.means.push(self.sum / self.count as f64);
        (self.sum, self.count) = (0.0, 0);
        if self.means.len() == 2 * MOST {
            self.means = self.means.chunks(2).map(|pair| pair.iter().sum::<f64>() / 2.0).collect();
            self.length *= 2;
        }
    }

    /// Whether the average has settled.
    pub fn settled(&self) -> Settled {
        if self.means.len() < FEWEST {
            return Settled::Unknown;
        }
        let (early, late) = self.means.split_at(self.means.len() / 2);
        let ([early, early_variance], [late, late_variance]) =
            (mean_and_its_variance(early), mean_and_its_variance(late));
        let errors = (late - early) / (early_variance + late_variance).sqrt().max(f64::MIN_POSITIVE);
        if errors.abs() > APART { Settled::No { errors } } else { Settled::Yes }
    }
}

/// The mean of segments, and its variance by the blocks that give the largest.
fn mean_and_its_variance(segments: &[f64]) -> [f64; 2] {
    let mean = segments.iter().sum::<f64>() / segments.len() as f64;
    let (mut blocks, mut largest) = (segments.to_vec(), 0.0_f64);
    while blocks.len() >= FEWEST_BLOCKS {
        let count = blocks.len() as f64;
        largest = largest.max(scatter_about_a_line(&blocks) / ((count - 2.0) * count));
        blocks = blocks.chunks_exact(2).map(|pair| (pair[0] + pair[1]) / 2.0).collect();
    }
    [mean, largest]
}

/// The sum of squares of what is left of blocks without their trend: a drift within a half is what is looked for, and no scatter.
fn scatter_about_a_line(blocks: &[f64]) -> f64 {
    let (count, center) = (blocks.len() as f64, (blocks.len() as f64 - 1.0) / 2.0);
    let mean = blocks.iter().sum::<f64>() / count;
    let (mut along, mut squares, mut moments) = (0.0, 0.0, 0.0);
    for (i, block) in blocks.iter().enumerate() {
        let (x, y) = (i as f64 - center, block - mean);
        (along, squares, moments) = (along + x * y, squares + y * y, moments + x * x);
    }
    squares - along * along / moments
}

#[cfg(test)]
mod tests {
    use super::{Settled, Settling};
    use numerics::seed::{Purpose, Seed};
    use rand_distr::{Distribution, StandardNormal};

    /// x ← φx + noise: a memory of 1/(1 − φ) = 10 steps, plus a drift a step.
    fn verdict(seed: u32, drift: f64) -> Settled {
        let mut rng = Seed(seed).stream(Purpose::Molecules);
        let (mut settling, mut x) = (Settling::default(), 0.0);
        for step in 0..20_000 {
            let noise: f64 = StandardNormal.sample(&mut rng);
            x = 0.9 * x + noise;
            settling.push(x + drift * f64::from(step));
        }
        settling.settled()
    }

    #[test]
    fn noise_with_a_memory_settles_and_a_drift_below_its_scatter_does_not() {
        let settled = (0..50).filter(|seed| verdict(*seed, 0.0) == Settled::Yes).count();
        assert!(settled >= 48, "{settled} of 50");
        // The drift moves the mean of a half by 1, less than half of the scatter of a measurement (2.3).
        let seen =
            (0..50).filter(|seed| matches!(verdict(*seed, 1e-4), Settled::No { errors } if errors > 0.0)).count();
        assert!(seen >= 48, "{seen} of 50");
        assert_eq!(Settling::default().settled(), Settled::Unknown);
    }
}
