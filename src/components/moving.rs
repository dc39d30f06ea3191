//! A picture that moves.

use crate::components::canvas::{Drawing, paint, use_redraw};
use crate::components::frames::{soon, use_pictures, use_still_and_moving};
use crate::drawing::pen::Pen;
use plotters_canvas::CanvasBackend;
use std::rc::Rc;
use web_sys::HtmlCanvasElement;
use yew::prelude::*;

/// A canvas on which `scene` is drawn before every frame while it is `moving`: `draw` is given it with the time in milliseconds.
/// When it holds still, it is drawn again where the scene, its size or the colours have changed.
#[hook]
pub fn use_moving<S, F>(scene: Rc<S>, moving: bool, draw: F) -> NodeRef
where
    S: PartialEq + 'static,
    F: Fn(&Pen<'_, CanvasBackend>, &S, f64) + Copy + 'static,
{
    let canvas = use_node_ref();
    let latest = use_mut_ref(|| scene.clone());
    *latest.borrow_mut() = scene.clone();
    let time = use_mut_ref(|| 0.0);
    let again = {
        let canvas = canvas.clone();
        use_callback((), move |now: Option<f64>, ()| {
            let now = now.unwrap_or(*time.borrow());
            *time.borrow_mut() = now;
            let scene = latest.borrow().clone();
            if let Some(canvas) = canvas.cast::<HtmlCanvasElement>() {
                paint(&canvas, &Drawing::new(move |pen| draw(pen, &scene, now)));
            }
        })
    };
    let (still, frame) = use_still_and_moving(again);
    use_redraw(&canvas, still.clone());
    use_pictures(moving, frame);
    use_effect_with(scene, move |_| soon(&still));
    canvas
}
