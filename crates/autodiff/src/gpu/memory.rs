//! Where the values of an item lie: those that are not needed at the same time share memory.
//!
//! All values of an item lie together, so workgroups that are in different phases do not disturb each other.

use crate::gpu::plan::{Code, Source, Stored, Tile};
use crate::gpu::planner::Analysis;
use std::collections::{BTreeMap, BTreeSet};

/// A value in memory.
struct Held {
    from: usize,
    to: usize,
    /// The last phase that reads it.
    last: usize,
}

/// Gives every stored value its slot; stores that nothing reads are left out. Those in `kept` are read after the last phase.
/// Returns how many numbers an item needs, and the slots by node.
pub(super) fn place(
    analysis: &Analysis<'_>,
    phases: &mut [Vec<Tile>],
    kept: &BTreeSet<usize>,
) -> (usize, BTreeMap<usize, usize>) {
    let mut last: BTreeMap<usize, usize> = kept.iter().map(|node| (*node, usize::MAX)).collect();
    for (level, tiles) in phases.iter_mut().enumerate() {
        tiles.iter_mut().flat_map(places).for_each(|place| {
            if let Stored::Node(node) = place {
                let last = last.entry(*node).or_insert(level);
                *last = level.max(*last);
            }
        });
    }
    let (mut held, mut slots, mut end) = (Vec::<Held>::new(), BTreeMap::new(), 0);
    for (level, tiles) in phases.iter_mut().enumerate() {
        held.retain(|held| held.last >= level);
        for tile in tiles {
            tile.stores.retain(|(_, place)| matches!(place, Stored::Node(node) if last.contains_key(node)));
            for (_, place) in &mut tile.stores {
                let Stored::Node(node) = *place else { continue };
                let size = analysis.shape(node).size();
                held.sort_by_key(|held| held.from);
                let from =
                    held.iter().fold(0, |from, held| if from + size <= held.from { from } else { held.to.max(from) });
                held.push(Held { from, to: from + size, last: last[&node] });
                slots.insert(node, from);
                end = end.max(from + size);
            }
        }
    }
    for tile in phases.iter_mut().flatten() {
        let stores: Vec<&mut Stored> = tile.stores.iter_mut().map(|(_, place)| place).collect();
        stores.into_iter().for_each(|place| settle(place, &slots));
        places(tile).for_each(|place| settle(place, &slots));
    }
    (end, slots)
}

fn settle(place: &mut Stored, slots: &BTreeMap<usize, usize>) {
    if let Stored::Node(node) = place {
        *place = Stored::Slot(slots[node]);
    }
}

/// Values that a tile reads.
fn places(tile: &mut Tile) -> impl Iterator<Item = &mut Stored> {
    let loads = tile.code.iter_mut().filter_map(|code| match code {
        Code::Load { from, .. } | Code::Scatter { from, .. } | Code::SumColumns { from, .. } => Some(from),
        _ => None,
    });
    loads.chain(tile.products.iter_mut().map(|product| &mut product.x)).filter_map(|source| match source {
        Source::Value(place) => Some(place),
        Source::Input(_) => None,
    })
}
