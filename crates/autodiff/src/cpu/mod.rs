//! The executor for one core: a few items at a time go through the whole program, so that all they leave behind stays in the
//! caches. Memory is planned once; a step allocates nothing. Parameters stay here between steps, packed as the products want
//! them, and Adam moves them where they lie.

mod layout;
mod packs;
mod pass;
mod plan;
mod planner;
mod pointwise;
mod products;
mod run;
mod simd;
mod trained;

pub use plan::PlanError;

use crate::adam::Adam;
use crate::cpu::layout::{LANES, Layout, Pack};
use crate::cpu::packs::Packs;
use crate::cpu::pass::Run;
use crate::cpu::plan::Place;
use crate::cpu::simd::vectorized;
use crate::cpu::trained::Trained;
use crate::parameters::{Checkpoint, Matrix, Parameters};
use crate::program::{Function, Op, Shape};

/// Functions of the same parameters, ready to run.
#[derive(Clone, Debug)]
pub struct Executor {
    parameters: Vec<Trained>,
    runs: Vec<Run>,
    step: u64,
}

impl Executor {
    /// Functions of these parameters, which are in the order of the program.
    pub fn new(functions: &[&Function], parameters: &Parameters) -> Result<Self, PlanError> {
        let runs: Vec<Run> = functions.iter().map(|function| Run::new(function)).collect::<Result<_, _>>()?;
        let mut trained = vec![];
        for (number, matrix) in parameters.iter().enumerate() {
            let shape = Shape::shared(matrix.rows, matrix.columns);
            if functions.iter().any(|function| function.parameters.get(number) != Some(&shape)) {
                return Err(PlanError::Parameters);
            }
            let rows = runs.iter().any(|run| run.plan.layouts[number] == Layout::Rows);
            let layout = if rows { Layout::Rows } else { Layout::Panels };
            let value = layout.pack(matrix);
            let zeros = Packs::zeros(value.len());
            trained.push(Trained { shape, layout, value, first: zeros.clone(), second: zeros });
        }
        if functions.iter().any(|function| function.parameters.len() != trained.len()) {
            return Err(PlanError::Parameters);
        }
        Ok(Self { parameters: trained, runs, step: 0 })
    }

    /// Runs a function, by its number, on a batch: each input has its items one after the other, row by row.
    pub fn run(&mut self, function: usize, inputs: &[&[f32]], items: usize) {
        self.runs[function].run(&self.parameters, inputs, items);
    }

    /// How many outputs a function has.
    pub fn outputs(&self, function: usize) -> usize {
        self.runs[function].plan.outputs.len()
    }

    /// An output of one number, after a run.
    pub fn number(&self, function: usize, output: usize) -> f64 {
        let run = &self.runs[function];
        let node = run.plan.outputs[output];
        let precise = run.precise[node];
        if precise.is_nan() { f64::from(self.matrix(function, output).values[0]) } else { precise }
    }

    /// A shared output, after a run.
    pub fn matrix(&self, function: usize, output: usize) -> Matrix {
        let run = &self.runs[function];
        let node = run.plan.outputs[output];
        let Shape { rows, columns, .. } = run.plan.nodes[node].shape;
        let (packs, scale) = match run.plan.places[node] {
            Place::Parameter(number) => return self.parameters[number].read(|trained| &trained.value),
            Place::Shared(place) => (&run.shared[place], run.scale(node)),
            _ => return Matrix::default(),
        };
        let layout = if run.is_by_rows(node) { Layout::Rows } else { Layout::Panels };
        let mut matrix = layout.unpack(packs, rows, columns);
        matrix.values.iter_mut().for_each(|x| *x *= scale);
        matrix
    }

    /// An output of items, after a run: its items one after the other, row by row.
    pub fn rows(&self, function: usize, output: usize) -> &[f32] {
        &self.runs[function].rows[output]
    }

    /// Moves all parameters down the gradients that a function's outputs from `first` on are, in the order of the parameters.
    pub fn descend(&mut self, function: usize, first: usize, adam: &Adam) {
        let gradients = gradients(&self.runs[function], first);
        descend(&mut self.parameters, gradients, adam);
        self.step = adam.time;
    }

