//! What the page of integrators shows of one scheme on one system, true or learned: errors against the step, the order that
//! they show, the way back, and which steps it lives through. Plain numbers.

use physics::convergence::{Convergence, Course, Reference, reversal_error};
use physics::dynamics::Dynamics;
use physics::integrator::Scheme;
use physics::integrators::dormand_prince::{self, Tolerance};
use physics::phase_space::PhasePoint;
use physics::survival::{Fate, Survival};
use serde::{Deserialize, Serialize};

/// Time at which states are compared: a few swings of the systems here.
pub const HORIZON: f64 = 5.0;
/// The longest step compared; each further one is half as long.
const LONGEST: f64 = 0.4;
/// Steps compared for a true system, which costs little, and for a learned one.
const HALVINGS: [i32; 2] = [9, 6];
/// Time that the map of survival follows.
pub const SURVIVAL_HORIZON: f64 = 50.0;
/// The steps of the map.
pub const SURVIVAL_STEPS: [f64; 5] = [0.8, 0.4, 0.2, 0.1, 0.05];
/// The energy may be off by this part of the largest kinetic energy on the way, H(q, p) − H(q, 0): a measure that the arbitrary zero of
/// an energy is not in.
pub const ALLOWED: f64 = 0.1;
/// Moments of the exact motion that are looked at for it.
const MOMENTS: usize = 100;
/// Steps forwards, and backwards again.
const REVERSAL_STEPS: usize = 200;
/// Their size.
const REVERSAL_DT: f64 = 0.05;

/// One scheme on one system.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SchemeReport {
    /// The scheme.
    pub scheme: Scheme,
    /// (dt, error of the state at [`HORIZON`], largest error of the energy on the way), shortest step first.
    pub errors: Vec<(f64, f64, f64)>,
    /// Measured order of the state's error.
    pub order: Option<f64>,
    /// Measured order of the energy's error, where three steps or more show one.
    pub energy_order: Option<f64>,
    /// Whether the energy is kept to rounding with every step.
    pub energy_kept: bool,
    /// Distance from the start after 200 steps forwards and as many back.
    pub way_back: f64,
    /// What becomes of the energy in [`SURVIVAL_HORIZON`], for each of [`SURVIVAL_STEPS`].
    pub fates: Vec<Outcome>,
}

/// What became of the energy with one step size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// It stayed within [`ALLOWED`], and the second half of the time was no worse than the first, or hardly.
    Holds,
    /// It stayed within so far, but the error of the second half is more than √2 times that of the first.
    Drifts,
    /// It went beyond.
    Fails,
}

/// A motion to be converged, and where it really ends.
pub struct Subject<'a> {
    course: Course<'a>,
    reference: Reference,
    /// The largest kinetic energy on the way.
    kinetic: f64,
}

impl<'a> Subject<'a> {
    /// The motion from a start; `energy` is the one that should be kept: the true one, or that of a model. `None` where the
    /// motion runs away.
    pub fn new(dynamics: Dynamics<'a>, energy: &'a dyn Fn(&PhasePoint) -> f64, start: &'a PhasePoint) -> Option<Self> {
        let course = Course { dynamics, start, horizon: HORIZON, energy };
        let times: Vec<f64> = (0..=MOMENTS).map(|i| HORIZON * i as f64 / MOMENTS as f64).collect();
        let motion = dormand_prince::integrate(&course.dynamics, start, &times, Tolerance::SCORING).ok()?;
        let kinetic = |at: &PhasePoint| {
            let resting = PhasePoint { q: at.q.clone(), p: vec![0.0; at.dof()] };
            (energy(at) - energy(&resting)).abs()
        };
        let kinetic = motion.iter().map(kinetic).fold(f64::MIN_POSITIVE, f64::max);
        Some(Self { reference: Reference::adaptive(&course).ok()?, course, kinetic })
    }

    /// What each scheme that suits it does, one after the other.
    pub fn convergence(&self) -> impl Iterator<Item = SchemeReport> + '_ {
        let suits = |scheme: &Scheme| scheme.suited(self.course.dynamics) == *scheme;
        Scheme::ALL.into_iter().filter(suits).filter_map(|scheme| SchemeReport::of(self, scheme))
    }
}

impl SchemeReport {
    /// Runs everything; `None` where the scheme does not suit the system.
    fn of(subject: &Subject<'_>, scheme: Scheme) -> Option<Self> {
        let Subject { course, reference, kinetic } = subject;
        let Course { dynamics, start, .. } = *course;
        let halvings = HALVINGS[usize::from(!matches!(dynamics, Dynamics::Separable(_)))];
        let steps: Vec<f64> = (0..halvings).map(|k| LONGEST * 0.5f64.powi(k)).collect();
        let Convergence { measurements, state, energy, energy_kept, .. } =
            Convergence::measure(course, scheme, &steps, reference).ok()?;
        let long = Course { horizon: SURVIVAL_HORIZON, ..*course };
        let allowed = ALLOWED * kinetic;
        let fates = SURVIVAL_STEPS.iter().filter_map(|dt| Survival::of(&long, scheme, *dt, allowed).ok());
        Some(Self {
            scheme,
            errors: measurements.iter().map(|m| (m.dt, m.state_error, m.energy_error)).collect(),
            order: state.map(|slope| slope.order),
            energy_order: energy.map(|slope| slope.order),
            energy_kept,
            way_back: reversal_error(dynamics, start, scheme, REVERSAL_DT, REVERSAL_STEPS).ok()?,
            fates: fates.map(|survival| Outcome::from(survival.fate)).collect(),
        })
    }
}

impl From<Fate> for Outcome {
    fn from(fate: Fate) -> Self {
        match fate {
            Fate::Bounded => Outcome::Holds,
            Fate::Drifts => Outcome::Drifts,
            Fate::Leaves { .. } | Fate::RunsAway { .. } => Outcome::Fails,
        }
    }
}
