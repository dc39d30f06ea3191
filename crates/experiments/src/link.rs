//! An experiment as a URL fragment, and back: readable, versioned, only what differs from the preset.
//!
//! Reading is total: any text at all opens a valid experiment that fits a tab, with a [`Remark`] for each thing that was
//! changed. Nothing here fetches, starts or remembers anything.

use crate::fields::{FIELDS, Field, LARGEST_BATCH, Outcome, allowed_presets};
use crate::graph_view::GraphView;
use crate::limits::Part;
use crate::preset::Preset;
use crate::view::ViewConfig;
use crate::{Experiment, limits, placed};
use data::travel;
use std::fmt;
use std::sync::Arc;

/// The version that links are written in.
pub const VERSION: &str = "1";
/// The longest fragment that is read: one with a small recording has up to five thousand characters, others under a thousand.
const MAX_LENGTH: usize = 8192;
/// The key of a recording that travels in a link.
const RECORDING: &str = "recording";
/// The key of a law that moves the world of the graph networks.
const LAW: &str = "law";
/// The key of bodies that the visitor put where they are.
const PLACED: &str = "placed";
/// The longest law.
const MAX_LAW: usize = 1000;
/// The key that names a recording too large for one.
const NEEDS: &str = "needs";
/// Remarks beyond this are counted, not listed.
const MAX_REMARKS: usize = 20;
/// What is quoted of a value in a remark.
const MAX_QUOTE: usize = 40;

/// One thing in a link that could not be used as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark(String);

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The fragment of an experiment, without the `#`.
pub fn encode(experiment: &Experiment) -> String {
    let mut usual = experiment.preset.experiment();
    let mut link = format!("v={VERSION}&preset={}", experiment.preset.key());
    for field in FIELDS.iter() {
        if let Some(value) = field.read(experiment).filter(|value| Some(value) != field.read(&usual).as_ref()) {
            link.push_str(&format!("&{}={value}", field.key));
            // Some settings bring others along, as they will when the link is read.
            field.write(&mut usual, &value);
        }
    }
    if let Some(recording) = experiment.recording.as_ref().filter(|_| experiment.recording != usual.recording) {
        let (key, value) = match travel::to_link(recording) {
            Some(packed) => (RECORDING, packed),
            None => (NEEDS, recording.name.clone()),
        };
        let pair = form_urlencoded::Serializer::new(String::new()).append_pair(key, &value).finish();
        link.push_str(&format!("&{pair}"));
    }
    if let Some(law) = &experiment.view.law {
        let pair = form_urlencoded::Serializer::new(String::new()).append_pair(LAW, law).finish();
        link.push_str(&format!("&{pair}"));
    }
    if !experiment.view.placed.is_empty() {
        link.push_str(&format!("&{PLACED}={}", placed::write(&experiment.view.placed)));
    }
    link
}

