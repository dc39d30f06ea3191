//! One message component as an affine function of the force, fitted in two ways.
//!
//! *Least squares* takes every sample. Its R² is what a textbook means by the word, but where forces are as unequal as those
//! of 1/r², a few near collisions decide it.
//!
//! *Trimmed* is what the reference's published notebook minimises: the squares of the residuals up to their 90th
//! percentile. There it is left to a general optimiser, here it is least trimmed squares by concentration steps (Rousseeuw
//! and Van Driessen, *Computing LTS Regression for Large Data Sets*, 2006): fit, keep the nine tenths with the smallest
//! residuals, fit those, until the same ones are kept. Each step makes the sum smaller, so it ends; where it ends depends on
//! where it began, so it begins twice, from all samples and from the half with the smallest forces (a few near collisions
//! with false messages can turn the first, but are not in the second), and the smaller sum is taken. R² is that of the kept
//! samples.

use crate::messages::table::Table;

/// Which samples count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fitting {
    /// All.
    LeastSquares,
    /// The nine tenths that fit best.
    Trimmed,
}

/// y = a·x + b and how much it explains.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// a, one per component of the force.
    pub slopes: Vec<f64>,
    /// b.
    pub offset: f64,
    /// 1 − Σ(y − a·x − b)²/Σ(y − ȳ)² over the samples that count; 0 where y does not vary.
    pub r_squared: f64,
}

/// A direction of the inputs whose variance is less than this part of one component's is no direction of its own.
const FLAT: f64 = 1e-12;
/// Concentration steps; some ten are usual.
const MOST_STEPS: usize = 200;

impl Line {
    /// The best line through rows x and values y (one per row).
    pub fn fit(x: &Table, y: &[f64], fitting: Fitting) -> Self {
        let all = vec![1.0; y.len()];
        let plain = weighted(x, y, &all);
        match fitting {
            Fitting::LeastSquares => plain.judged(x, y, &all),
            Fitting::Trimmed => {
                let ordinary = ordinary(x, y);
                let (one, other) = (concentrated(x, y, plain), concentrated(x, y, ordinary));
                let (line, kept) = if other.sum < one.sum { (other.line, other.kept) } else { (one.line, one.kept) };
                line.judged(x, y, &kept)
            }
        }
    }

    /// a·x + b.
    pub fn value(&self, x: &[f64]) -> f64 {
        self.slopes.iter().zip(x).map(|(a, x)| a * x).sum::<f64>() + self.offset
    }

    fn residuals<'a>(&'a self, x: &'a Table, y: &'a [f64]) -> impl Iterator<Item = f64> + 'a {
        x.rows().zip(y).map(|(x, y)| y - self.value(x))
    }

    /// With its R² over the samples of weight 1.
    fn judged(self, x: &Table, y: &[f64], weights: &[f64]) -> Self {
        let count: f64 = weights.iter().sum();
        let mean = weights.iter().zip(y).map(|(w, y)| w * y).sum::<f64>() / count;
        let total: f64 = weights.iter().zip(y).map(|(w, y)| w * (y - mean).powi(2)).sum();
        // What does not vary but for the rounding of its mean is explained by nothing.
        if total <= count * (count * f64::EPSILON * mean).powi(2) {
            return Self { slopes: vec![0.0; self.slopes.len()], offset: mean, r_squared: 0.0 };
        }
        let missed: f64 = weights.iter().zip(self.residuals(x, y)).map(|(w, r)| w * r * r).sum();
        Self { r_squared: 1.0 - missed / total, ..self }
    }
}

