//! The domains of interaction networks: what they conserve, closed forms, and forces as slopes of energies.

use numerics::seed::{Purpose, Seed};
use physics::dynamics::{Hamiltonian, Separable};
use physics::interactions::domain::{BALL, Domain, SOFTENING, WALL};
use physics::interactions::episode::Episode;
use physics::interactions::scene::{Scene, Sender, State, relations};
use physics::interactions::start;
use physics::phase_space::PhasePoint;

fn scene(domain: Domain, masses: &[f64]) -> Scene {
    Scene { domain, masses: masses.to_vec(), pins: vec![], disc: [0.0; 2] }
}

#[test]
fn forces_are_slopes_of_the_potential_energy() {
    let mut rng = Seed(1).stream(Purpose::InitialStates);
    for domain in [Domain::NBody, Domain::String] {
        let Episode { scene, states } = Episode::random(domain, 5, 40, &mut rng);
        for state in states.iter().step_by(13) {
            let at = PhasePoint { q: state.positions.clone(), p: vec![0.0; 10] };
            let slopes = scene.potential_gradient(&at.q);
            assert_eq!(slopes.len(), 10);
            for (k, slope) in slopes.iter().enumerate() {
                let moved = |h: f64| {
                    let mut at = at.clone();
                    at.q[k] += h;
                    scene.energy(&at)
                };
                let difference = (moved(1e-5) - moved(-1e-5)) / 2e-5;
                assert!((slope - difference).abs() < 1e-5 * (1.0 + difference.abs()), "{domain:?} {k}");
            }
        }
    }
}

#[test]
fn what_is_conserved_stays() {
    let mut rng = Seed(2).stream(Purpose::InitialStates);
    for _ in 0..10 {
        for (domain, tolerance) in [(Domain::NBody, 2e-3), (Domain::Balls, 1e-12), (Domain::String, 5e-3)] {
            let Episode { scene, states } = Episode::random(domain, 6, 100, &mut rng);
            let energy = |state: &State| scene.total_energy(state);
            let scale = scene.kinetic_energy(&states[0]).max(energy(&states[0]).abs()).max(1.0);
            let (first, last) = (&states[0], &states[99]);
            let drift = (energy(last) - energy(first)).abs() / scale;
            assert!(drift < tolerance, "{domain:?}: energy by {drift:e}");
            if domain == Domain::NBody {
                let [before, after] = [first, last].map(|state| scene.momentum(state));
                assert!((0..2).all(|axis| (before[axis] - after[axis]).abs() < 1e-12));
                let [before, after] = [first, last].map(|state| scene.angular_momentum(state));
                assert!((before - after).abs() < 1e-12, "angular momentum by {:e}", after - before);
            }
        }
    }
}

#[test]
fn a_planet_goes_round_in_the_time_of_the_softened_law() {
    // v² = r²/(r² + ε²)^(3/2) around a mass of 1; the planet is too light to move it.
    let r: f64 = 1.0;
    let speed = r / r.hypot(SOFTENING).powf(1.5);
    let scene = scene(Domain::NBody, &[1.0, 1e-9]);
    let start = State { positions: vec![0.0, 0.0, r, 0.0], velocities: vec![0.0, 0.0, 0.0, speed] };
    let states = Episode::of(scene, start, 200).states;
    for (frame, state) in states.iter().enumerate().step_by(20) {
        let angle = speed / r * frame as f64 * Domain::NBody.dt();
        let [x, y] = state.position(1);
        assert!((x - angle.cos()).hypot(y - angle.sin()) < 1e-4, "frame {frame}");
    }
}

#[test]
fn balls_exchange_velocities_head_on_and_turn_round_at_walls() {
    // They touch at a distance of 2R, after (0.3 − 0.2)/2 of a unit of time; the wall is reached later.
    let start = State { positions: vec![-0.15, 0.0, 0.15, 0.0], velocities: vec![1.0, 0.0, -1.0, 0.0] };
    let states = Episode::of(scene(Domain::Balls, &[1.0, 1.0]), start, 101).states;
    let at = |frame: usize| states[frame].position(0)[0];
    let dt = Domain::Balls.dt();
    assert!((at(2) - (-0.15 + 2.0 * dt)).abs() < 1e-12);
    // After 0.05 it goes back; the wall at −1 stops its centre at −0.9.
    assert!((at(40) - (-0.1 - (40.0 * dt - 0.05))).abs() < 1e-12);
    let wall = 0.05 + (WALL - BALL - 0.1);
    assert!((at(60) - (-0.9 + (60.0 * dt - wall))).abs() < 1e-12);
    // Of unequal masses: v₁′ = (m₁ − m₂)/(m₁ + m₂) v₁ for a ball at rest.
    let start = State { positions: vec![-0.15, 0.0, 0.15, 0.0], velocities: vec![1.0, 0.0, 0.0, 0.0] };
    let last = &Episode::of(scene(Domain::Balls, &[1.0, 3.0]), start, 11).states[10];
    assert!((last.velocity(0)[0] + 0.5).abs() < 1e-12 && (last.velocity(1)[0] - 0.5).abs() < 1e-12);
}

#[test]
fn balls_stay_in_their_box_and_out_of_one_another() {
    let mut rng = Seed(3).stream(Purpose::InitialStates);
    let states = Episode::random(Domain::Balls, 12, 500, &mut rng).states;
    for state in &states {
        assert!(state.positions.iter().all(|x| x.abs() < WALL - BALL + 1e-9));
        for i in 0..12 {
            for j in 0..i {
                let ([xi, yi], [xj, yj]) = (state.position(i), state.position(j));
                assert!((xi - xj).hypot(yi - yj) > 2.0 * BALL - 1e-9);
            }
        }
    }
}

#[test]
fn a_string_hangs_from_its_pins_and_falls_without_any() {
    let mut rng = Seed(4).stream(Purpose::InitialStates);
    for pins in 0..3 {
        let (scene, start) = start::string(8, pins, &mut rng);
        assert_eq!(scene.relations().len(), 2 * 7 + pins + 8);
        let momentum = scene.momentum(&start);
        // Far from the disc: what changes the momentum is the weight and the pins.
        let scene = Scene { disc: [100.0, 100.0], ..scene };
        let states = Episode::of(scene.clone(), start, 41).states;
        let time = 40.0 * Domain::String.dt();
        let weight: f64 = scene.masses.iter().sum();
        let expected = momentum[1] - weight * time;
        let found = scene.momentum(&states[40])[1];
        assert_eq!((found - expected).abs() < 1e-9, pins == 0, "{pins} pins: {found} {expected}");
    }
}

#[test]
fn relations_are_those_of_the_paper() {
    assert_eq!(relations(Domain::NBody, 6, 0).len(), 30);
    assert_eq!(relations(Domain::Balls, 6, 0).len(), 30 + 4 * 6);
    let string = relations(Domain::String, 15, 1);
    assert_eq!(string.len(), 2 * 14 + 1 + 15);
    assert_eq!(string.iter().filter(|relation| relation.sender == Sender::Disc).count(), 15);
    assert!(string.windows(2).all(|two| two[0].receiver <= two[1].receiver));
}
