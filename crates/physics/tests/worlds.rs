//! Claims about the particle worlds: forces against potentials, motions against conservation laws and closed forms.

use numerics::seed::{Purpose, Seed};
use physics::dynamics::Dynamics;
use physics::integrators::dormand_prince::Tolerance;
use physics::particles::law::{CUT, Pair, PairLaw, SOFTENING};
use physics::particles::scene::Scene;
use physics::particles::start;
use physics::particles::world::{World, WorldConfig, WorldError};
use physics::phase_space::PhasePoint;
use std::f64::consts::TAU;

fn random(world: World, bodies: usize, dimensions: usize, seed: u32) -> (Scene, PhasePoint) {
    let config = WorldConfig::new(world, bodies, dimensions).expect("a valid world");
    start::random(&config, &mut Seed(seed).stream(Purpose::InitialStates)).expect("a valid world")
}

/// Times and states over the 1000 steps of a motion in the reference.
fn motion(world: World, scene: &Scene, start: &PhasePoint) -> Vec<(f64, PhasePoint)> {
    let times: Vec<f64> = (0..=20).map(|k| f64::from(k) * 50.0 * world.dt()).collect();
    let states = scene.motion(start, &times, Tolerance::TRUTH).expect("bounded");
    times.into_iter().zip(states).collect()
}

/// Every world in two and three dimensions with two, four and eight bodies.
fn for_every_world(claim: impl Fn(World, Scene, PhasePoint)) {
    for world in World::ALL {
        for dimensions in [2, 3] {
            for bodies in [2, 4, 8] {
                let (scene, start) = random(world, bodies, dimensions, 1);
                claim(world, scene, start);
            }
        }
    }
}

/// The integrator errs by 1e-11 of each coordinate per step; some thousand steps add up to 1e-8 of the largest.
const TRUTH: f64 = 1e-8;

fn close(a: f64, b: f64, scale: f64) -> bool {
    (a - b).abs() <= TRUTH * scale.max(1.0)
}

#[test]
fn forces_are_minus_the_slopes_of_the_potential_energy() {
    // Central differences at h and 2h, combined to an error of h⁴U⁽⁵⁾/7.5: below 1e-8 for bodies 0.2 apart, and rounding is
    // below 1e-10.
    let h = 1e-4;
    for world in World::ALL {
        for dimensions in [2, 3] {
            let config = WorldConfig { world, bodies: 5, dimensions, gravity: 0.7 };
            let stream = &mut Seed(3).stream(Purpose::InitialStates);
            let (scene, start) = start::random(&config, stream).expect("a valid world");
            for edge in scene.edges() {
                let r = scene.separation(&start.q, edge.receiver, edge.sender).1;
                assert!(r > 0.2 && (r + SOFTENING - CUT).abs() > 2.0 * h, "an unlucky start");
            }
            let forces = scene.conservative_forces(&start.q);
            for (k, force) in forces.iter().enumerate() {
                let energy = |shift: f64| {
                    let mut q = start.q.clone();
                    q[k] += shift;
                    scene.potential_energy(&q)
                };
                let difference = |h: f64| (energy(h) - energy(-h)) / (2.0 * h);
                let slope = (4.0 * difference(h) - difference(2.0 * h)) / 3.0;
                assert!((force + slope).abs() < 1e-7 * (1.0 + force.abs()), "{}: {force} {slope}", world.key());
            }
        }
    }
}

