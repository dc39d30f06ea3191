//! Claims about pressure, the radial distribution and the canonical ensemble, against closed forms.

use numerics::seed::{Purpose, Seed};
use physics::molecules::average::BlockAverage;
use physics::molecules::chain::{Chain, ChainStart};
use physics::molecules::gas::Gas;
use physics::molecules::langevin::Bath;
use physics::molecules::lennard_jones::interaction;
use physics::molecules::settings::{ChainConfig, GasConfig};
use physics::molecules::world::World;

/// Whether an average is a number within three of its standard errors, and these are small enough to say something.
fn agrees(average: &BlockAverage, expected: f64, precision: f64, what: &str) {
    let found = average.estimate().expect("enough measurements");
    println!("{what}: {:.4} ± {:.4}, expected {expected:.4}", found.mean, found.error);
    assert!((found.mean - expected).abs() < 3.0 * found.error, "{what}: {found:?} {expected}");
    assert!(found.error < precision * expected.abs(), "{what}: {found:?} says nothing");
}

#[test]
fn a_chain_in_a_bath_has_the_canonical_energies_and_their_variance() {
    // Quadratic H in 2N coordinates: every mode has the mean energy T, and the variance of the total energy is N T².
    let (n, temperature) = (8, 0.7);
    let config = ChainConfig { masses: n, energy: 8.0, ..ChainConfig::STRING };
    let mut rng = Seed(1).stream(Purpose::Molecules);
    let mut chain = Chain::new(config, ChainStart::Mode(3), &mut rng).expect("valid settings");
    let bath = Bath { temperature, friction: 0.3 };
    (0..20_000).for_each(|_| chain.step_in(&bath, &mut rng));
    let mut modes = vec![BlockAverage::default(); n];
    let (mut kinetic, mut variance) = (BlockAverage::default(), BlockAverage::default());
    for _ in 0..600_000 {
        chain.step_in(&bath, &mut rng);
        modes.iter_mut().zip(chain.mode_energies()).for_each(|(mode, energy)| mode.push(energy));
        kinetic.push(chain.kinetic());
        variance.push((chain.kinetic() + chain.potential() - n as f64 * temperature).powi(2));
    }
    // In the third mode alone, where all energy started, as in every other: a bath makes the chain ergodic.
    modes.iter().enumerate().for_each(|(i, mode)| agrees(mode, temperature, 0.05, &format!("mode {}", i + 1)));
    agrees(&kinetic, n as f64 * temperature / 2.0, 0.02, "kinetic energy");
    agrees(&variance, n as f64 * temperature * temperature, 0.1, "variance of the energy");
}

/// The second virial coefficient of the potential in the plane, −π ∫ (exp(−u/T) − 1) r dr, by the midpoint rule.
fn second_virial(temperature: f64) -> f64 {
    let steps = 200_000;
    let dr = 2.5 / f64::from(steps);
    let integrand = |i: i32| {
        let r = (f64::from(i) + 0.5) * dr;
        ((-interaction(r * r).potential / temperature).exp() - 1.0) * r
    };
    -std::f64::consts::PI * dr * (0..steps).map(integrand).sum::<f64>()
}

#[test]
fn a_dilute_gas_in_a_bath_has_the_pressure_and_neighbours_of_the_virial_expansion() {
    // P = ρT (1 + B₂ρ + B₃ρ²…); at ρ = 0.05 and T = 2 the third term is below the error bar of a per cent. g(r) → exp(−u(r)/T).
    let config = GasConfig { particles: 128, density: 0.05, temperature: 2.0, dt: 0.004 };
    let mut rng = Seed(2).stream(Purpose::Molecules);
    let mut gas = Gas::new(config, &mut rng).expect("valid settings");
    let bath = Bath { temperature: 2.0, friction: 0.5 };
    (0..5000).for_each(|_| gas.step_in(&bath, &mut rng));
    let (mut pressure, mut kinetic, mut variance) =
        (BlockAverage::default(), BlockAverage::default(), BlockAverage::default());
    let mut radial = physics::molecules::radial::RadialDistribution::new(400, gas.side(), config.particles);
    let n = config.particles as f64;
    for step in 0..120_000 {
        gas.step_in(&bath, &mut rng);
        pressure.push(gas.pressure());
        kinetic.push(gas.kinetic());
        variance.push((gas.kinetic() - n * bath.temperature).powi(2));
        if step % 50 == 0 {
            radial.count(&gas.positions().collect::<Vec<_>>());
        }
    }
    let ideal = config.density * bath.temperature;
    agrees(&pressure, ideal * (1.0 + second_virial(bath.temperature) * config.density), 0.01, "pressure");
    // 2N momenta with T/2 each: K is a sum of N exponential variates of mean T.
    agrees(&kinetic, n * bath.temperature, 0.01, "kinetic energy");
    agrees(&variance, n * bath.temperature.powi(2), 0.1, "variance of the kinetic energy");
    for (r, g) in radial.values().into_iter().filter(|(r, _)| (1.0..2.4).contains(r)) {
        let boltzmann = (-interaction(r * r).potential / bath.temperature).exp();
        // A twentieth is what other particles and counting leave at this density.
        assert!((g - boltzmann).abs() < 0.08 * boltzmann, "g({r:.2}) = {g:.3}, not {boltzmann:.3}");
    }
}

