//! The page. Its first page is in the program; the code of the others is split off and fetched when one of them is opened.

use jobs::pool::Machine;
use orrery::shell::app::App;
use orrery::shell::later::{Arrived, Later, Report};
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use wasm_split_helpers::{SplitLoaderError, wasm_split};

/// Makes the other pages; what only this reaches is put into a file of its own after compilation.
#[wasm_split(pages, fallible, preload(fetch_pages))]
fn make_pages(machine: Machine, report: &Report) -> Result<Arrived, SplitLoaderError> {
    Ok(Arrived::new(machine, report))
}

/// Makes them where their code is there already: then nothing is waited for.
fn make(machine: Machine, report: &Report) -> Option<Arrived> {
    match pin!(make_pages(machine, report)).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(arrived) => arrived.ok(),
        Poll::Pending => None,
    }
}

fn main() {
    console_error_panic_hook::set_once();
    let later = Later { make, fetch: || Box::pin(async { fetch_pages().await.is_ok() }) };
    yew::Renderer::<App>::with_props(later).render();
}
