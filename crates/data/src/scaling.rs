//! From the units of a file to numbers near 1, which networks learn from, and back.
//!
//! q and p each have a scale of their own and time has one too: x′ = (x − centre)/scale, t′ = t/time. Hamilton's equations
//! keep their form under this map (H′ = H · time/(scale_q · scale_p)), so a Hamiltonian network may learn in it. The numbers
//! come from the training rows alone. Losses belong into the units of the file: [`Scaling::velocity_outward`] brings
//! predictions there.

use physics::dataset::{Dataset, Samples};
use physics::phase_space::{PhasePoint, PhaseVelocity};
use serde::{Deserialize, Serialize};

/// Centre and scale of (q, p), and the scale of time.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scaling {
    /// What becomes 0, for q and p.
    pub centre: [f64; 2],
    /// What becomes 1 beyond it, for q and p.
    pub scale: [f64; 2],
    /// The time that becomes 1.
    pub time: f64,
}

/// Scales between 1/3 and 3, and centres within as many scales, leave a file as it is: tanh units cover them.
const NEAR_ONE: f64 = 3.0;

impl Scaling {
    /// Leaves everything as it is.
    pub const IDENTITY: Self = Self { centre: [0.0, 0.0], scale: [1.0, 1.0], time: 1.0 };

    /// Means and standard deviations of the states; the time that makes the mean squared target 1.
    pub fn of(training: &Samples) -> Self {
        let column = |i: usize| training.states.iter().filter_map(move |state| state.coordinates().nth(i));
        let centre = [0, 1].map(|i| mean(column(i)));
        let scale = [0, 1].map(|i| one_for_none(mean(column(i).map(|x| (x - centre[i]).powi(2))).sqrt()));
        let square = |v: &PhaseVelocity| v.components().zip(scale).map(|(v, s)| (v / s).powi(2)).sum::<f64>() / 2.0;
        let speed = mean(training.velocities.iter().map(square)).sqrt();
        Self { centre, scale, time: 1.0 / one_for_none(speed) }
    }

    /// [`Scaling::of`] where the numbers of the file are far from 1, and nothing otherwise.
    pub fn where_needed(training: &Samples) -> Self {
        let scaling = Self::of(training);
        let near = |x: f64| (1.0 / NEAR_ONE..=NEAR_ONE).contains(&x);
        let central = |i: usize| scaling.centre[i].abs() <= NEAR_ONE * scaling.scale[i];
        let is_near = scaling.scale.into_iter().chain([scaling.time]).all(near) && central(0) && central(1);
        if is_near { Self::IDENTITY } else { scaling }
    }

    /// A state of the file, as a network takes it.
    pub fn inward(&self, state: &PhasePoint) -> PhasePoint {
        let map = |(i, x): (usize, f64)| (x - self.centre[i]) / self.scale[i];
        PhasePoint::from_coordinates(&state.coordinates().enumerate().map(map).collect::<Vec<_>>())
    }

    /// A network's state, in the units of the file.
    pub fn outward(&self, state: &PhasePoint) -> PhasePoint {
        let map = |(i, x): (usize, f64)| self.centre[i] + self.scale[i] * x;
        PhasePoint::from_coordinates(&state.coordinates().enumerate().map(map).collect::<Vec<_>>())
    }

    /// A velocity of the file, as a network learns it.
    pub fn velocity_inward(&self, velocity: &PhaseVelocity) -> PhaseVelocity {
        let map = |(i, v): (usize, f64)| v * self.time / self.scale[i];
        PhaseVelocity::from_components(&velocity.components().enumerate().map(map).collect::<Vec<_>>())
    }

    /// A network's velocity, in the units of the file.
    pub fn velocity_outward(&self, velocity: &PhaseVelocity) -> PhaseVelocity {
        let map = |(i, v): (usize, f64)| v * self.scale[i] / self.time;
        PhaseVelocity::from_components(&velocity.components().enumerate().map(map).collect::<Vec<_>>())
    }

    /// A network's energy, in the units in which its gradients move the file's q and p.
    pub fn energy_outward(&self, energy: f64) -> f64 {
        energy * self.scale[0] * self.scale[1] / self.time
    }

    /// A data set as a network learns it.
    pub fn data_inward(&self, dataset: &Dataset) -> Dataset {
        let part = |samples: &Samples| Samples {
            states: samples.states.iter().map(|state| self.inward(state)).collect(),
            velocities: samples.velocities.iter().map(|velocity| self.velocity_inward(velocity)).collect(),
        };
        Dataset { train: part(&dataset.train), test: part(&dataset.test) }
    }
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0usize), |(sum, count), x| (sum + x, count + 1));
    sum / count.max(1) as f64
}

/// A column that does not change, or no column, has no scale of its own.
fn one_for_none(scale: f64) -> f64 {
    if scale > 0.0 && scale.is_finite() { scale } else { 1.0 }
}
