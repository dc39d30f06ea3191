//! Claims about the comparison of messages with forces, on messages whose R² is known beforehand.

use models::messages::affine::AffineMap;
use models::messages::comparison::{Comparison, ComparisonError, Truth};
use models::messages::fit::{Fitting, Line};
use models::messages::table::{Table, TableError};
use numerics::seed::{Purpose, Seed};
use physics::particles::dataset::{MotionConfig, MotionDataset};
use physics::particles::world::{World, WorldConfig};
use rand_distr::{Distribution, StandardNormal};

fn normals(count: usize, seed: u32) -> Vec<f64> {
    StandardNormal.sample_iter(Seed(seed).stream(Purpose::Noise)).take(count).collect()
}

fn table(width: usize, numbers: Vec<f64>) -> Table {
    Table::new(width, numbers).expect("a table")
}

const SAMPLES: usize = 20_000;

/// 2 fx − fy + 3 for each of the planar forces, with noise.
fn noisy(forces: &[f64], sigma: f64, seed: u32) -> Vec<f64> {
    let noise = normals(forces.len() / 2, seed);
    forces.chunks(2).zip(noise).map(|(f, z)| 2.0 * f[0] - f[1] + 3.0 + sigma * z).collect()
}

#[test]
fn a_linear_map_of_the_force_has_an_r_squared_of_one_and_is_found_and_inverted() {
    let forces = normals(3 * 500, 1);
    // Components 4, 0 and 2 carry a turned and stretched force, the others next to nothing.
    let map = AffineMap { matrix: vec![5.0, 1.0, 0.0, -2.0, 3.0, 0.5, 0.0, 1.0, 2.0], offset: vec![1.0, -2.0, 0.3] };
    let quiet = normals(2 * 500, 2);
    let messages = forces.chunks(3).zip(quiet.chunks(2)).flat_map(|(f, quiet)| {
        let m = map.apply(f);
        [m[1], 0.01 * quiet[0], m[2], 0.02 * quiet[1], m[0]]
    });
    let compared = Comparison::of(&table(5, messages.collect()), &table(3, forces.clone()), &vec![1.0; 500]);
    let compared = compared.expect("comparable");
    let order: Vec<usize> = compared.spreads.iter().map(|spread| spread.component).collect();
    assert_eq!(order, [4, 0, 2, 3, 1]);
    for fitting in [Fitting::LeastSquares, Fitting::Trimmed] {
        let found = compared.matches(fitting).better();
        assert!(found.r_squared.iter().all(|r| (r - 1.0).abs() < 1e-12), "{found:?}");
        let pairs = found.map.matrix.iter().zip(&map.matrix).chain(found.map.offset.iter().zip(&map.offset));
        assert!(pairs.into_iter().all(|(a, b)| (a - b).abs() < 1e-12), "{found:?}");
        let back = found.map.inverse().expect("invertible");
        let (force, message) = (&forces[..3], map.apply(&forces[..3]));
        assert!(back.apply(&message).iter().zip(force).all(|(a, b)| (a - b).abs() < 1e-11));
    }
}

#[test]
fn noise_has_an_r_squared_of_nothing() {
    let (x, y) = (table(2, normals(2 * SAMPLES, 3)), normals(SAMPLES, 4));
    // By chance a fit of two slopes explains 2/n on average, and the trimmed one may choose its samples.
    let plain = Line::fit(&x, &y, Fitting::LeastSquares).r_squared;
    let trimmed = Line::fit(&x, &y, Fitting::Trimmed).r_squared;
    assert!((0.0..20.0 / SAMPLES as f64).contains(&plain), "{plain}");
    assert!(trimmed.abs() < 0.01, "{trimmed}");
}

