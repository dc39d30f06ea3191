//! The link in the address of the page.

use wasm_bindgen::JsValue;

/// The settings in the address: behind the `#`, or behind a `?` that a link got on its way instead.
pub fn fragment() -> String {
    let Some(location) = web_sys::window().map(|window| window.location()) else { return String::new() };
    let hash = location.hash().unwrap_or_default();
    let query = || location.search().unwrap_or_default();
    if hash.len() > 1 { hash } else { Some(query()).filter(|query| query.contains("preset")).unwrap_or_default() }
}

/// The address of this page, without the fragment.
pub fn address() -> String {
    let address = web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    address.split('#').next().unwrap_or_default().to_owned()
}

/// Puts a fragment into the address. Another page or another experiment is a step that Back takes back; a setting is not.
pub fn replace_address(fragment: &str) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let before = window.location().hash().unwrap_or_default();
    if let Ok(history) = window.history() {
        let url = format!("#{fragment}");
        // A page opened from a file may not; the link can still be copied.
        let _ = match place(&before) == place(fragment) || before.is_empty() {
            true => history.replace_state_with_url(&JsValue::NULL, "", Some(&url)),
            false => history.push_state_with_url(&JsValue::NULL, "", Some(&url)),
        };
    }
}

/// Where a fragment leads: its page and its experiment.
fn place(fragment: &str) -> Vec<&str> {
    let parts = fragment.trim_start_matches('#').split('&');
    parts.filter(|part| part.starts_with("page=") || part.starts_with("preset=")).collect()
}
