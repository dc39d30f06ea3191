//! How far the training of a model is, and what was measured of it.

use jobs::protocol::convergence::SchemeReport;
use jobs::protocol::motion_snapshot::MotionSnapshot;
use models::field::score::Score;
use models::losses::Losses;
use models::pixels::score::PixelMetrics;
use std::rc::Rc;

/// A speed from the one before and the one now measured: a single slow or fast moment changes what is left by a factor of two at most.
pub fn smoothed(before: f64, now: f64) -> f64 {
    if before > 0.0 && now > 0.0 { before * (now / before).clamp(1.0 / 32.0, 32.0).powf(0.2) } else { now }
}

/// Whether a model knows more than at its start: its loss on test data has fallen to a half at least. `None` where too few losses are known.
pub fn has_fallen(losses: &[(u64, Losses)]) -> Option<bool> {
    match losses {
        [(_, first), .., (_, last)] => Some(last.test <= 0.5 * first.test),
        _ => None,
    }
}

/// How many times smaller the HNN's energy error is than the baseline's.
pub fn times(baseline: f64, hnn: f64) -> f64 {
    baseline / hnn.max(f64::MIN_POSITIVE)
}

/// What is known of one model's training.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    /// Steps taken.
    pub step: u64,
    /// Speed.
    pub steps_per_second: f64,
    /// Whether two cores share each step.
    pub shared: bool,
    /// Losses after some steps.
    pub losses: Vec<(u64, Losses)>,
    /// Parts of the test loss after some steps, where it has several.
    pub parts: Vec<(u64, Vec<f64>)>,
    /// What schemes do with it, where that was measured.
    pub convergence: Vec<SchemeReport>,
    /// After how many steps that was.
    pub converged: u64,
    /// What it says now.
    pub snapshot: Option<Rc<MotionSnapshot>>,
    /// Its figures of merit, when they were last taken.
    pub score: Option<Score>,
    /// What it sees, when that was last measured; of films only.
    pub pixel_metrics: Option<PixelMetrics>,
}

/// R² from which on an angle counts as read off a film.
const READABLE: f64 = 0.9;

impl Progress {
    /// Whether it tells the angle by what it sees; one that sees no films always does.
    pub fn is_readable(&self) -> bool {
        self.pixel_metrics.is_none_or(|metrics| metrics.angle_r2 >= READABLE)
    }
}
