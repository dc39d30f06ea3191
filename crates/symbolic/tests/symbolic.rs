//! Claims about the search: which laws come out of which numbers.

use numerics::seed::Seed;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};
use std::f64::consts::PI;
use std::time::Instant;
use symbolic::data::{Dataset, Table};
use symbolic::evaluate::{Evaluator, Objective};
use symbolic::fit::Fitter;
use symbolic::island::{Island, Migrants, Snapshot};
use symbolic::operators::{Alphabet, Operator};
use symbolic::pareto::Finding;
use symbolic::parse::parse;
use symbolic::print::{Notation, print};
use symbolic::settings::SearchConfig;
use symbolic::units::{Dimension, Units};

/// A law: names and ranges of its columns, and the law itself.
struct Law {
    columns: &'static [(&'static str, f64, f64)],
    operators: &'static str,
    value: fn(&[f64]) -> f64,
}

const ROWS: usize = 500;

const NEWTON: Law = Law {
    columns: &[("m1", 0.5, 5.0), ("m2", 0.5, 5.0), ("r", 0.5, 5.0)],
    operators: "+,-,*,/",
    value: |x| x[0] * x[1] / x[2].powi(2),
};

const SPRING: Law = Law {
    columns: &[("q", -2.0, 2.0), ("p", -2.0, 2.0)],
    operators: "+,-,*,cos",
    value: |x| x[0] * x[0] + x[1] * x[1],
};

const PENDULUM: Law = Law {
    columns: &[("q", -2.0, 2.0), ("p", -2.0, 2.0)],
    operators: "+,-,*,cos",
    value: |x| 3.0 * (1.0 - x[0].cos()) + x[1] * x[1],
};

impl Law {
    /// Rows uniform in the ranges. Columns `dx dy r …` are made consistent: r is the distance.
    fn rows(&self, rows: usize, seed: u64) -> Vec<Vec<f64>> {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut row = || self.columns.iter().map(|(_, low, high)| rng.random_range(*low..*high)).collect::<Vec<f64>>();
        let mut all: Vec<Vec<f64>> = (0..rows).map(|_| row()).collect();
        if self.columns[0].0 == "dx" {
            all.iter_mut().for_each(|row| {
                let (angle, r) = (row[0] * PI, row[2]);
                (row[0], row[1]) = (r * angle.cos(), r * angle.sin());
            });
        }
        all
    }

    /// The rows as a table, with Gaussian noise of this part of the law's own root mean square.
    fn table(&self, noise: f64) -> Table {
        let rows = self.rows(ROWS, 1);
        let mut target: Vec<f64> = rows.iter().map(|row| (self.value)(row)).collect();
        let size = (target.iter().map(|y| y * y).sum::<f64>() / ROWS as f64).sqrt();
        let mut rng = ChaCha8Rng::seed_from_u64(2);
        for y in &mut target {
            let unit: f64 = StandardNormal.sample(&mut rng);
            *y += noise * size * unit;
        }
        Table {
            names: self.columns.iter().map(|(name, _, _)| (*name).into()).collect(),
            columns: (0..self.columns.len()).map(|i| rows.iter().map(|row| row[i]).collect()).collect(),
            target_name: "y".into(),
            target,
        }
    }

    fn config(&self, seed: u32) -> SearchConfig {
        let alphabet = Alphabet::parse(self.operators).expect("operators");
        SearchConfig { seed: Seed(seed), alphabet, ..SearchConfig::default() }
    }

    fn search(&self, seed: u32, noise: f64, evaluations: u64) -> Snapshot {
        let data = Dataset::new(&self.table(noise)).expect("data");
        let mut island = Island::new(data, self.config(seed), 0).expect("an island");
        island.step(evaluations);
        island.verdict()
    }

    /// Root mean square error of the suggested law on rows it has not seen, relative to the true values'.
    fn error_elsewhere(&self, snapshot: &Snapshot) -> f64 {
        let law = snapshot.front.suggested().expect("a law");
        let rows = self.rows(1000, 3);
        let square = |f: &dyn Fn(&[f64]) -> f64| rows.iter().map(|row| f(row).powi(2)).sum::<f64>();
        (square(&|row| law.expr.value(row) - (self.value)(row)) / square(&|row| (self.value)(row))).sqrt()
    }

