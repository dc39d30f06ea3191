//! Names that people remember: two words for each number.

const FIRST: [&str; 24] = [
    "amber", "bold", "brisk", "calm", "clear", "copper", "distant", "early", "faint", "gentle", "golden", "hidden",
    "keen", "lunar", "misty", "noble", "pale", "quiet", "rapid", "silver", "solar", "steady", "vivid", "winter",
];
const SECOND: [&str; 25] = [
    "apogee", "aurora", "beacon", "comet", "corona", "crater", "dune", "eclipse", "ember", "equinox", "galaxy", "halo",
    "horizon", "lantern", "meteor", "moon", "nebula", "orbit", "perigee", "pulsar", "quasar", "saturn", "sextant",
    "solstice", "zenith",
];

/// The name of a number: no two of the first six hundred are equal.
pub fn name(number: u32) -> String {
    // Counting both lists on together meets every pair before one comes back: 24 and 25 have no common factor.
    let number = number as usize % (FIRST.len() * SECOND.len());
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
