//! The workers there are, what each is to do, and the time of the last event of each.

use crate::job::EngineKind;
use crate::pool::{Arrival, WorkerId};
use language::tr;

/// What a worker is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Task {
    /// Nothing.
    Idle,
    /// Measure the speed of its engine.
    Measure,
    /// Carry out this part.
    Part(usize),
}

/// How far the start of a worker is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// It was called; its loader has not said anything yet.
    Called,
    /// Its files are being fetched; so many bytes have arrived.
    Fetching(u64),
    /// They are there, and it is being started.
    Starting,
    /// It takes commands.
    Ready,
}

impl Stage {
    /// The rest of a sentence about a worker that was silent for so many seconds.
    fn was_silent(self, seconds: u64) -> String {
        match self {
            Stage::Fetching(_) => tr!("has not arrived yet: nothing more arrived of it for {n} seconds"
                | "has not arrived yet: nothing more arrived of it for {n} seconds" % seconds),
            Stage::Called | Stage::Starting => {
                tr!("did not start within {n} seconds" | "did not start within {n} seconds" % seconds)
            }
            Stage::Ready => tr!("stopped answering for {n} seconds" | "stopped answering for {n} seconds" % seconds),
        }
    }
}

#[derive(Debug)]
struct Worker {
    id: WorkerId,
    engine: EngineKind,
    stage: Stage,
    task: Task,
    /// `Some(finished)` once its part holds or is finished.
    settled: Option<bool>,
    last_event: f64,
    /// Whether it has reported anything of its task: the first report of a graphics card waits for its shaders.
    warm: bool,
    /// Whether its start was said to have failed, though it may still arrive.
    missing: bool,
}

/// A worker that is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gone {
    pub engine: EngineKind,
    pub task: Task,
    /// Whether it ever took commands.
    pub ready: bool,
}

/// All workers alive.
#[derive(Debug, Default)]
pub(super) struct Workers {
    workers: Vec<Worker>,
    hired: u32,
}

/// Time until its loader says something: sixty workers that two cores start at once are slow to begin. One that is not there is told by
/// the browser.
const CALL_PATIENCE_MS: f64 = 20_000.0;
/// Time in which a worker that is being fetched has to receive something. A download that goes on is never ended.
const FETCH_PATIENCE_MS: f64 = 7000.0;
/// Time from the last byte of a worker to its first event: compiling, on a slow core.
const START_PATIENCE_MS: f64 = 20_000.0;
/// The same for a graphics card, which has to be found and set up.
const GPU_START_PATIENCE_MS: f64 = 60_000.0;
/// Silence of a graphics card at work that is normal: others may use it too, and a step may need shaders that no step before
/// it did. A card that is lost reports that itself.
const GPU_PATIENCE_MS: f64 = 60_000.0;
/// The same before its first report, which waits for its shaders: a software adapter on a slow core takes over a minute.
const FIRST_REPORT_PATIENCE_MS: f64 = 180_000.0;

impl Workers {
    /// A worker for a task: an idle one of this engine, or a new one (`true`).
    pub fn hire(&mut self, engine: EngineKind, task: Task, now: f64) -> (WorkerId, bool) {
        let free =
            |worker: &Worker| worker.engine == engine && worker.task == Task::Idle && worker.stage == Stage::Ready;
        if let Some(worker) = self.workers.iter_mut().find(|worker| free(worker)) {
            (worker.task, worker.settled, worker.last_event, worker.warm) = (task, None, now, false);
            return (worker.id, false);
        }
        self.hired += 1;
        let id = WorkerId(self.hired);
        let stage = Stage::Called;
        self.workers.push(Worker {
            id,
            engine,
            stage,
            task,
            settled: None,
            last_event: now,
            warm: false,
            missing: false,
        });
        (id, true)
    }

    /// Notes a sign of life; `false` if there is no such worker.
    pub fn note_event(&mut self, id: WorkerId, now: f64) -> bool {
        self.find(id).map(|worker| (worker.last_event, worker.warm) = (now, worker.stage == Stage::Ready)).is_some()
    }

    /// Notes how far its start is; `false` if there is no such worker or nothing is new.
    pub fn arrives(&mut self, id: WorkerId, arrival: Arrival, now: f64) -> bool {
        let Some(worker) = self.find(id) else { return false };
        let stage = match (arrival, worker.stage) {
            (Arrival::Fetched(bytes), Stage::Called | Stage::Fetching(_)) => Stage::Fetching(bytes),
            (Arrival::Starting, Stage::Called | Stage::Fetching(_)) => Stage::Starting,
            (_, stage) => stage,
        };
        let new = stage != worker.stage;
        if new {
            (worker.stage, worker.last_event, worker.missing) = (stage, now, false);
        }
        new
    }

    /// Bytes that have arrived of workers that are being fetched.
    pub fn fetched(&self) -> u64 {
        let bytes = |worker: &Worker| if let Stage::Fetching(bytes) = worker.stage { bytes } else { 0 };
        self.workers.iter().map(bytes).sum()
    }

    pub fn ready(&mut self, id: WorkerId) {
        if let Some(worker) = self.find(id) {
            (worker.stage, worker.missing) = (Stage::Ready, false);
        }
    }

    /// The part of one that is waited for though its start is said to have failed: no other could be there earlier.
    pub fn miss(&mut self, id: WorkerId) -> Option<usize> {
        let worker = self.find(id).filter(|worker| worker.stage != Stage::Ready && worker.engine == EngineKind::Cpu)?;
        let Task::Part(part) = worker.task else { return None };
        worker.missing = true;
        Some(part)
    }

