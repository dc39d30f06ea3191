//! Where training starts from: random orthogonal weights, from the seed and nothing else.
//!
//! Drawn here rather than on a device, so that every engine starts from the same network. As in the reference code of
//! Hamiltonian neural networks: orthogonal weights (Saxe, McClelland and Ganguli 2013), biases uniform in ±1/√inputs, no
//! bias in the last layer.

use crate::field::activation::Activation;
use crate::field::weights::{LayerWeights, MlpWeights};
use rand::{Rng, RngExt};
use rand_distr::{Distribution, StandardNormal};

/// A network with the given layer widths, input first and output last.
pub fn orthogonal_mlp(widths: &[usize], activation: Activation, rng: &mut impl Rng) -> MlpWeights {
    let last = widths.len().saturating_sub(2);
    let layers =
        widths.windows(2).enumerate().map(|(i, pair)| orthogonal_layer(pair[0], pair[1], i != last, rng)).collect();
    MlpWeights { activation, layers }
}

/// One layer: orthogonal weights, and a bias uniform in ±1/√inputs if it has any.
pub fn orthogonal_layer(inputs: usize, outputs: usize, has_bias: bool, rng: &mut impl Rng) -> LayerWeights {
    let weight = orthogonal(inputs, outputs, rng);
    let bound = 1.0 / (inputs as f32).sqrt();
    let bias = if has_bias { (0..outputs).map(|_| rng.random_range(-bound..bound)).collect() } else { vec![] };
    LayerWeights { inputs, outputs, weight, bias }
}

/// A random `[rows, columns]` matrix whose shorter side is orthonormal: Gram–Schmidt on Gaussian vectors.
fn orthogonal(rows: usize, columns: usize, rng: &mut impl Rng) -> Vec<f32> {
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
