//! A model being trained, a step at a time: the same for every model and on every engine.

use crate::losses::Losses;
use autodiff::adam::Adam;
use autodiff::engine::{Engine, EngineError, Runner};
use autodiff::parameters::{Checkpoint, Parameters};
use autodiff::program::Function;
use std::borrow::Cow;

/// What a program reads in one run: each input has its items one after the other, row by row.
#[derive(Clone, Debug, Default)]
pub struct Batch<'a> {
    /// In the order of the program.
    pub inputs: Vec<Cow<'a, [f32]>>,
    /// How many items.
    pub items: usize,
}

impl Batch<'_> {
    /// The inputs, as programs take them.
    pub fn inputs(&self) -> Vec<&[f32]> {
        self.inputs.iter().map(AsRef::as_ref).collect()
    }
}

/// Which samples a loss is measured on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Those that are learned from.
    Train,
    /// Those that are held out.
    Test,
}

/// On how many samples a loss is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LossesOn {
    /// On all.
    All,
    /// On enough to see where training is.
    Some,
}

/// The programs of a model in training.
#[derive(Clone, Debug)]
pub struct Functions {
    /// Its outputs are parts of the loss and then the gradient by every parameter, as [`autodiff::program::Program::training`]
    /// writes them.
    pub training: Function,
    /// Its outputs are the parts of the loss.
    pub losses: Function,
    /// How many parts the loss has.
    pub parts: usize,
}

/// A program that takes the place of that of training on the way.
#[derive(Clone, Debug)]
pub struct LaterProgram {
    /// The last step that it does not take.
    pub after: u64,
    /// Like [`Functions::training`], of the same parameters.
    pub training: Function,
}

/// A model with its data: everything that training needs to know. What a step reads depends on its number alone, so that a run
/// that goes on from a checkpoint sees the same batches.
pub trait Trainable {
    /// Its programs.
    fn functions(&self) -> Functions;

    /// Programs of training for later steps, in ascending order, where one is not for all of them.
    fn later(&self) -> Vec<LaterProgram> {
        vec![]
    }

    /// The parameters before the first step.
    fn initial(&self) -> Parameters;

    /// Steps of the whole training.
    fn steps(&self) -> u64;

    /// What step `step`, counted from 1, reads.
    fn batch(&self, step: u64) -> Batch<'_>;

    /// All samples that steps choose from, where [`Trainable::batch`] is nothing but some of them: a graphics card keeps them.
    fn data(&self) -> Option<Batch<'_>> {
        None
    }

    /// Which samples of its data step `step` reads, in order.
    fn chosen(&self, step: u64) -> Cow<'_, [u32]> {
        let _ = step;
        Cow::Borrowed(&[])
    }

    /// How step `step`, counted from 1, moves the parameters.
    fn adam(&self, step: u64) -> Adam;

    /// Samples for a loss.
    fn samples(&self, part: Part, on: LossesOn) -> Batch<'_>;

    /// The loss that is shown, from its parts.
    fn total(&self, parts: &[f64]) -> f64 {
        parts.iter().sum()
    }

    /// How losses are measured where that is not done by the program.
    fn measure(&self) -> Option<Measure<'_>> {
        None
    }
}

/// From parameters to losses.
pub type Measure<'a> = Box<dyn Fn(&Parameters, LossesOn) -> Losses + 'a>;

/// Steps handed to a device before it is waited for: a slow one would queue them without end.
const MOST_QUEUED: u32 = 25;
/// The program of the losses among those of the runner.
const LOSSES: usize = 0;
/// The first program of training; later ones stand behind it.
const TRAINING: usize = 1;

/// A model being trained.
pub struct Learner<M> {
    model: M,
    parts: usize,
    runner: Runner,
    /// The steps after which later programs of training begin.
    later: Vec<u64>,
    /// Whether the runner has the data.
    loaded: bool,
    step: u64,
    queued: u32,
}

impl<M: Trainable> Learner<M> {
    /// The model before its first step.
    pub fn new(model: M, engine: &Engine) -> Result<Self, EngineError> {
        let Functions { training, losses, parts } = model.functions();
        let later = model.later();
        let programs: Vec<&Function> =
            [&losses, &training].into_iter().chain(later.iter().map(|later| &later.training)).collect();
        let mut runner = engine.runner(&programs, &model.initial())?;
        let later = later.iter().map(|later| later.after).collect();
        let data = if engine.is_gpu() { model.data() } else { None };
        let loaded = data.is_some_and(|data| runner.load(TRAINING, &data.inputs(), data.items));
        Ok(Self { model, parts, runner, later, loaded, step: 0, queued: 0 })
    }