    fn written(&self, snapshot: &Snapshot) -> String {
        let names: Vec<String> = self.columns.iter().map(|(name, _, _)| (*name).into()).collect();
        print(&snapshot.front.suggested().expect("a law").expr, &names, Notation::Plain)
    }
}

#[test]
fn newtons_law_falls_for_ten_seeds_of_ten() {
    for seed in 0..10 {
        let snapshot = NEWTON.search(seed, 0.0, 300_000);
        assert_eq!(snapshot.front.finding, Finding::Exact, "seed {seed}: {}", NEWTON.written(&snapshot));
        assert!(snapshot.solved);
        // m1 m2 / (r r): four leaves, three operators, and nothing simpler is exact.
        assert_eq!(
            snapshot.front.suggested().expect("a law").complexity,
            7,
            "seed {seed}: {}",
            NEWTON.written(&snapshot)
        );
        assert!(NEWTON.error_elsewhere(&snapshot) < 1e-14);
    }
}

#[test]
fn the_springs_energy_is_a_sum_of_squares() {
    for seed in 0..3 {
        let snapshot = SPRING.search(seed, 0.0, 300_000);
        assert!(["p^2 + q^2", "q^2 + p^2"].contains(&&SPRING.written(&snapshot)[..]), "{}", SPRING.written(&snapshot));
    }
}

/// The offset, the coefficient of cos q and that of p² in a − b·cos q + c·p², from three values.
fn pendulum_coefficients(snapshot: &Snapshot) -> [f64; 3] {
    let law = &snapshot.front.suggested().expect("a law").expr;
    let h = |q: f64, p: f64| law.value(&[q, p]);
    [h(PI / 2.0, 0.0), (h(PI, 0.0) - h(0.0, 0.0)) / 2.0, h(0.0, 1.0) - h(0.0, 0.0)]
}

#[test]
fn the_pendulums_energy_is_found_even_where_a_network_is_one_percent_off() {
    let truth = [3.0, 3.0, 1.0];
    let exact = PENDULUM.search(0, 0.0, 300_000);
    assert_eq!(exact.front.finding, Finding::Exact);
    pendulum_coefficients(&exact).iter().zip(truth).for_each(|(c, t)| assert!((c - t).abs() < 1e-12, "{c} for {t}"));

    // What a trained network adds: smooth, and 1 % of the spread of H.
    let off = Law {
        value: |x| {
            let bend = (1.3 * x[0] + 0.7 * x[1] + 0.4).sin() * (0.8 * x[1] - 0.5 * x[0]).cos();
            (PENDULUM.value)(x) + 0.01 * 2.0 * bend
        },
        ..PENDULUM
    };
    for seed in 0..3 {
        let snapshot = off.search(seed, 0.0, 150_000);
        let found = pendulum_coefficients(&snapshot);
        let close = found.iter().zip(truth).all(|(c, t)| (c / t - 1.0).abs() < 0.05);
        assert!(close, "{found:?} from {}", off.written(&snapshot));
        assert!(snapshot.front.suggested().expect("a law").complexity <= 12, "{}", off.written(&snapshot));
    }
}

/// What graph networks learn: one body's pull on another, along x.
const FORCES: [Law; 3] = {
    const COLUMNS: &[(&str, f64, f64)] =
        &[("dx", -1.0, 1.0), ("dy", -1.0, 1.0), ("r", 0.5, 2.0), ("m1", 0.5, 2.0), ("m2", 0.5, 2.0)];
    const OPERATORS: &str = "+,-,*,/";
    [
        Law { columns: COLUMNS, operators: OPERATORS, value: |x| -1.7 * (x[2] - 1.0) * x[0] / x[2] },
        Law { columns: COLUMNS, operators: OPERATORS, value: |x| 1.3 * x[3] * x[4] * x[0] / x[2].powi(2) },
        Law { columns: COLUMNS, operators: OPERATORS, value: |x| 1.3 * x[3] * x[4] * x[0] / x[2].powi(3) },
    ]
};

#[test]
fn forces_with_free_constants_are_found_exactly() {
    for (i, force) in FORCES.iter().enumerate() {
        let snapshot = force.search(0, 0.0, 300_000);
        assert_eq!(snapshot.front.finding, Finding::Exact, "force {i}: {}", force.written(&snapshot));
        assert!(force.error_elsewhere(&snapshot) < 1e-13, "force {i}: {}", force.written(&snapshot));
    }
}

