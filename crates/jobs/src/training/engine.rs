//! Where training happens: the only place that chooses a device.

use crate::training::burn_models::mlp::Guard;
use burn::tensor::Device;

/// A device ready for training.
#[derive(Clone, Debug)]
pub struct Engine {
    /// Its name in reports.
    pub name: &'static str,
    /// Without a tape, for data and evaluation.
    pub plain: Device,
    /// The same device recording a tape, for parameters in training.
    pub taped: Device,
    /// What its tanh needs.
    pub guard: Guard,
    /// How it finds the gradient of a loss.
    pub gradient: GradientBy,
}

/// How the gradient of a loss is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GradientBy {
    /// Burn's tape over tensor operations.
    Tape,
    /// The hand-written kernel for one core.
    Kernel,
}

impl Engine {
    fn new(name: &'static str, plain: Device, guard: Guard, gradient: GradientBy) -> Self {
        Self { name, taped: plain.clone().autodiff(), plain, guard, gradient }
    }

    /// The processor: Burn Flex, with gradients by the kernel.
    #[cfg(feature = "cpu")]
    pub fn cpu() -> Self {
        Self::new("cpu", Device::flex(), Guard::None, GradientBy::Kernel)
    }

    /// The processor with gradients by Burn's own tape: what the kernel is compared with.
    #[cfg(feature = "cpu")]
    pub fn cpu_reference() -> Self {
        Self::new("cpu", Device::flex(), Guard::None, GradientBy::Tape)
    }

    /// The graphics card: Burn on wgpu, which is WebGPU in a browser. `lost` is told when the card is gone.
    ///
    /// The set-up is our own, so that a loss is heard of: Burn itself would go on queueing work for a device that is no more.
    #[cfg(feature = "gpu")]
    pub async fn gpu(lost: impl Fn(String) + Clone + Send + Sync + 'static) -> Result<Self, burn_wgpu::WgpuInitError> {
        let device = burn_wgpu::WgpuDevice::default();
        let options = burn_wgpu::RuntimeOptions { tasks_max: KERNELS_AT_ONCE, ..Default::default() };
        let setup = burn_wgpu::try_init_setup_async::<burn_wgpu::graphics::AutoGraphicsApi>(&device, options).await?;
        let uncaptured = lost.clone();
        setup.device.set_device_lost_callback(move |reason, message| lost(format!("{reason:?} {message}")));
        setup.device.on_uncaptured_error(std::sync::Arc::new(move |error| uncaptured(error.to_string())));
        Ok(Self::new("gpu", device.into(), Guard::ClampTanh, GradientBy::Tape))
    }
}

/// Kernels handed to the card at a time: more than a step has, so that a step is handed over whole.
#[cfg(feature = "gpu")]
const KERNELS_AT_ONCE: usize = 128;
