//! Less data, more bias: the same networks trained on fewer and on more trajectories.

use crate::components::plot::{Plot, use_drawing};
use crate::pages::learning::draw::less_data;
use crate::session::action::Action;
use crate::session::series::{RUNS, SIZES};
use crate::session::view::Given;
use crate::words::number;
use language::{fixed, tr};
use yew::prelude::*;

/// The card, with the button that trains them.
#[component]
pub fn LessData(given: &Given) -> Html {
    let sizes = given.state.sizes.clone();
    let done = sizes.as_ref().map_or(&[][..], |sizes| &sizes.done).to_vec();
    let drawing = use_drawing(done.clone(), {
        let done = done.clone();
        move |pen| less_data::draw(pen, &done)
    });
    let running = sizes.as_ref().is_some_and(|sizes| sizes.is_running());
    let press = given.act.reform(move |_: MouseEvent| if running { Action::StopSizes } else { Action::RunSizes });
    let said = match sizes.as_deref() {
        None => tr!(
            "Trains everything anew with {} trajectories, half of them or fewer for testing.",
            SIZES.map(|size| size.to_string()).join(", ")
        ),
        Some(sizes) => match (&sizes.failure, &sizes.late) {
            (Some(why), _) => tr!("It ended early: {why}", why = why),
            (None, Some(late)) if running => late.clone(),
            _ if running => tr!("{percent} % of all.", percent = fixed(100.0 * sizes.progress(), 0)),
            _ => tr!("All sizes are done.").to_owned(),
        },
    };
    let kinds: Vec<_> = given.state.models.keys().copied().collect();
    html! {
        <figure class="card chart idea" data-testid="less-data" aria-labelledby="less-data-title">
            <h2 id="less-data-title">{ tr!("Less data") }<small>{ tr!("energy error against trajectories learned from; log scales") }</small></h2>
            <p>{ tr!("No predictions without assumptions, no generalization without inductive bias (Max Welling). The HNN assumes that there is an H. What is that worth in data?") }</p>
            <p>
                <button data-testid="run-sizes" onclick={press}>{ if running { tr!("Stop").to_owned() } else { tr!("Train with {} amounts of data", RUNS) } }</button>{ " " }
                <span data-testid="sizes" role="status" data-value={done.len().to_string()}>{ said }</span>
            </p>
            if !done.is_empty() {
                <Plot key="plot" label={tr!("Energy error of each network against the number of trajectories that it learned from; the table has the numbers")} drawing={drawing} />
                <div class="scroll" tabindex="0" role="region" aria-label={tr!("Errors by amount of data")}>
                    <table>
                        <thead><tr>
                            <th scope="col">{ tr!("trajectories") }</th>
                            { for kinds.iter().map(|kind| html! { <th scope="col" class={kind.key()}>{ tr!("{model}: energy, path", model = kind.label()) }</th> }) }
                        </tr></thead>
                        <tbody>
                            { for done.iter().map(|(size, outcomes)| html! {
                                <tr key={*size}>
                                    <th scope="row">{ size }</th>
                                    { for kinds.iter().map(|kind| {
                                        let inside = outcomes.get(kind).and_then(|outcome| outcome.energy_inside.zip(outcome.path_inside));
                                        html! { <td class={kind.key()}>{ inside.map_or("—".to_owned(), |(energy, path)| format!("{}, {}", number(energy), number(path))) }</td> }
                                    }) }
                                </tr>
                            }) }
                        </tbody>
                    </table>
                </div>
                <p class="hint">{ tr!("Mean squares over fresh motions from starts like those of the data, one seed. Everything else is as it is set above: steps, width, noise.") }</p>
            }
        </figure>
    }
}
