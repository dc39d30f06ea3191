//! What the chart over time can show: what a system conserves, what that is made of, and how far motions are apart.

use crate::session::state::Session;
use experiments::FieldExperiment;
use language::tr;
use models::field::model::ModelKind;
use physics::phase_space::PhasePoint;
use physics::system::System;
use physics::trajectory::Trajectory;

/// A quantity over time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Quantity {
    /// The true H.
    #[default]
    Energy,
    /// The H that a network has learned, along its own motion.
    LearnedEnergy,
    /// K(p), where H = K(p) + V(q).
    Kinetic,
    /// V(q), likewise.
    Potential,
    /// The first coordinate.
    Position,
    /// How far the coordinates are from the true ones.
    Distance,
    /// The distance between two bodies.
    Separation,
    /// The size of the total momentum.
    Momentum,
    /// The angular momentum about the origin.
    AngularMomentum,
}

/// A curve of the chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// Whose motion; `None` for the truth.
    pub kind: Option<ModelKind>,
    /// Whether it stands behind another of the same motion.
    pub faint: bool,
    /// (t, value).
    pub points: Vec<(f64, f64)>,
}

impl Quantity {
    /// All of them.
    pub const ALL: [Quantity; 9] = [
        Quantity::Energy,
        Quantity::LearnedEnergy,
        Quantity::Kinetic,
        Quantity::Potential,
        Quantity::Position,
        Quantity::Distance,
        Quantity::Separation,
        Quantity::Momentum,
        Quantity::AngularMomentum,
    ];

