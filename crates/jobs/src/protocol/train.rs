//! Training of the models of an experiment as a job: on the processor each model in a part of its own.

use crate::job::{EngineKind, Job};
use crate::protocol::convergence::SchemeReport;
use crate::protocol::motion_snapshot::MotionSnapshot;
use experiments::limits::Estimate;
use experiments::motion_view::MotionView;
use experiments::page::Page;
use experiments::schedule::DeviceChoice;
use experiments::{FieldExperiment, Workbench};
use language::{text, tr};
use models::field::model::ModelKind;
use models::losses::Losses;
use serde::{Deserialize, Serialize};

/// Training of models.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrainModels;

/// What is to be trained.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrainSpec {
    /// How.
    pub experiment: FieldExperiment,
    /// Where.
    pub device: DeviceChoice,
    /// Which of its models.
    pub kinds: Vec<ModelKind>,
    /// Whether schemes are tried on a model that holds still.
    pub convergence: bool,
    /// How many parts of the job are carried out at the same time, this one among them.
    pub side_by_side: usize,
}

/// What is shown of models in training.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelQuestion {
    /// Their motion.
    pub view: MotionView,
    /// Whether schemes are tried on a model that holds still.
    pub convergence: bool,
}

impl TrainSpec {
    /// All models of an experiment, on the faster engine.
    pub fn all(experiment: FieldExperiment) -> Self {
        Self {
            kinds: experiment.models.kinds().to_vec(),
            device: DeviceChoice::Auto,
            convergence: false,
            side_by_side: 1,
            experiment,
        }
    }

    /// All models of the field experiment of a workbench.
    pub fn of(workbench: &Workbench) -> Self {
        let ModelQuestion { convergence, .. } = ModelQuestion::of(workbench);
        Self { device: workbench.device, convergence, ..Self::all(workbench.field.clone()) }
    }
}

impl ModelQuestion {
    /// What the open page of a workbench shows.
    pub fn of(workbench: &Workbench) -> Self {
        Self { view: workbench.field.view, convergence: workbench.page == Page::Integrators }
    }
}

/// How far a model is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelProgress {
    /// This model.
    pub kind: ModelKind,
    /// Steps taken.
    pub step: u64,
    /// Speed of the latest steps.
    pub steps_per_second: f64,
    /// Whether two cores share each step.
    pub shared: bool,
}

/// Losses at a recorded step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelRecord {
    /// Of this model.
    pub kind: ModelKind,
    /// After so many steps.
    pub step: u64,
    /// On training and test samples.
    pub losses: Losses,
    /// The parts of the loss on test samples, where it has several.
    pub parts: Vec<f64>,
}

/// A model at one moment of its training.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ModelSnapshot {
    /// Its motion, its field, its energy.
    Motion(MotionSnapshot),
    /// What a scheme does with a model that holds still.
    Convergence {
        /// This model.
        kind: ModelKind,
        /// At this step.
        step: u64,
        /// What was found.
        convergence: SchemeReport,
    },
}

/// Steps below this size are quicker on a CPU than a GPU takes to start them: 40 kernels at 30 µs are 1.2 ms, in
/// which a slow core does this many floating-point operations.
const SMALL_STEP: f64 = 2e7;
/// Silence of a part at work that is normal, beyond the time of its steps, in milliseconds.
const PATIENCE: f64 = 6000.0;
/// Steps that may pass between two reports: snapshots and scores come between some.
const STEPS_PER_REPORT: f64 = 20.0;
/// Evaluations of a network in a score on the way, which is taken without a word in between.
const EVALUATIONS: f64 = 5000.0;
/// The longest score that is waited for, in seconds.
const LONGEST_SCORE: f64 = 5.0;
/// A slow core's floating-point operations a second in double precision.
const REFERENCE_FLOPS: f64 = 1e9;

impl Job for TrainModels {
    type Spec = TrainSpec;
    type Question = ModelQuestion;
    type Progress = ModelProgress;
    type Record = ModelRecord;
    type Snapshot = ModelSnapshot;

    const ROLE: &'static str = "train";
    const FILE: &'static str = "trainer-cpu";
    const REMEDY: &'static str = text!("try fewer neurons or a smaller batch");

    fn device(spec: &TrainSpec) -> DeviceChoice {
        spec.device
    }

    fn is_small(spec: &TrainSpec) -> bool {
        Estimate::of(&spec.experiment).flops_per_step < SMALL_STEP
    }

    /// Side by side where there are two cores, one after the other otherwise.
    fn parts(spec: &TrainSpec, engine: EngineKind, cores: usize) -> Vec<TrainSpec> {
        let split = engine == EngineKind::Cpu && cores >= 2;
        let side_by_side = if split { spec.kinds.len() } else { 1 };
        let part = |kinds: &[ModelKind]| TrainSpec { kinds: kinds.to_vec(), side_by_side, ..spec.clone() };
        spec.kinds.chunks(if split { 1 } else { spec.kinds.len().max(1) }).map(part).collect()
    }

    fn patience(spec: &TrainSpec) -> f64 {
        let estimate = Estimate::of(&spec.experiment);
        let training = STEPS_PER_REPORT * estimate.seconds / spec.experiment.schedule.steps.max(1) as f64;
        let score =
            EVALUATIONS * estimate.flops_per_step / spec.experiment.batch_size().max(1) as f64 / REFERENCE_FLOPS;
        PATIENCE + 1000.0 * (training + score.min(LONGEST_SCORE))
    }

    fn name(_spec: &TrainSpec, engine: EngineKind) -> String {
        tr!("The {engine} engine", engine = crate::job::name(engine))
    }

    fn remember(spec: &mut TrainSpec, question: &ModelQuestion) {
        (spec.experiment.view, spec.convergence) = (question.view, question.convergence);
    }
}
