//! "Run it five times": the same experiment with one seed after another, in workers of its own, and the spread of what comes out; or with
//! one number of trajectories after another, and what less data costs.
//!
//! Pure, as all of the session: news in, the next thing to do out.

use crate::session::progress::times;
use experiments::fields::next_seed;
use experiments::schedule::DeviceChoice;
use experiments::{FieldExperiment, Workbench};
use jobs::job::message::Report;
use jobs::pool::News;
use jobs::protocol::train::{ModelSnapshot, TrainModels, TrainSpec};
use models::field::model::ModelKind;
use numerics::statistics::median;
use std::collections::BTreeMap;

/// Seeds of a series.
pub const RUNS: usize = 5;

/// Trajectories of a series about less data, those for testing included.
pub const SIZES: [usize; RUNS] = [4, 8, 16, 32, 64];

/// What one run came to, for one model.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Outcome {
    /// The last test loss.
    pub test_loss: Option<f64>,
    /// The last energy error, from the paper's starts.
    pub energy_mse: Option<f64>,
    /// The same from starts like those of the data.
    pub energy_inside: Option<f64>,
    /// The path error from there.
    pub path_inside: Option<f64>,
}

/// One seed with its outcomes.
pub type SeedOutcomes = BTreeMap<ModelKind, Outcome>;

/// A series under way, or done.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Whether runs differ in their number of trajectories, and not in their seed.
    pub by_size: bool,
    /// What runs now; its seed is the one of this run.
    pub experiment: FieldExperiment,
    device: DeviceChoice,
    /// Finished runs, by their seed or by how many trajectories they learned from.
    pub done: Vec<(u32, SeedOutcomes)>,
    current: SeedOutcomes,
    /// Why it ended early.
    pub failure: Option<String>,
    /// That it waits for workers.
    pub late: Option<String>,
    step: u64,
}

/// What is to be done after some news.
#[derive(Clone, Debug, PartialEq)]
pub enum Next {
    /// Nothing.
    Wait,
    /// Run this.
    Run(Box<TrainSpec>),
    /// It is over: let go of the workers.
    Stop,
}

/// A mean with its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mean {
    /// The mean.
    pub value: f64,
    /// The standard error: the deviation over the root of the count; `None` for a single number.
    pub error: Option<f64>,
}

impl Mean {
    /// Of these numbers; `None` where there are none.
    pub fn of(values: &[f64]) -> Option<Self> {
        let count = values.len() as f64;
        let value = values.iter().sum::<f64>() / count;
        let squares: f64 = values.iter().map(|x| (x - value).powi(2)).sum();
        let error = (values.len() > 1).then(|| (squares / (count - 1.0) / count).sqrt());
        (!values.is_empty()).then_some(Self { value, error })
    }
}

impl Series {
    /// A series that begins with the seed of this workbench's field.
    pub fn new(workbench: &Workbench) -> Self {
        let (experiment, device) = (workbench.field.clone(), workbench.device);
        Self {
            by_size: false,
            experiment,
            device,
            done: vec![],
            current: SeedOutcomes::new(),
            failure: None,
            late: None,
            step: 0,
        }
    }

    /// A series about less data, that begins with the fewest trajectories.
    pub fn of_sizes(workbench: &Workbench) -> Self {
        let mut series = Self { by_size: true, ..Self::new(workbench) };
        series.experiment.data.trajectories = SIZES[0];
        series
    }

    /// What the run that is under way is known by.
    fn mark(&self) -> u32 {
        if self.by_size { self.experiment.data.training_trajectories() as u32 } else { self.experiment.seed.0 }
    }

    /// The run that is next.
    pub fn spec(&self) -> TrainSpec {
        TrainSpec { device: self.device, ..TrainSpec::all(self.experiment.clone()) }
    }

    /// Whether it still runs.
    pub fn is_running(&self) -> bool {
        self.done.len() < RUNS && self.failure.is_none()
    }

    /// How far it is, from 0 to 1.
    pub fn progress(&self) -> f64 {
        let part = self.step as f64 / self.experiment.schedule.steps.max(1) as f64;
        (self.done.len() as f64 + part.min(1.0)) / RUNS as f64
    }

