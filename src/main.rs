//! The page. Its first page is in the program; the code of the others is split off and fetched when one of them is opened.

use orrery::pages::{self, Drawn, Pages};
use orrery::shell::app::App;
use orrery::shell::later::Later;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use yew::Html;

/// Draws any page; what only this reaches is put into a file of its own after compilation.
#[wasm_split(pages, fallible, preload(fetch_pages))]
fn draw_page(pages: &Pages, drawn: Drawn) -> Result<Html, SplitLoaderError> {
    Ok(pages::draw(pages, drawn))
}

/// Draws a page whose code is there already: then nothing is waited for.
fn draw(pages: &Pages, drawn: Drawn) -> Option<Html> {
    match pin!(draw_page(pages, drawn)).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(html) => html.ok(),
        Poll::Pending => None,
    }
}

fn main() {
    console_error_panic_hook::set_once();
    let later = Later { draw, fetch: || Box::pin(async { fetch_pages().await.is_ok() }) };
    yew::Renderer::<App>::with_props(later).render();
}
