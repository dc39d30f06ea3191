//! What a worker needs of the browser, whatever it works on: commands in, events out, the time, and a breath in between.

use jobs::job::message;
use js_sys::{Function, Promise, Uint8Array};
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DedicatedWorkerGlobalScope, MessageChannel, MessageEvent};

pub(crate) fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// The role that the page started this worker in: what stands behind the first `/` in the fragment of its address (`www/worker.js`).
pub fn role() -> String {
    let fragment = scope().location().hash();
    fragment.split('/').nth(1).unwrap_or_default().to_owned()
}

/// Where events go.
pub struct Post {
    scope: DedicatedWorkerGlobalScope,
}

impl Post {
    /// To the page that made this worker.
    pub fn to_page() -> Self {
        Self { scope: scope() }
    }

    /// Sends an event.
    pub fn send(&self, event: &impl Serialize) {
        // Nothing can be done about a page that no longer listens.
        let _ = self.scope.post_message(&Uint8Array::from(message::encode(event).as_slice()));
    }
}

/// Milliseconds since some moment in the past.
pub fn now() -> f64 {
    scope().performance().map_or_else(js_sys::Date::now, |clock| clock.now())
}

/// Commands that have arrived and not been carried out.
pub struct Mailbox<C> {
    kept: Rc<RefCell<Vec<u8>>>,
    waiting: Rc<RefCell<VecDeque<C>>>,
    wake: Rc<RefCell<Option<Function>>>,
}

impl<C: for<'a> Deserialize<'a> + 'static> Mailbox<C> {
    /// Of this worker; there is to be only one. The bytes of the latest command that is to be kept are kept.
    pub fn open(keep: fn(&C) -> bool) -> Self {
        let mailbox = Self { kept: Rc::default(), waiting: Rc::default(), wake: Rc::default() };
        let (kept, waiting, wake) = (mailbox.kept.clone(), mailbox.waiting.clone(), mailbox.wake.clone());
        let receive = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let bytes = Uint8Array::new(&event.data()).to_vec();
            if let Some(command) = message::decode(&bytes) {
                if keep(&command) {
                    *kept.borrow_mut() = bytes;
                }
                waiting.borrow_mut().push_back(command);
            }
            if let Some(wake) = wake.borrow_mut().take() {
                let _ = wake.call0(&JsValue::NULL);
            }
        });
        scope().set_onmessage(Some(receive.as_ref().unchecked_ref()));
        // Lives as long as the worker.
        receive.forget();
        mailbox
    }

    /// The bytes of the latest command that was to be kept.
    pub fn kept(&self) -> Rc<RefCell<Vec<u8>>> {
        self.kept.clone()
    }

    /// The next command, if one has arrived.
    pub fn take(&self) -> Option<C> {
        self.waiting.borrow_mut().pop_front()
    }

    /// Until a message arrives.
    pub async fn wait(&self) {
        self.woken(|_| {}).await;
    }

    /// Until a message arrives, or for so many milliseconds.
    pub async fn wait_at_most(&self, milliseconds: f64) {
        let alarm = |wake: &Function| {
            let _ = scope().set_timeout_with_callback_and_timeout_and_arguments_0(wake, milliseconds.ceil() as i32);
        };
        self.woken(alarm).await;
    }

    /// Until a message arrives, or whatever else was given the way to wake it.
    async fn woken(&self, give: impl Fn(&Function)) {
        if !self.waiting.borrow().is_empty() {
            return;
        }
        let promise = Promise::new(&mut |resolve, _| {
            give(&resolve);
            *self.wake.borrow_mut() = Some(resolve);
        });
        let _ = JsFuture::from(promise).await;
    }
}

/// Lets the event loop turn once. A timer would wait 4 ms; a message to oneself does not.
pub struct Breather {
    channel: MessageChannel,
}

impl Breather {
    /// Fails in a browser without message channels.
    pub fn new() -> Result<Self, JsValue> {
        Ok(Self { channel: MessageChannel::new()? })
    }

    /// Takes a breath.
    pub async fn take(&self) {
        let promise = Promise::new(&mut |resolve, _| {
            self.channel.port2().set_onmessage(Some(&resolve));
            let _ = self.channel.port1().post_message(&JsValue::NULL);
        });
        let _ = JsFuture::from(promise).await;
    }
}
