//! A picture that moves.

use crate::components::canvas::{Drawing, paint, use_redraw};
use crate::components::frames::{soon, use_pictures, use_still_and_moving};
use crate::drawing::pen::Pen;
use plotters_canvas::CanvasBackend;
use std::cell::Cell;
use std::rc::Rc;
use web_sys::HtmlCanvasElement;
use yew::prelude::*;

/// A canvas on which what it `shows` is drawn before every frame while it is `moving`: `draw` is given it with the time in milliseconds,
/// which comes back too. When it holds still, it is drawn again where what it shows, its size or the colours have changed.
#[hook]
pub fn use_moving<S, F>(shows: S, moving: bool, draw: F) -> (NodeRef, Rc<Cell<f64>>)
where
    S: Clone + PartialEq + 'static,
    F: Fn(&Pen<'_, CanvasBackend>, &S, f64) + Copy + 'static,
{
    let canvas = use_node_ref();
    let latest = use_mut_ref(|| shows.clone());
    *latest.borrow_mut() = shows.clone();
    let time = use_memo((), |_| Cell::new(0.0));
    let again = {
        let (canvas, time) = (canvas.clone(), time.clone());
        use_callback((), move |now: Option<f64>, ()| {
            time.set(now.unwrap_or(time.get()));
            if let Some(canvas) = canvas.cast::<HtmlCanvasElement>() {
                let (shows, now) = (latest.borrow().clone(), time.get());
                paint(&canvas, &Drawing::new(move |pen| draw(pen, &shows, now)));
            }
        })
    };
    let (still, frame) = use_still_and_moving(again);
    use_redraw(&canvas, still.clone());
    use_pictures(&canvas, moving, frame);
    use_effect_with((shows, moving), move |_| soon(&still));
    (canvas, time)
}