#[test]
fn the_laws_have_the_published_values() {
    let pair = Pair { masses: 6.0, charges: -1.0 };
    // At r = 0.99 the softened distance is 1, where ln r′ = 0 and a spring is at rest; at 2.99 it is 3.
    let at = |law: PairLaw| (law.potential(pair, 0.99), law.slope(pair, 0.99), law.potential(pair, 2.99));
    let expected = [
        (PairLaw::Spring, (0.0, 0.0, 4.0)),
        (PairLaw::InverseDistance, (0.0, 6.0, 6.0 * 3f64.ln())),
        (PairLaw::InverseSquare, (-6.0, 6.0, -2.0)),
        (PairLaw::Charge, (-1.0, 1.0, -1.0 / 3.0)),
        (PairLaw::Superposition, (-7.0, 7.0, -7.0 / 3.0)),
        (PairLaw::Discontinuous, (0.0, 0.0, 4.0)),
    ];
    for (law, (u, slope, far)) in expected {
        let measured = at(law);
        for (a, b) in [(measured.0, u), (measured.1, slope), (measured.2, far)] {
            assert!((a - b).abs() < 1e-14, "{law:?}: {measured:?}");
        }
    }
}

#[test]
fn energy_is_conserved_wherever_there_is_no_drag_and_no_jump() {
    for_every_world(|world, scene, start| {
        if matches!(world, World::Damped | World::Discontinuous) {
            return;
        }
        let energy = |at: &PhasePoint| scene.total_energy(&at.q, &scene.velocities(&at.p));
        for (t, at) in motion(world, &scene, &start) {
            let scale = scene.kinetic_energy(&scene.velocities(&at.p));
            assert!(close(energy(&at), energy(&start), scale), "{} at t = {t}", world.key());
        }
    });
}

#[test]
fn the_discontinuous_energy_changes_by_one_with_each_crossing() {
    let mut crossings = 0;
    for dimensions in [2, 3] {
        let (scene, start) = random(World::Discontinuous, 4, dimensions, 1);
        let beyond = |at: &PhasePoint| {
            let apart = |i, j| scene.separation(&at.q, i, j).1 + SOFTENING >= CUT;
            (0..4).flat_map(|i| (0..i).map(move |j| (i, j))).filter(|(i, j)| apart(*i, *j)).count()
        };
        let energy = |at: &PhasePoint| scene.total_energy(&at.q, &scene.velocities(&at.p));
        for (t, at) in motion(World::Discontinuous, &scene, &start) {
            let expected = energy(&start) + beyond(&at) as f64 - beyond(&start) as f64;
            assert!(close(energy(&at), expected, energy(&start)), "t = {t}: {} {expected}", energy(&at));
            crossings += usize::from(beyond(&at) != beyond(&start));
        }
    }
    assert!(crossings > 0, "nobody crossed");
}

#[test]
fn momentum_is_conserved_but_for_the_weight_and_drag_that_are_known() {
    for_every_world(|world, scene, start| {
        let c = scene.globals.drag;
        // Σ (mv + cx) changes only by the weight Σ mg, along the second axis.
        let conserved = |t: f64, at: &PhasePoint| {
            let mut sum = scene.momentum(&scene.velocities(&at.p));
            for x in at.q.chunks(scene.dimensions) {
                x.iter().zip(&mut sum).for_each(|(x, sum)| *sum += c * x);
            }
            sum[1] += scene.masses.iter().sum::<f64>() * scene.globals.gravity * t;
            sum
        };
        for (t, at) in motion(world, &scene, &start) {
            for (now, then) in conserved(t, &at).into_iter().zip(conserved(0.0, &start)) {
                assert!(close(now, then, then.abs()), "{} at t = {t}: {now} {then}", world.key());
            }
        }
    });
}

#[test]
fn angular_momentum_is_conserved_where_no_direction_and_no_place_is_special() {
    for_every_world(|world, scene, start| {
        if matches!(world, World::Damped | World::String) {
            return;
        }
        let angular = |at: &PhasePoint| scene.angular_momentum(&at.q, &scene.velocities(&at.p));
        for (t, at) in motion(world, &scene, &start) {
            for (now, then) in angular(&at).into_iter().zip(angular(&start)) {
                assert!(close(now, then, then.abs()), "{} at t = {t}: {now} {then}", world.key());
            }
        }
    });
}