#[test]
fn a_known_noise_gives_the_r_squared_it_should() {
    let forces = normals(2 * SAMPLES, 5);
    for sigma in [0.5, 1.0, 3.0_f64] {
        let messages = noisy(&forces, sigma, 6);
        // The signal has the variance 2² + 1² = 5. Without its worst tenth, normal noise keeps 1 − 2cφ(c)/0.9 of its
        // variance, where c = 1.6449 is passed by a tenth.
        let (c, density) = (1.644_853_6_f64, 0.103_135_6);
        let left = 1.0 - 2.0 * c * density / 0.9;
        for (fitting, noise) in [(Fitting::LeastSquares, 1.0), (Fitting::Trimmed, left)] {
            let expected = 5.0 / (5.0 + noise * sigma * sigma);
            let line = Line::fit(&table(2, forces.clone()), &messages, fitting);
            // The standard error of R² is 2R(1 − R²)/√n.
            let error = 2.0 * expected.sqrt() * (1.0 - expected) / (SAMPLES as f64).sqrt();
            assert!((line.r_squared - expected).abs() < 5.0 * error, "{sigma} {fitting:?}: {line:?} {expected}");
        }
    }
}

#[test]
fn the_trimmed_fit_ignores_a_tenth_of_gross_outliers() {
    let forces = normals(2 * SAMPLES, 7);
    let mut messages = noisy(&forces, 0.0, 8);
    let wrong = normals(SAMPLES, 9);
    for index in (0..SAMPLES).step_by(10) {
        messages[index] = 200.0 + 300.0 * wrong[index];
    }
    let x = table(2, forces);
    let trimmed = Line::fit(&x, &messages, Fitting::Trimmed);
    assert!((trimmed.r_squared - 1.0).abs() < 1e-12, "{trimmed:?}");
    for (found, true_) in trimmed.slopes.iter().chain([&trimmed.offset]).zip([2.0, -1.0, 3.0]) {
        assert!((found - true_).abs() < 1e-10, "{trimmed:?}");
    }
    // The signal has a variance of 5 and the outliers one of 0.1 · 300² + 0.09 · 200², whatever is fitted.
    let plain = Line::fit(&x, &messages, Fitting::LeastSquares);
    assert!(plain.r_squared < 0.01, "{plain:?}");
}

#[test]
fn the_trimmed_fit_is_not_turned_by_false_messages_of_the_largest_forces() {
    // One in eleven is a near collision, a force twenty times as large, where the network says the opposite of the truth.
    let mut forces = normals(2 * 2000, 1);
    let mut messages = noisy(&forces, 0.0, 8);
    for index in (0..2000).step_by(11) {
        forces[2 * index] *= 20.0;
        forces[2 * index + 1] *= 20.0;
        messages[index] = -(2.0 * forces[2 * index] - forces[2 * index + 1]);
    }
    let x = table(2, forces);
    let plain = Line::fit(&x, &messages, Fitting::LeastSquares);
    assert!(plain.slopes[0] < 0.0, "{plain:?}");
    let trimmed = Line::fit(&x, &messages, Fitting::Trimmed);
    assert!((trimmed.r_squared - 1.0).abs() < 1e-12 && (trimmed.slopes[0] - 2.0).abs() < 1e-10, "{trimmed:?}");
}

#[test]
fn what_is_linear_in_force_per_mass_is_found_to_be() {
    let forces = normals(2 * 2000, 10);
    let masses: Vec<f64> = normals(2000, 11).into_iter().map(f64::exp).collect();
    let messages = forces.chunks(2).zip(&masses).flat_map(|(f, m)| [f[0] / m + f[1] / m, f[1] / m - 2.0 * f[0] / m]);
    let compared = Comparison::of(&table(2, messages.collect()), &table(2, forces), &masses).expect("comparable");
    for matches in [&compared.least_squares, &compared.trimmed] {
        assert_eq!(matches.better().truth, Truth::ForcePerMass);
        assert!((matches.better().mean() - 1.0).abs() < 1e-12 && matches.force.mean() < 0.9, "{matches:?}");
    }
}

