//! What a picture shows under the pointer, in numbers, for every canvas: its drawing is carried out once more by a pen that writes
//! down instead of drawing ([`crate::drawing::notes`]). Pictures that have words of their own for that (`data-read`) are left out.

use crate::components::canvas::Drawing;
use crate::components::pointer::scale_of;
use crate::drawing::notes::Reading;
use gloo_events::EventListener;
use plotters::style::RGBColor;
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlCanvasElement, HtmlElement, PointerEvent};

thread_local! {
    static READER: RefCell<Option<Reader>> = const { RefCell::new(None) };
}

/// What is drawn on every canvas of the page, and what shows a reading.
struct Reader {
    drawn: Vec<(HtmlCanvasElement, Drawing)>,
    label: HtmlElement,
    dot: HtmlElement,
    _listeners: [EventListener; 4],
}

/// Remembers what was drawn on a canvas.
pub fn remember(canvas: &HtmlCanvasElement, drawing: &Drawing) {
    READER.with_borrow_mut(|reader| {
        if reader.is_none() {
            *reader = Reader::new();
        }
        let Some(Reader { drawn, .. }) = reader else { return };
        match drawn.iter_mut().find(|(known, _)| known == canvas) {
            Some((_, known)) => *known = drawing.clone(),
            None => {
                drawn.retain(|(known, _)| known.is_connected());
                drawn.push((canvas.clone(), drawing.clone()));
            }
        }
    });
}

impl Reader {
    fn new() -> Option<Self> {
        let document = web_sys::window()?.document()?;
        let element = |class: &str| {
            let element = document.create_element("div").ok()?.dyn_into::<HtmlElement>().ok()?;
            element.set_class_name(class);
            // The same is said in words beside every picture.
            element.set_attribute("aria-hidden", "true").ok()?;
            element.set_hidden(true);
            document.body()?.append_child(&element).ok()?;
            Some(element)
        };
        let pointed = |event: &web_sys::Event| {
            if let Some(event) = event.dyn_ref::<PointerEvent>() {
                show(event);
            }
        };
        let hide = |_: &web_sys::Event| with_reader(|reader| reader.show(None));
        let listens = |event: &'static str| EventListener::new(&document, event, pointed);
        Some(Self {
            drawn: vec![],
            label: element("reading")?,
            dot: element("reading-dot")?,
            _listeners: [
                listens("pointermove"),
                listens("pointerdown"),
                EventListener::new(&document, "scroll", hide),
                EventListener::new(&document, "pointercancel", hide),
            ],
        })
    }

    fn show(&self, reading: Option<(Reading, (f64, f64))>) {
        self.label.set_hidden(reading.is_none());
        self.dot.set_hidden(reading.is_none());
        let Some((Reading { color: RGBColor(r, g, b), text, .. }, (x, y))) = reading else { return };
        self.label.set_text_content(Some(&text));
        let width = self.label.offset_width();
        let most = web_sys::window().and_then(|window| window.inner_width().ok()?.as_f64()).unwrap_or_default();
        let left = (x + 12.0).min(most - f64::from(width) - 4.0).max(4.0);
        let put = |element: &HtmlElement, left: f64, top: f64| {
            let style = element.style();
            let _ = style.set_property("left", &format!("{left}px"));
            let _ = style.set_property("top", &format!("{top}px"));
            let _ = style.set_property("border-color", &format!("rgb({r} {g} {b})"));
        };
        put(&self.label, left, (y - 34.0).max(4.0));
        put(&self.dot, x, y);
    }
}

fn with_reader(act: impl FnOnce(&Reader)) {
    // While a drawing is remembered nothing is shown.
    READER.with(|reader| {
        if let Ok(reader) = reader.try_borrow()
            && let Some(reader) = reader.as_ref()
        {
            act(reader);
        }
    });
}

fn show(event: &PointerEvent) {
    let found = || {
        let host = event.target()?.dyn_into::<Element>().ok()?.closest("[data-read], .plot, .world").ok().flatten()?;
        (!host.has_attribute("data-read")).then(|| read(&host, event)).flatten()
    };
    let found = found();
    with_reader(|reader| reader.show(found));
}

/// The nearest mark of the canvases in an element, and where it is in the window.
fn read(host: &Element, event: &PointerEvent) -> Option<(Reading, (f64, f64))> {
    let mut drawn = vec![];
    with_reader(|reader| {
        drawn.extend(reader.drawn.iter().filter(|(canvas, _)| host.contains(Some(canvas))).cloned());
    });
    let away =
        |(_, (x, y)): &(Reading, (f64, f64))| (x - f64::from(event.client_x())).hypot(y - f64::from(event.client_y()));
    let readings = drawn.iter().filter_map(|(canvas, drawing)| {
        let (seen, scale) = (canvas.get_bounding_client_rect(), scale_of(canvas));
        let place =
            ((f64::from(event.client_x()) - seen.left()) / scale, (f64::from(event.client_y()) - seen.top()) / scale);
        let reading = drawing.notes(canvas)?.at(place)?;
        let at = (seen.left() + scale * reading.at.0, seen.top() + scale * reading.at.1);
        Some((reading, at))
    });
    readings.min_by(|a, b| away(a).total_cmp(&away(b)))
}
