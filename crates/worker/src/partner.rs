//! Partners in workers of their own: a worker that trains a model starts another one of the same file, and both exchange halves of
//! gradients ([`models::team`]).
//!
//! To the partner go the command that started the job and, once it has said that it has its data, a checkpoint; from then on either
//! sends its half of each gradient. Messages of bytes are the former, messages of numbers the latter.

use crate::mailbox::scope;
use autodiff::parameters::Checkpoint;
use jobs::job::Job;
use jobs::job::crew::{Crew, Recruit, assist};
use jobs::job::message::{Command, decode, encode};
use js_sys::{Array, Float32Array, Function, Promise, Reflect, Uint8Array};
use models::learner::{Learner, Trainable};
use models::team::{Later, Partner};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

/// The role of a worker that is a partner.
pub const ROLE: &str = "partner";
/// A partner that is silent for so many milliseconds is taken for gone.
const PATIENCE: i32 = 3000;

/// Workers of the same file.
pub struct Workers {
    /// The latest command that started a job, as it came.
    pub started: Rc<RefCell<Vec<u8>>>,
}

impl Crew for Workers {
    fn has_room(&self, side_by_side: usize) -> bool {
        scope().navigator().hardware_concurrency() >= 2.0 * side_by_side as f64
    }

    fn hire(&self) -> Option<Box<dyn Recruit>> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let here = scope().location().href();
        let (loader, file) = here.split_once('#')?;
        let file = file.split('/').next()?;
        let worker = Worker::new_with_options(&format!("{loader}#{file}/{ROLE}"), &options).ok()?;
        let inbox = Rc::new(RefCell::new(Inbox::default()));
        let (heard, died) = (inbox.clone(), inbox.clone());
        let said = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| hear(&heard, &event.data()));
        let ended = Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
            event.prevent_default();
            died.borrow_mut().end();
        });
        worker.set_onmessage(Some(said.as_ref().unchecked_ref()));
        worker.set_onerror(Some(ended.as_ref().unchecked_ref()));
        worker.post_message(&Uint8Array::from(self.started.borrow().as_slice())).ok()?;
        Some(Box::new(Colleague { worker, inbox, _said: said, _ended: ended }))
    }
}

/// What has arrived of the other side.
#[derive(Default)]
struct Inbox {
    bytes: VecDeque<Vec<u8>>,
    halves: VecDeque<Vec<f32>>,
    gone: bool,
    wake: Option<Function>,
}

impl Inbox {
    fn wake(&mut self) {
        if let Some(wake) = self.wake.take() {
            let _ = wake.call0(&JsValue::NULL);
        }
    }

    fn end(&mut self) {
        self.gone = true;
        self.wake();
    }
}

fn hear(inbox: &Rc<RefCell<Inbox>>, message: &JsValue) {
    let mut inbox = inbox.borrow_mut();
    if let Some(half) = message.dyn_ref::<Float32Array>() {
        inbox.halves.push_back(half.to_vec());
    } else if let Some(bytes) = message.dyn_ref::<Uint8Array>() {
        inbox.bytes.push_back(bytes.to_vec());
    } else {
        // How far its file is, or that it could not be started.
        inbox.gone |= Reflect::get(message, &"failed".into()).is_ok_and(|reason| reason.is_truthy());
    }
    inbox.wake();
}

/// Until something arrives; forgets to wait after a while.
async fn arrival(inbox: &Rc<RefCell<Inbox>>, patience: Option<i32>) {
    let promise = Promise::new(&mut |resolve, _| {
        if let Some(patience) = patience {
            let _ = scope().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, patience);
        }
        inbox.borrow_mut().wake = Some(resolve);
    });
    let _ = JsFuture::from(promise).await;
}

