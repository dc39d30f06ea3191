//! From what a link asks for to the nearest experiment that fits a tab.

use crate::fields::LARGEST_BATCH;
use crate::graph::GraphExperiment;
use crate::limits::Part;
use crate::remarks::Remarks;
use crate::{FieldExperiment, Workbench, limits};
use language::tr;
use std::fmt;

/// The smallest start may not be beyond the largest: it gives way, once everything has been read.
pub(crate) fn order_radii(experiment: &mut FieldExperiment, remarks: &mut Remarks) {
    let data = &mut experiment.data;
    if data.radius_min > data.radius_max {
        let (min, max) = (data.radius_min, data.radius_max);
        remarks.add(
            tr!("radius-min={min} became {max}: it may not be above radius-max.", min = min, max = max),
            tr!("radius-min={min} is above radius-max={max}.", min = min, max = max),
        );
        data.radius_min = data.radius_max;
    }
}

/// Shrinks what would not fit a tab, of every kind of experiment.
pub(crate) fn make_fit(workbench: &mut Workbench, remarks: &mut Remarks) {
    fit_bodies(&mut workbench.graph, remarks);
    fit_simulation(&mut workbench.field, remarks);
    fit_training(&mut workbench.field, remarks);
    fit_graph(workbench, remarks);
    fit_related(workbench, remarks);
    fit_ode(workbench, remarks);
    fit_recurrent(workbench, remarks);
}

/// A setting as it became, and as it was.
fn changed<T: fmt::Display>(key: &str, now: T, before: T) -> String {
    tr!("{setting} (from {before})", setting = format!("{key}={now}"), before = before)
}

/// Remarks on what the link asks for, and what became of it.
fn it_became(remarks: &mut Remarks, asks: String, became: &[String]) {
    remarks.add(tr!("{asks} It became {became}.", asks = asks, became = became.join(", ")), asks);
}

/// The same of several networks.
fn they_became(remarks: &mut Remarks, asks: String, became: &[String]) {
    remarks.add(tr!("{asks} They became {became}.", asks = asks, became = became.join(", ")), asks);
}

/// Shrinks a simulation of data that would take too long: first the number of motions, then their length.
fn fit_simulation(experiment: &mut FieldExperiment, remarks: &mut Remarks) {
    let Err(too_large) = limits::check_simulation(experiment) else {
        return;
    };
    let (trajectories, span) = (experiment.data.trajectories, experiment.data.span);
    while limits::check_simulation(experiment).is_err() {
        let data = &mut experiment.data;
        if data.trajectories > 50 {
            data.trajectories = (data.trajectories / 2).max(50);
        } else {
            data.span /= 2.0;
        }
    }
    let data = &experiment.data;
    let became = [changed("trajectories", data.trajectories, trajectories), changed("span", data.span, span)];
    it_became(remarks, tr!("The link asks for {need}.", need = too_large), &became);
}

/// Shrinks graph networks that would train too long: first the steps, then the width.
fn fit_graph(workbench: &mut Workbench, remarks: &mut Remarks) {
    let Err(too_large) = limits::check_part(Part::Graph, workbench) else {
        return;
    };
    let (steps, hidden) = (workbench.graph.steps, workbench.graph.hidden);
    while limits::check_part(Part::Graph, workbench).is_err() {
        let graph = &mut workbench.graph;
        if graph.steps > 1000 {
            graph.steps = (graph.steps / 2).max(1000);
        } else if graph.hidden > 4 {
            graph.hidden = (graph.hidden / 2).max(4);
        } else {
            *graph = GraphExperiment::of(graph.world, false);
        }
    }
    let graph = &workbench.graph;
    let became = [changed("graph-steps", graph.steps, steps), changed("graph-hidden", graph.hidden, hidden)];
    they_became(remarks, tr!("The graph networks of this link would need {need}.", need = too_large), &became);
}

/// Shortens interaction networks and inferred graphs that would take too long; no scene has more bodies than it may.
fn fit_related(workbench: &mut Workbench, remarks: &mut Remarks) {
    let shorten = |part: Part, key: &str, steps: fn(&mut Workbench) -> &mut u64, workbench: &mut Workbench| {
        let asked = *steps(workbench);
        let too_large = limits::check_part(part, workbench).err();
        while limits::check_part(part, workbench).is_err() && *steps(workbench) > 1 {
            *steps(workbench) /= 2;
        }
        let left = *steps(workbench);
        let asked = format!("{key}={asked}");
        too_large.map(|need| (tr!("{asked} would need {need}.", asked = asked, need = need), left))
    };
    let interactions = shorten(Part::Interactions, "in-steps", |e| &mut e.interactions.steps, workbench);
    let hidden = shorten(Part::Hidden, "nri-steps", |e| &mut e.hidden.steps, workbench);
    interactions.into_iter().chain(hidden).for_each(|(asks, left)| it_became(remarks, asks, &[left.to_string()]));
    let (most, shown) = (workbench.interactions.domain.most_bodies(), &mut workbench.interactions.view.bodies);
    if *shown > most {
        remarks.add(
            tr!(
                "in-bodies={asked} became {most}: this domain has at most that many bodies.",
                asked = shown,
                most = most
            ),
            tr!("in-bodies={asked} is too many: this domain has at most {most} bodies.", asked = shown, most = most),
        );
        *shown = most;
    }
}