#[test]
fn forces_are_found_through_three_percent_of_noise() {
    for (i, force) in FORCES.iter().enumerate() {
        let snapshot = force.search(0, 0.03, 300_000);
        // A law of this form and k constants, fitted to n rows, errs by 3 % · √(k/n): 0.2 % for k = 2, so three times that.
        let error = force.error_elsewhere(&snapshot);
        assert!(error < 0.006, "force {i}: {error} from {}", force.written(&snapshot));
    }
}

#[test]
fn noise_is_said_to_hold_nothing_better_than_a_constant() {
    for seed in 0..3 {
        let snapshot = NEWTON.search(seed, 1e9, 100_000);
        assert_eq!(snapshot.front.finding, Finding::NothingBetterThanAConstant, "{}", NEWTON.written(&snapshot));
        assert_eq!(snapshot.front.suggested().expect("the constant").complexity, 1);
    }
}

#[test]
fn the_same_seed_gives_the_same_front_however_the_steps_are_divided() {
    let data = Dataset::new(&FORCES[2].table(0.03)).expect("data");
    let front = |seed, steps: &[u64]| {
        let mut island = Island::new(data.clone(), FORCES[2].config(seed), 0).expect("an island");
        steps.iter().for_each(|step| island.step(*step));
        island.snapshot()
    };
    let whole = front(5, &[40_000]);
    assert_eq!(whole, front(5, &[40_000]));
    assert_eq!(whole, front(5, &[1, 999, 19_000, 20_000]));
    assert_ne!(whole.front, front(6, &[40_000]).front);
}

#[test]
fn an_island_goes_on_from_a_checkpoint_as_if_it_had_never_stopped() {
    let table = SPRING.table(0.01);
    let data = Dataset::new(&table).expect("data");
    let config = SPRING.config(4);
    let mut whole = Island::new(data.clone(), config.clone(), 1).expect("an island");
    whole.step(30_000);
    let mut half = Island::new(data.clone(), config.clone(), 1).expect("an island");
    half.step(12_345);
    let stored = postcard::to_allocvec(&half.checkpoint()).expect("bytes");
    let restored = || postcard::from_bytes(&stored).expect("a checkpoint");
    let mut same = Island::resume(data.clone(), config.clone(), 1, restored()).expect("an island");
    assert_eq!(same.snapshot(), half.snapshot());
    same.step(30_000 - 12_345);
    assert_eq!(same.snapshot(), whole.snapshot());
    assert_eq!(same.checkpoint(), whole.checkpoint());
    // Another number: the same candidates, but other random numbers from there.
    let mut other = Island::resume(data, config, 2, restored()).expect("an island");
    assert_eq!(other.snapshot(), half.snapshot());
    other.step(30_000 - 12_345);
    assert_ne!(other.checkpoint(), whole.checkpoint());
}

#[test]
fn islands_differ_and_help_one_another() {
    let data = Dataset::new(&NEWTON.table(0.0)).expect("data");
    let island = |place| Island::new(data.clone(), NEWTON.config(0), place).expect("an island");
    let (mut first, mut second) = (island(0), island(1));
    first.step(1000);
    second.step(1000);
    assert_ne!(first.snapshot().front, second.snapshot().front);
    // What arrives by message is as good as found.
    let message = Migrants(vec![parse("m1*m2/(r*r)", data.names()).expect("a law")]);
    let bytes = postcard::to_allocvec(&message).expect("bytes");
    let before = second.snapshot().evaluations;
    second.receive(postcard::from_bytes(&bytes).expect("a message"));
    second.step(0);
    assert_eq!(second.snapshot().front.finding, Finding::Exact);
    assert!(second.emigrants().0.contains(&message.0[0]));
    assert_eq!(second.snapshot().evaluations - before, 1);
}

#[test]
fn migrants_that_do_not_belong_are_turned_away() {
    let data = Dataset::new(&NEWTON.table(0.0)).expect("data");
    let mut island = Island::new(data, NEWTON.config(0), 0).expect("an island");
    let names: Vec<String> = ["m1", "m2", "r", "x"].map(String::from).into();
    let law = |text: &str| parse(text, &names).expect("a law");
    let strangers = ["x", "sqrt(m1)*m2", &["r"; 40].join("+")].map(law);
    island.receive(Migrants(strangers.to_vec()));
    island.step(20_000);
    let laws = island.snapshot().front.laws;
    assert!(laws.iter().all(|law| law.expr.fits(3) && law.complexity <= 30));
    assert!(laws.iter().all(|law| law.expr.operators().all(|operator| operator != Operator::Sqrt)));
}

