//! The page of hidden graphs: bodies that move, the visitor's guess, edges as they are inferred, figures.

mod figures;
mod moving;
mod own;

use crate::components::settings::card;
use crate::pages::hidden::state::{HiddenAction, HiddenGraphs, SOURCE};
use crate::pages::hidden::view::figures::{Probabilities, Right, errors};
use crate::pages::hidden::view::moving::Moving;
use crate::pages::hidden::view::own::{own_motion, own_pairs};
use crate::session::view::network_bar::network_bar;
use crate::session::view::network_wirings::wirings;
use crate::session::view::{Frame, PageGiven};
use experiments::fields::Group;
use language::tr;
use yew::prelude::*;

/// Settings that are always in sight.
const VISIBLE: [&str; 4] = ["nri-system", SOURCE, "nri-mode", "nri-bodies"];

/// The whole page.
#[component]
pub fn View(given: &PageGiven<HiddenGraphs>) -> Html {
    let own = &given.state.own;
    let hidden = &given.state.workbench.hidden;
    let bar = network_bar(&given.shared(), &own.run, hidden.steps, &given.tell.reform(HiddenAction::Run));
    let has_file = own.own(hidden).is_some();
    let set = given.shared().set();
    // A file has its number of bodies, and one motion, which no encoder could learn from.
    let visible = if has_file { &VISIBLE[..2] } else { &VISIBLE[..] };
    let settings = card(
        ("nri-settings-title", html! { { tr!("What it has to find") } }, tr!("Training")),
        (&given.state.workbench, &set),
        Group::Hidden,
        visible,
    );
    html! {
        <Frame given={given.shared()} {bar}>
            <main class="graphs">
                <div class="column">
                    { settings }
                    { own_motion(given) }
                    <section class="card idea" aria-labelledby="nri-idea-title">
                        <h2 id="nri-idea-title">{ tr!("The idea") }</h2>
                        <p>{ tr!("Some of these bodies act on one another and some do not. Nobody says which. The network only has to predict the next moment.") }</p>
                        <p>{ tr!("It predicts by messages between pairs, and every pair has a switch: a probability p that anything passes. At first all are at ½. A wrong switch makes the \
                            prediction worse, so learning to predict turns the switches to where they belong.") }</p>
                        <p>{ tr!("“Free”: every motion has switches of its own. This explains the motions it is given, and no others. “By an encoder”: a network reads a motion and \
                            sets the switches; it is judged on motions it has never seen.") }</p>
                        <p>{ tr!("Kipf, Fetaya and others, 2018, neural relational inference. Theirs learned from 50,000 motions, 500 times over.") }</p>
                    </section>
                </div>
                <div class="column">
                    <Moving ..given.clone() />
                    <Probabilities ..given.clone() />
                </div>
                <div class="column">
                    if has_file {
                        { own_pairs(&given.state) }
                    } else {
                        <Right ..given.clone() />
                    }
                    { errors(&given.state) }
                    { wirings(&own.run, (|_| tr!("network"), |_| "hnn"), &[tr!("for each pair"), tr!("for each body")]) }
                </div>
            </main>
        </Frame>
    }
}
