//! The affine map that turns messages into vectors along given directions.
//!
//! Forces between two bodies point along the line between them, to or fro. So if messages are forces mixed by some A and moved by some
//! b, u = B·message + c with B = A⁻¹ and c = −A⁻¹b has no part across that line. B and c are sought that make this part smallest, as a
//! share of all: Σ w |u − (u·d)d|² / Σ w |u|². Nothing has to be known of how large a force is, or of its sign.
//!
//! Both sums are quadratic in the numbers of B and c; the smallest ratio is that of a generalised eigenvector, which inverse iteration
//! finds. Weights keep the few messages of bodies that nearly meet from deciding.

use crate::messages::affine::AffineMap;
use crate::messages::table::Table;
use numerics::statistics::median;

/// Rounds in which the weights follow the map.
const ROUNDS: usize = 4;
/// Steps of inverse iteration in a round; each brings the next eigenvector down by the ratio of the two shares, usually a tenth.
const ITERATIONS: usize = 60;
/// The smallest share that counts as different from zero.
const RIDGE: f64 = 1e-9;

/// A map from messages to vectors along directions, up to a factor.
#[derive(Clone, Debug, PartialEq)]
pub struct Parallel {
    /// u = B·message + c.
    pub map: AffineMap,
    /// The weighted share of Σ|u|² along the directions: 1 for forces, 1/D for what has nothing to do with them.
    pub along: f64,
}

impl Parallel {
    /// The best map for messages `[rows, D]` and as many directions `[rows, D]` of any length but 0. None where messages lack a direction
    /// of their own.
    pub fn of(messages: &Table, directions: &Table) -> Option<Self> {
        let d = directions.width();
        let middles: Vec<f64> = (0..d).map(|c| median(messages.column(c)).unwrap_or_default()).collect();
        let spreads: Vec<f64> = (0..d)
            .map(|c| median(messages.column(c).iter().map(|x| (x - middles[c]).abs()).collect()).unwrap_or_default())
            .collect();
        if spreads.iter().any(|spread| *spread <= 0.0) {
            return None;
        }
        // Messages in units of their spread, and 1 for c.
        let features: Vec<Vec<f64>> = messages
            .rows()
            .map(|row| (0..d).map(|c| (row[c] - middles[c]) / spreads[c]).chain([1.0]).collect())
            .collect();
        let units: Vec<Vec<f64>> = directions.rows().map(|row| row.iter().map(|x| x / norm(row)).collect()).collect();
        let unit_map = (0..d * (d + 1)).map(|k| f64::from(u8::from(k / (d + 1) == k % (d + 1))));
        let (mut numbers, mut along) = (unit_map.collect::<Vec<f64>>(), 0.0);
        for _ in 0..ROUNDS {
            let vectors: Vec<Vec<f64>> = features.iter().map(|row| applied(&numbers, row)).collect();
            let typical = median(vectors.iter().map(|u| norm(u)).collect()).unwrap_or_default().max(f64::MIN_POSITIVE);
            let weights: Vec<f64> = vectors.iter().map(|u| 1.0 / (1.0 + (norm(u) / typical).powi(2))).collect();
            (numbers, along) = smallest_share(&features, &units, &weights, numbers)?;
        }
        let mut map = AffineMap { matrix: vec![], offset: vec![] };
        for row in numbers.chunks_exact(d + 1) {
            map.matrix.extend((0..d).map(|c| row[c] / spreads[c]));
            map.offset.push(row[d] - (0..d).map(|c| row[c] * middles[c] / spreads[c]).sum::<f64>());
        }
        Some(Self { map, along })
    }
}

