//! What the pool of the run tells, as it changes the page.

use crate::session::action::Effect;
use crate::session::pools::{PoolNews, PoolWish};
use crate::session::progress::smoothed;
use crate::session::runs::run::Part;
use crate::session::series::Next;
use crate::session::state::{Session, run_all};
use crate::session::status::Status;
use jobs::job::message::Report;
use jobs::pool::{News, SavedPart, Wish};
use jobs::protocol::convergence::SchemeReport;
use jobs::protocol::motion_snapshot::MotionSnapshot;
use jobs::protocol::train::{ModelSnapshot, TrainModels};
use models::field::model::ModelKind;
use std::rc::Rc;

impl Session {
    /// Takes up what a pool tells, where that is the run that is shown or the series beside it.
    pub fn hear(&mut self, news: &PoolNews) -> Vec<Effect> {
        let next = match news {
            PoolNews::Files(news) => return self.hear_files(news),
            PoolNews::Recording(news) => return self.hear_reader(news),
            PoolNews::Run(News::Saved(number, part)) => return self.saved(*number, part),
            PoolNews::Run(news) => {
                let settled = matches!(news, News::Held | News::Finished);
                self.hear_run(news.clone());
                let runs = Rc::make_mut(&mut self.runs);
                runs.observe(&self.models);
                return match runs.current {
                    Some(key) if settled => self.keep(key, true),
                    _ => vec![],
                };
            }
            PoolNews::Series(news) => {
                let running = self.sizes.as_mut().filter(|sizes| sizes.is_running());
                running.or(self.series.as_mut()).map(|series| Rc::make_mut(series).hear(news.clone()))
            }
            _ => None,
        };
        match next {
            Some(Next::Run(spec)) => vec![run_all(*spec)],
            Some(Next::Stop) => vec![Effect::Pool(PoolWish::Series(Wish::Stop))],
            Some(Next::Wait) | None => vec![],
        }
    }

    /// A part of the run can go on from here.
    fn saved(&mut self, number: usize, part: &SavedPart<TrainModels>) -> Vec<Effect> {
        let models = self.models.len();
        let runs = Rc::make_mut(&mut self.runs);
        let due = runs.saved(number, Part::from(part), models);
        match runs.current {
            Some(key) if due => self.keep(key, false),
            _ => vec![],
        }
    }

    fn hear_run(&mut self, news: News<TrainModels>) {
        match news {
            News::Loading(bytes) => (self.status, self.fetched) = (Status::Loading, bytes),
            News::Working => self.status = Status::Training,
            News::Held if self.step() >= self.workbench.field.schedule.steps => self.status = Status::Finished,
            News::Held => self.status = Status::Paused,
            News::Finished => self.status = Status::Finished,
            News::Chosen(choice) => self.choice = Some(choice),
            News::Notice(text) => self.mended = Some(text),
            News::Refused(text) => (self.status, self.failure, self.again) = (Status::Failed, Some(text), false),
            News::Arrived => (self.status, self.failure, self.again) = (Status::Loading, None, false),
            News::Failed(text) | News::Late(text) => {
                (self.status, self.failure, self.again) = (Status::Failed, Some(text), true);
            }
            News::Said(_, report) => self.said(report),
            // Taken up where it is heard of.
            News::Saved(..) => {}
        }
    }

    fn said(&mut self, report: Report<TrainModels>) {
        match report {
            Report::Progress(progress) => {
                if let Some(model) = self.models.get_mut(&progress.kind) {
                    (model.step, model.shared) = (progress.step, progress.shared);
                    model.steps_per_second = smoothed(model.steps_per_second, progress.steps_per_second);
                }
            }
            Report::Recorded(record) => {
                if let Some(model) = self.models.get_mut(&record.kind) {
                    // A run that went on from a checkpoint reports some losses again.
                    model.losses.retain(|(recorded, _)| *recorded < record.step);
                    model.losses.push((record.step, record.losses));
                    model.parts.retain(|(recorded, _)| *recorded < record.step);
                    if !record.parts.is_empty() {
                        model.parts.push((record.step, record.parts));
                    }
                }
            }
            Report::Snapshot(snapshot) => match *snapshot {
                ModelSnapshot::Motion(snapshot) => self.looked(snapshot),
                ModelSnapshot::Convergence { kind, step, convergence } => self.converged(kind, step, convergence),
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

    fn converged(&mut self, kind: ModelKind, step: u64, convergence: SchemeReport) {
        if let Some(model) = self.models.get_mut(&kind) {
            // What was found of the model as it was says nothing about it now.
            let current = model.converged == step;
            model.convergence.retain(|known| current && known.scheme != convergence.scheme);
            model.converged = step;
            model.convergence.push(convergence);
        }
    }

    fn looked(&mut self, snapshot: MotionSnapshot) {
        // One that was taken before the start was moved says nothing about the new start.
        let current = snapshot.from == self.workbench.field.start();
        if let Some(model) = self.models.get_mut(&snapshot.kind).filter(|_| current) {
            model.step = model.step.max(snapshot.step);
            model.score = snapshot.score.or(model.score);
            model.pixel_metrics = snapshot.film.as_ref().and_then(|film| film.pixel_metrics).or(model.pixel_metrics);
            model.snapshot = Some(Rc::new(snapshot));
        }
    }
}
