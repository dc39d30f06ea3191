//! The systems of neural relational inference: closed forms, what is conserved, who repels whom.

use numerics::seed::{Purpose, Seed};
use physics::coupled::motion::Motion;
use physics::coupled::system::{Coupling, DT, pairs};

fn energy(coupling: Coupling, motion: &Motion, frame: usize) -> f64 {
    let edges = motion.edges.as_ref().expect("known edges");
    coupling.energy(edges, &motion.positions[frame], &motion.velocities[frame])
}

#[test]
fn two_bodies_on_a_spring_swing_at_their_frequency() {
    // Of three bodies two are joined: their difference swings with ω = √(2k), their centre and the third go straight.
    let edges = [true, false, false];
    let motion =
        Coupling::Springs.motion(&edges, &[1.0, 0.0, -1.0, 0.2, 3.0, 3.0], &[0.0, 0.1, 0.0, 0.3, 0.5, 0.0], 300);
    let omega = 0.2_f64.sqrt();
    for frame in [1, 49, 299] {
        let time = frame as f64 * DT;
        let (x, third) = (&motion.positions[frame], &motion.positions[frame][4..]);
        assert!((x[0] - x[2] - 2.0 * (omega * time).cos()).abs() < 1e-10, "frame {frame}");
        assert!((x[1] + x[3] - 0.2 - 0.4 * time).abs() < 1e-10);
        assert!((third[0] - 3.0 - 0.5 * time).abs() < 1e-10 && (third[1] - 3.0).abs() < 1e-10);
    }
}

/// Smallest distance of two bodies in any frame.
fn closest(motion: &Motion) -> f64 {
    let of = |x: &Vec<f64>| {
        let apart = |(i, j): (usize, usize)| (x[2 * i] - x[2 * j]).hypot(x[2 * i + 1] - x[2 * j + 1]);
        pairs(x.len() / 2).map(apart).fold(f64::INFINITY, f64::min)
    };
    motion.positions.iter().map(of).fold(f64::INFINITY, f64::min)
}

#[test]
fn energy_and_momentum_stay() {
    let mut rng = Seed(5).stream(Purpose::InitialStates);
    for (coupling, tolerance) in [(Coupling::Springs, 1e-12), (Coupling::Charges, 1e-3)] {
        // The cap on forces and the walls are not conservative, and unlike charges meet between two frames: like ones count that
        // meet neither closely nor the walls.
        let calm = |motion: &Motion| {
            let inside = motion.positions.iter().flatten().all(|x| x.abs() < 4.9);
            let like = motion.edges.as_ref().is_some_and(|edges| edges.iter().all(|edge| *edge));
            coupling == Coupling::Springs || (like && closest(motion) > 0.25 && inside)
        };
        let motions: Vec<Motion> = (0..1000).map(|_| coupling.random(3, 50, &mut rng)).filter(calm).collect();
        assert!(motions.len() > 10, "{coupling:?}: {} calm motions", motions.len());
        for motion in &motions {
            let (first, last) = (energy(coupling, motion, 0), energy(coupling, motion, 49));
            assert!((first - last).abs() < tolerance * first.abs().max(1.0), "{coupling:?}: {first} {last}");
            for axis in 0..2 {
                let total = |frame: usize| motion.velocities[frame].iter().skip(axis).step_by(2).sum::<f64>();
                assert!((total(0) - total(49)).abs() < 1e-9, "{coupling:?}");
            }
        }
    }
}

#[test]
fn like_charges_repel_and_make_up_two_groups() {
    for (like, grows) in [(true, true), (false, false)] {
        let edges = [like, false, false];
        let still = [0.0; 6];
        let motion = Coupling::Charges.motion(&edges, &[0.0, 0.0, 1.0, 0.0, 4.0, 4.0], &still, 5);
        assert_eq!(motion.positions[4][2] - motion.positions[4][0] > 1.0, grows);
    }
    let mut rng = Seed(6).stream(Purpose::InitialStates);
    for _ in 0..50 {
        let edges = Coupling::Charges.random_edges(5, &mut rng);
        let like = |i: usize, j: usize| edges[pairs(5).position(|pair| pair == (i, j)).expect("a pair")];
        for (i, j) in pairs(5) {
            for k in j + 1..5 {
                // Of three charges an even number of pairs is unlike.
                assert_eq!(like(i, j) ^ like(j, k), !like(i, k));
            }
        }
    }
}

#[test]
fn half_of_the_pairs_are_joined() {
    let mut rng = Seed(7).stream(Purpose::InitialStates);
    for coupling in Coupling::ALL {
        let joined = (0..400).map(|_| coupling.random_edges(5, &mut rng).into_iter().filter(|edge| *edge).count());
        let part = joined.sum::<usize>() as f64 / 4000.0;
        // Four standard deviations of 4000 coins, a little more for charges, whose pairs depend on one another.
        assert!((part - 0.5).abs() < 0.04, "{coupling:?}: {part}");
    }
}
