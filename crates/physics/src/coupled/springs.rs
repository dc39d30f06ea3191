//! Springs of rest length 0 between some pairs: x″ = −K x with K the Laplacian of the graph times k.
//!
//! One frame later x is C x + S v and v is −K S x + C v, with C = cos(√K dt) and S = sin(√K dt)/√K as power series of K: exact
//! to the accuracy of the numbers.

use crate::coupled::system::{DT, pairs};

/// Stiffness k.
pub(super) const STIFFNESS: f64 = 0.1;
/// Terms of the series: its n-th is at most (k·10·dt²)ⁿ/(2n)!, below 1e-20 here.
const TERMS: usize = 8;

type Matrix = Vec<Vec<f64>>;

/// Positions and velocities, frame by frame.
pub(super) fn motion(edges: &[bool], positions: &[f64], velocities: &[f64], frames: usize) -> (Matrix, Matrix) {
    let n = positions.len() / 2;
    let mut k = vec![vec![0.0; n]; n];
    for ((i, j), _) in pairs(n).zip(edges).filter(|(_, edge)| **edge) {
        for (row, column, sign) in [(i, i, 1.0), (j, j, 1.0), (i, j, -1.0), (j, i, -1.0)] {
            k[row][column] += sign * STIFFNESS;
        }
    }
    let mut power = vec![vec![0.0; n]; n];
    (0..n).for_each(|i| power[i][i] = 1.0);
    let (mut cosine, mut sine) = (vec![vec![0.0; n]; n], vec![vec![0.0; n]; n]);
    let mut factor = 1.0;
    for term in 0..TERMS {
        let odd = factor * DT / (2 * term + 1) as f64;
        for (row, power) in power.iter().enumerate() {
            for (column, x) in power.iter().enumerate() {
                cosine[row][column] += factor * x;
                sine[row][column] += odd * x;
            }
        }
        factor *= -DT * DT / ((2 * term + 1) * (2 * term + 2)) as f64;
        power = product(&k, &power);
    }
    let force = product(&k, &sine);

    let (mut all_x, mut all_v) = (vec![positions.to_vec()], vec![velocities.to_vec()]);
    for frame in 1..frames {
        let (x, v) = (&all_x[frame - 1], &all_v[frame - 1]);
        let (cx, sv, fx, cv) = (apply(&cosine, x), apply(&sine, v), apply(&force, x), apply(&cosine, v));
        let next_x = cx.iter().zip(sv).map(|(a, b)| a + b).collect();
        let next_v = cv.iter().zip(fx).map(|(a, b)| a - b).collect();
        all_x.push(next_x);
        all_v.push(next_v);
    }
    (all_x, all_v)
}

fn product(a: &Matrix, b: &Matrix) -> Matrix {
    let of = |row: &Vec<f64>, column: usize| row.iter().zip(b).map(|(a, b)| a * b[column]).sum();
    a.iter().map(|row| (0..b.len()).map(|column| of(row, column)).collect()).collect()
}

/// A matrix over bodies, applied to `[n, 2]`.
fn apply(matrix: &Matrix, x: &[f64]) -> Vec<f64> {
    let of = |row: &Vec<f64>, axis: usize| row.iter().zip(x.chunks(2)).map(|(m, x)| m * x[axis]).sum();
    matrix.iter().flat_map(|row| [of(row, 0), of(row, 1)]).collect()
}
