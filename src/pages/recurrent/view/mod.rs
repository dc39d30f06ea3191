//! The page of networks at a coarse step: a chain or three bodies, networks beside truth and true H, refined steps, noisy starts.

mod figures;
mod moving;
mod words;

use crate::components::sentence::sentence;
use crate::components::settings::{buttons, rows};
use crate::pages::recurrent::state::{RecurrentAction, RecurrentPage};
use crate::pages::recurrent::view::figures::{Errors, Losses, Noisy, Refined};
use crate::pages::recurrent::view::moving::Moving;
use crate::pages::recurrent::view::words::{class, label};
use crate::session::view::network_bar::network_bar;
use crate::session::view::network_wirings::wirings;
use crate::session::view::{Frame, PageGiven};
use experiments::fields::{Field, Group};
use experiments::recurrent::RecurrentExperiment;
use language::{tr, translated};
use yew::prelude::*;

/// Settings that are always in sight, and those that stand by the picture.
const VISIBLE: [&str; 3] = ["srnn-world", "srnn-noise", "srnn-unroll"];
const BESIDE: [&str; 3] = ["srnn-start", "srnn-refine", "srnn-from"];

/// The whole page.
#[component]
pub fn View(given: &PageGiven<RecurrentPage>) -> Html {
    let recurrent = &given.state.workbench.recurrent;
    let set = given.shared().set();
    let settings = |visible: bool| {
        let wanted = |field: &Field| {
            field.group == Group::Recurrent && !BESIDE.contains(&field.key) && VISIBLE.contains(&field.key) == visible
        };
        rows(&given.state.workbench, &set, wanted)
    };
    let recipe = given.tell.reform(|name: String| {
        let known = RecurrentExperiment::names().find(|(known, _)| *known == name);
        RecurrentAction::Recipe(known.map_or("", |(name, _)| name))
    });
    let names = RecurrentExperiment::names().map(|(name, label)| (name, translated(label)));
    let tell = given.tell.reform(RecurrentAction::Run);
    let bar = network_bar(&given.shared(), &given.state.own.run, recurrent.steps, &tell);
    html! {
        <Frame given={given.shared()} {bar}>
            <main class="graphs">
                <div class="column">
                    <section class="card" aria-labelledby="srnn-settings-title">
                        <h2 id="srnn-settings-title">{ tr!("What they learn from") }</h2>
                        { buttons(tr!("Recipe"), "srnn-recipe", names, recurrent.name(), &recipe) }
                        { settings(true) }
                        <details>
                            <summary>{ tr!("Data, networks and training") }</summary>
                            { settings(false) }
                        </details>
                    </section>
                    <section class="card idea" aria-labelledby="srnn-idea-title">
                        <h2 id="srnn-idea-title">{ tr!("The idea") }</h2>
                        <p>{ tr!("Somebody has looked at a motion only now and then. The fastest swing gets four looks or so. With a step of time this coarse, even the true equations go \
                            wrong: the integrator errs.") }</p>
                        <p>{ tr!("So learn the energy that makes the coarse steps right. Two small networks are K(p) and V(q), H = K(p) + V(q), and leapfrog makes the step, in training as \
                            in the test. Leapfrog is symplectic: as long as it is stable, energy swings but does not leak away.") }</p>
                        <p class="formula-line">{ "p½ = p − ½ dt V′(q),  q′ = q + dt K′(p½),  p′ = p½ − ½ dt V′(q′)" }</p>
                        <p>{ sentence(tr!("Trained on one step at a time it is “single-step”. The {0} is trained through several steps in a row. That is a recurrent network \
                            whose cell is a leapfrog step."), [html! { <span class="hnn">{ "SRNN" }</span> }]) }</p>
                        <p>{ tr!("Chen, Zhang, Arjovsky and Bottou, 2019, symplectic recurrent neural networks.") }</p>
                    </section>
                </div>
                <div class="column">
                    <Moving ..given.clone() />
                </div>
                <div class="column">
                    <Errors ..given.clone() />
                    <Refined ..given.clone() />
                    <Noisy ..given.clone() />
                    <Losses ..given.clone() />
                    { wirings(&given.state.own.run, (label, class), &["K(p)", "V(q)"]) }
                </div>
            </main>
        </Frame>
    }
}
