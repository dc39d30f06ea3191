//! Claims about what may be believed: few rows, outliers, measured errors, poles, digits, units and names of laws.

use numerics::seed::Seed;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};
use std::f64::consts::{E, PI};
use symbolic::constant_units::{WrittenUnit, constant_units};
use symbolic::constants::{free, most_free, shortened};
use symbolic::data::{DataError, Dataset, Table};
use symbolic::evaluate::{Evaluator, Objective};
use symbolic::expr::{Expr, Token};
use symbolic::gradient::Tape;
use symbolic::island::{Island, Snapshot};
use symbolic::known::known;
use symbolic::operators::{Alphabet, Operator};
use symbolic::pareto::{Entry, Finding, HallOfFame, Reference};
use symbolic::parse::parse;
use symbolic::poles::Ways;
use symbolic::print::{Notation, print};
use symbolic::settings::SearchConfig;
use symbolic::tidy::tidied;
use symbolic::verdict::Judge;
use symbolic::writing::{UnitTexts, Writing, far_off};

fn table(names: &[&str], columns: Vec<Vec<f64>>, target: Vec<f64>) -> Table {
    Table { names: names.iter().map(|name| (*name).into()).collect(), columns, target_name: "y".into(), target }
}

/// A table of one column x and the law's values, each with what `off` makes of it.
fn curve(xs: &[f64], law: impl Fn(f64) -> f64) -> Table {
    table(&["x"], vec![xs.to_vec()], xs.iter().map(|x| law(*x)).collect())
}

fn data(table: &Table) -> Dataset {
    Dataset::new(table).expect("data")
}

fn law(text: &str, data: &Dataset) -> Expr {
    parse(text, data.names()).expect("a law")
}

fn search(data: &Dataset, operators: &str, objective: Objective, seed: u32, evaluations: u64) -> Snapshot {
    let alphabet = Alphabet::parse(operators).expect("operators");
    let config = SearchConfig { seed: Seed(seed), alphabet, objective, ..SearchConfig::default() };
    let mut island = Island::new(data.clone(), config, 0).expect("an island");
    island.step(evaluations);
    island.verdict()
}

fn suggested(snapshot: &Snapshot) -> &Expr {
    &snapshot.front.suggested().expect("a law").expr
}

fn written(snapshot: &Snapshot, data: &Dataset) -> String {
    print(suggested(snapshot), data.names(), Notation::Plain)
}

/// Hydrogen's Balmer series in air, nm, from n = 3 (Kramida et al., NIST Atomic Spectra Database).
const BALMER: [f64; 9] = [656.279, 486.135, 434.0472, 410.1734, 397.0075, 388.9064, 383.5397, 379.7909, 377.0633];
/// Semi-major axes (au) and periods (years) of the planets, NASA's planetary fact sheet.
const PLANETS: [(f64, f64); 8] = [
    (0.387, 0.2408),
    (0.723, 0.6152),
    (1.0, 1.0),
    (1.524, 1.881),
    (5.203, 11.86),
    (9.582, 29.46),
    (19.2, 84.02),
    (30.05, 164.8),
];

#[test]
fn nine_lines_of_hydrogen_show_balmers_formula() {
    let n: Vec<f64> = (0..BALMER.len()).map(|i| i as f64 + 3.0).collect();
    let data = data(&table(&["n"], vec![n.clone()], BALMER.to_vec()));
    for seed in 0..5 {
        let found = search(&data, "+,-,*,/", Objective::MeanSquared, seed, 2_000_000);
        let law = suggested(&found);
        // Beyond the rows too: the series ends at 364.6 nm, n = 20 lies at 368.27.
        for (n, nanometres) in [(12.0, 375.0151), (20.0, 368.27), (1e6, 364.6)] {
            assert!((law.value(&[n]) / nanometres - 1.0).abs() < 2e-4, "seed {seed}: {}", written(&found, &data));
        }
        assert!(free(law) <= 2, "seed {seed}: {}", written(&found, &data));
        assert!(known(law, &data).is_some_and(|name| name.contains("Balmer")), "{}", written(&found, &data));
    }
}

#[test]
fn eight_planets_show_a_power_of_three_halves_and_nothing_more() {
    let (a, t) = PLANETS.into_iter().unzip();
    let data = data(&table(&["a"], vec![a], t));
    for seed in 0..5 {
        let found = search(&data, "+,-,*,/,^", Objective::MeanSquared, seed, 1_000_000);
        assert_eq!(written(&found, &data), "a^1.5", "seed {seed}");
        assert_eq!(found.front.finding, Finding::Approximate);
    }
}