#[test]
fn messages_made_of_the_true_forces_of_a_world_are_recognised() {
    for dimensions in [2, 3] {
        let world = WorldConfig::new(World::InverseSquare, 4, dimensions).expect("a valid world");
        let data = MotionDataset::generate(&MotionConfig::new(world, 8, 10), Seed(3)).expect("data");
        let (mut forces, mut messages, mut masses) = (Vec::new(), Vec::new(), Vec::new());
        for sample in (0..data.train.len()).filter_map(|index| data.train.sample(index)) {
            let all = sample.edge_forces();
            for (edge, force) in sample.scene.edges().iter().zip(all.chunks(dimensions)) {
                masses.push(sample.scene.masses[edge.receiver]);
                // The first axis turned by 1 radian towards the second, in a message of 100 numbers.
                let (sin, cos) = 1f64.sin_cos();
                let mut message = vec![0.0; 100];
                message[70..70 + dimensions].copy_from_slice(force);
                message[70] = cos * force[0] - sin * force[1];
                message[71] = sin * force[0] + cos * force[1];
                messages.extend(message);
                forces.extend_from_slice(force);
            }
        }
        let compared = Comparison::of(&table(100, messages), &table(dimensions, forces.clone()), &masses);
        let compared = compared.expect("comparable");
        let found = compared.least_squares.better();
        assert_eq!((found.truth, forces.len()), (Truth::Force, 60 * 12 * dimensions));
        assert!((found.mean() - 1.0).abs() < 1e-9, "{found:?}");
        assert!((compared.trimmed.better().mean() - 1.0).abs() < 1e-9);
    }
}

#[test]
fn dead_messages_explain_nothing_and_have_no_way_back() {
    let messages = table(2, vec![0.7; 200]);
    let compared = Comparison::of(&messages, &table(2, normals(200, 12)), &[1.0; 100]).expect("comparable");
    for matches in [&compared.least_squares, &compared.trimmed] {
        assert_eq!(matches.better().r_squared, [0.0, 0.0]);
        assert_eq!(matches.better().map.inverse(), None);
    }
}

#[test]
fn a_force_along_one_line_is_fitted_along_that_line() {
    // All forces along (3, 4): only the sum of the slopes along it is determined.
    let along = normals(300, 13);
    let forces = table(2, along.iter().flat_map(|s| [3.0 * s, 4.0 * s]).collect());
    let line = Line::fit(&forces, &along, Fitting::LeastSquares);
    assert!((line.r_squared - 1.0).abs() < 1e-12 && (line.value(&[3.0, 4.0]) - 1.0).abs() < 1e-12, "{line:?}");
}

#[test]
fn a_message_with_less_room_than_a_force_is_compared_by_the_numbers_it_has() {
    let forces = normals(300, 14);
    let messages = forces.chunks(3).map(|f| 2.0 * f[0] - f[1] + 0.5 * f[2] + 1.0).collect();
    let compared = Comparison::of(&table(1, messages), &table(3, forces), &[2.0; 100]).expect("comparable");
    let found = &compared.least_squares.force;
    assert_eq!((found.r_squared.len(), found.map.matrix.len()), (1, 3));
    assert!((found.mean() - 1.0).abs() < 1e-12 && found.map.inverse().is_none(), "{found:?}");
}

#[test]
fn tables_that_do_not_fit_together_are_refused() {
    let refused = Comparison::of(&table(2, vec![0.0; 100]), &table(2, vec![0.0; 98]), &[1.0; 50]);
    assert_eq!(refused, Err(ComparisonError::Unequal { messages: 50, forces: 49, masses: 50 }));
    let refused = Comparison::of(&table(2, vec![0.0; 20]), &table(2, vec![0.0; 20]), &[1.0; 10]);
    assert_eq!(refused, Err(ComparisonError::TooFew { samples: 10 }));
    assert_eq!(Table::new(2, vec![1.0; 3]), Err(TableError::Ragged { count: 3, width: 2 }));
    assert_eq!(Table::new(2, vec![1.0, 2.0, f64::NAN, 0.0]), Err(TableError::NotFinite { row: 1 }));
}