#[test]
fn of_an_ideal_gas_the_radial_distribution_is_one() {
    use rand::RngExt;
    let mut rng = Seed(3).stream(Purpose::Molecules);
    let mut radial = physics::molecules::radial::RadialDistribution::new(20, 10.0, 100);
    for _ in 0..400 {
        let places: Vec<[f64; 2]> =
            (0..100).map(|_| [10.0 * rng.random::<f64>(), 10.0 * rng.random::<f64>()]).collect();
        radial.count(&places);
    }
    for (r, g) in radial.values() {
        // 400 · 4950 pairs, of which a ring at r has 2πr·0.25/100.
        let expected = 400.0 * 4950.0 * std::f64::consts::TAU * r * 0.25 / 100.0;
        assert!((g - 1.0).abs() < 4.0 / expected.sqrt(), "g({r}) = {g}");
    }
}

#[test]
fn a_world_measures_the_pressure_that_the_virial_expansion_gives() {
    // Microcanonical, T = 2K/(2N − 2) as measured. At ρ = 0.05 the third term is some per cent of the second.
    let config = GasConfig { particles: 128, density: 0.05, temperature: 2.0, dt: 0.004 };
    let mut world = World::gas(config, Seed(0)).expect("valid settings");
    world.equilibrate(4000);
    world.step(60_000);
    let found = world.observables().pressure().expect("measured");
    let temperature = world.observables().temperature().expect("measured").mean;
    let expected = config.density * temperature * (1.0 + second_virial(temperature) * config.density);
    println!("pressure {found:?}, expected {expected:.4}");
    assert!((found.mean - expected).abs() < 3.0 * found.error + 0.005 * expected, "{found:?} {expected}");
    assert!(world.observables().radial().is_some_and(|radial| !radial.values().is_empty()));
}

#[test]
fn a_world_in_a_bath_has_the_canonical_averages_that_its_ensemble_states() {
    use physics::molecules::ensemble::{Ensemble, Starts};
    let bath = Bath { temperature: 0.8, friction: 0.5 };
    let gas = GasConfig { particles: 64, density: 0.3, temperature: 0.8, dt: 0.004 };
    let chain = ChainConfig { masses: 16, energy: 16.0, ..ChainConfig::STRING };
    let worlds = [World::gas(gas, Seed(4)), World::chain(chain, ChainStart::Mode(3), Seed(4))];
    for (world, momenta) in worlds.into_iter().zip([128.0, 16.0]) {
        let mut world = world.expect("valid settings").in_bath(bath, Seed(4));
        world.equilibrate(20_000);
        let ensemble = Ensemble::of(&world);
        assert_eq!(ensemble.kinetic().map(|kinetic| kinetic.mean), Some(momenta * 0.4));
        assert!(Starts::of(&world, Seed(4)).is_none());
        world.step(200_000);
        let seen = world.observables();
        agrees(seen.kinetic(), momenta * bath.temperature / 2.0, 0.03, "kinetic energy");
        if let Some(potential) = ensemble.potential() {
            agrees(seen.potential(), potential.mean, 0.03, "potential energy");
            assert_eq!(potential.mean, 16.0 * 0.4);
        }
        let temperature = match world.matter() {
            physics::molecules::world::Matter::Gas(_) => seen.temperature().expect("measured").mean,
            physics::molecules::world::Matter::Chain(_) => bath.temperature,
        };
        assert!((temperature - bath.temperature).abs() < 0.02);
    }
}
