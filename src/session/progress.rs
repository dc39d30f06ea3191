//! How far the training of a model is, and what was measured of it.

use jobs::protocol::look::Look;
use jobs::protocol::study::SchemeStudy;
use models::field::score::Score;
use models::losses::Losses;
use models::pixels::score::Sight;
use std::rc::Rc;

/// What is known of one model's training.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    /// Steps taken.
    pub step: u64,
    /// Speed.
    pub steps_per_second: f64,
    /// Losses after some steps.
    pub losses: Vec<(u64, Losses)>,
    /// What schemes do with it, where that was measured.
    pub studies: Vec<SchemeStudy>,
    /// After how many steps that was.
    pub studied: u64,
    /// What it says now.
    pub look: Option<Rc<Look>>,
    /// Its figures of merit, when they were last taken.
    pub score: Option<Score>,
    /// What it sees, when that was last measured; of films only.
    pub sight: Option<Sight>,
}
