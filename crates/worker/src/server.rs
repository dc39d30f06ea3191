//! The one worker loop: commands in, events out, a few milliseconds of work in between.

use crate::mailbox::{Breather, Mailbox, Post, now};
#[cfg(feature = "cpu")]
use crate::partner::Workers;
use autodiff::engine::Engine;
#[cfg(feature = "gpu")]
use jobs::job::execution::lost;
use jobs::job::execution::{Execution, Lost};
use jobs::job::message::{Command, Event};
use jobs::job::server::Server;
#[cfg(feature = "cpu")]
use std::rc::Rc;

/// Carries out jobs on an engine until the page ends the worker.
pub fn serve<X: Execution + 'static>(engine: impl Future<Output = Result<X::Engine, Lost>> + 'static) {
    begin::<X>(engine, |_| false, |engine, _| Server::new(engine));
}

/// Carries out jobs on this core, which needs no engine.
pub fn serve_here<X: Execution<Engine = ()> + 'static>() {
    serve::<X>(std::future::ready(Ok(())));
}

/// Carries out jobs on the processor.
pub fn serve_cpu<X: Execution<Engine = Engine> + 'static>() {
    serve::<X>(std::future::ready(Ok(Engine::Cpu)));
}

/// Carries out jobs on the processor, with the help of a second core where that pays.
#[cfg(feature = "cpu")]
pub fn serve_with_partners<X: Execution<Engine = Engine> + 'static>() {
    let keep = |command: &Command<X::Job>| matches!(command, Command::Start { .. });
    begin::<X>(std::future::ready(Ok(Engine::Cpu)), keep, |engine, mailbox| {
        Server::with_crew(engine, Rc::new(Workers { started: mailbox.kept() }))
    });
}

/// Carries out jobs on the graphics card.
#[cfg(feature = "gpu")]
pub fn serve_gpu<X: Execution<Engine = Engine> + 'static>() {
    // Whoever notices that the card is gone tells the page.
    let gone = |why: String| {
        let why = format!("lost its device ({})", why.trim());
        Post::to_page().send(&Event::<X::Job>::Unusable(why));
    };
    serve::<X>(async move { Engine::gpu(gone).await.map_err(lost) });
}

/// The commands of a job.
type Commands<X> = Mailbox<Command<<X as Execution>::Job>>;

fn begin<X: Execution + 'static>(
    engine: impl Future<Output = Result<X::Engine, Lost>> + 'static,
    keep: fn(&Command<X::Job>) -> bool,
    server: fn(X::Engine, &Commands<X>) -> Server<X>,
) {
    console_error_panic_hook::set_once();
    language::browser::take_up();
    let mailbox = Commands::<X>::open(keep);
    wasm_bindgen_futures::spawn_local(async move {
        if let Err(Lost(why)) = work(engine, server, mailbox).await {
            // Nothing follows, and the page replaces this worker.
            Post::to_page().send(&Event::<X::Job>::Unusable(why));
        }
    });
}

async fn work<X: Execution>(
    engine: impl Future<Output = Result<X::Engine, Lost>>,
    server: fn(X::Engine, &Commands<X>) -> Server<X>,
    mailbox: Commands<X>,
) -> Result<(), Lost> {
    let page = Post::to_page();
    let mut post = |event: Event<X::Job>| page.send(&event);
    let mut server = server(engine.await?, &mailbox);
    let pause = Breather::new().map_err(|_| Lost("found no message channels in this browser".into()))?;
    post(Event::Ready);
    loop {
        while let Some(command) = mailbox.take() {
            server.take(command, &now, &mut post).await?;
        }
        let rest = server.gives_way(&now);
        if rest > 0.0 {
            mailbox.wait_at_most(rest).await;
        } else if server.work(&now, &mut post).await? {
            pause.take().await;
        } else {
            mailbox.wait().await;
        }
    }
}