#[test]
fn no_law_has_more_free_constants_than_a_third_of_the_rows() {
    assert_eq!([2, 5, 6, 8, 9, 100].map(most_free), [1, 1, 2, 2, 3, 33]);
    let mut rng = ChaCha8Rng::seed_from_u64(3);
    let xs: Vec<f64> = (0..8).map(f64::from).collect();
    let noise: Vec<f64> = xs.iter().map(|_| StandardNormal.sample(&mut rng)).collect();
    let data = data(&table(&["x"], vec![xs], noise));
    let found = search(&data, "+,-,*,/,^,sin", Objective::MeanSquared, 0, 200_000);
    assert!(found.front.laws.iter().all(|law| free(&law.expr) <= 2), "{:?}", found.front.laws);
    assert!(found.front.laws.iter().all(|law| law.complexity <= 12), "{:?}", found.front.laws);
    assert_ne!(found.front.finding, Finding::Exact);
}

#[test]
fn squares_of_negative_numbers_are_found_with_a_power() {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let xs: Vec<f64> = (0..300).map(|_| rng.random_range(-20.0..20.0)).collect();
    let data = data(&curve(&xs, |x| x * x));
    for operators in ["+,^", "+,^,cos,exp"] {
        for seed in 0..5 {
            let found = search(&data, operators, Objective::MeanSquared, seed, 300_000);
            assert_eq!((&written(&found, &data)[..], found.solved), ("x^2", true), "{operators}, seed {seed}");
        }
    }
    // With a factor to fit, which no step of a fit may take off the whole exponent.
    let scaled = self::data(&curve(&xs, |x| -1.7 * x * x * x + 0.3));
    let found = search(&scaled, "+,*,^", Objective::MeanSquared, 0, 300_000);
    assert_eq!(found.front.finding, Finding::Exact, "{}", written(&found, &scaled));
}

#[test]
fn a_law_survives_outliers_by_sizes_of_errors_and_they_are_named() {
    let mut rng = ChaCha8Rng::seed_from_u64(5);
    let ts: Vec<f64> = (1..=30).map(|i| f64::from(i) / 10.0).collect();
    let mut table = curve(&ts, |t| 4.905 * t * t);
    table.target.iter_mut().for_each(|y| *y = (*y * 100.0).round() / 100.0 + 0.02 * rng.random_range(-1.0..1.0));
    table.target[12] += 80.0;
    table.target[3] -= 30.0;
    let data = data(&table);
    for seed in 0..5 {
        let found = search(&data, "+,-,*,/", Objective::MeanAbsolute, seed, 150_000);
        let law = suggested(&found);
        assert!((law.value(&[2.0]) / (4.905 * 4.0) - 1.0).abs() < 0.005, "seed {seed}: {}", written(&found, &data));
        assert_eq!(found.front.suggested().expect("a law").complexity, 5, "{}", written(&found, &data));
        assert_eq!(far_off(law, &data), [3, 12]);
    }
}

#[test]
fn a_law_with_a_pole_at_an_outlier_excuses_no_other() {
    let ts: Vec<f64> = (1..=29).map(|i| f64::from(i) / 10.0).collect();
    let mut table = curve(&ts, |t| (49050.0 * t * t).round() / 10000.0);
    table.target[16] = 140.0;
    let data = data(&table);
    let (objective, alphabet) = (Objective::MeanAbsolute, Alphabet::parse("+,-,*,/").expect("operators"));
    let mut evaluator = Evaluator::default();
    let mut hall = HallOfFame::new(30);
    // What a search found: one pole as near to the outlier as its row needs it, two that take a little off the rounding of others.
    let poles = "1.4960972243504535e-10*x/((x - 1.6999985774615831)*(x - 1.6999985790481917)) + 4.904999999642527*x^2 \
                 - 1.452306416951507e-9/((x - 0.0999896264206957)*(x - 2.90001037301764))";
    for text in ["10.79*x", "4.905*x*x", poles] {
        let expr = law(text, &data);
        let loss = evaluator.loss(&expr, &data, objective);
        assert!(
            hall.admit(expr.complexity(), loss, || Entry { expr, loss, found_at: 0, fitted: true }),
            "{text}: {loss}"
        );
    }
    let constant = evaluator.loss(&Expr::constant(objective.constant(&data)), &data, objective);
    let reference = Reference { objective, floor: objective.floor(&data), constant, rows: data.rows(), tokens: 6 };
    let front = hall.front(reference);
    assert_eq!(front.laws.len(), 3);
    for seed in 0..10 {
        let mut front = front.clone();
        Judge::new(&data, Seed(seed)).judge(&mut front, &[], &data, &reference, &alphabet);
        let law = &front.suggested().expect("a law").expr;
        let said = print(law, data.names(), Notation::Plain);
        assert!((law.value(&[2.0]) / 19.62 - 1.0).abs() < 1e-3, "seed {seed}: {said}");
    }
}