    /// Adds these gradients, times `weight`, to a sum of such; an empty one begins. Their numbers lie as the parameters do here, so
    /// that they are for executors of the same functions only.
    pub fn add_gradients(&self, function: usize, first: usize, weight: f32, sum: &mut Vec<f32>) {
        let begins = sum.is_empty();
        let mut rest = sum.as_mut_slice();
        let mut begun = vec![];
        for (packs, scale) in gradients(&self.runs[function], first).flatten() {
            let (numbers, factor) = (packs.as_flattened(), weight * scale);
            if begins {
                begun.extend(numbers.iter().map(|x| factor * x));
            } else {
                let (here, behind) = std::mem::take(&mut rest).split_at_mut(numbers.len());
                here.iter_mut().zip(numbers).for_each(|(sum, x)| *sum += factor * x);
                rest = behind;
            }
        }
        if begins {
            *sum = begun;
        }
    }

    /// Moves all parameters down a sum of gradients that [`Executor::add_gradients`] has made; one of another length is refused and
    /// changes nothing.
    pub fn descend_along(&mut self, function: usize, first: usize, sum: &[f32], adam: &Adam) -> Result<(), PlanError> {
        let (numbers, []) = sum.as_chunks::<LANES>() else { return Err(PlanError::Parameters) };
        let sizes = || gradients(&self.runs[function], first).map(|gradient| Some(gradient?.0.len()));
        if sizes().flatten().sum::<usize>() != numbers.len() {
            return Err(PlanError::Parameters);
        }
        let mut rest = numbers;
        let along: Vec<Option<(&[Pack], f32)>> = sizes()
            .map(|size| {
                let (here, behind) = rest.split_at(size?);
                rest = behind;
                Some((here, 1.0))
            })
            .collect();
        descend(&mut self.parameters, along.into_iter(), adam);
        self.step = adam.time;
        Ok(())
    }

    /// The parameters as they are now.
    pub fn parameters(&self) -> Parameters {
        self.part(|trained| &trained.value)
    }

    /// All that is needed to go on from here.
    pub fn checkpoint(&self) -> Checkpoint {
        Checkpoint {
            step: self.step,
            parameters: self.parameters(),
            first: self.part(|trained| &trained.first),
            second: self.part(|trained| &trained.second),
        }
    }

    /// Goes on from a checkpoint; one of other shapes changes nothing and is refused.
    pub fn restore(&mut self, checkpoint: &Checkpoint) -> Result<(), PlanError> {
        let Checkpoint { step, parameters, first, second } = checkpoint;
        for part in [parameters, first, second] {
            let fits = |(trained, matrix): (&Trained, &Matrix)| {
                trained.shape == Shape::shared(matrix.rows, matrix.columns)
                    && matrix.values.len() == trained.shape.size()
            };
            if part.len() != self.parameters.len() || !self.parameters.iter().zip(part).all(fits) {
                return Err(PlanError::Parameters);
            }
        }
        for (number, trained) in self.parameters.iter_mut().enumerate() {
            trained.value = trained.layout.pack(&parameters[number]);
            trained.first = trained.layout.pack(&first[number]);
            trained.second = trained.layout.pack(&second[number]);
        }
        self.step = *step;
        Ok(())
    }

    fn part(&self, of: impl Fn(&Trained) -> &Packs) -> Parameters {
        self.parameters.iter().map(|trained| trained.read(&of)).collect()
    }
}

/// The gradients that the outputs of a function from `first` on are, and what each has to be multiplied with; `None` where nothing
/// depends on a parameter.
fn gradients(run: &Run, first: usize) -> impl Iterator<Item = Option<(&[Pack], f32)>> + Clone {
    run.plan.outputs[first..].iter().map(|node| match (&run.plan.nodes[*node].op, run.plan.places[*node]) {
        (Op::Fill(_), _) => None,
        (_, Place::Shared(place)) => Some((&run.shared[place][..], run.scale(*node))),
        _ => None,
    })
}

fn descend<'a>(
    parameters: &mut [Trained],
    gradients: impl Iterator<Item = Option<(&'a [Pack], f32)>> + Clone,
    adam: &Adam,
) {
    let norm = if adam.clip.is_finite() {
        let squares = gradients.clone().zip(&*parameters).filter_map(|(gradient, trained)| {
            let (packs, scale) = gradient?;
            Some(trained.squares(packs) * f64::from(scale).powi(2))
        });
        squares.sum::<f64>().sqrt()
    } else {
        0.0
    };
    for (gradient, trained) in gradients.zip(parameters) {
        let Some((packs, scale)) = gradient else {
            continue;
        };
        let step = adam.step(norm, f64::from(scale));
        vectorized(
            #[inline(always)]
            move |_| {
                let Trained { value, first, second, .. } = trained;
                step.apply(
                    value.as_flattened_mut(),
                    packs.as_flattened(),
                    first.as_flattened_mut(),
                    second.as_flattened_mut(),
                );
            },
        );
    }
}
