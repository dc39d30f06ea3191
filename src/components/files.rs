//! Files that a visitor picks, drops or pastes.

use data::limits::{MAX_BYTES, too_large};
use language::tr;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{ClipboardEvent, DragEvent, Event, EventTarget, File, HtmlInputElement, HtmlTextAreaElement, Url};
use yew::prelude::*;

/// What was brought.
#[derive(Clone, Debug, PartialEq)]
pub enum Brought {
    /// A name and its content.
    File(String, Rc<[u8]>),
    /// A film, by its name and the address under which the browser has it.
    Film(String, String),
    /// Why it could not be read.
    Refused(String),
}

/// Reads a file in the browser and hands it on.
pub fn read(file: File, bring: Callback<Brought>) {
    let name = file.name();
    if file.type_().starts_with("video/") {
        bring.emit(match Url::create_object_url_with_blob(&file) {
            Ok(address) => Brought::Film(name, address),
            Err(_) => Brought::Refused(tr!("{name}: the browser could not open this film.", name = name)),
        });
        return;
    }
    // Refused before it is read: a film dropped by mistake would fill the memory.
    let bytes = file.size() as usize;
    if bytes > MAX_BYTES {
        bring.emit(Brought::Refused(format!("{name}: {}", too_large(bytes))));
        return;
    }
    let promise = file.array_buffer();
    wasm_bindgen_futures::spawn_local(async move {
        bring.emit(match JsFuture::from(promise).await {
            Ok(buffer) => Brought::File(name, Rc::from(js_sys::Uint8Array::new(&buffer).to_vec())),
            Err(_) => Brought::Refused(tr!("{name}: the browser could not read this file.", name = name)),
        });
    });
}

/// All files of a drop.
#[cfg(feature = "teacher")]
pub fn dropped_files(event: &DragEvent) -> Vec<File> {
    let files = event.data_transfer().and_then(|transfer| transfer.files());
    files.map(|files| (0..files.length()).filter_map(|place| files.get(place)).collect()).unwrap_or_default()
}

/// The file of a drop, if there is one.
pub fn dropped(event: &DragEvent) -> Option<File> {
    event.data_transfer()?.files()?.get(0)
}

/// What is pasted anywhere but into a box: a file, or a text of several lines.
pub fn pasted(event: &ClipboardEvent, bring: Callback<Brought>) {
    let target = event.target();
    let types = |target: &EventTarget| {
        target.dyn_ref::<HtmlInputElement>().is_some() || target.dyn_ref::<HtmlTextAreaElement>().is_some()
    };
    let Some(clipboard) = event.clipboard_data().filter(|_| !target.as_ref().is_some_and(types)) else { return };
    if let Some(file) = clipboard.files().and_then(|files| files.get(0)) {
        read(file, bring);
    } else if let Some(text) = clipboard.get_data("text/plain").ok().filter(|text| text.trim().contains('\n')) {
        bring.emit(Brought::File(pasted_text(), Rc::from(text.into_bytes())));
    }
}

/// What a table is called that has no name.
fn pasted_text() -> String {
    tr!("pasted text").to_owned()
}

/// What the two ways to bring a table are given.
#[derive(PartialEq, Properties)]
pub struct BringGiven {
    /// Test ids of the file, of the text area and of the button that reads it.
    pub ids: [&'static str; 3],
    /// Kinds of files that are offered.
    #[prop_or(".csv,.tsv,.txt,.dat,text/*")]
    pub accept: &'static str,
    /// What the text area is for.
    pub label: &'static str,
    /// Shown in the empty text area.
    pub placeholder: &'static str,
    /// Whether nothing can be read now.
    #[prop_or_default]
    pub busy: bool,
    /// Where to hand on what was brought.
    pub bring: Callback<Brought>,
}

/// A file to pick, and a text area to paste into.
#[component]
pub fn Bring(given: &BringGiven) -> Html {
    let text = use_node_ref();
    let picked = {
        let bring = given.bring.clone();
        Callback::from(move |event: Event| {
            let input = event.target_dyn_into::<HtmlInputElement>();
            if let Some((input, file)) = input.and_then(|input| Some((input.clone(), input.files()?.get(0)?))) {
                read(file, bring.clone());
                // The same file may be picked again.
                input.set_value("");
            }
        })
    };
    let pasted = {
        let (text, bring) = (text.clone(), given.bring.clone());
        Callback::from(move |_: MouseEvent| {
            let pasted = text.cast::<HtmlTextAreaElement>().map(|area| area.value()).unwrap_or_default();
            bring.emit(Brought::File(pasted_text(), Rc::from(pasted.into_bytes())));
        })
    };
    let [file, area, button] = given.ids;
    html! {
        <>
            <label class="row wide">{ tr!("File") }<input type="file" data-testid={file} accept={given.accept} onchange={picked} /></label>
            <textarea ref={text} data-testid={area} rows="3" aria-label={given.label} placeholder={given.placeholder} spellcheck="false" />
            <button class="small" data-testid={button} disabled={given.busy} onclick={pasted}>{ tr!("Read what I pasted") }</button>
        </>
    }
}