#[test]
fn measured_errors_are_weights_and_the_measure_of_noise() {
    let mut rng = ChaCha8Rng::seed_from_u64(9);
    let xs: Vec<f64> = (0..40).map(|i| 0.1 * f64::from(i)).collect();
    let sigma: Vec<f64> = (0..40).map(|i| if i % 4 == 0 { 5.0 } else { 0.05 }).collect();
    let mut table = curve(&xs, |x| 2.0 + 3.0 * x);
    for (y, sigma) in table.target.iter_mut().zip(&sigma) {
        let unit: f64 = StandardNormal.sample(&mut rng);
        *y += sigma * unit;
    }
    let data = Dataset::measured(&table, &sigma).expect("data");
    let truth = law("2 + 3 * x", &data);
    // χ² a row is 1 but for chance: its standard deviation is √(2/40).
    let loss = Evaluator::default().loss(&truth, &data, Objective::MeanSquared);
    let by_hand: f64 = (0..40).map(|i| ((2.0 + 3.0 * xs[i] - table.target[i]) / sigma[i]).powi(2)).sum::<f64>() / 40.0;
    assert!((loss / by_hand - 1.0).abs() < 1e-12 && (0.3..1.8).contains(&loss), "{loss} {by_hand}");
    let found = search(&data, "+,-,*,/", Objective::MeanSquared, 0, 100_000);
    let law = suggested(&found);
    let slope = law.value(&[2.0]) - law.value(&[1.0]);
    // The slope of a weighted fit errs by about 0.05/√30/1.15 = 0.008; that of an unweighted one by a hundred times that.
    assert!((slope - 3.0).abs() < 0.03, "{}", written(&found, &data));
    assert!(found.front.suggested().expect("a law").complexity <= 5, "{}", written(&found, &data));
    assert_eq!(Dataset::measured(&table, &[0.0; 40]), Err(DataError::NotAnError { row: 1 }));
    assert_eq!(Dataset::measured(&table, &[1.0; 3]), Err(DataError::RaggedErrors { found: 3, expected: 40 }));
}

/// A grid of two columns and a product of their powers with errors of a tenth, which are measured.
fn scaling(powers: [f64; 2], factor: f64, seed: u64) -> (Dataset, [f64; 2]) {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut columns = vec![vec![], vec![]];
    let (mut target, mut sigma) = (vec![], vec![]);
    for i in 0..20 {
        let (a, b) = (f64::from(1 << (i / 4)), 30.0 * 2.5f64.powi(i % 4));
        let value = factor * a.powf(powers[0]) * b.powf(powers[1]);
        let unit: f64 = StandardNormal.sample(&mut rng);
        columns[0].push(a);
        columns[1].push(b);
        target.push(value * (1.0 + 0.1 * unit));
        sigma.push(0.1 * value);
    }
    let table = table(&["a", "b"], columns, target);
    (Dataset::measured(&table, &sigma).expect("data"), powers)
}

#[test]
fn a_product_of_powers_within_measured_errors_is_suggested_or_named_beside_what_is() {
    for (seed, (powers, factor)) in
        [([0.35, -0.8], 5.0), ([0.3, -0.6], 2.5), ([1.25, -0.4], 0.2)].into_iter().enumerate()
    {
        let (data, powers) = scaling(powers, factor, seed as u64);
        let found = search(&data, "+,-,*,/,^,sqrt", Objective::MeanSquared, seed as u32, 300_000);
        let by_powers = |law: &Expr| {
            let at = |a: f64, b: f64| law.value(&[a, b]).ln();
            let exponents =
                [(at(8.0, 100.0) - at(2.0, 100.0)) / 4f64.ln(), (at(4.0, 400.0) - at(4.0, 50.0)) / 8f64.ln()];
            exponents.iter().zip(powers).all(|(found, power)| (found - power).abs() < 0.12)
        };
        let named = found.front.power.as_ref().map(|law| &law.expr);
        let said = named.map(|law| print(law, data.names(), Notation::Plain));
        println!("{} | {said:?}", written(&found, &data));
        // It is named, unless it is suggested itself.
        let product = named.unwrap_or_else(|| suggested(&found));
        let sums =
            product.tokens().iter().any(|token| matches!(token, Token::Operator(Operator::Add | Operator::Subtract)));
        assert!(!sums && by_powers(product), "{} | {said:?}", written(&found, &data));
    }
    // An exact law leaves no room for another.
    let exact = data(&curve(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], |x| 2.0 + x * x));
    assert_eq!(search(&exact, "+,*", Objective::MeanSquared, 0, 30_000).front.power, None);
}

