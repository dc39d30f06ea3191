//! Which engine is faster for this very experiment: a few steps on both, before the run.

use crate::supervisor::crew::Task;
use crate::supervisor::{EngineKind, News, Order, Supervisor, Why, WorkerId};

/// What has been measured so far; `Some(None)` where an engine could not be.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Trial {
    cpu: Option<Option<f64>>,
    gpu: Option<Option<f64>>,
}

impl Supervisor {
    pub(super) fn begin_trial(&mut self, now: f64, orders: &mut Vec<Order>) {
        self.trial = Some(Trial::default());
        for engine in [EngineKind::Cpu, EngineKind::Gpu] {
            self.give(engine, Task::Measure, now, orders);
        }
    }

    pub(super) fn measured(&mut self, id: WorkerId, steps_per_second: f64, now: f64, orders: &mut Vec<Order>) {
        let Some(engine) = self.crew.rest(id) else {
            return;
        };
        self.note(engine, Some(steps_per_second), now, orders);
    }

    /// The engine was lost while it was being measured: the other one is taken.
    pub(super) fn measured_nothing(&mut self, engine: EngineKind, why: &str, now: f64, orders: &mut Vec<Order>) {
        if engine == EngineKind::Cpu && self.trial.is_some_and(|trial| trial.gpu == Some(None)) {
            self.trial = None;
            orders.push(Order::Tell(News::Failed(format!("Neither engine starts here: the CPU engine {why}."))));
            return;
        }
        self.note(engine, None, now, orders);
    }

    fn note(&mut self, engine: EngineKind, speed: Option<f64>, now: f64, orders: &mut Vec<Order>) {
        let Some(trial) = &mut self.trial else {
            return;
        };
        match engine {
            EngineKind::Cpu => trial.cpu = Some(speed),
            EngineKind::Gpu => trial.gpu = Some(speed),
        }
        let (Some(cpu), Some(gpu)) = (trial.cpu, trial.gpu) else {
            return;
        };
        self.trial = None;
        // Two models share a GPU and have a core each, so the CPU does twice as much of a run at once.
        let models = self.job.as_ref().map_or(1, |job| job.experiment.models.kinds().len());
        let side_by_side = models.min(self.machine.cores.max(1)) as f64;
        let gpu_wins = gpu.unwrap_or(0.0) > side_by_side * cpu.unwrap_or(0.0);
        let engine = if gpu_wins { EngineKind::Gpu } else { EngineKind::Cpu };
        // An idle GPU engine holds memory that others could use.
        if engine == EngineKind::Cpu {
            orders.extend(self.crew.dismiss_idle(EngineKind::Gpu).into_iter().map(Order::Dismiss));
        }
        self.choose(engine, Why::Measured { cpu, gpu }, now, orders);
    }
}
