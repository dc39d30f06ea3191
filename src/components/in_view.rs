//! Which canvases are in view. A browser without a graphics card copies every canvas of a page for each frame, also those further up or
//! down, so those are taken out of its picture: `data-away`, see style.css.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

/// The attribute of one that is not.
const AWAY: &str = "data-away";
/// One that is nearer than this to what is in view is about to be scrolled there.
const MARGIN: &str = "200px";

thread_local! {
    static OBSERVER: Option<IntersectionObserver> = observer();
}

fn observer() -> Option<IntersectionObserver> {
    let crossed = Closure::<dyn FnMut(Array)>::new(|entries: Array| {
        for entry in entries.iter().filter_map(|entry| entry.dyn_into::<IntersectionObserverEntry>().ok()) {
            let _ = entry.target().toggle_attribute_with_force(AWAY, !entry.is_intersecting());
        }
    });
    let options = IntersectionObserverInit::new();
    options.set_root_margin(MARGIN);
    // The one observer of the page lives as long as it does.
    IntersectionObserver::new_with_options(crossed.into_js_value().unchecked_ref(), &options).ok()
}

/// Follows a canvas until what comes back is dropped.
pub fn watch(canvas: Element) -> impl Drop {
    struct Watched(Element);
    impl Drop for Watched {
        fn drop(&mut self) {
            OBSERVER.with(|observer| observer.iter().for_each(|observer| observer.unobserve(&self.0)));
        }
    }
    OBSERVER.with(|observer| observer.iter().for_each(|observer| observer.observe(&canvas)));
    Watched(canvas)
}

/// Whether a canvas that is watched is in view, or soon will be.
pub fn is_in_view(canvas: &Element) -> bool {
    !canvas.has_attribute(AWAY)
}
