//! Small models of every family, written as programs, with random parameters and batches.

#![allow(dead_code, reason = "no test uses all of them")]

use autodiff::parameters::{Matrix, Parameters};
use autodiff::program::{Function, Index, Program, Shape, Value};
use autodiff::unary::Unary;

/// A model with a batch to try it on.
pub struct Case {
    pub name: &'static str,
    /// Outputs: the loss, then its gradient by every parameter.
    pub function: Function,
    pub parameters: Parameters,
    pub inputs: Vec<Vec<f32>>,
    pub items: usize,
}

/// Numbers in [−1, 1] that look random: a linear congruence (Knuth's MMIX).
pub struct Numbers(u64);

impl Numbers {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(2) + 1)
    }

    pub fn next(&mut self) -> f32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 40) as f32 / 8_388_608.0 - 1.0
    }

    pub fn take(&mut self, count: usize) -> Vec<f32> {
        (0..count).map(|_| self.next()).collect()
    }
}

/// Layers of these widths; the last one has a bias only if asked for.
pub fn layers<'p>(program: &'p Program, widths: &[usize], last_bias: bool) -> Vec<(Value<'p>, Option<Value<'p>>)> {
    let last = widths.len() - 2;
    let layer = |(i, pair): (usize, &[usize])| {
        let weight = program.parameter(pair[0], pair[1]);
        (weight, (i < last || last_bias).then(|| program.parameter(1, pair[1])))
    };
    widths.windows(2).enumerate().map(layer).collect()
}

pub fn mlp<'p>(
    layers: &[(Value<'p>, Option<Value<'p>>)],
    x: Value<'p>,
    activation: impl Fn(Value<'p>) -> Value<'p>,
) -> Value<'p> {
    layers.iter().enumerate().fold(x, |x, (l, (weight, bias))| {
        let sums = x.dense(*weight, *bias);
        if l + 1 < layers.len() { activation(sums) } else { sums }
    })
}

fn case(name: &'static str, program: &Program, loss: Value<'_>, items: usize, seed: u64) -> Case {
    let function = program.training(loss, &[loss]);
    let mut numbers = Numbers::new(seed);
    let matrix = |numbers: &mut Numbers, shape: &Shape| {
        let scale = 1.0 / (shape.rows as f32).sqrt();
        let values = numbers.take(shape.size()).into_iter().map(|x| x * scale).collect();
        Matrix { rows: shape.rows, columns: shape.columns, values }
    };
    let parameters = function.parameters.iter().map(|shape| matrix(&mut numbers, shape)).collect();
    let inputs = function.inputs.iter().map(|input| {
        let mut values = numbers.take(items * input.shape.size());
        if input.sparse {
            values.iter_mut().for_each(|x| *x = if *x > 0.6 { *x } else { 0.0 });
        }
        values
    });
    Case { name, inputs: inputs.collect(), function, parameters, items }
}

/// A network that is a velocity.
pub fn baseline(hidden: usize, items: usize) -> Case {
    let program = Program::new();
    let [state, target] = [0, 1].map(|_| program.input(Shape::item(1, 2)));
    let output = mlp(&layers(&program, &[2, hidden, hidden, 2], false), state, Value::tanh);
    let loss = (output - target).square().mean();
    case("baseline", &program, loss, items, 1)
}

/// A network that is an energy; its gradient by the state is compared.
pub fn hnn(hidden: usize, items: usize) -> Case {
    let program = Program::new();
    let [state, target] = [0, 1].map(|_| program.input(Shape::item(1, 2)));
    let energy = mlp(&layers(&program, &[2, hidden, hidden, 1], false), state, Value::tanh);
    let gradient = energy.batch_mean().gradient(&[state])[0];
    let loss = (gradient - target).square().mean();
    case("HNN", &program, loss, items, 2)
}

/// Receivers and senders of all ordered pairs of `n` bodies.
pub fn pairs(n: u32) -> [Index; 2] {
    let all = || (0..n).flat_map(move |i| (0..n).filter(move |j| *j != i).map(move |j| (i, j)));
    [all().map(|(i, _)| i).collect(), all().map(|(_, j)| j).collect()]
}

