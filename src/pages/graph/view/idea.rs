//! The idea of a graph network, its three functions as formulas, and why a short message has to be the force.

use crate::components::cell::exact;
use crate::components::formula::written;
use crate::components::sentence::sentence;
use crate::components::settings::choice;
use crate::pages::graph::state::Graphs;
use crate::pages::graph::view::force;
use crate::session::view::PageGiven;
use experiments::fields::Field;
use language::{fixed, tr};
use models::graph::recipe::Pooling;
use yew::prelude::*;

/// The card of the idea.
pub fn idea(given: &PageGiven<Graphs>) -> Html {
    let pooling = given.state.workbench.graph.pooling;
    let chosen = Field::named("pooling")
        .map(|field| choice(field, &given.state.workbench, &given.shared().set(), "pooling-here".into()));
    html! {
        <section class="card idea" aria-labelledby="graph-idea-title">
            <h2 id="graph-idea-title">{ tr!("The idea") }</h2>
            <p>{ tr!("A graph network is two small networks. One makes a message for every ordered pair of bodies; every body pools what it receives; \
                the other turns that into an acceleration. Nobody says “force”.") }</p>
            <p>{ sentence(tr!("Message along edge k: {0}, of receiver r and sender s."), [written("e′_k = φ^e(v_r, v_s, e_k)")]) }</p>
            <p>
                <label>{ sentence(tr!("Pooling: {0}, where ρ is {1}"), [written("ē_i = ρ( { e′_k : r_k = i } )"), chosen.unwrap_or_default()]) }</label>
            </p>
            <p>{ sentence(tr!("Body i: {0}."), [written("a_i = φ^v(ē_i, v_i)")]) }</p>
            <p data-testid="pooling-breaks">{ breaks(pooling) }</p>
            { argument(given) }
            <p>{ tr!("With 100 numbers the force may be spread out over several of them. How far depends on the world and on how they start: by the \
                quick recipes their leading numbers agree with the force to R² 0.35 for springs and, without the tenth of the edges that fits \
                worst, to 0.95 for 1/r and 0.7 for 1/r² (medians of seeds 0 to 2). With a large initial gain, a setting, it is 0.76 for 1/r and 0.5 for 1/r².") }</p>
        </section>
    }
}

/// What a pooling cannot do.
fn breaks(pooling: Pooling) -> &'static str {
    match pooling {
        Pooling::Sum => tr!(
            "Any ρ that does not depend on the order of the bodies would do. Forces add, so a sum carries over to more bodies. Choose another for the next training, \
             then “measure now” below, and see what it breaks."
        ),
        Pooling::Mean => tr!(
            "A mean forgets how many bodies pull. Trained on four, the second network multiplies by three; asked about eight it says 3/7 of the force, an error of \
             4/7. “Measure now” below shows it."
        ),
        Pooling::Max => tr!(
            "A maximum keeps one sender for each number and forgets all others: the sum of several forces cannot be made of it. “Measure now” below shows how much \
             is lost, on as many bodies as it was trained on too."
        ),
    }
}

/// Why a message of D numbers is the force up to a linear map, and how well that holds now.
fn argument(given: &PageGiven<Graphs>) -> Html {
    let report = given.state.own.networks.first().and_then(|network| network.messages.as_deref());
    let held = report.map(|report| (report.trimmed.with(report.truth), force(report.truth)));
    html! {
        <>
            <p>
                { sentence(
                    tr!("Why a message of D numbers has to be the force. If all accelerations are right, then for every body and any senders {0}. \
                        So φᵛ turns a sum of messages into the sum of what it makes of each: it is additive, and an additive continuous function is linear. With no more numbers \
                        than a force has it cannot throw any away, so the linear map can be undone: {1}. The constant b is possible because all worlds of the training have \
                        equally many bodies. F or F/m of the receiver, since φᵛ may divide by m or not. (An argument, not a proof: networks are right only where they saw data.)"),
                    [written("φ^v( ∑_k e′_k ) = 1/m ∑_k F_k"), written("e′_k = A F_k + b")],
                ) }
            </p>
            <p data-testid="linear-now" data-value={exact(held.map(|(r_squared, _)| r_squared))}>
                { match held {
                    Some((r_squared, force)) => tr!(
                        "Now, in the first network: the best linear map from {force} to its messages has R² = {fit} (without the tenth of the edges that fits worst).",
                        force = force,
                        fit = fixed(r_squared, 3)
                    ),
                    None => tr!("Train, and how well a linear map fits stands here.").to_owned(),
                } }
            </p>
        </>
    }
}
