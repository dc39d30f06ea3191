//! Networks in training, a few milliseconds at a time: steps, records, snapshots in between.

use crate::job::execution::{Budget, Clock, Execution, Lost, Outcome, lost, sentence};
use crate::job::message::Report;
use crate::networks::{ExperimentOf, Laboratory};
use crate::protocol::networks::{
    NetworkKind, NetworkProgress, NetworkRecord, NetworkSnapshot, NetworkSpec, TrainNetworks,
};
use crate::protocol::wiring::Wiring;
use crate::training::speed::Speed;
use crate::training::trial;
use autodiff::engine::Engine;
use autodiff::parameters::Checkpoint;
use language::tr;
use models::learner::{Learner, LossesOn, Trainable};

/// Progress is reported at least this often, in milliseconds.
const PROGRESS_EVERY: f64 = 200.0;
/// Snapshots at most this often.
const SNAPSHOT_EVERY: f64 = 500.0;
/// Snapshots with figures of merit at most this often.
const THOROUGH_EVERY: f64 = 4000.0;
/// A snapshot that took long is not repeated before this many times as long has passed.
const SNAPSHOT_SHARE: f64 = 15.0;
/// Losses recorded in a run.
const RECORDS: u64 = 100;

type Reports<L> = Vec<Report<TrainNetworks<<L as Laboratory>::Kind>>>;

/// Networks in training.
pub struct NetworkSession<L: Laboratory> {
    experiment: ExperimentOf<L>,
    laboratory: L,
    networks: Vec<Network>,
    /// Whether another view is wanted, and whether what takes long of it is still to come.
    pending: (bool, bool),
    /// Whether the networks hold still.
    holds: bool,
}

struct Network {
    number: usize,
    learner: Learner<Box<dyn Trainable>>,
    recorded: Option<u64>,
    speed: Speed,
    reported_at: f64,
    /// When snapshots were taken and how long that took: without and with what takes long.
    shot: [(f64, f64); 2],
    diverged: bool,
}

impl<L: Laboratory> Execution for NetworkSession<L> {
    type Job = TrainNetworks<L::Kind>;
    type Engine = Engine;
    type Checkpoint = Vec<(usize, Checkpoint)>;

    fn begin(
        spec: NetworkSpec<L::Kind>,
        checkpoint: Option<Self::Checkpoint>,
        engine: &Engine,
    ) -> Result<Self, String> {
        let NetworkSpec { experiment, networks, .. } = spec;
        let laboratory = L::new(&experiment)?;
        let saved = checkpoint.unwrap_or_default();
        let network = |number: usize| {
            let mut learner = Learner::new(laboratory.training(number), engine).map_err(sentence)?;
            if let Some((_, checkpoint)) = saved.iter().find(|(of, _)| *of == number) {
                // A checkpoint of another network changes nothing: training begins anew.
                let _ = learner.restore(checkpoint);
            }
            Ok(Network::new(number, learner))
        };
        let networks = networks.into_iter().map(network).collect::<Result<_, String>>()?;
        Ok(Self { experiment, laboratory, networks, pending: (false, false), holds: false })
    }

    async fn step(&mut self, budget: Budget, clock: Clock<'_>) -> Result<(Reports<L>, Outcome), Lost> {
        (self.holds, self.pending.1) = (false, false);
        let mut reports = vec![];
        let share = self.networks.len() as f64;
        for i in 0..self.networks.len() {
            let until = match budget {
                Budget::Milliseconds(budget) => clock() + budget / share,
                Budget::Step => f64::NEG_INFINITY,
            };
            if self.networks[i].train::<L>(until, clock, &mut reports).await? {
                self.report_progress(i, clock, &mut reports).await?;
            }
        }
        let diverged = self.networks.iter().find(|network| network.diverged);
        let outcome = match diverged {
            Some(network) => Outcome::Diverged(tr!(
                "The loss of the {network} was no longer a number by step {step}. A smaller learning rate or another seed may help.",
                network = L::Kind::names(&self.experiment).get(network.number).copied().unwrap_or(tr!("network")),
                step = network.learner.steps_taken()
            )),
            None if self.networks.iter().all(|network| network.learner.is_done()) => Outcome::Finished,
            None => Outcome::Continues,
        };
        Ok((reports, outcome))
    }

    fn ask(&mut self, view: <L::Kind as NetworkKind>::View) {
        L::Kind::show(&mut self.experiment, view);
        self.pending = (true, self.holds);
    }

    fn is_asked(&self) -> bool {
        self.pending.0 || self.pending.1
    }

    /// What is seen first comes first; what takes long only of networks that hold still.
    async fn answers(&mut self, clock: Clock<'_>) -> Result<Reports<L>, Lost> {
        let thorough = !self.pending.0;
        self.pending = if thorough { (false, false) } else { (false, self.pending.1) };
        let mut reports = vec![];
        for i in 0..self.networks.len() {
            reports.push(self.snapshot(i, thorough, clock).await?);
        }
        Ok(reports)
    }

