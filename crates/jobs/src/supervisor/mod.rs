//! Keeping a run alive: which engines work on it, what to do when one dies, hangs or loses its GPU.
//!
//! A pure state machine: the page feeds it what workers say and the time of day, and carries out its [`Order`]s. Knows
//! neither Burn nor the browser, so every way of dying is a test.

mod crew;
mod trial;
mod vocabulary;

pub use vocabulary::{Choice, EngineKind, Graphics, Machine, News, Order, Why, WorkerId, name};

use crate::protocol::message::{Command, Event, Pace, RunId};
use autodiff::parameters::Checkpoint;
use crew::{Crew, Task};
use experiments::Experiment;
use experiments::limits::Estimate;
use experiments::schedule::DeviceChoice;
use experiments::view::ViewConfig;
use models::field::model::ModelKind;
use std::collections::BTreeMap;
use trial::Trial;

/// Steps below this size are quicker on a CPU than a GPU takes to be told of them: 40 kernels at 30 µs are 1.2 ms, in
/// which a slow core does this many floating-point operations.
const SMALL_STEP: f64 = 2e7;
/// Engines that may be lost in one run before it is given up.
const MOST_LOSSES: u32 = 4;
/// GPU engines that may be lost in one run before it goes on without.
const MOST_GPU_LOSSES: u32 = 2;
/// A page that was itself asleep this long (a closed lid, a hidden tab) holds no silence against its workers.
const OWN_SLEEP_MS: f64 = 3000.0;

/// The state machine.
#[derive(Debug)]
pub struct Supervisor {
    machine: Machine,
    crew: Crew,
    run: RunId,
    job: Option<Job>,
    trial: Option<Trial>,
    ticked: f64,
}

/// The run that is wanted.
#[derive(Debug)]
struct Job {
    experiment: Experiment,
    pace: Pace,
    checkpoints: BTreeMap<ModelKind, Checkpoint>,
    lost: u32,
    gpus_lost: u32,
    training_told: bool,
}

impl Supervisor {
    /// With no run and no worker.
    pub fn new(machine: Machine) -> Self {
        Self { machine, crew: Crew::default(), run: RunId(0), job: None, trial: None, ticked: 0.0 }
    }

    /// What is known of the browser, once it is known better.
    pub fn set_machine(&mut self, machine: Machine) {
        self.machine = machine;
    }

    /// Begins a run; whatever ran before is dropped.
    pub fn start(&mut self, experiment: Experiment, pace: Pace, now: f64) -> Vec<Order> {
        let mut orders = self.stop();
        self.run = RunId(self.run.0 + 1);
        let device = experiment.device;
        let small = Estimate::of(&experiment).flops_per_step < SMALL_STEP;
        let checkpoints = BTreeMap::new();
        self.job = Some(Job { experiment, pace, checkpoints, lost: 0, gpus_lost: 0, training_told: false });
        orders.push(Order::Tell(News::Loading));
        match (device, self.machine.gpu) {
            (DeviceChoice::Cpu, _) => self.choose(EngineKind::Cpu, Why::Asked, now, &mut orders),
            (DeviceChoice::Gpu, Graphics::None) => {
                let sentence = "This browser offers no WebGPU, so the CPU trains instead.";
                orders.push(Order::Tell(News::Notice(sentence.into())));
                self.choose(EngineKind::Cpu, Why::NoCard(Graphics::None), now, &mut orders);
            }
            (DeviceChoice::Gpu, _) => self.choose(EngineKind::Gpu, Why::Asked, now, &mut orders),
            (DeviceChoice::Auto, _) if small => self.choose(EngineKind::Cpu, Why::Small, now, &mut orders),
            (DeviceChoice::Auto, Graphics::Card) => self.begin_trial(now, &mut orders),
            (DeviceChoice::Auto, none) => self.choose(EngineKind::Cpu, Why::NoCard(none), now, &mut orders),
        }
        orders
    }

