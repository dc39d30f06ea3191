//! Functions of the same parameters on a card.

use crate::adam::Adam;
use crate::error::EngineError;
use crate::gpu::card::{self, Buffer, Pass, lost};
use crate::gpu::plan::{Plan, Weight};
use crate::gpu::tables::Sums;
use crate::gpu::training::{Reads, Training};
use crate::gpu::{Card, planner, reductions};
use crate::parameters::{Checkpoint, Matrix, Parameters};
use crate::program::{Function, Shape};
use cubecl::client::Client;
use std::collections::HashMap;

/// Numbers of values that are in memory at a time where a function is only evaluated.
const EVALUATED: usize = 1 << 24;

/// Functions of the same parameters on a card.
pub struct Executor {
    card: Card,
    functions: Vec<Compiled>,
    weights: Weights,
    loaded: Option<Buffer>,
    training: Option<Training>,
    /// Samples that functions are evaluated on, by number.
    samples: HashMap<(usize, usize), Samples>,
    /// Why a step could not be queued.
    failed: Option<EngineError>,
}

/// A function with its plan.
pub(super) struct Compiled {
    pub function: Function,
    pub plan: Plan,
    pub table: Buffer,
}

/// The parameters with their transposes, and Adam's moments.
pub(super) struct Weights {
    pub places: Vec<Weight>,
    pub values: Buffer,
    pub moments: Buffer,
    /// Numbers of all parameters.
    pub numbers: usize,
}

/// Samples on the card, a part of them at a time.
struct Samples {
    items: usize,
    parts: Vec<(usize, Buffer)>,
    data: Buffer,
    arena: Buffer,
}

impl Executor {
    /// Functions of these parameters, which are in the order of the program.
    pub fn new(functions: &[&Function], parameters: &Parameters, card: &Card) -> Result<Self, EngineError> {
        let client = &card.client;
        let (places, all) = planner::weights(functions);
        let shapes = |function: &Function| {
            let fits = |(shape, matrix): (&Shape, &Matrix)| *shape == Shape::shared(matrix.rows, matrix.columns);
            function.parameters.len() == parameters.len() && function.parameters.iter().zip(parameters).all(fits)
        };
        if !functions.iter().all(|function| shapes(function)) {
            return Err(EngineError::Shapes);
        }
        let compile = |function: &&Function| {
            let plan = Plan::new(function, &places)?;
            Ok(Compiled { table: Buffer::integers(client, &plan.table), function: (*function).clone(), plan })
        };
        let functions = functions.iter().map(compile).collect::<Result<_, EngineError>>()?;
        let numbers = parameters.iter().map(|matrix| matrix.values.len()).sum::<usize>();
        let weights = Weights {
            values: Buffer::floats(client, &laid_out(&places, all, parameters)),
            moments: Buffer::floats(client, &vec![0.0; 2 * numbers]),
            numbers,
            places,
        };
        Ok(Self {
            functions,
            card: card.clone(),
            weights,
            loaded: None,
            training: None,
            samples: HashMap::new(),
            failed: None,
        })
    }

    /// Data that steps of a function, by its number, choose samples from: each input with its items one after the other.
    pub fn load(&mut self, function: usize, inputs: &[&[f32]], items: usize) {
        let sent = self.send();
        self.note(sent);
        let mut records = vec![];
        self.functions[function].records(inputs, items, &mut records);
        self.loaded = Some(Buffer::floats(&self.card.client, &records));
        self.training = None;
    }

    /// Queues a step of Adam down the gradients that a function's outputs, by its number, from `first` on are. What goes wrong
    /// is reported by whatever reads next.
    pub fn step(&mut self, function: usize, reads: Reads<'_>, items: usize, first: usize, adam: &Adam) {
        let queued = self.queue(reads, [function, items, first], adam);
        self.note(queued);
    }

