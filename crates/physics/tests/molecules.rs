//! Claims about the molecules: forces, conservation, the laws of Maxwell and Boltzmann, and who is ergodic.

use numerics::seed::{Purpose, Seed};
use physics::molecules::average::{BlockAverage, Estimate};
use physics::molecules::chain::{Chain, ChainStart};
use physics::molecules::ensemble::{Ensemble, Measured, STARTS, Starts};
use physics::molecules::gas::Gas;
use physics::molecules::lennard_jones::{CUTOFF, interaction};
use physics::molecules::settings::{ChainConfig, GasConfig, Unfit};
use physics::molecules::speeds::{SpeedHistogram, kolmogorov_smirnov, significance};
use physics::molecules::world::{Matter, World};
use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};
use std::f64::consts::PI;

const SEED: Seed = Seed(20);

fn gas(config: GasConfig) -> Gas {
    Gas::new(config, &mut SEED.stream(Purpose::Molecules)).expect("valid")
}

fn melted(config: GasConfig) -> World {
    let mut world = World::gas(config, SEED).expect("valid");
    world.equilibrate((10.0 / config.dt) as usize);
    world
}

fn mean_of(average: &BlockAverage) -> Estimate {
    average.estimate().expect("enough measurements")
}

/// u(r) of the force-shifted Lennard-Jones potential, from its definition.
fn pair_potential(r: f64) -> f64 {
    let u = |r: f64| 4.0 * (r.powi(-12) - r.powi(-6));
    let slope = |r: f64| 4.0 * (-12.0 * r.powi(-13) + 6.0 * r.powi(-7));
    if r < CUTOFF { u(r) - u(CUTOFF) - (r - CUTOFF) * slope(CUTOFF) } else { 0.0 }
}

#[test]
fn the_pair_interaction_is_the_shifted_force_of_toxvaerd_and_dyre() {
    for i in 0..=180 {
        let r = 0.9 + 0.01 * f64::from(i);
        let pair = interaction(r * r);
        assert!((pair.potential - pair_potential(r)).abs() < 1e-13 * pair.potential.abs().max(1.0), "r = {r}");
        // Central differences err by h²u‴/6 and by 1e-16/h; u‴ is below 6e4 here, and the cutoff has a kink in the slope.
        let h = 1e-6;
        let slope = (pair_potential(r + h) - pair_potential(r - h)) / (2.0 * h);
        assert!((pair.force_over_distance * r + slope).abs() < 1e-7, "r = {r}");
    }
    assert_eq!(interaction(CUTOFF * CUTOFF).force_over_distance, 0.0);
    // Continuous: just inside, both have all but vanished.
    let inside = interaction((CUTOFF - 1e-9).powi(2));
    assert!(inside.potential.abs() < 1e-15 && inside.force_over_distance.abs() < 1e-9);
}

#[test]
fn forces_are_minus_the_gradient_of_the_potential_energy() {
    let config = GasConfig { particles: 40, density: 0.6, temperature: 1.0, dt: 0.004 };
    let mut gas = gas(config);
    gas.equilibrate(1000);
    let (positions, velocities): (Vec<_>, Vec<_>) = (gas.positions().collect(), gas.velocities().collect());
    let h = 1e-6;
    let potential = |particle: usize, axis: usize, by: f64| {
        let mut moved = positions.clone();
        moved[particle][axis] += by;
        Gas::from_state(config, &moved, &velocities).expect("valid").potential()
    };
    for (i, force) in gas.forces().enumerate() {
        for (axis, force) in force.into_iter().enumerate() {
            let slope = (potential(i, axis, h) - potential(i, axis, -h)) / (2.0 * h);
            // Rounding of the sum, 1e-14, over h; and h²u‴ with u‴ below 1e5.
            assert!((force + slope).abs() < 1e-7 * force.abs().max(1.0), "particle {i}, axis {axis}");
        }
    }
}

