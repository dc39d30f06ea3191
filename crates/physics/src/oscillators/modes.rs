//! Normal modes of masses on springs, and the exact motion that they give.
//!
//! In the coordinates y = Vᵀ M^½ q the system falls into independent oscillators with ÿ = −ω² y, where the columns of V are
//! the eigenvectors of M^−½ K M^−½ and ω² its eigenvalues. A mode with ω = 0 moves uniformly. Goldstein, Poole and Safko,
//! *Classical Mechanics*, ch. 6.

use crate::oscillators::system::Oscillators;
use crate::phase_space::PhasePoint;
use numerics::symmetric::eigenvectors;

/// The normal modes of a system.
#[derive(Clone, Debug)]
pub struct Modes {
    dimensions: usize,
    /// √m of each body.
    roots: Vec<f64>,
    /// ω of each mode, ascending.
    frequencies: Vec<f64>,
    /// `[n, n]`, a row a mode.
    vectors: Vec<f64>,
}

impl Modes {
    /// Those of a system.
    pub fn of(system: &Oscillators) -> Self {
        let n = system.bodies();
        let roots: Vec<f64> = system.masses.iter().map(|mass| mass.sqrt()).collect();
        let mut matrix = vec![0.0; n * n];
        system.tethers.iter().enumerate().for_each(|(i, tether)| matrix[i * n + i] += tether);
        for spring in &system.springs {
            let [i, j] = spring.ends;
            for (row, column, sign) in [(i, i, 1.0), (j, j, 1.0), (i, j, -1.0), (j, i, -1.0)] {
                matrix[row * n + column] += sign * spring.stiffness;
            }
        }
        matrix.iter_mut().enumerate().for_each(|(at, k)| *k /= roots[at / n] * roots[at % n]);
        let found = eigenvectors(matrix, n);
        let largest = found.values.last().copied().unwrap_or_default().abs();
        // Rounding leaves the square of a frequency of zero at 1e-16 of the largest, on either side.
        let frequency = |square: &f64| if *square < 1e-12 * largest { 0.0 } else { square.sqrt() };
        let frequencies = found.values.iter().map(frequency).collect();
        Self { dimensions: system.dimensions, roots, frequencies, vectors: found.vectors }
    }

    /// Angular frequencies, ascending.
    pub fn frequencies(&self) -> &[f64] {
        &self.frequencies
    }

    /// The state at each of `times` after the start, exact to rounding.
    pub fn motion(&self, start: &PhasePoint, times: impl Iterator<Item = f64>) -> Vec<PhasePoint> {
        let (n, d) = (self.roots.len(), self.dimensions);
        let amplitudes = |values: &[f64], weight: &dyn Fn(usize) -> f64| -> Vec<f64> {
            let mut all = vec![0.0; n * d];
            for (mode, row) in self.vectors.chunks_exact(n).enumerate() {
                for (body, v) in row.iter().enumerate() {
                    for axis in 0..d {
                        all[mode * d + axis] += v * weight(body) * values[body * d + axis];
                    }
                }
            }
            all
        };
        let y = amplitudes(&start.q, &|body| self.roots[body]);
        let w = amplitudes(&start.p, &|body| 1.0 / self.roots[body]);
        times.map(|t| self.state(&y, &w, t)).collect()
    }

    /// From amplitudes y and w = ẏ of the modes at time zero, `[n, D]` each, to the state at a time t.
    fn state(&self, y: &[f64], w: &[f64], t: f64) -> PhasePoint {
        let (n, d) = (self.roots.len(), self.dimensions);
        let (mut q, mut p) = (vec![0.0; n * d], vec![0.0; n * d]);
        for (mode, (row, frequency)) in self.vectors.chunks_exact(n).zip(&self.frequencies).enumerate() {
            let (sin, cos) = (frequency * t).sin_cos();
            let sine_over_frequency = if *frequency == 0.0 { t } else { sin / frequency };
            for axis in 0..d {
                let (y, w) = (y[mode * d + axis], w[mode * d + axis]);
                let (now, rate) = (y * cos + w * sine_over_frequency, w * cos - y * frequency * sin);
                for (body, v) in row.iter().enumerate() {
                    q[body * d + axis] += v * now / self.roots[body];
                    p[body * d + axis] += v * rate * self.roots[body];
                }
            }
        }
        PhasePoint { q, p }
    }
}
