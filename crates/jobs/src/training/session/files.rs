//! Files about models in training and about their run.

use super::{Reports, TrainingSession};
use crate::job::execution::{Lost, lost};
use crate::job::message::Report;
use crate::protocol::train::ModelSnapshot;
use export::files;
use export::record::Record;
use models::field::model::ModelKind;

impl TrainingSession {
    /// Files about the models here; those about the run where its first model is.
    pub(super) async fn files(&mut self, record: &Record) -> Result<Reports, Lost> {
        let kinds: Vec<ModelKind> = self.models.iter().map(|model| model.kind).collect();
        let mut files = vec![];
        if record.models.first().is_some_and(|first| kinds.contains(&first.kind)) {
            files.extend(files::documents(&self.experiment, &self.task, record));
        }
        for model in &mut self.models {
            let parameters = model.learner.parameters().await.map_err(lost)?;
            let networks = files::networks(&self.experiment, &self.task, model.kind, &parameters);
            files.extend(files::weights(&self.experiment, record, &networks));
        }
        Ok(vec![Report::Snapshot(Box::new(ModelSnapshot::Files { kinds, files }))])
    }
}