/// Potential energy and forces by all pairs, with no list.
fn plain_sum(gas: &Gas) -> (f64, Vec<[f64; 2]>) {
    let positions: Vec<[f64; 2]> = gas.positions().collect();
    let mut forces = vec![[0.0; 2]; positions.len()];
    let mut potential = 0.0;
    for i in 0..positions.len() {
        for j in 0..i {
            let nearest = |axis: usize| {
                let d = positions[i][axis] - positions[j][axis];
                d - gas.side() * (d / gas.side()).round()
            };
            let (x, y) = (nearest(0), nearest(1));
            let pair = interaction(x * x + y * y);
            potential += pair.potential;
            for (axis, d) in [x, y].into_iter().enumerate() {
                forces[i][axis] += d * pair.force_over_distance;
                forces[j][axis] -= d * pair.force_over_distance;
            }
        }
    }
    (potential, forces)
}

#[test]
fn the_neighbour_list_gives_the_plain_sum_over_all_pairs() {
    // The last is the smallest box there can be: twice the cutoff, so that every list crosses it.
    let smallest = GasConfig { particles: 16, density: 16.0 / 25.0, temperature: 2.0, dt: 0.005 };
    let hot = GasConfig { temperature: 3.0, dt: 0.005, ..GasConfig::FLUID };
    for config in [hot, GasConfig::DENSE, GasConfig { particles: 100, ..GasConfig::DILUTE }, smallest] {
        let mut gas = gas(config);
        // Dozens of lists.
        for step in 0..1000 {
            gas.step();
            if step % 7 == 0 {
                let (potential, forces) = plain_sum(&gas);
                // A particle has some ten terms of size up to 1e2, each rounded at 1e-16, and so have distances of up to 50
                // whose rounding the steep wall magnifies by up to 1e3.
                assert!((gas.potential() - potential).abs() < 1e-9, "step {step}");
                for (listed, plain) in gas.forces().zip(forces) {
                    assert!((0..2).all(|axis| (listed[axis] - plain[axis]).abs() < 1e-9), "step {step}");
                }
            }
        }
    }
}

#[test]
fn total_momentum_stays_zero_to_rounding() {
    let mut world = melted(GasConfig::FLUID);
    world.step(10_000);
    // 10⁴ steps, 256 velocities of size 1, each rounded at 1e-16: √(2.5e6)·1e-16 at random, 2.5e-10 at the very worst.
    assert!(world.momentum().iter().all(|p| p.abs() < 1e-11), "{:?}", world.momentum());
}

/// Drift of the total energy over a run, by the line that fits it best, over the mean kinetic energy.
fn drift(config: GasConfig, steps: usize) -> f64 {
    let mut world = melted(config);
    world.step(steps);
    world.observables().drift().expect("measured")
}

#[test]
fn the_energy_of_the_gas_does_not_drift() {
    for particles in [64, 256] {
        let drift = drift(GasConfig { particles, ..GasConfig::FLUID }, 10_000);
        assert!(drift.abs() < 1e-4, "{particles} particles: {drift:e}");
    }
}

#[test]
#[ignore = "a minute or more: the figures over 10⁵ steps"]
fn the_energy_of_the_gas_does_not_drift_over_a_hundred_thousand_steps() {
    for (name, preset) in [("dilute", GasConfig::DILUTE), ("fluid", GasConfig::FLUID), ("dense", GasConfig::DENSE)] {
        for particles in [64, 256] {
            let drift = drift(GasConfig { particles, ..preset }, 100_000);
            println!("{name}, {particles} particles: drift over mean kinetic energy {drift:+.1e}");
            assert!(drift.abs() < 1e-4, "{name}, {particles} particles: {drift:e}");
        }
    }
}

