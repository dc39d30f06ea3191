//! The clipboard, where the browser has one for this page.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, HtmlElement, HtmlTextAreaElement};

/// Puts a text on the clipboard; whether that worked. A page on plain http has no clipboard to write to: there the text is selected
/// and copied as a visitor would.
pub async fn put(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    let navigator = window.navigator();
    if Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|clipboard| clipboard.is_truthy()) {
        return JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok();
    }
    window.document().and_then(|document| select_and_copy(&document, text).ok()).unwrap_or(false)
}

fn select_and_copy(document: &Document, text: &str) -> Result<bool, JsValue> {
    let body = document.body().ok_or(JsValue::NULL)?;
    let focused = document.active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok());
    let area: HtmlTextAreaElement = document.create_element("textarea")?.dyn_into()?;
    area.set_value(text);
    area.set_class_name("unseen");
    body.append_child(&area)?;
    area.select();
    let copy: Function = Reflect::get(document, &"execCommand".into())?.dyn_into()?;
    let copied = copy.call1(document, &"copy".into());
    area.remove();
    if let Some(element) = focused {
        element.focus()?;
    }
    Ok(copied?.is_truthy())
}
