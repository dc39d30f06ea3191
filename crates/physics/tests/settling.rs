//! Claims about gases that have not settled: what the page says of them is what a longer simulation shows.

use numerics::seed::Seed;
use physics::molecules::settings::GasConfig;
use physics::molecules::settling::Settled;
use physics::molecules::world::World;

/// Melts as the page does, and is then measured for `steps`.
fn measured(config: GasConfig, seed: u32, steps: usize) -> World {
    let mut world = World::gas(config, Seed(seed)).expect("valid settings");
    world.equilibrate(2500);
    world.step(steps);
    world
}

#[test]
fn a_cold_gas_that_condenses_is_not_called_settled() {
    let cold = GasConfig { particles: 128, temperature: 0.2, ..GasConfig::DILUTE };
    for seed in 0..3 {
        let mut world = measured(cold, seed, 20_000);
        let (verdict, before) = (world.observables().settled(), world.observables().potential().mean());
        world.forget();
        world.step(20_000);
        let after = world.observables().potential().mean();
        println!("{verdict:?}: potential energy {before:.1}, and as long afterwards {after:.1}");
        // Drops grow: it falls by far more than the error of either mean.
        assert!(matches!(verdict, Settled::No { errors } if errors < 0.0), "{verdict:?}");
        assert!(after < before - 5.0, "{before} {after}");
    }
}

#[test]
fn a_warm_fluid_settles() {
    for config in [GasConfig::DILUTE, GasConfig::FLUID] {
        let config = GasConfig { particles: 128, ..config };
        let settled =
            (0..4).filter(|seed| measured(config, *seed, 40_000).observables().settled() == Settled::Yes).count();
        assert!(settled >= 3, "{config:?}: {settled} of 4");
    }
}
