//! The world in motion under a visitor's hand: which frame is shown, and how a body that was dragged is thrown.

use jobs::protocol::graph::{Shown, WorldMotion};

/// Seconds in which a motion is shown, whatever its own time.
const SHOWN_SECONDS: f64 = 8.0;
/// A hand that has been still for so many milliseconds throws nothing.
const STILL: f64 = 150.0;
/// The fastest throw, in widths of the picture in a unit of time: what flies further off makes all else a dot.
const FASTEST: f64 = 0.5;

/// A body in somebody's hand.
pub struct Hand {
    /// The body's number.
    pub body: usize,
    /// What was shown when it was taken.
    pub shown: Shown,
    /// Width of what the picture shows of the world.
    pub width: f64,
    /// Where it was taken, in CSS pixels.
    pub from: (f64, f64),
    /// From the pointer to its middle, in the world: a body taken at its edge stays under the hand where it was taken.
    pub grip: (f64, f64),
    /// Where it is now, in the world.
    pub at: (f64, f64),
    /// Where it was lately: milliseconds, and the place in the world.
    pub trail: Vec<(f64, f64, f64)>,
    /// Whether it was let go, and its motion is on its way.
    pub released: bool,
}

impl Hand {
    /// The hand has moved.
    pub fn moved(&mut self, time: f64, (x, y): (f64, f64)) {
        self.at = (x + self.grip.0, y + self.grip.1);
        self.trail.push((time, self.at.0, self.at.1));
    }

    /// The velocity with which the body is thrown, in the units of a world whose shown motion lasts `length` units of time.
    pub fn throw(&self, now: f64, length: f64) -> (f64, f64) {
        // A second of the picture is this much time of the world.
        let pace = length / (1000.0 * SHOWN_SECONDS);
        let (vx, vy) = self.velocity(now);
        let speed = vx.hypot(vy) / pace;
        let slower = (FASTEST * self.width / speed.max(f64::MIN_POSITIVE)).min(1.0);
        (slower * vx / pace, slower * vy / pace)
    }

    /// Its velocity, in units of length per millisecond.
    fn velocity(&self, now: f64) -> (f64, f64) {
        let lately: Vec<_> = self.trail.iter().filter(|(time, ..)| now - time < STILL).collect();
        match lately[..] {
            [(t0, x0, y0), .., (t1, x1, y1)] if t1 > t0 => ((x1 - x0) / (t1 - t0), (y1 - y0) / (t1 - t0)),
            _ => (0.0, 0.0),
        }
    }
}

/// What is going on in the picture between two renderings.
#[derive(Default)]
pub struct Playback {
    /// Time of the latest frame, and of the first of this motion, in milliseconds.
    now: f64,
    began: f64,
    /// A body that is held, or was just thrown.
    pub hand: Option<Hand>,
}

impl Playback {
    /// Time of the latest frame, in milliseconds.
    pub fn now(&self) -> f64 {
        self.now
    }

    /// The frame of the motion that is shown now.
    pub fn frame(&self, motion: &WorldMotion) -> usize {
        let part = ((self.now - self.began) / 1000.0 / SHOWN_SECONDS).rem_euclid(1.0);
        (part * motion.frames().saturating_sub(1) as f64).round() as usize
    }

    /// Time goes on, unless somebody holds a body; a body let go moves on once its motion is there.
    pub fn advance(&mut self, now: f64, motion: Option<&WorldMotion>) {
        let arrived = self
            .hand
            .as_ref()
            .is_some_and(|hand| hand.released && motion.is_none_or(|motion| motion.shown != hand.shown));
        if arrived {
            (self.hand, self.began, self.now) = (None, now, now);
        } else if self.hand.is_some() {
            self.began += now - self.now;
        }
        self.now = now;
    }
}

#[cfg(test)]
mod tests {
    use super::Hand;
    use jobs::protocol::graph::Shown;

    /// A hand that moves by 1 to the right in each 100 ms, in a picture of this width.
    fn hand(width: f64) -> Hand {
        let shown = Shown { bodies: 2, start: 0, placed: vec![] };
        let (grip, at) = ((0.5, 0.0), (0.0, 0.0));
        let mut hand = Hand { body: 0, shown, width, from: (0.0, 0.0), grip, at, trail: vec![], released: false };
        (0..5).for_each(|i| hand.moved(100.0 * f64::from(i), (f64::from(i), 0.0)));
        hand
    }

    #[test]
    fn a_body_is_thrown_as_fast_as_the_hand_moved_unless_that_is_too_fast() {
        // 4 units of time are shown in 8 s, so 10 units of length in a second are 20 in a unit of time.
        let (vx, vy) = hand(1000.0).throw(400.0, 4.0);
        assert!((vx - 20.0).abs() < 1e-9 && vy == 0.0, "{vx} {vy}");
        assert_eq!(hand(1000.0).at, (4.5, 0.0));
        // In a picture 10 wide, 5 in a unit of time is the fastest.
        assert!((hand(10.0).throw(400.0, 4.0).0 - 5.0).abs() < 1e-9);
        // A hand that has been still throws nothing.
        assert_eq!(hand(10.0).throw(700.0, 4.0), (0.0, 0.0));
    }
}
