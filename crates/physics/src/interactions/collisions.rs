//! Balls in a box: straight lines from one elastic collision to the next, at their exact times.

use crate::interactions::domain::{BALL, WALL};
use crate::interactions::scene::{Scene, State};

/// Collisions in one frame, after which the rest of it passes without any: only balls wedged together would need more.
const MOST: usize = 1000;

/// What happens next.
#[derive(Clone, Copy, Debug)]
enum Collision {
    /// Of two balls.
    Pair(usize, usize),
    /// Of a ball with a wall across an axis.
    Wall(usize, usize),
}

impl Scene {
    /// The state of balls after a time.
    pub(crate) fn collided(&self, state: &State, time: f64) -> State {
        let mut state = state.clone();
        let mut left = time;
        for _ in 0..MOST {
            let Some((after, collision)) = first(&state).filter(|(after, _)| *after < left) else { break };
            state.drift(after);
            left -= after;
            self.bounce(&mut state, collision);
        }
        state.drift(left);
        state
    }

    /// Changes velocities as an elastic collision does.
    fn bounce(&self, state: &mut State, collision: Collision) {
        match collision {
            Collision::Wall(ball, axis) => state.velocities[2 * ball + axis] *= -1.0,
            Collision::Pair(i, j) => {
                let ([xi, yi], [xj, yj]) = (state.position(i), state.position(j));
                let (dx, dy) = (xj - xi, yj - yi);
                let ([ui, vi], [uj, vj]) = (state.velocity(i), state.velocity(j));
                let approach = ((uj - ui) * dx + (vj - vi) * dy) / (dx * dx + dy * dy);
                let (mi, mj) = (self.masses[i], self.masses[j]);
                for (axis, d) in [dx, dy].into_iter().enumerate() {
                    state.velocities[2 * i + axis] += 2.0 * mj / (mi + mj) * approach * d;
                    state.velocities[2 * j + axis] -= 2.0 * mi / (mi + mj) * approach * d;
                }
            }
        }
    }
}

impl State {
    fn drift(&mut self, time: f64) {
        self.positions.iter_mut().zip(&self.velocities).for_each(|(x, v)| *x += v * time);
    }
}

/// The first collision and the time until then.
fn first(state: &State) -> Option<(f64, Collision)> {
    let n = state.positions.len() / 2;
    let mut first: Option<(f64, Collision)> = None;
    let mut offer = |after: f64, collision| {
        if first.is_none_or(|(before, _)| after < before) {
            first = Some((after, collision));
        }
    };
    for i in 0..n {
        for axis in 0..2 {
            let (x, v) = (state.positions[2 * i + axis], state.velocities[2 * i + axis]);
            if v != 0.0 {
                offer((((WALL - BALL) * v.signum() - x) / v).max(0.0), Collision::Wall(i, axis));
            }
        }
        for j in 0..i {
            if let Some(after) = meeting(state, i, j) {
                offer(after, Collision::Pair(i, j));
            }
        }
    }
    first
}

/// When two balls touch, if they are on their way to: the smaller root of |x + vt| = 2R.
fn meeting(state: &State, i: usize, j: usize) -> Option<f64> {
    let ([xi, yi], [xj, yj]) = (state.position(i), state.position(j));
    let ([ui, vi], [uj, vj]) = (state.velocity(i), state.velocity(j));
    let (dx, dy, du, dv) = (xj - xi, yj - yi, uj - ui, vj - vi);
    let (b, v2, gap) = (dx * du + dy * dv, du * du + dv * dv, dx * dx + dy * dy - 4.0 * BALL * BALL);
    let root = b * b - v2 * gap;
    // Balls that already touch and approach collide now.
    (b < 0.0 && root >= 0.0).then(|| (gap / (root.sqrt() - b)).max(0.0))
}
