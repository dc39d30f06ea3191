//! What is done before the screen's frames, and how often pictures are drawn again.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use yew::prelude::*;

/// A picture that moves waits this many times as long as it took to be drawn: the rest of the time is for what a visitor does, and for
/// training, which has no other core to go to on a small machine.
const REST: f64 = 3.0;
/// It is drawn at least this often, in milliseconds.
const LONGEST_REST: f64 = 200.0;
/// How much of a new measurement is believed.
const NEW: f64 = 0.3;

thread_local! {
    static PACE: Cell<Pace> = const { Cell::new(Pace { frame: 0.0, drawn: f64::NEG_INFINITY, draws: false, cost: 0.0 }) };
}

/// How fast all moving pictures of the page are drawn, by the clock of frames, in milliseconds.
#[derive(Clone, Copy)]
struct Pace {
    /// The latest frame.
    frame: f64,
    /// Whether they are drawn in it.
    draws: bool,
    /// The latest frame in which they were.
    drawn: f64,
    /// The time from there until the browser had shown them.
    cost: f64,
}

impl Pace {
    /// In a frame; pictures rest for `least` milliseconds.
    fn at(self, frame: f64, least: f64) -> Self {
        if frame == self.frame {
            return self;
        }
        // Frames do not come at exact times.
        let draws = frame - self.drawn >= (REST * self.cost).clamp(least, LONGEST_REST) - 2.0;
        Self { frame, draws, drawn: if draws { frame } else { self.drawn }, ..self }
    }

    fn took(self, cost: f64) -> Self {
        Self { cost: (1.0 - NEW) * self.cost + NEW * cost.min(LONGEST_REST), ..self }
    }
}

/// Calls back with the time in milliseconds, while `running`, before those frames in which moving pictures are drawn: before each on a
/// fast machine, before fewer on a slow one.
#[hook]
pub fn use_pictures(running: bool, draw: Callback<f64>) {
    let paced = use_callback(draw, |now: f64, draw| {
        let before = PACE.get();
        let pace = before.at(now, least_rest());
        PACE.set(pace);
        if pace.frame != before.frame && pace.draws {
            let begun = clock();
            // Timers are heard after the frame.
            after(0, move || PACE.set(PACE.get().took(clock() - begun)));
        }
        if pace.draws {
            draw.emit(now);
        }
    });
    use_frames(running, paced);
}

thread_local! {
    static ALL_CORES_BUSY: Cell<bool> = const { Cell::new(false) };
}

/// Whether one network is trained on more than one core: every frame that is not drawn makes its steps shorter.
pub fn set_all_cores_busy(busy: bool) {
    ALL_CORES_BUSY.set(busy);
}

/// Two cores that may both be training have no time for sixty frames a second.
fn least_rest() -> f64 {
    let cores = web_sys::window().map_or(2.0, |window| window.navigator().hardware_concurrency());
    match ALL_CORES_BUSY.get() {
        true => 100.0,
        false if cores <= 2.0 => 1000.0 / 30.0,
        false => 0.0,
    }
}

fn clock() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |performance| performance.now())
}

/// What draws a picture where it stands still, and what draws it at a time: two callbacks that stay the same while `draw` does.
#[hook]
pub fn use_still_and_moving(draw: Callback<Option<f64>>) -> (Callback<()>, Callback<f64>) {
    let still = use_callback(draw.clone(), |(), draw| draw.emit(None));
    let moving = use_callback(draw, |now: f64, draw| draw.emit(Some(now)));
    (still, moving)
}

/// Pictures are drawn for so long, in milliseconds, before the browser may answer a visitor.
const TURN: f64 = 8.0;

thread_local! {
    static WAITING: RefCell<VecDeque<Callback<()>>> = const { RefCell::new(VecDeque::new()) };
}

/// Draws a picture once the next frame has shown what else has changed, however often that is asked for before. A change that many
/// pictures show is answered at once, and they follow a few at a time.
pub fn soon(draw: &Callback<()>) {
    let begins = WAITING.with_borrow_mut(|waiting| {
        let begins = waiting.is_empty();
        if !waiting.contains(draw) {
            waiting.push_back(draw.clone());
        }
        begins
    });
    if begins {
        after_a_frame();
    }
}

fn after_a_frame() {
    before_a_frame(|_| {
        after(0, draw_waiting);
    });
}

fn draw_waiting() {
    let begun = clock();
    // The first one stays in its place until it is drawn: nobody else begins meanwhile.
    while let Some(draw) = WAITING.with_borrow(|waiting| waiting.front().cloned()) {
        draw.emit(());
        let left = WAITING.with_borrow_mut(|waiting| {
            waiting.pop_front();
            !waiting.is_empty()
        });
        if left && clock() - begun > TURN {
            return after_a_frame();
        }
    }
}

/// Calls back before each frame with the time in milliseconds, while `running`.
#[hook]
pub fn use_frames(running: bool, frame: Callback<f64>) {
    use_effect_with((running, frame), |(running, frame)| {
        let handle = running.then(|| frames(frame.clone()));
        move || drop(handle)
    });
}

fn frames(frame: Callback<f64>) -> impl Drop {
    struct Stop(Rc<Cell<bool>>);
    impl Drop for Stop {
        fn drop(&mut self) {
            self.0.set(true);
        }
    }
    fn next(frame: Callback<f64>, stopped: Rc<Cell<bool>>) {
        before_a_frame(move |time| {
            if !stopped.get() {
                frame.emit(time);
                next(frame, stopped);
            }
        });
    }
    let stopped = Rc::new(Cell::new(false));
    next(frame, stopped.clone());
    Stop(stopped)
}

/// Carries something out after so many milliseconds, whatever happens until then. A timer of gloo's that is left to itself would keep
/// its JavaScript function for ever.
pub fn after(milliseconds: i32, act: impl FnOnce() + 'static) {
    let act = Closure::once_into_js(act);
    if let Some(window) = web_sys::window() {
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(act.unchecked_ref(), milliseconds);
    }
}

fn before_a_frame(act: impl FnOnce(f64) + 'static) {
    let act = Closure::once_into_js(act);
    if let Some(window) = web_sys::window() {
        let _ = window.request_animation_frame(act.unchecked_ref());
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_REST, Pace};

    #[test]
    fn pictures_take_a_part_of_the_time_however_long_they_take() {
        for (cost, most) in [(1.0, 1.0), (10.0, 0.34), (30.0, 0.26), (500.0, 1.0)] {
            let mut pace = Pace { frame: 0.0, draws: false, drawn: f64::NEG_INFINITY, cost };
            let drawn = (1..=600).filter(|frame| {
                pace = pace.at(f64::from(*frame) * 1000.0 / 60.0, 0.0);
                // Every picture of a frame is told the same.
                assert_eq!(pace.at(pace.frame, 0.0).draws, pace.draws);
                pace.draws
            });
            let (seconds, drawn) = (10.0, drawn.count() as f64);
            assert!(drawn >= 0.9 * seconds * 1000.0 / LONGEST_REST.max(1000.0 / 60.0), "{cost} ms: {drawn} times");
            assert!(drawn * cost / 1000.0 <= most * seconds || cost > LONGEST_REST, "{cost} ms: {drawn} times");
        }
        let pace = Pace { frame: 0.0, draws: false, drawn: 0.0, cost: 0.0 };
        assert!((0..50).fold(pace, |pace, _| pace.took(20.0)).cost > 19.9);
        // A machine that slept in between has not drawn for hours.
        assert!(pace.took(1e7).cost <= LONGEST_REST);
    }
}
