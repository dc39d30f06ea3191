//! How often what workers did is shown.

use crate::workers::engine::now;
use gloo_timers::callback::Timeout;

/// What workers report is collected for so many times as long as it took to show it before, so that a visitor finds the page free…
const REST: f64 = 4.0;
/// … but for so many milliseconds at least and at most.
const SHOWN_AFTER: (f64, f64) = (100.0, 1000.0);

/// The least where one network is trained on two cores.
const SHOWN_AFTER_SHARED: f64 = 500.0;

/// When it was shown, and when it will be.
#[derive(Default)]
pub struct Rhythm {
    next: Option<Timeout>,
    /// When it was shown last, …
    shown: f64,
    /// … and how many milliseconds it took until it could be seen.
    cost: f64,
}

impl Rhythm {
    /// There is something to show; whether one network is trained on two cores.
    pub fn ask(&mut self, shared: bool, show: impl FnOnce() + 'static) {
        if self.next.is_none() {
            let least = if shared { SHOWN_AFTER_SHARED } else { SHOWN_AFTER.0 };
            let rest = (REST * self.cost).clamp(least, SHOWN_AFTER.1);
            let left = (self.shown + rest - now()).max(0.0);
            self.next = Some(Timeout::new(left as u32, show));
        }
    }

    /// It is shown now; how many milliseconds that will take if it takes as long as last time.
    pub fn begin(&mut self) -> f64 {
        (self.next, self.shown) = (None, now());
        self.cost
    }

    /// It can be seen.
    pub fn end(&mut self) {
        self.cost = now() - self.shown;
    }
}
