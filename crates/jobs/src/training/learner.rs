//! A model in training, whatever it is shown: states or films.

use crate::protocol::checkpoint::Checkpoint;
use crate::training::engine::Engine;
use crate::training::film_session::FilmSession;
use crate::training::session::{LossesOn, Session};
use burn::tensor::ExecutionError;
use experiments::Experiment;
use experiments::task::Task;
use experiments::trained::TrainedWeights;
use models::field::model::ModelKind;
use models::losses::Losses;

/// A model in training.
pub enum Learner {
    /// Shown states.
    States(Box<Session>),
    /// Shown films.
    Films(Box<FilmSession>),
}

impl Learner {
    /// The model before its first step.
    pub fn new(experiment: &Experiment, kind: ModelKind, task: &Task, engine: &Engine) -> Self {
        match (experiment.film_recipe(), &task.films) {
            (Some(recipe), Some(films)) => {
                let session = FilmSession::new(&recipe, kind, films.clone(), experiment.seed, engine);
                Learner::Films(Box::new(session))
            }
            _ => Learner::States(Box::new(Session::new(experiment, kind, task, engine))),
        }
    }

    /// The model it trains.
    pub fn kind(&self) -> ModelKind {
        match self {
            Learner::States(session) => session.kind(),
            Learner::Films(session) => session.kind(),
        }
    }

    /// Steps taken so far.
    pub fn steps_taken(&self) -> u64 {
        match self {
            Learner::States(session) => session.steps_taken(),
            Learner::Films(session) => session.steps_taken(),
        }
    }

    /// One step of gradient descent.
    pub fn step(&mut self) {
        match self {
            Learner::States(session) => session.step(),
            Learner::Films(session) => session.step(),
        }
    }

    /// Loss on training and test samples as the model is now; films are always thinned out.
    pub async fn losses(&mut self, on: LossesOn) -> Result<Losses, ExecutionError> {
        match self {
            Learner::States(session) => session.losses(on).await,
            Learner::Films(session) => session.losses().await,
        }
    }

    /// The weights as they are now.
    pub async fn weights(&self) -> Result<TrainedWeights, ExecutionError> {
        Ok(match self {
            Learner::States(session) => TrainedWeights::States(session.weights().await?),
            Learner::Films(session) => TrainedWeights::Films(Box::new(session.weights().await?)),
        })
    }

    /// All that is needed to go on from here.
    pub async fn checkpoint(&self) -> Result<Checkpoint, ExecutionError> {
        Ok(match self {
            Learner::States(session) => Checkpoint::States(session.checkpoint().await?),
            Learner::Films(session) => Checkpoint::Films(session.checkpoint().await?),
        })
    }

    /// Goes on from a checkpoint of the same model; one of another kind of model changes nothing.
    pub fn restore(&mut self, checkpoint: &Checkpoint) {
        match (self, checkpoint) {
            (Learner::States(session), Checkpoint::States(checkpoint)) => session.restore(checkpoint),
            (Learner::Films(session), Checkpoint::Films(checkpoint)) => session.restore(checkpoint),
            (Learner::States(_), Checkpoint::Films(_)) | (Learner::Films(_), Checkpoint::States(_)) => {}
        }
    }
}