#[test]
fn drag_takes_the_energy_that_it_should() {
    let (scene, start) = random(World::Damped, 4, 2, 1);
    let energy = |at: &PhasePoint| scene.total_energy(&at.q, &scene.velocities(&at.p));
    let times: Vec<f64> = (0..=2000).map(|k| f64::from(k) * 0.001).collect();
    let states = scene.motion(&start, &times, Tolerance::TRUTH).expect("bounded");
    let power = |at: &PhasePoint| 0.5 * scene.velocities(&at.p).iter().map(|v| v * v).sum::<f64>();
    // Simpson's rule: errs by h⁴/180 times the fourth derivative, some (2ω)⁴ with ω below 10 here.
    let weight = |k: usize| if k == 0 || k == 2000 { 1.0 } else { 2.0 + 2.0 * (k % 2) as f64 };
    let lost: f64 = states.iter().enumerate().map(|(k, at)| weight(k) * power(at) * 0.001 / 3.0).sum();
    let left = energy(&states[2000]);
    assert!(lost > 0.1 * energy(&start));
    assert!((left + lost - energy(&start)).abs() < 1e-7 * energy(&start), "{left} {lost} {}", energy(&start));
}

/// Two bodies on a circle about their common centre, at a distance r, turning with the angular velocity ω.
fn circling(law: PairLaw, masses: [f64; 2], r: f64, omega: f64) -> (Scene, PhasePoint) {
    let scene = Scene::new(law, 2, masses.to_vec(), vec![1.0, -1.0]);
    let total = masses[0] + masses[1];
    let (a, b) = (r * masses[1] / total, r * masses[0] / total);
    let start = scene.phase_point(&[a, 0.0, -b, 0.0], &[0.0, omega * a, 0.0, -omega * b]);
    (scene, start)
}

#[test]
fn two_bodies_circle_with_the_period_of_their_pull() {
    let (masses, r) = ([1.5, 0.4], 0.8);
    let (product, reduced, soft) = (0.6, 0.6 / 1.9, r + 0.01);
    let pulls = [
        (PairLaw::InverseSquare, product / (soft * soft)),
        (PairLaw::InverseDistance, product / soft),
        (PairLaw::Charge, 1.0 / (soft * soft)),
        (PairLaw::Superposition, (product + 1.0) / (soft * soft)),
    ];
    for (law, pull) in pulls {
        let omega = f64::sqrt(pull / (reduced * r));
        let (scene, start) = circling(law, masses, r, omega);
        let states = scene.motion(&start, &[0.0, TAU / omega], Tolerance::TRUTH).expect("bounded");
        assert!(states[1].distance(&start) < TRUTH, "{law:?}: {}", states[1].distance(&start));
    }
}

#[test]
fn a_wide_ellipse_closes_after_keplers_period() {
    // Half of the circle's speed at the far end r: semi-major axis a = r/(2 − ¼). The softening shifts the pull by
    // 2 · 0.01/r, which at the near end, r/7, is 1e-5; a period later the place is off by some 2π times that, of a.
    let (masses, r) = ([3e3, 1e3], 14_000.0_f64);
    let circular = f64::sqrt(4e3 / r.powi(3));
    let (scene, start) = circling(PairLaw::InverseSquare, masses, r, circular / 2.0);
    let a: f64 = r / 1.75;
    let period = TAU * (a.powi(3) / 4e3).sqrt();
    let states = scene.motion(&start, &[0.0, period / 2.0, period], Tolerance::TRUTH).expect("bounded");
    let near = scene.separation(&states[1].q, 0, 1).1;
    assert!((near / (r / 7.0) - 1.0).abs() < 1e-4, "{near}");
    let off = states[2].q.iter().zip(&start.q).map(|(now, then)| (now - then).abs()).fold(0.0, f64::max);
    assert!(off / a < 1e-4, "{}", off / a);
}

