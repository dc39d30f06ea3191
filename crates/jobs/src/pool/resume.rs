//! Going on from checkpoints: after a failure, or with a job that was saved long ago.

use super::{Part, Pool, Task, Work, vocabulary};
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
        // Some may still have been waited for.
        let mut orders: Vec<_> = self.workers.dismiss_all().into_iter().map(Order::Dismiss).collect();
        orders.push(Order::Tell(News::Loading(0)));
        for (part, engine) in engines.into_iter().enumerate() {
            self.give(engine, Task::Part(part), now, &mut orders);
        }
        orders
    }

    /// Says that the worker of a part is late, once for all that are.
    pub(super) fn late(&mut self, part: usize, why: &str, orders: &mut Vec<Order<J>>) {
        let Some(work) = self.work.as_mut().filter(|work| !work.failed) else { return };
        let Some(Part { spec, engine, .. }) = work.parts.get(part) else { return };
        let sentence = vocabulary::late(&J::name(spec, *engine), why);
        work.failed = true;
        orders.push(Order::Tell(News::Late(sentence)));
    }

    /// Goes on if all that were late are there after all.
    pub(super) fn recover(&mut self, orders: &mut Vec<Order<J>>) {
        if let Some(work) = self.work.as_mut().filter(|work| work.failed && !self.workers.are_missing()) {
            (work.failed, work.working_told) = (false, false);
            orders.push(Order::Tell(News::Arrived));
        }
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
