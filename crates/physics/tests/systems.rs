//! Claims about every registered system, whichever it is.

use numerics::seed::{Purpose, Seed};
use physics::dynamics::Dynamics;
use physics::mechanical_system::Portrait;
use physics::phase_space::PhasePoint;
use physics::picture::Part;
use physics::system::System;
use std::collections::BTreeMap;

/// Starts of a system, within half a unit of its middle or, of bodies, on near orbits.
fn starts(system: &System) -> impl Iterator<Item = PhasePoint> + '_ {
    (0..20).map(|seed| {
        let mut rng = Seed(seed).stream(Purpose::InitialStates);
        system.random_start(&mut rng, (0.4, 0.9), 0.1)
    })
}

#[test]
fn gradients_are_those_of_the_energy() {
    const NUDGE: f64 = 1e-5;
    for system in System::all() {
        let h = system.hamiltonian();
        for at in starts(&system) {
            let gradient: Vec<f64> = h.position_gradient(&at).into_iter().chain(h.momentum_gradient(&at)).collect();
            let size = gradient.iter().fold(1.0, |size: f64, x| size.max(x.abs()));
            let coordinates: Vec<f64> = at.coordinates().collect();
            for (k, slope) in gradient.iter().enumerate() {
                let moved = |by: f64| {
                    let mut moved = coordinates.clone();
                    moved[k] += by;
                    h.energy(&PhasePoint::from_coordinates(&moved))
                };
                // Central differences err by the square of the nudge.
                let measured = (moved(NUDGE) - moved(-NUDGE)) / (2.0 * NUDGE);
                assert!((measured - slope).abs() < 1e-8 * size, "{system:?}: {measured} and {slope}");
            }
        }
    }
}

#[test]
fn a_separable_hamiltonian_has_the_gradients_of_its_parts() {
    for system in System::all() {
        let Dynamics::Separable(parts) = system.dynamics() else { continue };
        for at in starts(&system) {
            assert_eq!(parts.kinetic_gradient(&at.p), system.hamiltonian().momentum_gradient(&at), "{system:?}");
            assert_eq!(parts.potential_gradient(&at.q), system.hamiltonian().position_gradient(&at), "{system:?}");
        }
    }
}

#[test]
fn the_reference_energy_is_a_multiple_of_h() {
    for system in System::all() {
        let ratios: Vec<f64> =
            starts(&system).map(|at| system.energy(&at) / system.hamiltonian().energy(&at)).collect();
        assert!(ratios.iter().all(|ratio| (ratio - ratios[0]).abs() < 1e-12), "{system:?}: {ratios:?}");
    }
}

#[test]
fn keys_are_unique_and_a_parameter_is_the_same_wherever_its_key_is() {
    let systems = System::all();
    let keys: std::collections::BTreeSet<_> = systems.iter().map(|system| system.mechanics().key()).collect();
    assert_eq!(keys.len(), systems.len());
    let mut known = BTreeMap::new();
    for mut system in systems {
        for parameter in system.mechanics().parameters() {
            assert_eq!(known.entry(parameter.key).or_insert(parameter), &parameter);
            let usual = system.parameter(parameter.key).expect("listed, so there");
            assert!((parameter.range.0..=parameter.range.1).contains(&usual), "{}", parameter.key);
            system.set_parameter(parameter.key, parameter.range.1);
            assert_eq!(system.parameter(parameter.key), Some(parameter.range.1));
        }
        assert_eq!(system.parameter("unheard-of"), None);
    }
    // The keys of version 1 of links.
    assert!(["m", "k", "l", "g", "a"].iter().all(|key| known.contains_key(key)));
}

#[test]
fn starts_have_the_stated_size_and_pictures_are_in_sight() {
    for system in System::all() {
        let mechanics = system.mechanics();
        for at in starts(&system) {
            assert_eq!((at.q.len(), at.p.len()), (mechanics.dof(), mechanics.dof()), "{system:?}");
            assert!(at.is_finite() && system.energy(&at).is_finite());
            let reach = if system.is_planar() { 1.2 } else { mechanics.extent(&at) };
            let picture = mechanics.picture(&at, reach);
            assert!(!picture.parts.is_empty(), "{system:?}");
            for part in &picture.parts {
                let places = match part {
                    Part::Rod(a, b) | Part::Spring(a, b) | Part::Support(a, b) => vec![*a, *b],
                    Part::Pivot(a) | Part::Bob(a) | Part::Block(a) => vec![*a],
                    Part::Line(places) => places.clone(),
                };
                for (x, y) in places {
                    let seen = (picture.across.0 - 1e-9..=picture.across.1 + 1e-9).contains(&x)
                        && (picture.up.0 - 1e-9..=picture.up.1 + 1e-9).contains(&y);
                    assert!(seen, "{system:?}: {part:?} of {picture:?}");
                }
            }
            assert_eq!(mechanics.traced(&at).is_empty(), mechanics.portrait() == Portrait::Plane, "{system:?}");
        }
        assert!(!mechanics.formula().to_string().is_empty());
    }
}

#[test]
fn a_formula_reads_as_it_would_be_written() {
    let written: Vec<String> =
        System::all().iter().take(2).map(|system| system.mechanics().formula().to_string()).collect();
    assert_eq!(written, ["H = q^2 + p^2", "H = 3(1 − cos q) + p^2"]);
}
