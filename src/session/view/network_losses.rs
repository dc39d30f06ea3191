//! The chart of losses of networks side by side.

use crate::components::plot::{Plot, use_drawing};
use crate::drawing::loss;
use crate::drawing::palette::Palette;
use crate::session::network_run::NetworkRun;
use jobs::protocol::networks::NetworkKind;
use language::tr;
use plotters::style::RGBColor;
use yew::prelude::*;

/// How a page shows a network by its name: its colour, the class of its colour, and what a visitor reads.
#[derive(Clone, Copy)]
pub struct Shown {
    /// The colour of its line.
    pub color: fn(&Palette, &str) -> RGBColor,
    /// The class of its name in the legend.
    pub class: fn(&str) -> &'static str,
    /// What a visitor reads.
    pub label: fn(&str) -> &'static str,
}

/// Losses over steps with their legend, to be put into a figure. `total` is the number of steps of the experiment as it is set now.
#[hook]
pub fn use_losses<K: NetworkKind>(run: &NetworkRun<K>, total: u64, shown: Shown) -> Html {
    let steps = run.experiment.as_ref().map_or(total, |of| K::steps(of));
    let counts: Vec<_> = run.networks.iter().map(|network| network.losses.last().copied()).collect();
    let drawing = use_drawing((counts, steps), {
        let run = run.clone();
        move |pen| {
            let networks = run.networks.iter();
            let lines: Vec<_> = networks
                .map(|network| ((shown.color)(&pen.palette, network.name), network.losses.as_slice()))
                .collect();
            loss::draw_colored(pen, steps, &lines)
        }
    });
    let name = |name| html! { <span class={classes!("key", (shown.class)(name))}>{ (shown.label)(name) }</span> };
    html! {
        <>
            <Plot key="plot" label={tr!("Losses over the steps of training")} {drawing} />
            <figcaption class="legend">{ for run.networks.iter().map(|network| name(network.name)) }</figcaption>
        </>
    }
}
