//! Claims about bodies that attract one another, held against Kepler and conservation.

use numerics::seed::{Purpose, Seed};
use physics::dynamics::{Hamiltonian, Separable};
use physics::integrators::dormand_prince::{Tolerance, integrate};
use physics::mechanical_system::MechanicalSystem;
use physics::phase_space::PhasePoint;
use physics::systems::gravity::Gravity;
use physics::{dynamics::Dynamics, system::System};
use std::f64::consts::TAU;

const ALL: [Gravity; 2] = [Gravity::Two, Gravity::Three];

fn start(gravity: Gravity, seed: u32, spread: f64) -> PhasePoint {
    gravity.random_start(&mut Seed(seed).stream(Purpose::InitialStates), (0.9, 1.2), spread)
}

fn after(gravity: Gravity, from: &PhasePoint, t: f64) -> PhasePoint {
    let states = integrate(&Dynamics::Separable(&gravity), from, &[0.0, t], Tolerance::TRUTH).expect("no collision");
    states[1].clone()
}

#[test]
fn two_bodies_are_back_where_they_started_after_the_period_of_kepler() {
    for seed in 0..5 {
        let from = start(Gravity::Two, seed, 0.2);
        // Relative motion: mass ½ in the field −1/r, so its energy is that of the pair and T = 2π √(a³/2).
        let energy = Gravity::Two.energy(&from);
        let semi_major = -1.0 / (2.0 * energy);
        let period = TAU * (semi_major.powi(3) / 2.0).sqrt();
        assert!(after(Gravity::Two, &from, period).distance(&from) < 1e-7);
        assert!(after(Gravity::Two, &from, 0.9 * period).distance(&from) > 0.1);
    }
}

#[test]
fn three_bodies_at_the_circular_speed_turn_as_a_rigid_triangle() {
    let from = start(Gravity::Three, 3, 0.0);
    let radius = from.q[0].hypot(from.q[3]);
    let speed = from.p[0].hypot(from.p[3]);
    // Lagrange's triangle is unstable: rounding at the start grows, so a third of a turn is compared, not many turns.
    let third = after(Gravity::Three, &from, TAU * radius / speed / 3.0);
    for i in 0..3 {
        let next = (i + 1) % 3;
        assert!((third.q[i] - from.q[next]).abs() < 1e-8 && (third.q[3 + i] - from.q[3 + next]).abs() < 1e-8);
    }
}

#[test]
fn energy_momentum_and_angular_momentum_are_conserved() {
    for gravity in ALL {
        for seed in 0..3 {
            let from = start(gravity, seed, 0.2);
            let to = after(gravity, &from, 3.0);
            assert!(to.distance(&from) > 0.1);
            assert!((gravity.energy(&to) - gravity.energy(&from)).abs() < 1e-8);
            let momenta = |at| gravity.momenta(at).expect("bodies have momenta");
            for (a, b) in momenta(&from).iter().zip(momenta(&to)) {
                assert!((a - b).abs() < 1e-9);
            }
        }
    }
}

#[test]
fn forces_are_minus_the_slope_of_the_potential() {
    const H: f64 = 1e-5;
    for gravity in ALL {
        let at = start(gravity, 7, 0.2);
        let gradient = gravity.potential_gradient(&at.q);
        for (i, slope) in gradient.iter().enumerate() {
            let energy = |by: f64| {
                let mut moved = at.clone();
                moved.q[i] += by;
                gravity.energy(&moved)
            };
            let measured = (energy(H) - energy(-H)) / (2.0 * H);
            // The error of a central difference is h²/6 times a third derivative of a few units.
            assert!((measured - slope).abs() < 1e-8, "{measured} {slope}");
        }
    }
}

#[test]
fn starts_are_those_of_the_recipe() {
    let system = System::Gravity(Gravity::Two);
    let mut rng = Seed(1).stream(Purpose::InitialStates);
    for _ in 0..500 {
        let from = system.random_start(&mut rng, (0.5, 1.5), 0.05);
        assert!((0.5..=1.5).contains(&from.q[0]) && (0.5..=1.5).contains(&from.q[2]));
        let [px, py, _] = system.momenta(&from).expect("bodies have momenta");
        assert!(px.abs() < 1e-15 && py.abs() < 1e-15);
        let circular = 0.5 / from.q[0].hypot(from.q[2]).sqrt();
        let off = from.p[0].hypot(from.p[2]) / circular - 1.0;
        // Five standard deviations.
        assert!(off.abs() < 0.25, "{off}");
    }
}
