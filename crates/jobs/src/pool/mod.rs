//! Supervision of workers, the same for every job: which engine works, and what happens when a worker cannot be fetched, does
//! not start, is silent, dies, or loses its graphics card.
//!
//! A pure state machine: the page feeds it what workers report and the time of day, and carries out its [`Order`]s. It knows
//! no browser, so every way of dying is a test.

mod resume;
mod trial;
mod vocabulary;
mod workers;

pub use vocabulary::{Arrival, Choice, Graphics, Machine, News, Order, SavedPart, To, Why, Wish, WorkerId, name};

use crate::job::message::{Command, Event, Pace, Report, RunId, Saved};
use crate::job::{EngineKind, Job};
use experiments::schedule::DeviceChoice;
use language::translated;
use trial::Trial;
use workers::{Gone, Task, Workers};

/// Workers that may die in one run before it is given up.
const MOST_LOSSES: u32 = 4;
/// Workers on the graphics card that may be lost in one run before it goes on without.
const MOST_GPU_LOSSES: u32 = 2;
/// Time between ticks. What one is late, because others have the cores, is not held against workers.
const TICK_MS: f64 = 1250.0;
/// A page that was itself asleep this long (a closed lid, a hidden tab) forgives all silence.
const OWN_SLEEP_MS: f64 = 3000.0;

/// The workers of one job at a time.
#[derive(Debug)]
pub struct Pool<J: Job> {
    machine: Machine,
    workers: Workers,
    run: RunId,
    work: Option<Work<J>>,
    trial: Option<Trial>,
    ticked: f64,
}

/// The job that is wanted.
#[derive(Debug)]
struct Work<J: Job> {
    spec: J::Spec,
    pace: Pace,
    /// Empty until an engine is chosen.
    parts: Vec<Part<J>>,
    lost: u32,
    gpus_lost: u32,
    working_told: bool,
    failed: bool,
}

/// A part of the job, and where it can go on.
#[derive(Debug)]
struct Part<J: Job> {
    spec: J::Spec,
    engine: EngineKind,
    saved: Option<Saved>,
}

impl<J: Job> Pool<J> {
    /// With no job and no worker.
    pub fn new(machine: Machine) -> Self {
        Self { machine, workers: Workers::default(), run: RunId(0), work: None, trial: None, ticked: 0.0 }
    }

    /// What is known of the browser, once it is known better.
    pub fn set_machine(&mut self, machine: Machine) {
        self.machine = machine;
    }

    /// Does what the page wants. `now` is in milliseconds, here and below.
    pub fn wish(&mut self, wish: Wish<J>, now: f64) -> Vec<Order<J>> {
        match wish {
            Wish::Start(spec, pace) => self.start(*spec, pace, now),
            Wish::Pace(pace) => self.pace(pace, now),
            Wish::Ask(to, question) => self.ask(to, question),
            Wish::Stop => self.stop(),
            Wish::Release => {
                (self.work, self.trial) = (None, None);
                self.workers.dismiss_all().into_iter().map(Order::Dismiss).collect()
            }
            Wish::Retry => self.retry(now),
            Wish::Resume(parts, pace) => self.resume(parts, pace, now),
        }
    }

    fn start(&mut self, spec: J::Spec, pace: Pace, now: f64) -> Vec<Order<J>> {
        let mut orders = self.stop();
        self.run = RunId(self.run.0 + 1);
        let (device, small) = (J::device(&spec), J::is_small(&spec));
        self.work = Some(Work { spec, pace, parts: vec![], lost: 0, gpus_lost: 0, working_told: false, failed: false });
        orders.push(Order::Tell(News::Loading(0)));
        match (device, self.machine.gpu) {
            (DeviceChoice::Cpu, _) => self.choose(EngineKind::Cpu, Why::Asked, now, &mut orders),
            (DeviceChoice::Gpu, Graphics::None) => {
                orders.push(Order::Tell(News::Notice(vocabulary::no_webgpu())));
                self.choose(EngineKind::Cpu, Why::NoCard(Graphics::None), now, &mut orders);
            }
            (DeviceChoice::Gpu, _) => self.choose(EngineKind::Gpu, Why::Asked, now, &mut orders),
            (DeviceChoice::Auto, _) if small => self.choose(EngineKind::Cpu, Why::Small, now, &mut orders),
            (DeviceChoice::Auto, Graphics::Card) => self.begin_trial(now, &mut orders),
            (DeviceChoice::Auto, none) => self.choose(EngineKind::Cpu, Why::NoCard(none), now, &mut orders),
        }
        orders
    }

