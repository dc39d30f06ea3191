//! Films of a swinging pendulum, and the samples that a model learns from.
//!
//! A sample is two neighbouring frames side by side (xₜ, xₜ₊₁), 1568 numbers: one frame shows an angle, two show a rate as
//! well. Its successor is the sample one frame later. As in the reference: starts within 30° of hanging and a rate within
//! ±1, 103 frames a film of which 100 make samples, the first fifth of the films for testing.

use crate::pixels::frame::{Frame, PIXELS, brightness, render};
use crate::pixels::swing::Swing;
use numerics::seed::{Purpose, Seed};
use rand::RngExt;
use serde::{Deserialize, Serialize};

/// Numbers in a sample: two frames.
pub const SAMPLE: usize = 2 * PIXELS;
/// Samples that a film yields: the last frames have no successors' successor.
const SPARE_FRAMES: usize = 3;
/// Films start within this of hanging, as in the reference.
const LARGEST_START: f64 = std::f64::consts::FRAC_PI_6;
/// And with a rate within this, as the simulator's reset has it.
const LARGEST_RATE: f64 = 1.0;

/// How many films there are, and how long they run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilmConfig {
    /// Films, training and test together.
    pub films: usize,
    /// Frames of each.
    pub frames: usize,
}

/// One film, and what moved in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Film {
    /// The pendulum at each frame.
    pub swings: Vec<Swing>,
    /// What was seen of it.
    pub frames: Vec<Frame>,
}

/// Training and test films.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Films {
    /// To learn from.
    pub train: Vec<Film>,
    /// To be judged by.
    pub test: Vec<Film>,
}

impl FilmConfig {
    /// How many films are held out: a fifth, and at least one.
    pub fn test_films(&self) -> usize {
        (self.films / 5).max(1)
    }

    /// Samples in the films that are learned from.
    pub fn training_samples(&self) -> usize {
        self.films.saturating_sub(self.test_films()) * self.frames.saturating_sub(SPARE_FRAMES)
    }
}

impl Films {
    /// Shoots all films; they depend on the seed alone.
    pub fn generate(config: &FilmConfig, seed: Seed) -> Self {
        let mut all = starts(config, seed).map(|start| Film::shoot(start, config.frames));
        let test = all.by_ref().take(config.test_films()).collect();
        Self { train: all.collect(), test }
    }
}

/// How each film begins, those for testing first.
pub fn starts(config: &FilmConfig, seed: Seed) -> impl Iterator<Item = Swing> {
    let mut rng = seed.stream(Purpose::InitialStates);
    (0..config.films).map(move |_| {
        let angle = rng.random_range(-LARGEST_START..LARGEST_START);
        let rate = rng.random_range(-LARGEST_RATE..LARGEST_RATE);
        Swing { angle, rate }
    })
}

impl Film {
    /// A film of so many frames from a start.
    pub fn shoot(start: Swing, frames: usize) -> Self {
        let swings = start.moments(frames);
        let frames = swings.iter().map(|swing| render(swing.angle)).collect();
        Self { swings, frames }
    }

    /// How many samples it yields, each with a successor.
    pub fn samples(&self) -> usize {
        self.frames.len().saturating_sub(SPARE_FRAMES)
    }

    /// Sample t, `[1568]`. The successor of sample t is sample t + 1.
    pub fn sample(&self, t: usize) -> impl Iterator<Item = f32> + '_ {
        self.frames[t..t + 2].iter().flatten().copied().map(brightness)
    }

    /// The pendulum that sample t shows: as it is in the later frame, whose rate is the difference between the two.
    pub fn shown(&self, t: usize) -> Swing {
        self.swings[t + 1]
    }
}

/// Chosen samples with their successors, `[n, 2, 1568]`, and the samples alone, `[n, 1568]`. Samples are numbered through all
/// films, which are equally long.
pub fn with_successors(films: &[Film], chosen: &[usize]) -> [Vec<f32>; 2] {
    let each = films.first().map_or(1, Film::samples);
    let mut both = Vec::with_capacity(2 * SAMPLE * chosen.len());
    let mut alone = Vec::with_capacity(SAMPLE * chosen.len());
    for i in chosen {
        let (film, t) = (&films[i / each], i % each);
        both.extend(film.sample(t));
        alone.extend_from_slice(&both[both.len() - SAMPLE..]);
        both.extend(film.sample(t + 1));
    }
    [both, alone]
}

/// Samples of some films.
pub fn samples(films: &[Film]) -> usize {
    films.iter().map(Film::samples).sum()
}