    /// The model and its data.
    pub fn model(&self) -> &M {
        &self.model
    }

    /// Steps taken so far.
    pub fn steps_taken(&self) -> u64 {
        self.step
    }

    /// Whether all steps have been taken.
    pub fn is_done(&self) -> bool {
        self.step >= self.model.steps()
    }

    /// One step of gradient descent; on a graphics card it is only queued.
    pub fn step(&mut self) {
        self.step += 1;
        let adam = self.model.adam(self.step);
        let program = TRAINING + self.later.iter().filter(|after| self.step > **after).count();
        if self.loaded {
            self.runner.step_on(program, &self.model.chosen(self.step), self.parts, &adam);
        } else {
            let batch = self.model.batch(self.step);
            self.runner.step(program, &batch.inputs(), batch.items, self.parts, &adam);
        }
        self.queued += 1;
    }

    /// Waits for a device that is many steps behind.
    pub async fn keep_up(&mut self) -> Result<(), EngineError> {
        if self.queued >= MOST_QUEUED {
            self.queued = 0;
            self.runner.wait().await?;
        }
        Ok(())
    }

    /// The parts of the loss on some samples, as the model is now.
    pub async fn loss_parts(&mut self, part: Part, on: LossesOn) -> Result<Vec<f64>, EngineError> {
        let batch = self.model.samples(part, on);
        self.queued = 0;
        let samples = usize::from(part == Part::Test) * 2 + usize::from(on == LossesOn::All);
        self.runner.numbers(LOSSES, samples, &batch.inputs(), batch.items).await
    }

    /// The losses as the model is now.
    pub async fn losses(&mut self, on: LossesOn) -> Result<Losses, EngineError> {
        Ok(self.measured(on).await?.0)
    }

    /// The losses as the model is now, and the parts of the one on held-out samples; none where the program does not measure it.
    pub async fn measured(&mut self, on: LossesOn) -> Result<(Losses, Vec<f64>), EngineError> {
        if let Some(measure) = self.model.measure() {
            return Ok((measure(&self.runner.parameters().await?, on), vec![]));
        }
        let train = self.loss_parts(Part::Train, on).await?;
        let test = self.loss_parts(Part::Test, on).await?;
        Ok((Losses { train: self.model.total(&train), test: self.model.total(&test) }, test))
    }

    /// The parameters as they are now.
    pub async fn parameters(&mut self) -> Result<Parameters, EngineError> {
        self.queued = 0;
        self.runner.parameters().await
    }

    /// All that is needed to go on from here.
    pub async fn checkpoint(&mut self) -> Result<Checkpoint, EngineError> {
        self.queued = 0;
        self.runner.checkpoint(self.step).await
    }

    /// Goes on from a checkpoint of the same model; one of another shape is refused and changes nothing.
    pub fn restore(&mut self, checkpoint: &Checkpoint) -> Result<(), EngineError> {
        self.runner.restore(checkpoint)?;
        self.step = checkpoint.step;
        Ok(())
    }
}

impl Trainable for Box<dyn Trainable> {
    fn functions(&self) -> Functions {
        self.as_ref().functions()
    }

    fn later(&self) -> Vec<LaterProgram> {
        self.as_ref().later()
    }

    fn initial(&self) -> Parameters {
        self.as_ref().initial()
    }

    fn steps(&self) -> u64 {
        self.as_ref().steps()
    }

    fn batch(&self, step: u64) -> Batch<'_> {
        self.as_ref().batch(step)
    }

    fn data(&self) -> Option<Batch<'_>> {
        self.as_ref().data()
    }

    fn chosen(&self, step: u64) -> Cow<'_, [u32]> {
        self.as_ref().chosen(step)
    }

    fn adam(&self, step: u64) -> Adam {
        self.as_ref().adam(step)
    }

    fn samples(&self, part: Part, on: LossesOn) -> Batch<'_> {
        self.as_ref().samples(part, on)
    }

    fn total(&self, parts: &[f64]) -> f64 {
        self.as_ref().total(parts)
    }

    fn measure(&self) -> Option<Measure<'_>> {
        self.as_ref().measure()
    }
}