    fn queue(&mut self, reads: Reads<'_>, kind: [usize; 3], adam: &Adam) -> Result<(), EngineError> {
        let sampled = matches!(reads, Reads::Samples(_));
        if sampled && self.loaded.is_none() {
            return Err(EngineError::Shapes);
        }
        let clipped = adam.clip.is_finite();
        if !self.training.as_ref().is_some_and(|training| training.suits(kind, sampled, clipped)) {
            self.send()?;
            let training = Training::new(&self.card, &self.functions[kind[0]], &self.weights, kind, sampled, clipped)?;
            self.training = Some(training);
        }
        let full = self.training.as_mut().is_some_and(|training| training.push(&self.functions[kind[0]], reads, adam));
        if full { self.send() } else { Ok(()) }
    }

    fn note(&mut self, result: Result<(), EngineError>) {
        if let Err(error) = result {
            self.failed.get_or_insert(error);
        }
    }

    /// Sends queued steps.
    fn send(&mut self) -> Result<(), EngineError> {
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        let Self { card, functions, weights, loaded, training, .. } = self;
        training.as_mut().map_or(Ok(()), |training| {
            training.send(&card.client, &functions[training.function()], weights, loaded.as_ref())
        })
    }

    /// Until the card has done all that was asked of it.
    pub async fn wait(&mut self) -> Result<(), EngineError> {
        self.send()?;
        self.card.client.sync_buffers([&self.weights.moments.handle]).await.map_err(lost)
    }

    /// The shared outputs of a function on samples; those with a number that was seen before are on the card already.
    pub async fn outputs(
        &mut self,
        function: usize,
        number: usize,
        inputs: &[&[f32]],
        items: usize,
    ) -> Result<Vec<Matrix>, EngineError> {
        if items == 0 {
            return Err(EngineError::Shapes);
        }
        self.send()?;
        let Self { card, functions, weights, samples, .. } = self;
        let Card { client, adapter, .. } = &*card;
        let compiled = &functions[function];
        let plan = &compiled.plan;
        let samples =
            samples.entry((function, number)).or_insert_with(|| Samples::new(client, compiled, inputs, items));
        let mut totals = vec![];
        for (part, steps) in &samples.parts {
            let (sums, segments) = (Sums::new(plan, *part, *adapter), plan.segments(*part, *adapter));
            let (partial, jobs) = (Buffer::room(client, sums.size), Buffer::integers(client, &sums.jobs));
            let buffers = Pass {
                arena: &samples.arena,
                weights: &weights.values,
                data: &samples.data,
                table: &compiled.table,
                steps,
                items: *part,
                slots: plan.slots,
                adapter: *adapter,
            };
            segments.iter().for_each(|segment| card::pass(client, &buffers, segment));
            card::sums(client, &buffers, &partial, &jobs, &Buffer::room(client, 1), sums.groups);
            let numbers = partial.read(client).await?;
            let share = *part as f64 / samples.items as f64;
            let scaled = |total: Vec<f64>| total.into_iter().map(|x| x * share).collect::<Vec<_>>();
            let found: Vec<Vec<f64>> = sums.totals(&numbers, *part).into_iter().map(scaled).collect();
            if totals.is_empty() {
                totals = found;
            } else {
                let numbers = totals.iter_mut().flatten().zip(found.into_iter().flatten());
                numbers.for_each(|(total, part)| *total += part);
            }
        }
        let of = |output: &usize| {
            let Shape { rows, columns, .. } = compiled.function.nodes[*output].shape;
            let values = reductions::evaluate(&compiled.function, &plan.sums, &totals, *output)?;
            Some(Matrix { rows, columns, values: values.into_iter().map(|x| x as f32).collect() })
        };
        compiled.function.outputs.iter().map(of).collect::<Option<_>>().ok_or(EngineError::Shapes)
    }

    /// The outputs of a function that are one number each.
    pub async fn numbers(
        &mut self,
        function: usize,
        number: usize,
        inputs: &[&[f32]],
        items: usize,
    ) -> Result<Vec<f64>, EngineError> {
        let outputs = self.outputs(function, number, inputs, items).await?;
        Ok(outputs.into_iter().flat_map(|matrix| matrix.values).map(f64::from).collect())
    }

