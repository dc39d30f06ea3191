//! Where the files of this build are.

/// The folder of this build's files as seen from the document, such as `./b/0123456789ab/`; `./` in a development build. Whatever the
/// page fetches, it fetches from there, so that a tab that is open during an update goes on with its own files.
pub fn folder() -> String {
    let document = web_sys::window().and_then(|window| window.document());
    let meta = document.and_then(|document| document.query_selector("meta[name=orrery-files]").ok().flatten());
    format!("./{}", meta.and_then(|meta| meta.get_attribute("content")).unwrap_or_default())
}
