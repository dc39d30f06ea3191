//! The executor for one core: a few items at a time go through the whole program, so that all they leave behind stays in the
//! caches. Memory is planned once; a step allocates nothing. Parameters stay here between steps, packed as the products want
//! them, and Adam moves them where they lie.

mod layout;
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
use crate::cpu::layout::{Layout, Pack, ZERO};
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
            let zeros = vec![ZERO; value.len()];
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
        let run = &self.runs[function];
        let gradients = || {
            run.plan.outputs[first..].iter().map(|node| match (&run.plan.nodes[*node].op, run.plan.places[*node]) {
                // Nothing depends on this parameter.
                (Op::Fill(_), _) => None,
                (_, Place::Shared(place)) => Some((&run.shared[place], run.scale(*node))),
                _ => None,
            })
        };
        let norm = if adam.clip.is_finite() {
            let squares = gradients().zip(&self.parameters).filter_map(|(gradient, trained)| {
                let (packs, scale) = gradient?;
                Some(trained.squares(packs) * f64::from(scale).powi(2))
            });
            squares.sum::<f64>().sqrt()
        } else {
            0.0
        };
        for (gradient, trained) in gradients().zip(&mut self.parameters) {
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
        self.step = adam.time;
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

    fn part(&self, of: impl Fn(&Trained) -> &Vec<Pack>) -> Parameters {
        self.parameters.iter().map(|trained| trained.read(&of)).collect()
    }
}
