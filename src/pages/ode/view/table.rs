//! The table of steps of time and integrators.

use crate::components::cell::cell;
use crate::components::settings::buttons;
use crate::pages::ode::draw::GHOST;
use crate::pages::ode::state::{OdeAction, OdePage};
use crate::pages::ode::view::words::{MOVERS, class, label};
use crate::session::action::Action;
use crate::session::view::PageGiven;
use crate::words;
use language::{tr, translated};
use models::ode::score::{Cell, FACTORS};
use models::ode::stepping::Stepping;
use yew::prelude::*;

/// Errors or drifts for every step of time and every integrator that is open to a network.
#[component]
pub fn Grid(given: &PageGiven<OdePage>) -> Html {
    let (own, experiment) = (&given.state.own, &given.state.workbench.ode);
    let cells = |name: &str| -> Vec<Cell> {
        let figures = if name == GHOST { own.any_figures(experiment) } else { own.figures(experiment, name) };
        figures.map(|figures| if name == GHOST { figures.true_grid } else { figures.grid }).unwrap_or_default()
    };
    let all: Vec<(&'static str, Vec<Cell>)> = MOVERS.iter().map(|name| (*name, cells(name))).collect();
    let (wanted, trained) = (experiment.view.table, !own.run.networks.is_empty());
    let filled = all.iter().any(|(_, cells)| !cells.is_empty());
    let fill =
        given.act.reform(move |_: MouseEvent| Action::Set("ode-table", if wanted { "no" } else { "yes" }.to_owned()));
    let choose = given.tell.reform(|key: String| OdeAction::Energies(key == "drift"));
    let of = |cell: &Cell| if own.energies { cell.errors.drift } else { cell.errors.rmse };
    let row = |name: &'static str, stepping: Stepping, cells: &[Cell]| {
        let values = cells.iter().filter(|cell| cell.stepping == stepping);
        html! {
            <tr>
                <th scope="row" class={class(name)}>{ format!("{}, {}", label(name), translated(stepping.label())) }</th>
                { for values.map(|value| cell(format!("ode-cell-{name}-{}-{:.3}", stepping.key(), value.dt), "", Some(of(value)), words::number)) }
            </tr>
        }
    };
    let steppings = |cells: &[Cell]| -> Vec<Stepping> {
        let mut found = vec![];
        for cell in cells.iter().filter(|cell| (cell.dt - cells[0].dt).abs() < 1e-12) {
            found.push(cell.stepping);
        }
        found
    };
    html! {
        <section class="card results" aria-labelledby="ode-grid-title">
            <h2 id="ode-grid-title">
                { tr!("Every step and every integrator") }
                <small><button class="small" data-testid="ode-fill" aria-pressed={wanted.to_string()} onclick={fill}>{ if wanted { tr!("leave out") } else { tr!("fill in") } }</button></small>
            </h2>
            { buttons(tr!("Shown"), "ode-of", [("rmse", tr!("errors")), ("drift", tr!("drift of energy"))], if own.energies { "drift" } else { "rmse" }, &choose) }
            if filled && wanted {
                <div class="scroll" tabindex="0" role="region" aria-label={tr!("Errors by step of time and integrator")}>
                    <table data-testid="ode-grid">
                        <thead>
                            <tr><td>{ tr!("step of time") }</td>{ for FACTORS.iter().map(|factor| html! { <th scope="col">{ words::number(factor * experiment.dt) }</th> }) }</tr>
                        </thead>
                        <tbody>
                            { for all.iter().flat_map(|(name, cells)| steppings(cells).into_iter().map(|stepping| row(name, stepping, cells)).collect::<Vec<_>>()) }
                        </tbody>
                    </table>
                </div>
                <p class="hint">{ tr!("T = 10, medians of three systems. Nothing was trained again. RK1 is no test of a network: by it the true H fails as well.") }</p>
            } else {
                <p class="hint" data-testid="ode-grid-waits">{ match (wanted, trained) {
                    (_, false) => tr!("After training: errors of each network for steps from a fifth to twice that of training, by each integrator that is open to it, beside the true H."),
                    (true, true) => tr!("The table is on its way. It takes some seconds, after the last step."),
                    (false, true) => tr!("Press “fill in”: each network with every step and integrator that is open to it, beside the true H. It takes some seconds."),
                } }</p>
            }
        </section>
    }
}
