//! A trainer: one engine behind messages. The same code for both engines; the binary says which.
//!
//! It trains for a few milliseconds, lets waiting messages in, and goes on. Nothing it sends is waited for.

mod run;

use crate::mailbox::{Breather, Mailbox, Post};
use crate::trainer::run::Run;
use autodiff::engine::Engine;
use jobs::protocol::message::{Command, Event};
use std::fmt::Display;

/// Serves commands on the processor until the page ends the worker.
pub fn serve_cpu() {
    wasm_bindgen_futures::spawn_local(serve(async { Ok::<_, std::convert::Infallible>(Engine::Cpu) }));
}

/// Serves commands on the graphics card until the page ends the worker.
#[cfg(feature = "gpu")]
pub fn serve_gpu() {
    wasm_bindgen_futures::spawn_local(serve(Engine::gpu(lost)));
}

async fn serve<E: Display>(engine: impl Future<Output = Result<Engine, E>>) {
    console_error_panic_hook::set_once();
    let (mailbox, post) = (Mailbox::<Command>::open(), Post::to_page());
    let engine = match engine.await {
        Ok(engine) => engine,
        Err(why) => return post.send(&Event::Unusable(why.to_string())),
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
                    match Run::start(id, *experiment, &kinds, &checkpoints, pace, &engine) {
                        Ok(begun) => run = Some(begun),
                        Err(error) => return post.send(&Event::Unusable(error.to_string())),
                    }
                }
                (Command::Measure { run, experiment }, _) => match run::measure(&experiment, &engine).await {
                    Ok(steps_per_second) => post.send(&Event::Measured { run, steps_per_second }),
                    Err(error) => return post.send(&Event::Unusable(error.to_string())),
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
                Err(error) => return post.send(&Event::Unusable(error.to_string())),
            },
            None => false,
        };
        if busy { pause.take().await } else { mailbox.wait().await }
    }
}

/// Tells the page that the device is gone, from wherever that is noticed.
#[cfg(feature = "gpu")]
fn lost(why: String) {
    Post::to_page().send(&Event::Unusable(format!("lost its device ({})", why.trim())));
}
