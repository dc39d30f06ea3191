//! The three parts of the loss of a model that learns from films, over steps.

use crate::components::plot::{Plot, use_drawing};
use crate::components::select::Select;
use crate::drawing::loss;
use crate::drawing::palette::Palette;
use crate::session::view::Given;
use crate::words::number;
use language::{text, tr, translated};
use models::field::model::ModelKind;
use models::losses::Losses;
use yew::prelude::*;

/// Names of the parts, in their order, and their colours by number.
const PARTS: [(&str, u32); 3] =
    [(text!("frames come back (AE)"), 2), (text!("z_p is a rate (CC)"), 3), (text!("motion (HNN, or baseline)"), 5)];

/// The card.
#[component]
pub fn Parts(given: &Given) -> Html {
    let kinds: Vec<ModelKind> = given.state.models.keys().copied().collect();
    let chosen = use_state(|| ModelKind::Hnn);
    let kind = if kinds.contains(&chosen) { *chosen } else { kinds.first().copied().unwrap_or(ModelKind::Hnn) };
    let parts = given.state.models.get(&kind).map(|model| model.parts.clone()).unwrap_or_default();
    let steps = given.state.workbench.field.schedule.steps;
    let drawing = use_drawing((steps, parts.clone()), {
        let parts = parts.clone();
        move |pen| {
            // Only test losses are drawn.
            let of = |i: usize| {
                let value = move |(step, parts): &(u64, Vec<f64>)| {
                    parts.get(i).map(|test| (*step, Losses { train: f64::NAN, test: *test }))
                };
                parts.iter().filter_map(value).collect::<Vec<_>>()
            };
            let histories: Vec<_> =
                PARTS.iter().enumerate().map(|(i, (_, color))| (Palette::run(*color), of(i))).collect();
            let histories: Vec<_> = histories.iter().map(|(color, history)| (*color, history.as_slice())).collect();
            loss::draw_colored(pen, steps, &histories)
        }
    });
    let options: Vec<_> = kinds.iter().map(|kind| (kind.key().into(), kind.label().into())).collect();
    let choose = {
        let kinds = kinds.clone();
        Callback::from(move |number: usize| chosen.set(kinds.get(number).copied().unwrap_or(ModelKind::Hnn)))
    };
    let now = |i: usize| parts.last().and_then(|(_, parts)| parts.get(i)).map(|part| format!(" {}", number(*part)));
    html! {
        <figure class="card chart" data-testid="loss-parts" aria-labelledby="parts-title">
            <h2 id="parts-title">
                { tr!("Parts of the loss") }
                <small><Select id="parts-of" label={tr!("Whose parts are shown")} {options} chosen={kinds.iter().position(|known| *known == kind)} set={choose} /></small>
            </h2>
            <Plot key="plot" label={tr!("The three parts of the loss on held-out films over steps, on a logarithmic axis")} drawing={drawing} />
            <figcaption class="legend">
                { for PARTS.into_iter().enumerate().map(|(i, (name, color))| html! {
                    <span data-testid={format!("part-{i}")}><span class={format!("swatch run-{color}")} />{ format!(" {}{}", translated(name), now(i).unwrap_or_default()) }</span>
                }) }
            </figcaption>
        </figure>
    }
}