    /// Its name in English, by which it is known too.
    pub fn name(self) -> &'static str {
        match self {
            Quantity::Energy => language::text!("energy"),
            Quantity::LearnedEnergy => language::text!("learned H"),
            Quantity::Kinetic => language::text!("kinetic energy"),
            Quantity::Potential => language::text!("potential energy"),
            Quantity::Position => language::text!("position"),
            Quantity::Distance => language::text!("coordinate error"),
            Quantity::Separation => language::text!("distance"),
            Quantity::Momentum => language::text!("momentum"),
            Quantity::AngularMomentum => language::text!("angular momentum"),
        }
    }

    /// The name of its chart.
    pub fn title(self, experiment: &FieldExperiment) -> &'static str {
        match self {
            Quantity::Position if experiment.system.mechanics().turns() => tr!("Angle over time"),
            Quantity::Energy => tr!("Energy over time"),
            Quantity::LearnedEnergy => tr!("Learned H over time"),
            Quantity::Kinetic => tr!("Kinetic energy over time"),
            Quantity::Potential => tr!("Potential energy over time"),
            Quantity::Position => tr!("Position over time"),
            Quantity::Distance => tr!("Coordinate error over time"),
            Quantity::Separation => tr!("Distance of the bodies over time"),
            Quantity::Momentum => tr!("Momentum over time"),
            Quantity::AngularMomentum => tr!("Angular momentum over time"),
        }
    }

    /// What it should do, in a few words.
    pub fn expectation(self, experiment: &FieldExperiment) -> &'static str {
        match self {
            Quantity::Energy | Quantity::Momentum | Quantity::AngularMomentum if experiment.recording.is_some() => {
                tr!("dashed: as it was recorded")
            }
            Quantity::Energy if experiment.system.mechanics().is_driven() => {
                tr!("not kept: the force puts energy in and takes it out")
            }
            Quantity::Energy | Quantity::Momentum | Quantity::AngularMomentum => tr!("should stay where it starts"),
            Quantity::LearnedEnergy => tr!("pale: the true energy along the same motion"),
            Quantity::Kinetic | Quantity::Potential => tr!("dashed: the truth; K and V exchange energy"),
            Quantity::Separation => tr!("as of one particle with the reduced mass about a fixed centre"),
            Quantity::Position => tr!("dashed: the truth"),
            Quantity::Distance => tr!("the largest difference of a coordinate from the true one"),
        }
    }

    /// Whether the truth keeps it.
    pub fn is_conserved(self, experiment: &FieldExperiment) -> bool {
        !experiment.system.mechanics().is_driven()
            && matches!(
                self,
                Quantity::Energy | Quantity::LearnedEnergy | Quantity::Momentum | Quantity::AngularMomentum
            )
    }

    /// Whether it means something for an experiment.
    fn suits(self, experiment: &FieldExperiment) -> bool {
        let mechanics = experiment.system.mechanics();
        match self {
            Quantity::Energy | Quantity::Distance => true,
            Quantity::LearnedEnergy => experiment.models.kinds().iter().any(|kind| *kind != ModelKind::Baseline),
            Quantity::Kinetic | Quantity::Potential => mechanics.separable().is_some(),
            Quantity::Position => mechanics.dof() == 1 || mechanics.is_driven(),
            Quantity::Separation => matches!(experiment.system, System::TwoMasses(_)),
            Quantity::Momentum | Quantity::AngularMomentum => mechanics.conserves_momenta(),
        }
    }

    /// Those that an experiment can show.
    pub fn of(experiment: &FieldExperiment) -> Vec<Quantity> {
        Self::ALL.into_iter().filter(|quantity| quantity.suits(experiment)).collect()
    }

    /// This one, or energy for an experiment that does not have it.
    pub fn for_experiment(self, experiment: &FieldExperiment) -> Self {
        if self.suits(experiment) { self } else { Quantity::Energy }
    }

    /// Its value in a state, where it depends on nothing else: 0 for a distance.
    pub fn value(self, system: &System, at: &PhasePoint) -> f64 {
        let [px, py, angular] = system.momenta(at).unwrap_or_default();
        let resting = || system.energy(&PhasePoint { q: at.q.clone(), p: vec![0.0; at.dof()] });
        match self {
            Quantity::Energy | Quantity::LearnedEnergy => system.energy(at),
            Quantity::Kinetic => system.energy(at) - resting(),
            Quantity::Potential => resting(),
            Quantity::Position => at.q.first().copied().unwrap_or_default(),
            Quantity::Distance => 0.0,
            Quantity::Separation => match system {
                System::TwoMasses(bodies) => bodies.separation(at),
                _ => 0.0,
            },
            Quantity::Momentum => px.hypot(py),
            Quantity::AngularMomentum => angular,
        }
    }

    /// The curves of a run, truth first.
    pub fn curves(self, state: &Session) -> Vec<Curve> {
        let learned = |kind: ModelKind| {
            let snapshot = state.models.get(&kind)?.snapshot.as_ref()?;
            (!snapshot.along.is_empty()).then_some(snapshot.along.as_slice())
        };
        let along = |(kind, motion)| match (self, kind) {
            (Quantity::LearnedEnergy, Some(kind)) => match learned(kind) {
                Some(along) => self.beside(&state.workbench.field.system, kind, motion, along),
                None => vec![],
            },
            _ => vec![self.curve(&state.workbench.field.system, kind, motion, &state.scene.truth.motion)],
        };
        state.motions().into_iter().flat_map(along).collect()
    }

    /// The curve of one motion.
    pub fn curve(self, system: &System, kind: Option<ModelKind>, motion: &Trajectory, truth: &Trajectory) -> Curve {
        let points = match self {
            Quantity::Distance => {
                let apart = |(i, (at, truth)): (usize, (&PhasePoint, &PhasePoint))| {
                    (i as f64 * motion.dt, system.observed(at).distance(&system.observed(truth)))
                };
                motion.states.iter().zip(&truth.states).enumerate().map(apart).collect()
            }
            _ => motion.over_time(|at| self.value(system, at)),
        };
        Curve { kind, faint: false, points }
    }

    /// What a model takes for H along its motion, from the true energy of its start on since its zero is arbitrary; behind it the true
    /// energy.
    fn beside(self, system: &System, kind: ModelKind, motion: &Trajectory, along: &[f64]) -> Vec<Curve> {
        let truth = Curve { faint: true, ..self.curve(system, Some(kind), motion, motion) };
        let factor = system.mechanics().reference_factor().unwrap_or(1.0);
        let start = truth.points.first().map_or(0.0, |(_, energy)| *energy);
        let shifted = |h: &f64| start + factor * (h - along.first().copied().unwrap_or_default());
        let points = truth.points.iter().zip(along).map(|((t, _), h)| (*t, shifted(h))).collect();
        vec![truth, Curve { kind: Some(kind), faint: false, points }]
    }
}

impl Curve {
    /// Its value at the nearest of its times.
    pub fn at(&self, t: f64) -> Option<f64> {
        let nearest = |a: &&(f64, f64), b: &&(f64, f64)| (a.0 - t).abs().total_cmp(&(b.0 - t).abs());
        self.points.iter().min_by(nearest).map(|(_, value)| *value)
    }
}