/// No world has more bodies than it may, or than have room for their motions.
fn fit_bodies(graph: &mut GraphExperiment, remarks: &mut Remarks) {
    let most = graph.world.most_bodies();
    for (key, count) in [("bodies", &mut graph.bodies), ("shown", &mut graph.view.bodies)] {
        if *count > most {
            let asked = format!("{key}={count}");
            remarks.add(
                tr!("{asked} became {most}: this world has at most that many bodies.", asked = asked, most = most),
                tr!("{asked} is too many: this world has at most {most} bodies.", asked = asked, most = most),
            );
            *count = most;
        }
    }
    let asked = graph.bodies;
    while graph.bodies > 2 && graph.recipe().check().is_err() {
        graph.bodies -= 1;
    }
    if graph.bodies < asked {
        let most = graph.bodies;
        remarks.add(
            tr!("bodies={asked} became {most}: motions of more would not fit a tab.", asked = asked, most = most),
            tr!(
                "bodies={asked} is too many, at most {most}: motions of more would not fit a tab.",
                asked = asked,
                most = most
            ),
        );
    }
}

/// Shrinks a training that is too large or too long: first the batch, then the steps, then the width.
fn fit_training(experiment: &mut FieldExperiment, remarks: &mut Remarks) {
    let Err(too_large) = limits::check_training(experiment) else {
        return;
    };
    let (steps, batch, hidden) = (experiment.schedule.steps, experiment.batch_size(), experiment.network.hidden);
    while limits::check_training(experiment).is_err() {
        let estimate = limits::Estimate::of(experiment);
        let memory = estimate.bytes > limits::MAX_BYTES;
        if memory && experiment.data.trajectories > 50 {
            experiment.data.trajectories = (experiment.data.trajectories / 2).max(50);
        } else if !memory && experiment.batch_size() > 1000 {
            experiment.schedule.batch = (experiment.batch_size() / 2).clamp(1000, LARGEST_BATCH);
        } else if !memory && experiment.schedule.steps > 1000 {
            experiment.schedule.steps = (experiment.schedule.steps / 2).max(1000);
        } else if experiment.film_recipe().is_some() && experiment.network.autoencoder > 4 {
            experiment.network.autoencoder /= 2;
        } else if experiment.network.hidden > 1 {
            experiment.network.hidden /= 2;
        } else {
            experiment.data = experiment.preset.experiment().data;
        }
    }
    let became = [
        changed("steps", experiment.schedule.steps, steps),
        tr!("batch of {size} (from {before})", size = experiment.batch_size(), before = batch),
        changed("hidden", experiment.network.hidden, hidden),
        format!("trajectories={}", experiment.data.trajectories),
    ];
    it_became(remarks, tr!("The link asks for {need}.", need = too_large), &became);
}

/// Shrinks graph networks through an integrator that would train too long: first the steps, then the width, then all.
fn fit_ode(workbench: &mut Workbench, remarks: &mut Remarks) {
    let Err(too_large) = limits::check_part(Part::Ode, workbench) else {
        return;
    };
    let (steps, hidden) = (workbench.ode.steps, workbench.ode.hidden);
    while limits::check_part(Part::Ode, workbench).is_err() {
        let ode = &mut workbench.ode;
        if ode.steps > 1000 {
            ode.steps = (ode.steps / 2).max(1000);
        } else if ode.hidden > 4 {
            ode.hidden = (ode.hidden / 2).max(4);
        } else {
            *ode = ode.turned_to(ode.joined);
        }
    }
    let ode = &workbench.ode;
    let became = [changed("ode-steps", ode.steps, steps), changed("ode-hidden", ode.hidden, hidden)];
    they_became(remarks, tr!("The networks through an integrator would need {need}.", need = too_large), &became);
}

/// Trajectories are longer than the steps in the loss by the recipe; shrinks networks at a coarse step that would train too long.
fn fit_recurrent(workbench: &mut Workbench, remarks: &mut Remarks) {
    let most = workbench.recurrent.recipe().length;
    if workbench.recurrent.unroll > most {
        let asked = workbench.recurrent.unroll;
        remarks.add(
            tr!("srnn-unroll={asked} became {most}: a trajectory has so many steps.", asked = asked, most = most),
            tr!("srnn-unroll={asked} is too many: a trajectory has {most} steps.", asked = asked, most = most),
        );
        workbench.recurrent.unroll = most;
    }
    let Err(too_large) = limits::check_part(Part::Recurrent, workbench) else {
        return;
    };
    let (steps, hidden) = (workbench.recurrent.steps, workbench.recurrent.hidden);
    while limits::check_part(Part::Recurrent, workbench).is_err() {
        let recurrent = &mut workbench.recurrent;
        if recurrent.steps > 1000 {
            recurrent.steps = (recurrent.steps / 2).max(1000);
        } else if recurrent.hidden > 4 {
            recurrent.hidden = (recurrent.hidden / 2).max(4);
        } else {
            *recurrent = recurrent.turned_to(recurrent.world);
        }
    }
    let recurrent = &workbench.recurrent;
    let became = [changed("srnn-steps", recurrent.steps, steps), changed("srnn-hidden", recurrent.hidden, hidden)];
    they_became(remarks, tr!("The networks at a coarse step would need {need}.", need = too_large), &became);
}