/// Weighted least squares: the centred normal equations in units of each input's deviation, by Cholesky.
fn weighted(x: &Table, y: &[f64], weights: &[f64]) -> Line {
    let d = x.width();
    let total = weights.iter().sum::<f64>().max(f64::MIN_POSITIVE);
    let mut means = vec![0.0; d];
    let mut mean_y = 0.0;
    for ((row, y), w) in x.rows().zip(y).zip(weights) {
        means.iter_mut().zip(row).for_each(|(mean, x)| *mean += w * x / total);
        mean_y += w * y / total;
    }
    let (mut squares, mut products) = (vec![vec![0.0; d]; d], vec![0.0; d]);
    for ((row, y), w) in x.rows().zip(y).zip(weights) {
        for i in 0..d {
            let part = w * (row[i] - means[i]);
            products[i] += part * (y - mean_y);
            for j in 0..=i {
                squares[i][j] += part * (row[j] - means[j]);
            }
        }
    }
    let scale: Vec<f64> = (0..d).map(|i| squares[i][i].sqrt().max(f64::MIN_POSITIVE)).collect();
    for i in 0..d {
        products[i] /= scale[i];
        for j in 0..=i {
            squares[i][j] /= scale[i] * scale[j];
        }
    }
    let slopes: Vec<f64> = solved(squares, products).iter().zip(&scale).map(|(a, scale)| a / scale).collect();
    let offset = mean_y - slopes.iter().zip(&means).map(|(a, mean)| a * mean).sum::<f64>();
    Line { slopes, offset, r_squared: 0.0 }
}

/// Solves Ma = v for a symmetric M (lower half given, ones on the diagonal). A direction that M lacks gets slope 0.
pub(crate) fn solved(mut m: Vec<Vec<f64>>, mut v: Vec<f64>) -> Vec<f64> {
    let d = v.len();
    for i in 0..d {
        for j in 0..=i {
            let known: f64 = (0..j).map(|k| m[i][k] * m[j][k]).sum();
            let rest = m[i][j] - known;
            // An infinite pivot turns its direction off.
            m[i][j] = match i == j {
                true if rest > FLAT => rest.sqrt(),
                true => f64::INFINITY,
                false => rest / m[j][j],
            };
        }
    }
    for i in 0..d {
        let known: f64 = (0..i).map(|k| m[i][k] * v[k]).sum();
        v[i] = (v[i] - known) / m[i][i];
    }
    for i in (0..d).rev() {
        let known: f64 = (i + 1..d).map(|k| m[k][i] * v[k]).sum();
        v[i] = (v[i] - known) / m[i][i];
    }
    v
}

/// The line through the half of the samples with the smallest inputs, in units of each input's deviation.
fn ordinary(x: &Table, y: &[f64]) -> Line {
    let deviations = x.deviations();
    let size = |row: &[f64]| -> f64 {
        row.iter().zip(&deviations).map(|(x, deviation)| (x / deviation.max(f64::MIN_POSITIVE)).powi(2)).sum()
    };
    let sizes: Vec<f64> = x.rows().map(size).collect();
    weighted(x, y, &smallest(&sizes, sizes.len().div_ceil(2)))
}

/// A line, the samples it is fitted to (weight 1), and the sum of their squared residuals.
struct Concentrated {
    line: Line,
    kept: Vec<f64>,
    sum: f64,
}

fn concentrated(x: &Table, y: &[f64], mut line: Line) -> Concentrated {
    let (mut kept, mut sum) = best_nine_tenths(x, y, &line);
    for _ in 0..MOST_STEPS {
        let next = weighted(x, y, &kept);
        let (next_kept, next_sum) = best_nine_tenths(x, y, &next);
        // By rounding the sum may rise in the end.
        if next_sum > sum {
            break;
        }
        let settled = next_kept == kept;
        (line, kept, sum) = (next, next_kept, next_sum);
        if settled {
            break;
        }
    }
    Concentrated { line, kept, sum }
}

/// Weight 1 for the nine tenths with the smallest residuals, of equal ones the first, and the sum of their squares.
fn best_nine_tenths(x: &Table, y: &[f64], line: &Line) -> (Vec<f64>, f64) {
    let squares: Vec<f64> = line.residuals(x, y).map(|r| r * r).collect();
    let kept = smallest(&squares, squares.len() * 9 / 10);
    let sum = kept.iter().zip(&squares).map(|(w, square)| w * square).sum();
    (kept, sum)
}

/// Weight 1 for the `count` smallest numbers, of equal ones the first, and 0 for the others.
fn smallest(numbers: &[f64], count: usize) -> Vec<f64> {
    let mut order: Vec<usize> = (0..numbers.len()).collect();
    if count < order.len() {
        order.select_nth_unstable_by(count, |a, b| numbers[*a].total_cmp(&numbers[*b]).then(a.cmp(b)));
    }
    let mut weights = vec![0.0; numbers.len()];
    for index in order.into_iter().take(count) {
        weights[index] = 1.0;
    }
    weights
}
