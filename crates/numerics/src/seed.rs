//! One seed, many independent streams of random numbers.
//!
//! Every random draw of an experiment descends from its [`Seed`], so that the same link gives the same run. Each purpose
//! has a stream of its own: changing how many noise values are drawn does not change how a network starts.
//! There is no global generator, and nothing here asks the machine for entropy.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

/// The number an experiment is repeated by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Seed(pub u32);

/// What a stream of random numbers is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Where the trajectories of the data set start.
    InitialStates,
    /// The noise on the observed states.
    Noise,
    /// The weights that a network starts from.
    Weights,
    /// Which samples make up each batch.
    Batches,
    /// The fresh starts on which a trained model is scored.
    Scoring,
    /// The orbits that are shown.
    Shown,
    /// Where the molecules of a gas or a chain start. A number of its own, so that no other purpose moves this stream.
    Molecules = 16,
    /// The independent starts that an ensemble average is taken over.
    Ensemble = 17,
    /// The evolution of formulas; the upper half of the stream's number is the island's.
    Search,
    /// Masses and stiffnesses of a system that is drawn at random.
    System,
    /// Which rows a law is judged by and not fitted to.
    HeldOut = 32,
    /// Settings of a sweep that are drawn at random.
    Sweep = 64,
}

impl Seed {
    /// The generator for one purpose. ChaCha8 is the same on every machine.
    pub fn stream(self, purpose: Purpose) -> ChaCha8Rng {
        let mut rng = ChaCha8Rng::seed_from_u64(u64::from(self.0));
        rng.set_stream(purpose as u64);
        rng
    }

    /// The generator for number `number` of many alike, such as the islands of a search; number 0 is that of [`Seed::stream`].
    pub fn stream_of(self, purpose: Purpose, number: u32) -> ChaCha8Rng {
        let mut rng = self.stream(purpose);
        rng.set_stream(purpose as u64 | u64::from(number) << 32);
        rng
    }

    /// The generator at a place of a stream, such as a step of training: what it draws depends on the place alone, so that a run that goes
    /// on from a checkpoint sees the same. Each place has 2³² words of its own.
    pub fn stream_at(self, purpose: Purpose, place: u64) -> ChaCha8Rng {
        let mut rng = self.stream(purpose);
        rng.set_word_pos(u128::from(place) << 32);
        rng
    }
}
