//! What trainers and their supervisor say, as it changes the page.

use crate::session::state::Session;
use crate::session::status::Status;
use jobs::protocol::message::Event;
use jobs::supervisor::News;
use std::rc::Rc;

impl Session {
    pub(super) fn hear(&mut self, news: News) {
        match news {
            News::Loading => self.status = Status::Loading,
            News::Training => self.status = Status::Training,
            News::Held if self.step() >= self.experiment.schedule.steps => self.status = Status::Finished,
            News::Held => self.status = Status::Paused,
            News::Finished => self.status = Status::Finished,
            News::Chosen(choice) => self.choice = Some(choice),
            News::Notice(text) => self.notice = Some(text),
            News::Failed(text) => {
                self.status = Status::Failed;
                self.failure = Some(text);
            }
            News::Said(event) => self.said(event),
        }
    }

    fn said(&mut self, event: Event) {
        match event {
            Event::Progress { kind, step, steps_per_second, .. } => {
                if let Some(model) = self.models.get_mut(&kind) {
                    model.step = step;
                    model.steps_per_second = steps_per_second;
                }
            }
            Event::Recorded { kind, step, losses, .. } => {
                if let Some(model) = self.models.get_mut(&kind) {
                    // A run that went on from a checkpoint says some losses again.
                    model.losses.retain(|(recorded, _)| *recorded < step);
                    model.losses.push((step, losses));
                }
            }
            Event::Studied { kind, step, study, .. } => {
                if let Some(model) = self.models.get_mut(&kind) {
                    // What was found of the model as it was says nothing about it now.
                    let current = model.studied == step;
                    model.studies.retain(|known| current && known.scheme != study.scheme);
                    model.studied = step;
                    model.studies.push(*study);
                }
            }
            Event::Looked { look, .. } => {
                // One that was taken before the start was moved says nothing about the new start.
                let current = look.from == self.experiment.start();
                if let Some(model) = self.models.get_mut(&look.kind).filter(|_| current) {
                    model.step = model.step.max(look.step);
                    model.score = look.score.or(model.score);
                    model.sight = look.film.as_ref().and_then(|film| film.sight).or(model.sight);
                    model.look = Some(Rc::new(*look));
                }
            }
            Event::Ready
            | Event::Unusable(_)
            | Event::Measured { .. }
            | Event::Saved { .. }
            | Event::Held { .. }
            | Event::Finished { .. }
            | Event::Diverged { .. } => {}
        }
    }
}
