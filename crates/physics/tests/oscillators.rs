//! Masses on springs: the exact motion against an adaptive integrator, conservation, the random systems.

use numerics::seed::{Purpose, Seed};
use physics::dynamics::{Dynamics, Hamiltonian};
use physics::integrators::dormand_prince::{self, Tolerance};
use physics::oscillators::modes::Modes;
use physics::oscillators::random::{CHORDS, Joined, chain, chain_start, network};
use physics::oscillators::system::Oscillators;
use physics::phase_space::PhasePoint;

fn systems() -> Vec<(Oscillators, PhasePoint)> {
    let mut rng = Seed(3).stream(Purpose::InitialStates);
    let mut all = vec![network(4, Joined::All, &mut rng), network(9, Joined::Ring, &mut rng)];
    all.push((chain(6, &mut rng), chain_start(6, &mut rng)));
    all
}

#[test]
fn the_exact_motion_is_that_of_an_integrator_and_conserves_what_the_system_conserves() {
    for (system, start) in systems() {
        let times: Vec<f64> = (0..=10).map(f64::from).collect();
        let exact = Modes::of(&system).motion(&start, times.iter().copied());
        let dynamics = Dynamics::Separable(&system);
        let integrated =
            dormand_prince::integrate(&dynamics, &start, &times, Tolerance::TRUTH).expect("a bounded motion");
        for (a, b) in exact.iter().zip(&integrated) {
            assert!(a.distance(b) < 1e-8, "{}", a.distance(b));
            assert!((system.energy(a) / system.energy(&start) - 1.0).abs() < 1e-12);
            if system.tethers.iter().all(|tether| *tether == 0.0) {
                assert!(system.momentum(&a.p).iter().all(|p| p.abs() < 1e-12));
            }
        }
    }
}

#[test]
fn forces_are_the_slope_of_the_energy() {
    for (system, start) in systems() {
        let slope = system.position_gradient(&start);
        for (k, slope) in slope.iter().enumerate() {
            let moved = |by: f64| {
                let mut at = start.clone();
                at.q[k] += by;
                system.energy(&at)
            };
            // The energy is quadratic: a central difference is exact but for rounding.
            assert!(((moved(0.5) - moved(-0.5)) - slope).abs() < 1e-12);
        }
    }
}

#[test]
fn rings_of_any_size_have_as_many_springs_at_a_body() {
    let mut rng = Seed(5).stream(Purpose::InitialStates);
    for bodies in [5, 10, 20] {
        let springs: usize = (0..300).map(|_| network(bodies, Joined::Ring, &mut rng).0.springs.len()).sum();
        let at_a_body = 2.0 * springs as f64 / (300 * bodies) as f64;
        assert!((at_a_body - 2.0 - CHORDS).abs() < 0.1, "{bodies}: {at_a_body}");
    }
}