#[test]
fn the_error_in_energy_is_of_second_order_in_the_time_step() {
    let start = melted(GasConfig { particles: 64, ..GasConfig::FLUID });
    let Matter::Gas(start) = start.matter() else { unreachable!() };
    let (positions, velocities): (Vec<_>, Vec<_>) = (start.positions().collect(), start.velocities().collect());
    // The same motion over one unit of time, before chaos has parted the two.
    let wavering = |dt: f64| {
        let config = GasConfig { dt, ..*start.config() };
        let mut gas = Gas::from_state(config, &positions, &velocities).expect("valid");
        let energy = gas.energy();
        let squares: f64 = (0..(1.0 / dt).round() as usize)
            .map(|_| {
                gas.step();
                (gas.energy() - energy).powi(2)
            })
            .sum();
        (squares * dt).sqrt()
    };
    let order = (wavering(0.002) / wavering(0.001)).log2();
    assert!((order - 2.0).abs() < 0.1, "measured {order}");
}

#[test]
fn velocity_verlet_runs_back_to_its_start() {
    let mut gas = melted(GasConfig { particles: 64, ..GasConfig::FLUID });
    let there = gas.positions();
    gas.step(500);
    gas.reverse();
    gas.step(500);
    let side = GasConfig { particles: 64, ..GasConfig::FLUID }.side();
    let wrapped = |d: f64| (d - side * (d / side).round()).abs();
    let farthest = there.iter().zip(gas.positions()).flat_map(|(a, b)| [wrapped(a[0] - b[0]), wrapped(a[1] - b[1])]);
    // Rounding at 1e-15, and chaos: neighbours part by e^(λt) with λ of about 3, over 4 units of time.
    let farthest = farthest.fold(0.0, f64::max);
    assert!(farthest < 1e-9, "{farthest:e}");

    let mut chain = World::chain(ChainConfig::STRING, ChainStart::Random, SEED).expect("valid");
    let there = chain.positions();
    chain.step(5000);
    assert!(chain.positions().iter().zip(&there).any(|(a, b)| (a[1] - b[1]).abs() > 0.1));
    chain.reverse();
    chain.step(5000);
    // No chaos here: rounding grows linearly at worst.
    let farthest = chain.positions().iter().zip(&there).map(|(a, b)| (a[1] - b[1]).abs()).fold(0.0, f64::max);
    assert!(farthest < 1e-10, "{farthest:e}");
}

#[test]
fn speeds_follow_maxwell_and_boltzmann() {
    let mut world = melted(GasConfig::FLUID);
    world.step(60_000);
    let temperature = world.observables().temperature().expect("measured").mean;
    let speeds = world.observables().speeds().expect("a gas has speeds");
    assert!(speeds.total() > 40 * 256);
    let fit = speeds.fit(temperature).expect("enough");
    let degrees = fit.degrees as f64;
    println!("χ² = {:.1} on {degrees} degrees from {} speeds", fit.chi_square, speeds.total());
    // Three standard deviations of χ², on both sides: too good a fit would be suspicious as well.
    assert!((fit.chi_square - degrees).abs() < 3.0 * (2.0 * degrees).sqrt(), "{fit:?}");
    // A temperature wrong by a tenth adds 0.1² for each speed, more than 100, and is told from the right one.
    let wrong = speeds.fit(1.1 * temperature).expect("enough");
    assert!(wrong.chi_square > degrees + 3.0 * (2.0 * degrees).sqrt(), "{wrong:?}");

    let mut now = world.speeds();
    let distance = kolmogorov_smirnov(&mut now, temperature).expect("speeds");
    let chance = significance(distance, now.len());
    println!("Kolmogorov–Smirnov: D = {distance:.4}, significance {chance:.2}");
    assert!(chance > 0.0027, "D = {distance}");
    // At the start of a motion on which every particle had the same speed, it is not so.
    let equal: Vec<[f64; 2]> = (0..256).map(|i| (f64::from(i) * 2.4).sin_cos()).map(|(s, c)| [s, c]).collect();
    let places: Vec<[f64; 2]> = world.positions();
    let start = Gas::from_state(GasConfig::FLUID, &places, &equal).expect("valid");
    let distance = kolmogorov_smirnov(&mut start.speeds().collect::<Vec<_>>(), 0.5).expect("speeds");
    assert!(significance(distance, 256) < 1e-10);
}

