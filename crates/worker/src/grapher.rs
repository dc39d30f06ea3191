//! The graph trainer in its worker.

use crate::mailbox::{Breather, Mailbox, Post, now};
use autodiff::engine::{Engine, EngineError};
use jobs::grapher::run::Run;
use jobs::protocol::graph::{GraphCommand, GraphEvent};

/// Serves commands on this core until the page ends the worker.
pub fn serve() {
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(async {
        if let Err(why) = work(async { Ok(Engine::Cpu) }).await {
            Post::to_page().send(&GraphEvent::Unusable(why.to_string()));
        }
    });
}

/// Serves commands on the graphics card until the page ends the worker.
#[cfg(feature = "gpu")]
pub fn serve_gpu() {
    console_error_panic_hook::set_once();
    let lost = |why: String| Post::to_page().send(&GraphEvent::Unusable(format!("lost its device ({})", why.trim())));
    wasm_bindgen_futures::spawn_local(async move {
        if let Err(why) = work(Engine::gpu(lost)).await {
            Post::to_page().send(&GraphEvent::Unusable(why.to_string()));
        }
    });
}

async fn work(engine: impl Future<Output = Result<Engine, EngineError>>) -> Result<(), EngineError> {
    let (mailbox, post) = (Mailbox::<GraphCommand>::open(), Post::to_page());
    let engine = engine.await?;
    let pause = Breather::new().map_err(|_| EngineError::Start("no message channels in this browser".into()))?;
    post.send(&GraphEvent::Ready);
    let mut current: Option<Run> = None;
    loop {
        while let Some(command) = mailbox.take() {
            if let Some(run) = &mut current {
                run.fetch().await?;
            }
            let events = match (command, &mut current) {
                (GraphCommand::Begin { run, recipe, seed, shown }, _) => {
                    let begun = Run::begin(run, *recipe, seed, shown, engine.clone());
                    let refused = begun.as_ref().err().map(|why| GraphEvent::Refused(run, why.clone()));
                    current = begun.ok();
                    refused.into_iter().collect()
                }
                (GraphCommand::Hold, Some(run)) => run.hold(),
                (GraphCommand::GoOn, Some(run)) => {
                    run.go_on();
                    vec![]
                }
                (GraphCommand::Show(shown), Some(run)) => run.show(shown),
                (GraphCommand::Ask(sizes), Some(run)) => run.ask(&sizes),
                (GraphCommand::Obey(law), Some(run)) => run.obey(&law),
                (GraphCommand::Tabulate, Some(run)) => run.tabulate(),
                (_, None) => vec![],
            };
            events.iter().for_each(|event| post.send(event));
        }
        match &mut current {
            Some(run) if run.busy() => {
                run.work(now).await?.iter().for_each(|event| post.send(event));
                pause.take().await;
            }
            _ => mailbox.wait().await,
        }
    }
}