/// The experiment of a fragment, with or without the `#`.
pub fn decode(fragment: &str) -> (Experiment, Vec<Remark>) {
    let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
    let mut remarks = Remarks::default();
    if fragment.len() > MAX_LENGTH {
        remarks.add(format!(
            "The link is {} characters long; at most {MAX_LENGTH} are read, so it was left aside.",
            fragment.len()
        ));
        return (Preset::Spring.experiment(), remarks.finished());
    }
    let mut pairs: Vec<(String, String)> = form_urlencoded::parse(fragment.as_bytes()).into_owned().collect();
    pairs.sort_by_key(|(key, _)| Field::place(key));
    let first = |key: &str| pairs.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str());

    match first("v") {
        Some(VERSION) => {}
        None if fragment.is_empty() => {}
        None => {
            remarks.add(format!("The link does not say its version (v={VERSION}); it was read as version {VERSION}."))
        }
        Some(other) => remarks
            .add(format!("Version {} of links is not known here; it was read as version {VERSION}.", quoted(other))),
    }
    let mut experiment = match first("preset").map(|key| (key, Experiment::named(key))) {
        None => Preset::Spring.experiment(),
        Some((_, Some(experiment))) => experiment,
        Some((key, None)) => {
            let near = if key.starts_with("gn-") { "gn-spring" } else { "spring" };
            let allowed = allowed_presets();
            remarks.add(format!("preset={} is not known; {near} is shown. Allowed: {allowed}.", quoted(key)));
            Experiment::named(near).unwrap_or_else(|| Preset::Spring.experiment())
        }
    };
    let mut seen: Vec<&str> = Vec::new();
    for (key, value) in &pairs {
        if seen.contains(&key.as_str()) {
            remarks.add(format!("{} is there twice; the first counts.", quoted(key)));
            continue;
        }
        seen.push(key);
        if key == RECORDING || key == NEEDS {
            record(&mut experiment, key, value, &mut remarks);
        } else if key == LAW {
            take_law(&mut experiment, value, &mut remarks);
        } else if key == PLACED {
            match placed::read(value) {
                Some(bodies) => experiment.view.placed = bodies,
                None => remarks.add(format!(
                    "placed={} was left aside: a body is mass, charge, position and velocity, eight numbers of at most 1000.",
                    quoted(value)
                )),
            }
        } else if key != "v" && key != "preset" {
            assign(&mut experiment, key, value, &mut remarks);
        }
    }
    order_radii(&mut experiment, &mut remarks);
    make_fit(&mut experiment, &mut remarks);
    let ViewConfig { graph, placed, .. } = &mut experiment.view;
    placed.truncate(graph.world.most_bodies());
    graph.shown = graph.shown.max(placed.len());
    (experiment, remarks.finished())
}

/// Sets one `key=value`, as `lab --set` does: an error where a link would only remark.
pub fn set(experiment: &mut Experiment, key: &str, value: &str) -> Result<(), Remark> {
    let mut changed = experiment.clone();
    let mut remarks = Remarks::default();
    assign(&mut changed, key, value, &mut remarks);
    order_radii(&mut changed, &mut remarks);
    if let Some(remark) = remarks.list.into_iter().next() {
        return Err(remark);
    }
    limits::check(&changed).map_err(|too_large| Remark(format!("{key}={} would need {too_large}.", quoted(value))))?;
    *experiment = changed;
    Ok(())
}

fn assign(experiment: &mut Experiment, key: &str, value: &str, remarks: &mut Remarks) {
    let Some(field) = Field::named(key) else {
        remarks.add(format!("{} is no setting known here; it was left aside.", quoted(key)));
        return;
    };
    let outcome = field.write(experiment, value);
    let used = field.read(experiment).unwrap_or_default();
    match outcome {
        Outcome::Taken => {}
        Outcome::NotHere => remarks.add(format!("This system has no {key}; it was left aside.")),
        Outcome::Moved | Outcome::Unreadable => {
            remarks.add(format!("{key}={} became {used}. Allowed: {}.", quoted(value), field.allowed()));
        }
    }
}

/// Takes the recording in a link, or says which file it needs.
fn record(experiment: &mut Experiment, key: &str, value: &str, remarks: &mut Remarks) {
    if experiment.recording.is_none() {
        remarks.add(format!("This experiment has no recording; {key} was left aside."));
        return;
    }
    if key == NEEDS {
        remarks.add(format!(
            "This link is about the recording {}, which is too large to travel in it: open that file here. Until then a generated one stands in.",
            quoted(value)
        ));
        return;
    }
    match travel::from_link(value) {
        Ok(recording) => experiment.recording = Some(Arc::new(recording)),
        Err(error) => remarks.add(format!("{error} A generated one stands in.")),
    }
}

/// A law is read when the world is to move by it; here it only has to be short, and text.
fn take_law(experiment: &mut Experiment, value: &str, remarks: &mut Remarks) {
    let fits = value.chars().count() <= MAX_LAW && !value.chars().any(char::is_control) && !value.trim().is_empty();
    if fits {
        experiment.view.law = Some(value.to_owned());
    } else {
        remarks.add(format!("law={} was left aside: a law has 1 to {MAX_LAW} characters.", quoted(value)));
    }
}

/// The smallest start may not be beyond the largest: it gives way, once everything has been read.
fn order_radii(experiment: &mut Experiment, remarks: &mut Remarks) {
    let data = &mut experiment.data;
    if data.radius_min > data.radius_max {
        remarks
            .add(format!("radius-min={} became {}: it may not be above radius-max.", data.radius_min, data.radius_max));
        data.radius_min = data.radius_max;
    }
}

