//! A generated recording for those who have none: a laboratory pendulum with friction and an imperfect camera.
//!
//! It is made to resemble the real pendulum of Schmidt and Lipson (Science 324 (2009) 81), which cannot be given away: 556
//! rows from t = 5.0 to 99.5 in sixths of a second, ten times one or two pictures missed, amplitude 1.47 falling to about
//! 0.82, the angle's zero a little off, and noise.
//!
//! | symbol | meaning | value |
//! |---|---|---|
//! | θ | angle from hanging straight down | |
//! | g/l | gravity over length | 1.37 /s² |
//! | c | friction: θ″ = −(g/l) sin θ − cθ′ | 0.0121 /s |
//! | κ | what the angular velocity reads of θ′ | 0.9535 |
//!
//! The real pendulum's periods, 6.1 s falling to 5.6 s, need this g/l at its amplitudes. Its energy in the reference code,
//! 2.4(1 − cos q) + p², swings with g/l = 1.2: both hold only if p reads low, since 2κ²g/l is 2.5. That is in
//! the data (central differences of the angle are 4 % larger than the velocity), and so it is in the stand-in.

use crate::recording::{GENERATED, Quantity, Recording, Source, Trial};
use numerics::seed::{Purpose, Seed};
use physics::dynamics::VectorField;
use physics::integrators::dormand_prince::{self, Tolerance};
use physics::phase_space::{PhasePoint, PhaseVelocity};
use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};

/// g/l, per square second.
const GRAVITY_OVER_LENGTH: f64 = 1.37;
/// Friction, per second.
const FRICTION: f64 = 0.0121;
/// What the angular velocity reads.
const VELOCITY_READING: f64 = 0.9535;
/// What the angle reads when the pendulum hangs still.
const ZERO_ERROR: f64 = 0.017;
/// Standard deviations of the noise on angle and angular velocity.
const NOISE: [f64; 2] = [0.005, 0.0035];
/// θ and θ′ at the first row, on the way to the first turning point.
const START: [f64; 2] = [1.112, 0.9647];

/// Rows.
const ROWS: usize = 556;
/// Time of the first row, in sixths of a second.
const FIRST_SIXTH: u32 = 30;
/// Steps of two sixths, and of three.
const MISSED: [usize; 2] = [8, 2];

/// A pendulum with viscous friction: no Hamiltonian describes it.
struct Damped;

impl VectorField for Damped {
    fn velocity(&self, at: &PhasePoint) -> PhaseVelocity {
        let pull = -GRAVITY_OVER_LENGTH * at.q[0].sin() - FRICTION * at.p[0];
        PhaseVelocity { dq: vec![at.p[0]], dp: vec![pull] }
    }
}

/// The recording of one imagined afternoon; noise and missed pictures differ from seed to seed, the pendulum does not.
pub fn synthetic(seed: Seed) -> Recording {
    let mut rng = seed.stream(Purpose::Noise);
    let mut steps = [1; ROWS - 1];
    for (missed, count) in (1..).zip(MISSED) {
        let mut left = count;
        while left > 0 {
            let place = rng.random_range(0..steps.len());
            if steps[place] == 1 {
                steps[place] += missed;
                left -= 1;
            }
        }
    }
    let sixths = std::iter::once(0).chain(steps).scan(FIRST_SIXTH, |sixth, step| {
        *sixth += step;
        Some(*sixth)
    });
    let times: Vec<f64> = sixths.map(|sixth| f64::from(sixth) / 6.0).collect();
    let start = PhasePoint::planar(START[0], START[1]);
    // A damped pendulum cannot run away.
    let states = dormand_prince::integrate(&Damped, &start, &times, Tolerance::TRUTH).unwrap_or_default();
    let mut noisy = |value: f64, noise: f64| {
        let unit: f64 = StandardNormal.sample(&mut rng);
        value + noise * unit
    };
    let (mut q, mut p) = (Vec::with_capacity(ROWS), Vec::with_capacity(ROWS));
    for state in &states {
        q.push(noisy(state.q[0] + ZERO_ERROR, NOISE[0]));
        p.push(noisy(VELOCITY_READING * state.p[0], NOISE[1]));
    }
    let quantity = |name: &str, unit: &str| Quantity { name: name.to_owned(), unit: Some(unit.to_owned()) };
    Recording {
        name: GENERATED.to_owned(),
        source: Source::Generated,
        trials: vec![Trial { times, q, p }],
        time: quantity("time", "s"),
        q: quantity("angle", "rad"),
        p: quantity("angular velocity", "rad/s"),
    }
}
