//! A canvas that is drawn when what it shows, its size, or the colour scheme changes.

use crate::components::frames::{soon, use_pictures, use_still_and_moving};
use crate::components::reading::remember;
use crate::drawing::notes::{Notes, Reading};
use crate::drawing::palette::Palette;
use crate::drawing::pen::{Pen, Place};
use gloo_events::EventListener;
use plotters::prelude::IntoDrawingArea;
use plotters_canvas::CanvasBackend;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ResizeObserver};
use yew::prelude::*;

/// What to do with a pen.
type Draw = dyn Fn(&Pen<'_, CanvasBackend>);

/// A drawing.
#[derive(Clone)]
pub struct Drawing(Rc<Draw>);

impl Drawing {
    /// What this function draws. A failed stroke is left out: nobody is helped by an error about a line.
    pub fn new(draw: impl Fn(&Pen<'_, CanvasBackend>) + 'static) -> Self {
        Self(Rc::new(draw))
    }

    /// What there is to be read off it near a place of a canvas.
    pub fn reading(&self, canvas: &HtmlCanvasElement, place: Place) -> Option<Reading> {
        let (scale, notes) = (scale()?, RefCell::new(Notes::near(place)));
        let area = CanvasBackend::with_canvas_object(canvas.clone())?.into_drawing_area();
        (self.0)(&Pen::new(&area, palette(), scale).writing_down(&notes));
        notes.into_inner().reading()
    }
}

impl PartialEq for Drawing {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// At least this many pixels to a CSS pixel: plotters has whole pixels only, and half of one is fine enough not to be seen.
const LEAST_SCALE: f64 = 2.0;

/// Pixels of a canvas to a CSS pixel.
fn scale() -> Option<f64> {
    Some(web_sys::window()?.device_pixel_ratio().max(LEAST_SCALE))
}

/// Draws on a canvas as large as it is shown.
pub fn paint(canvas: &HtmlCanvasElement, draw: &Drawing) {
    let Some(scale) = scale() else { return };
    let pixels = |length: i32| (f64::from(length) * scale).round() as u32;
    let (width, height) = (pixels(canvas.client_width()), pixels(canvas.client_height()));
    if width == 0 || height == 0 {
        return;
    }
    if (canvas.width(), canvas.height()) != (width, height) {
        canvas.set_width(width);
        canvas.set_height(height);
    }
    if let Some(context) =
        canvas.get_context("2d").ok().flatten().and_then(|c| c.dyn_into::<CanvasRenderingContext2d>().ok())
    {
        context.clear_rect(0.0, 0.0, f64::from(width), f64::from(height));
        context.set_line_join("round");
    }
    let Some(backend) = CanvasBackend::with_canvas_object(canvas.clone()) else {
        return;
    };
    let area = backend.into_drawing_area();
    (draw.0)(&Pen::new(&area, palette(), scale));
    remember(canvas, draw);
}

/// The colours of the page: those that a link asks for (`data-theme` of the root element), or those that the visitor prefers.
pub fn palette() -> Palette {
    let root = web_sys::window().and_then(|window| window.document()).and_then(|document| document.document_element());
    let dark = match root.and_then(|root| root.get_attribute("data-theme")) {
        Some(theme) => theme == "dark",
        None => media("(prefers-color-scheme: dark)"),
    };
    if dark { Palette::DARK } else { Palette::LIGHT }
}

/// What windows hear when the colours have changed otherwise than by the browser's preference.
pub const RECOLOURED: &str = "orrery-recoloured";

/// Whether a media query holds.
pub fn media(query: &str) -> bool {
    let list = web_sys::window().and_then(|window| window.match_media(query).ok().flatten());
    list.is_some_and(|list| list.matches())
}

/// Watches a canvas and calls back when it has another size or other colours.
#[hook]
pub fn use_redraw(canvas: &NodeRef, again: Callback<()>) {
    use_effect_with((canvas.clone(), again), |(canvas, again)| {
        let resized = {
            let again = again.clone();
            Closure::<dyn FnMut()>::new(move || soon(&again))
        };
        let observer = ResizeObserver::new(resized.as_ref().unchecked_ref()).ok();
        if let (Some(observer), Some(canvas)) = (&observer, canvas.cast::<HtmlCanvasElement>()) {
            observer.observe(&canvas);
        }
        let scheme =
            web_sys::window().and_then(|window| window.match_media("(prefers-color-scheme: dark)").ok().flatten());
        let listens = |target: &web_sys::EventTarget, event: &'static str| {
            let again = again.clone();
            EventListener::new(target, event, move |_| soon(&again))
        };
        let recoloured = scheme.map(|list| listens(&list, "change"));
        let recoloured = (recoloured, web_sys::window().map(|window| listens(&window, RECOLOURED)));
        move || {
            if let Some(observer) = observer {
                observer.disconnect();
            }
            drop((resized, recoloured));
        }
    });
}

/// What a still picture is given.
#[derive(PartialEq, Properties)]
pub struct PictureGiven {
    /// What it shows.
    pub drawing: Drawing,
    /// Its class, for its size.
    pub class: &'static str,
}

/// A canvas for a picture that stands still. What it shows is said in words beside it.
#[component]
pub fn Picture(given: &PictureGiven) -> Html {
    let canvas = use_node_ref();
    let latest = use_mut_ref(|| given.drawing.clone());
    *latest.borrow_mut() = given.drawing.clone();
    let again = {
        let (canvas, latest) = (canvas.clone(), latest.clone());
        use_callback((), move |(), ()| {
            if let Some(canvas) = canvas.cast::<HtmlCanvasElement>() {
                paint(&canvas, &latest.borrow());
            }
        })
    };
    use_redraw(&canvas, again.clone());
    use_effect_with(given.drawing.clone(), move |_| soon(&again));
    html! { <canvas key="picture" ref={canvas} class={given.class} aria-hidden="true" /> }
}

/// A canvas of a picture that moves: drawn for every moment (in milliseconds) while it does, and whenever what it shows has changed.
#[hook]
pub fn use_moving<S: Clone + PartialEq + 'static>(
    shows: S,
    moving: bool,
    draw: fn(&Pen<'_, CanvasBackend>, &S, f64),
) -> (NodeRef, Rc<Cell<f64>>) {
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
    use_pictures(moving, frame);
    use_effect_with(shows, move |_| soon(&still));
    (canvas, time)
}