    fn stop(&mut self) -> Vec<Order<J>> {
        (self.work, self.trial) = (None, None);
        let (dismissed, freed) = self.workers.dismiss_busy();
        let dismissed = dismissed.into_iter().map(Order::Dismiss);
        dismissed.chain(freed.into_iter().map(|id| Order::Post(id, Command::Stop))).collect()
    }

    fn pace(&mut self, pace: Pace, now: f64) -> Vec<Order<J>> {
        let Some(work) = self.work.as_mut().filter(|work| !work.failed) else { return vec![] };
        (work.pace, work.working_told) = (pace, false);
        self.workers.unsettle(now).into_iter().map(|id| Order::Post(id, Command::Pace(pace))).collect()
    }

    fn ask(&mut self, to: To, question: J::Question) -> Vec<Order<J>> {
        let Some(work) = &mut self.work else { return vec![] };
        let meant = |part: usize| match to {
            To::All => true,
            To::Part(one) => one == part,
            To::AllBut(one) => one != part,
        };
        for (_, part) in work.parts.iter_mut().enumerate().filter(|(number, _)| meant(*number)) {
            J::remember(&mut part.spec, &question);
        }
        if to == To::All {
            J::remember(&mut work.spec, &question);
        }
        let asked = self.workers.reachable().into_iter().filter(|(_, part)| meant(*part));
        asked.map(|(id, _)| Order::Post(id, Command::Ask(question.clone()))).collect()
    }

    /// A worker sent an event.
    pub fn heard(&mut self, id: WorkerId, event: Event<J>, now: f64) -> Vec<Order<J>> {
        let mut orders = vec![];
        if !self.workers.note_event(id, now) {
            return orders;
        }
        match event {
            Event::Ready => {
                self.workers.ready(id);
                self.recover(&mut orders);
                self.set_to_work(id, &mut orders);
            }
            Event::Unusable(why) => self.lost(id, &why, now, &mut orders),
            Event::Of(run, Report::Measured(speed)) if run == self.run => self.measured(id, speed, now, &mut orders),
            Event::Of(run, report) if run == self.run => self.in_run(id, report, &mut orders),
            Event::Of(..) => {}
        }
        orders
    }

    /// A worker that is not ready yet is so far.
    pub fn arrives(&mut self, id: WorkerId, arrival: Arrival, now: f64) -> Vec<Order<J>> {
        let mut orders = vec![];
        if self.workers.arrives(id, arrival, now) && self.work.is_some() {
            self.recover(&mut orders);
            orders.push(Order::Tell(News::Loading(self.workers.fetched())));
        }
        orders
    }

    /// A worker died, or could not be started; `why` completes a sentence, such as "failed (out of memory)".
    pub fn died(&mut self, id: WorkerId, why: &str, now: f64) -> Vec<Order<J>> {
        let mut orders = vec![];
        self.lost(id, why, now, &mut orders);
        orders
    }

    /// Time passes; to be called about once a second.
    pub fn tick(&mut self, now: f64) -> Vec<Order<J>> {
        let pause = now - self.ticked;
        let excused = if pause > OWN_SLEEP_MS { now } else { (pause - TICK_MS).max(0.0) };
        self.workers.excuse(excused, now);
        self.ticked = now;
        let mut orders = vec![];
        let Some(work) = &self.work else { return orders };
        let patience = |task: Task| match task {
            Task::Part(part) => work.parts.get(part).map_or(f64::INFINITY, |part| J::patience(&part.spec)),
            Task::Measure | Task::Idle => J::patience(&work.spec),
        };
        for (id, why) in self.workers.silent(now, patience) {
            match self.workers.miss(id) {
                Some(part) => self.late(part, &why, &mut orders),
                None => self.lost(id, &why, now, &mut orders),
            }
        }
        orders
    }

    /// How many workers have a core of their own to work on.
    pub fn on_cores(&self) -> usize {
        self.workers.on_cores().count()
    }

    /// Those workers, or one of them by its number, are to leave their cores to the page for so many milliseconds.
    pub fn give_way(&self, milliseconds: u16, only: Option<usize>) -> Vec<Order<J>> {
        let meant = self.workers.on_cores().enumerate().filter(|(number, _)| only.is_none_or(|only| only == *number));
        meant.map(|(_, id)| Order::Post(id, Command::GiveWay(milliseconds))).collect()
    }

