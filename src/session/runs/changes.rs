//! What changed from one experiment to the next, what matters most first.

use experiments::Workbench;
use experiments::fields::{FIELDS, Field, Group};
use language::tr;
use std::sync::Arc;

/// What changed, in words: data first, then networks and training, then the seed.
pub fn changes(before: &Workbench, now: &Workbench) -> Vec<String> {
    let mut changes = vec![];
    if before.field.system.mechanics().key() != now.field.system.mechanics().key()
        || before.field.preset != now.field.preset
    {
        changes.push((0, now.field.preset.label().to_owned()));
    }
    if !same_recording(before, now) {
        let name = now.field.recording.as_ref().map_or(tr!("simulated data"), |recording| recording.title());
        changes.push((1, tr!("data: {}", name)));
    }
    let of_field = |field: &&'static Field| {
        let rank = rank(field)?;
        // Settings that only one of two systems has are part of the change of the system.
        let (was, is) = (field.shown(before)?, field.shown(now)?);
        (was != is).then(|| (rank, format!("{} {was} → {is}", name(field))))
    };
    changes.extend(FIELDS.iter().filter_map(of_field));
    let of_rank = |wanted: u8| changes.iter().filter(move |(rank, _)| *rank == wanted).map(|(_, text)| text.clone());
    (0..=LAST_RANK).flat_map(of_rank).collect()
}

/// The name of a setting within a line: other languages have large letters there too.
fn name(field: &Field) -> String {
    match language::code() {
        "en" => field.label.to_ascii_lowercase(),
        _ => language::translated(field.label).to_owned(),
    }
}

/// The rank of the seed: what matters least.
const LAST_RANK: u8 = 5;

/// The place of a setting among the changes; `None` where it changes nothing that is learned.
fn rank(field: &Field) -> Option<u8> {
    match field.group {
        Group::Data => Some(2),
        Group::Training => Some(4),
        Group::Own if field.key == "models" => Some(3),
        Group::Own if field.key == "seed" => Some(LAST_RANK),
        _ => None,
    }
}

fn same_recording(before: &Workbench, now: &Workbench) -> bool {
    match (&before.field.recording, &now.field.recording) {
        (Some(a), Some(b)) => Arc::ptr_eq(a, b) || a == b,
        (a, b) => a.is_none() && b.is_none(),
    }
}