/// The numbers `[D, D + 1]` with the smallest share across the directions, from where the search begins; and the share along them.
fn smallest_share(
    features: &[Vec<f64>],
    units: &[Vec<f64>],
    weights: &[f64],
    from: Vec<f64>,
) -> Option<(Vec<f64>, f64)> {
    let (n, width) = (from.len(), features.first()?.len());
    let (mut all, mut across) = (vec![0.0; n * n], vec![0.0; n * n]);
    for ((row, unit), weight) in features.iter().zip(units).zip(weights) {
        for a in 0..n {
            for b in 0..n {
                let (i, j) = (a / width, b / width);
                let product = weight * row[a % width] * row[b % width];
                let same = f64::from(u8::from(i == j));
                all[a * n + b] += same * product;
                across[a * n + b] += (same - unit[i] * unit[j]) * product;
            }
        }
    }
    let matrix = across.iter().zip(&all).map(|(across, all)| across + RIDGE * all).collect();
    let inverse = AffineMap { matrix, offset: vec![0.0; n] }.inverse()?;
    let times = |matrix: &[f64], x: &[f64]| -> Vec<f64> { matrix.chunks_exact(n).map(|row| dot(row, x)).collect() };
    let mut numbers = from;
    for _ in 0..ITERATIONS {
        let next = inverse.apply(&times(&all, &numbers));
        let size = dot(&next, &times(&all, &next)).sqrt();
        numbers = next.iter().map(|x| x / size).collect();
    }
    let share = dot(&numbers, &times(&across, &numbers)) / dot(&numbers, &times(&all, &numbers));
    share.is_finite().then_some((numbers, 1.0 - share))
}

fn applied(numbers: &[f64], features: &[f64]) -> Vec<f64> {
    numbers.chunks_exact(features.len()).map(|row| dot(row, features)).collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn norm(vector: &[f64]) -> f64 {
    dot(vector, vector).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers none of which follows from the others.
    fn even(i: usize) -> [f64; 4] {
        [0.856_674_9, 0.733_891_9, 0.628_706_7, 0.538_597_3].map(|step| (i as f64 * step).fract())
    }

    #[test]
    fn forces_in_space_of_either_sign_are_found_in_a_mixture() {
        let mixture = [[2.0, 1.0, 0.3], [-1.0, 3.0, 0.0], [0.5, -0.2, 0.1]];
        let (mut messages, mut directions, mut forces) = (vec![], vec![], vec![]);
        for i in 0..2000 {
            let [height, turn, radius, sign] = even(i);
            let (z, angle) = (2.0 * height - 1.0, std::f64::consts::TAU * turn);
            let flat = (1.0 - z * z).sqrt();
            let unit = [flat * angle.cos(), flat * angle.sin(), z];
            let size = (sign - 0.5).signum() / (0.1 + radius).powi(2);
            directions.extend(unit.map(|x| x * (0.1 + radius)));
            messages.extend(mixture.map(|row| dot(&row, &unit) * size + 4.0));
            forces.push(unit.map(|x| x * size));
        }
        let table = |numbers: Vec<f64>| Table::new(3, numbers).expect("numbers");
        let messages = table(messages);
        let found = Parallel::of(&messages, &table(directions)).expect("a map");
        assert!(found.along > 1.0 - 1e-6, "{found:?}");
        let vectors: Vec<Vec<f64>> = messages.rows().map(|row| found.map.apply(row)).collect();
        let factor = vectors.iter().zip(&forces).map(|(u, f)| dot(u, f)).sum::<f64>()
            / forces.iter().map(|f| dot(f, f)).sum::<f64>();
        for (vector, force) in vectors.iter().zip(&forces) {
            let away: Vec<f64> = vector.iter().zip(force).map(|(u, f)| u / factor - f).collect();
            assert!(norm(&away) < 1e-4 * norm(force), "{vector:?} {force:?}");
        }
    }

    #[test]
    fn what_has_nothing_to_do_with_the_directions_stays_across_them() {
        let angle = |part: f64| [(std::f64::consts::TAU * part).cos(), (std::f64::consts::TAU * part).sin()];
        let numbers = |of: fn([f64; 4]) -> f64| {
            Table::new(2, (0..2000).flat_map(|i| angle(of(even(i)))).collect()).expect("numbers")
        };
        let found = Parallel::of(&numbers(|parts| parts[0]), &numbers(|parts| parts[1])).expect("a map");
        assert!((found.along - 0.5).abs() < 0.05, "{found:?}");
        // One number of two that never changes has no direction.
        let flat = Table::new(2, (0..100).flat_map(|i| [even(i)[0], 1.0]).collect()).expect("numbers");
        assert_eq!(Parallel::of(&flat, &flat), None);
    }
}
