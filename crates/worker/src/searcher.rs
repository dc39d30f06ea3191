//! The searcher in its worker: commands in, events out, and a few milliseconds of searching in between.

use crate::mailbox::{Breather, Mailbox, Post, now};
use jobs::protocol::search::{SearchCommand, SearchEvent};
use jobs::searcher::hunt::Hunt;
use jobs::searcher::sheet;

/// Serves commands until the page ends the worker.
pub fn serve() {
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(work());
}

async fn work() {
    let (mailbox, post) = (Mailbox::<SearchCommand>::open(), Post::to_page());
    let Ok(pause) = Breather::new() else {
        return post.send(&SearchEvent::Unreadable("This browser has no message channels.".into()));
    };
    post.send(&SearchEvent::Ready);
    let mut hunt: Option<Hunt> = None;
    loop {
        while let Some(command) = mailbox.take() {
            match (command, &mut hunt) {
                (SearchCommand::Read(bytes), _) => post.send(&read(&bytes)),
                (SearchCommand::Begin(request), _) => {
                    let id = request.id;
                    let begun = Hunt::begin(*request);
                    if let Err(sentence) = &begun {
                        post.send(&SearchEvent::Refused(id, sentence.clone()));
                    }
                    hunt = begun.ok();
                }
                (SearchCommand::Hold, Some(hunt)) => hunt.hold(),
                (SearchCommand::GoOn, Some(hunt)) => hunt.go_on(),
                (SearchCommand::Receive(bytes), Some(hunt)) => hunt.receive(&bytes),
                (_, None) => {}
            }
        }
        match &mut hunt {
            Some(hunt) if hunt.busy() => {
                hunt.work(now).iter().for_each(|event| post.send(event));
                pause.take().await;
            }
            _ => mailbox.wait().await,
        }
    }
}

fn read(bytes: &[u8]) -> SearchEvent {
    match sheet::read(bytes) {
        Ok((sheet, words)) => {
            SearchEvent::Understood { rows: sheet.columns.first().map_or(0, Vec::len), headings: sheet.headings, words }
        }
        Err(sentence) => SearchEvent::Unreadable(sentence),
    }
}
