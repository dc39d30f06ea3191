//! Eigenvalues and eigenvectors of small symmetric matrices, by Jacobi's rotations.
//!
//! Golub and Van Loan, *Matrix Computations*, 8.5. For the few masses of a mechanical system; accurate to rounding.

/// Eigenvalues of a symmetric matrix, ascending, with their eigenvectors.
#[derive(Clone, Debug, PartialEq)]
pub struct Eigenvectors {
    /// `[n]`, ascending.
    pub values: Vec<f64>,
    /// `[n, n]`: row i is the unit vector that belongs to value i.
    pub vectors: Vec<f64>,
}

/// Each sweep squares what is left off the diagonal; ten are more than any matrix here needs.
const SWEEPS: usize = 30;

/// The eigenvectors of a symmetric `[n, n]` matrix, row by row.
pub fn eigenvectors(mut a: Vec<f64>, n: usize) -> Eigenvectors {
    assert_eq!(a.len(), n * n, "a square matrix");
    let mut v = vec![0.0; n * n];
    (0..n).for_each(|i| v[i * n + i] = 1.0);
    for _ in 0..SWEEPS {
        let pairs = || (0..n).flat_map(|p| (p + 1..n).map(move |q| (p, q)));
        let rest: f64 = pairs().map(|(p, q)| a[p * n + q].powi(2)).sum();
        let size: f64 = a.iter().map(|x| x * x).sum();
        if rest <= 1e-32 * size {
            break;
        }
        for (p, q) in pairs() {
            rotate(&mut a, &mut v, n, (p, q));
        }
    }
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|i, j| a[i * n + i].total_cmp(&a[j * n + j]));
    Eigenvectors {
        values: order.iter().map(|i| a[i * n + i]).collect(),
        vectors: order.iter().flat_map(|i| v[i * n..(i + 1) * n].to_vec()).collect(),
    }
}

/// Makes the element at (p, q) zero by a rotation in the plane of p and q; the rows of `v` turn with it.
fn rotate(a: &mut [f64], v: &mut [f64], n: usize, (p, q): (usize, usize)) {
    let off = a[p * n + q];
    if off == 0.0 {
        return;
    }
    let theta = (a[q * n + q] - a[p * n + p]) / (2.0 * off);
    let tangent = theta.signum() / (theta.abs() + theta.hypot(1.0));
    let cos = 1.0 / tangent.hypot(1.0);
    let sin = tangent * cos;
    for k in 0..n {
        let (x, y) = (a[k * n + p], a[k * n + q]);
        (a[k * n + p], a[k * n + q]) = (cos * x - sin * y, sin * x + cos * y);
    }
    for k in 0..n {
        let (x, y) = (a[p * n + k], a[q * n + k]);
        (a[p * n + k], a[q * n + k]) = (cos * x - sin * y, sin * x + cos * y);
        let (x, y) = (v[p * n + k], v[q * n + k]);
        (v[p * n + k], v[q * n + k]) = (cos * x - sin * y, sin * x + cos * y);
    }
}

#[cfg(test)]
mod tests {
    use super::eigenvectors;

    #[test]
    fn a_chain_of_equal_masses_has_the_frequencies_of_the_closed_form() {
        // −1, 2, −1 along the diagonals: 2 − 2 cos(πj/(n + 1)).
        for n in [1, 2, 7, 12] {
            let entry = |i: usize, j: usize| match i.abs_diff(j) {
                0 => 2.0,
                1 => -1.0,
                _ => 0.0,
            };
            let matrix: Vec<f64> = (0..n * n).map(|at| entry(at / n, at % n)).collect();
            let found = eigenvectors(matrix.clone(), n);
            for (j, (value, vector)) in found.values.iter().zip(found.vectors.chunks_exact(n)).enumerate() {
                let expected = 2.0 - 2.0 * (std::f64::consts::PI * (j + 1) as f64 / (n + 1) as f64).cos();
                assert!((value - expected).abs() < 1e-13, "{n}: {value} {expected}");
                assert!((vector.iter().map(|x| x * x).sum::<f64>() - 1.0).abs() < 1e-13);
                for (row, x) in matrix.chunks_exact(n).zip(vector) {
                    let product: f64 = row.iter().zip(vector).map(|(a, x)| a * x).sum();
                    assert!((product - value * x).abs() < 1e-13);
                }
            }
        }
    }

    #[test]
    fn equal_eigenvalues_are_no_difficulty() {
        let n = 4;
        let matrix: Vec<f64> = (0..n * n).map(|at| if at / n == at % n { 3.0 } else { -1.0 }).collect();
        let found = eigenvectors(matrix, n);
        assert!(found.values.iter().zip([0.0, 4.0, 4.0, 4.0]).all(|(a, b)| (a - b).abs() < 1e-13), "{found:?}");
    }
}