async fn half(inbox: &Rc<RefCell<Inbox>>) -> Option<Vec<f32>> {
    for patience in [Some(PATIENCE), None] {
        let (half, gone) = {
            let mut inbox = inbox.borrow_mut();
            (inbox.halves.pop_front(), inbox.gone)
        };
        if half.is_some() || gone {
            return half;
        }
        if patience.is_some() {
            arrival(inbox, patience).await;
        }
    }
    None
}

/// Numbers as a message, whose memory goes with it.
fn parcel(numbers: &[f32]) -> (Float32Array, Array) {
    let numbers = Float32Array::from(numbers);
    let memory = Array::of1(&numbers.buffer());
    (numbers, memory)
}

/// The partner, seen from the worker that has started it. Dropping it ends that worker.
struct Colleague {
    worker: Worker,
    inbox: Rc<RefCell<Inbox>>,
    _said: Closure<dyn FnMut(MessageEvent)>,
    _ended: Closure<dyn FnMut(web_sys::Event)>,
}

impl Recruit for Colleague {
    fn is_ready(&self) -> Option<bool> {
        let inbox = self.inbox.borrow();
        (!inbox.gone).then_some(!inbox.bytes.is_empty())
    }

    fn begin(self: Box<Self>, checkpoint: &Checkpoint) -> Box<dyn Partner> {
        // Who cannot be reached is noticed by its silence.
        let _ = self.worker.post_message(&Uint8Array::from(encode(checkpoint).as_slice()));
        self
    }
}

impl Partner for Colleague {
    fn send(&mut self, gradient: &[f32]) {
        let (numbers, memory) = parcel(gradient);
        let _ = self.worker.post_message_with_transfer(&numbers, &memory);
    }

    fn receive(&mut self) -> Later<'_, Option<Vec<f32>>> {
        Box::pin(half(&self.inbox))
    }
}

impl Drop for Colleague {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

/// The worker that has started this one, seen from here.
struct Leader(Rc<RefCell<Inbox>>);

impl Partner for Leader {
    fn send(&mut self, gradient: &[f32]) {
        let (numbers, memory) = parcel(gradient);
        let _ = scope().post_message_with_transfer(&numbers, &memory);
    }

    /// However long it takes: the other may be paused, and ends this worker when it is no longer wanted.
    fn receive(&mut self) -> Later<'_, Option<Vec<f32>>> {
        let inbox = self.0.clone();
        Box::pin(async move {
            loop {
                let half = inbox.borrow_mut().halves.pop_front();
                if half.is_some() {
                    return half;
                }
                arrival(&inbox, None).await;
            }
        })
    }
}

/// Works as a partner until the worker that has started this one ends it.
pub fn serve<J: Job, M: Trainable + 'static>(make: fn(&J::Spec) -> Option<Learner<M>>) {
    console_error_panic_hook::set_once();
    let inbox = Rc::new(RefCell::new(Inbox::default()));
    let heard = inbox.clone();
    let receive = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| hear(&heard, &event.data()));
    scope().set_onmessage(Some(receive.as_ref().unchecked_ref()));
    receive.forget();
    wasm_bindgen_futures::spawn_local(async move {
        let learner = match decode(&bytes(&inbox).await) {
            Some(Command::<J>::Start { spec, .. }) => make(&spec),
            _ => None,
        };
        let Some(learner) = learner else {
            let refusal = js_sys::Object::new();
            let _ = Reflect::set(&refusal, &"failed".into(), &"has no such model".into());
            let _ = scope().post_message(&refusal);
            return;
        };
        // It has its data.
        let _ = scope().post_message(&Uint8Array::new_with_length(0));
        if let Some(checkpoint) = decode(&bytes(&inbox).await) {
            assist(learner, &checkpoint, Box::new(Leader(inbox))).await;
        }
    });
}

async fn bytes(inbox: &Rc<RefCell<Inbox>>) -> Vec<u8> {
    loop {
        let bytes = inbox.borrow_mut().bytes.pop_front();
        match bytes {
            Some(bytes) => return bytes,
            None => arrival(inbox, None).await,
        }
    }
}
