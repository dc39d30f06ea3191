//! Claims about the system of Hénon and Heiles: known points, what is conserved, what its section shows.

use numerics::seed::{Purpose, Seed};
use physics::dynamics::{Dynamics, Hamiltonian};
use physics::integrators::dormand_prince::{Tolerance, integrate};
use physics::mechanical_system::{MechanicalSystem, Portrait};
use physics::phase_space::PhasePoint;
use physics::section::Section;
use physics::systems::henon_heiles::HenonHeiles;
use std::collections::BTreeSet;

fn section(system: &HenonHeiles) -> Section {
    let Portrait::Section(section) = system.portrait() else { panic!("no section") };
    section
}

#[test]
fn the_adaptive_integrator_keeps_the_energy() {
    let system = HenonHeiles::default();
    for start in system.section_starts(0.16) {
        let times = [0.0, 200.0];
        let reached =
            integrate(&Dynamics::Separable(&system), &start, &times, Tolerance::TRUTH).expect("bounded").remove(1);
        assert!((system.energy(&reached) - 0.16).abs() < 1e-8, "{reached:?}");
    }
}

#[test]
fn the_fixed_points_of_henon_and_heiles_are_where_they_found_them() {
    for coupling in [1.0, 0.5] {
        let system = HenonHeiles { coupling };
        let far = 3f64.sqrt() / 2.0;
        for (x, y, energy) in [(0.0, 0.0, 0.0), (0.0, 1.0, 1.0 / 6.0), (far, -0.5, 1.0 / 6.0), (-far, -0.5, 1.0 / 6.0)]
        {
            let at = PhasePoint { q: vec![x / coupling, y / coupling], p: vec![0.0; 2] };
            assert!(system.flow(&at).components().all(|slope| slope.abs() < 1e-14), "{at:?}");
            assert!((system.energy(&at) - energy / coupling.powi(2)).abs() < 1e-14);
        }
    }
}

#[test]
fn no_start_of_henon_and_heiles_can_leave_the_bowl() {
    for coupling in [0.1, 0.6, 1.0] {
        let system = HenonHeiles { coupling };
        for seed in 0..200 {
            let start = system.random_start(&mut Seed(seed).stream(Purpose::InitialStates), (0.0, 5.0), 0.0);
            assert!(system.energy(&start) < 1.0 / (6.0 * coupling.powi(2)), "{start:?}");
        }
    }
}

#[test]
fn crossings_lie_on_the_surface_and_keep_the_energy() {
    let system = HenonHeiles::default();
    let section = section(&system);
    for start in system.section_starts(0.125) {
        assert!((system.energy(&start) - 0.125).abs() < 1e-12, "{start:?}");
        let found = section.crossings(&Dynamics::Separable(&system), &start, (40, 1000.0), Tolerance::TRUTH);
        assert_eq!(found.len(), 40);
        for at in &found {
            assert!(at.q[0].abs() < 1e-12 && at.p[0] > 0.0, "{at:?}");
            assert!((system.energy(at) - 0.125).abs() < 1e-8);
            assert_eq!(section.place(at), (at.q[1], at.p[1]));
        }
    }
}

#[test]
fn without_coupling_every_crossing_is_the_start_again_and_its_time_is_a_period() {
    let system = HenonHeiles { coupling: 0.0 };
    let start = PhasePoint { q: vec![-0.2, 0.1], p: vec![0.3, -0.2] };
    let found = section(&system).crossings(&Dynamics::Separable(&system), &start, (5, 100.0), Tolerance::TRUTH);
    // Two oscillators of the same frequency: at x = 0 the other one is always at the same place.
    let along = (start.q[0] / start.p[0]).atan();
    let turned = |a: f64, b: f64| a * along.cos() - b * along.sin();
    let expected = (turned(start.q[1], start.p[1]), start.q[1] * along.sin() + start.p[1] * along.cos());
    assert_eq!(found.len(), 5);
    for at in found {
        assert!((at.q[1] - expected.0).abs() < 1e-9 && (at.p[1] - expected.1).abs() < 1e-9, "{at:?} {expected:?}");
    }
}

#[test]
fn the_section_shows_curves_at_a_low_energy_and_scatter_at_a_high_one() {
    // A chaotic motion visits many cells of a grid, a regular one those along a curve.
    let system = HenonHeiles::default();
    let cells = |energy: f64| {
        let start = &system.section_starts(energy)[0];
        let found = section(&system).crossings(&Dynamics::Separable(&system), start, (400, 1e4), Tolerance::SCORING);
        let size = (2.0 * energy).sqrt();
        let cells: BTreeSet<(i32, i32)> =
            found.iter().map(|at| ((12.0 * at.q[1] / size) as i32, (12.0 * at.p[1] / size) as i32)).collect();
        cells.len()
    };
    let (regular, chaotic) = (cells(1.0 / 24.0), cells(0.16));
    assert!(chaotic > 2 * regular, "{regular} and {chaotic}");
}
