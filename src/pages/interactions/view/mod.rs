//! The page of interaction networks: scenes that move, networks beside the truth, errors by number of bodies.

mod figures;
mod moving;

use crate::components::settings::card;
use crate::pages::interactions::state::{InteractionNetworks, InteractionsAction};
use crate::pages::interactions::view::figures::{Energy, Errors, Losses};
use crate::pages::interactions::view::moving::Moving;
use crate::session::view::network_bar::network_bar;
use crate::session::view::network_wirings::wirings;
use crate::session::view::{Frame, PageGiven};
use experiments::fields::Group;
use language::tr;
use yew::prelude::*;

/// Settings that are always in sight.
const VISIBLE: [&str; 3] = ["in-domain", "in-train", "in-bodies"];

/// What a visitor reads of a network.
pub fn label(name: &str) -> &'static str {
    match name {
        "in" => tr!("interaction network"),
        "no_relations" => tr!("without relations"),
        "mlp" => tr!("perceptron of all bodies"),
        "energy" => tr!("interaction network of the energy"),
        _ => tr!("constant velocity"),
    }
}

/// The class of its numbers.
pub fn class(name: &str) -> &'static str {
    match name {
        "in" => "hnn",
        "mlp" => "baseline",
        "no_relations" => "dissipative",
        _ => "",
    }
}

/// The whole page.
#[component]
pub fn View(given: &PageGiven<InteractionNetworks>) -> Html {
    let own = &given.state.own;
    let interactions = &given.state.workbench.interactions;
    let set = given.shared().set();
    let settings = card(
        ("in-settings-title", html! { { tr!("What it learns from") } }, tr!("Networks and training")),
        (&given.state.workbench, &set),
        Group::Interactions,
        &VISIBLE,
    );
    let bar = network_bar(&given.shared(), &own.run, interactions.steps, &given.tell.reform(InteractionsAction::Run));
    html! {
        <Frame given={given.shared()} {bar}>
            <main class="graphs">
                <div class="column">
                    { settings }
                    <section class="card idea" aria-labelledby="in-idea-title">
                        <h2 id="in-idea-title">{ tr!("The idea") }</h2>
                        <p>{ tr!("Where will every body be a moment later? An interaction network first asks about pairs: what does this one do to that one? A small network \
                            answers with a few numbers, the effect. Every body adds up its effects, and a second small network turns the sum into a new velocity.") }</p>
                        <p>{ tr!("Both are the same for all pairs and all bodies. So a network that was trained on a few bodies can be asked about any number: move “Bodies shown”. \
                            Nothing is trained again.") }</p>
                        <p class="formula-line">{ "Δvᵢ = f" }<sub>{ "O" }</sub>{ "(vᵢ, mᵢ, Σⱼ f" }<sub>{ "R" }</sub>{ "(xⱼ − xᵢ, vⱼ − vᵢ, mᵢ, mⱼ))" }</p>
                        <p>{ tr!("Battaglia and others, 2016. Theirs were three times as wide, with four layers, and learned from a million moments.") }</p>
                    </section>
                </div>
                <div class="column">
                    <Moving ..given.clone() />
                </div>
                <div class="column">
                    <Errors ..given.clone() />
                    <Losses ..given.clone() />
                    { wirings(&given.state.own.run, (label, class), &[tr!("for each pair"), tr!("for each body"), tr!("energy")]) }
                    <Energy ..given.clone() />
                </div>
            </main>
        </Frame>
    }
}
