//! The only place that hands kernels to the card. Lengths of buffers are those with which they were made.

#![allow(unsafe_code)]

use crate::error::EngineError;
use crate::gpu::plan::{Adapter, Segment};
use crate::gpu::{batch, pass};
use cubecl::bytes::Bytes;
use cubecl::client::{Client, Graph};
use cubecl::prelude::*;
use cubecl::server::Handle;

/// Numbers on the card.
#[derive(Clone, Debug)]
pub(super) struct Buffer {
    pub handle: Handle,
    /// How many numbers of four bytes.
    pub length: usize,
}

impl Buffer {
    /// Room for so many numbers.
    pub fn room(client: &Client, length: usize) -> Self {
        let length = length.max(1);
        Self { handle: client.empty(length * 4), length }
    }

    /// A copy of these numbers.
    pub fn floats(client: &Client, numbers: &[f32]) -> Self {
        let numbers = if numbers.is_empty() { &[0.0] } else { numbers };
        Self { handle: client.create_from_slice(f32::as_bytes(numbers)), length: numbers.len() }
    }

    /// A copy of these numbers.
    pub fn integers(client: &Client, numbers: &[u32]) -> Self {
        let numbers = if numbers.is_empty() { &[0] } else { numbers };
        Self { handle: client.create_from_slice(u32::as_bytes(numbers)), length: numbers.len() }
    }

    /// Other numbers in the place of the first ones.
    pub fn write(&self, client: &Client, numbers: &[f32]) {
        client.write(&self.handle, Bytes::from_elems(numbers.to_vec()));
    }

    /// Other numbers in the place of the first ones.
    pub fn write_integers(&self, client: &Client, numbers: &[u32]) {
        client.write(&self.handle, Bytes::from_elems(numbers.to_vec()));
    }

    /// The numbers, once all that was queued is done.
    pub async fn read(&self, client: &Client) -> Result<Vec<f32>, EngineError> {
        let bytes = client.read_async(vec![self.handle.clone()]).await.map_err(lost)?.remove(0);
        Ok(f32::from_bytes(&bytes)[..self.length].to_vec())
    }

    fn argument(&self) -> BufferArg {
        // SAFETY: the buffer was made with this many numbers of four bytes.
        unsafe { BufferArg::from_raw_parts(self.handle.clone(), self.length) }
    }
}

/// Buffers of a pass over items.
pub(super) struct Pass<'a> {
    pub arena: &'a Buffer,
    pub weights: &'a Buffer,
    pub data: &'a Buffer,
    pub table: &'a Buffer,
    pub steps: &'a Buffer,
    pub items: usize,
    /// Numbers of an item's values.
    pub slots: usize,
    pub adapter: Adapter,
}

/// One segment of a pass.
pub(super) fn pass(client: &Client, buffers: &Pass<'_>, segment: &Segment) {
    let groups = buffers.items.div_ceil(segment.items) as u32;
    // SAFETY: places are those of the plan for this many items, for which the buffers were made.
    unsafe {
        pass::pass::launch_unchecked(
            client,
            CubeCount::Static(groups, 1, 1),
            CubeDim::new_1d(crate::gpu::plan::WORKGROUP as u32),
            buffers.arena.argument(),
            buffers.weights.argument(),
            buffers.data.argument(),
            buffers.table.argument(),
            buffers.steps.argument(),
            buffers.items as u32,
            buffers.slots as u32,
            segment.clone(),
        );
    }
}

/// Sums over the batch.
pub(super) fn sums(
    client: &Client,
    buffers: &Pass<'_>,
    partial: &Buffer,
    jobs: &Buffer,
    steps: &Buffer,
    groups: usize,
) {
    // SAFETY: the table was written for these buffers.
    unsafe {
        batch::sums::launch_unchecked(
            client,
            CubeCount::Static(groups as u32, 1, 1),
            CubeDim::new_1d(batch::SUMMING as u32),
            buffers.arena.argument(),
            partial.argument(),
            jobs.argument(),
            steps.argument(),
            buffers.items as u32,
            buffers.slots as u32,
            buffers.adapter,
        );
    }
}

/// Buffers of Adam.
pub(super) struct Adam<'a> {
    pub weights: &'a Buffer,
    pub moments: &'a Buffer,
    pub partial: &'a Buffer,
    pub parameters: &'a Buffer,
    pub steps: &'a Buffer,
    /// Gradients, where their norm is limited.
    pub gradients: Option<&'a Buffer>,
    pub items: usize,
    /// Numbers of all parameters.
    pub numbers: usize,
    pub groups: usize,
}

/// A step of Adam.
pub(super) fn adam(client: &Client, buffers: &Adam<'_>) {
    let count = CubeCount::Static(buffers.groups as u32, 1, 1);
    let units = CubeDim::new_1d(crate::gpu::plan::WORKGROUP as u32);
    let share = 1.0 / buffers.items as f32;
    // SAFETY: the table was written for these buffers.
    unsafe {
        if let Some(gradients) = buffers.gradients {
            batch::gradients::launch_unchecked(
                client,
                count.clone(),
                units,
                buffers.partial.argument(),
                gradients.argument(),
                buffers.parameters.argument(),
                share,
                buffers.numbers as u32,
            );
        }
        batch::adam::launch_unchecked(
            client,
            count,
            units,
            buffers.weights.argument(),
            buffers.moments.argument(),
            buffers.gradients.unwrap_or(buffers.partial).argument(),
            buffers.parameters.argument(),
            buffers.steps.argument(),
            buffers.items as u32,
            share,
            buffers.numbers as u32,
            buffers.gradients.is_some(),
        );
    }
}

/// Launches that were recorded once: pipelines, buffers and bind groups are found.
pub(super) struct Recorded(Graph);

impl Recorded {
    /// Carries out `launches` once, then records them.
    pub fn new(client: &Client, launches: impl Fn()) -> Result<Self, EngineError> {
        client.graph_prepare().map_err(lost)?;
        launches();
        client.start_capture().map_err(lost)?;
        launches();
        client.stop_capture().map(Self).map_err(lost)
    }

    /// The same launches again, on the same buffers, which their owner keeps.
    pub fn replay(&self) -> Result<(), EngineError> {
        // SAFETY: whoever keeps the recording keeps its buffers, and everything is queued by the same client.
        unsafe { self.0.replay() }.map_err(lost)
    }
}

pub(super) fn lost(error: impl std::fmt::Display) -> EngineError {
    EngineError::Lost(error.to_string())
}
