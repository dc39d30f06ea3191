//! Training of the networks of any [`NetworkKind`], carried out.

pub mod session;

use crate::protocol::networks::NetworkKind;
use autodiff::parameters::Parameters;
use models::learner::Trainable;

/// The data of an experiment, and what its networks are shown and judged by: known to workers and the command line only.
pub trait Laboratory: Sized {
    /// The kind of experiment.
    type Kind: NetworkKind;

    /// Makes the data.
    ///
    /// # Errors
    /// One sentence, where the experiment cannot be carried out.
    fn new(experiment: &ExperimentOf<Self>) -> Result<Self, String>;

    /// One of its networks before the first step, with all that it learns from.
    fn training(&self, network: usize) -> Box<dyn Trainable>;

    /// How many arrays each part of a network has, where they cannot be told apart by their shapes; what comes after them is not
    /// drawn.
    fn arrays(&self, network: usize) -> Option<Vec<usize>> {
        let _ = network;
        None
    }

    /// What is shown of a network; with figures of merit that take long where it is to be `thorough`.
    fn snapshot(
        &self,
        experiment: &ExperimentOf<Self>,
        network: usize,
        parameters: &Parameters,
        thorough: bool,
    ) -> SnapshotOf<Self>;
}

/// The settings of a laboratory's experiment.
pub type ExperimentOf<L> = <<L as Laboratory>::Kind as NetworkKind>::Experiment;

/// What is shown of a network.
pub type SnapshotOf<L> = <<L as Laboratory>::Kind as NetworkKind>::Snapshot;
