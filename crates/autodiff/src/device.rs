//! The executor on Burn's tensors: the same programs on a graphics card, or on any other device of Burn.
//!
//! Gradients are part of the program, so Burn's own tape is not used. Operations are queued without waiting; only reading
//! waits. Burn's fusion joins neighbouring operations on each number.

use crate::adam::{Adam, BETA, EPSILON};
use crate::error::EngineError;
use crate::parameters::{Checkpoint, Matrix, Parameters};
use crate::program::{Function, Index, Node, Op, Over, Shape};
use crate::unary::Unary;
use burn::tensor::{Device, Tensor, TensorData, activation};

/// Some WGSL drivers return no number for tanh of large arguments; beyond this, tanh is ±1 in `f32` anyway.
const TANH_SATURATED: f32 = 15.0;

/// Functions of the same parameters on a device.
pub struct Executor {
    device: Device,
    functions: Vec<Function>,
    parameters: Vec<Tensor<2>>,
    first: Vec<Tensor<2>>,
    second: Vec<Tensor<2>>,
}

impl Executor {
    /// Functions of these parameters, which are in the order of the program.
    pub fn new(functions: &[&Function], parameters: &Parameters, device: &Device) -> Self {
        let zeros = |matrix: &Matrix| Tensor::zeros([matrix.rows, matrix.columns], device);
        Self {
            functions: functions.iter().map(|function| (*function).clone()).collect(),
            parameters: parameters.iter().map(|matrix| upload(matrix, device)).collect(),
            first: parameters.iter().map(zeros).collect(),
            second: parameters.iter().map(zeros).collect(),
            device: device.clone(),
        }
    }

    /// The outputs of a function, by its number, on a batch: each input has its items one after the other, row by row.
    pub fn run(&self, function: usize, inputs: &[&[f32]], items: usize) -> Vec<Tensor<2>> {
        let function = &self.functions[function];
        let run = Run { function, items, device: &self.device };
        let mut left = vec![0; function.nodes.len()];
        function.nodes.iter().for_each(|node| node.op.for_operands(|operand| left[operand as usize] += 1));
        function.outputs.iter().for_each(|output| left[*output] += 1);
        let mut values: Vec<Option<Tensor<2>>> = Vec::with_capacity(function.nodes.len());
        for node in &function.nodes {
            let value = match &node.op {
                Op::Parameter(number) => self.parameters[*number as usize].clone(),
                Op::Input(number) => run.upload(inputs[*number as usize], node.shape),
                op => run.evaluate(op, node, |operand| take(&mut values, &mut left, operand)),
            };
            values.push(Some(value));
        }
        function.outputs.iter().map(|output| take(&mut values, &mut left, *output as u32)).collect()
    }

    /// One step of Adam down the gradients that a function's outputs from `first` on are.
    pub fn step(&mut self, function: usize, inputs: &[&[f32]], items: usize, first: usize, adam: &Adam) {
        let gradients = self.run(function, inputs, items).split_off(first);
        let scale = adam.clip.is_finite().then(|| {
            let squares = gradients.iter().map(|gradient| (gradient.clone() * gradient.clone()).sum());
            let norm = squares.reduce(|a, b| a + b).map(|sum| sum.sqrt());
            let clip = adam.clip as f32;
            norm.map(|norm| norm.clamp_min(clip).recip().mul_scalar(clip).reshape([1, 1]))
        });
        let [rate, spread] = adam.corrections();
        let [b1, b2] = BETA;
        let outputs = &self.functions[function].outputs[first..];
        for (number, gradient) in gradients.into_iter().enumerate() {
            // Nothing depends on this parameter.
            if matches!(self.functions[function].nodes[outputs[number]].op, Op::Fill(_)) {
                continue;
            }
            let value = self.parameters[number].clone();
            let gradient = match &scale {
                Some(Some(scale)) => gradient * scale.clone(),
                _ => gradient,
            };
            let slope = if adam.decay == 0.0 { gradient } else { gradient + value.clone().mul_scalar(adam.decay) };
            let mean = self.first[number].clone().mul_scalar(b1) + slope.clone().mul_scalar(1.0 - b1);
            let square = self.second[number].clone().mul_scalar(b2) + (slope.clone() * slope).mul_scalar(1.0 - b2);
            let root = square.clone().sqrt().mul_scalar(spread).add_scalar(EPSILON);
            self.parameters[number] = value - mean.clone().mul_scalar(rate) / root;
            (self.first[number], self.second[number]) = (mean, square);
        }
    }

    /// Waits until the device has done all that was queued.
    pub async fn wait(&self) -> Result<(), EngineError> {
        match self.parameters.last() {
            Some(parameter) => read(parameter).await.map(drop),
            None => Ok(()),
        }
    }

