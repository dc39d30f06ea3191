//! Adding or taking energy by following the slope of a learned H, as Greydanus, Dzamba and Yosinski (2019) do: what if this
//! motion had a little more of it?

use crate::pages::learning::matching::Match;
use crate::session::state::Session;
use jobs::protocol::motion_snapshot::{ENERGIES, window};
use models::field::model::ModelKind;

/// Steps along the way; the slope is asked anew at each.
const STEPS: usize = 40;

/// What is added or taken at a time, as a part of the largest energy in the data.
const ENERGY_PORTION: f64 = 0.15;

/// How the learned H would have it: a start (q, p) with more or less energy, the nearest along its slope. `None` before anything
/// was learned.
pub fn start(session: &Session, by: f64) -> Option<(f64, f64)> {
    let snapshot = session.models.get(&ModelKind::Hnn)?.snapshot.as_ref()?;
    let scene = &session.scene;
    let factor = session.workbench.field.system.mechanics().reference_factor();
    let matched = Match::of(&snapshot.energies, &scene.truth.energies, scene.energy_scale, factor)?;
    let start = session.workbench.field.start();
    let by = by * ENERGY_PORTION * scene.energy_scale / matched.scale;
    Some(walk(&snapshot.energies, window(&session.workbench.field), (start.q[0], start.p[0]), by))
}

/// The point reached from `from` by walking along ∇H until H has changed by `by`; H is given on the lattice of a square of half
/// side `half`, row by row from the lower left. Stops where the slope vanishes or the square ends.
pub fn walk(energies: &[f64], half: f64, from: (f64, f64), by: f64) -> (f64, f64) {
    let mut at = from;
    for _ in 0..STEPS {
        let Some((dq, dp)) = slope(energies, half, at) else {
            break;
        };
        let square = dq * dq + dp * dp;
        let part = by / STEPS as f64 / square;
        let next = (at.0 + part * dq, at.1 + part * dp);
        // At the bottom of a well the next step would shoot out on the other side.
        if !(part.is_finite() && (next.0 - at.0).hypot(next.1 - at.1) < half / 8.0) {
            break;
        }
        at = next;
    }
    at
}

/// (∂H/∂q, ∂H/∂p) between the points of the lattice, by central differences half a cell to each side.
fn slope(energies: &[f64], half: f64, (q, p): (f64, f64)) -> Option<(f64, f64)> {
    let reach = half / (ENERGIES - 1) as f64;
    let at = |q, p| height(energies, half, q, p);
    let dq = (at(q + reach, p)? - at(q - reach, p)?) / (2.0 * reach);
    let dp = (at(q, p + reach)? - at(q, p - reach)?) / (2.0 * reach);
    Some((dq, dp))
}

/// H between the points of the lattice, bilinear.
fn height(energies: &[f64], half: f64, q: f64, p: f64) -> Option<f64> {
    let place = |x: f64| (x / half + 1.0) / 2.0 * (ENERGIES - 1) as f64;
    let (across, up) = (place(q), place(p));
    let last = (ENERGIES - 2) as f64;
    if !(across >= 0.0 && up >= 0.0 && across <= last + 1.0 && up <= last + 1.0) {
        return None;
    }
    let (column, row) = (across.floor().min(last), up.floor().min(last));
    let (right, upper) = (across - column, up - row);
    let corner = |c: usize, r: usize| energies.get((row as usize + r) * ENERGIES + column as usize + c).copied();
    let lower = corner(0, 0)? * (1.0 - right) + corner(1, 0)? * right;
    let higher = corner(0, 1)? * (1.0 - right) + corner(1, 1)? * right;
    Some(lower * (1.0 - upper) + higher * upper)
}

#[cfg(test)]
mod tests {
    use super::walk;
    use jobs::protocol::motion_snapshot::{ENERGIES, lattice};

    #[test]
    fn on_the_springs_own_energy_the_walk_is_straight_and_arrives() {
        let energies: Vec<f64> = lattice(2.0, ENERGIES).map(|at| at.q[0].powi(2) + at.p[0].powi(2)).collect();
        for by in [0.5, -0.3] {
            let (q, p) = walk(&energies, 2.0, (0.6, 0.8), by);
            assert!((q * q + p * p - (1.0 + by)).abs() < 0.03, "{q} {p}");
            assert!((q / p - 0.75).abs() < 0.02, "{q} {p}");
        }
        // There is not so much energy to take: it stops near the bottom.
        let (q, p) = walk(&energies, 2.0, (0.6, 0.8), -50.0);
        assert!(q.is_finite() && p.is_finite() && q.hypot(p) < 1.1, "{q} {p}");
    }
}
