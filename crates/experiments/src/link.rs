//! A workbench as a URL fragment, and back: readable, versioned, only what differs from the preset.
//!
//! Reading is total: any text at all opens valid experiments that fit a tab, with a [`Remark`] for each thing that was
//! changed. Nothing here fetches, starts or remembers anything.

use crate::fields::{FIELDS, Field, Outcome, allowed_presets};
use crate::fit::{make_fit, order_radii};
use crate::graph::GraphExperiment;
pub use crate::remarks::Remark;
use crate::remarks::Remarks;
use crate::{Workbench, limits, placed};
use data::travel;
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
/// What is quoted of a value in a remark.
const MAX_QUOTE: usize = 40;

/// The fragment of a workbench, without the `#`.
pub fn encode(workbench: &Workbench) -> String {
    let mut usual = Workbench::from(workbench.field.preset);
    let mut link = format!("v={VERSION}&preset={}", workbench.field.preset.key());
    for field in FIELDS.iter() {
        if let Some(value) = field.read(workbench).filter(|value| Some(value) != field.read(&usual).as_ref()) {
            link.push_str(&format!("&{}={value}", field.key));
            // Some settings bring others along, as they will when the link is read.
            field.write(&mut usual, &value);
        }
    }
    if let Some(recording) =
        workbench.field.recording.as_ref().filter(|_| workbench.field.recording != usual.field.recording)
    {
        let (key, value) = match travel::to_link(recording) {
            Some(packed) => (RECORDING, packed),
            None => (NEEDS, recording.name.clone()),
        };
        let pair = form_urlencoded::Serializer::new(String::new()).append_pair(key, &value).finish();
        link.push_str(&format!("&{pair}"));
    }
    if let Some(law) = &workbench.graph.view.law {
        let pair = form_urlencoded::Serializer::new(String::new()).append_pair(LAW, law).finish();
        link.push_str(&format!("&{pair}"));
    }
    if !workbench.graph.view.placed.is_empty() {
        link.push_str(&format!("&{PLACED}={}", placed::write(&workbench.graph.view.placed)));
    }
    link
}

/// The workbench of a fragment, with or without the `#`.
pub fn decode(fragment: &str) -> (Workbench, Vec<Remark>) {
    let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
    let mut remarks = Remarks::default();
    if fragment.len() > MAX_LENGTH {
        remarks.add(format!(
            "The link is {} characters long; at most {MAX_LENGTH} are read, so it was left aside.",
            fragment.len()
        ));
        return (Workbench::default(), remarks.finished());
    }
    let mut pairs: Vec<(String, String)> = form_urlencoded::parse(fragment.as_bytes()).into_owned().collect();
    // Some settings bring others along, and what is no setting of the table comes after all of them.
    pairs.sort_by_key(|(key, _)| Field::place(key).unwrap_or(usize::MAX));
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
    let mut workbench = match first("preset").map(|key| (key, Workbench::named(key))) {
        None => Workbench::default(),
        Some((_, Some(workbench))) => workbench,
        Some((key, None)) => {
            let near = if key.starts_with("gn-") { "gn-spring" } else { "spring" };
            let allowed = allowed_presets();
            remarks.add(format!("preset={} is not known; {near} is shown. Allowed: {allowed}.", quoted(key)));
            Workbench::named(near).unwrap_or_default()
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
            record(&mut workbench, key, value, &mut remarks);
        } else if key == LAW {
            take_law(&mut workbench, value, &mut remarks);
        } else if key == PLACED {
            match placed::read(value) {
                Some(bodies) => workbench.graph.view.placed = bodies,
                None => remarks.add(format!(
                    "placed={} was left aside: a body is mass, charge, position and velocity, eight numbers of at most 1000.",
                    quoted(value)
                )),
            }
        } else if key != "v" && key != "preset" {
            assign(&mut workbench, key, value, &mut remarks);
        }
    }
    order_radii(&mut workbench.field, &mut remarks);
    make_fit(&mut workbench, &mut remarks);
    let GraphExperiment { world, view, .. } = &mut workbench.graph;
    view.placed.truncate(world.most_bodies());
    view.bodies = view.bodies.max(view.placed.len());
    (workbench, remarks.finished())
}

/// Sets one `key=value`, as `lab --set` does: an error where a link would only remark.
pub fn set(workbench: &mut Workbench, key: &str, value: &str) -> Result<(), Remark> {
    let mut changed = workbench.clone();
    let mut remarks = Remarks::default();
    assign(&mut changed, key, value, &mut remarks);
    order_radii(&mut changed.field, &mut remarks);
    if let Some(remark) = remarks.list.into_iter().next() {
        return Err(remark);
    }
    limits::check(&changed).map_err(|too_large| Remark(format!("{key}={} would need {too_large}.", quoted(value))))?;
    *workbench = changed;
    Ok(())
}

fn assign(workbench: &mut Workbench, key: &str, value: &str, remarks: &mut Remarks) {
    let Some(field) = Field::named(key) else {
        remarks.add(format!("{} is no setting known here; it was left aside.", quoted(key)));
        return;
    };
    let outcome = field.write(workbench, value);
    let used = field.read(workbench).unwrap_or_default();
    match outcome {
        Outcome::Taken => {}
        Outcome::NotHere => remarks.add(format!("This system has no {key}; it was left aside.")),
        Outcome::Moved | Outcome::Unreadable => {
            remarks.add(format!("{key}={} became {used}. Allowed: {}.", quoted(value), field.allowed()));
        }
    }
}

/// Takes the recording in a link, or says which file it needs.
fn record(workbench: &mut Workbench, key: &str, value: &str, remarks: &mut Remarks) {
    if workbench.field.recording.is_none() {
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
        Ok(recording) => workbench.field.recording = Some(Arc::new(recording)),
        Err(error) => remarks.add(format!("{error} A generated one stands in.")),
    }
}

/// A law is read when the world is to move by it; here it only has to be short, and text.
fn take_law(workbench: &mut Workbench, value: &str, remarks: &mut Remarks) {
    let fits = value.chars().count() <= MAX_LAW && !value.chars().any(char::is_control) && !value.trim().is_empty();
    if fits {
        workbench.graph.view.law = Some(value.to_owned());
    } else {
        remarks.add(format!("law={} was left aside: a law has 1 to {MAX_LAW} characters.", quoted(value)));
    }
}

/// A value as it may be shown: short, and without control characters.
fn quoted(text: &str) -> String {
    let mut shown: String = text.chars().filter(|c| !c.is_control()).take(MAX_QUOTE).collect();
    if text.chars().count() > MAX_QUOTE {
        shown.push('…');
    }
    format!("“{shown}”")
}