/// Messages, their sum, accelerations, with a charge for messages and a mask.
pub fn graph(hidden: usize, items: usize) -> Case {
    let program = Program::new();
    let (n, size) = (4, 3);
    let [receivers, _] = pairs(n);
    let edges = receivers.len();
    let edge = program.input(Shape::item(edges, 10));
    let node = program.input(Shape::item(n as usize, 4));
    let mask = program.input(Shape::item(edges, 1));
    let target = program.input(Shape::item(n as usize, 2));
    let message_layers = layers(&program, &[10, hidden, hidden, size], true);
    let node_layers = layers(&program, &[size + 4, hidden, hidden, 2], true);
    let messages = mlp(&message_layers, edge, Value::silu) * mask.spread_columns(size);
    let sums = messages.scatter(&receivers, n as usize);
    let predicted = mlp(&node_layers, Value::concatenate(&[sums, node]), Value::silu);
    let loss = (predicted - target).abs().batch_mean() + messages.abs().batch_mean() * 0.01;
    case("graph network", &program, loss, items, 3)
}

fn softplus(x: Value<'_>) -> Value<'_> {
    x.unary(Unary::Softplus)
}

type Layers<'p> = Vec<(Value<'p>, Option<Value<'p>>)>;

/// (∂H/∂p, −∂H/∂q) of a graph network that is an energy of (q, p).
fn hamiltonian_field<'p>(layers: &[Layers<'p>; 3], [receivers, senders]: &[Index; 2], state: Value<'p>) -> Value<'p> {
    let edges = Value::concatenate(&[state.gather(receivers), state.gather(senders)]);
    let messages = mlp(&layers[0], edges, softplus);
    let sums = messages.scatter(receivers, state.shape().rows);
    let nodes = mlp(&layers[1], Value::concatenate(&[state, sums]), softplus);
    let energy = mlp(&layers[2], nodes, softplus);
    let gradient = energy.batch_mean().gradient(&[state])[0];
    Value::concatenate(&[gradient.slice(2, 2), gradient.slice(0, 2) * -1.0])
}

/// A Hamiltonian graph network through a step of RK4, in the coordinates (q, p) of each body.
pub fn hogn(hidden: usize, items: usize) -> Case {
    let program = Program::new();
    let bodies = 5;
    let [receivers, senders] = pairs(bodies);
    let n = bodies as usize;
    let start = program.input(Shape::item(n, 4));
    let target = program.input(Shape::item(n, 4));
    let edge_layers = layers(&program, &[8, hidden, hidden, hidden], true);
    let node_layers = layers(&program, &[4 + hidden, hidden, hidden], true);
    let energy_layers = layers(&program, &[hidden, hidden, 1], true);
    let layers = [edge_layers, node_layers, energy_layers];
    let field = |state| hamiltonian_field(&layers, &[receivers.clone(), senders.clone()], state);
    let dt = 0.1;
    let k1 = field(start);
    let k2 = field(start + k1 * (dt / 2.0));
    let k3 = field(start + k2 * (dt / 2.0));
    let k4 = field(start + k3 * dt);
    let end = start + (k1 + k2 * 2.0 + k3 * 2.0 + k4) * (dt / 6.0);
    let loss = (end - target).square().mean();
    case("HOGN through RK4", &program, loss, items, 4)
}

/// An autoencoder of sparse samples with a Hamiltonian field on what it leaves of them.
pub fn pixels(sample: usize, width: usize, items: usize) -> Case {
    let program = Program::new();
    let both = program.sparse_input(Shape::item(2, sample));
    let target = program.input(Shape::item(1, sample));
    let encoder = layers(&program, &[sample, width, width, width, 2], true);
    let decoder = layers(&program, &[2, width, width, width, sample], true);
    let field = layers(&program, &[2, width, width, 1], false);
    fn residual<'p>(layers: &[(Value<'p>, Option<Value<'p>>)], x: Value<'p>) -> Value<'p> {
        let first = x.dense(layers[0].0, layers[0].1).relu();
        let middle = layers[1..3].iter().fold(first, |h, (w, b)| h + h.dense(*w, *b).relu());
        middle.dense(layers[3].0, layers[3].1)
    }
    let latents = residual(&encoder, both);
    let [now, then] = [0, 1].map(|row| latents.gather(&[row].into()));
    let decoded = residual(&decoder, now);
    let change = then - now;
    let energy = mlp(&field, now, Value::tanh);
    let slope = energy.batch_mean().gradient(&[now])[0];
    let velocity = Value::concatenate(&[slope.slice(1, 1), slope.slice(0, 1) * -1.0]);
    let loss = (decoded - target).square().mean()
        + (now.slice(1, 1) - change.slice(0, 1)).square().mean()
        + (change - velocity).square().mean() * 0.1;
    case("pixels", &program, loss, items, 5)
}
