//! Networks drawn neuron by neuron, their weights as colours, as they are now.

use crate::components::beside::beside;
use crate::components::plot::{Plot, use_drawing};
use crate::components::pointer::use_pointer;
use crate::drawing::frame::label;
use crate::drawing::wiring::{draw, under};
use jobs::protocol::wiring::{MOST_DRAWN, Wiring};
use language::tr;
use std::rc::Rc;
use yew::prelude::*;

/// What is drawn.
#[derive(PartialEq, Properties)]
pub struct WiringsGiven {
    /// Models with their names, the class of those, and their weights once there are some.
    pub models: Vec<(String, &'static str, Option<Rc<Wiring>>)>,
    /// The names of a model's networks, in order, where it has several.
    #[prop_or_default]
    pub parts: Vec<&'static str>,
}

/// The card. Nothing is drawn before a visitor wants to see it.
#[component]
pub fn Wirings(given: &WiringsGiven) -> Html {
    let open = use_state(|| false);
    let (shown, toggle) = (*open, Callback::from(move |_: MouseEvent| open.set(!*open)));
    let there: Vec<_> =
        given.models.iter().filter_map(|(name, class, wiring)| Some((name, *class, wiring.clone()?))).collect();
    if there.is_empty() {
        return html! {};
    }
    html! {
        <figure class="card chart wiring" aria-labelledby="wiring-title">
            <h2 id="wiring-title">
                { tr!("Inside the networks") }
                <small><button class="small" data-testid="wiring" aria-expanded={shown.to_string()} onclick={toggle}>{ if shown { tr!("Hide") } else { tr!("Show") } }</button></small>
            </h2>
            if shown {
                { for there.into_iter().map(|(name, class, wiring)| html! {
                    <Drawing key={name.as_str()} name={name.clone()} {class} {wiring} parts={given.parts.clone()} />
                }) }
                <p class="hint">
                    { tr!("A dot is a neuron, with inputs on the left and outputs on the right; the number below counts the layer. A line is a weight: blue adds, orange takes away, and the \
                        stronger the thicker. A layer of more neurons than {most} has one dot for each group of neighbours. It changes while the network learns.", most = MOST_DRAWN) }
                </p>
            }
        </figure>
    }
}

#[derive(PartialEq, Properties)]
struct DrawingGiven {
    name: String,
    class: &'static str,
    wiring: Rc<Wiring>,
    parts: Vec<&'static str>,
}

#[component]
fn Drawing(given: &DrawingGiven) -> Html {
    let (wiring, parts) = (given.wiring.clone(), given.parts.clone());
    let several = wiring.0.len() > 1;
    let drawing = use_drawing(wiring.clone(), {
        let wiring = wiring.clone();
        move |pen| draw(pen, &wiring, if several { &parts } else { &[] })
    });
    let (pointed, onmousemove, onmouseleave) = use_pointer();
    let said = pointed.and_then(|((across, _), (width, _))| {
        let (network, layer) = under(&wiring, width, across)?;
        let joint = wiring.0.get(network)?.get(layer)?;
        Some(tr!(
            "{from} → {to}: {count} weights, the strongest {strongest}",
            from = joint.from,
            to = joint.to,
            count = joint.from * joint.to,
            strongest = label((f64::from(joint.strongest) * 1e3).round() / 1e3)
        ))
    });
    let sizes: Vec<String> =
        wiring.sizes().map(|sizes| sizes.iter().map(usize::to_string).collect::<Vec<_>>().join(" → ")).collect();
    html! {
        <>
            <h3 class={given.class}>{ &given.name }{ beside(said, sizes.join(", ")) }</h3>
            <Plot key="plot" label={tr!("Neurons and weights of the network, layer by layer")} drawing={drawing} onmousemove={onmousemove} onmouseleave={onmouseleave} />
        </>
    }
}
