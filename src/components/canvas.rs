//! A canvas that is drawn when what it shows, its size, or the colour scheme changes.

use crate::components::frames::soon;
use crate::components::in_view::{is_wanted, watch};
use crate::components::reading::remember;
use crate::drawing::notes::{Notes, Reading};
use crate::drawing::palette::Palette;
use crate::drawing::pen::{Pen, Place};
use gloo_events::EventListener;
use plotters::prelude::IntoDrawingArea;
use plotters_canvas::CanvasBackend;
use std::cell::RefCell;
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

/// So many pixels to a CSS pixel are fine enough: plotters has whole pixels only.
const FINE: f64 = 1.5;
/// So many are drawn where the screen has fewer.
const LEAST_SCALE: f64 = 2.0;

/// Pixels of a canvas to a CSS pixel: those of the screen, which then shows them as they are, where these are fine enough.
fn scale() -> Option<f64> {
    let screen = web_sys::window()?.device_pixel_ratio();
    Some(if screen < FINE { LEAST_SCALE } else { screen })
}

/// Width and height in pixels.
type Size = (u32, u32);

/// Draws on a canvas as large as it is shown, unless it is out of view.
pub fn paint(canvas: &HtmlCanvasElement, draw: &Drawing) {
    if let Some(size) = size(canvas) {
        paint_on(canvas, size, None, draw);
        remember(canvas, draw);
    }
}

/// The pixels of a canvas as large as it is shown, if it is.
fn size(canvas: &HtmlCanvasElement) -> Option<Size> {
    let scale = scale().filter(|_| is_wanted(canvas))?;
    let pixels = |length: i32| (f64::from(length) * scale).round() as u32;
    let (width, height) = (pixels(canvas.client_width()), pixels(canvas.client_height()));
    (width > 0 && height > 0).then_some((width, height))
}

/// Draws over what lies below.
fn paint_on(canvas: &HtmlCanvasElement, (width, height): Size, below: Option<&HtmlCanvasElement>, draw: &Drawing) {
    let Some(scale) = scale() else { return };
    if (canvas.width(), canvas.height()) != (width, height) {
        canvas.set_width(width);
        canvas.set_height(height);
    }
    if let Some(context) =
        canvas.get_context("2d").ok().flatten().and_then(|c| c.dyn_into::<CanvasRenderingContext2d>().ok())
    {
        context.clear_rect(0.0, 0.0, f64::from(width), f64::from(height));
        context.set_line_join("round");
        if let Some(below) = below {
            let _ = context.draw_image_with_html_canvas_element(below, 0.0, 0.0);
        }
    }
    let Some(backend) = CanvasBackend::with_canvas_object(canvas.clone()) else {
        return;
    };
    let area = backend.into_drawing_area();
    (draw.0)(&Pen::new(&area, palette(), scale));
}

/// What lies below a picture and seldom changes, on a canvas of its own that is not part of the page: a browser without a graphics card
/// copies those that are for each frame.
struct Below {
    canvas: HtmlCanvasElement,
    drawn: Option<(Drawing, Size, Palette)>,
}

impl Below {
    fn new() -> Option<Self> {
        let canvas = web_sys::window()?.document()?.create_element("canvas").ok()?;
        Some(Self { canvas: canvas.dyn_into().ok()?, drawn: None })
    }

    fn drawn(&mut self, size: Size, drawing: &Drawing) -> &HtmlCanvasElement {
        let now = Some((drawing.clone(), size, palette()));
        if self.drawn != now {
            paint_on(&self.canvas, size, None, drawing);
            self.drawn = now;
        }
        &self.canvas
    }
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

/// Watches a canvas and calls back when it has another size or other colours, or comes into view.
#[hook]
pub fn use_redraw(canvas: &NodeRef, again: Callback<()>) {
    use_effect_with((canvas.clone(), again), |(canvas, again)| {
        let resized = {
            let again = again.clone();
            Closure::<dyn FnMut()>::new(move || soon(&again))
        };
        let observer = ResizeObserver::new(resized.as_ref().unchecked_ref()).ok();
        let canvas = canvas.cast::<HtmlCanvasElement>();
        if let (Some(observer), Some(canvas)) = (&observer, &canvas) {
            observer.observe(canvas);
        }
        let watched = canvas.map(|canvas| watch(canvas.into(), again.clone()));
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
            drop((resized, recoloured, watched));
        }
    });
}

/// What a still picture is given.
#[derive(PartialEq, Properties)]
pub struct PictureGiven {
    /// What it shows.
    pub drawing: Drawing,
    /// What lies below that and seldom changes.
    #[prop_or_default]
    pub below: Option<Drawing>,
    /// Its class, for its size.
    pub class: &'static str,
}

/// A canvas for a picture that stands still. What it shows is said in words beside it.
#[component]
pub fn Picture(given: &PictureGiven) -> Html {
    let canvas = use_node_ref();
    let shows = (given.drawing.clone(), given.below.clone());
    let latest = use_mut_ref(|| shows.clone());
    *latest.borrow_mut() = shows.clone();
    let lower = use_mut_ref(Below::new);
    let again = {
        let (canvas, latest) = (canvas.clone(), latest.clone());
        use_callback((), move |(), ()| {
            let (drawing, below) = &*latest.borrow();
            let Some(canvas) = canvas.cast::<HtmlCanvasElement>() else { return };
            let Some(size) = size(&canvas) else { return };
            let mut lower = lower.borrow_mut();
            let below = below.as_ref().zip(lower.as_mut()).map(|(below, lower)| lower.drawn(size, below));
            paint_on(&canvas, size, below, drawing);
            remember(&canvas, drawing);
        })
    };
    use_redraw(&canvas, again.clone());
    use_effect_with(shows, move |_| soon(&again));
    html! { <canvas key="picture" ref={canvas} class={given.class} aria-hidden="true" /> }
}
