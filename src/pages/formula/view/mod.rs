//! The page of formulas: numbers on the left, laws on the right.

mod fit;
mod law;
mod numbers;

use crate::components::explained::explained;
use crate::components::failure::Failure;
use crate::components::press::press;
use crate::components::settings::{any, rows};
use crate::pages::formula::islands::{Phase, Rest};
use crate::pages::formula::state::{Formula, FormulaAction};
use crate::pages::formula::view::fit::Fit;
use crate::pages::formula::view::law::{Front, Law};
use crate::pages::formula::view::numbers::Numbers;
use crate::session::view::{Frame, PageGiven};
use crate::words;
use experiments::fields::{Field, Group};
use language::{fixed, tr};
use yew::prelude::*;

/// The whole page.
#[component]
pub fn View(given: &PageGiven<Formula>) -> Html {
    let workbench = &given.state.workbench;
    let with_what = |field: &Field| field.group == Group::Formula && field.key != "formula";
    html! {
        <Frame given={given.shared()} bar={html! { <SearchBar ..given.clone() /> }}>
            <main class="formula">
                <div class="column">
                    <section class="card" aria-labelledby="numbers-title">
                        <h2 id="numbers-title">{ tr!("In which numbers") }</h2>
                        <Numbers ..given.clone() />
                    </section>
                    if any(workbench, &with_what) {
                        <section class="card alphabet" aria-labelledby="alphabet-title">
                            <h2 id="alphabet-title">{ tr!("With what") }<small>{ tr!("for the next search") }</small></h2>
                            { rows(workbench, &given.shared().set(), with_what) }
                        </section>
                    }
                </div>
                <div class="column">
                    <Law ..given.clone() />
                    <Fit ..given.clone() />
                    <Front ..given.clone() />
                    <section class="card idea" aria-labelledby="how-title">
                        <h2 id="how-title">{ explained(tr!("How it is found: [symbolic regression]")) }</h2>
                        <p>{ tr!("Thousands of formulas compete. The better ones have children with small changes, the oldest die, and numbers in them are \
                            fitted. Every core keeps an island of its own, and islands exchange their best. A longer formula always fits a little \
                            better, so there is no single winner but a front: for each complexity the best law. You may pick any. The score is how steeply \
                            the error falls there: by how much its logarithm falls for each step of complexity.") }</p>
                        <p>{ tr!("What is noise, rows decide that a law has not seen: its numbers are fitted again to nine tenths of the rows, ten times, and judged \
                            by the tenth that was left out. Suggested is no law longer than the simplest one that those rows cannot tell from the best, and of \
                            these the last after a steep fall. A law has at most one fitted number for three rows; whole and half numbers are free. A law that \
                            runs to infinity between two rows is not admitted.") }</p>
                        <p>{ tr!("Complexity counts operators, names and numbers; power, exp, log and if count three. The error is the root of the mean \
                            square, as a fraction of what the best constant leaves. With messages it is the mean of |error|/(|message| + median): bodies that \
                            nearly meet have messages a hundred times as large, and a network is at its worst there.") }</p>
                    </section>
                </div>
            </main>
        </Frame>
    }
}

/// Search, Pause, Stop, and how far it is.
#[component]
fn SearchBar(given: &PageGiven<Formula>) -> Html {
    let islands = &given.state.own.islands;
    let on = |action: FormulaAction| given.tell.reform(move |_: MouseEvent| action.clone());
    let busy = islands.busy();
    let starting = words::starting(tr!("starting"), islands.fetched);
    let (key, said, may_go_on) = match islands.phase {
        Phase::Idle => ("idle", tr!("ready"), false),
        Phase::Starting => ("starting", &*starting, false),
        Phase::Searching => ("searching", tr!("searching"), false),
        Phase::Resting(Rest::Asked) => ("paused", tr!("paused"), true),
        Phase::Resting(Rest::TimeUp) => ("time-up", tr!("time is up"), true),
        Phase::Resting(Rest::Exact) => ("exact", tr!("found an exact law"), false),
        Phase::Failed => ("failed", tr!("stopped"), false),
    };
    let tally = islands.tally;
    let figures = [
        ("search-seconds", tally.seconds, tr!("{} s", fixed(tally.seconds, 0))),
        ("generation", tally.generation as f64, tr!("{n} generations" | "{n} generations" % tally.generation)),
        ("evaluations", tally.evaluations as f64, tr!("{n} evaluations" | "{n} evaluations" % tally.evaluations)),
        (
            "evaluations-per-second",
            tally.per_second,
            if tally.islands == 1 {
                tr!("{} a second on 1 core", fixed(tally.per_second, 0))
            } else {
                tr!("{} a second on all cores", fixed(tally.per_second, 0))
            },
        ),
    ];
    html! {
        <>
            <section class="bar" aria-label={tr!("noun" => "Search")}>
                { press("search", "primary", !busy, on(FormulaAction::Search), tr!("Search")) }
                { press("search-pause", "", islands.phase == Phase::Searching || may_go_on, on(FormulaAction::Pause), if may_go_on { tr!("Continue") } else { tr!("Pause") }) }
                { press("search-stop", "", islands.phase != Phase::Idle, on(FormulaAction::Stop), tr!("Stop")) }
                <span class="figure status" role="status" data-testid="search-status" data-status={key}>{ said.to_owned() }</span>
                // A list of its own: the buttons before it stay the elements they are, with the focus, when it grows.
                <>
                    { for figures.into_iter().filter(|_| tally.islands > 0).map(|(id, value, shown)| html! {
                        <span class="figure" data-testid={id} data-value={value.to_string()}>{ shown }</span>
                    }) }
                </>
            </section>
            if let Some(failure) = &islands.failure {
                <Failure id="search" sentence={failure.clone()} again={on(FormulaAction::Again)} />
            }
            if let Some(notice) = &islands.notice {
                <p class="words note" role="status" data-testid="search-notice">{ notice }</p>
            }
        </>
    }
}
