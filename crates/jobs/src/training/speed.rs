//! The speed of the latest steps.

/// Time over which a speed is averaged, in milliseconds.
const OVER: f64 = 800.0;

/// Speed of the latest steps, records and snapshots aside: the first ones run before the browser has optimised them, and are not typical.
#[derive(Clone, Copy, Debug, Default)]
pub struct Speed {
    steps: u32,
    time: f64,
    latest: Option<f64>,
}

impl Speed {
    /// One more step, which took so many milliseconds.
    pub fn add(&mut self, time: f64) {
        self.steps += 1;
        self.time += time;
        if self.time >= OVER {
            self.latest = Some(self.mean());
            (self.steps, self.time) = (0, 0.0);
        }
    }

    /// Steps per second; 0 before the first.
    pub fn steps_per_second(&self) -> f64 {
        self.latest.unwrap_or_else(|| self.mean())
    }

    fn mean(&self) -> f64 {
        if self.time > 0.0 { 1000.0 * f64::from(self.steps) / self.time } else { 0.0 }
    }
}