    /// Drops the run. Workers that are at work are ended; idle ones stay for the next run.
    pub fn stop(&mut self) -> Vec<Order> {
        self.job = None;
        self.trial = None;
        self.crew.dismiss_busy().into_iter().map(Order::Dismiss).collect()
    }

    /// Changes the pace of the run.
    pub fn pace(&mut self, pace: Pace, now: f64) -> Vec<Order> {
        let Some(job) = &mut self.job else {
            return vec![];
        };
        job.pace = pace;
        job.training_told = false;
        self.crew.unsettle(now).map(|id| Order::Post(id, Command::Pace(pace))).collect()
    }

    /// Lets the run be looked at from elsewhere.
    pub fn view(&mut self, view: ViewConfig, now: f64) -> Vec<Order> {
        let Some(job) = &mut self.job else {
            return vec![];
        };
        job.experiment.view = view.clone();
        self.crew.unsettle(now).map(|id| Order::Post(id, Command::View(view.clone()))).collect()
    }

    /// A worker said something.
    pub fn heard(&mut self, id: WorkerId, event: Event, now: f64) -> Vec<Order> {
        let mut orders = vec![];
        if !self.crew.heard(id, now) {
            return orders;
        }
        match event {
            Event::Ready => {
                self.crew.ready(id);
                self.set_to_work(id, &mut orders);
            }
            Event::Unusable(why) => self.lost(id, &why, now, &mut orders),
            Event::Measured { run, steps_per_second } if run == self.run => {
                self.measured(id, steps_per_second, now, &mut orders);
            }
            other if other.run() == Some(self.run) => self.in_run(id, other, &mut orders),
            _ => {}
        }
        orders
    }

    /// A worker died.
    pub fn died(&mut self, id: WorkerId, why: &str, now: f64) -> Vec<Order> {
        let mut orders = vec![];
        self.lost(id, why, now, &mut orders);
        orders
    }

    /// Time passes; to be called about once a second.
    pub fn tick(&mut self, now: f64) -> Vec<Order> {
        let asleep = now - self.ticked > OWN_SLEEP_MS;
        self.ticked = now;
        let mut orders = vec![];
        if asleep {
            self.crew.forgive(now);
            return orders;
        }
        let step = self.job.as_ref().map_or(0.0, |job| {
            let estimate = Estimate::of(&job.experiment);
            1000.0 * estimate.seconds / job.experiment.schedule.steps.max(1) as f64
        });
        for (id, why) in self.crew.silent(now, step) {
            self.lost(id, why, now, &mut orders);
        }
        orders
    }

    fn in_run(&mut self, id: WorkerId, event: Event, orders: &mut Vec<Order>) {
        let Some(job) = &mut self.job else {
            return;
        };
        match event {
            Event::Held { .. } | Event::Finished { .. } => {
                self.crew.settle(id, matches!(event, Event::Finished { .. }));
                match self.crew.settled() {
                    Some(true) => orders.push(Order::Tell(News::Finished)),
                    Some(false) => orders.push(Order::Tell(News::Held)),
                    None => {}
                }
            }
            Event::Saved { kind, checkpoint, .. } => {
                job.checkpoints.insert(kind, *checkpoint);
            }
            Event::Diverged { kind, step, .. } => {
                let sentence = diverged(kind, step);
                orders.extend(self.stop());
                orders.push(Order::Tell(News::Failed(sentence)));
            }
            other => {
                if !job.training_told && job.pace != Pace::Hold && self.crew.all_at_work() {
                    job.training_told = true;
                    orders.push(Order::Tell(News::Training));
                }
                orders.push(Order::Tell(News::Said(other)));
            }
        }
    }

