//! The language that a script has fetched (`www/language.js`): it stands in the global `orreryLanguage`, as `{ code, messages, plural }`.

use crate::{Language, Message, speak_english};
use js_sys::{Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Speaks it from now on; English where there is none.
pub fn take_up() {
    match fetched() {
        Some(language) => language.speak(),
        None => speak_english(),
    }
}

fn fetched() -> Option<Language> {
    let given = member(&js_sys::global(), "orreryLanguage")?;
    let code = member(&given, "code")?.as_string()?;
    let messages: Object = member(&given, "messages")?.dyn_into().ok()?;
    let plural: Function = member(&given, "plural")?.dyn_into().ok()?;
    let category = move |n: u64| {
        let category = plural.call1(&JsValue::NULL, &JsValue::from_f64(n as f64)).ok();
        category.and_then(|category| category.as_string()).unwrap_or_default()
    };
    Some(Language::new(&code, entries(&messages).filter_map(|(key, value)| Some((key, message(value)?))), category))
}

fn message(value: JsValue) -> Option<Message> {
    match value.as_string() {
        Some(text) => Some(Message::Text(kept(text))),
        None => {
            let forms =
                entries(value.dyn_ref()?).filter_map(|(category, text)| Some((category, kept(text.as_string()?))));
            Some(Message::Plural(forms.collect()))
        }
    }
}

/// As long as the program: languages are.
fn kept(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

fn entries(object: &Object) -> impl Iterator<Item = (String, JsValue)> + use<> {
    let (keys, values) = (Object::keys(object), Object::values(object));
    keys.into_iter().zip(values).filter_map(|(key, value)| Some((key.as_string()?, value)))
}

fn member(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &name.into()).ok().filter(|member| member.is_truthy())
}