    async fn settle(&mut self, _finished: bool, clock: Clock<'_>) -> Result<Reports<L>, Lost> {
        let mut reports = vec![];
        for i in 0..self.networks.len() {
            reports.push(self.networks[i].progress::<L>());
            reports.push(self.snapshot(i, true, clock).await?);
        }
        self.holds = true;
        Ok(reports)
    }

    async fn checkpoint(&mut self, clock: Clock<'_>) -> Result<(u64, Self::Checkpoint), Lost> {
        let mut saved = vec![];
        for network in &mut self.networks {
            network.speed.catch_up(&mut network.learner, clock).await?;
            saved.push((network.number, network.learner.checkpoint().await.map_err(lost)?));
        }
        let step = saved.iter().map(|(_, checkpoint)| checkpoint.step).min().unwrap_or(0);
        Ok((step, saved))
    }

    /// Of the last network, which is the largest.
    async fn measure(spec: NetworkSpec<L::Kind>, engine: &Engine, clock: Clock<'_>) -> Result<f64, Lost> {
        let (Some(last), Ok(laboratory)) = (spec.networks.last(), L::new(&spec.experiment)) else { return Ok(0.0) };
        trial::speed(laboratory.training(*last), engine, clock).await
    }
}

impl<L: Laboratory> NetworkSession<L> {
    /// Progress and a snapshot, each where it is due.
    async fn report_progress(&mut self, i: usize, clock: Clock<'_>, reports: &mut Reports<L>) -> Result<(), Lost> {
        let (network, time) = (&mut self.networks[i], clock());
        if time - network.reported_at > PROGRESS_EVERY {
            network.reported_at = time;
            reports.push(network.progress::<L>());
        }
        let due = |thorough: bool| {
            let (last, cost) = network.shot[usize::from(thorough)];
            time - last > [SNAPSHOT_EVERY, THOROUGH_EVERY][usize::from(thorough)].max(SNAPSHOT_SHARE * cost)
        };
        let (quick, thorough) = (due(false), due(true));
        if quick || thorough {
            reports.push(self.snapshot(i, thorough, clock).await?);
        }
        Ok(())
    }

    async fn snapshot(
        &mut self,
        i: usize,
        thorough: bool,
        clock: Clock<'_>,
    ) -> Result<Report<TrainNetworks<L::Kind>>, Lost> {
        let network = &mut self.networks[i];
        network.speed.catch_up(&mut network.learner, clock).await?;
        let begun = clock();
        let parameters = network.learner.parameters().await.map_err(lost)?;
        let (number, step) = (network.number, network.learner.steps_taken());
        let shown = self.laboratory.snapshot(&self.experiment, number, &parameters, thorough);
        let arrays = self.laboratory.arrays(number).unwrap_or_else(|| vec![parameters.len()]);
        let wiring = Wiring::of_networks(&parameters, &arrays);
        let taken = (clock(), clock() - begun);
        network.shot[0].0 = taken.0;
        network.shot[usize::from(thorough)] = taken;
        Ok(Report::Snapshot(Box::new(NetworkSnapshot { network: number, step, thorough, shown, wiring })))
    }
}

impl Network {
    fn new(number: usize, learner: Learner<Box<dyn Trainable>>) -> Self {
        let (never, speed) = (f64::NEG_INFINITY, Speed::default());
        // The first figures of merit come a while after the first step.
        let shot = [(never, 0.0), (0.0, 0.0)];
        Self { number, learner, recorded: None, speed, reported_at: 0.0, shot, diverged: false }
    }

    /// Trains until a time; whether there was a step to take.
    async fn train<L: Laboratory>(
        &mut self,
        until: f64,
        clock: Clock<'_>,
        reports: &mut Reports<L>,
    ) -> Result<bool, Lost> {
        self.record::<L>(clock, reports).await?;
        let mut trained = false;
        while !self.learner.is_done() && !self.diverged {
            trained = true;
            let begun = clock();
            self.learner.step();
            self.learner.keep_up().await.map_err(lost)?;
            self.speed.add(clock() - begun, self.learner.is_behind());
            self.record::<L>(clock, reports).await?;
            if clock() >= until {
                break;
            }
        }
        Ok(trained)
    }

    /// Losses, where this step is one to be recorded and has not been.
    async fn record<L: Laboratory>(&mut self, clock: Clock<'_>, reports: &mut Reports<L>) -> Result<(), Lost> {
        let (step, last) = (self.learner.steps_taken(), self.learner.model().steps());
        let every = last.div_ceil(RECORDS).max(1);
        if !(step.is_multiple_of(every) || step == last) || self.recorded == Some(step) {
            return Ok(());
        }
        self.recorded = Some(step);
        let on = if step == last { LossesOn::All } else { LossesOn::Some };
        self.speed.catch_up(&mut self.learner, clock).await?;
        let losses = self.learner.losses(on).await.map_err(lost)?;
        if losses.is_finite() {
            reports.push(Report::Recorded(NetworkRecord { network: self.number, step, losses }));
        } else {
            self.diverged = true;
        }
        Ok(())
    }

    fn progress<L: Laboratory>(&self) -> Report<TrainNetworks<L::Kind>> {
        let (network, step) = (self.number, self.learner.steps_taken());
        Report::Progress(NetworkProgress { network, step, steps_per_second: self.speed.steps_per_second() })
    }
}
