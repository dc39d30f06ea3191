//! The executor on a graphics card: CubeCL's kernels on wgpu, which is WebGPU in a browser.
//!
//! A step is three dispatches, or a few more for long programs: a pass over items in which every workgroup takes some of them
//! through all operations, sums over the batch, and Adam for all parameters at once. They are recorded once and replayed.
//! Data lie on the card; a few steps' learning rates and choices of samples are sent together. Nothing is read in between.

mod batch;
mod card;
mod chain;
mod code;
mod executor;
mod memory;
mod pass;
mod plan;
mod planner;
mod products;
mod reductions;
mod spread;
mod tables;
mod training;

pub use executor::Executor;
pub use training::Reads;

use crate::error::EngineError;
use cubecl::client::Client;
use cubecl::wgpu::wgpu::DeviceType;
use cubecl::wgpu::{self, AutoGraphicsApi, RuntimeOptions, WgpuDevice};
use std::sync::Arc;

/// Dispatches handed to the card at a time: several steps.
const DISPATCHES_AT_ONCE: usize = 128;

/// A graphics card, ready for programs.
#[derive(Clone)]
pub struct Card {
    client: Client,
    adapter: plan::Adapter,
    /// The largest buffer that a kernel may have, in numbers of four bytes.
    most: usize,
}

impl std::fmt::Debug for Card {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Card")
    }
}

impl Card {
    /// The best card there is. `lost` is called when it is gone, or refuses work.
    ///
    /// The set-up is our own, so that a loss is heard of: the runtime itself would go on queueing work.
    pub async fn open(lost: impl Fn(String) + Clone + Send + Sync + 'static) -> Result<Self, EngineError> {
        let device = WgpuDevice::default();
        let options = RuntimeOptions { tasks_max: DISPATCHES_AT_ONCE, ..Default::default() };
        let setup = wgpu::try_init_setup_async::<AutoGraphicsApi>(&device, options)
            .await
            .map_err(|error| EngineError::Start(error.to_string()))?;
        let uncaptured = lost.clone();
        setup.device.set_device_lost_callback(move |reason, message| lost(format!("{reason:?} {message}")));
        setup.device.on_uncaptured_error(Arc::new(move |error| uncaptured(error.to_string())));
        let software = setup.adapter.get_info().device_type == DeviceType::Cpu;
        let adapter = if software { plan::Adapter::Software } else { plan::Adapter::Card };
        let most = (setup.device.limits().max_storage_buffer_binding_size / 4) as usize;
        Ok(Self { client: cubecl::Device::Wgpu(device).client(), adapter, most })
    }

    /// The same, with kernels as a graphics card gets them, whatever is behind the adapter: for tests.
    pub fn with_kernels_of_cards(self) -> Self {
        Self { adapter: plan::Adapter::Card, ..self }
    }
}
