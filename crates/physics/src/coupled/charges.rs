//! Charges of ±1 in a box, as the paper's code moves them: leapfrog with a step of 0.001, forces capped, elastic walls.

use crate::coupled::system::{DT, pairs};

/// Steps from one frame to the next.
const STEPS: usize = 100;
/// The most force in each direction on a body.
const MOST_FORCE: f64 = 100.0;
/// Walls are at ± this.
const BOX: f64 = 5.0;

/// Force of a unit charge on another one, from x₂ − x₁, on the second: x/r³.
pub(super) fn force([x, y]: [f64; 2]) -> [f64; 2] {
    let r3 = (x * x + y * y).powf(1.5).max(f64::MIN_POSITIVE);
    [x / r3, y / r3]
}

fn forces(edges: &[bool], x: &[f64]) -> Vec<f64> {
    let n = x.len() / 2;
    let mut forces = vec![0.0; x.len()];
    for ((i, j), like) in pairs(n).zip(edges) {
        let push = force([x[2 * j] - x[2 * i], x[2 * j + 1] - x[2 * i + 1]]);
        let sign = if *like { 1.0 } else { -1.0 };
        for (axis, push) in push.into_iter().enumerate() {
            forces[2 * j + axis] += sign * push;
            forces[2 * i + axis] -= sign * push;
        }
    }
    forces.iter_mut().for_each(|force| *force = force.clamp(-MOST_FORCE, MOST_FORCE));
    forces
}

/// Positions and velocities, frame by frame.
pub(super) fn motion(
    edges: &[bool],
    positions: &[f64],
    velocities: &[f64],
    frames: usize,
) -> (Vec<Vec<f64>>, Vec<Vec<f64>>) {
    let dt = DT / STEPS as f64;
    let (mut x, mut v) = (positions.to_vec(), velocities.to_vec());
    let mut force = forces(edges, &x);
    let (mut all_x, mut all_v) = (vec![x.clone()], vec![v.clone()]);
    for _ in 1..frames {
        for _ in 0..STEPS {
            v.iter_mut().zip(&force).for_each(|(v, f)| *v += f * dt / 2.0);
            x.iter_mut().zip(&v).for_each(|(x, v)| *x += v * dt);
            for (x, v) in x.iter_mut().zip(&mut v).filter(|(x, _)| x.abs() > BOX) {
                *x = x.signum() * 2.0 * BOX - *x;
                *v = -x.signum() * v.abs();
            }
            force = forces(edges, &x);
            v.iter_mut().zip(&force).for_each(|(v, f)| *v += f * dt / 2.0);
        }
        all_x.push(x.clone());
        all_v.push(v.clone());
    }
    (all_x, all_v)
}