#[test]
fn every_degree_of_freedom_of_the_gas_comes_to_the_same_share() {
    let mut world = melted(GasConfig::FLUID);
    let mut spread = |steps: usize| {
        world.forget();
        world.step(steps);
        let shares = world.observables().shares();
        let mean = shares.iter().sum::<f64>() / shares.len() as f64;
        (shares.iter().map(|share| (share / mean - 1.0).powi(2)).sum::<f64>() / shares.len() as f64).sqrt()
    };
    // Independent shares differ less as 1/√t. The spread over 512 of them is known to 1/√1024 = 3 %, their ratio to 4.4 %.
    let (short, long) = (spread(5_000), spread(20_000));
    println!("shares spread by {short:.3}, then by {long:.3}");
    assert!((short / long / 2.0 - 1.0).abs() < 3.0 * 0.044, "{short} and {long}");
}

/// Second and third virial coefficients in two dimensions, by the midpoint rule over Mayer's function f = e^(−u/T) − 1:
/// B₂ = −π∫f r dr and B₃ = −(1/3)∫∫ f₁₂ f₁₃ f₂₃. Hansen and McDonald, *Theory of Simple Liquids*, §3.9.
fn virial_coefficients(temperature: f64) -> (f64, f64) {
    let mayer = |r: f64| if r < CUTOFF { (-pair_potential(r) / temperature).exp_m1() } else { 0.0 };
    let integral = |n: usize, f: &dyn Fn(f64) -> f64| {
        let h = CUTOFF / n as f64;
        (0..n).map(|i| (i as f64 + 0.5) * h).map(f).sum::<f64>() * h
    };
    let second = -PI * integral(4000, &|r| mayer(r) * r);
    let angles = 120;
    let around = |r: f64, s: f64| {
        let angle = |k: usize| (k as f64 + 0.5) * PI / angles as f64;
        let sum: f64 = (0..angles).map(|k| mayer((r * r + s * s - 2.0 * r * s * angle(k).cos()).sqrt())).sum();
        2.0 * sum * PI / angles as f64
    };
    let inner = |r: f64| integral(120, &|s| s * mayer(s) * around(r, s));
    let third = -(1.0 / 3.0) * integral(120, &|r| 2.0 * PI * r * mayer(r) * inner(r));
    (second, third)
}

#[test]
fn pressure_and_energy_of_a_thin_gas_are_those_of_the_virial_expansion() {
    let config = GasConfig { particles: 256, density: 0.05, temperature: 3.0, dt: 0.004 };
    let mut world = melted(config);
    let mut virial = BlockAverage::default();
    for _ in 0..60_000 {
        world.step(1);
        let Matter::Gas(gas) = world.matter() else { unreachable!() };
        virial.push(gas.virial());
    }
    let (n, density) = (256.0, config.density);
    let t = world.observables().temperature().expect("measured").mean;
    // What the forces add to P/(ρT): ρB₂ + ρ²B₃, with N − 1 neighbours for each of N particles.
    let (second, third) = virial_coefficients(t);
    let expected = (density * second + density.powi(2) * third) * (n - 1.0) / n;
    let measured = mean_of(&virial);
    let (excess, error) = (measured.mean / (2.0 * n * t), measured.error / (2.0 * n * t));
    println!("pressure: {excess:.5} ± {error:.5}, virial expansion {expected:.5} (B₂ = {second:.4}, B₃ = {third:.4})");
    // The next term: that of hard discs of diameter 1, which are larger than these particles are at T = 3.
    let next = 0.532 * (PI / 2.0 * density).powi(3);
    assert!((excess - expected).abs() < 3.0 * error + next, "{excess} ± {error}, expected {expected}");

    // U/N = −T² ∂(ρB₂ + ρ²B₃/2)/∂T.
    let h = 0.01 * t;
    let ((b2, b3), (c2, c3)) = (virial_coefficients(t + h), virial_coefficients(t - h));
    let slope = (density * (b2 - c2) + 0.5 * density.powi(2) * (b3 - c3)) / (2.0 * h);
    let expected = -t * t * slope * (n - 1.0) / n;
    let potential = mean_of(world.observables().potential());
    let (energy, error) = (potential.mean / n, potential.error / n);
    println!("potential energy: {energy:.5} ± {error:.5} a particle, virial expansion {expected:.5}");
    assert!((energy - expected).abs() < 3.0 * error + next * t, "{energy} ± {error}, expected {expected}");
}

