//! Means of correlated measurements, and how far to trust them.
//!
//! Neighbouring instants of a motion resemble one another, so a million of them are worth far fewer independent ones, and
//! the usual σ/√n is much too small. Blocking repairs this: average neighbours in pairs, again and again, until blocks are
//! longer than the memory of the motion; the scatter of the block means then gives the true error of the mean.
//! Flyvbjerg and Petersen, J. Chem. Phys. 91 (1989) 461. All levels of blocking are kept up as measurements arrive, in a
//! fixed amount of memory and about two additions' work each.

/// Fewest blocks that an error is read from: the error itself is then known to 1/√(2·31), about 13 %.
const FEWEST_BLOCKS: u64 = 32;
/// Enough for 2⁴⁰ measurements.
const LEVELS: usize = 40;

/// A mean and the standard error of that mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The mean.
    pub mean: f64,
    /// One standard deviation of the mean; zero for a value known exactly.
    pub error: f64,
}

impl Estimate {
    /// A value known exactly.
    pub fn exact(mean: f64) -> Self {
        Self { mean, error: 0.0 }
    }

    /// The difference to another estimate in units of the combined standard error: below 3 they agree.
    pub fn deviation(&self, other: &Self) -> f64 {
        (self.mean - other.mean).abs() / self.error.hypot(other.error)
    }
}

/// Count, mean and scatter of numbers seen one at a time, by Welford's update (Technometrics 4 (1962) 419), which does not
/// cancel.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moments {
    count: u64,
    mean: f64,
    squares: f64,
}

impl Moments {
    /// Takes in one number.
    pub fn push(&mut self, x: f64) {
        self.count += 1;
        let before = x - self.mean;
        self.mean += before / self.count as f64;
        self.squares += before * (x - self.mean);
    }

    /// How many numbers were seen.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Their mean; zero before the first.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// Variance of the population they came from; none before the second.
    pub fn variance(&self) -> Option<f64> {
        (self.count > 1).then(|| self.squares / (self.count - 1) as f64)
    }

    /// Mean and standard error, if the numbers are independent of one another; none before the second.
    pub fn estimate(&self) -> Option<Estimate> {
        self.variance().map(|variance| Estimate { mean: self.mean, error: (variance / self.count as f64).sqrt() })
    }
}

/// Running mean of measurements at equal steps of time, with its error by blocking.
#[derive(Clone, Debug, PartialEq)]
pub struct BlockAverage {
    levels: [Level; LEVELS],
}

/// Blocks of 2ˡ measurements each.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Level {
    blocks: Moments,
    /// The mean of a block that waits for its partner.
    waiting: Option<f64>,
}

impl Default for BlockAverage {
    fn default() -> Self {
        Self { levels: [Level::default(); LEVELS] }
    }
}

impl BlockAverage {
    /// Takes in the next measurement.
    pub fn push(&mut self, measurement: f64) {
        let mut block = measurement;
        for level in &mut self.levels {
            level.blocks.push(block);
            match level.waiting.take() {
                Some(partner) => block = 0.5 * (partner + block),
                None => {
                    level.waiting = Some(block);
                    return;
                }
            }
        }
    }

    /// Measurements so far.
    pub fn count(&self) -> u64 {
        self.levels[0].blocks.count()
    }

    /// Mean of all of them; zero before the first.
    pub fn mean(&self) -> f64 {
        self.levels[0].blocks.mean()
    }

    /// Mean, and error from the longest blocks of which there are at least 32; none before 32 measurements.
    ///
    /// The error is too small as long as [`BlockAverage::block_length`] is shorter than the memory of the motion. For a
    /// motion that only oscillates it is too large, since there the mean settles as 1/t and not as 1/√t.
    pub fn estimate(&self) -> Option<Estimate> {
        let error = self.longest()?.blocks.estimate()?.error;
        Some(Estimate { mean: self.mean(), error })
    }

    /// How many measurements make up one of the blocks that the error is read from; none before 32 measurements.
    pub fn block_length(&self) -> Option<u64> {
        self.levels.iter().rposition(|level| level.blocks.count() >= FEWEST_BLOCKS).map(|level| 1 << level)
    }

    fn longest(&self) -> Option<&Level> {
        self.levels.iter().rfind(|level| level.blocks.count() >= FEWEST_BLOCKS)
    }
}