    /// Whether one is waited for whose start was said to have failed.
    pub fn are_missing(&self) -> bool {
        self.workers.iter().any(|worker| worker.missing)
    }

    /// The task of a worker that takes commands.
    pub fn task(&self, id: WorkerId) -> Option<Task> {
        let ready = |worker: &&Worker| worker.id == id && worker.stage == Stage::Ready;
        self.workers.iter().find(ready).map(|worker| worker.task)
    }

    /// Its task is done; which engine it is.
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

    /// `Some(finished)` once all parts hold or have finished.
    pub fn settled(&self) -> Option<bool> {
        let mut all = true;
        for worker in self.at_parts() {
            all &= worker.settled?;
        }
        Some(all)
    }

    /// Whether all parts have reported something since they began, and not all hold.
    pub fn all_at_work(&self) -> bool {
        // A report after a part holds is an answer, and no sign of work.
        self.at_parts().all(|worker| worker.stage == Stage::Ready && worker.warm)
            && self.at_parts().any(|worker| worker.settled.is_none())
    }

    /// All parts in workers that take commands have something to do again.
    pub fn unsettle(&mut self, now: f64) -> Vec<WorkerId> {
        let mut woken = vec![];
        for worker in &mut self.workers {
            if worker.stage == Stage::Ready && matches!(worker.task, Task::Part(_)) {
                (worker.settled, worker.last_event) = (None, now);
                woken.push(worker.id);
            }
        }
        woken
    }

    /// Workers that take commands, with their parts.
    pub fn reachable(&self) -> Vec<(WorkerId, usize)> {
        let part = |worker: &Worker| match worker.task {
            Task::Part(part) if worker.stage == Stage::Ready => Some((worker.id, part)),
            _ => None,
        };
        self.workers.iter().filter_map(part).collect()
    }

    /// Those on the processor that have something to do.
    pub fn on_cores(&self) -> impl Iterator<Item = WorkerId> {
        let busy = |worker: &&Worker| {
            (worker.stage, worker.engine, worker.settled) == (Stage::Ready, EngineKind::Cpu, None)
                && worker.task != Task::Idle
        };
        self.workers.iter().filter(busy).map(|worker| worker.id)
    }

    /// Ends all that are at work or not yet ready; the others become idle, and are named as well.
    pub fn dismiss_busy(&mut self) -> (Vec<WorkerId>, Vec<WorkerId>) {
        let (mut dismissed, mut freed) = (vec![], vec![]);
        self.workers.retain_mut(|worker| {
            let keep = worker.stage == Stage::Ready && (worker.task == Task::Idle || worker.settled.is_some());
            if !keep {
                dismissed.push(worker.id);
            } else if std::mem::replace(&mut worker.task, Task::Idle) != Task::Idle {
                freed.push(worker.id);
            }
            keep
        });
        (dismissed, freed)
    }

    /// Ends all.
    pub fn dismiss_all(&mut self) -> Vec<WorkerId> {
        self.workers.drain(..).map(|worker| worker.id).collect()
    }

    pub fn dismiss_idle(&mut self, engine: EngineKind) -> Vec<WorkerId> {
        let idle = |worker: &Worker| worker.engine == engine && worker.task == Task::Idle;
        let dismissed = self.workers.iter().filter(|worker| idle(worker)).map(|worker| worker.id).collect();
        self.workers.retain(|worker| !idle(worker));
        dismissed
    }

    pub fn remove(&mut self, id: WorkerId) -> Option<Gone> {
        let place = self.workers.iter().position(|worker| worker.id == id)?;
        let Worker { engine, task, stage, .. } = self.workers.swap_remove(place);
        Some(Gone { engine, task, ready: stage == Stage::Ready })
    }

    /// So many milliseconds of silence are nobody's fault.
    pub fn excuse(&mut self, milliseconds: f64, now: f64) {
        self.workers.iter_mut().for_each(|worker| worker.last_event = (worker.last_event + milliseconds).min(now));
    }

    /// Those whose silence is too long, with the rest of a sentence about them. `patience` is the silence that is normal for a
    /// task on one core, in milliseconds.
    pub fn silent(&self, now: f64, patience: impl Fn(Task) -> f64) -> Vec<(WorkerId, String)> {
        let overdue = |worker: &Worker| {
            let silence = now - worker.last_event;
            let allowed = match (worker.stage, worker.engine) {
                _ if worker.missing => return None,
                (Stage::Called, _) => CALL_PATIENCE_MS,
                (Stage::Fetching(_), _) => FETCH_PATIENCE_MS,
                (Stage::Starting, EngineKind::Cpu) => START_PATIENCE_MS,
                (Stage::Starting, EngineKind::Gpu) => GPU_START_PATIENCE_MS,
                (Stage::Ready, _) if worker.task == Task::Idle || worker.settled.is_some() => return None,
                (Stage::Ready, EngineKind::Cpu) => patience(worker.task),
                (Stage::Ready, EngineKind::Gpu) if worker.warm => GPU_PATIENCE_MS + patience(worker.task),
                (Stage::Ready, EngineKind::Gpu) => FIRST_REPORT_PATIENCE_MS,
            };
            (silence > allowed).then(|| worker.stage.was_silent((allowed / 1000.0).round_ties_even() as u64))
        };
        self.workers.iter().filter_map(|worker| Some((worker.id, overdue(worker)?))).collect()
    }

    fn at_parts(&self) -> impl Iterator<Item = &Worker> {
        self.workers.iter().filter(|worker| matches!(worker.task, Task::Part(_)))
    }

    fn find(&mut self, id: WorkerId) -> Option<&mut Worker> {
        self.workers.iter_mut().find(|worker| worker.id == id)
    }
}
