//! Going on from checkpoints: after a failure, or with a job that was saved long ago.

use super::{Part, Pool, Task, Work};
use crate::job::message::{Pace, RunId};
use crate::job::{EngineKind, Job};
use crate::pool::{Choice, Graphics, News, Order, SavedPart, Why};

impl<J: Job> Pool<J> {
    /// Goes on after a failure.
    pub(super) fn retry(&mut self, now: f64) -> Vec<Order<J>> {
        let Some(work) = self.work.as_mut().filter(|work| work.failed) else { return vec![] };
        if work.parts.is_empty() {
            let (spec, pace) = (work.spec.clone(), work.pace);
            return self.start(spec, pace, now);
        }
        (work.failed, work.lost, work.gpus_lost, work.working_told) = (false, 0, 0, false);
        self.run = RunId(self.run.0 + 1);
        let engines: Vec<EngineKind> = work.parts.iter().map(|part| part.engine).collect();
        let mut orders = vec![Order::Tell(News::Loading(0))];
        for (part, engine) in engines.into_iter().enumerate() {
            self.give(engine, Task::Part(part), now, &mut orders);
        }
        orders
    }

    /// Begins with parts that were saved. What was on a graphics card goes on there if there still is one.
    pub(super) fn resume(&mut self, parts: Vec<SavedPart<J>>, pace: Pace, now: f64) -> Vec<Order<J>> {
        let mut orders = self.stop();
        let Some(first) = parts.first() else { return orders };
        self.run = RunId(self.run.0 + 1);
        let has_card = self.machine.gpu != Graphics::None;
        let parts: Vec<Part<J>> = parts
            .iter()
            .map(|SavedPart { spec, engine, saved }| Part {
                spec: spec.clone(),
                engine: if has_card { *engine } else { EngineKind::Cpu },
                saved: Some(saved.clone()),
            })
            .collect();
        let why = if first.engine == parts[0].engine { Why::Kept } else { Why::NoCard(self.machine.gpu) };
        let choice = Choice { engine: parts[0].engine, why };
        orders.extend([News::Loading(0), News::Chosen(choice)].map(Order::Tell));
        let engines: Vec<EngineKind> = parts.iter().map(|part| part.engine).collect();
        let spec = first.spec.clone();
        self.work = Some(Work { spec, pace, parts, lost: 0, gpus_lost: 0, working_told: false, failed: false });
        for (part, engine) in engines.into_iter().enumerate() {
            self.give(engine, Task::Part(part), now, &mut orders);
        }
        orders
    }
}
