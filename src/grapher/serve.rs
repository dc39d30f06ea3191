//! The graph trainer in its worker.

use crate::grapher::run::Run;
use crate::mailbox::{Breather, Mailbox, Post, now};
use crate::protocol::graph::{GraphCommand, GraphEvent};

/// Serves commands until the page ends the worker.
pub fn serve() {
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(work());
}

async fn work() {
    let (mailbox, post) = (Mailbox::<GraphCommand>::open(), Post::to_page());
    // Without message channels nothing can be paused; every browser that runs Wasm has them.
    let Ok(pause) = Breather::new() else { return };
    post.send(&GraphEvent::Ready);
    let mut current: Option<Run> = None;
    loop {
        while let Some(command) = mailbox.take() {
            let events = match (command, &mut current) {
                (GraphCommand::Begin { run, recipe, seed, shown }, _) => {
                    let begun = Run::begin(run, *recipe, seed, shown);
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
                run.work(now).iter().for_each(|event| post.send(event));
                pause.take().await;
            }
            _ => mailbox.wait().await,
        }
    }
}