/// What so many starts at the energy of a gas came to, in pieces of so many steps.
fn measured(world: &World, count: u32, piece: usize) -> Vec<Measured> {
    let starts = Starts::of(world, SEED).expect("a gas");
    let measure = |number| {
        let mut start = starts.begin(number).expect("valid");
        std::iter::repeat_with(|| start.step(piece)).flatten().next().expect("an end")
    };
    (0..count).map(measure).collect()
}

fn ensemble(world: &World, count: u32) -> Ensemble {
    let mut ensemble = Ensemble::of(world);
    measured(world, count, 1000).iter().for_each(|start| ensemble.push(start));
    ensemble
}

/// Time averages over `steps`, and the ensemble at the same energy.
fn both_averages(config: GasConfig, steps: usize, starts: u32) -> [(Estimate, Estimate); 2] {
    let mut world = melted(config);
    world.step(steps);
    let ensemble = ensemble(&world, starts);
    let along = world.observables();
    [
        (mean_of(along.kinetic()), ensemble.kinetic().expect("all starts")),
        (mean_of(along.potential()), ensemble.potential().expect("all starts")),
    ]
}

fn assert_ergodic(averages: [(Estimate, Estimate); 2]) {
    for (name, (time, ensemble)) in ["kinetic", "potential"].into_iter().zip(averages) {
        let deviation = time.deviation(&ensemble);
        println!(
            "{name}: time {:.3} ± {:.3}, ensemble {:.3} ± {:.3}, {deviation:.2} standard errors apart",
            time.mean, time.error, ensemble.mean, ensemble.error
        );
        assert!(deviation < 3.0, "{name}: {time:?}, {ensemble:?}");
        // Not by being vague: both are known to two parts in a hundred of the kinetic energy.
        assert!(time.error.max(ensemble.error) < 0.02 * averages[0].0.mean);
    }
}

#[test]
fn the_time_average_of_the_gas_is_its_ensemble_average() {
    assert_ergodic(both_averages(GasConfig { particles: 64, ..GasConfig::FLUID }, 50_000, STARTS));
}

#[test]
#[ignore = "minutes: the same for all presets, with 256 particles and 128 starts"]
fn the_time_averages_of_all_gases_are_their_ensemble_averages() {
    for preset in [GasConfig::DILUTE, GasConfig::FLUID, GasConfig::DENSE] {
        println!("density {}", preset.density);
        assert_ergodic(both_averages(preset, 100_000, 128));
    }
}

#[test]
fn a_start_is_the_same_in_whatever_pieces_and_order_it_is_computed() {
    let world = melted(GasConfig { particles: 16, density: 0.3, ..GasConfig::FLUID });
    let whole = measured(&world, 3, 100_000);
    assert_eq!(whole, measured(&world, 3, 7));
    let starts = Starts::of(&world, SEED).expect("a gas");
    assert_eq!(starts.begin(2).expect("valid").step(usize::MAX), Some(whole[2]));
    assert!(whole[0].kinetic != whole[1].kinetic && whole[1].kinetic != whole[2].kinetic);
}

#[test]
fn every_start_of_an_ensemble_has_the_energy_of_the_motion() {
    let world = melted(GasConfig { particles: 64, ..GasConfig::FLUID });
    let energy = world.kinetic() + world.potential();
    let ensemble = ensemble(&world, 4);
    let (kinetic, potential) = (ensemble.kinetic().expect("four"), ensemble.potential().expect("four"));
    assert!(kinetic.error > 0.1, "the starts are all alike");
    // K and U of each start add up to the energy, but for what velocity Verlet wavers.
    assert!((kinetic.mean + potential.mean - energy).abs() < 1e-3 * kinetic.mean);
    assert!((kinetic.error - potential.error).abs() < 1e-3 * kinetic.mean);
}

