//! The document around the page, as an assignment wants it: its colours and sizes, and whether it is part of another page.

use crate::components::canvas::RECOLOURED;
use experiments::assignment::Assignment;

/// Puts theme and framing on the root element, where the style sheet and the drawings find them.
pub fn dress(assignment: &Assignment) {
    let Some(window) = web_sys::window() else { return };
    let Some(root) = window.document().and_then(|document| document.document_element()) else { return };
    let put = |name: &str, value: Option<&str>| match value {
        Some(value) => root.set_attribute(name, value),
        None => root.remove_attribute(name),
    };
    // An element takes any value of these attributes.
    let _ = put("data-theme", assignment.theme.key());
    let _ = put("data-embedded", assignment.embed.then_some("1"));
    if let Ok(event) = web_sys::Event::new(RECOLOURED) {
        let _ = window.dispatch_event(&event);
    }
}
