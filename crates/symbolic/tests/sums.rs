//! Claims about sums of products, bare and inside functions: they are computed, so that every seed finds them at once.

use numerics::seed::{Purpose, Seed};
use rand::RngExt;
use symbolic::data::{Dataset, Table};
use symbolic::evaluate::Objective;
use symbolic::island::{Island, Snapshot};
use symbolic::operators::Alphabet;
use symbolic::pareto::Finding;
use symbolic::print::{Notation, print};
use symbolic::settings::SearchConfig;

/// 200 rows of a law over x, y, z…, uniform in a range.
fn rows(columns: usize, range: (f64, f64), law: impl Fn(&[f64]) -> f64) -> Dataset {
    let mut rng = Seed(7).stream(Purpose::InitialStates);
    let rows: Vec<Vec<f64>> =
        (0..200).map(|_| (0..columns).map(|_| rng.random_range(range.0..range.1)).collect()).collect();
    let table = Table {
        names: ["x", "y", "z", "u", "v", "w"][..columns].iter().map(|name| (*name).into()).collect(),
        columns: (0..columns).map(|at| rows.iter().map(|row| row[at]).collect()).collect(),
        target_name: "t".into(),
        target: rows.iter().map(|row| law(row)).collect(),
    };
    Dataset::new(&table).expect("data")
}

fn search(data: &Dataset, operators: &str, seed: u32, evaluations: u64) -> Snapshot {
    let alphabet = Alphabet::parse(operators).expect("operators");
    let config = SearchConfig { seed: Seed(seed), alphabet, ..SearchConfig::default() };
    let mut island = Island::new(data.clone(), config, 0).expect("an island");
    island.step(evaluations);
    island.verdict()
}

type Law = fn(&[f64]) -> f64;

#[test]
fn sums_of_products_are_found_by_every_seed_wherever_they_stand() {
    let laws: [(&str, usize, (f64, f64), Law); 9] = [
        ("+,-,*,/", 2, (-3.0, 3.0), |x| 1.7 * x[0] * x[0] - 0.3 * x[0] * x[1] + 2.25 * x[1] + 0.7),
        ("+,*", 3, (-2.0, 2.0), |x| x[0] * x[1] + 2.5 * x[1] * x[2] - 1.2 * x[0] * x[2]),
        ("+,-,*,/", 2, (0.5, 4.0), |x| 3.1 * x[0] / x[1] - 0.4 / (x[0] * x[0]) + 1.3 * x[1]),
        // A distance, whose differences are not among the columns.
        ("+,-,*,sqrt", 4, (1.0, 5.0), |x| ((x[0] - x[1]).powi(2) + (x[2] - x[3]).powi(2)).sqrt()),
        ("+,-,*,/,sqrt", 2, (0.1, 0.9), |x| 2.7 * x[1] / (1.0 - x[0] * x[0]).sqrt()),
        ("+,-,*,/,exp", 3, (0.5, 5.0), |x| x[0] * (-1.9 * x[1] / x[2]).exp()),
        ("+,-,*,log", 2, (0.5, 4.0), |x| (1.0 + 0.8 * x[0] * x[1] + 2.3 * x[1]).ln()),
        // Quotients of sums.
        ("+,-,*,/", 3, (1.0, 5.0), |x| (x[0] + x[1]) / (1.0 + x[0] * x[1] / (x[2] * x[2]))),
        ("+,-,*,/", 2, (-3.0, 3.0), |x| (1.5 * x[0] + x[1]) / (2.2 + x[0] * x[0])),
    ];
    for (number, (operators, columns, range, law)) in laws.into_iter().enumerate() {
        let data = rows(columns, range, law);
        for seed in 0..3 {
            let found = search(&data, operators, seed, 150_000);
            let suggested = found.front.suggested().expect("a law");
            let said = print(&suggested.expr, data.names(), Notation::Plain);
            assert_eq!(found.front.finding, Finding::Exact, "law {number}, seed {seed}: {said}");
            // Elsewhere too.
            let place: Vec<f64> =
                (0..columns).map(|i| range.0 + (range.1 - range.0) * (0.3 + 0.1 * i as f64)).collect();
            let error = (suggested.expr.value(&place) - law(&place)).abs();
            assert!(error < 1e-9, "law {number}, seed {seed}: {said} errs by {error}");
            assert!(suggested.found_at < 100_000, "law {number}, seed {seed}: found after {}", suggested.found_at);
        }
    }
}

#[test]
fn sums_are_written_short() {
    // What is common goes in front, squares are squares, and what is not negative goes out of a root.
    let laws: [(&str, usize, usize, Law); 4] = [
        ("+,-,*", 3, 7, |x| x[0] * (x[1] * x[2] + x[2] * 0.1 * x[0]) * 10.0 - 10.0 * x[0] * x[1] * x[2] + x[2]),
        ("+,-,*,sqrt", 4, 16, |x| ((x[0] - x[1]).powi(2) + (x[2] - x[3]).powi(2)).sqrt()),
        ("+,-,*,/", 2, 9, |x| 1.0 / (1.0 / x[0] + 1.0 / x[1])),
        ("+,-,*", 3, 9, |x| 0.5 * x[0] * (x[1] * x[1] + x[2])),
    ];
    for (number, (operators, columns, longest, law)) in laws.into_iter().enumerate() {
        let data = rows(columns, (1.0, 5.0), law);
        for seed in 0..3 {
            let found = search(&data, operators, seed, 150_000);
            let suggested = found.front.suggested().expect("a law");
            let said = print(&suggested.expr, data.names(), Notation::Plain);
            assert!(found.solved && suggested.complexity <= longest, "law {number}, seed {seed}: {said}");
        }
    }
}

#[test]
fn in_noise_alone_no_sum_is_found() {
    let mut rng = Seed(3).stream(Purpose::InitialStates);
    let noise: Vec<f64> = (0..200).map(|_| rng.random_range(-1.0..1.0)).collect();
    let at = std::cell::Cell::new(0);
    let data = rows(3, (1.0, 5.0), |_| {
        at.set(at.get() + 1);
        noise[at.get() - 1]
    });
    for seed in 0..3 {
        let found = search(&data, "+,-,*,/,sqrt,exp", seed, 100_000);
        assert_eq!(found.front.finding, Finding::NothingBetterThanAConstant, "seed {seed}");
    }
}

#[test]
fn an_island_that_is_taken_up_again_does_not_add_up_twice() {
    let data = rows(3, (1.0, 5.0), |x| (x[0] * 1.3).sin() + x[1] * x[2]);
    let alphabet = Alphabet::parse("+,-,*,/,sqrt").expect("operators");
    let config = SearchConfig { alphabet, objective: Objective::MeanSquared, ..SearchConfig::default() };
    let mut whole = Island::new(data.clone(), config.clone(), 0).expect("an island");
    whole.step(60_000);
    let mut first = Island::new(data.clone(), config.clone(), 0).expect("an island");
    first.step(30_000);
    let mut second = Island::resume(data, config, 0, first.checkpoint()).expect("an island");
    second.step(30_000);
    assert_eq!(whole.snapshot(), second.snapshot());
}