    /// Gives the run to workers of one kind: side by side where there are two cores, one after the other otherwise.
    fn assign(&mut self, engine: EngineKind, now: f64, orders: &mut Vec<Order>) {
        let Some(job) = &self.job else {
            return;
        };
        let kinds = job.experiment.models.kinds().to_vec();
        let side_by_side = engine == EngineKind::Cpu && self.machine.cores >= 2;
        let shares = if side_by_side { kinds.into_iter().map(|kind| vec![kind]).collect() } else { vec![kinds] };
        for share in shares {
            self.give(engine, Task::Train(share), now, orders);
        }
    }

    /// Gives a task to an idle worker, or to a new one.
    fn give(&mut self, engine: EngineKind, task: Task, now: f64, orders: &mut Vec<Order>) {
        let (id, fresh) = self.crew.hire(engine, task, now);
        if fresh {
            orders.push(Order::Spawn(id, engine));
        } else {
            self.set_to_work(id, orders);
        }
    }

    /// Tells a worker that is ready what its task is.
    fn set_to_work(&mut self, id: WorkerId, orders: &mut Vec<Order>) {
        let (Some(job), Some(task)) = (&self.job, self.crew.task(id)) else {
            return;
        };
        let experiment = Box::new(job.experiment.clone());
        let command = match task {
            Task::Idle => return,
            Task::Measure => Command::Measure { run: self.run, experiment },
            Task::Train(kinds) => Command::Start {
                run: self.run,
                experiment,
                kinds: kinds.clone(),
                checkpoints: kinds.iter().filter_map(|k| Some((*k, job.checkpoints.get(k)?.clone()))).collect(),
                pace: job.pace,
            },
        };
        orders.push(Order::Post(id, command));
    }

    /// Replaces a worker that is gone, or goes on without.
    fn lost(&mut self, id: WorkerId, why: &str, now: f64, orders: &mut Vec<Order>) {
        let Some((engine, task)) = self.crew.remove(id) else {
            return;
        };
        orders.push(Order::Dismiss(id));
        let Some(job) = &mut self.job else {
            return;
        };
        let kinds = match task {
            Task::Idle => return,
            Task::Measure => return self.measured_nothing(engine, why, now, orders),
            Task::Train(kinds) => kinds,
        };
        job.lost += 1;
        job.training_told = false;
        if engine == EngineKind::Gpu {
            job.gpus_lost += 1;
        }
        if job.lost > MOST_LOSSES {
            let sentence = format!(
                "The {} engine stopped {} times ({why}), so the run was ended. Reload the page, or try fewer neurons or a smaller batch.",
                name(engine),
                job.lost
            );
            orders.extend(self.stop());
            orders.push(Order::Tell(News::Failed(sentence)));
            return;
        }
        let step = kinds
            .iter()
            .map(|kind| job.checkpoints.get(kind).map_or(0, |checkpoint| checkpoint.step))
            .min()
            .unwrap_or(0);
        let without = engine == EngineKind::Gpu && job.gpus_lost > MOST_GPU_LOSSES;
        let replacement = if without { EngineKind::Cpu } else { engine };
        let remedy = if without { "the CPU took over" } else { "it was replaced" };
        orders.push(Order::Tell(News::Notice(format!(
            "The {} engine {why}; {remedy}, and the run goes on from step {step}.",
            name(engine)
        ))));
        orders.push(Order::Tell(News::Loading));
        if without {
            orders.push(Order::Tell(News::Chosen(Choice { engine: replacement, why: Why::GpuLost })));
        }
        self.give(replacement, Task::Train(kinds), now, orders);
    }

    fn choose(&mut self, engine: EngineKind, why: Why, now: f64, orders: &mut Vec<Order>) {
        orders.push(Order::Tell(News::Chosen(Choice { engine, why })));
        self.assign(engine, now, orders);
    }
}

fn diverged(kind: ModelKind, step: u64) -> String {
    format!(
        "The loss of the {} was no longer a number by step {step}: the steps were too large. Try a learning rate three \
         to ten times smaller, or tanh as the activation.",
        kind.label()
    )
}
