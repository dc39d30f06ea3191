//! Where a pointer is over a picture.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// Where a pointer is over an element (across, down), with the element's size (width, height), in CSS pixels.
pub type Pointed = Option<((f64, f64), (f64, f64))>;

/// Pixels of the screen to one of an element: a theme may enlarge the page.
pub fn scale_of(element: &HtmlElement) -> f64 {
    let width = f64::from(element.offset_width());
    if width > 0.0 { element.get_bounding_client_rect().width() / width } else { 1.0 }
}

/// Where an event is over its element.
pub fn place(event: &MouseEvent) -> Pointed {
    let element = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok())?;
    let size = (f64::from(element.client_width()), f64::from(element.client_height()));
    let (seen, scale) = (element.get_bounding_client_rect(), scale_of(&element));
    let across = (f64::from(event.client_x()) - seen.left()) / scale - f64::from(element.client_left());
    let down = (f64::from(event.client_y()) - seen.top()) / scale - f64::from(element.client_top());
    Some(((across, down), size))
}

/// A pointer's place over an element, and what to attach to it. Yew listens at the root, so the element is the event's target:
/// the pictures in it let the pointer through.
#[hook]
pub fn use_pointer() -> (Pointed, Callback<MouseEvent>, Callback<MouseEvent>) {
    let pointed = use_state(|| Pointed::None);
    let moved = {
        let pointed = pointed.clone();
        Callback::from(move |event: MouseEvent| {
            let place = place(&event);
            if place.is_some() {
                pointed.set(place);
            }
        })
    };
    let left = {
        let pointed = pointed.clone();
        Callback::from(move |_: MouseEvent| pointed.set(None))
    };
    (*pointed, moved, left)
}