#[test]
fn a_pole_between_rows_refuses_a_law_unless_rows_announce_it() {
    let xs: Vec<f64> = (1..=9).map(f64::from).collect();
    let smooth = data(&curve(&xs, |x| 2.0 + 0.1 * x));
    let has_pole = |text: &str, data: &Dataset| {
        let law = law(text, data);
        assert!(
            Evaluator::default().loss(&law, data, Objective::MeanSquared).is_finite(),
            "{text} is finite on the rows"
        );
        Ways::of(data).has_pole(&law, &mut Tape::default())
    };
    for text in [
        "2 + 0.01 / (x - 4.5)",
        "2 + 0.001 / (x - 4.51)",
        "0.01 / ((x - 4.6) * (x - 4.6))",
        "(x - 4.501) / (x - 4.5)",
        "2 + (x - 4.3) ^ (-1)",
        "x + 0 * sqrt(cos(6.283185307 * x))",
    ] {
        assert!(has_pole(text, &smooth), "{text}");
    }
    for text in
        ["1 / x", "sin(x - 4.5) / (x - 4.5)", "x / (1 + x * x)", "1 / (x * x - 0.5)", "sqrt(x) + log(x)", "2 ^ x"]
    {
        assert!(!has_pole(text, &smooth), "{text}");
    }
    // On a row: finite there only because something in it is infinite.
    assert!(has_pole("x + exp(-1 / ((x - 4) * (x - 4)))", &smooth));
    // Rows on both sides that are among the largest there are.
    let both: Vec<f64> = (-5..=5).filter(|x| *x != 0).map(f64::from).collect();
    let inverse = data(&curve(&both, f64::recip));
    assert!(!has_pole("1 / x", &inverse));
    assert!(has_pole("1 / (x - 2.5)", &inverse));
    let found = search(&inverse, "+,-,*,/", Objective::MeanSquared, 0, 100_000);
    assert_eq!(written(&found, &inverse), "1/x");
}

#[test]
fn constants_become_whole_where_the_rows_allow_it_and_not_elsewhere() {
    let mut rng = ChaCha8Rng::seed_from_u64(4);
    let xs: Vec<f64> = (0..60).map(|i| 0.5 + 0.1 * f64::from(i)).collect();
    let mut noisy = |law: fn(f64) -> f64| {
        let mut table = curve(&xs, law);
        table.target.iter_mut().for_each(|y| *y *= 1.0 + 0.01 * rng.random_range(-1.0..1.0));
        data(&table)
    };
    let two = noisy(|x| 5.3 * x.powi(2));
    let (law_of_two, _) = tidied(&law("5.31 * x ^ 1.998", &two), &two, Objective::MeanSquared);
    assert_eq!(law_of_two.constants().last(), Some(2.0), "{law_of_two:?}");
    // The first is fitted again: 1 % of noise on 60 rows leaves about 0.001.
    assert!((law_of_two.constants().next().expect("a constant") - 5.3).abs() < 0.02);
    let other = noisy(|x| 5.3 * x.powf(1.9));
    let (law_of_other, _) = tidied(&law("5.3 * x ^ 1.9", &other), &other, Objective::MeanSquared);
    assert_eq!(law_of_other.constants().last(), Some(1.9));
}

#[test]
fn as_many_digits_are_printed_as_the_loss_needs() {
    let xs: Vec<f64> = (1..=40).map(|i| 0.1 * f64::from(i)).collect();
    let exact = data(&curve(&xs, |x| 4.905 * x * x));
    let shown =
        |text: &str, data: &Dataset| Writing::of(&law(text, data), data, Objective::MeanSquared, &UnitTexts::default());
    assert_eq!(shown("4.9049999999999994 * x * x", &exact).plain, "4.905*x^2");
    let delicate = data(&curve(&xs, |x| 1.0 / (PI + x * E)));
    let shown = shown("1/(3.141592653589793 + x*2.718281828459045)", &delicate);
    let floor = Objective::MeanSquared.floor(&delicate);
    assert!(shown.loss <= 1.001 * floor && shown.plain.len() > 30, "{}", shown.plain);
    let mut rng = ChaCha8Rng::seed_from_u64(4);
    for _ in 0..200 {
        let [a, b, c]: [f64; 3] = std::array::from_fn(|_| rng.random_range(-9.0..9.0));
        let mut table = curve(&xs, |x| a * (b * x).sin() + c * x);
        let noise = 10_f64.powf(rng.random_range(-9.0..0.0));
        table.target.iter_mut().for_each(|y| *y += noise * rng.random_range(-1.0..1.0));
        let data = data(&table);
        let law = law(&format!("{a} * sin({b} * x) + {c} * x"), &data);
        let (mut evaluator, objective) = (Evaluator::default(), Objective::MeanSquared);
        let short = shortened(&law, &data, objective);
        let [before, after] = [&law, &short].map(|law| evaluator.loss(law, &data, objective));
        assert!(after <= before * 1.0011 + objective.floor(&data), "{before} {after}");
        let digits = |law: &Expr| print(law, data.names(), Notation::Plain).len();
        assert!(digits(&short) < digits(&law) || noise < 1e-7, "{noise}: {short:?}");
    }
}