    fn in_run(&mut self, id: WorkerId, report: Report<J>, orders: &mut Vec<Order<J>>) {
        let (Some(work), Some(Task::Part(number))) = (&mut self.work, self.workers.task(id)) else { return };
        match report {
            Report::Saved(saved) => {
                if let Some(part) = work.parts.get_mut(number) {
                    let kept = SavedPart { spec: part.spec.clone(), engine: part.engine, saved: saved.clone() };
                    part.saved = Some(saved);
                    orders.push(Order::Tell(News::Saved(number, Box::new(kept))));
                }
            }
            Report::Diverged(sentence) | Report::Refused(sentence) => {
                orders.extend(self.stop());
                orders.push(Order::Tell(News::Refused(sentence)));
            }
            // Said before it heard that it is to go on: at this pace none holds.
            Report::Held if work.pace == Pace::Run => {}
            Report::Held | Report::Rested | Report::Finished => {
                self.workers.settle(id, report == Report::Finished);
                orders.push(Order::Tell(News::Said(number, report)));
                match self.workers.settled() {
                    Some(true) => orders.push(Order::Tell(News::Finished)),
                    Some(false) => orders.push(Order::Tell(News::Held)),
                    None => {}
                }
            }
            other => {
                if !work.working_told && work.pace != Pace::Hold && self.workers.all_at_work() {
                    work.working_told = true;
                    orders.push(Order::Tell(News::Working));
                }
                orders.push(Order::Tell(News::Said(number, other)));
            }
        }
    }

    /// Splits the job for an engine, and gives every part to a worker.
    fn choose(&mut self, engine: EngineKind, why: Why, now: f64, orders: &mut Vec<Order<J>>) {
        orders.push(Order::Tell(News::Chosen(Choice { engine, why })));
        let Some(work) = &mut self.work else { return };
        let specs = J::parts(&work.spec, engine, self.machine.cores);
        work.parts = specs.into_iter().map(|spec| Part { spec, engine, saved: None }).collect();
        for part in 0..work.parts.len() {
            self.give(engine, Task::Part(part), now, orders);
        }
    }

    /// Gives a task to an idle worker, or to a new one.
    fn give(&mut self, engine: EngineKind, task: Task, now: f64, orders: &mut Vec<Order<J>>) {
        let (id, fresh) = self.workers.hire(engine, task, now);
        if fresh {
            orders.push(Order::Spawn(id, engine));
        } else {
            self.set_to_work(id, orders);
        }
    }

    /// Sends a worker that takes commands its task.
    fn set_to_work(&mut self, id: WorkerId, orders: &mut Vec<Order<J>>) {
        let (Some(work), Some(task)) = (&self.work, self.workers.task(id)) else { return };
        let run = self.run;
        let command = match task {
            Task::Idle => return,
            Task::Measure => Command::Measure { run, spec: Box::new(work.spec.clone()) },
            Task::Part(number) => {
                let Some(part) = work.parts.get(number) else { return };
                let spec = Box::new(part.spec.clone());
                Command::Start { run, spec, saved: part.saved.clone(), pace: work.pace }
            }
        };
        orders.push(Order::Post(id, command));
    }

    /// Replaces a worker that is gone, goes on without a graphics card, or gives up.
    fn lost(&mut self, id: WorkerId, why: &str, now: f64, orders: &mut Vec<Order<J>>) {
        let Some(Gone { engine, task, ready }) = self.workers.remove(id) else { return };
        let why = &vocabulary::plain(why);
        orders.push(Order::Dismiss(id));
        let Some(work) = &mut self.work else { return };
        let number = match task {
            Task::Idle => return,
            Task::Measure => return self.measured_nothing(engine, why, now, orders),
            Task::Part(number) => number,
        };
        let parts = work.parts.len();
        let Some(part) = work.parts.get_mut(number) else { return };
        let who = J::name(&part.spec, engine);
        if !ready && engine == EngineKind::Cpu {
            return self.fail(vocabulary::not_started(&who, why), orders);
        }
        work.lost += 1;
        work.working_told = false;
        work.gpus_lost += u32::from(engine == EngineKind::Gpu);
        if work.lost > MOST_LOSSES {
            let sentence = vocabulary::given_up(&who, why, work.lost, translated(J::REMEDY));
            return self.fail(sentence, orders);
        }
        let without = engine == EngineKind::Gpu && (!ready || work.gpus_lost > MOST_GPU_LOSSES);
        part.engine = if without { EngineKind::Cpu } else { engine };
        J::vary(&mut part.spec, parts);
        let (replacement, mark) = (part.engine, part.saved.as_ref().map(|saved| J::mark(saved.step)));
        orders.push(Order::Tell(News::Notice(vocabulary::mended(&who, why, without, mark))));
        orders.push(Order::Tell(News::Loading(self.workers.fetched())));
        if without {
            orders.push(Order::Tell(News::Chosen(Choice { engine: replacement, why: Why::GpuLost })));
        }
        self.give(replacement, Task::Part(number), now, orders);
    }
}
