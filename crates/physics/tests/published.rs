//! Claims about molecules against what others have published: the pair potential against NIST's pressures, a fluid in the plane against
//! an independent program, and the radial distribution against the two integrals that energy and pressure are of it.

use numerics::seed::{Purpose, Seed};
use physics::molecules::average::BlockAverage;
use physics::molecules::gas::Gas;
use physics::molecules::langevin::Bath;
use physics::molecules::lennard_jones::{CUTOFF, interaction};
use physics::molecules::radial::RadialDistribution;
use physics::molecules::settings::GasConfig;
use std::f64::consts::PI;

/// Rings of a radial distribution, each so narrow that the steep part of the force is seen.
const RINGS: usize = 1200;

/// exp(−u/T) − 1.
fn mayer(r: f64, temperature: f64) -> f64 {
    (-interaction(r * r).potential / temperature).exp() - 1.0
}

/// Second and third virial coefficient in space: −2π ∫ f r² dr, and −(8π²/3) ∭ f(r) f(s) f(t) r s t dr ds dt over all triangles.
fn virials(temperature: f64) -> [f64; 2] {
    let (steps, fine) = (500, 20_000);
    let dr = CUTOFF / f64::from(steps);
    let second: f64 = (0..fine)
        .map(|i| (f64::from(i) + 0.5) * CUTOFF / f64::from(fine))
        .map(|r| mayer(r, temperature) * r * r)
        .sum::<f64>()
        * CUTOFF
        / f64::from(fine);
    let weights: Vec<f64> = (0..steps).map(|i| (f64::from(i) + 0.5) * dr).map(|r| mayer(r, temperature) * r).collect();
    // Sums of the weights up to a distance, so that the inner integral is a difference.
    let mut sums = vec![0.0];
    weights.iter().for_each(|weight| sums.push(sums[sums.len() - 1] + weight));
    let up_to = |x: usize| sums[x.min(weights.len())];
    let pair = |(i, a): (usize, &f64)| -> f64 {
        let inner = weights.iter().enumerate().map(|(j, b)| b * (up_to(i + j + 1) - up_to(i.abs_diff(j))));
        a * inner.sum::<f64>()
    };
    let third: f64 = weights.iter().enumerate().map(pair).sum();
    [-2.0 * PI * second, -8.0 * PI * PI / 3.0 * third * dr.powi(3)]
}

#[test]
fn the_pair_potential_has_the_pressures_that_nist_published() {
    // D. Siderius, "LAMMPS MD: Equation of State (pressure vs. density), Linear-Force Shifted Potential at 2.5σ", NIST: a Lennard-Jones gas
    // in space with exactly this potential. At these densities the fourth virial coefficient is below the last printed digit.
    let published = [
        (0.75, [(0.001, 7.457e-4), (0.005, 3.641e-3), (0.010, 7.068e-3)]),
        (1.00, [(0.001, 9.967e-4), (0.005, 4.919e-3), (0.010, 9.677e-3)]),
        (1.50, [(0.001, 1.498e-3), (0.005, 7.454e-3), (0.010, 1.482e-2)]),
    ];
    for (temperature, rows) in published {
        let [second, third] = virials(temperature);
        println!("T = {temperature}: B₂ = {second:.4}, B₃ = {third:.3}");
        for (density, pressure) in rows {
            let found = density * temperature * (1.0 + second * density + third * density * density);
            let digit = 10f64.powf(f64::floor(f64::log10(pressure)) - 3.0);
            assert!((found - pressure).abs() < 1.5 * digit, "T = {temperature}, ρ = {density}: {found:e} {pressure:e}");
        }
    }
}

/// A fluid in a heat bath.
struct Fluid<R> {
    gas: Gas,
    bath: Bath,
    rng: R,
}

impl Fluid<()> {
    /// One that has been in its bath for long enough.
    fn new(config: GasConfig, friction: f64, seed: Seed) -> Fluid<impl rand::Rng> {
        let mut rng = seed.stream(Purpose::Molecules);
        let gas = Gas::new(config, &mut rng).expect("valid settings");
        let mut fluid = Fluid { gas, bath: Bath { temperature: config.temperature, friction }, rng };
        fluid.step(6000);
        fluid
    }
}

impl<R: rand::Rng> Fluid<R> {
    fn step(&mut self, steps: usize) {
        (0..steps).for_each(|_| self.gas.step_in(&self.bath, &mut self.rng));
    }
}

/// Potential energy and virial Σ r·F of all pairs by Lennard-Jones cut off at 4 with the energy shifted, as in HALMD.
fn cut_at_four(positions: &[[f64; 2]], side: f64) -> [f64; 2] {
    let plain = |square: f64| {
        let sixth = square.powi(-3);
        [4.0 * sixth * (sixth - 1.0), 24.0 * sixth * (2.0 * sixth - 1.0)]
    };
    let at_cutoff = plain(16.0)[0];
    let mut sums = [0.0, 0.0];
    for (i, a) in positions.iter().enumerate() {
        for b in &positions[i + 1..] {
            let apart = [0, 1].map(|axis| {
                let d: f64 = a[axis] - b[axis];
                d - side * (d / side).round()
            });
            let square = apart[0] * apart[0] + apart[1] * apart[1];
            if square < 16.0 {
                let [energy, virial] = plain(square);
                sums[0] += energy - at_cutoff;
                sums[1] += virial;
            }
        }
    }
    sums
}

