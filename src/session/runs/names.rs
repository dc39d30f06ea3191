//! Numbers of runs, and names that people remember: two words for each.

const FIRST: [&str; 24] = [
    "amber", "bold", "brisk", "calm", "clear", "copper", "distant", "early", "faint", "gentle", "golden", "hidden",
    "keen", "lunar", "misty", "noble", "pale", "quiet", "rapid", "silver", "solar", "steady", "vivid", "winter",
];
const SECOND: [&str; 25] = [
    "apogee", "aurora", "beacon", "comet", "corona", "crater", "dune", "eclipse", "ember", "equinox", "galaxy", "halo",
    "horizon", "lantern", "meteor", "moon", "nebula", "orbit", "perigee", "pulsar", "quasar", "saturn", "sextant",
    "solstice", "zenith",
];

/// Numbers of the runs of one visit are this far apart: visits at the same time share a store and must not meet there.
pub(super) const VISITS: u32 = 512;

/// Which run it is, counted so that neighbours in a visit have neighbouring ordinals.
pub fn ordinal(number: u32) -> u32 {
    number / VISITS + number % VISITS
}

/// The name of an ordinal: no two of the first six hundred are equal.
pub fn name(ordinal: u32) -> String {
    // Counting both lists on together meets every pair before one comes back: 24 and 25 have no common factor.
    let number = ordinal as usize % (FIRST.len() * SECOND.len());
    let (first, second) = (number * 7 % FIRST.len(), number * 11 % SECOND.len());
    format!("{}-{}", FIRST[first], SECOND[second])
}

#[cfg(test)]
mod tests {
    use super::name;
    use std::collections::BTreeSet;

    #[test]
    fn six_hundred_runs_have_different_names() {
        let names: BTreeSet<String> = (0..600).map(name).collect();
        assert_eq!(names.len(), 600);
        assert_eq!(name(u32::MAX), name(u32::MAX % 600));
    }
}
