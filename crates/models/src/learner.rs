//! A model being trained, a step at a time: the same for every model and on every engine.

mod boxed;

use crate::losses::Losses;
use crate::team::{Later, Team};
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

    /// One half of it, 0 or 1, and which part of the whole that is.
    fn half(&self, which: usize) -> (Batch<'_>, f32) {
        let middle = self.items / 2;
        let (from, to) = if which == 0 { (0, middle) } else { (middle, self.items) };
        let all = self.items.max(1);
        let part = |input: &Cow<'_, [f32]>| input.len() / all * from..input.len() / all * to;
        let inputs = self.inputs.iter().map(|input| Cow::Borrowed(&input[part(input)])).collect();
        (Batch { inputs, items: to - from }, (to - from) as f32 / all as f32)
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

    /// Whether steps are worked on in two halves, on two cores where there is a partner. It depends on nothing but the model, and
    /// the loss has to be a mean over the items of a batch.
    fn in_halves(&self) -> bool {
        false
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

/// Steps handed to a device before it is waited for: the first, for which it compiles kernels, and then more at a time.
const QUEUED: [u32; 3] = [1, 5, 25];
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
    /// Whether a step is worked on in halves, and with whom.
    halves: bool,
    team: Option<Team>,
    /// This core's half of the gradient of a step that is not finished yet.
    sent: Option<Vec<f32>>,
    step: u64,
    queued: u32,
    waits: usize,
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
        let halves = !engine.is_gpu() && model.in_halves();
        let (team, sent, step, queued, waits) = (None, None, 0, 0, 0);
        Ok(Self { model, parts, runner, later, loaded, halves, team, sent, step, queued, waits })
    }

    /// Whether another core could take half of each step.
    pub fn can_be_shared(&self) -> bool {
        self.halves
    }

    /// From the next step on works with a partner that is at the same step, or alone.
    pub fn join(&mut self, team: Option<Team>) {
        self.team = team.filter(|_| self.halves);
    }

    /// Whether it works with a partner.
    pub fn is_shared(&self) -> bool {
        self.team.is_some()
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

    /// One step of gradient descent; on a graphics card it is only queued, and with a partner it is finished by
    /// [`Learner::keep_up`].
    pub fn step(&mut self) {
        self.step += 1;
        let adam = self.model.adam(self.step);
        let program = self.program();
        if self.loaded {
            self.runner.step_on(program, &self.model.chosen(self.step), self.parts, &adam);
        } else if self.halves {
            self.step_in_halves();
        } else {
            let batch = self.model.batch(self.step);
            self.runner.step(program, &batch.inputs(), batch.items, self.parts, &adam);
        }
        self.queued += u32::from(self.runner.queues());
    }

    /// The program of this step.
    fn program(&self) -> usize {
        TRAINING + self.later.iter().filter(|after| self.step > **after).count()
    }

    #[inline(never)]
    fn step_in_halves(&mut self) {
        let mut gradient = vec![];
        match self.team.as_ref().map(|team| team.half) {
            Some(mine) => {
                self.add_half(mine, &mut gradient);
                if let Some(team) = &mut self.team {
                    team.partner.send(&gradient);
                }
                self.sent = Some(gradient);
            }
            None => {
                self.add_half(0, &mut gradient);
                self.add_half(1, &mut gradient);
                self.descend_along(&gradient);
            }
        }
    }

    /// Adds a half's part of the gradient of this step.
    #[inline(never)]
    fn add_half(&mut self, which: usize, gradient: &mut Vec<f32>) {
        let program = self.program();
        let batch = self.model.batch(self.step);
        let (part, weight) = batch.half(which);
        self.runner.add_gradients((program, self.parts), &part.inputs(), (part.items, weight), gradient);
    }

    #[inline(never)]
    fn descend_along(&mut self, gradient: &[f32]) {
        let adam = self.model.adam(self.step);
        // The gradient was made by this runner, or has the length of one that was.
        let _ = self.runner.descend_along((self.program(), self.parts), gradient, &adam);
    }

    /// Finishes a step whose other half a partner has. Where it is gone, the other half is done here, and all later ones.
    #[inline(never)]
    fn finish_step(&mut self) -> Later<'_, ()> {
        Box::pin(async move {
            let Some(mut gradient) = self.sent.take() else { return };
            let Some(team) = &mut self.team else { return };
            let other = 1 - team.half;
            match team.partner.receive().await.filter(|theirs| theirs.len() == gradient.len()) {
                Some(theirs) => gradient.iter_mut().zip(theirs).for_each(|(mine, theirs)| *mine += theirs),
                None => {
                    self.team = None;
                    self.add_half(other, &mut gradient);
                }
            }
            self.descend_along(&gradient);
        })
    }

    /// Waits for a partner's half of a step, or for a device that is many steps behind.
    pub async fn keep_up(&mut self) -> Result<(), EngineError> {
        self.finish_step().await;
        if self.queued >= QUEUED[self.waits.min(QUEUED.len() - 1)] {
            self.waits += 1;
            self.catch_up().await?;
        }
        Ok(())
    }

    /// Whether a device may not have taken all steps yet.
    pub fn is_behind(&self) -> bool {
        self.queued > 0
    }

    /// Waits until a device has taken all steps.
    pub async fn catch_up(&mut self) -> Result<(), EngineError> {
        if std::mem::take(&mut self.queued) > 0 {
            self.runner.wait().await?;
        }
        Ok(())
    }

    /// The parts of the loss on some samples, as the model is now.
    pub async fn loss_parts(&mut self, part: Part, on: LossesOn) -> Result<Vec<f64>, EngineError> {
        self.finish_step().await;
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
        self.finish_step().await;
        if let Some(measure) = self.model.measure() {
            return Ok((measure(&self.runner.parameters().await?, on), vec![]));
        }
        let train = self.loss_parts(Part::Train, on).await?;
        let test = self.loss_parts(Part::Test, on).await?;
        Ok((Losses { train: self.model.total(&train), test: self.model.total(&test) }, test))
    }

    /// The parameters as they are now.
    pub async fn parameters(&mut self) -> Result<Parameters, EngineError> {
        self.finish_step().await;
        self.queued = 0;
        self.runner.parameters().await
    }

    /// All that is needed to go on from here.
    pub async fn checkpoint(&mut self) -> Result<Checkpoint, EngineError> {
        self.finish_step().await;
        self.queued = 0;
        self.runner.checkpoint(self.step).await
    }

    /// Goes on from a checkpoint of the same model; one of another shape is refused and changes nothing.
    pub fn restore(&mut self, checkpoint: &Checkpoint) -> Result<(), EngineError> {
        self.runner.restore(checkpoint)?;
        (self.sent, self.step) = (None, checkpoint.step);
        Ok(())
    }
}