    /// Takes up what the workers say.
    pub fn hear(&mut self, news: News<TrainModels>) -> Next {
        if !self.is_running() {
            return Next::Wait;
        }
        match news {
            News::Said(_, Report::Recorded(record)) => {
                self.current.entry(record.kind).or_default().test_loss = Some(record.losses.test);
                Next::Wait
            }
            News::Said(_, Report::Snapshot(snapshot)) => {
                if let ModelSnapshot::Motion(snapshot) = *snapshot
                    && let Some(score) = snapshot.score
                {
                    let outcome = self.current.entry(snapshot.kind).or_default();
                    outcome.energy_mse = Some(score.energy_mse);
                    outcome.energy_inside = Some(score.energy_inside());
                    outcome.path_inside = Some(score.rollout_inside());
                }
                Next::Wait
            }
            News::Said(_, Report::Progress(progress)) => {
                self.step = progress.step;
                Next::Wait
            }
            News::Finished => {
                self.done.push((self.mark(), std::mem::take(&mut self.current)));
                self.step = 0;
                if !self.is_running() {
                    return Next::Stop;
                }
                if self.by_size {
                    self.experiment.data.trajectories = SIZES[self.done.len()];
                } else {
                    self.experiment.seed = next_seed(self.experiment.seed);
                }
                Next::Run(Box::new(self.spec()))
            }
            News::Late(_) | News::Arrived => {
                self.late = if let News::Late(sentence) = news { Some(sentence) } else { None };
                Next::Wait
            }
            News::Failed(why) | News::Refused(why) => {
                self.failure = Some(why);
                Next::Stop
            }
            _ => Next::Wait,
        }
    }

    /// The mean over finished runs of one figure of one model.
    pub fn mean(&self, kind: ModelKind, figure: fn(&Outcome) -> Option<f64>) -> Option<Mean> {
        let values: Vec<f64> = self.done.iter().filter_map(|(_, seed)| figure(seed.get(&kind)?)).collect();
        Mean::of(&values)
    }

    /// The middle ratio of the energy errors of baseline and HNN.
    pub fn median_ratio(&self, figure: fn(&Outcome) -> Option<f64>) -> Option<f64> {
        let energy = |seed: &SeedOutcomes, kind| seed.get(&kind).and_then(figure);
        let ratio = |(_, seed): &(u32, SeedOutcomes)| {
            Some(times(energy(seed, ModelKind::Baseline)?, energy(seed, ModelKind::Hnn)?))
        };
        median(self.done.iter().filter_map(ratio).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::{Mean, Next, RUNS, SIZES, Series};
    use experiments::preset::Preset;
    use jobs::job::message::Report;
    use jobs::pool::News;
    use jobs::protocol::train::ModelRecord;
    use models::field::model::ModelKind;
    use models::losses::Losses;

    #[test]
    fn five_seeds_run_one_after_another_and_their_spread_is_told() {
        let mut series = Series::new(&Preset::Spring.into());
        let mut seeds = vec![];
        for run in 0..RUNS {
            seeds.push(series.experiment.seed.0);
            let losses = Losses { train: 0.0, test: run as f64 };
            let record = ModelRecord { kind: ModelKind::Hnn, step: 9, losses, parts: vec![] };
            series.hear(News::Said(0, Report::Recorded(record)));
            let next = series.hear(News::Finished);
            assert_eq!(matches!(next, Next::Run(_)), series.is_running());
            assert_eq!(next == Next::Stop, !series.is_running());
        }
        assert_eq!(seeds, [0, 1, 2, 3, 4]);
        // 0 to 4: mean 2, deviation √2.5, error √0.5.
        let mean = series.mean(ModelKind::Hnn, |outcome| outcome.test_loss).expect("five numbers");
        assert!((mean.value - 2.0).abs() < 1e-12 && (mean.error.unwrap_or_default() - 0.5f64.sqrt()).abs() < 1e-12);
        assert_eq!(series.progress(), 1.0);
    }

    #[test]
    fn a_series_about_less_data_goes_through_the_sizes_and_keeps_the_seed() {
        let mut series = Series::of_sizes(&Preset::Spring.into());
        let mut learned_from = vec![];
        for _ in 0..RUNS {
            let spec = series.spec();
            assert_eq!(spec.experiment.seed, Preset::Spring.experiment().seed);
            learned_from.push(spec.experiment.data.trajectories);
            series.hear(News::Finished);
        }
        assert_eq!(learned_from, SIZES);
        // Half of them are for testing.
        assert_eq!(series.done.iter().map(|(size, _)| *size).collect::<Vec<_>>(), [2, 4, 8, 16, 32]);
        assert!(!series.is_running());
    }

    #[test]
    fn a_failure_ends_the_series_and_keeps_what_was_done() {
        let mut series = Series::new(&Preset::Spring.into());
        series.hear(News::Finished);
        assert_eq!(series.hear(News::Failed("diverged".into())), Next::Stop);
        assert!(!series.is_running() && series.done.len() == 1);
        assert_eq!(series.hear(News::Finished), Next::Wait);
        assert_eq!(Mean::of(&[]), None);
        assert_eq!(Mean::of(&[3.0]), Some(Mean { value: 3.0, error: None }));
    }
}