    /// The parameters as they are now.
    pub async fn parameters(&mut self) -> Result<Parameters, EngineError> {
        self.send()?;
        let values = self.weights.values.read(&self.card.client).await?;
        Ok(self.weights.matrices(&values))
    }

    /// All that is needed to go on from here.
    pub async fn checkpoint(&mut self, step: u64) -> Result<Checkpoint, EngineError> {
        self.send()?;
        let values = self.weights.values.read(&self.card.client).await?;
        let moments = self.weights.moments.read(&self.card.client).await?;
        let (first, second) = moments.split_at(self.weights.numbers);
        let [parameters, first, second] = [&values, first, second].map(|numbers| self.weights.matrices(numbers));
        Ok(Checkpoint { step, parameters, first, second })
    }

    /// Goes on from a checkpoint; one of other shapes changes nothing and is refused.
    pub fn restore(&mut self, checkpoint: &Checkpoint) -> Result<(), EngineError> {
        let Checkpoint { parameters, first, second, .. } = checkpoint;
        let fits = |matrices: &Parameters| {
            let fits = |(matrix, place): (&Matrix, &Weight)| {
                [matrix.rows, matrix.columns] == [place.rows, place.columns]
                    && matrix.values.len() == matrix.rows * matrix.columns
            };
            matrices.len() == self.weights.places.len() && matrices.iter().zip(&self.weights.places).all(fits)
        };
        if ![parameters, first, second].into_iter().all(fits) {
            return Err(EngineError::Shapes);
        }
        self.send()?;
        let weights = &self.weights;
        weights.values.write(&self.card.client, &laid_out(&weights.places, weights.values.length, parameters));
        let moments: Vec<f32> = first.iter().chain(second).flat_map(|matrix| &matrix.values).copied().collect();
        weights.moments.write(&self.card.client, &moments);
        Ok(())
    }

    /// Dispatches of a step, once there has been one.
    pub fn dispatches(&self) -> Option<usize> {
        self.training.as_ref().map(Training::dispatches)
    }
}

impl Compiled {
    /// Inputs item by item.
    pub fn records(&self, inputs: &[&[f32]], items: usize, records: &mut Vec<f32>) {
        for item in 0..items {
            for (input, size) in inputs.iter().zip(&self.plan.inputs) {
                records.extend_from_slice(&input[item * size..(item + 1) * size]);
            }
        }
    }
}

impl Weights {
    fn matrices(&self, numbers: &[f32]) -> Parameters {
        let of = |place: &Weight| Matrix {
            rows: place.rows,
            columns: place.columns,
            values: numbers[place.offset..place.offset + place.rows * place.columns].to_vec(),
        };
        self.places.iter().map(of).collect()
    }
}

impl Samples {
    fn new(client: &Client, compiled: &Compiled, inputs: &[&[f32]], items: usize) -> Self {
        let most = (EVALUATED / compiled.plan.slots.max(1)).min(items).max(1);
        let mut records = vec![];
        compiled.records(inputs, items, &mut records);
        let part = |first: usize| {
            let count = most.min(items - first);
            let steps: Vec<u32> =
                [0; 5].into_iter().chain((first..first + count).map(|record| record as u32)).collect();
            (count, Buffer::integers(client, &steps))
        };
        Self {
            items,
            parts: (0..items).step_by(most).map(part).collect(),
            data: Buffer::floats(client, &records),
            arena: Buffer::room(client, most * compiled.plan.slots),
        }
    }
}

/// Parameters as they lie on the card.
fn laid_out(places: &[Weight], all: usize, parameters: &Parameters) -> Vec<f32> {
    let mut numbers = vec![0.0; all];
    for (place, matrix) in places.iter().zip(parameters) {
        numbers[place.offset..][..matrix.values.len()].copy_from_slice(&matrix.values);
        if let Some(transposed) = place.transposed {
            for (row, values) in matrix.values.chunks_exact(place.columns).enumerate() {
                values.iter().enumerate().for_each(|(column, x)| numbers[transposed + column * place.rows + row] = *x);
            }
        }
    }
    numbers
}