#[test]
fn the_front_falls_and_its_score_is_the_slope_of_the_logarithm() {
    let laws = FORCES[1].search(0, 0.03, 30_000).front.laws;
    assert!(laws.len() > 3);
    for pair in laws.windows(2) {
        assert!(pair[0].complexity < pair[1].complexity && pair[0].loss > pair[1].loss);
        let slope = (pair[0].loss / pair[1].loss).ln() / (pair[1].complexity - pair[0].complexity) as f64;
        assert!((pair[1].score - slope).abs() < 1e-9 * slope);
    }
}

#[test]
fn a_search_with_units_returns_no_law_that_breaks_them() {
    let (mass, length) = (Dimension::MASS, Dimension::LENGTH);
    let target = mass.times(mass, 1.0).times(length, -2.0);
    let units = Units { variables: vec![mass, mass, length], target, penalty: 1.0 };
    let data = Dataset::new(&NEWTON.table(0.05)).expect("data");
    let config = SearchConfig { units: Some(units.clone()), ..NEWTON.config(0) };
    let mut island = Island::new(data, config, 0).expect("an island");
    island.step(30_000);
    let laws = island.snapshot().front.laws;
    assert!(laws.iter().all(|law| units.violations(&law.expr) == 0));
    // Without them, some do: the claim above is not empty.
    let free = NEWTON.search(0, 0.05, 30_000).front.laws;
    assert!(free.iter().any(|law| units.violations(&law.expr) > 0));
}

#[test]
fn relative_errors_see_through_outliers() {
    let line = Law { columns: &[("x", -2.0, 2.0)], operators: "+,-,*,/", value: |x| 1.5 * x[0] + 0.5 };
    let mut table = line.table(0.0);
    // One row in five is far off, always upwards.
    table.target.iter_mut().step_by(5).for_each(|y| *y += 10.0);
    let slope_and_offset = |objective| {
        let config = SearchConfig { objective, ..line.config(0) };
        let mut island = Island::new(Dataset::new(&table).expect("data"), config, 0).expect("an island");
        island.step(60_000);
        let law = island.snapshot().front.laws.into_iter().find(|law| law.complexity == 5).expect("a line").expr;
        (law.value(&[1.0]) - law.value(&[0.0]), law.value(&[0.0]))
    };
    let (slope, offset) = slope_and_offset(Objective::MeanRelative);
    assert!((slope - 1.5).abs() < 1e-3 && (offset - 0.5).abs() < 1e-3, "{slope} {offset}");
    // Least squares cannot: a fifth of the rows lifted by 10 lifts the line by about 2.
    assert!(slope_and_offset(Objective::MeanSquared).1 > 2.0);
}

#[test]
fn a_fit_reaches_the_certified_constants_of_misra1a() {
    // NIST Statistical Reference Datasets, nonlinear regression: y = b1 (1 − exp(−b2 x)), first start.
    let y = [10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.40, 75.47, 81.78];
    let x = [77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0];
    let table =
        Table { names: vec!["x".into()], columns: vec![x.to_vec()], target_name: "y".into(), target: y.to_vec() };
    let data = Dataset::new(&table).expect("data");
    let start = parse("500 * (1 - exp(-0.0001 * x))", data.names()).expect("a law");
    let mut evaluator = Evaluator::default();
    let loss = evaluator.loss(&start, &data, Objective::MeanSquared);
    let fitted = Fitter::default().fit(&mut evaluator, (&start, loss), &data, Objective::MeanSquared, 100);
    let constants: Vec<f64> = fitted.expr.constants().collect();
    // The 1 is fitted as well, and b1 with it: three constants for two, so what is compared is the law.
    let certified = parse("238.94212918 * (1 - exp(-0.00055015643181 * x))", data.names()).expect("a law");
    let best = evaluator.loss(&certified, &data, Objective::MeanSquared);
    assert!((best * 14.0 - 0.12455138894).abs() < 1e-10, "residual sum of squares {}", best * 14.0);
    assert!(fitted.loss <= best, "{constants:?}: {} against {best}", fitted.loss);
    // With one constant less to fit, the certified digits.
    let start = parse("250 - 250 * exp(-0.0005 * x)", data.names()).expect("a law");
    let loss = evaluator.loss(&start, &data, Objective::MeanSquared);
    let again = Fitter::default().fit(&mut evaluator, (&start, loss), &data, Objective::MeanSquared, 100);
    assert!((again.loss / fitted.loss - 1.0).abs() < 1e-6, "{} and {}", again.loss, fitted.loss);
}

