//! What a visitor brought about appears elsewhere on the page: the page turns to it.

use web_sys::HtmlElement;
use yew::prelude::*;

/// What shall be seen once something holds: the element lies in the window then, has the focus, and is read out. It needs a `tabindex`.
#[hook]
pub fn use_turn_to(wanted: bool, turned: Callback<()>) -> NodeRef {
    let place = use_node_ref();
    use_effect_with(wanted, {
        let place = place.clone();
        move |wanted| {
            if *wanted && let Some(element) = place.cast::<HtmlElement>() {
                turn_to(&element);
                turned.emit(());
            }
        }
    });
    place
}

/// What shall be seen whenever it changes, but not when the page is opened: the focus stays where it is, since a live region is read out anyway.
#[hook]
pub fn use_shown_on_change<T: PartialEq + 'static>(said: T, is_empty: bool) -> NodeRef {
    let place = use_node_ref();
    let opened = use_mut_ref(|| false);
    use_effect_with(said, {
        let place = place.clone();
        move |_| {
            let before = opened.replace(true);
            if before
                && !is_empty
                && let Some(element) = place.cast::<HtmlElement>()
            {
                show(&element);
            }
        }
    });
    place
}

/// Shows an element and gives it the focus.
pub fn turn_to(element: &HtmlElement) {
    show(element);
    // What cannot have the focus is seen all the same.
    let _ = element.focus();
}

/// Scrolls to an element, where any of it lies outside of the window.
fn show(element: &HtmlElement) {
    let height = web_sys::window().and_then(|window| window.inner_height().ok()?.as_f64()).unwrap_or_default();
    let place = element.get_bounding_client_rect();
    if place.top() < 0.0 || place.bottom() > height {
        element.scroll_into_view();
    }
}
