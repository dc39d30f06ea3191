//! Where training starts from: random orthogonal weights, from the seed and nothing else.
//!
//! Drawn here rather than on a device, so that every engine starts from the same network. As in the reference code of
//! Hamiltonian neural networks: orthogonal weights (Saxe, McClelland and Ganguli 2013), biases uniform in ±1/√inputs.

use crate::layers::LastBias;
use autodiff::parameters::{Matrix, Parameters};
use rand::{Rng, RngExt};
use rand_distr::{Distribution, StandardNormal};

/// Layers of these widths, input first: weight and bias of each, in the order of [`crate::layers::Layers`].
pub fn orthogonal(widths: &[usize], last: LastBias, rng: &mut impl Rng) -> Parameters {
    let count = widths.len().saturating_sub(1);
    let mut parameters = vec![];
    for (i, pair) in widths.windows(2).enumerate() {
        let (inputs, outputs) = (pair[0], pair[1]);
        parameters.push(Matrix { rows: inputs, columns: outputs, values: orthogonal_matrix(inputs, outputs, rng) });
        if i + 1 < count || last == LastBias::Present {
            let bound = 1.0 / (inputs as f32).sqrt();
            let values = (0..outputs).map(|_| rng.random_range(-bound..bound)).collect();
            parameters.push(Matrix { rows: 1, columns: outputs, values });
        }
    }
    parameters
}

/// A random `[rows, columns]` matrix whose shorter side is orthonormal: Gram–Schmidt on Gaussian vectors.
fn orthogonal_matrix(rows: usize, columns: usize, rng: &mut impl Rng) -> Vec<f32> {
    let (count, length) = (rows.min(columns), rows.max(columns));
    let mut basis: Vec<Vec<f64>> = Vec::with_capacity(count);
    while basis.len() < count {
        let mut v: Vec<f64> = (0..length).map(|_| StandardNormal.sample(rng)).collect();
        // Twice is enough for orthogonality to rounding.
        for _ in 0..2 {
            for b in &basis {
                let overlap = dot(&v, b);
                v.iter_mut().zip(b).for_each(|(x, y)| *x -= overlap * y);
            }
        }
        let norm = dot(&v, &v).sqrt();
        if norm > 1e-6 {
            v.iter_mut().for_each(|x| *x /= norm);
            basis.push(v);
        }
    }
    let entry = |row: usize, column: usize| {
        if rows <= columns { basis[row][column] } else { basis[column][row] }
    };
    (0..rows * columns).map(|i| entry(i / columns, i % columns) as f32).collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}