fn chain(start: ChainStart, config: ChainConfig) -> Chain {
    Chain::new(config, start, &mut SEED.stream(Purpose::Molecules)).expect("valid")
}

const UNEQUAL: ChainConfig = ChainConfig { masses: 17, mass: 0.7, stiffness: 3.1, energy: 5.0, dt: 0.02 };

#[test]
fn every_mode_of_the_chain_swings_at_its_closed_form_frequency() {
    for j in 1..=UNEQUAL.masses {
        let mut chain = chain(ChainStart::Mode(j), UNEQUAL);
        let dt = UNEQUAL.dt;
        let amplitude = |chain: &Chain| chain.modes().transformed(&chain.state().q).nth(j - 1).expect("mode");
        let first = amplitude(&chain);
        chain.step();
        let second = amplitude(&chain);
        chain.step();
        let third = amplitude(&chain);
        // Verlet's two-step form: Q(t+dt) − 2Q(t) + Q(t−dt) = −ω²dt² Q(t), exactly.
        let measured = ((2.0 * second - first - third) / second).sqrt() / dt;
        let omega = 2.0 * (3.1_f64 / 0.7).sqrt() * (PI * j as f64 / (2.0 * 18.0)).sin();
        assert!((measured / omega - 1.0).abs() < 1e-9, "mode {j}: {measured} and {omega}");
        assert!((chain.modes().frequencies()[j - 1] / omega - 1.0).abs() < 1e-14);
        // And it comes back after a period, by counting crossings, to Verlet's phase error ω²dt²/24 and one step.
        let (mut crossings, mut before, mut steps) = (0, third, 0);
        while crossings < 40 {
            chain.step();
            steps += 1;
            let now = amplitude(&chain);
            crossings += u32::from(before * now < 0.0);
            before = now;
        }
        let counted = PI * f64::from(crossings) / (f64::from(steps + 2) * dt);
        assert!((counted / omega - 1.0).abs() < (omega * dt).powi(2) / 24.0 + 1.0 / f64::from(steps), "mode {j}");
    }
}

#[test]
fn mode_energies_add_up_to_the_energy_and_lead_back_to_the_state() {
    let chain = chain(ChainStart::Random, UNEQUAL);
    let energies: Vec<f64> = chain.mode_energies().collect();
    assert!((energies.iter().sum::<f64>() - (chain.kinetic() + chain.potential())).abs() < 1e-13);
    assert!((chain.kinetic() + chain.potential() - UNEQUAL.energy).abs() < 1e-13);
    let modes = chain.modes();
    let amplitudes: Vec<f64> = modes.transformed(&chain.state().q).collect();
    let back = modes.transformed(&amplitudes);
    assert!(back.zip(&chain.state().q).all(|(back, q)| (back - q).abs() < 1e-13));
    // Phases from (Q, P), and the state from energies and phases.
    let momenta = modes.transformed(&chain.state().p);
    let phases: Vec<f64> = momenta
        .zip(&amplitudes)
        .zip(modes.frequencies())
        .map(|((p, q), frequency)| (UNEQUAL.mass * frequency * q).atan2(p))
        .collect();
    assert!(modes.state(&energies, &phases).distance(chain.state()) < 1e-12);
}

/// The largest relative change of any mode energy over 200 units of time, over (ωⱼdt)²/4.
fn worst_wavering(dt: f64) -> (f64, f64) {
    let mut chain = chain(ChainStart::Random, ChainConfig { dt, ..UNEQUAL });
    let start: Vec<f64> = chain.mode_energies().collect();
    let (mut worst, mut worst_to_bound) = (0.0_f64, 0.0_f64);
    for _ in 0..(200.0 / dt) as usize {
        chain.step();
        for ((now, start), omega) in chain.mode_energies().zip(&start).zip(chain.modes().frequencies()) {
            let change = (now / start - 1.0).abs();
            // Verlet keeps P²/m + mω²Q²(1 − ω²dt²/4): the energy is between that and that over the bracket.
            let bound = (omega * dt).powi(2) / 4.0;
            worst = worst.max(change);
            worst_to_bound = worst_to_bound.max(change / (bound / (1.0 - bound)));
        }
    }
    (worst, worst_to_bound)
}

