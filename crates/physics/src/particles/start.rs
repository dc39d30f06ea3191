//! Where a particle world starts: random bodies, random places.
//!
//! Positions and velocities are N(0, 1) in each coordinate, masses exp(N(0, 1)), charges ±1, as in the reference code of
//! Cranmer et al. (2020). A string starts along the first axis, one unit of length from mass to mass, blurred by ½ along it
//! and by 1 across, with unit masses and no velocity along it. A spring network joins each pair with probability ½, with a
//! stiffness uniform in [0.5, 1.5].

use crate::particles::scene::{Globals, Scene};
use crate::particles::world::{Joined, World, WorldConfig, WorldError};
use crate::phase_space::PhasePoint;
use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};

/// Bodies drawn at random, and where and how fast they are: q and p = mv, each [n, D].
pub fn random(config: &WorldConfig, rng: &mut impl rand::Rng) -> Result<(Scene, PhasePoint), WorldError> {
    config.check()?;
    let (n, dimensions) = (config.bodies, config.dimensions);
    let mut normal = |count: usize| -> Vec<f64> { (0..count).map(|_| StandardNormal.sample(rng)).collect() };

    let mut positions = normal(n * dimensions);
    let mut velocities = normal(n * dimensions);
    let mut masses: Vec<f64> = normal(n).into_iter().map(f64::exp).collect();
    let charges = normal(n).into_iter().map(f64::signum).collect();
    if config.world == World::String {
        for (i, (x, v)) in positions.chunks_mut(dimensions).zip(velocities.chunks_mut(dimensions)).enumerate() {
            x[0] = i as f64 + 0.5 * x[0];
            v[0] = 0.0;
        }
        masses.fill(1.0);
    }

    let mut scene = Scene::new(config.world.law(), dimensions, masses, charges);
    scene.globals = Globals { gravity: config.gravity, drag: config.world.drag() };
    join(&mut scene, config.world.joined(), rng);
    let start = scene.phase_point(&positions, &velocities);
    Ok((scene, start))
}

fn join(scene: &mut Scene, joined: Joined, rng: &mut impl rand::Rng) {
    for i in 0..scene.bodies() {
        for j in 0..i {
            match joined {
                Joined::All => {}
                Joined::Neighbours => scene.join(i, j, i == j + 1, 1.0),
                Joined::Half => scene.join(i, j, rng.random::<bool>(), rng.random_range(0.5..=1.5)),
            }
        }
    }
}
