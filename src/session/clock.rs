//! The time at which motions are shown, shared by all pictures of them.

use std::cell::Cell;
use std::rc::Rc;

/// The time of the shown motions. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Clock(Rc<ClockFace>);

#[derive(Debug, Default)]
struct ClockFace {
    /// Time shown.
    time: Cell<f64>,
    /// When it was last moved on, in milliseconds.
    moved: Cell<Option<f64>>,
    take: Cell<u32>,
}

impl PartialEq for Clock {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// A frame that comes later than this was held up; the motion does not jump because of it. A slow machine draws five times a second.
const LONGEST_FRAME: f64 = 400.0;

impl Clock {
    /// Time to show at `now` (milliseconds), from 0 to `horizon` and again; a new take starts at 0.
    pub fn at(&self, now: f64, take: u32, horizon: f64) -> f64 {
        let face = &self.0;
        if face.take.replace(take) != take {
            face.time.set(0.0);
            face.moved.set(None);
        }
        let passed = face.moved.replace(Some(now)).map_or(0.0, |moved| (now - moved).clamp(0.0, LONGEST_FRAME));
        let time = (face.time.get() + passed / 1000.0) % horizon.max(1e-6);
        face.time.set(time);
        time
    }

    /// Stands still.
    pub fn hold(&self) {
        self.0.moved.set(None);
    }

    /// Time shown.
    pub fn time(&self) -> f64 {
        self.0.time.get()
    }
}

#[cfg(test)]
mod tests {
    use super::Clock;

    #[test]
    fn time_goes_round_and_a_new_take_starts_at_its_beginning() {
        let clock = Clock::default();
        let shown: Vec<f64> = [0.0, 50.0, 100.0, 150.0].map(|now| clock.at(now, 1, 0.12)).to_vec();
        assert!((shown[2] - 0.1).abs() < 1e-12 && (shown[3] - 0.03).abs() < 1e-12, "{shown:?}");
        // A page that was hidden for a minute does not jump.
        assert!((clock.at(60_000.0, 1, 10.0) - 0.43).abs() < 1e-12);
        // One that draws five times a second keeps its time.
        assert!((clock.at(60_220.0, 1, 10.0) - 0.65).abs() < 1e-12);
        assert_eq!(clock.at(60_230.0, 2, 10.0), 0.0);
    }
}
