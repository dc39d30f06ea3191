//! What a picture shows under the pointer, in numbers, for every canvas: its drawing is carried out once more by a pen that writes
//! down instead of drawing ([`crate::drawing::notes`]). Pictures that have words of their own for that (`data-read`) are left out.

use crate::components::canvas::Drawing;
use crate::components::pointer::scale_of;
use crate::drawing::notes::Reading;
use gloo_events::{EventListener, EventListenerOptions};
use plotters::style::RGBColor;
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventTarget, HtmlCanvasElement, HtmlElement, PointerEvent};

thread_local! {
    static READER: RefCell<Option<Reader>> = const { RefCell::new(None) };
}

/// A place in the window.
type Place = (f64, f64);

/// What is drawn on every canvas of the page, and what shows a reading.
struct Reader {
    drawn: Vec<(HtmlCanvasElement, Drawing)>,
    /// The picture under the pointer, and where that is.
    pointed: Option<(Element, Place)>,
    label: HtmlElement,
    dot: HtmlElement,
    _listeners: [EventListener; 5],
}

/// Remembers what was drawn on a canvas. What is read off it changes with it.
pub fn remember(canvas: &HtmlCanvasElement, drawing: &Drawing) {
    let pointed = READER.with_borrow_mut(|reader| {
        if reader.is_none() {
            *reader = Reader::new();
        }
        let Reader { drawn, pointed, .. } = reader.as_mut()?;
        match drawn.iter_mut().find(|(known, _)| known == canvas) {
            Some((_, known)) => *known = drawing.clone(),
            None => {
                drawn.retain(|(known, _)| known.is_connected());
                drawn.push((canvas.clone(), drawing.clone()));
            }
        }
        pointed.clone()
    });
    match pointed {
        Some((host, _)) if !host.is_connected() => point(None),
        Some((host, at)) if host.contains(Some(canvas)) => point(Some((host, at))),
        _ => {}
    }
}

impl Reader {
    fn new() -> Option<Self> {
        let document = web_sys::window()?.document()?;
        let element = |class: &str| {
            let element = document.create_element("div").ok()?.dyn_into::<HtmlElement>().ok()?;
            element.set_class_name(class);
            // Who cannot point reads tables and sentences, where a picture has some.
            element.set_attribute("aria-hidden", "true").ok()?;
            element.set_hidden(true);
            document.body()?.append_child(&element).ok()?;
            Some(element)
        };
        let pointed = |event: &Event| {
            if let Some(event) = event.dyn_ref::<PointerEvent>() {
                let picture = event.target().and_then(|target| picture(&target));
                point(picture.map(|host| (host, (f64::from(event.client_x()), f64::from(event.client_y())))));
            }
        };
        let left = |event: &Event| {
            // Out of the window; another element of the page says so itself.
            if event.dyn_ref::<PointerEvent>().is_none_or(|event| event.related_target().is_none()) {
                point(None);
            }
        };
        let listens = |event: &'static str| EventListener::new(&document, event, pointed);
        let capture = EventListenerOptions::run_in_capture_phase();
        Some(Self {
            drawn: vec![],
            pointed: None,
            label: element("reading")?,
            dot: element("reading-dot")?,
            _listeners: [
                listens("pointermove"),
                listens("pointerdown"),
                // Whatever is scrolled: its pictures have moved away from under the pointer.
                EventListener::new_with_options(&document, "scroll", capture, |_| point(None)),
                EventListener::new(&document, "pointercancel", left),
                EventListener::new(&document, "pointerout", left),
            ],
        })
    }

    fn show(&self, reading: Option<(Reading, Place)>) {
        self.label.set_hidden(reading.is_none());
        self.dot.set_hidden(reading.is_none());
        let Some((Reading { color: RGBColor(r, g, b), text, .. }, (x, y))) = reading else { return };
        self.label.set_text_content(Some(&text));
        // A theme may enlarge the page: its pixels are then not those of the window.
        let scale = scale_of(&self.label);
        let most = web_sys::window().and_then(|window| window.inner_width().ok()?.as_f64()).unwrap_or_default() / scale;
        let (x, y, width) = (x / scale, y / scale, f64::from(self.label.offset_width()));
        let put = |element: &HtmlElement, left: f64, top: f64| {
            let style = element.style();
            let _ = style.set_property("left", &format!("{left}px"));
            let _ = style.set_property("top", &format!("{top}px"));
            let _ = style.set_property("border-color", &format!("rgb({r} {g} {b})"));
        };
        put(&self.label, (x + 12.0).min(most - width - 4.0).max(4.0), (y - 34.0).max(4.0));
        put(&self.dot, x, y);
    }
}

/// The picture that an element belongs to, unless it has words of its own.
fn picture(target: &EventTarget) -> Option<Element> {
    let host = target.dyn_ref::<Element>()?.closest("[data-read], .plot, .world").ok().flatten()?;
    (!host.has_attribute("data-read")).then_some(host)
}

/// The pointer is there, or over no picture.
fn point(pointed: Option<(Element, Place)>) {
    let found = pointed.as_ref().and_then(|(host, at)| read(host, *at));
    READER.with_borrow_mut(|reader| {
        if let Some(reader) = reader {
            reader.pointed = pointed;
            reader.show(found);
        }
    });
}

/// The nearest mark of the canvases in an element, and where it is in the window.
fn read(host: &Element, (across, down): Place) -> Option<(Reading, Place)> {
    // Drawings are carried out while nothing is borrowed.
    let drawn: Vec<(HtmlCanvasElement, Drawing)> = READER.with_borrow(|reader| {
        let of_host = |(canvas, _): &&(HtmlCanvasElement, Drawing)| host.contains(Some(canvas));
        reader.iter().flat_map(|reader| &reader.drawn).filter(of_host).cloned().collect()
    });
    let away = |(_, (x, y)): &(Reading, Place)| (x - across).hypot(y - down);
    let readings = drawn.iter().filter_map(|(canvas, drawing)| {
        let (seen, scale) = (canvas.get_bounding_client_rect(), scale_of(canvas));
        let place = ((across - seen.left()) / scale, (down - seen.top()) / scale);
        let reading = drawing.reading(canvas, place)?;
        let at = (seen.left() + scale * reading.at.0, seen.top() + scale * reading.at.1);
        Some((reading, at))
    });
    readings.min_by(|a, b| away(a).total_cmp(&away(b)))
}