#[test]
fn a_pair_of_the_network_swings_with_the_frequency_of_its_spring() {
    let (masses, k) = ([2.0, 0.5], 1.3);
    let mut scene = Scene::new(PairLaw::Spring, 3, masses.to_vec(), vec![1.0; 2]);
    scene.join(0, 1, true, k);
    // Let go at rest at r′ = 1.2 along (1, 2, 2)/3: r′ = 1 + 0.2 cos ωt with ω² = 2k/μ.
    let r = 1.2 - SOFTENING;
    let start = scene.phase_point(&[0.0, 0.0, 0.0, r / 3.0, 2.0 * r / 3.0, 2.0 * r / 3.0], &[0.0; 6]);
    let omega = (2.0 * k / 0.4_f64).sqrt();
    let times: Vec<f64> = (0..30).map(|i| f64::from(i) * 0.1).collect();
    for (t, at) in times.iter().zip(scene.motion(&start, &times, Tolerance::TRUTH).expect("bounded")) {
        let soft = scene.separation(&at.q, 0, 1).1 + SOFTENING;
        assert!((soft - 1.0 - 0.2 * (omega * t).cos()).abs() < TRUTH, "t = {t}: {soft}");
    }
}

#[test]
fn bodies_that_are_not_joined_fall_freely() {
    let mut scene = Scene::new(PairLaw::InverseSquare, 2, vec![2.0, 5.0], vec![1.0, 1.0]);
    scene.join(1, 0, false, 1.0);
    scene.globals.gravity = 1.7;
    let start = scene.phase_point(&[0.0, 0.0, 0.3, 0.4], &[1.0, 2.0, 0.0, -1.0]);
    let end = scene.motion(&start, &[0.0, 2.0], Tolerance::TRUTH).expect("bounded").remove(1);
    let expected = [2.0, 4.0 - 3.4, 0.3, 0.4 - 2.0 - 3.4];
    assert!(end.q.iter().zip(expected).all(|(x, e)| (x - e).abs() < 1e-10), "{:?}", end.q);
}

#[test]
fn drag_slows_every_body_by_its_own_mass() {
    let mut scene = Scene::new(PairLaw::Spring, 2, vec![2.0, 0.5], vec![1.0, 1.0]);
    scene.join(0, 1, false, 1.0);
    scene.globals.drag = 0.5;
    let start = scene.phase_point(&[0.0; 4], &[1.0, -2.0, 3.0, 0.7]);
    let v = scene.velocities(&start.p);
    assert_eq!(scene.accelerations(&start.q, &v), [-0.25, 0.5, -3.0, -0.7]);
    // Each velocity falls as exp(−ct/m).
    let end = scene.motion(&start, &[0.0, 2.0], Tolerance::TRUTH).expect("bounded").remove(1);
    let rates: [f64; 4] = [0.25, 0.25, 1.0, 1.0];
    for ((now, then), rate) in scene.velocities(&end.p).iter().zip(&v).zip(rates) {
        assert!((now - then * (-2.0 * rate).exp()).abs() < 1e-10, "{now} {then}");
    }
}

#[test]
fn forces_come_in_opposite_pairs_and_sum_to_the_acceleration() {
    for_every_world(|world, scene, start| {
        let (n, d) = (scene.bodies(), scene.dimensions);
        let forces = scene.edge_forces(&start.q);
        let parts = scene.edge_accelerations(&start.q);
        let whole = scene.accelerations(&start.q, &vec![0.0; n * d]);
        assert_eq!(forces.len(), n * (n - 1) * d);
        for (e, edge) in scene.edges().iter().enumerate() {
            assert_eq!(scene.edge_index(edge.receiver, edge.sender), e);
            let back = scene.edge_index(edge.sender, edge.receiver);
            for axis in 0..d {
                assert_eq!(forces[e * d + axis], -forces[back * d + axis]);
                let part = forces[e * d + axis] / scene.masses[edge.receiver];
                assert_eq!(parts[e * d + axis], part);
            }
        }
        for i in 0..n {
            for axis in 0..d {
                let received: f64 = (0..n - 1).map(|k| parts[(i * (n - 1) + k) * d + axis]).sum();
                let weight = if axis == 1 { scene.globals.gravity } else { 0.0 };
                let error = received - weight - whole[i * d + axis];
                assert!(error.abs() < 1e-12 * (1.0 + received.abs()), "{}: {error}", world.key());
            }
        }
    });
}