/// Shrinks what would not fit a tab.
fn make_fit(experiment: &mut Experiment, remarks: &mut Remarks) {
    fit_bodies(experiment, remarks);
    if let Err(too_large) = limits::check_part(Part::Simulation, experiment) {
        let (trajectories, span) = (experiment.data.trajectories, experiment.data.span);
        while limits::check_part(Part::Simulation, experiment).is_err() {
            let data = &mut experiment.data;
            if data.trajectories > 50 {
                data.trajectories = (data.trajectories / 2).max(50);
            } else {
                data.span /= 2.0;
            }
        }
        let data = &experiment.data;
        remarks.add(format!(
            "The link asks for {too_large}. It became trajectories={} (from {trajectories}), span={} (from {span}).",
            data.trajectories, data.span
        ));
    }
    fit_training(experiment, remarks);
    if let Err(too_large) = limits::check_part(Part::Graph, experiment) {
        let before = experiment.view.graph;
        while limits::check_part(Part::Graph, experiment).is_err() {
            let graph = &mut experiment.view.graph;
            if graph.steps > 1000 {
                graph.steps = (graph.steps / 2).max(1000);
            } else if graph.hidden > 4 {
                graph.hidden = (graph.hidden / 2).max(4);
            } else {
                *graph = GraphView::of(graph.world, false);
            }
        }
        let graph = experiment.view.graph;
        remarks.add(format!(
            "The graph networks of this link would need {too_large}. They became graph-steps={} (from {}), graph-hidden={} (from {}).",
            graph.steps, before.steps, graph.hidden, before.hidden
        ));
    }
}

/// No world has more bodies than it may, or than have room for their motions.
fn fit_bodies(experiment: &mut Experiment, remarks: &mut Remarks) {
    let graph = &mut experiment.view.graph;
    let most = graph.world.most_bodies();
    for (key, count) in [("bodies", &mut graph.bodies), ("shown", &mut graph.shown)] {
        if *count > most {
            remarks.add(format!("{key}={count} became {most}: this world has at most that many bodies."));
            *count = most;
        }
    }
    let asked = graph.bodies;
    while graph.bodies > 2 && graph.recipe().check().is_err() {
        graph.bodies -= 1;
    }
    if graph.bodies < asked {
        remarks.add(format!("bodies={asked} became {}: motions of more would not fit a tab.", graph.bodies));
    }
}

/// Shrinks a training that is too large or too long: first the batch, then the steps, then the width.
fn fit_training(experiment: &mut Experiment, remarks: &mut Remarks) {
    let Err(too_large) = limits::check_part(Part::Training, experiment) else {
        return;
    };
    let (steps, batch, hidden) = (experiment.schedule.steps, experiment.batch_size(), experiment.network.hidden);
    while limits::check_part(Part::Training, experiment).is_err() {
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
    remarks.add(format!(
        "The link asks for {too_large}. It became steps={} (from {steps}), batch of {} (from {batch}), hidden={} (from {hidden}), trajectories={}.",
        experiment.schedule.steps,
        experiment.batch_size(),
        experiment.network.hidden,
        experiment.data.trajectories,
    ));
}

/// A value as it may be shown: short, and without control characters.
fn quoted(text: &str) -> String {
    let mut shown: String = text.chars().filter(|c| !c.is_control()).take(MAX_QUOTE).collect();
    if text.chars().count() > MAX_QUOTE {
        shown.push('…');
    }
    format!("“{shown}”")
}

#[derive(Default)]
struct Remarks {
    list: Vec<Remark>,
    unlisted: usize,
}

impl Remarks {
    fn add(&mut self, text: String) {
        if self.list.len() < MAX_REMARKS { self.list.push(Remark(text)) } else { self.unlisted += 1 }
    }

    fn finished(mut self) -> Vec<Remark> {
        if self.unlisted > 0 {
            self.list.push(Remark(format!("… and {} more.", self.unlisted)));
        }
        self.list
    }
}
