//! The speed of the latest steps.

use crate::job::execution::{Clock, Lost, lost};
use models::learner::{Learner, Trainable};

/// Time over which a speed is averaged, in milliseconds.
const OVER: f64 = 800.0;

/// Speed of the latest steps, records and snapshots aside: the first ones run before the browser has optimised them, and are not typical.
#[derive(Clone, Copy, Debug, Default)]
pub struct Speed {
    steps: u32,
    time: f64,
    /// Steps per second, and whether over long enough.
    latest: (f64, bool),
}

impl Speed {
    /// One more step, which took so many milliseconds. Where a device is `behind` it takes longer than it seems: what that takes
    /// comes later, by [`Speed::catch_up`] or with a step that waits.
    pub fn add(&mut self, time: f64, behind: bool) {
        self.steps += 1;
        self.waited(time, behind);
    }

    /// Waits for a device that is behind, as whatever reads from it would: that time belongs to the steps.
    ///
    /// # Errors
    /// [`Lost`] where the engine can be used no more.
    pub async fn catch_up<M: Trainable>(&mut self, learner: &mut Learner<M>, clock: Clock<'_>) -> Result<(), Lost> {
        if learner.is_behind() {
            let begun = clock();
            learner.catch_up().await.map_err(lost)?;
            self.waited(clock() - begun, false);
        }
        Ok(())
    }

    /// Steps per second; 0 before the first was taken.
    pub fn steps_per_second(&self) -> f64 {
        self.latest.0
    }

    fn waited(&mut self, time: f64, behind: bool) {
        self.time += time;
        if behind || self.time == 0.0 {
            return;
        }
        let (enough, mean) = (self.time >= OVER, 1000.0 * f64::from(self.steps) / self.time);
        if enough || !self.latest.1 {
            self.latest = (mean, enough);
        }
        if enough {
            (self.steps, self.time) = (0, 0.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Speed;

    #[test]
    fn steps_of_a_device_take_as_long_as_it_is_waited_for() {
        let mut speed = Speed::default();
        // 200 steps are queued in a second, and taken in ten.
        (0..200).for_each(|_| speed.add(5.0, true));
        assert_eq!(speed.steps_per_second(), 0.0, "none is known to have been taken");
        speed.waited(9000.0, false);
        assert_eq!(speed.steps_per_second(), 20.0);
    }

    #[test]
    fn steps_of_a_core_take_what_they_take() {
        let mut speed = Speed::default();
        assert_eq!(speed.steps_per_second(), 0.0);
        // The first ones are slow, and are forgotten.
        (0..4).for_each(|_| speed.add(200.0, false));
        assert_eq!(speed.steps_per_second(), 5.0);
        (0..80).for_each(|_| speed.add(10.0, false));
        assert_eq!(speed.steps_per_second(), 100.0);
    }
}
