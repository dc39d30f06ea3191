//! Which engine is faster for this very job: a few steps on both, before the run.

use crate::job::{EngineKind, Job};
use crate::pool::workers::Task;
use crate::pool::{News, Order, Pool, Why, WorkerId, vocabulary};

/// What has been measured so far; `Some(None)` where an engine could not be.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Trial {
    cpu: Option<Option<f64>>,
    gpu: Option<Option<f64>>,
}

impl<J: Job> Pool<J> {
    pub(super) fn begin_trial(&mut self, now: f64, orders: &mut Vec<Order<J>>) {
        self.trial = Some(Trial::default());
        for engine in [EngineKind::Cpu, EngineKind::Gpu] {
            self.give(engine, Task::Measure, now, orders);
        }
    }

    pub(super) fn measured(&mut self, id: WorkerId, steps_per_second: f64, now: f64, orders: &mut Vec<Order<J>>) {
        if let Some(engine) = self.workers.rest(id) {
            self.note(engine, Some(steps_per_second), now, orders);
        }
    }

    /// The engine was lost while it was being measured: the other one is taken.
    pub(super) fn measured_nothing(&mut self, engine: EngineKind, why: &str, now: f64, orders: &mut Vec<Order<J>>) {
        let other = self.trial.map(|trial| if engine == EngineKind::Cpu { trial.gpu } else { trial.cpu });
        if other == Some(Some(None)) {
            return self.fail(vocabulary::neither(why), orders);
        }
        self.note(engine, None, now, orders);
    }

    fn note(&mut self, engine: EngineKind, speed: Option<f64>, now: f64, orders: &mut Vec<Order<J>>) {
        let Some(trial) = &mut self.trial else { return };
        match engine {
            EngineKind::Cpu => trial.cpu = Some(speed),
            EngineKind::Gpu => trial.gpu = Some(speed),
        }
        let (Some(cpu), Some(gpu)) = (trial.cpu, trial.gpu) else { return };
        self.trial = None;
        // Parts share a card and have a core each, so the processor does several at once.
        let cores = self.machine.cores;
        let parts = self.work.as_ref().map_or(1, |work| J::parts(&work.spec, EngineKind::Cpu, cores).len());
        let side_by_side = parts.min(cores.max(1)) as f64;
        let gpu_wins = gpu.unwrap_or(0.0) > side_by_side * cpu.unwrap_or(0.0);
        let engine = if gpu_wins { EngineKind::Gpu } else { EngineKind::Cpu };
        // An idle engine on the card holds memory that others could use.
        if engine == EngineKind::Cpu {
            orders.extend(self.workers.dismiss_idle(EngineKind::Gpu).into_iter().map(Order::Dismiss));
        }
        self.choose(engine, Why::Measured { cpu, gpu }, now, orders);
    }

    /// Ends the workers and keeps the job with its checkpoints, for another try.
    pub(super) fn fail(&mut self, sentence: String, orders: &mut Vec<Order<J>>) {
        self.trial = None;
        if let Some(work) = &mut self.work {
            work.failed = true;
        }
        orders.extend(self.workers.dismiss_all().into_iter().map(Order::Dismiss));
        orders.push(Order::Tell(News::Failed(sentence)));
    }
}