    /// The outputs of a function that are one number each.
    pub async fn numbers(&self, function: usize, inputs: &[&[f32]], items: usize) -> Result<Vec<f64>, EngineError> {
        let outputs = self.run(function, inputs, items);
        let numbers = read(&Tensor::cat(outputs, 1)).await?;
        Ok(numbers.values.into_iter().map(f64::from).collect())
    }

    /// The parameters as they are now.
    pub async fn parameters(&self) -> Result<Parameters, EngineError> {
        read_all(&self.parameters).await
    }

    /// All that is needed to go on from here.
    pub async fn checkpoint(&self, step: u64) -> Result<Checkpoint, EngineError> {
        Ok(Checkpoint {
            step,
            parameters: read_all(&self.parameters).await?,
            first: read_all(&self.first).await?,
            second: read_all(&self.second).await?,
        })
    }

    /// Goes on from a checkpoint; one of other shapes changes nothing and is refused.
    pub fn restore(&mut self, checkpoint: &Checkpoint) -> Result<(), EngineError> {
        let Checkpoint { parameters, first, second, .. } = checkpoint;
        let fits = |matrices: &Parameters| {
            matrices.len() == self.parameters.len()
                && matrices.iter().zip(&self.parameters).all(|(matrix, tensor)| {
                    tensor.dims() == [matrix.rows, matrix.columns]
                        && matrix.values.len() == matrix.rows * matrix.columns
                })
        };
        if ![parameters, first, second].into_iter().all(fits) {
            return Err(EngineError::Shapes);
        }
        let all = |matrices: &Parameters| matrices.iter().map(|matrix| upload(matrix, &self.device)).collect();
        (self.parameters, self.first, self.second) = (all(parameters), all(first), all(second));
        Ok(())
    }
}

/// A function on a batch of a certain size.
struct Run<'a> {
    function: &'a Function,
    items: usize,
    device: &'a Device,
}

impl Run<'_> {
    fn rows(&self, shape: Shape) -> usize {
        if shape.over == Over::Items { shape.rows * self.items } else { shape.rows }
    }

    fn upload(&self, numbers: &[f32], shape: Shape) -> Tensor<2> {
        Tensor::from_data(TensorData::new(numbers.to_vec(), [self.rows(shape), shape.columns]), self.device)
    }

    fn evaluate(&self, op: &Op, node: &Node, mut operand: impl FnMut(u32) -> Tensor<2>) -> Tensor<2> {
        let shape_of = |id: u32| self.function.nodes[id as usize].shape;
        let (rows, columns) = (self.rows(node.shape), node.shape.columns);
        let share = 1.0 / self.items as f64;
        match op {
            Op::Input(_) | Op::Parameter(_) => unreachable!("taken before"),
            Op::Fill(number) => Tensor::full([rows, columns], number.get(), self.device),
            Op::Product(x, w) => operand(*x).matmul(operand(*w)),
            Op::ProductTransposed(x, w) => operand(*x).matmul(operand(*w).transpose()),
            Op::Outer(x, g) => operand(*x).transpose().matmul(operand(*g)).mul_scalar(share),
            Op::Row(x) | Op::Spread(x) | Op::SpreadColumns(x) => operand(*x).expand([rows, columns]),
            Op::ColumnSum(x) => operand(*x).sum_dim(0).mul_scalar(share),
            Op::Transpose(x) => operand(*x).transpose(),
            Op::Unary(function, x) => unary(*function, operand(*x)),
            Op::Add(x, y) => operand(*x) + operand(*y),
            Op::Subtract(x, y) => operand(*x) - operand(*y),
            Op::Multiply(x, y) => operand(*x) * operand(*y),
            Op::Affine(x, factor, offset) => {
                let scaled = if factor.get() == 1.0 { operand(*x) } else { operand(*x).mul_scalar(factor.get()) };
                if offset.get() == 0.0 { scaled } else { scaled.add_scalar(offset.get()) }
            }
            Op::Gather(x, index) => {
                let from = shape_of(*x).rows;
                let x = operand(*x);
                if let Some(times) = repeats(index, from) {
                    let one: Tensor<3> = x.reshape([rows / times, 1, columns]);
                    return one.expand([rows / times, times, columns]).reshape([rows, columns]);
                }
                self.by_matrix(x, from, &incidence(index, from, false), index.len())
            }
            Op::Scatter(x, index) => {
                let from = index.len();
                let x = operand(*x);
                if let Some(times) = repeats(index, node.shape.rows) {
                    let parts: Tensor<3> = x.reshape([rows, times, columns]);
                    return parts.sum_dim(1).reshape([rows, columns]);
                }
                self.by_matrix(x, from, &incidence(index, node.shape.rows, true), node.shape.rows)
            }
            Op::Concatenate(parts) => Tensor::cat(parts.iter().map(|part| operand(*part)).collect(), 1),
            Op::Slice(x, from) => operand(*x).slice([0..rows, *from as usize..*from as usize + columns]),
            Op::Pad(x, before) => {
                let (before, width) = (*before as usize, shape_of(*x).columns);
                let zeros = |columns: usize| Tensor::zeros([rows, columns], self.device);
                let mut parts = vec![operand(*x)];
                if before > 0 {
                    parts.insert(0, zeros(before));
                }
                if before + width < columns {
                    parts.push(zeros(columns - before - width));
                }
                Tensor::cat(parts, 1)
            }
            Op::SumColumns(x) => operand(*x).sum_dim(1),
            Op::BatchMean(x) => operand(*x).sum().mul_scalar(share).reshape([1, 1]),
        }
    }

    /// Rows of each item as sums of others: a product with a matrix of zeros and ones, `[to, from]`.
    fn by_matrix(&self, x: Tensor<2>, from: usize, matrix: &[f32], to: usize) -> Tensor<2> {
        let [_, columns] = x.dims();
        let matrix: Tensor<2> = Tensor::from_data(TensorData::new(matrix.to_vec(), [to, from]), self.device);
        let matrix: Tensor<3> = matrix.reshape([1, to, from]);
        let items: Tensor<3> = x.reshape([self.items, from, columns]);
        matrix.expand([self.items, to, from]).matmul(items).reshape([self.items * to, columns])
    }
}

