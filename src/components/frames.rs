//! What is done before the screen's frames, and how often pictures are drawn again.

use crate::components::in_view::is_wanted;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::prelude::*;

/// A picture that moves waits this many times as long as it took to be drawn: the rest of the time is for what a visitor does, and for
/// training, which has no other core to go to on a small machine.
const REST: f64 = 5.0;
/// It is drawn at least this often, in milliseconds.
const LONGEST_REST: f64 = 300.0;
/// How much of a new measurement is believed.
const NEW: f64 = 0.3;

/// Half the time of a frame of most screens, in milliseconds.
const HALF_A_FRAME: f64 = 1000.0 / 120.0;

thread_local! {
    static MOVING: RefCell<Moving> = const { RefCell::new(Moving { pictures: vec![], named: 0, goes_on: false, pace: Pace { cost: 0.0 } }) };
}

/// All pictures of the page that move. They are drawn in the same frames; in between no frame is asked for, which the browser would
/// make even where nothing has changed.
struct Moving {
    pictures: Vec<Picture>,
    named: u32,
    /// Whether the next frame, or the rest before it, is under way.
    goes_on: bool,
    pace: Pace,
}

#[derive(Clone)]
struct Picture {
    number: u32,
    canvas: NodeRef,
    draw: Callback<f64>,
}

impl Picture {
    /// Whether a visitor can see it: a picture further up or down the page is not worth the time.
    fn is_in_view(&self) -> bool {
        self.canvas.cast::<Element>().is_some_and(|canvas| is_wanted(&canvas))
    }
}

/// How fast they are drawn.
#[derive(Clone, Copy)]
struct Pace {
    /// The milliseconds from a frame in which they are drawn until the browser has shown it.
    cost: f64,
}

impl Pace {
    /// One took so long.
    fn took(self, cost: f64) -> Self {
        Self { cost: (1.0 - NEW) * self.cost + NEW * cost.min(LONGEST_REST) }
    }

    /// Milliseconds from a frame to the next one, `least` at least.
    fn between(self, least: f64) -> f64 {
        (REST * self.cost).clamp(least, LONGEST_REST)
    }
}

/// Calls back with the time in milliseconds, while `running` and while the canvas is in view, before those frames in which moving
/// pictures are drawn: before each on a fast machine, before fewer on a slow one.
#[hook]
pub fn use_pictures(canvas: &NodeRef, running: bool, draw: Callback<f64>) {
    use_effect_with((canvas.clone(), running, draw), |(canvas, running, draw)| {
        let moves = running.then(|| moves(canvas.clone(), draw.clone()));
        move || drop(moves)
    });
}

/// One more, until what comes back is dropped.
fn moves(canvas: NodeRef, draw: Callback<f64>) -> impl Drop {
    struct Stands(u32);
    impl Drop for Stands {
        fn drop(&mut self) {
            MOVING.with_borrow_mut(|moving| moving.pictures.retain(|picture| picture.number != self.0));
        }
    }
    let (number, begins) = MOVING.with_borrow_mut(|moving| {
        moving.named += 1;
        moving.pictures.push(Picture { number: moving.named, canvas, draw });
        (moving.named, !std::mem::replace(&mut moving.goes_on, true))
    });
    if begins {
        before_a_frame(draw_moving);
    }
    Stands(number)
}

/// Draws all of them, and once more after a rest.
fn draw_moving(frame: f64) {
    let pictures = MOVING.with_borrow_mut(|moving| {
        moving.goes_on = !moving.pictures.is_empty();
        moving.pictures.clone()
    });
    if pictures.is_empty() {
        return;
    }
    let begun = clock();
    let in_view: Vec<_> = pictures.into_iter().filter(Picture::is_in_view).collect();
    if in_view.is_empty() {
        after(LONGEST_REST as i32, || before_a_frame(draw_moving));
        return;
    }
    for picture in in_view {
        // One may have ended another.
        if MOVING.with_borrow(|moving| moving.pictures.iter().any(|other| other.number == picture.number)) {
            picture.draw.emit(frame);
        }
    }
    // Timers are heard after the frame.
    after(0, move || {
        let cost = clock() - begun;
        let between = MOVING.with_borrow_mut(|moving| {
            moving.pace = moving.pace.took(cost);
            moving.pace.between(least_rest())
        });
        let left = between - cost - HALF_A_FRAME;
        if left > HALF_A_FRAME {
            after(left as i32, || before_a_frame(draw_moving));
        } else {
            before_a_frame(draw_moving);
        }
    });
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
        for (cost, least, share) in
            [(1.0, 0.0, 0.21), (10.0, 0.0, 0.21), (30.0, 0.0, 0.21), (1.0, 33.0, 0.031), (10.0, 100.0, 0.1)]
        {
            let between = Pace { cost }.between(least);
            assert!(cost / between <= share, "{cost} ms every {between}");
        }
        // However slow the machine is, they move.
        assert_eq!(Pace { cost: 500.0 }.between(0.0), LONGEST_REST);
        assert!((0..50).fold(Pace { cost: 0.0 }, |pace, _| pace.took(20.0)).cost > 19.9);
        // A machine that slept in between has not drawn for hours.
        assert!(Pace { cost: 0.0 }.took(1e7).cost <= LONGEST_REST);
    }
}
