//! What the pool of the run tells, as it changes the page.

use crate::session::state::Session;
use crate::session::status::Status;
use jobs::job::message::Report;
use jobs::pool::News;
use jobs::protocol::look::Look;
use jobs::protocol::study::SchemeStudy;
use jobs::protocol::train::{ModelSnapshot, TrainModels};
use models::field::model::ModelKind;
use std::rc::Rc;

impl Session {
    pub(super) fn hear(&mut self, news: News<TrainModels>) {
        match news {
            News::Loading(bytes) => (self.status, self.fetched) = (Status::Loading, bytes),
            News::Working => self.status = Status::Training,
            News::Held if self.step() >= self.experiment.schedule.steps => self.status = Status::Finished,
            News::Held => self.status = Status::Paused,
            News::Finished => self.status = Status::Finished,
            News::Chosen(choice) => self.choice = Some(choice),
            News::Notice(text) => self.notice = Some(text),
            News::Refused(text) => (self.status, self.failure, self.again) = (Status::Failed, Some(text), false),
            News::Failed(text) => (self.status, self.failure, self.again) = (Status::Failed, Some(text), true),
            News::Said(_, report) => self.said(report),
        }
    }

    fn said(&mut self, report: Report<TrainModels>) {
        match report {
            Report::Progress(progress) => {
                if let Some(model) = self.models.get_mut(&progress.kind) {
                    (model.step, model.steps_per_second) = (progress.step, progress.steps_per_second);
                }
            }
            Report::Recorded(record) => {
                if let Some(model) = self.models.get_mut(&record.kind) {
                    // A run that went on from a checkpoint reports some losses again.
                    model.losses.retain(|(recorded, _)| *recorded < record.step);
                    model.losses.push((record.step, record.losses));
                }
            }
            Report::Snapshot(snapshot) => match *snapshot {
                ModelSnapshot::Look(look) => self.looked(look),
                ModelSnapshot::Study { kind, step, study } => self.studied(kind, step, study),
            },
            Report::Measured(_)
            | Report::Saved(_)
            | Report::Held
            | Report::Rested
            | Report::Finished
            | Report::Diverged(_)
            | Report::Refused(_) => {}
        }
    }

    fn studied(&mut self, kind: ModelKind, step: u64, study: SchemeStudy) {
        if let Some(model) = self.models.get_mut(&kind) {
            // What was found of the model as it was says nothing about it now.
            let current = model.studied == step;
            model.studies.retain(|known| current && known.scheme != study.scheme);
            model.studied = step;
            model.studies.push(study);
        }
    }

    fn looked(&mut self, look: Look) {
        // One that was taken before the start was moved says nothing about the new start.
        let current = look.from == self.experiment.start();
        if let Some(model) = self.models.get_mut(&look.kind).filter(|_| current) {
            model.step = model.step.max(look.step);
            model.score = look.score.or(model.score);
            model.sight = look.film.as_ref().and_then(|film| film.sight).or(model.sight);
            model.look = Some(Rc::new(look));
        }
    }
}