#[test]
fn a_string_joins_neighbours_only_and_every_mass_has_weight() {
    let (scene, start) = random(World::String, 30, 2, 2);
    for edge in scene.edges() {
        assert_eq!(edge.present, edge.sender.abs_diff(edge.receiver) == 1);
    }
    let weight: f64 = scene.conservative_forces(&start.q).chunks(2).map(|force| force[1]).sum();
    assert!((weight + 30.0).abs() < 1e-12, "{weight}");
}

#[test]
fn half_of_the_pairs_of_a_network_are_joined_alike_in_both_directions() {
    let mut present = 0;
    for seed in 0..20 {
        let (scene, _) = random(World::SpringNetwork, 12, 2, seed);
        for edge in scene.edges() {
            let back = scene.edge(edge.sender, edge.receiver).expect("an edge back");
            assert_eq!((edge.present, edge.stiffness), (back.present, back.stiffness));
            present += usize::from(edge.present && edge.sender < edge.receiver);
        }
        let attributes = scene.edge_attributes();
        assert_eq!(attributes.len(), 12 * 11 * 2);
        assert!(attributes.chunks(2).all(|a| a == [0.0, 0.0] || a[0] == 1.0 && (0.5..=1.5).contains(&a[1])));
    }
    // 20 × 66 pairs: a standard deviation of √(1320/4) = 18.
    assert!((present as f64 - 660.0).abs() < 5.0 * 18.2, "{present}");
}

#[test]
fn starts_have_the_published_distribution() {
    let (mut places, mut masses, mut charges) = (Vec::new(), Vec::new(), 0.0);
    for seed in 0..100 {
        let (scene, start) = random(World::Charge, 12, 3, seed);
        places.extend(start.q.iter().copied().chain(scene.velocities(&start.p)));
        masses.extend(scene.masses.iter().map(|m| m.ln()));
        charges += scene.charges.iter().sum::<f64>();
        assert!(scene.charges.iter().all(|q| q.abs() == 1.0));
    }
    for draws in [places, masses] {
        // n standard normal draws: mean within 5/√n of 0, mean square within 5√(2/n) of 1.
        let n = draws.len() as f64;
        let mean = draws.iter().sum::<f64>() / n;
        let square = draws.iter().map(|x| x * x).sum::<f64>() / n;
        assert!(mean.abs() < 5.0 / n.sqrt() && (square - 1.0).abs() < 5.0 * (2.0 / n).sqrt(), "{mean} {square}");
    }
    assert!(charges.abs() < 5.0 * 1200f64.sqrt(), "{charges}");
}

#[test]
fn worlds_of_impossible_size_are_refused() {
    let sizes = [(World::Spring, 1, 2), (World::Spring, 13, 2), (World::String, 31, 3)];
    for (world, bodies, dimensions) in sizes {
        let refused = WorldConfig::new(world, bodies, dimensions);
        assert!(matches!(refused, Err(WorldError::Bodies { .. })), "{refused:?}");
    }
    assert_eq!(WorldConfig::new(World::Spring, 4, 4), Err(WorldError::Dimensions { asked: 4 }));
    assert!(WorldConfig::new(World::String, 30, 3).is_ok());
}

#[test]
fn only_drag_closes_a_world_to_the_symplectic_schemes() {
    for world in World::ALL {
        let (scene, _) = random(world, 3, 2, 0);
        let separable = matches!(scene.dynamics(), Dynamics::Separable(_));
        assert_eq!(separable, world != World::Damped, "{}", world.key());
    }
}