#[test]
fn mode_energies_are_constant_to_the_order_of_velocity_verlet() {
    let ((coarse, bound), (fine, _)) = (worst_wavering(0.02), worst_wavering(0.01));
    // Rounding adds a part in 1e10 to a bound that is reached.
    assert!(bound < 1.0 + 1e-6, "{bound} of the bound");
    let order = (coarse / fine).log2();
    assert!((order - 2.0).abs() < 0.05, "measured {order}");
}

#[test]
fn the_chain_is_not_ergodic_although_its_kinetic_energy_says_nothing_against_it() {
    let config = ChainConfig::STRING;
    for start in [ChainStart::Mode(3), ChainStart::Random] {
        let mut world = World::chain(config, start, SEED).expect("valid");
        let Matter::Chain(chain) = world.matter() else { unreachable!() };
        let (begun, omegas): (Vec<f64>, Vec<f64>) =
            (chain.mode_energies().collect(), chain.modes().frequencies().to_vec());
        world.step(100_000);
        let time = world.time();
        let ensemble = Ensemble::of(&world);
        assert!((ensemble.kinetic().expect("closed form").mean / (0.5 * config.energy) - 1.0).abs() < 1e-2);

        // ⟨K⟩ differs from E/2 by the unfinished swing, at most Eⱼ/(2ωⱼt) for each mode, and by (ωⱼdt)²/8 of Verlet.
        let bound: f64 = begun
            .iter()
            .zip(&omegas)
            .map(|(energy, omega)| energy * (0.5 / (omega * time) + (omega * config.dt).powi(2) / 8.0))
            .sum();
        let kinetic = mean_of(world.observables().kinetic());
        println!("{start:?}: ⟨K⟩ = {:.4} ± {:.4}, E/2 = {}", kinetic.mean, kinetic.error, 0.5 * config.energy);
        assert!((kinetic.mean - 0.5 * config.energy).abs() < bound, "{kinetic:?}, allowed {bound}");

        // The shares are what they were at the start, mode by mode, and not E/N.
        let share = ensemble.share().expect("closed form").mean;
        for ((now, begun), omega) in world.observables().shares().iter().zip(&begun).zip(&omegas) {
            let wavering = (omega * config.dt).powi(2) / 4.0;
            assert!((now - begun).abs() < begun * 1.01 * wavering + 1e-12 * config.energy, "{now} and {begun}");
        }
        let farthest = world.observables().shares().iter().map(|now| now / share).fold(0.0, f64::max);
        println!("the richest mode has {farthest:.2} times its ergodic share");
        assert!(farthest > 2.0);
    }
}

#[test]
fn random_starts_of_the_chain_have_the_closed_form_averages() {
    let mut rng = SEED.stream(Purpose::Ensemble);
    let (mut kinetic, mut first) = (BlockAverage::default(), BlockAverage::default());
    for _ in 0..4096 {
        let chain = Chain::new(UNEQUAL, ChainStart::Random, &mut rng).expect("valid");
        kinetic.push(chain.kinetic());
        first.push(chain.mode_energies().next().expect("a mode"));
    }
    assert!(mean_of(&kinetic).deviation(&Estimate::exact(0.5 * UNEQUAL.energy)) < 3.0);
    assert!(mean_of(&first).deviation(&Estimate::exact(UNEQUAL.energy / 17.0)) < 3.0);
}

