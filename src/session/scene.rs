//! What is known before anything is learned: the data and the true motion of an experiment.

use experiments::Workbench;
use experiments::page::Page;
use experiments::task::Task;
use jobs::protocol::convergence::{SchemeReport, Subject};
use jobs::protocol::motion_snapshot::Truth;
use physics::dataset::discretisation_error;
use physics::phase_space::PhasePoint;
use std::rc::Rc;

/// Motions of the data set that are simulated for the picture; a page shows no more than that.
const SHOWN_MOTIONS: usize = 60;

/// Truth and data, computed once for each experiment and view.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// What the networks are shown, or the beginning of it.
    pub task: Task,
    /// What they should do.
    pub truth: Truth,
    /// What every scheme does with the true system, where that page is open.
    pub convergence: Rc<Vec<SchemeReport>>,
    /// How far the velocities that are learned from are off the exact ones, as a part of them; `None` where nobody knows exact ones.
    pub target_error: Option<f64>,
    /// Largest energy in the training data, for the levels of the contours.
    pub energy_scale: f64,
}

impl Scene {
    /// Simulates and measures.
    pub fn of(workbench: &Workbench) -> Self {
        let experiment = &workbench.field;
        let task = Task::beginning(experiment, SHOWN_MOTIONS);
        let energies = task.dataset.train.states.iter().map(|state| experiment.system.energy(state));
        let energy_scale = energies.fold(f64::MIN_POSITIVE, f64::max);
        let (system, data, seed) = (&experiment.system, &experiment.data, experiment.seed);
        let target_error = experiment.is_simulated().then(|| discretisation_error(system, data, seed, SHOWN_MOTIONS));
        Self {
            truth: Truth::of(experiment, &task),
            task,
            convergence: convergence(workbench),
            target_error,
            energy_scale,
        }
    }

    /// The same data, looked at from elsewhere.
    pub fn seen_from(&self, workbench: &Workbench) -> Self {
        Self { truth: Truth::of(&workbench.field, &self.task), convergence: convergence(workbench), ..self.clone() }
    }
}

fn convergence(workbench: &Workbench) -> Rc<Vec<SchemeReport>> {
    if workbench.page != Page::Integrators {
        return Rc::default();
    }
    let experiment = &workbench.field;
    let (dynamics, start) = (experiment.system.dynamics(), experiment.start());
    let energy = |at: &PhasePoint| experiment.system.conserved_energy(at);
    Rc::new(Subject::new(dynamics, &energy, &start).iter().flat_map(Subject::convergence).collect())
}
