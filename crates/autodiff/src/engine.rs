//! Where programs run: the only place that chooses a device.

use crate::adam::Adam;
use crate::cpu;
#[cfg(feature = "burn")]
use crate::device;
pub use crate::error::EngineError;
use crate::parameters::{Checkpoint, Parameters};
use crate::program::Function;

/// A processor or a graphics card, ready for programs.
#[derive(Clone, Debug)]
pub enum Engine {
    /// One core of the processor.
    Cpu,
    /// A device of Burn.
    #[cfg(feature = "burn")]
    Device(burn::tensor::Device),
}

impl Engine {
    /// The graphics card: Burn on wgpu, which is WebGPU in a browser. `lost` is called when the card is gone.
    ///
    /// The set-up is our own, so that a loss is reported: Burn itself would go on queueing work for a device that is no more.
    #[cfg(feature = "gpu")]
    pub async fn gpu(lost: impl Fn(String) + Clone + Send + Sync + 'static) -> Result<Self, EngineError> {
        let device = burn_wgpu::WgpuDevice::default();
        let options = burn_wgpu::RuntimeOptions { tasks_max: KERNELS_AT_ONCE, ..Default::default() };
        let setup = burn_wgpu::try_init_setup_async::<burn_wgpu::graphics::AutoGraphicsApi>(&device, options)
            .await
            .map_err(|error| EngineError::Start(error.to_string()))?;
        let uncaptured = lost.clone();
        setup.device.set_device_lost_callback(move |reason, message| lost(format!("{reason:?} {message}")));
        setup.device.on_uncaptured_error(std::sync::Arc::new(move |error| uncaptured(error.to_string())));
        Ok(Self::Device(device.into()))
    }

    /// Its name in reports.
    pub fn name(&self) -> &'static str {
        match self {
            Engine::Cpu => "cpu",
            #[cfg(feature = "burn")]
            Engine::Device(_) => "gpu",
        }
    }

    /// Functions of the same parameters, ready to run here.
    pub fn runner(&self, functions: &[&Function], parameters: &Parameters) -> Result<Runner, EngineError> {
        Ok(match self {
            Engine::Cpu => Runner::Cpu(Box::new(cpu::Executor::new(functions, parameters)?)),
            #[cfg(feature = "burn")]
            Engine::Device(device) => Runner::Device(Box::new(device::Executor::new(functions, parameters, device))),
        })
    }
}

/// Kernels handed to the card at a time: more than a step has, so that a step is handed over whole.
#[cfg(feature = "gpu")]
const KERNELS_AT_ONCE: usize = 128;

/// Functions of the same parameters on an engine.
pub enum Runner {
    /// On one core.
    Cpu(Box<cpu::Executor>),
    /// On a device of Burn.
    #[cfg(feature = "burn")]
    Device(Box<device::Executor>),
}

impl Runner {
    /// One step of Adam down the gradients which the outputs of a function, by its number, from `parts` on are; on a device it is
    /// only queued.
    pub fn step(&mut self, function: usize, inputs: &[&[f32]], items: usize, parts: usize, adam: &Adam) {
        match self {
            Runner::Cpu(executor) => {
                executor.run(function, inputs, items);
                executor.descend(function, parts, adam);
            }
            #[cfg(feature = "burn")]
            Runner::Device(executor) => executor.step(function, inputs, items, parts, adam),
        }
    }

    /// Until all steps have been taken.
    pub async fn wait(&mut self) -> Result<(), EngineError> {
        match self {
            Runner::Cpu(_) => Ok(()),
            #[cfg(feature = "burn")]
            Runner::Device(executor) => executor.wait().await,
        }
    }

    /// The outputs of a function, by its number, that are one number each.
    pub async fn numbers(&mut self, function: usize, inputs: &[&[f32]], items: usize) -> Result<Vec<f64>, EngineError> {
        match self {
            Runner::Cpu(executor) => {
                executor.run(function, inputs, items);
                Ok((0..executor.outputs(function)).map(|output| executor.number(function, output)).collect())
            }
            #[cfg(feature = "burn")]
            Runner::Device(executor) => executor.numbers(function, inputs, items).await,
        }
    }

    /// The parameters as they are now.
    pub async fn parameters(&self) -> Result<Parameters, EngineError> {
        match self {
            Runner::Cpu(executor) => Ok(executor.parameters()),
            #[cfg(feature = "burn")]
            Runner::Device(executor) => executor.parameters().await,
        }
    }

    /// All that is needed to go on from here, after so many steps.
    pub async fn checkpoint(&self, step: u64) -> Result<Checkpoint, EngineError> {
        match self {
            Runner::Cpu(executor) => Ok(Checkpoint { step, ..executor.checkpoint() }),
            #[cfg(feature = "burn")]
            Runner::Device(executor) => executor.checkpoint(step).await,
        }
    }

    /// Goes on from a checkpoint; one of other shapes changes nothing and is refused.
    pub fn restore(&mut self, checkpoint: &Checkpoint) -> Result<(), EngineError> {
        match self {
            Runner::Cpu(executor) => executor.restore(checkpoint).map_err(|_| EngineError::Shapes),
            #[cfg(feature = "burn")]
            Runner::Device(executor) => executor.restore(checkpoint),
        }
    }
}
