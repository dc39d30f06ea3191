//! The page. Its first page is in the program. The code of the others, and that of panels of the first page that are not there from the
//! beginning, is split off and fetched when it is needed.

use jobs::pool::Machine;
use orrery::shell::app::App;
use orrery::shell::later::{Arrived, Later, PanelCode, Report};
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use wasm_split_helpers::{SplitLoaderError, wasm_split};

/// Makes the other pages; what only this reaches is put into a file of its own after compilation.
#[wasm_split(pages, fallible, preload(fetch_pages))]
fn make_pages(machine: Machine, report: &Report) -> Result<Arrived, SplitLoaderError> {
    Ok(Arrived::new(machine, report))
}

/// The panels of the first page; likewise. There is one function for each file: another would not know that the file is there.
#[wasm_split(panels, fallible, preload(fetch_panels))]
fn panel_code() -> Result<PanelCode, SplitLoaderError> {
    Ok(PanelCode::here())
}

/// What split code makes, where it is there already: then nothing is waited for.
fn now<T>(made: impl Future<Output = Result<T, SplitLoaderError>>) -> Option<T> {
    match pin!(made).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(made) => made.ok(),
        Poll::Pending => None,
    }
}

fn main() {
    console_error_panic_hook::set_once();
    language::browser::take_up();
    let later = Later {
        make: |machine, report| now(make_pages(machine, report)),
        fetch: || Box::pin(async { fetch_pages().await.is_ok() }),
        panels: || now(panel_code()),
        fetch_panels: || Box::pin(async { fetch_panels().await.is_ok() }),
    };
    yew::Renderer::<App>::with_props(later).render();
}
