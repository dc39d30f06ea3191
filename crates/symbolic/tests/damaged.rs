//! Claims about checkpoints of a search that are not as they were saved.

use numerics::seed::Seed;
use symbolic::data::{Dataset, Table};
use symbolic::island::{Island, IslandCheckpoint};
use symbolic::operators::{Alphabet, Operator};
use symbolic::settings::SearchConfig;

fn search(columns: usize) -> (Dataset, SearchConfig) {
    let column = |place: usize| (0..40).map(|row| 1.0 + ((row * (place + 3)) % 17) as f64 / 4.0).collect::<Vec<f64>>();
    let columns: Vec<Vec<f64>> = (0..columns).map(column).collect();
    let target = (0..40).map(|row| columns[0][row].powi(3) - 2.5 * columns[1][row]).collect();
    let names = ["a", "b", "c", "d"][..columns.len()].iter().map(|name| (*name).to_owned()).collect();
    let table = Table { names, columns, target_name: "f".into(), target };
    let alphabet = Alphabet::new([Operator::Add, Operator::Subtract, Operator::Multiply]).expect("an alphabet");
    (Dataset::new(&table).expect("data"), SearchConfig { seed: Seed(4), alphabet, ..SearchConfig::default() })
}

fn saved(columns: usize) -> IslandCheckpoint {
    let (data, config) = search(columns);
    let mut island = Island::new(data, config, 0).expect("an island");
    island.step(2000);
    island.checkpoint()
}

#[test]
fn a_search_goes_on_from_its_own_checkpoint_and_leaves_one_of_other_columns_aside() {
    let (data, config) = search(2);
    let fresh = Island::new(data.clone(), config.clone(), 0).expect("an island").snapshot();
    let own = Island::resume(data.clone(), config.clone(), 0, saved(2)).expect("an island").snapshot();
    assert!(own.evaluations > fresh.evaluations);
    // Laws of four columns, where there are two.
    let mut other = Island::resume(data, config, 0, saved(4)).expect("an island");
    assert_eq!(other.snapshot(), fresh);
    other.step(500);
}

#[test]
fn a_search_survives_any_byte_of_its_checkpoint() {
    let (data, config) = search(2);
    let bytes = postcard::to_allocvec(&saved(2)).expect("bytes");
    // Every byte of the beginning, where numbers stand that everything else depends on; some of the rest and the last ones.
    let rest = (400..bytes.len() - 400).step_by(997);
    let mut read = 0;
    for at in (0..400).chain(rest).chain(bytes.len() - 400..bytes.len()) {
        for value in [0x00, 0x7f, 0xff] {
            let mut bytes = bytes.clone();
            bytes[at] = value;
            let Ok(checkpoint) = postcard::from_bytes::<IslandCheckpoint>(&bytes) else { continue };
            read += 1;
            let mut island = Island::resume(data.clone(), config.clone(), 0, checkpoint).expect("an island");
            let before = island.snapshot().evaluations;
            island.step(20);
            assert!(island.snapshot().evaluations <= before + 5000, "byte {at} as {value}: it did not hold");
        }
    }
    assert!(read > 300, "only {read} could be read");
}
