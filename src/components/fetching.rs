//! What stands where code is that has not been fetched yet: it fetches it, and says so when that takes long or fails.

use gloo_timers::callback::Timeout;
use language::tr;
use std::future::Future;
use std::pin::Pin;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Fetches the code; whether it arrived. After a failure it may be asked again.
pub type Fetch = fn() -> Pin<Box<dyn Future<Output = bool>>>;

/// What [`Fetching`] is given.
#[derive(Clone, Properties)]
pub struct FetchingGiven {
    /// Fetches the code.
    pub fetch: Fetch,
    /// Called when it is there.
    pub fetched: Callback<()>,
    /// Whether it is a part of the page that is open, and not the page.
    #[prop_or_default]
    pub part: bool,
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

/// How long it waits before it says so, in milliseconds.
const PATIENCE: u32 = 8_000;

/// Stands where a page, or a part of one, will be.
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
    let said = match (*progress, given.part) {
        (Progress::Fetching, false) => tr!("Fetching this page …"),
        (Progress::Fetching, true) => tr!("Fetching this part of the page …"),
        (Progress::Late, false) => tr!(
            "This page has not arrived yet: the network is slow or gone. What runs goes on; reloading tries again, and the address keeps your experiment."
        ),
        (Progress::Late, true) => tr!(
            "This part of the page has not arrived yet: the network is slow or gone. What runs goes on; reloading tries again, and the address keeps your experiment."
        ),
        (Progress::Failed, false) => {
            tr!("This page could not be fetched from the server. What runs goes on, and nothing is lost.")
        }
        (Progress::Failed, true) => {
            tr!("This part of the page could not be fetched from the server. What runs goes on, and nothing is lost.")
        }
    };
    let failed = *progress == Progress::Failed;
    let id = match (given.part, failed) {
        (false, false) => "page-fetching",
        (false, true) => "page-not-fetched",
        (true, false) => "part-fetching",
        (true, true) => "part-not-fetched",
    };
    let busy = (!failed).then_some("true");
    let inside = html! {
        <>
            <p role={(*progress != Progress::Fetching).then_some("alert")}>{ said }</p>
            if failed {
                <button type="button" data-testid={if given.part { "part-again" } else { "page-again" }} onclick={attempt.reform(|_| ())}>{ tr!("Try again") }</button>
            }
        </>
    };
    if given.part {
        html! { <section class="card fetching" data-testid={id} aria-busy={busy}>{ inside }</section> }
    } else {
        html! { <main class="fetching" data-testid={id} aria-busy={busy}>{ inside }</main> }
    }
}
