//! Notes for those who want to know more.

use crate::components::sentence::sentence;
use crate::session::view::Given;
use crate::session::view::against::Against;
use language::{tr, written};
use yew::prelude::*;

/// Folds below the first screen.
#[component]
pub fn Notes(given: &Given) -> Html {
    let state = &given.state;
    if !state.workbench.assignment.shows("notes") {
        return html! {};
    }
    let columns: Vec<_> = state.models.keys().collect();
    let mut steps: Vec<u64> =
        state.models.values().flat_map(|model| model.losses.iter().map(|(step, _)| *step)).collect();
    steps.sort_unstable();
    steps.dedup();
    let cells = |step: u64| {
        state.models.values().flat_map(move |model| {
            let losses = model.losses.iter().find(|(at, _)| *at == step).map(|(_, losses)| *losses);
            [losses.map(|losses| losses.train), losses.map(|losses| losses.test)]
        })
    };
    html! {
        <section class="card notes" aria-label={tr!("Notes")}>
            <details>
                <summary>{ tr!("Losses as a table") }</summary>
                <div class="scroll" tabindex="0" role="region" aria-label={tr!("Losses as a table")}>
                    <table data-testid="loss-history">
                        <thead>
                            <tr>
                                <th scope="col">{ tr!("step") }</th>
                                { for columns.iter().flat_map(|kind| [tr!("{} train", kind.label()), tr!("{} test", kind.label())])
                                    .map(|name| html! { <th scope="col">{ name }</th> }) }
                            </tr>
                        </thead>
                        <tbody>
                            { for steps.iter().map(|&step| html! {
                                <tr key={step}>
                                    <td>{ step }</td>
                                    { for cells(step).map(|loss| html! { <td>{ loss.map(|loss| written(loss.to_string())).unwrap_or_default() }</td> }) }
                                </tr>
                            }) }
                        </tbody>
                    </table>
                </div>
            </details>
            <details>
                <summary>{ tr!("What is measured, and where it comes from") }</summary>
                <p>
                    { sentence(
                        tr!("Recipe: Greydanus, Dzamba and Yosinski, {0} (2019), in the scale of their code: H = q² + p² for the spring, \
                             H = 3(1 − cos q) + p² for the pendulum. Noise is added to the observed states only, so no network can bring the \
                             test loss below what the noise leaves: about 0.034 to 0.040 for the spring with its noise of 0.1. A loss far \
                             below would mean that the noise is missing."),
                        [html! { <a href="https://arxiv.org/abs/1906.01563" rel="noreferrer">{ "Hamiltonian Neural Networks" }</a> }],
                    ) }
                </p>
                <p>
                    { tr!("Energy error: truth and model run from 15 fresh starts like those of the data (spring and pendulum to t = 20; two bodies to t = 25, three to t = 3, a double pendulum to t = 10, Hénon–Heiles to t = 100; a recording: along the rows that were not learned from). At each of the \
                       times the true H of the learned state is compared with that of the true state; the mean of the squares is shown. The paper starts spring and pendulum with each coordinate between 0.2 and 1.0 in size: nine in ten \
                       such pendulums have less energy than any that was learned from, so that error, too, is shown, and compared with the paper’s. \
                       Path error: the same for the states themselves. It grows even for a good network, because a clock that runs 5 % \
                       slow is far behind after ten turns.") }
                </p>
            </details>
            <details>
                <summary>{ tr!("Your result and the paper’s") }</summary>
                <Against ..given.clone() />
            </details>
            <p><a href="slides.html">{ tr!("The slides that this follows, with their misprints corrected") }</a></p>
            <p class="hint">{ tr!("Everything happens in this page: nothing is sent anywhere, and a link holds the whole experiment.") }</p>
        </section>
    }
}
