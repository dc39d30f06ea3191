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
}

impl Engine {
    fn new(name: &'static str, plain: Device, guard: Guard) -> Self {
        Self { name, taped: plain.clone().autodiff(), plain, guard }
    }

    /// The processor: Burn Flex.
    #[cfg(feature = "cpu")]
    pub fn cpu() -> Self {
        Self::new("cpu", Device::flex(), Guard::None)
    }
}