fn feynman() -> [(&'static str, Law); 5] {
    // Ranges of Udrescu and Tegmark (2020), AI Feynman. Chosen before the search was tuned, which was done on the laws above.
    [
        (
            "I.12.2",
            Law {
                columns: &[("q1", 1.0, 5.0), ("q2", 1.0, 5.0), ("epsilon", 1.0, 5.0), ("r", 1.0, 5.0)],
                operators: "+,-,*,/",
                value: |x| x[0] * x[1] / (4.0 * PI * x[2] * x[3].powi(2)),
            },
        ),
        (
            "I.14.3",
            Law {
                columns: &[("m", 1.0, 5.0), ("g", 1.0, 5.0), ("z", 1.0, 5.0)],
                operators: "+,-,*,/",
                value: |x| x[0] * x[1] * x[2],
            },
        ),
        (
            "I.15.10",
            Law {
                columns: &[("m", 1.0, 5.0), ("v", 1.0, 2.0), ("c", 3.0, 10.0)],
                operators: "+,-,*,/,sqrt",
                value: |x| x[0] * x[1] / (1.0 - x[1].powi(2) / x[2].powi(2)).sqrt(),
            },
        ),
        (
            "I.29.16",
            Law {
                columns: &[("x1", 1.0, 5.0), ("x2", 1.0, 5.0), ("theta1", 1.0, 5.0), ("theta2", 1.0, 5.0)],
                operators: "+,-,*,/,sqrt,cos",
                value: |x| (x[0].powi(2) + x[1].powi(2) - 2.0 * x[0] * x[1] * (x[2] - x[3]).cos()).sqrt(),
            },
        ),
        (
            "I.34.8",
            Law {
                columns: &[("q", 1.0, 5.0), ("v", 1.0, 5.0), ("B", 1.0, 5.0), ("p", 1.0, 5.0)],
                operators: "+,-,*,/",
                value: |x| x[0] * x[1] * x[2] / x[3],
            },
        ),
    ]
}

#[test]
fn three_laws_from_feynmans_lectures_are_found_by_every_seed() {
    for (name, law) in feynman() {
        for seed in 0..3 {
            if ["I.12.2", "I.14.3", "I.34.8"].contains(&name) {
                let snapshot = law.search(seed, 0.0, 300_000);
                assert_eq!(snapshot.front.finding, Finding::Exact, "{name}, seed {seed}: {}", law.written(&snapshot));
            }
        }
    }
}

#[test]
#[ignore = "minutes: a table of which laws are found, and how fast; run in release with --nocapture"]
fn table_of_laws_found() {
    let forces = FORCES.into_iter().zip(["spring force", "1/r force", "1/r² force"]);
    let known = [("Newton", NEWTON), ("spring H", SPRING), ("pendulum H", PENDULUM)];
    let laws = known.into_iter().chain(forces.map(|(law, name)| (name, law))).chain(feynman());
    let mut missed = Vec::new();
    for (name, law) in laws {
        let (mut found, mut evaluations, mut seconds, mut slowest) = (0, 0, 0.0, 0.0_f64);
        for seed in 0..10 {
            let data = Dataset::new(&law.table(0.0)).expect("data");
            let now = Instant::now();
            let mut island = Island::new(data, law.config(seed), 0).expect("an island");
            while now.elapsed().as_secs_f64() < 10.0 && !island.snapshot().solved {
                island.step(2000);
            }
            let (snapshot, spent) = (island.snapshot(), now.elapsed().as_secs_f64());
            found += u32::from(snapshot.front.finding == Finding::Exact);
            (evaluations, seconds, slowest) = (evaluations + snapshot.evaluations, seconds + spent, slowest.max(spent));
        }
        let speed = evaluations as f64 / seconds;
        println!("{name:12} {found:2} of 10, slowest {slowest:5.2} s, {speed:8.0} evaluations/s");
        if found < 10 {
            missed.push(name);
        }
    }
    // These two are not promised.
    missed.retain(|name| !["I.15.10", "I.29.16"].contains(name));
    assert!(missed.is_empty(), "{missed:?}");
}
