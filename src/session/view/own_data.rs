//! Somebody's own measurements: pick, drop or paste a file. What was understood of it is in [`crate::session::view::data_panel`].

use crate::components::files::Bring;
use crate::session::files::FileAction;
use crate::session::view::Given;
use crate::session::view::data_panel::button;
use language::tr;
use yew::prelude::*;

/// The card.
#[component]
pub fn OwnData(given: &Given) -> Html {
    let state = &given.state;
    let now = state.workbench.field.recording.as_ref().map(|recording| {
        let rows = recording.rows();
        tr!("Learning from “{file}”, {rows} rows.", file = recording.title(), rows = rows)
    });
    if !state.workbench.assignment.shows("own-data") {
        return html! {};
    }
    html! {
        <section class="card" aria-labelledby="file-title">
            <details open={state.workbench.field.recording.is_some()}>
                <summary id="file-title">{ tr!("Your own measurements") }</summary>
                if let Some(now) = now {
                    <p class="hint" data-testid="recording">{ now }</p>
                }
                if state.loaded.as_ref().is_some_and(|loaded| loaded.folded) {
                    <p>{ button(given, "unfold-file", tr!("Change how it was read"), FileAction::Unfold) }</p>
                }
                <p class="hint">{ tr!("A swinging thing with times, angles and, if you have them, speeds: CSV, TSV, columns of numbers, or an export of phyphox, \
                    Tracker, Vernier or PASCO. Or a film of it, in which you click what moves. Drop the file anywhere on the page, pick it, or paste it. It stays in this page.") }</p>
                <Bring ids={["file", "paste", "read-paste"]} accept=".csv,.tsv,.txt,.dat,text/*,video/*" label={tr!("Measurements to paste")} placeholder={"t,theta,omega\n0.0,1.2,0.0"} bring={given.bring()} />
            </details>
        </section>
    }
}
