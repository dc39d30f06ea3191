//! Steps of training on the card: queued in a few at a time, recorded once, replayed.

use crate::adam::Adam;
use crate::error::EngineError;
use crate::gpu::Card;
use crate::gpu::card::{self, Buffer, Pass, Recorded};
use crate::gpu::executor::{Compiled, Weights};
use crate::gpu::plan::{Adapter, Segment};
use crate::gpu::tables::{self, Sums};
use cubecl::client::Client;

/// What a step reads.
#[derive(Clone, Copy, Debug)]
pub enum Reads<'a> {
    /// These inputs, each with its items one after the other, row by row.
    Inputs(&'a [&'a [f32]]),
    /// These samples of the data that were loaded before.
    Samples(&'a [u32]),
}

/// Steps that are sent together.
const QUEUED: usize = 25;
/// Numbers of inputs that are sent together, at most.
const SENT: usize = 1 << 21;

/// Steps of a function on batches of one size.
pub(super) struct Training {
    adapter: Adapter,
    function: usize,
    items: usize,
    first: usize,
    clipped: bool,
    sampled: bool,
    segments: Vec<Segment>,
    sums: Sums,
    arena: Buffer,
    partial: Buffer,
    gradients: Option<Buffer>,
    jobs: Buffer,
    parameters: Buffer,
    groups: usize,
    steps: Buffer,
    /// Inputs of queued steps, where they are not samples of loaded data.
    inputs: Buffer,
    room: usize,
    queue: Queue,
    recorded: Option<Recorded>,
}

/// Steps that were not sent yet.
#[derive(Default)]
struct Queue {
    steps: Vec<u32>,
    inputs: Vec<f32>,
    count: usize,
}

impl Queue {
    fn new() -> Self {
        // Steps are counted on the card from those that are sent.
        Self { steps: vec![0], ..Self::default() }
    }
}

impl Training {
    pub fn new(
        card: &Card,
        compiled: &Compiled,
        weights: &Weights,
        [function, items, first]: [usize; 3],
        sampled: bool,
        clipped: bool,
    ) -> Result<Self, EngineError> {
        let plan = &compiled.plan;
        let Card { client, adapter, most } = card;
        let sums = Sums::new(plan, items, *adapter);
        let largest = (items * plan.slots).max(sums.size);
        if largest > *most {
            let [needed, there] = [largest, *most].map(|numbers| numbers >> 18);
            return Err(EngineError::Lost(format!(
                "a step of this batch takes {needed} MB in one piece, and this card gives {there}: a smaller batch or width may fit"
            )));
        }
        let (parameters, groups) = tables::parameters(plan, &sums, &weights.places, first)?;
        let room = if sampled { QUEUED } else { (SENT / (items * plan.record).max(1)).clamp(1, QUEUED) };
        Ok(Self {
            segments: plan.segments(items, *adapter),
            arena: Buffer::room(client, items * plan.slots),
            partial: Buffer::room(client, sums.size),
            gradients: clipped.then(|| Buffer::room(client, weights.numbers + groups)),
            jobs: Buffer::integers(client, &sums.jobs),
            parameters: Buffer::integers(client, &parameters),
            steps: Buffer::room(client, 1 + room * (items + 4)),
            inputs: Buffer::room(client, if sampled { 1 } else { room * items * plan.record }),
            queue: Queue::new(),
            recorded: None,
            adapter: *adapter,
            function,
            items,
            first,
            clipped,
            sampled,
            sums,
            groups,
            room,
        })
    }

    /// Whether these are steps of this kind.
    pub fn suits(&self, kind: [usize; 3], sampled: bool, clipped: bool) -> bool {
        ([self.function, self.items, self.first], self.sampled, self.clipped) == (kind, sampled, clipped)
    }

    /// Number of the function that gives the gradients.
    pub fn function(&self) -> usize {
        self.function
    }

    /// Queues a step; says whether the queue is full.
    pub fn push(&mut self, compiled: &Compiled, reads: Reads<'_>, adam: &Adam) -> bool {
        let [rate, spread] = adam.corrections();
        let numbers = [rate as f32, spread as f32, adam.decay as f32, adam.clip as f32];
        let queue = &mut self.queue;
        queue.steps.extend(numbers.map(f32::to_bits));
        match reads {
            Reads::Samples(samples) => queue.steps.extend_from_slice(samples),
            Reads::Inputs(inputs) => {
                let before = queue.count * self.items;
                queue.steps.extend((before..before + self.items).map(|record| record as u32));
                compiled.records(inputs, self.items, &mut queue.inputs);
            }
        }
        queue.count += 1;
        queue.count >= self.room
    }

    /// Sends what is queued.
    pub fn send(
        &mut self,
        client: &Client,
        compiled: &Compiled,
        weights: &Weights,
        loaded: Option<&Buffer>,
    ) -> Result<(), EngineError> {
        let Queue { steps, inputs, count } = std::mem::replace(&mut self.queue, Queue::new());
        if count == 0 {
            return Ok(());
        }
        self.steps.write_integers(client, &steps);
        if !inputs.is_empty() {
            self.inputs.write(client, &inputs);
        }
        let data = if self.sampled { loaded.unwrap_or(&self.inputs) } else { &self.inputs };
        let mut left = count;
        if self.recorded.is_none() {
            left -= 1;
            self.recorded = Some(Recorded::new(client, || self.launch(client, compiled, weights, data))?);
        }
        (0..left).try_for_each(|_| self.recorded.as_ref().map_or(Ok(()), Recorded::replay))
    }

    fn launch(&self, client: &Client, compiled: &Compiled, weights: &Weights, data: &Buffer) {
        let buffers = Pass {
            arena: &self.arena,
            weights: &weights.values,
            data,
            table: &compiled.table,
            steps: &self.steps,
            items: self.items,
            slots: compiled.plan.slots,
            adapter: self.adapter,
        };
        self.segments.iter().for_each(|segment| card::pass(client, &buffers, segment));
        card::sums(client, &buffers, &self.partial, &self.jobs, &self.steps, self.sums.groups);
        card::adam(
            client,
            &card::Adam {
                weights: &weights.values,
                moments: &weights.moments,
                partial: &self.partial,
                parameters: &self.parameters,
                steps: &self.steps,
                gradients: self.gradients.as_ref(),
                items: self.items,
                numbers: weights.numbers,
                groups: self.groups,
            },
        );
    }

    /// Kernels of a step.
    pub fn dispatches(&self) -> usize {
        self.segments.len() + 2 + usize::from(self.clipped)
    }
}
