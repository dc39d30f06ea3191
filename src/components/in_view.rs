//! Which canvases are in view. A browser without a graphics card copies every canvas of a page for each frame, also those further up or
//! down, so those are taken out of its picture (`data-away`, see style.css), and drawn once they come into view.

use crate::components::frames::soon;
use js_sys::Array;
use std::cell::{Cell, RefCell};
use wasm_bindgen::prelude::*;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};
use yew::Callback;

/// The attribute of one that is not.
const AWAY: &str = "data-away";
/// One that is nearer than this to what is in view is about to be scrolled there.
const MARGIN: &str = "200px";
/// What windows hear when all pictures are wanted as they are now: on paper, and by those who take copies of them.
const WANTED: [&str; 2] = ["beforeprint", "orrery-pictures-wanted"];

thread_local! {
    static OBSERVER: Option<IntersectionObserver> = observer();
    static WATCHED: RefCell<Vec<(Element, Callback<()>)>> = const { RefCell::new(vec![]) };
    static ALL_WANTED: Cell<bool> = const { Cell::new(false) };
}

/// The one observer of the page, which lives as long as it does.
fn observer() -> Option<IntersectionObserver> {
    let wanted = Closure::<dyn FnMut()>::new(draw_all).into_js_value();
    for event in WANTED {
        let _ = web_sys::window()?.add_event_listener_with_callback(event, wanted.unchecked_ref());
    }
    let crossed = Closure::<dyn FnMut(Array)>::new(|entries: Array| {
        for entry in entries.iter().filter_map(|entry| entry.dyn_into::<IntersectionObserverEntry>().ok()) {
            let (canvas, comes) = (entry.target(), entry.is_intersecting());
            if comes && canvas.has_attribute(AWAY) {
                drawers(|known| *known == canvas).iter().for_each(soon);
            }
            let _ = canvas.toggle_attribute_with_force(AWAY, !comes);
        }
    });
    let options = IntersectionObserverInit::new();
    options.set_root_margin(MARGIN);
    IntersectionObserver::new_with_options(crossed.into_js_value().unchecked_ref(), &options).ok()
}

fn drawers(of: impl Fn(&Element) -> bool) -> Vec<Callback<()>> {
    WATCHED
        .with_borrow(|watched| watched.iter().filter(|(canvas, _)| of(canvas)).map(|(_, draw)| draw.clone()).collect())
}

/// Draws those that are out of view, too, at once.
fn draw_all() {
    ALL_WANTED.set(true);
    drawers(|canvas| canvas.has_attribute(AWAY)).iter().for_each(|draw| draw.emit(()));
    ALL_WANTED.set(false);
}

/// Follows a canvas until what comes back is dropped, and has it drawn when it comes into view.
pub fn watch(canvas: Element, draw: Callback<()>) -> impl Drop {
    struct Watched(Element);
    impl Drop for Watched {
        fn drop(&mut self) {
            OBSERVER.with(|observer| observer.iter().for_each(|observer| observer.unobserve(&self.0)));
            WATCHED.with_borrow_mut(|watched| watched.retain(|(canvas, _)| *canvas != self.0));
        }
    }
    WATCHED.with_borrow_mut(|watched| watched.push((canvas.clone(), draw)));
    OBSERVER.with(|observer| observer.iter().for_each(|observer| observer.observe(&canvas)));
    Watched(canvas)
}

/// Whether it is worth drawing on a canvas that is watched: it is in view, or soon will be, or all are wanted.
pub fn is_wanted(canvas: &Element) -> bool {
    ALL_WANTED.get() || !canvas.has_attribute(AWAY)
}