#[test]
fn a_fluid_in_the_plane_has_the_pressure_and_energy_that_another_program_measures() {
    // HALMD (Colberg and Höfling, Comput. Phys. Commun. 182 (2011) 1120), test/integration/validation/thermodynamics.cpp: in the plane at
    // ρ = 0.3 and T = 3, cut off at 4 with the energy shifted, P = 1.235 and U/N = −0.589; single runs of 4000 particles scatter by 0.004
    // and 0.002. States of this potential are weighted by exp(−(U₄ − U)/T) to become states of that one.
    let (n, density, temperature) = (256, 0.3, 3.0);
    let mut fluid = Fluid::new(GasConfig { particles: n, density, temperature, dt: 0.003 }, 1.0, Seed(5));
    let side = fluid.gas.side();
    // Blocks long enough to be independent: each gives a weighted mean.
    let mut blocks = vec![];
    // The radial distribution of those states, ring by ring, and the sum of its weights.
    let (mut radial, mut weights): (Vec<[f64; 2]>, f64) = (vec![], 0.0);
    for _ in 0..30 {
        let mut sums = [0.0; 3];
        for _ in 0..60 {
            fluid.step(25);
            let positions: Vec<[f64; 2]> = fluid.gas.positions().collect();
            let [energy, virial] = cut_at_four(&positions, side);
            // A constant that keeps weights near one: it cancels.
            let weight = (-(energy - fluid.gas.potential() + 0.13 * n as f64) / temperature).exp();
            let pressure = density * temperature + virial / (2.0 * side * side);
            sums = [sums[0] + weight, sums[1] + weight * pressure, sums[2] + weight * energy / n as f64];
            let mut rings = RadialDistribution::new(RINGS, side, n);
            rings.count(&positions);
            radial.resize(RINGS, [0.0; 2]);
            radial.iter_mut().zip(rings.values()).for_each(|(sum, (r, g))| *sum = [r, sum[1] + weight * g]);
            weights += weight;
        }
        blocks.push([sums[1] / sums[0], sums[2] / sums[0]]);
    }
    for (which, published, scatter) in [(0, 1.235, 0.006), (1, -0.589, 0.003)] {
        let of: Vec<f64> = blocks.iter().map(|block| block[which]).collect();
        let found = of.iter().sum::<f64>() / of.len() as f64;
        let variance = of.iter().map(|x| (x - found).powi(2)).sum::<f64>() / (of.len() - 1) as f64;
        let error = (variance / of.len() as f64).sqrt();
        println!("{found:.4} ± {error:.4}, published {published}");
        assert!((found - published).abs() < 3.0 * error + scatter, "{found} ± {error}, published {published}");
        assert!(error < 0.01, "± {error} says nothing");
    }
    // The same published numbers as integrals of the radial distribution: U/N = πρ ∫ u g r dr, P = ρT + (π/2) ρ² ∫ F g r² dr.
    let dr = side / 2.0 / RINGS as f64;
    let inside = radial.iter().filter(|[r, _]| *r < 4.0);
    let sums = inside.fold([0.0; 2], |[energy, virial], [r, g]| {
        let sixth = r.powi(-6);
        let potential = 4.0 * sixth * (sixth - 1.0) - 4.0 * 4f64.powi(-6) * (4f64.powi(-6) - 1.0);
        let r_force = 24.0 * sixth * (2.0 * sixth - 1.0);
        [energy + potential * g / weights * r * dr, virial + r_force * g / weights * r * dr]
    });
    let (energy, pressure) = (PI * density * sums[0], density * temperature + PI / 2.0 * density * density * sums[1]);
    println!("by g(r): U/N {energy:.4}, published -0.589; P {pressure:.4}, published 1.235");
    assert!((energy + 0.589).abs() < 0.009, "{energy}");
    assert!((pressure - 1.235).abs() < 0.015, "{pressure}");
}

#[test]
fn energy_and_pressure_of_a_dense_fluid_are_integrals_of_its_radial_distribution() {
    // U/N = πρ ∫ u g r dr and P = ρT + (π/2) ρ² ∫ F(r) g r² dr: exact at any density.
    let (n, density, temperature) = (256, 0.7, 1.0);
    let mut fluid = Fluid::new(GasConfig { particles: n, density, temperature, dt: 0.004 }, 0.5, Seed(6));
    let mut radial = RadialDistribution::new(RINGS, fluid.gas.side(), n);
    let (mut energy, mut virial) = (BlockAverage::default(), BlockAverage::default());
    for _ in 0..1500 {
        fluid.step(10);
        radial.count(&fluid.gas.positions().collect::<Vec<_>>());
        energy.push(fluid.gas.potential() / n as f64);
        virial.push(fluid.gas.virial() / (2.0 * fluid.gas.side().powi(2)));
    }
    let dr = radial.width();
    let integral = |of: &dyn Fn(f64) -> f64| radial.values().iter().map(|(r, g)| of(*r) * g * dr).sum::<f64>();
    let of_energy = PI * density * integral(&|r| interaction(r * r).potential * r);
    let of_virial = PI / 2.0 * density * density * integral(&|r| interaction(r * r).force_over_distance * r.powi(3));
    println!("U/N {:.4} {of_energy:.4}, virial {:.4} {of_virial:.4}", energy.mean(), virial.mean());
    // Rings of finite width leave a per cent or two: the force is steepest where g rises.
    assert!((of_energy - energy.mean()).abs() < 0.01 * energy.mean().abs(), "{of_energy} {}", energy.mean());
    assert!((of_virial - virial.mean()).abs() < 0.02 * virial.mean().abs() + 0.01, "{of_virial} {}", virial.mean());
    // Its first peak stands where the potential is deepest, and is high: neighbours are crowded.
    let (place, height) = radial.values().into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).expect("rings");
    assert!((1.0..1.2).contains(&place) && (2.0..3.5).contains(&height), "g({place}) = {height}");
}
