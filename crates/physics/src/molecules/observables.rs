//! What is measured while a system moves: time averages, shares of energy, speeds, and whether energy is kept.
//!
//! ⟨A⟩ₜ = (1/t)∫A dt, as the mean over all steps since measuring began. The energy is measured too: a straight line through
//! it tells a drift, which would be a fault, from the wavering that belongs to any integrator.

use crate::molecules::average::{BlockAverage, Estimate};
use crate::molecules::radial::RadialDistribution;
use crate::molecules::settling::{Settled, Settling};
use crate::molecules::speeds::SpeedHistogram;

/// Everything that is measured along one motion.
#[derive(Clone, Debug)]
pub struct Observables {
    kinetic: BlockAverage,
    potential: BlockAverage,
    pressure: BlockAverage,
    radial: Option<RadialDistribution>,
    energy: Trend,
    settling: Settling,
    degrees_of_freedom: usize,
    /// Sums over the samples taken.
    shares: Vec<f64>,
    samples: u64,
    speeds: Option<SpeedHistogram>,
}

impl Observables {
    /// Nothing measured yet. `degrees_of_freedom` is what temperature divides by, `shares` the number of places that energy
    /// can be in, `speeds` an empty histogram where there is a law for speeds.
    pub(crate) fn new(degrees_of_freedom: usize, shares: usize, speeds: Option<SpeedHistogram>) -> Self {
        Self {
            kinetic: BlockAverage::default(),
            potential: BlockAverage::default(),
            pressure: BlockAverage::default(),
            radial: None,
            energy: Trend::default(),
            settling: Settling::default(),
            degrees_of_freedom,
            shares: vec![0.0; shares],
            samples: 0,
            speeds,
        }
    }

    /// Takes in the energies after a step.
    pub(crate) fn measure(&mut self, time: f64, kinetic: f64, potential: f64) {
        self.kinetic.push(kinetic);
        self.potential.push(potential);
        self.settling.push(potential);
        self.energy.push(time, kinetic + potential);
    }

    /// With a radial distribution to be counted.
    pub(crate) fn with_radial(self, radial: RadialDistribution) -> Self {
        Self { radial: Some(radial), ..self }
    }

    /// Takes in the pressure after a step.
    pub(crate) fn press(&mut self, pressure: f64) {
        self.pressure.push(pressure);
    }

    /// Takes in where all particles of a gas are.
    pub(crate) fn place(&mut self, positions: &[[f64; 2]]) {
        if let Some(radial) = &mut self.radial {
            radial.count(positions);
        }
    }

    /// Takes in where the energy is.
    pub(crate) fn share_out(&mut self, energies: impl Iterator<Item = f64>) {
        self.samples += 1;
        for (sum, energy) in self.shares.iter_mut().zip(energies) {
            *sum += energy;
        }
    }

    /// Takes in the speeds of one instant.
    pub(crate) fn count(&mut self, speeds: impl Iterator<Item = f64>) {
        if let Some(histogram) = &mut self.speeds {
            histogram.extend(speeds);
        }
    }

    /// Time average of the kinetic energy.
    pub fn kinetic(&self) -> &BlockAverage {
        &self.kinetic
    }

    /// Time average of the potential energy.
    pub fn potential(&self) -> &BlockAverage {
        &self.potential
    }

    /// Whether the time average of the potential energy has settled; that of the kinetic one differs from it by the constant energy.
    pub fn settled(&self) -> Settled {
        self.settling.settled()
    }

    /// Time average of the pressure of a gas; none before 32 steps.
    pub fn pressure(&self) -> Option<Estimate> {
        self.pressure.estimate()
    }

    /// The radial distribution of a gas; none for a chain.
    pub fn radial(&self) -> Option<&RadialDistribution> {
        self.radial.as_ref()
    }

    /// Time average of the temperature, 2K over the degrees of freedom; none before 32 steps.
    pub fn temperature(&self) -> Option<Estimate> {
        let kinetic = self.kinetic.estimate()?;
        let factor = 2.0 / self.degrees_of_freedom as f64;
        Some(Estimate { mean: factor * kinetic.mean, error: factor * kinetic.error })
    }

    /// Time average of the energy in each place. Of a gas: the kinetic energy of each velocity component, x and y of each
    /// particle in turn, which equipartition makes equal. Of a chain: the energy of each mode, which nothing makes equal.
    /// Empty before the first sample.
    pub fn shares(&self) -> Vec<f64> {
        if self.samples == 0 {
            return Vec::new();
        }
        self.shares.iter().map(|sum| sum / self.samples as f64).collect()
    }

    /// Speeds of the particles of a gas, taken eight collision times apart; none for a chain.
    pub fn speeds(&self) -> Option<&SpeedHistogram> {
        self.speeds.as_ref()
    }

    /// How far total energy has moved along the straight line that fits it best, over the mean kinetic energy. The sign
    /// says which way; none before the second step.
    pub fn drift(&self) -> Option<f64> {
        Some(self.energy.slope()? * self.energy.span() / self.kinetic.mean())
    }
}

/// A straight line by least squares through points that come one at a time, from moments about the running mean.
#[derive(Clone, Copy, Debug, Default)]
struct Trend {
    count: u64,
    first: f64,
    last: f64,
    mean: (f64, f64),
    squares: f64,
    products: f64,
}

impl Trend {
    fn push(&mut self, t: f64, value: f64) {
        if self.count == 0 {
            self.first = t;
        }
        self.count += 1;
        self.last = t;
        let before = t - self.mean.0;
        self.mean.0 += before / self.count as f64;
        self.mean.1 += (value - self.mean.1) / self.count as f64;
        self.squares += before * (t - self.mean.0);
        self.products += before * (value - self.mean.1);
    }

    fn slope(&self) -> Option<f64> {
        (self.count > 1).then(|| self.products / self.squares)
    }

    fn span(&self) -> f64 {
        self.last - self.first
    }
}