#[test]
fn blocking_finds_the_error_of_a_correlated_mean() {
    // x ← φx + noise has the variance 1/(1 − φ²), and its mean over n the variance 1/(n(1 − φ)²).
    let (phi, n) = (0.95, 1 << 16);
    let mut rng = SEED.stream(Purpose::Noise);
    let mut average = BlockAverage::default();
    let mut x = 0.0;
    for _ in 0..n {
        let noise: f64 = StandardNormal.sample(&mut rng);
        x = phi * x + noise;
        average.push(x);
    }
    let expected = 1.0 / ((1.0 - phi) * f64::from(n).sqrt());
    let found = mean_of(&average);
    // Read from 32 blocks: known to 1/√62 = 13 %. The error without blocks would be six times too small.
    assert!((found.error / expected - 1.0).abs() < 3.0 * 0.13, "{} and {expected}", found.error);
    assert!(found.deviation(&Estimate::exact(0.0)) < 3.0);
    assert_eq!(average.block_length(), Some(n as u64 / 32));
}

#[test]
fn the_goodness_of_fit_numbers_are_right_for_speeds_of_the_right_law() {
    // Critical values of Kolmogorov's distribution, 5 % at 1.3581 and 1 % at 1.6276 (Smirnov, 1948).
    assert!((significance(1.3581 / 1000.0, 1_000_000) - 0.05).abs() < 1e-4);
    assert!((significance(1.6276 / 1000.0, 1_000_000) - 0.01).abs() < 1e-4);
    // Draws by inverting 1 − exp(−v²/2T).
    let mut rng = SEED.stream(Purpose::Noise);
    let (mut chi_square, mut small) = (BlockAverage::default(), 0);
    for _ in 0..200 {
        let draws: Vec<f64> = (0..500).map(|_| (-2.0 * 0.7 * (1.0 - rng.random::<f64>()).ln()).sqrt()).collect();
        let mut histogram = SpeedHistogram::new(0.7);
        histogram.extend(draws.iter().copied());
        let fit = histogram.fit(0.7).expect("enough");
        chi_square.push(fit.chi_square / fit.degrees as f64);
        let distance = kolmogorov_smirnov(&mut draws.clone(), 0.7).expect("speeds");
        small += u32::from(significance(distance, draws.len()) < 0.1);
    }
    // χ² over its degrees is 1 on average; one sample in ten has a significance below a tenth: 20 ± 4.2 of 200.
    assert!(mean_of(&chi_square).deviation(&Estimate::exact(1.0)) < 3.0, "{:?}", mean_of(&chi_square));
    assert!((f64::from(small) - 20.0).abs() < 3.0 * 4.2, "{small}");
}

#[test]
fn settings_that_mean_nothing_are_refused_with_a_reason() {
    let refused = |config: GasConfig| World::gas(config, SEED).expect_err("invalid");
    let fluid = GasConfig::FLUID;
    assert_eq!(refused(GasConfig { particles: 257, ..fluid }), Unfit::Count { given: 257, range: (16, 256) });
    assert!(matches!(refused(GasConfig { density: 0.9, ..fluid }), Unfit::OutOfRange { quantity: "density", .. }));
    assert!(matches!(refused(GasConfig { temperature: f64::NAN, ..fluid }), Unfit::OutOfRange { .. }));
    assert!(matches!(refused(GasConfig { dt: 0.0, ..fluid }), Unfit::OutOfRange { quantity: "time step", .. }));
    let crowded = refused(GasConfig { particles: 16, density: 0.7, ..fluid });
    assert_eq!(
        crowded.to_string(),
        "16 particles at density 0.7 fill a box of side 4.78, but the forces reach across 5: \
         take more particles or a lower density"
    );
    let heap = Gas::from_state(GasConfig { particles: 16, density: 0.3, ..fluid }, &[[0.0; 2]; 16], &[[0.0; 2]; 16]);
    assert_eq!(heap.expect_err("a heap"), Unfit::State);
    let chain = |config, start| World::chain(config, start, SEED).map(|_| ()).expect_err("invalid");
    assert_eq!(chain(UNEQUAL, ChainStart::Mode(18)), Unfit::Mode { mode: 18, masses: 17 });
    assert!(matches!(chain(ChainConfig { dt: 1.0, ..UNEQUAL }, ChainStart::Random), Unfit::OutOfRange { .. }));
}
