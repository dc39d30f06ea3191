//! Files that the page hands to the browser to be saved. Nothing leaves this computer.

use crate::components::frames::after;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlAnchorElement, HtmlCanvasElement, HtmlImageElement, Url,
};

/// Pixels of a PNG picture to a CSS pixel.
const SCALE: f64 = 2.0;
/// How long the browser may take to fetch what it saves, in milliseconds.
const FETCHED_WITHIN: i32 = 60_000;

/// Saves a content under a name. A browser that cannot do that does nothing.
pub fn download(name: &str, content: &[u8]) {
    let parts = Array::of1(&Uint8Array::from(content));
    let options = BlobPropertyBag::new();
    options.set_type("application/octet-stream");
    if let Ok(blob) = Blob::new_with_u8_array_sequence_and_options(&parts, &options) {
        let _ = save(name, &blob);
    }
}

/// Saves a picture in pixels.
pub fn download_pixels(name: String, svg: String) {
    wasm_bindgen_futures::spawn_local(async move {
        if let Ok(canvas) = drawn(&svg).await {
            let saved = Closure::once_into_js(move |blob: Option<Blob>| {
                if let Some(blob) = blob {
                    let _ = save(&name, &blob);
                }
            });
            let _ = canvas.to_blob(saved.unchecked_ref());
        }
    });
}

/// The picture on a canvas that nobody sees.
async fn drawn(svg: &str) -> Result<HtmlCanvasElement, JsValue> {
    let image = HtmlImageElement::new()?;
    // The policy of the page allows pictures from data, and from nowhere else.
    let data = String::from(js_sys::encode_uri_component(svg));
    image.set_src(&format!("data:image/svg+xml;charset=utf-8,{data}"));
    JsFuture::from(image.decode()).await?;
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.dyn_into()?;
    let [width, height] = [image.natural_width(), image.natural_height()].map(|side| SCALE * f64::from(side));
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context: CanvasRenderingContext2d = canvas.get_context("2d")?.ok_or(JsValue::NULL)?.dyn_into()?;
    context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width, height)?;
    Ok(canvas)
}

fn save(name: &str, blob: &Blob) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let address = Url::create_object_url_with_blob(blob)?;
    let anchor: HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
    anchor.set_href(&address);
    anchor.set_download(name);
    anchor.click();
    // It is freed once it has been saved.
    after(FETCHED_WITHIN, move || drop(Url::revoke_object_url(&address)));
    Ok(())
}
