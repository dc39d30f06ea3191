//! Islands of candidates, a thread each, that exchange their best.

use crate::arguments::Discover;
use std::thread;
use std::time::Instant;
use symbolic::island::{Island, Snapshot};

/// Evaluations between two exchanges of the islands.
const ROUND: u64 = 20_000;
/// Evaluations between two looks at the clock.
const BETWEEN_CLOCKS: u64 = 500;
/// How long a search goes on if nothing is said.
const USUAL_SECONDS: f64 = 30.0;

/// Runs the islands side by side until one is done or time or evaluations are up. What all have come to, judged by rows held out,
/// with the evaluations of all.
pub fn search(islands: &mut [Island], arguments: &Discover, begun: Instant) -> Snapshot {
    let seconds =
        arguments.seconds.unwrap_or(if arguments.evaluations.is_some() { f64::INFINITY } else { USUAL_SECONDS });
    let each = arguments.evaluations.map(|all| all.div_ceil(islands.len() as u64));
    loop {
        // Islands go beyond their budget by different amounts: the slowest decides, or it would never get what it lacks.
        let done = islands.iter().map(|island| island.snapshot().evaluations).min().unwrap_or(0);
        let budget = each.map_or(ROUND, |each| ROUND.min(each.saturating_sub(done)));
        thread::scope(|scope| {
            for island in islands.iter_mut() {
                scope.spawn(move || {
                    // Steps add up, so that where a round is cut changes nothing but its end.
                    let mut left = budget;
                    while left > 0 && begun.elapsed().as_secs_f64() < seconds {
                        let part = left.min(BETWEEN_CLOCKS);
                        island.step(part);
                        left -= part;
                    }
                });
            }
        });
        let snapshots: Vec<Snapshot> = islands.iter().map(Island::snapshot).collect();
        let up = begun.elapsed().as_secs_f64() >= seconds
            || each.is_some_and(|each| snapshots.iter().all(|snapshot| snapshot.evaluations >= each));
        let solved = snapshots.iter().position(|snapshot| snapshot.solved);
        if up || solved.is_some() {
            let evaluations = snapshots.iter().map(|snapshot| snapshot.evaluations).sum();
            if solved.is_none() {
                exchange(islands);
                islands.iter_mut().for_each(|island| island.step(0));
            }
            return Snapshot { evaluations, ..islands[solved.unwrap_or(0)].verdict() };
        }
        exchange(islands);
    }
}

/// Every island hears of the best of all others.
fn exchange(islands: &mut [Island]) {
    if islands.len() < 2 {
        return;
    }
    let all: Vec<_> = islands.iter().map(Island::emigrants).collect();
    for (here, island) in islands.iter_mut().enumerate() {
        for (there, migrants) in all.iter().enumerate() {
            if here != there {
                island.receive(migrants.clone());
            }
        }
    }
}