/// How often each of `rows` rows comes in an index that has one after the other, if it is one.
fn repeats(index: &Index, rows: usize) -> Option<usize> {
    let times = index.len().checked_div(rows).filter(|times| *times > 0 && times * rows == index.len())?;
    index.iter().enumerate().all(|(place, row)| place / times == *row as usize).then_some(times)
}

/// The matrix of an index over `rows` rows: one row for each of its entries, or transposed.
fn incidence(index: &Index, rows: usize, transposed: bool) -> Vec<f32> {
    let count = index.len();
    let mut matrix = vec![0.0; count * rows];
    for (entry, row) in index.iter().enumerate() {
        let place = if transposed { *row as usize * count + entry } else { entry * rows + *row as usize };
        matrix[place] = 1.0;
    }
    matrix
}

/// A value; it is given away when nothing else reads it.
fn take(values: &mut [Option<Tensor<2>>], left: &mut [usize], operand: u32) -> Tensor<2> {
    let place = operand as usize;
    left[place] -= 1;
    let value = if left[place] == 0 { values[place].take() } else { values[place].clone() };
    value.unwrap_or_else(|| unreachable!("values are given away after their last use"))
}

fn unary(function: Unary, x: Tensor<2>) -> Tensor<2> {
    match function {
        Unary::Tanh => x.clamp(-TANH_SATURATED, TANH_SATURATED).tanh(),
        Unary::Sigmoid => activation::sigmoid(x),
        // max(x, 0) + ln(1 + e^−|x|): neither part overflows.
        Unary::Softplus => activation::relu(x.clone()) + x.abs().neg().exp().add_scalar(1.0).log(),
        Unary::Exp => x.exp(),
        Unary::Ln => x.log(),
        Unary::Sqrt => x.sqrt(),
        Unary::Reciprocal => x.recip(),
        Unary::Relu => activation::relu(x),
        Unary::Step => x.greater_elem(0.0).float(),
        Unary::Abs => x.abs(),
        Unary::Sign => x.sign(),
        Unary::Sine => x.sin(),
        Unary::Cosine => x.cos(),
    }
}

fn upload(matrix: &Matrix, device: &Device) -> Tensor<2> {
    Tensor::from_data(TensorData::new(matrix.values.clone(), [matrix.rows, matrix.columns]), device)
}

async fn read(tensor: &Tensor<2>) -> Result<Matrix, EngineError> {
    let [rows, columns] = tensor.dims();
    let data = tensor.clone().into_data_async().await.map_err(|error| EngineError::Lost(format!("{error:?}")))?;
    Ok(Matrix { rows, columns, values: data.iter::<f32>().collect() })
}

async fn read_all(tensors: &[Tensor<2>]) -> Result<Parameters, EngineError> {
    let mut matrices = Vec::with_capacity(tensors.len());
    for tensor in tensors {
        matrices.push(read(tensor).await?);
    }
    Ok(matrices)
}
