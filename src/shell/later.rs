//! The pages whose code is fetched when one of them is opened.

use crate::pages::{Drawn, Pages};
use gloo_timers::callback::Timeout;
use std::future::Future;
use std::pin::Pin;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Fetches the code; whether it arrived. After a failure it may be asked again.
pub type Fetch = fn() -> Pin<Box<dyn Future<Output = bool>>>;

/// All pages but the first. The program, which knows what is in which file, brings this along.
#[derive(Clone, Properties)]
pub struct Later {
    /// Draws one of them, if its code is there.
    pub draw: fn(&Pages, Drawn) -> Option<Html>,
    /// Fetches their code.
    pub fetch: Fetch,
}

impl PartialEq for Later {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// What [`Fetching`] is given.
#[derive(Clone, Properties)]
pub struct FetchingGiven {
    /// Fetches the code.
    pub fetch: Fetch,
    /// Called when it is there.
    pub fetched: Callback<()>,
}

impl PartialEq for FetchingGiven {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// How far the code has come.
#[derive(Clone, Copy, PartialEq)]
enum Progress {
    Fetching,
    /// Nothing has come for [`PATIENCE`].
    Late,
    Failed,
}

/// How long the page waits before it says so, in milliseconds.
const PATIENCE: u32 = 8_000;

/// Stands where the page will be.
#[component]
pub fn Fetching(given: &FetchingGiven) -> Html {
    let progress = use_state(|| Progress::Fetching);
    let attempt = {
        let (given, progress) = (given.clone(), progress.setter());
        Callback::from(move |()| {
            let (given, progress) = (given.clone(), progress.clone());
            progress.set(Progress::Fetching);
            spawn_local(async move {
                let late = Timeout::new(PATIENCE, {
                    let progress = progress.clone();
                    move || progress.set(Progress::Late)
                });
                let arrived = (given.fetch)().await;
                drop(late);
                if arrived {
                    given.fetched.emit(());
                } else {
                    progress.set(Progress::Failed);
                }
            });
        })
    };
    use_effect_with((), {
        let attempt = attempt.clone();
        move |()| attempt.emit(())
    });
    match *progress {
        Progress::Fetching => {
            html! { <main class="fetching" data-testid="page-fetching" aria-busy="true"><p>{ "Fetching this page …" }</p></main> }
        }
        Progress::Late => html! {
            <main class="fetching" data-testid="page-fetching" aria-busy="true">
                <p role="alert">{ "This page has not arrived yet: the network is slow or gone. What runs goes on; reloading tries again, and the address keeps your experiment." }</p>
            </main>
        },
        Progress::Failed => html! {
            <main class="fetching" data-testid="page-not-fetched">
                <p role="alert">{ "This page could not be fetched from the server. What runs goes on, and nothing is lost." }</p>
                <button type="button" data-testid="page-again" onclick={attempt.reform(|_| ())}>{ "Try again" }</button>
            </main>
        },
    }
}
