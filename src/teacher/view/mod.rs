//! The page for teachers, as components.

mod class_card;
mod link_card;

use crate::components::clipboard;
use crate::components::files::dropped_files;
use crate::teacher::state::{State, TeacherAction};
use crate::teacher::view::class_card::class_card;
use crate::teacher::view::link_card::link_card;
use gloo_events::{EventListener, EventListenerOptions};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, File};
use yew::prelude::*;

/// What components are given.
#[derive(Clone, PartialEq)]
pub struct Given {
    /// What is shown.
    pub state: Rc<State>,
    /// Where to say what a teacher did.
    pub act: Callback<TeacherAction>,
    /// Where to hand on files.
    pub bring: Callback<Vec<File>>,
    /// Where to say what is to be copied.
    pub copy: Callback<String>,
    /// Names of the lessons that the page brings along.
    pub lessons: Rc<Vec<String>>,
    /// The address of the folder of the page.
    pub folder: AttrValue,
}

/// The root component.
pub struct Teacher {
    state: Rc<State>,
    lessons: Rc<Vec<String>>,
    folder: AttrValue,
    _listeners: Vec<EventListener>,
}

/// What can happen to it.
pub enum Message {
    /// A teacher did something.
    Act(TeacherAction),
    /// Files were brought.
    Bring(Vec<File>),
    /// A text is to be copied.
    Copy(String),
    /// The list of lessons has arrived.
    Lessons(Vec<String>),
}

impl Component for Teacher {
    type Message = Message;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let location = web_sys::window().map(|window| window.location());
        let fragment = location.as_ref().and_then(|location| location.hash().ok()).unwrap_or_default();
        let address = location.and_then(|location| location.href().ok()).unwrap_or_default();
        let page = address.split('#').next().unwrap_or_default();
        let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
        ctx.link().send_future(async { Message::Lessons(lessons().await.unwrap_or_default()) });
        Self {
            state: Rc::new(State::open(fragment.trim_start_matches('#'))),
            lessons: Rc::default(),
            folder: format!("{folder}/").into(),
            _listeners: listeners(&ctx.link().callback(Message::Bring)),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Act(action) => Rc::make_mut(&mut self.state).reduce(action),
            Message::Bring(files) => {
                ctx.link().send_future(async { Message::Act(TeacherAction::Bring(contents(files).await)) });
                return false;
            }
            Message::Copy(text) => {
                ctx.link().send_future(async move { Message::Act(TeacherAction::Copied(clipboard::put(&text).await)) });
                return false;
            }
            Message::Lessons(lessons) => self.lessons = Rc::new(lessons),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let given = Given {
            state: self.state.clone(),
            act: ctx.link().callback(Message::Act),
            bring: ctx.link().callback(Message::Bring),
            copy: ctx.link().callback(Message::Copy),
            lessons: self.lessons.clone(),
            folder: self.folder.clone(),
        };
        html! {
            <>
                { link_card(&given) }
                { class_card(&given) }
            </>
        }
    }
}

/// Files may be dropped anywhere, and the page is not left for them.
fn listeners(bring: &Callback<Vec<File>>) -> Vec<EventListener> {
    let Some(window) = web_sys::window() else { return vec![] };
    let on = |event: &'static str, react: Box<dyn Fn(&DragEvent)>| {
        EventListener::new_with_options(&window, event, EventListenerOptions::enable_prevent_default(), move |event| {
            event.prevent_default();
            if let Some(drag) = event.dyn_ref::<DragEvent>() {
                react(drag);
            }
        })
    };
    let bring = bring.clone();
    let dropped = move |event: &DragEvent| bring.emit(dropped_files(event));
    vec![on("dragover", Box::new(|_: &DragEvent| {})), on("drop", Box::new(dropped))]
}

/// Names and contents of files. One that the browser cannot read has no content, which is then refused as such.
async fn contents(files: Vec<File>) -> Vec<(String, Rc<[u8]>)> {
    let mut read = vec![];
    for file in files {
        let small = file.size() <= crate::teacher::hand_in::MAX_BYTES as f64;
        // A file that is too large is not read: its size is told by zeros, of which only the number counts.
        let bytes: Rc<[u8]> = if small {
            match JsFuture::from(file.array_buffer()).await {
                Ok(buffer) => Rc::from(js_sys::Uint8Array::new(&buffer).to_vec()),
                Err(_) => Rc::from([]),
            }
        } else {
            Rc::from(vec![0; crate::teacher::hand_in::MAX_BYTES + 1])
        };
        read.push((file.name(), bytes));
    }
    read
}

/// Names of the lessons that the page brings along; `None` where there are none.
async fn lessons() -> Option<Vec<String>> {
    let window = web_sys::window()?;
    let address = format!("{}lessons/list.txt", crate::components::build::folder());
    let response: web_sys::Response = JsFuture::from(window.fetch_with_str(&address)).await.ok()?.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    let text = JsFuture::from(response.text().ok()?).await.ok()?.as_string()?;
    let names = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    Some(names.map(str::to_owned).collect())
}
