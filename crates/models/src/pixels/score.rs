//! The figures of merit of a model that learned from films.
//!
//! A rollout starts from the first two frames of a held-out film and runs for 200 frames, twice as long as any film that was
//! learned from. The learned field moves the latent numbers; an affine map fitted on the training films reads (q, p) off
//! them, and the true energy of that state is held against that of the true motion. None is left out.

use crate::field::score::CAP;
use crate::pixels::film::{Film, Films};
use crate::pixels::model::PixelModel;
use crate::pixels::network::PixelNetwork;
use crate::pixels::reading::{Reading, r_squared};
use crate::pixels::swing::energy;
use autodiff::parameters::Parameters;
use physics::phase_space::PhasePoint;
use serde::{Deserialize, Serialize};

/// Frames of a rollout.
pub const ROLLOUT_FRAMES: usize = 200;
/// Held-out films from which rollouts start, if there are as many.
pub const ROLLOUTS: usize = 15;
/// Samples that reconstruction, angle and the affine map are taken from; more films are thinned out evenly.
const SAMPLES: usize = 2000;

/// How well a model saw, and how well it foresaw.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PixelScore {
    /// Mean of (H(learned state) − H(true state))², with the true H.
    pub energy_mse: f64,
    /// Mean squared coordinate difference between learned and true states (q, p).
    pub rollout_mse: f64,
    /// Mean squared error of the pixels of held-out samples, decoded from their own latent numbers.
    pub reconstruction_mse: f64,
    /// R² of the angle read off the latent numbers of held-out samples.
    pub angle_r2: f64,
    /// Whether a rollout ran away, or an error exceeded the cap.
    pub diverged: bool,
}

/// What a model sees, apart from how it moves.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PixelMetrics {
    /// See [`PixelScore::reconstruction_mse`].
    pub reconstruction_mse: f64,
    /// See [`PixelScore::angle_r2`].
    pub angle_r2: f64,
}

/// Latent numbers of some samples, and the true states that these show.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// (z_q, z_p).
    pub latents: Vec<PhasePoint>,
    /// (q, p).
    pub states: Vec<PhasePoint>,
}

impl PixelScore {
    /// The part of it that is about seeing.
    pub fn pixel_metrics(&self) -> PixelMetrics {
        PixelMetrics { reconstruction_mse: self.reconstruction_mse, angle_r2: self.angle_r2 }
    }

    /// Scores a model on the films that it did not learn from.
    pub fn of(network: &PixelNetwork, parameters: &Parameters, films: &Films) -> Self {
        let model = PixelModel::new(network, parameters);
        let reading = fit_reading(&model, &films.train);
        let seen = Seen::of(&model, &films.test, SAMPLES);
        let angles = |points: &mut dyn Iterator<Item = PhasePoint>| points.map(|at| at.q[0]).collect::<Vec<f64>>();
        let read = angles(&mut seen.latents.iter().map(|latent| reading.state(latent)));
        let angle_r2 = r_squared(&read, &angles(&mut seen.states.iter().cloned()));

        let (mut energies, mut states, mut count) = (0.0, 0.0, 0);
        let mut diverged = false;
        for film in films.test.iter().take(ROLLOUTS) {
            let truth = film.shown(0).moments(ROLLOUT_FRAMES);
            let start = model.autoencoder.encode(film.sample(0));
            let Ok(learned) = model.rollout(&start, ROLLOUT_FRAMES) else {
                diverged = true;
                continue;
            };
            for (latent, truth) in learned.iter().zip(&truth) {
                let (learned, truth) = (reading.state(latent), truth.state());
                energies += (energy(&learned) - energy(&truth)).powi(2);
                states += ((learned.q[0] - truth.q[0]).powi(2) + (learned.p[0] - truth.p[0]).powi(2)) / 2.0;
                count += 1;
            }
        }
        let mut mean = |sum: f64| {
            let mean = sum / f64::from(count);
            let fine = !diverged && mean.is_finite() && mean < CAP;
            diverged |= !fine;
            if fine { mean } else { CAP }
        };
        let (energy_mse, rollout_mse) = (mean(energies), mean(states));
        let reconstruction_mse = reconstruction(&model, &films.test, &seen.latents);
        Self { energy_mse, rollout_mse, reconstruction_mse, angle_r2, diverged }
    }
}

/// The affine map from a model's latent numbers to (q, p), fitted on films that it learned from.
pub fn fit_reading(model: &PixelModel, films: &[Film]) -> Reading {
    Seen::of(model, films, SAMPLES).reading()
}

/// Which samples stand for these films: at most so many, evenly spread.
fn chosen(films: &[Film], most: usize) -> impl Iterator<Item = (&Film, usize)> {
    let all: usize = films.iter().map(Film::samples).sum();
    let every = all.div_ceil(most).max(1);
    films.iter().flat_map(|film| (0..film.samples()).map(move |t| (film, t))).step_by(every)
}

impl Seen {
    /// The affine map from latent numbers to states that fits these samples best.
    pub fn reading(&self) -> Reading {
        Reading::fit(&self.latents, &self.states)
    }

    /// What a model makes of these films, from at most so many samples.
    pub fn of(model: &PixelModel, films: &[Film], most: usize) -> Self {
        let (latents, states) = chosen(films, most)
            .map(|(film, t)| (model.autoencoder.encode(film.sample(t)), film.shown(t).state()))
            .unzip();
        Self { latents, states }
    }
}

fn reconstruction(model: &PixelModel, films: &[Film], latents: &[PhasePoint]) -> f64 {
    let (mut squares, mut count) = (0.0, 0);
    for ((film, t), latent) in chosen(films, SAMPLES).zip(latents) {
        for (guess, truth) in model.autoencoder.decode(latent).iter().zip(film.sample(t)) {
            squares += (guess - f64::from(truth)).powi(2);
            count += 1;
        }
    }
    squares / f64::from(count.max(1))
}
