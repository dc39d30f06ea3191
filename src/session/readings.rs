//! What can be read off the run: how far it is, how fast, how good, and the motions that are shown.

use crate::session::progress::{has_fallen, times};
use crate::session::state::Session;
use crate::session::status::Status;
use jobs::protocol::film_snapshot::FilmSnapshot;
use models::field::model::ModelKind;
use physics::trajectory::Trajectory;

impl Session {
    /// Whether two cores share the steps of a model in training.
    pub fn is_shared(&self) -> bool {
        self.status.busy() && self.models.values().any(|model| model.shared)
    }

    /// The slowest model's step, for the progress bar.
    pub fn step(&self) -> u64 {
        self.models.values().map(|model| model.step).min().unwrap_or(0)
    }

    /// Steps of all models per second.
    pub fn steps_per_second(&self) -> Option<f64> {
        let slowest = self.models.values().map(|model| model.steps_per_second).reduce(f64::min)?;
        (slowest > 0.0).then_some(slowest)
    }

    /// Seconds until the last step, at the present speed.
    pub fn seconds_left(&self) -> Option<f64> {
        let left = self.workbench.field.schedule.steps.saturating_sub(self.step());
        Some(left as f64 / self.steps_per_second()?)
    }

    /// How many times smaller the HNN's energy error is than the baseline's, from starts like those of the data.
    pub fn ratio(&self) -> Option<f64> {
        if !self.has_learned() {
            return None;
        }
        let error = |kind| Some(self.models.get(&kind)?.score?.energy_inside());
        Some(times(error(ModelKind::Baseline)?, error(ModelKind::Hnn)?))
    }

    /// Whether every model knows more than at its start: its loss on test data has fallen to a half at least, and one that sees films
    /// tells the angle by them. Before that a ratio of errors says nothing.
    pub fn has_learned(&self) -> bool {
        self.models
            .values()
            .all(|model| has_fallen(&model.losses).unwrap_or(self.status == Status::Finished) && model.is_readable())
    }

    /// Whether what is shown of a model was computed from an earlier start.
    pub fn is_stale(&self) -> bool {
        let start = self.workbench.field.start();
        self.models.values().filter_map(|model| model.snapshot.as_ref()).any(|snapshot| snapshot.from != start)
    }

    /// Every motion that is shown, truth first.
    pub fn motions(&self) -> Vec<(Option<ModelKind>, &Trajectory)> {
        let learned =
            self.models.iter().filter_map(|(kind, model)| Some((Some(*kind), &model.snapshot.as_ref()?.motion)));
        std::iter::once((None, &self.scene.truth.motion)).chain(learned).collect()
    }

    /// Models with what they make of films.
    pub fn films(&self) -> Vec<(ModelKind, &FilmSnapshot)> {
        let films = self.models.iter().map(|(kind, model)| Some((*kind, model.snapshot.as_ref()?.film.as_deref()?)));
        films.flatten().collect()
    }
}
