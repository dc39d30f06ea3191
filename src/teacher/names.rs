//! What people call experiments and figures, which links and files call by keys.

use experiments::Workbench;
use experiments::graph::GraphExperiment;
use experiments::interaction::InteractionExperiment;
use experiments::ode::OdeExperiment;
use experiments::page::Page;
use experiments::preset::Preset;
use experiments::recurrent::RecurrentExperiment;
use experiments::relational::RelationalExperiment;
use language::{tr, translated};
use models::relational::recipe::Inference;
use std::borrow::Cow;

/// Names of experiments to begin with: what a link calls them, and what people do.
pub fn beginnings() -> Vec<(String, String)> {
    let presets =
        Preset::ALL.map(|preset| (preset.key().to_owned(), translated(preset.label()).to_owned())).into_iter();
    let pages =
        [("integrators", tr!("Integrators")), ("molecules", tr!("Molecules")), ("formula", tr!("Search for formulas"))]
            .map(|(page, name)| (page.to_owned(), name.to_owned()));
    let recipes = (GraphExperiment::names().chain(InteractionExperiment::names()).chain(RelationalExperiment::names()))
        .chain(OdeExperiment::names().chain(RecurrentExperiment::names()).map(|(name, _)| name.to_owned()))
        .filter_map(|name| {
            let workbench = Workbench::named(&name)?;
            Some((name, experiment_name(&workbench)))
        });
    presets.chain(pages).chain(recipes).collect()
}

/// What people call the experiment of the page that is open.
pub fn experiment_name(workbench: &Workbench) -> String {
    match workbench.page {
        Page::Learning | Page::Integrators => translated(workbench.field.preset.label()).to_owned(),
        Page::Graph => {
            let world = translated(workbench.graph.world.label());
            match workbench.graph.paper {
                true => tr!("Graph network: {}, recipe of the paper", world),
                false => tr!("Graph network: {}", world),
            }
        }
        Page::Interactions => tr!("Interactions: {}", workbench.interactions.domain.label()),
        Page::Hidden => {
            let coupling = translated(workbench.hidden.coupling.label());
            match workbench.hidden.inference {
                Inference::Amortised => tr!("Hidden graph: {}, by an encoder", coupling),
                Inference::Free => tr!("Hidden graph: {}", coupling),
            }
        }
        Page::Ode => {
            tr!("Graph network through an integrator: {}", recipe(workbench.ode.name(), OdeExperiment::names()))
        }
        Page::Recurrent => {
            tr!("Coarse steps: {}", recipe(workbench.recurrent.name(), RecurrentExperiment::names()))
        }
        Page::Formula => tr!("Search for formulas").to_owned(),
        Page::Molecules => tr!("Molecules").to_owned(),
    }
}

/// What people call the recipe of this name.
fn recipe(name: &str, mut all: impl Iterator<Item = (&'static str, &'static str)>) -> &'static str {
    all.find(|(known, _)| *known == name).map_or("", |(_, label)| label)
}

/// What people call a figure, as on the page on which students hand in; its name where that is not known.
pub fn figure_name(name: &str) -> Cow<'_, str> {
    Cow::Borrowed(match name {
        "ratio" => tr!("how many times larger the energy error of the baseline is"),
        "train-loss-baseline" => tr!("loss of the baseline on what it learned from"),
        "train-loss-hnn" => tr!("loss of the HNN on what it learned from"),
        "train-loss-dissipative" => tr!("loss of the HNN with friction on what it learned from"),
        "test-loss-baseline" => tr!("loss of the baseline on new data"),
        "test-loss-hnn" => tr!("loss of the HNN on new data"),
        "test-loss-dissipative" => tr!("loss of the HNN with friction on new data"),
        "energy-baseline" => tr!("energy error of the baseline"),
        "energy-hnn" => tr!("energy error of the HNN"),
        "energy-dissipative" => tr!("energy error of the HNN with friction"),
        "rollout-baseline" => tr!("path error of the baseline"),
        "rollout-hnn" => tr!("path error of the HNN"),
        "rollout-dissipative" => tr!("path error of the HNN with friction"),
        "law-error" => tr!("error of the law (the best constant has 1)"),
        "law-complexity" => tr!("complexity of the law"),
        "law-r2" => tr!("R² of the world that moves by the law"),
        "nri-edges" => tr!("part of the edges that were found"),
        "nri-graphs" => tr!("part of the graphs that were found whole"),
        "graph-test-loss-bottleneck" => tr!("loss of the network with the bottleneck on new data"),
        "graph-test-loss-other" => tr!("loss of the other network on new data"),
        "r2-plain-force-bottleneck" => tr!("R² of messages and force, network with the bottleneck"),
        "r2-plain-force-other" => tr!("R² of messages and force, other network"),
        "r2-trimmed-force-bottleneck" => {
            tr!("R² of messages and force without the tenth that fits worst, network with the bottleneck")
        }
        "r2-trimmed-force-other" => {
            tr!("R² of messages and force without the tenth that fits worst, other network")
        }
        _ => {
            return match name.strip_prefix("test-loss-") {
                Some(network) => Cow::Owned(tr!("loss of the network “{}” on new data", network)),
                None => Cow::Borrowed(name),
            };
        }
    })
}