#[test]
fn constants_have_the_units_that_the_law_needs() {
    let names = ["x", "t", "m"];
    let data = data(&table(&names, vec![vec![1.0, 2.0, 3.0]; 3], vec![1.0, 2.0, 4.0]));
    let units = |text: &str, columns: [&str; 3], target: &str| -> Vec<String> {
        let columns: Vec<_> = columns.iter().map(|unit| WrittenUnit::parse(unit)).collect();
        let found = constant_units(&law(text, &data), &columns, WrittenUnit::parse(target).as_ref());
        found.into_iter().map(|unit| unit.map_or("open".into(), |unit| unit.to_string())).collect()
    };
    let si = ["m", "s", "kg"];
    assert_eq!(units("25.3 * x", si, "N"), ["N/m"]);
    assert_eq!(units("2.006 * sqrt(x)", si, "s"), ["s/m^0.5"]);
    assert_eq!(units("x ^ 1.5 * 3", ["AU", "s", "kg"], "yr"), ["", "yr/AU^1.5"]);
    assert_eq!(units("1.2 + 3.4 * t + 4.9 * t * t", si, "m"), ["m", "m/s", "m/s^2"]);
    assert_eq!(units("5 * exp(-0.7 * t)", si, "V"), ["V", "1/s"]);
    assert_eq!(units("x / (t + 2)", si, "m/s"), ["s"]);
    assert_eq!(units("6.67e-11 * m * m / (x * x)", si, "N"), ["N m^2/kg^2"]);
    assert_eq!(units("2 * (3 * x)", si, "N"), ["open", "open"], "a product of two constants");
    assert_eq!(units("2 * x", ["m/", "", ""], "N"), ["open"], "a unit that is none");
}

#[test]
fn laws_are_known_by_their_form_however_they_are_written() {
    let mut rng = ChaCha8Rng::seed_from_u64(2);
    let mut column = || (0..50).map(|_| rng.random_range(1.0..5.0)).collect::<Vec<f64>>();
    let data = data(&table(&["a", "b", "r"], vec![column(), column(), column()], column()));
    for (text, name) in [
        ("3 * r", "Hooke"),
        ("a * b / (r * r)", "Newton’s law of gravitation"),
        ("2 * a * b * r ^ (-2)", "Coulomb"),
        ("7 / (r * r)", "inverse square"),
        ("a * sqrt(a)", "Kepler’s third law"),
        ("0.1 * r ^ 1.5", "Kepler’s third law"),
        ("6.28 * sqrt(a / b)", "period of a pendulum"),
        ("0.5 * a * b * b", "kinetic energy"),
        ("2 * r + 1", "straight line"),
        ("5 * exp(-2 * r)", "decay"),
        ("4 - exp(-2 * r)", "cooling"),
        ("0.4 + 0.3 * 2 ^ r", "Titius and Bode"),
        ("a * b * b + 364.5 * 0", "kinetic energy"),
        ("1 / (1 / a + 1 / b)", "Reciprocals add"),
        ("3 * sin(2 * r + 1) + 4", "harmonic"),
        ("a * a + 2 * b * b", "energy of a spring"),
        ("a * a - 3 * cos(b)", "energy of a pendulum"),
        ("r ^ 4 * 5.67e-8", "Stefan"),
        ("2 * r ^ 0.277", "exponent 0.277"),
    ] {
        let found = known(&law(text, &data), &data);
        assert!(found.as_deref().is_some_and(|found| found.contains(name)), "{text}: {found:?}");
    }
    for text in ["a + sin(b * r)", "a / (b + exp(r))", "2"] {
        assert_eq!(known(&law(text, &data), &data), None, "{text}");
    }
}
