//! Where programs run: the only place that chooses a device.

use crate::adam::Adam;
use crate::cpu;
pub use crate::error::EngineError;
#[cfg(feature = "gpu")]
use crate::gpu::{self, Card, Reads};
use crate::parameters::{Checkpoint, Parameters};
use crate::program::Function;

/// A processor or a graphics card, ready for programs.
#[derive(Clone, Debug)]
pub enum Engine {
    /// One core of the processor.
    Cpu,
    /// A graphics card.
    #[cfg(feature = "gpu")]
    Gpu(Card),
}

impl Engine {
    /// The graphics card. `lost` is called when it is gone, or refuses work.
    #[cfg(feature = "gpu")]
    pub async fn gpu(lost: impl Fn(String) + Clone + Send + Sync + 'static) -> Result<Self, EngineError> {
        Card::open(lost).await.map(Self::Gpu)
    }

    /// Its name in reports.
    pub fn name(&self) -> &'static str {
        match self {
            Engine::Cpu => "cpu",
            #[cfg(feature = "gpu")]
            Engine::Gpu(_) => "gpu",
        }
    }

    /// Whether it is a graphics card.
    pub fn is_gpu(&self) -> bool {
        !matches!(self, Engine::Cpu)
    }

    /// Functions of the same parameters, ready to run here.
    pub fn runner(&self, functions: &[&Function], parameters: &Parameters) -> Result<Runner, EngineError> {
        Ok(match self {
            Engine::Cpu => Runner::Cpu(Box::new(cpu::Executor::new(functions, parameters)?)),
            #[cfg(feature = "gpu")]
            Engine::Gpu(card) => Runner::Gpu(Box::new(gpu::Executor::new(functions, parameters, card)?)),
        })
    }
}

/// Functions of the same parameters on an engine.
pub enum Runner {
    /// On one core.
    Cpu(Box<cpu::Executor>),
    /// On a graphics card.
    #[cfg(feature = "gpu")]
    Gpu(Box<gpu::Executor>),
}

impl Runner {
    /// Keeps data from which steps of a function, by its number, choose samples, each input with its items one after the other. Says
    /// whether it does: a core has them at hand.
    #[cfg_attr(not(feature = "gpu"), allow(unused_variables, reason = "only a card keeps samples"))]
    pub fn load(&mut self, function: usize, inputs: &[&[f32]], items: usize) -> bool {
        match self {
            Runner::Cpu(_) => false,
            #[cfg(feature = "gpu")]
            Runner::Gpu(executor) => {
                executor.load(function, inputs, items);
                true
            }
        }
    }

    /// Queues a step on samples of the data that were loaded; a card without data says so when it is read next.
    #[cfg_attr(not(feature = "gpu"), expect(unused_variables, reason = "only a card keeps data"))]
    pub fn step_on(&mut self, function: usize, samples: &[u32], parts: usize, adam: &Adam) {
        match self {
            Runner::Cpu(_) => {}
            #[cfg(feature = "gpu")]
            Runner::Gpu(executor) => executor.step(function, Reads::Samples(samples), samples.len(), parts, adam),
        }
    }

    /// One step of Adam down the gradients which the outputs of a function, by its number, from `parts` on are; on a card it is
    /// only queued.
    pub fn step(&mut self, function: usize, inputs: &[&[f32]], items: usize, parts: usize, adam: &Adam) {
        match self {
            Runner::Cpu(executor) => {
                executor.run(function, inputs, items);
                executor.descend(function, parts, adam);
            }
            #[cfg(feature = "gpu")]
            Runner::Gpu(executor) => executor.step(function, Reads::Inputs(inputs), items, parts, adam),
        }
    }

    /// Runs a function on some of the items of a step and adds the gradients that its outputs from `parts` on are, times `weight`, to
    /// a sum of such. Of a core: a card takes whole steps, and adds nothing.
    pub fn add_gradients(
        &mut self,
        (function, parts): (usize, usize),
        inputs: &[&[f32]],
        (items, weight): (usize, f32),
        sum: &mut Vec<f32>,
    ) {
        match self {
            Runner::Cpu(executor) => {
                executor.run(function, inputs, items);
                executor.add_gradients(function, parts, weight, sum);
            }
            #[cfg(feature = "gpu")]
            Runner::Gpu(_) => {}
        }
    }

    /// One step of Adam down a sum of gradients.
    pub fn descend_along(
        &mut self,
        (function, parts): (usize, usize),
        sum: &[f32],
        adam: &Adam,
    ) -> Result<(), EngineError> {
        match self {
            Runner::Cpu(executor) => {
                executor.descend_along(function, parts, sum, adam).map_err(|_| EngineError::Shapes)
            }
            #[cfg(feature = "gpu")]
            Runner::Gpu(_) => Err(EngineError::Shapes),
        }
    }

    /// Whether steps are queued, and taken later.
    pub fn queues(&self) -> bool {
        !matches!(self, Runner::Cpu(_))
    }

    /// Until all steps have been taken.
    pub async fn wait(&mut self) -> Result<(), EngineError> {
        match self {
            Runner::Cpu(_) => Ok(()),
            #[cfg(feature = "gpu")]
            Runner::Gpu(executor) => executor.wait().await,
        }
    }

    /// The outputs of a function, by its number, that are one number each. The same number of samples always stands for the
    /// same ones: a card keeps them.
    #[cfg_attr(not(feature = "gpu"), allow(unused_variables, reason = "only a card keeps samples"))]
    pub async fn numbers(
        &mut self,
        function: usize,
        samples: usize,
        inputs: &[&[f32]],
        items: usize,
    ) -> Result<Vec<f64>, EngineError> {
        match self {
            Runner::Cpu(executor) => {
                executor.run(function, inputs, items);
                Ok((0..executor.outputs(function)).map(|output| executor.number(function, output)).collect())
            }
            #[cfg(feature = "gpu")]
            Runner::Gpu(executor) => executor.numbers(function, samples, inputs, items).await,
        }
    }

    /// The parameters as they are now.
    pub async fn parameters(&mut self) -> Result<Parameters, EngineError> {
        match self {
            Runner::Cpu(executor) => Ok(executor.parameters()),
            #[cfg(feature = "gpu")]
            Runner::Gpu(executor) => executor.parameters().await,
        }
    }

    /// All that is needed to go on from here, after so many steps.
    pub async fn checkpoint(&mut self, step: u64) -> Result<Checkpoint, EngineError> {
        match self {
            Runner::Cpu(executor) => Ok(Checkpoint { step, ..executor.checkpoint() }),
            #[cfg(feature = "gpu")]
            Runner::Gpu(executor) => executor.checkpoint(step).await,
        }
    }

    /// Goes on from a checkpoint; one of other shapes changes nothing and is refused.
    pub fn restore(&mut self, checkpoint: &Checkpoint) -> Result<(), EngineError> {
        match self {
            Runner::Cpu(executor) => executor.restore(checkpoint).map_err(|_| EngineError::Shapes),
            #[cfg(feature = "gpu")]
            Runner::Gpu(executor) => executor.restore(checkpoint),
        }
    }
}
