//! Training of the networks of one experiment side by side, as a job: the same for every kind of experiment that has several.

use crate::job::{Data, EngineKind, Job};
use crate::protocol::wiring::Wiring;
use experiments::schedule::DeviceChoice;
use language::{text, tr};
use models::losses::Losses;
use serde::{Deserialize, Serialize};
use std::fmt::Debug;
use std::marker::PhantomData;

/// A kind of experiment whose networks are trained side by side. Its values carry nothing.
pub trait NetworkKind: Copy + Debug + PartialEq + 'static {
    /// The settings of the experiment, its view included.
    type Experiment: Data;
    /// What is shown while and after training; changes nothing that is learned.
    type View: Data;
    /// What is shown of one network at one moment.
    type Snapshot: Data;

    /// The role that a worker file is started in.
    const ROLE: &'static str;

    /// The names of its networks, in the order of their numbers.
    fn names(experiment: &Self::Experiment) -> Vec<&'static str>;

    /// Steps of the whole training.
    fn steps(experiment: &Self::Experiment) -> u64;

    /// Floating-point operations of one step of the largest network, within a factor of a few.
    fn flops_per_step(experiment: &Self::Experiment) -> f64;

    /// Silence of a worker that is normal, in milliseconds: as long as figures of merit may take.
    fn patience(_experiment: &Self::Experiment) -> f64 {
        30_000.0
    }

    /// Another view of the same experiment.
    fn show(experiment: &mut Self::Experiment, view: Self::View);
}

/// Training of the networks of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrainNetworks<K>(PhantomData<K>);

/// What is to be trained.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct NetworkSpec<K: NetworkKind> {
    /// How.
    pub experiment: K::Experiment,
    /// Which of its networks, by number.
    pub networks: Vec<usize>,
    /// On which engine.
    pub device: DeviceChoice,
}

impl<K: NetworkKind> NetworkSpec<K> {
    /// All networks of an experiment.
    pub fn all(experiment: K::Experiment, device: DeviceChoice) -> Self {
        Self { networks: (0..K::names(&experiment).len()).collect(), experiment, device }
    }
}

/// How far a network is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct NetworkProgress {
    /// Its number.
    pub network: usize,
    /// Steps taken.
    pub step: u64,
    /// Speed of the latest steps.
    pub steps_per_second: f64,
}

/// Losses at a recorded step.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct NetworkRecord {
    /// Of this network.
    pub network: usize,
    /// After so many steps.
    pub step: u64,
    /// On training and test samples.
    pub losses: Losses,
}

/// A network at one moment of its training.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct NetworkSnapshot<K: NetworkKind> {
    /// Its number.
    pub network: usize,
    /// Steps taken.
    pub step: u64,
    /// Whether figures of merit that take long are in it.
    pub thorough: bool,
    /// What is shown.
    pub shown: K::Snapshot,
    /// Its weights.
    pub wiring: Wiring,
}

/// Steps below this size are quicker on a CPU than a GPU takes to start them, in floating-point operations.
const SMALL_STEP: f64 = 5e7;

impl<K: NetworkKind> Job for TrainNetworks<K> {
    type Spec = NetworkSpec<K>;
    type Question = K::View;
    type Progress = NetworkProgress;
    type Record = NetworkRecord;
    type Snapshot = NetworkSnapshot<K>;

    const ROLE: &'static str = K::ROLE;
    const FILE: &'static str = "trainer-networks";
    const REMEDY: &'static str = text!("choose smaller networks or batches");

    fn device(spec: &NetworkSpec<K>) -> DeviceChoice {
        spec.device
    }

    fn is_small(spec: &NetworkSpec<K>) -> bool {
        K::flops_per_step(&spec.experiment) < SMALL_STEP
    }

    /// Side by side where there are two cores, one after the other otherwise.
    fn parts(spec: &NetworkSpec<K>, engine: EngineKind, cores: usize) -> Vec<NetworkSpec<K>> {
        let side_by_side = engine == EngineKind::Cpu && cores >= 2;
        let part = |networks: &[usize]| NetworkSpec { networks: networks.to_vec(), ..spec.clone() };
        spec.networks.chunks(if side_by_side { 1 } else { spec.networks.len().max(1) }).map(part).collect()
    }

    fn patience(spec: &NetworkSpec<K>) -> f64 {
        K::patience(&spec.experiment)
    }

    fn name(spec: &NetworkSpec<K>, engine: EngineKind) -> String {
        let names = K::names(&spec.experiment);
        match spec.networks[..] {
            [network] if network < names.len() => tr!("The worker of the {network}", network = names[network]),
            _ => tr!("The {engine} engine", engine = crate::job::name(engine)),
        }
    }

    fn remember(spec: &mut NetworkSpec<K>, view: &K::View) {
        K::show(&mut spec.experiment, view.clone());
    }
}
