//! How fast the particles of a gas are: a histogram, against the law of Maxwell and Boltzmann in two dimensions.
//!
//! Both velocity components of a particle of mass 1 are Gaussian with variance T, so its speed v has the Rayleigh density
//! (v/T) exp(−v²/2T), with distribution function 1 − exp(−v²/2T). It holds for every potential. At fixed energy and N
//! particles it is exact up to terms of order 1/N.
//!
//! Two numbers say how good the fit is. χ² compares the histogram with its expectation; the Kolmogorov–Smirnov distance
//! compares one instant without any bins. Both take the speeds to be independent: true of the particles at one instant, and
//! of instants several collisions apart.

/// Bars of the histogram.
pub const BINS: usize = 40;
/// The histogram ends at this many thermal speeds √T; one particle in 270 000 is faster.
const THERMAL_SPEEDS: f64 = 5.0;
/// Bars of fewer expected speeds than this are taken together before χ² is formed: the usual rule for its validity.
const FEWEST_EXPECTED: f64 = 5.0;

/// The Rayleigh density at a speed.
pub fn density(speed: f64, temperature: f64) -> f64 {
    speed / temperature * (-speed * speed / (2.0 * temperature)).exp()
}

/// The fraction of particles slower than a speed.
pub fn fraction_below(speed: f64, temperature: f64) -> f64 {
    -(-speed * speed / (2.0 * temperature)).exp_m1()
}

/// Counts of speeds in bars of equal width. The last bar takes all that are faster.
#[derive(Clone, Debug, PartialEq)]
pub struct SpeedHistogram {
    counts: [u64; BINS],
    width: f64,
}

/// How far a histogram is from its expectation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// Σ (counted − expected)²/expected.
    pub chi_square: f64,
    /// Number of terms, less one for the known total. χ² is about this, give or take √(2·this), if the law holds.
    pub degrees: usize,
}

impl SpeedHistogram {
    /// An empty histogram, wide enough for a gas of about this temperature.
    pub fn new(temperature: f64) -> Self {
        Self { counts: [0; BINS], width: THERMAL_SPEEDS * temperature.sqrt() / BINS as f64 }
    }

    /// Counts speeds.
    pub fn extend(&mut self, speeds: impl Iterator<Item = f64>) {
        for speed in speeds {
            // A conversion of floats to integers saturates, so no speed is lost.
            self.counts[((speed / self.width) as usize).min(BINS - 1)] += 1;
        }
    }

    /// How many were counted.
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// Width of a bar.
    pub fn width(&self) -> f64 {
        self.width
    }

    /// Counts, from the slowest bar on; bar b begins at the speed b · width.
    pub fn counts(&self) -> &[u64; BINS] {
        &self.counts
    }

    /// Height of each bar as a probability density, to be drawn with [`density`]; zeros while empty.
    pub fn densities(&self) -> [f64; BINS] {
        let scale = 1.0 / (self.total().max(1) as f64 * self.width);
        self.counts.map(|count| count as f64 * scale)
    }

    /// χ² against the Rayleigh law at a temperature; none while too few speeds are counted for three terms.
    pub fn fit(&self, temperature: f64) -> Option<Fit> {
        let total = self.total() as f64;
        let (mut chi_square, mut terms) = (0.0, 0_usize);
        let (mut counted, mut expected, mut left) = (0.0, 0.0, total);
        for (bin, &count) in self.counts.iter().enumerate() {
            let slower = if bin + 1 == BINS { 1.0 } else { fraction_below((bin + 1) as f64 * self.width, temperature) };
            let share = total * (slower - fraction_below(bin as f64 * self.width, temperature));
            counted += count as f64;
            expected += share;
            left -= share;
            // What is left over for the last term must be enough for a term of its own.
            if (expected >= FEWEST_EXPECTED && left >= FEWEST_EXPECTED) || bin + 1 == BINS {
                chi_square += (counted - expected).powi(2) / expected;
                terms += 1;
                (counted, expected) = (0.0, 0.0);
            }
        }
        (terms >= 3).then(|| Fit { chi_square, degrees: terms - 1 })
    }
}

/// The Kolmogorov–Smirnov distance of some speeds from the Rayleigh law at a temperature: the largest difference between
/// the two distribution functions. Sorts `speeds`; none if empty.
pub fn kolmogorov_smirnov(speeds: &mut [f64], temperature: f64) -> Option<f64> {
    speeds.sort_by(f64::total_cmp);
    let n = speeds.len() as f64;
    let steps = speeds.iter().enumerate().map(|(i, &speed)| {
        let law = fraction_below(speed, temperature);
        (law - i as f64 / n).abs().max((law - (i + 1) as f64 / n).abs())
    });
    steps.reduce(f64::max)
}

/// The chance that `n` independent speeds of exactly this law are at least this far from it.
/// Stephens, J. R. Stat. Soc. B 32 (1970) 115: the limiting distribution, with a correction good from n = 5 on.
pub fn significance(distance: f64, n: usize) -> f64 {
    let root = (n as f64).sqrt();
    let scaled = distance * (root + 0.12 + 0.11 / root);
    // Below this the alternating series no longer converges in a few terms, and the sum is 1 to ten digits.
    if scaled < 0.25 {
        return 1.0;
    }
    let term = |k: i32| (-2.0 * (f64::from(k) * scaled).powi(2)).exp();
    let sum: f64 = (1..=30).map(|k| if k % 2 == 1 { term(k) } else { -term(k) }).sum();
    (2.0 * sum).clamp(0.0, 1.0)
}
