//! Where training happens: the only place that chooses a device.

use crate::models::mlp::Guard;
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
}
