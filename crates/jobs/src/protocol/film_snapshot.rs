//! What a model that learned from films makes of frames: its latent numbers, the film it expects, the frames it gives back.

use models::pixels::film::Films;
use models::pixels::frame::PIXELS;
use models::pixels::model::ReadModel;
use models::pixels::score::{PixelMetrics, Seen};
use models::pixels::swing::{DT, Swing};
use physics::phase_space::PhasePoint;
use physics::trajectory::Trajectory;
use serde::{Deserialize, Serialize};

/// Time between two frames that are shown: every second one is enough for the eye.
pub const FRAME_TIME: f64 = 2.0 * DT;
/// The most frames of a film that is shown.
const MOST_FRAMES: usize = 150;
/// Samples whose latent numbers are shown.
const LATENTS: usize = 300;

/// A model that sees, at one moment of its training.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FilmSnapshot {
    /// (z_q, z_p) of some held-out samples, with the angle that each shows, in radians.
    pub latents: Vec<[f32; 3]>,
    /// (z_q, z_p) along its motion, one per shown frame.
    pub path: Vec<[f32; 2]>,
    /// The frames that it expects, one after the other, `[frames * 784]` levels.
    pub expected: Vec<u8>,
    /// The true frames at the same times as it gives them back.
    pub seen: Vec<u8>,
    /// Its figures of merit, where they were taken.
    pub pixel_metrics: Option<PixelMetrics>,
}

impl FilmSnapshot {
    /// What a model makes of held-out films, of the true moments that are shown, and of its own motion.
    pub fn of(
        model: &ReadModel,
        films: &Films,
        truth: &[Swing],
        motion: &Trajectory,
        pixel_metrics: Option<PixelMetrics>,
    ) -> Self {
        let held_out = Seen::of(&model.model, &films.test, LATENTS);
        let small = |at: &PhasePoint| [at.q[0] as f32, at.p[0] as f32];
        let latents = held_out.latents.iter().zip(&held_out.states).map(|(latent, state)| {
            let [z_q, z_p] = small(latent);
            [z_q, z_p, state.q[0] as f32]
        });
        let times = (0..MOST_FRAMES).map(|i| i as f64 * FRAME_TIME).take_while(|t| *t <= motion.duration() + 1e-9);
        let path: Vec<PhasePoint> = times.filter_map(|t| Some(model.latent(&motion.at(t)?))).collect();
        let autoencoder = &model.model.autoencoder;
        let shown = |latent: &PhasePoint| later_frame(&autoencoder.decode(latent));
        Self {
            latents: latents.collect(),
            path: path.iter().map(small).collect(),
            expected: path.iter().flat_map(shown).collect(),
            seen: truth
                .iter()
                .step_by(2)
                .take(path.len())
                .flat_map(|moment| shown(&model.model.snapshot(*moment)))
                .collect(),
            pixel_metrics,
        }
    }
}

/// The later of a sample's two frames, as levels.
fn later_frame(sample: &[f64]) -> Vec<u8> {
    sample[PIXELS..].iter().map(|x| (x * 255.0).round().clamp(0.0, 255.0) as u8).collect()
}
