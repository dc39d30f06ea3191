//! A workbench as a URL fragment, and back: readable, versioned, only what differs from the preset.
//!
//! Reading is total: any text at all opens valid experiments that fit a tab, with a [`Remark`] for each thing that was
//! changed. Nothing here fetches, starts or remembers anything.

use crate::assignment::Assignment;
use crate::fields::{FIELDS, Field, Outcome, allowed_presets};
use crate::fit::{make_fit, order_radii};
use crate::graph::GraphExperiment;
pub use crate::remarks::{Remark, Weight};
use crate::remarks::{Remarks, quoted};
use crate::{Workbench, arrival, limits, placed};
use data::travel;
use language::tr;
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
    for (key, value) in workbench.assignment.write() {
        let pair: String = form_urlencoded::Serializer::new(String::new()).append_pair(key, &value).finish();
        // A list is read more easily with its commas.
        link.push_str(&format!("&{}", pair.replace("%2C", ",")));
    }
    // At the end of a link it would be taken for what closes the sentence around it; what is encoded is not.
    if let Some(end) = link.chars().next_back().filter(|end| end.is_ascii() && arrival::CLOSING.contains(end)) {
        link.pop();
        link.push_str(&format!("%{:02X}", u32::from(end)));
    }
    link
}

/// Whether a text may be a link, or have one in it.
pub fn is_link(text: &str) -> bool {
    arrival::is_link(text)
}

/// The workbench of a fragment, with or without the `#`; of a whole link; of a sentence with a link in it. What happens to links on
/// their way is undone.
pub fn decode(fragment: &str) -> (Workbench, Vec<Remark>) {
    let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
    let mut remarks = Remarks::default();
    if fragment.len() > MAX_LENGTH {
        let (length, most) = (fragment.len(), MAX_LENGTH);
        remarks.add(
            tr!(
                "The link is {length} characters long; at most {most} are read, so it was left aside.",
                length = length,
                most = most
            ),
            tr!("The link is {length} characters long; at most {most} are read.", length = length, most = most),
        );
        return (Workbench::default(), remarks.finished());
    }
    let mut pairs = arrival::pairs(fragment, &mut remarks);
    // Some settings bring others along, and what is no setting of the table comes after all of them.
    pairs.sort_by_key(|(key, _)| Field::place(key).unwrap_or(usize::MAX));
    let first = |key: &str| pairs.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str());

    match first("v") {
        Some(VERSION) => {}
        None if fragment.is_empty() => {}
        None => {
            let said = tr!(
                "The link does not say its version (v={version}); it was read as version {version}.",
                version = VERSION
            );
            remarks.note(said);
        }
        Some(other) => {
            let (other, version) = (quoted(other), VERSION);
            remarks.add(
                tr!(
                    "Version {other} of links is not known here; it was read as version {version}.",
                    other = other,
                    version = version
                ),
                tr!("Version {other} of links is not known here.", other = other),
            );
        }
    }
    let mut workbench = match first("preset").map(|key| (key, Workbench::named(key))) {
        None => Workbench::default(),
        Some((_, Some(workbench))) => workbench,
        Some((key, None)) => {
            let near = if key.starts_with("gn-") { "gn-spring" } else { "spring" };
            let (asked, allowed) = (format!("preset={}", quoted(key)), allowed_presets());
            remarks.add(
                tr!(
                    "{asked} is not known; {near} is shown. Allowed: {allowed}.",
                    asked = asked,
                    near = near,
                    allowed = allowed
                ),
                tr!("{asked} is not known. Allowed: {allowed}.", asked = asked, allowed = allowed),
            );
            Workbench::named(near).unwrap_or_default()
        }
    };
    let mut seen: Vec<&str> = Vec::new();
    for (key, value) in &pairs {
        if seen.contains(&key.as_str()) {
            let key = quoted(key);
            remarks.add(
                tr!("{key} is there twice; the first counts.", key = key),
                tr!("{key} is there twice.", key = key),
            );
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
                None => {
                    let placed = format!("placed={}", quoted(value));
                    remarks.add(
                        tr!(
                            "{placed} was left aside: a body is mass, charge, position and velocity, eight numbers of \
                             at most 1000.",
                            placed = placed
                        ),
                        tr!(
                            "{placed} cannot be read: a body is mass, charge, position and velocity, eight numbers of \
                             at most 1000.",
                            placed = placed
                        ),
                    );
                }
            }
        } else if Assignment::KEYS.contains(&key.as_str()) {
            workbench.assignment.read(key, value, &mut remarks);
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
    limits::check(&changed).map_err(|too_large| {
        let large = tr!("{asked} would need {need}.", asked = format!("{key}={}", quoted(value)), need = too_large);
        Remark::fault(large.clone(), large)
    })?;
    *workbench = changed;
    Ok(())
}

fn assign(workbench: &mut Workbench, key: &str, value: &str, remarks: &mut Remarks) {
    let Some(field) = Field::named(key) else {
        let key = quoted(key);
        remarks.add(
            tr!("{key} is no setting known here; it was left aside.", key = key),
            tr!("{key} is no setting known here.", key = key),
        );
        return;
    };
    let outcome = field.write(workbench, value);
    let used = field.read(workbench).unwrap_or_default();
    match outcome {
        Outcome::Taken => {}
        Outcome::NotHere => remarks.add(
            tr!("This system has no {key}; it was left aside.", key = key),
            tr!("This system has no {key}.", key = key),
        ),
        Outcome::Moved | Outcome::Unreadable => {
            let (asked, allowed) = (format!("{key}={}", quoted(value)), field.allowed());
            remarks.add(
                tr!("{asked} became {used}. Allowed: {allowed}.", asked = asked, used = used, allowed = allowed),
                tr!("{asked} is not possible. Allowed: {allowed}.", asked = asked, allowed = allowed),
            );
        }
    }
}

/// Takes the recording in a link, or says which file it needs.
fn record(workbench: &mut Workbench, key: &str, value: &str, remarks: &mut Remarks) {
    if workbench.field.recording.is_none() {
        remarks.add(
            tr!("This experiment has no recording; {key} was left aside.", key = key),
            tr!("This experiment has no recording, but the link has {key}.", key = key),
        );
        return;
    }
    if key == NEEDS {
        let name = quoted(value);
        remarks.recording(
            tr!(
                "This link is about the recording {name}, which is too large to travel in it: open that file here. \
                 Until then a generated one stands in.",
                name = name
            ),
            tr!(
                "This link is about the recording {name}, which is too large to travel in it: give that file too.",
                name = name
            ),
        );
        return;
    }
    match travel::from_link(value) {
        Ok(recording) => workbench.field.recording = Some(Arc::new(recording)),
        Err(error) => remarks.add(tr!("{error} A generated one stands in.", error = error), error.to_string()),
    }
}

/// A law is read when the world is to move by it; here it only has to be short, and text.
fn take_law(workbench: &mut Workbench, value: &str, remarks: &mut Remarks) {
    let fits = value.chars().count() <= MAX_LAW && !value.chars().any(char::is_control) && !value.trim().is_empty();
    if fits {
        workbench.graph.view.law = Some(value.to_owned());
    } else {
        let (law, most) = (format!("law={}", quoted(value)), MAX_LAW);
        remarks.add(
            tr!("{law} was left aside: a law has 1 to {most} characters.", law = law, most = most),
            tr!("{law} cannot be used: a law has 1 to {most} characters.", law = law, most = most),
        );
    }
}
