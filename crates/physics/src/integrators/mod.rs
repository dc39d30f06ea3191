//! One file per way of taking a step in time. All are pure functions of a point and a step size.

pub mod dormand_prince;
pub mod generalised_leapfrog;
pub mod implicit_midpoint;
pub mod leapfrog;
pub mod runge_kutta;
pub mod symplectic_euler;
pub mod yoshida4;

/// Solves x = f(x) by repetition, for the implicit schemes.
///
/// Stops when the change no longer shrinks (rounding has been reached) or after [`MAX_ITERATIONS`]. Converges when the step
/// size times the field's steepness is below one, which is also where an implicit scheme is accurate.
pub(crate) fn fixed_point(mut guess: Vec<f64>, f: impl Fn(&[f64]) -> Vec<f64>) -> Vec<f64> {
    let mut last_change = f64::INFINITY;
    for _ in 0..MAX_ITERATIONS {
        let next = f(&guess);
        let change = guess.iter().zip(&next).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        guess = next;
        let scale = guess.iter().fold(1.0, |scale: f64, x| scale.max(x.abs()));
        if change <= TOLERANCE * scale && change >= last_change || change == 0.0 || !change.is_finite() {
            break;
        }
        last_change = change;
    }
    guess
}

/// Convergence is geometric with ratio (step × steepness); 400 repetitions reach rounding at a ratio of 0.91, beyond the longest step
/// that is offered on the systems here. Fewer leave an error that looks like a drift.
const MAX_ITERATIONS: usize = 400;
/// Below this relative change, a change that stops shrinking is rounding.
const TOLERANCE: f64 = 1e-12;
