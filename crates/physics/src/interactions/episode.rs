//! Motions at equal intervals, to learn from and to be judged by.

use crate::interactions::domain::Domain;
use crate::interactions::scene::{Scene, State};
use crate::interactions::start;

/// A scene and its states, frame by frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Episode {
    /// What does not change.
    pub scene: Scene,
    /// Its states, [`Domain::dt`] apart.
    pub states: Vec<State>,
}

impl Episode {
    /// A random scene followed for so many frames, the first one included.
    pub fn random(domain: Domain, bodies: usize, frames: usize, rng: &mut impl rand::Rng) -> Self {
        let (scene, start) = start::random(domain, bodies, rng);
        Self::of(scene, start, frames)
    }

    /// A scene followed from a start.
    pub fn of(scene: Scene, start: State, frames: usize) -> Self {
        let mut states = vec![start];
        for frame in 1..frames {
            states.push(scene.next(&states[frame - 1]));
        }
        Self { scene, states }
    }
}
