//! The workers there are, what each is to do, and when each was last heard of.

use crate::supervisor::{EngineKind, WorkerId};
use models::field::model::ModelKind;

/// What a worker is to do.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Task {
    /// Nothing.
    Idle,
    /// Measure the speed of its engine.
    Measure,
    /// Train these models.
    Train(Vec<ModelKind>),
}

#[derive(Debug)]
struct Worker {
    id: WorkerId,
    engine: EngineKind,
    ready: bool,
    task: Task,
    /// `Some(finished)` once its part of the run holds or is finished.
    settled: Option<bool>,
    heard: f64,
    /// Whether it has said anything since it was given its task: the first word of a GPU waits for its shaders.
    warm: bool,
}

/// All workers alive.
#[derive(Debug, Default)]
pub(super) struct Crew {
    workers: Vec<Worker>,
    hired: u32,
}

/// Silence of a CPU engine at work that is taken for death, beyond the time of its steps.
const PATIENCE_MS: f64 = 6000.0;
/// The same for a GPU engine: it may wait for a card that others use too, and a step may need shaders that no step before it
/// did. A card that is lost says so itself.
const GPU_PATIENCE_MS: f64 = 60_000.0;
/// How long fetching and starting an engine may take: slow networks.
const START_PATIENCE_MS: f64 = 60_000.0;
/// A GPU's first word, which waits for its shaders: a software adapter on a slow core has been seen to take over a minute.
const FIRST_WORD_PATIENCE_MS: f64 = 180_000.0;
/// Steps that may pass between two words: looks and scores come between some.
const STEPS_PER_WORD: f64 = 20.0;

impl Crew {
    /// A worker for a task: an idle one of this engine, or a new one (`true`).
    pub fn hire(&mut self, engine: EngineKind, task: Task, now: f64) -> (WorkerId, bool) {
        let idle = self.workers.iter_mut().find(|w| w.engine == engine && w.task == Task::Idle && w.ready);
        if let Some(worker) = idle {
            (worker.task, worker.settled, worker.heard, worker.warm) = (task, None, now, false);
            return (worker.id, false);
        }
        self.hired += 1;
        let id = WorkerId(self.hired);
        self.workers.push(Worker { id, engine, ready: false, task, settled: None, heard: now, warm: false });
        (id, true)
    }

    /// Notes a sign of life; `false` if there is no such worker.
    pub fn heard(&mut self, id: WorkerId, now: f64) -> bool {
        self.find(id)
            .map(|worker| {
                worker.heard = now;
                worker.warm = worker.ready;
            })
            .is_some()
    }

    pub fn ready(&mut self, id: WorkerId) {
        if let Some(worker) = self.find(id) {
            worker.ready = true;
        }
    }

    pub fn task(&self, id: WorkerId) -> Option<&Task> {
        self.workers.iter().find(|worker| worker.id == id && worker.ready).map(|worker| &worker.task)
    }

    /// Its task is done; which engine it was.
    pub fn rest(&mut self, id: WorkerId) -> Option<EngineKind> {
        let worker = self.find(id)?;
        worker.task = Task::Idle;
        Some(worker.engine)
    }

    pub fn settle(&mut self, id: WorkerId, finished: bool) {
        if let Some(worker) = self.find(id) {
            worker.settled = Some(finished);
        }
    }

    /// `Some(finished)` once all that train hold or have finished.
    pub fn settled(&self) -> Option<bool> {
        let mut all = true;
        for worker in self.training() {
            all &= worker.settled?;
        }
        Some(all)
    }

    /// Whether all that train have said something since they began.
    pub fn all_at_work(&self) -> bool {
        // What is said after the run holds, of a study, is no sign of training.
        self.training().all(|worker| worker.ready && worker.warm)
            && self.training().any(|worker| worker.settled.is_none())
    }

    /// All that train and are ready have something to do again.
    pub fn unsettle(&mut self, now: f64) -> impl Iterator<Item = WorkerId> {
        self.workers.iter_mut().filter(|w| w.ready && matches!(w.task, Task::Train(_))).map(move |worker| {
            worker.settled = None;
            worker.heard = now;
            worker.id
        })
    }

    /// Ends all that are at work or not yet ready. Those that have settled become idle.
    pub fn dismiss_busy(&mut self) -> Vec<WorkerId> {
        let mut dismissed = vec![];
        self.workers.retain_mut(|worker| {
            let keep = worker.ready && (worker.task == Task::Idle || worker.settled.is_some());
            if keep {
                worker.task = Task::Idle;
            } else {
                dismissed.push(worker.id);
            }
            keep
        });
        dismissed
    }

    pub fn dismiss_idle(&mut self, engine: EngineKind) -> Vec<WorkerId> {
        let idle = |worker: &Worker| worker.engine == engine && worker.task == Task::Idle;
        let dismissed = self.workers.iter().filter(|worker| idle(worker)).map(|worker| worker.id).collect();
        self.workers.retain(|worker| !idle(worker));
        dismissed
    }

    pub fn remove(&mut self, id: WorkerId) -> Option<(EngineKind, Task)> {
        let place = self.workers.iter().position(|worker| worker.id == id)?;
        let worker = self.workers.swap_remove(place);
        Some((worker.engine, worker.task))
    }

    /// Starts counting silence anew.
    pub fn forgive(&mut self, now: f64) {
        self.workers.iter_mut().for_each(|worker| worker.heard = now);
    }

    /// Those whose silence is too long, with what to say of them. `step` is the time of a step in milliseconds.
    pub fn silent(&self, now: f64, step: f64) -> Vec<(WorkerId, &'static str)> {
        let overdue = |worker: &Worker| {
            let silence = now - worker.heard;
            if !worker.ready {
                return (silence > START_PATIENCE_MS).then_some("did not start");
            }
            if worker.task == Task::Idle || worker.settled.is_some() {
                return None;
            }
            let patience = match worker.engine {
                EngineKind::Cpu => PATIENCE_MS,
                EngineKind::Gpu if worker.warm => GPU_PATIENCE_MS,
                EngineKind::Gpu => FIRST_WORD_PATIENCE_MS,
            };
            (silence > patience + STEPS_PER_WORD * step).then_some("stopped answering")
        };
        self.workers.iter().filter_map(|worker| Some((worker.id, overdue(worker)?))).collect()
    }

    fn training(&self) -> impl Iterator<Item = &Worker> {
        self.workers.iter().filter(|worker| matches!(worker.task, Task::Train(_)))
    }

    fn find(&mut self, id: WorkerId) -> Option<&mut Worker> {
        self.workers.iter_mut().find(|worker| worker.id == id)
    }
}
