//! A trainer: one engine behind messages. The same code for both engines; the binary says which.
//!
//! It trains for a few milliseconds, lets waiting messages in, and goes on. Nothing it sends is waited for.

mod run;

use crate::protocol::message::{self, Command, Event};
use crate::training::engine::Engine;
use crate::worker::run::Run;
use js_sys::{Promise, Uint8Array};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt::Display;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DedicatedWorkerGlobalScope, MessageChannel, MessageEvent};

/// Serves commands on the processor until the page ends the worker.
#[cfg(feature = "cpu")]
pub fn serve_cpu() {
    wasm_bindgen_futures::spawn_local(serve(async { Ok::<_, std::convert::Infallible>(Engine::cpu()) }));
}

/// Serves commands on the graphics card until the page ends the worker.
#[cfg(feature = "gpu")]
pub fn serve_gpu() {
    wasm_bindgen_futures::spawn_local(serve(Engine::gpu(lost)));
}

async fn serve<E: Display>(engine: impl Future<Output = Result<Engine, E>>) {
    console_error_panic_hook::set_once();
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let mailbox = Mailbox::new(&scope);
    let post = Post { scope };
    let engine = match engine.await {
        Ok(engine) => engine,
        Err(why) => return post.send(&Event::Unusable(format!("did not start ({why})"))),
    };
    let Ok(pause) = Breather::new() else {
        return post.send(&Event::Unusable("found no message channels in this browser".into()));
    };
    post.send(&Event::Ready);
    let mut run: Option<Run> = None;
    loop {
        while let Some(command) = mailbox.take() {
            match (command, &mut run) {
                (Command::Start { run: id, experiment, kinds, checkpoints, pace }, _) => {
                    run = Some(Run::start(id, *experiment, &kinds, &checkpoints, pace, &engine));
                }
                (Command::Measure { run, experiment }, _) => match run::measure(&experiment, &engine).await {
                    Ok(steps_per_second) => post.send(&Event::Measured { run, steps_per_second }),
                    Err(error) => return post.send(&Event::Unusable(format!("stopped ({error:?})"))),
                },
                (Command::Pace(pace), Some(run)) => run.set_pace(pace),
                (Command::View(view), Some(run)) => run.set_view(view),
                (_, None) => {}
            }
        }
        let busy = match &mut run {
            Some(run) => match run.work(&post).await {
                Ok(busy) => busy,
                // A lost device: silence, and the page replaces this worker.
                Err(error) => return post.send(&Event::Unusable(format!("stopped ({error:?})"))),
            },
            None => false,
        };
        if busy { pause.take().await } else { mailbox.wait().await }
    }
}

/// Tells the page that the device is gone, from wherever that is noticed.
#[cfg(feature = "gpu")]
fn lost(why: String) {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    Post { scope }.send(&Event::Unusable(format!("lost its device ({})", why.trim())));
}

/// Where events go.
struct Post {
    scope: DedicatedWorkerGlobalScope,
}

impl Post {
    fn send(&self, event: &Event) {
        // Nothing can be done about a page that no longer listens.
        let _ = self.scope.post_message(&Uint8Array::from(message::encode(event).as_slice()));
    }
}

/// Milliseconds since some moment in the past.
fn now() -> f64 {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    scope.performance().map_or_else(js_sys::Date::now, |clock| clock.now())
}

/// Commands that have arrived and not been carried out.
struct Mailbox {
    waiting: Rc<RefCell<VecDeque<Command>>>,
    wake: Rc<RefCell<Option<js_sys::Function>>>,
}

impl Mailbox {
    fn new(scope: &DedicatedWorkerGlobalScope) -> Self {
        let mailbox = Self { waiting: Rc::default(), wake: Rc::default() };
        let (waiting, wake) = (mailbox.waiting.clone(), mailbox.wake.clone());
        let receive = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let bytes = Uint8Array::new(&event.data()).to_vec();
            if let Some(command) = message::decode(&bytes) {
                waiting.borrow_mut().push_back(command);
            }
            if let Some(wake) = wake.borrow_mut().take() {
                let _ = wake.call0(&JsValue::NULL);
            }
        });
        scope.set_onmessage(Some(receive.as_ref().unchecked_ref()));
        // Lives as long as the worker.
        receive.forget();
        mailbox
    }

    fn take(&self) -> Option<Command> {
        self.waiting.borrow_mut().pop_front()
    }

    /// Until a message arrives.
    async fn wait(&self) {
        if !self.waiting.borrow().is_empty() {
            return;
        }
        let promise = Promise::new(&mut |resolve, _| *self.wake.borrow_mut() = Some(resolve));
        let _ = JsFuture::from(promise).await;
    }
}

/// Lets the event loop turn once. A timer would wait 4 ms; a message to oneself does not.
struct Breather {
    channel: MessageChannel,
}

impl Breather {
    fn new() -> Result<Self, JsValue> {
        Ok(Self { channel: MessageChannel::new()? })
    }

    async fn take(&self) {
        let promise = Promise::new(&mut |resolve, _| {
            self.channel.port2().set_onmessage(Some(&resolve));
            let _ = self.channel.port1().post_message(&JsValue::NULL);
        });
        let _ = JsFuture::from(promise).await;
    }
}
