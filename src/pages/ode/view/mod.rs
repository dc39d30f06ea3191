//! The page of graph networks through an integrator: systems that move, other steps and integrators without training, figures.

mod figures;
mod moving;
mod table;
mod words;

use crate::components::sentence::sentence;
use crate::components::settings::{buttons, rows};
use crate::pages::ode::state::{OdeAction, OdePage};
use crate::pages::ode::view::figures::{Errors, Losses};
use crate::pages::ode::view::moving::Moving;
use crate::pages::ode::view::table::Grid;
use crate::pages::ode::view::words::{class, label};
use crate::session::view::network_bar::network_bar;
use crate::session::view::network_wirings::wirings;
use crate::session::view::{Frame, PageGiven};
use experiments::fields::{Field, Group};
use experiments::ode::OdeExperiment;
use language::{tr, translated};
use yew::prelude::*;

/// Settings of what is learned from; those of what is shown stand by the picture.
const LEARNED: [&str; 10] = [
    "ode-joined",
    "ode-bodies",
    "ode-trajectories",
    "ode-data-dt",
    "ode-steps",
    "ode-hidden",
    "ode-batch",
    "ode-lr",
    "ode-seed",
    "ode-start",
];
/// Those always in sight.
const VISIBLE: usize = 1;

/// The whole page.
#[component]
pub fn View(given: &PageGiven<OdePage>) -> Html {
    let ode = &given.state.workbench.ode;
    let set = given.shared().set();
    let settings = |keys: &[&str]| {
        let wanted = |field: &Field| field.group == Group::Ode && keys.contains(&field.key);
        rows(&given.state.workbench, &set, wanted)
    };
    let recipe = given.tell.reform(|name: String| {
        let known = OdeExperiment::names().find(|(known, _)| *known == name);
        OdeAction::Recipe(known.map_or("", |(name, _)| name))
    });
    let names = OdeExperiment::names().map(|(name, label)| (name, translated(label)));
    let bar = network_bar(&given.shared(), &given.state.own.run, ode.steps, &given.tell.reform(OdeAction::Run));
    html! {
        <Frame given={given.shared()} {bar}>
            <main class="graphs">
                <div class="column">
                    <section class="card" aria-labelledby="ode-settings-title">
                        <h2 id="ode-settings-title">{ tr!("What they learn from") }</h2>
                        { buttons(tr!("Recipe"), "ode-recipe", names, ode.name(), &recipe) }
                        { settings(&LEARNED[..VISIBLE]) }
                        <details>
                            <summary>{ tr!("Data, networks and training") }</summary>
                            { settings(&LEARNED[VISIBLE..]) }
                        </details>
                    </section>
                    <section class="card idea" aria-labelledby="ode-idea-title">
                        <h2 id="ode-idea-title">{ tr!("The idea") }</h2>
                        <p>{ tr!("Masses are joined by springs. Three graph networks see the same states and learn to get from one to the next, 0.1 units of time later. \
                            They differ in what they put out.") }</p>
                        <p>{ sentence(tr!("{0}: the change itself. It knows this one step of time and no other."), [html! { <span class="baseline">{ "DeltaGN" }</span> }]) }</p>
                        <p>{ sentence(tr!("{0}: velocities and forces, dq/dt and dp/dt. An integrator makes the step. Any Runge–Kutta method can, with any step that is short enough."),
                            [html! { <span class="dissipative">{ "OGN" }</span> }]) }</p>
                        <p>{ sentence(tr!("{0}: one number, the energy H. Its slopes are velocities and forces, so the learned energy is kept as well as the integrator keeps it, and total momentum exactly."),
                            [html! { <span class="hnn">{ "HOGN" }</span> }]) }</p>
                        <p class="formula-line">{ tr!("dq/dt = ∂H/∂p,  dp/dt = −∂H/∂q,  H = Σᵢ f(pᵢ, mᵢ, Σⱼ messages)") }</p>
                        <p>{ tr!("OGN and HOGN are trained through one step of RK4: the loss is that of the state after the step. Move “Time step” or press another integrator: \
                            nothing is trained again.") }</p>
                        <p>{ tr!("Sanchez-Gonzalez, Bapst, Cranmer and Battaglia, 2019, Hamiltonian graph networks with ODE integrators.") }</p>
                    </section>
                </div>
                <div class="column">
                    <Moving ..given.clone() />
                </div>
                <div class="column">
                    <Errors ..given.clone() />
                    <Grid ..given.clone() />
                    <Losses ..given.clone() />
                    { wirings(&given.state.own.run, (label, class), &[tr!("for each pair"), tr!("for each body")]) }
                </div>
            </main>
        </Frame>
    }
}
