//! The program of a graph network: messages along edges, their sum (or mean, or maximum), a vector for every body.
//!
//! Dense: every ordered pair of bodies has a row, receiver by receiver, joined or not; a mask silences the absent ones. One
//! program serves graphs of one size, and the same parameters serve all.
//!
//! | part of the loss | per graph |
//! |---|---|
//! | prediction | Σ|â − a| over bodies and components |
//! | penalty, L1 | α/n Σ|message| over edges and components |
//! | penalty, KL | α/n Σ ½(μ² + σ² − ln σ²) over edges and components |
//!
//! Both are means over the graphs of a batch. As in the reference code of Cranmer et al. (2020), but for its penalty, which
//! counts the edges of the first graph of a batch only. With KL a message is μ + σε with ε from N(0, 1) in training, and μ
//! when it is used.

use crate::activation::Activation;
use crate::graph::features::Inputs;
use crate::graph::recipe::{GraphRecipe, MessageRegulariser, Pooling};
use crate::layers::{LastBias, Layers, uniform};
use autodiff::parameters::Parameters;
use autodiff::program::{Function, Index, Program, Shape, Value};
use autodiff::unary::Unary;
use numerics::seed::{Purpose, Seed};

/// The two networks of a recipe.
#[derive(Clone, Debug, PartialEq)]
pub struct GraphNetwork {
    /// Widths of φᵉ, input first.
    message: Vec<usize>,
    /// Widths of φᵛ, input first.
    node: Vec<usize>,
    activation: Activation,
    regulariser: MessageRegulariser,
    pooling: Pooling,
    inputs: [usize; 2],
    dimensions: usize,
}

/// What a program of `n` bodies reads.
struct Graph<'p> {
    /// `[n (n − 1), inputs]`.
    edges: Value<'p>,
    /// `[n, inputs]`.
    nodes: Value<'p>,
    /// 1 where an edge is present and 0 where it is not, `[n (n − 1), 1]`.
    present: Value<'p>,
    /// ε of every number of a message, `[n (n − 1), size]`.
    noise: Option<Value<'p>>,
}

/// What it computes.
struct Flow<'p> {
    /// Messages as they are summed, `[n (n − 1), size]`; zeros along absent edges.
    messages: Value<'p>,
    /// The vector of every body, `[n, D]`.
    predictions: Value<'p>,
    /// What the messages cost, where they do.
    penalty: Option<Value<'p>>,
    /// With KL μ² + σ² − ln σ² of every number of a message, like `messages`: twice its divergence from noise, and 1.
    divergences: Option<Value<'p>>,
}

/// The number of the receiver of every ordered pair of `bodies` bodies, receiver by receiver.
pub fn receivers(bodies: usize) -> Index {
    (0..bodies).flat_map(|receiver| std::iter::repeat_n(receiver as u32, bodies.saturating_sub(1))).collect()
}

impl GraphNetwork {
    /// The networks of a recipe.
    pub fn of(recipe: &GraphRecipe) -> Self {
        let inputs = Inputs::of(recipe);
        let widths = |input: usize, output: usize| {
            let hidden = std::iter::repeat_n(recipe.widths.hidden, recipe.widths.depth);
            std::iter::once(input).chain(hidden).chain([output]).collect()
        };
        let (regulariser, dimensions) = (recipe.regulariser, recipe.motions.world.dimensions);
        Self {
            message: widths(inputs.message_width(), regulariser.outputs()),
            node: widths(regulariser.size() + inputs.node_width(), dimensions),
            activation: recipe.activation,
            regulariser,
            pooling: recipe.pooling,
            inputs: [inputs.message_width(), inputs.node_width()],
            dimensions,
        }
    }

    /// Multiplications of weights in one evaluation of a graph of so many bodies.
    pub(crate) fn multiplications(&self, bodies: usize) -> f64 {
        let weights = |widths: &[usize]| widths.windows(2).map(|pair| pair[0] * pair[1]).sum::<usize>();
        (weights(&self.message) * bodies * bodies.saturating_sub(1) + weights(&self.node) * bodies) as f64
    }

    /// Parameter arrays of φᵉ: those of φᵛ come behind them.
    pub fn message_arrays(&self) -> usize {
        2 * (self.message.len() - 1)
    }

    /// Random parameters, from the seed and nothing else; the last layer of φᵉ times `gain` where messages are wider than forces.
    pub fn initial(&self, gain: f64, seed: Seed) -> Parameters {
        let mut rng = seed.stream(Purpose::Weights);
        let mut parameters = uniform(&self.message, &mut rng);
        // Not with KL: half of its outputs are logarithms.
        if !matches!(self.regulariser, MessageRegulariser::Kl { .. }) && self.regulariser.size() > self.dimensions {
            let last = parameters.len() - 2;
            parameters[last].values.iter_mut().for_each(|w| *w *= gain as f32);
        }
        parameters.extend(uniform(&self.node, &mut rng));
        parameters
    }

    /// Whether these are parameters of such networks.
    pub fn fits(&self, parameters: &Parameters) -> bool {
        let shapes = [&self.message, &self.node].into_iter().flat_map(|widths| widths.windows(2));
        let shapes = shapes.flat_map(|pair| [(pair[0], pair[1]), (1, pair[1])]);
        shapes.eq(parameters.iter().map(|matrix| (matrix.rows, matrix.columns)))
            && parameters.iter().all(|matrix| matrix.values.len() == matrix.rows * matrix.columns)
    }

    /// From edge inputs, node inputs and mask to all messages and all predictions, in a graph of so many bodies. With KL
    /// messages are their means, and a third output has μ² + σ² − ln σ² of each of their numbers.
    pub fn evaluation(&self, bodies: usize) -> Function {
        let program = Program::new();
        let graph = self.graph(&program, bodies);
        let Flow { messages, predictions, divergences, .. } = self.flow(&program, bodies, &graph);
        let outputs: Vec<Value<'_>> = [messages, predictions].into_iter().chain(divergences).collect();
        program.function(&outputs)
    }

    /// From edge inputs, node inputs, mask, targets and, with KL, noise to prediction and penalty and the gradient of their
    /// sum; and the same without noise and gradient.
    pub fn training(&self, bodies: usize) -> [Function; 2] {
        let (training, losses) = (Program::new(), Program::new());
        let noisy = matches!(self.regulariser, MessageRegulariser::Kl { .. });
        let [prediction, penalty] = self.losses(&training, bodies, noisy);
        let parts = self.losses(&losses, bodies, false);
        [training.training(prediction + penalty, &[prediction, penalty]), losses.function(&parts)]
    }

    fn losses<'p>(&self, program: &'p Program, bodies: usize, noisy: bool) -> [Value<'p>; 2] {
        let mut graph = self.graph(program, bodies);
        let target = program.input(Shape::item(bodies, self.dimensions));
        graph.noise = noisy.then(|| program.input(Shape::item(receivers(bodies).len(), self.regulariser.size())));
        let flow = self.flow(program, bodies, &graph);
        let prediction = (flow.predictions - target).abs().batch_mean();
        [prediction, flow.penalty.unwrap_or_else(|| program.fill(Shape::shared(1, 1), 0.0))]
    }

    fn graph<'p>(&self, program: &'p Program, bodies: usize) -> Graph<'p> {
        let pairs = receivers(bodies).len();
        let [edge_width, node_width] = self.inputs;
        Graph {
            edges: program.input(Shape::item(pairs, edge_width)),
            nodes: program.input(Shape::item(bodies, node_width)),
            present: program.input(Shape::item(pairs, 1)),
            noise: None,
        }
    }

    /// What every body receives, `[n, size]`, of messages `[n (n − 1), size]`.
    fn pooled<'p>(&self, messages: Value<'p>, bodies: usize) -> Value<'p> {
        let senders = bodies.saturating_sub(1);
        match self.pooling {
            Pooling::Sum => messages.scatter(&receivers(bodies), bodies),
            Pooling::Mean => messages.scatter(&receivers(bodies), bodies) * (1.0 / senders.max(1) as f64),
            Pooling::Max => {
                // The message of one sender to every receiver.
                let of = |sender: usize| {
                    let rows = (0..bodies).map(|receiver| (receiver * senders + sender) as u32);
                    messages.gather(&rows.collect())
                };
                // max(a, b) = (a + b + |a − b|)/2.
                (1..senders).map(of).fold(of(0), |largest, other| (largest + other + (largest - other).abs()) * 0.5)
            }
        }
    }

    fn flow<'p>(&self, program: &'p Program, bodies: usize, graph: &Graph<'p>) -> Flow<'p> {
        let message_layers = Layers::new(program, &self.message, LastBias::Present);
        let node_layers = Layers::new(program, &self.node, LastBias::Present);
        let size = self.regulariser.size();
        let present = graph.present.spread_columns(size);
        let output = message_layers.perceptron(graph.edges, self.activation);
        let alpha = self.regulariser.alpha() / bodies as f64;
        let (messages, penalty, divergences) = match self.regulariser {
            MessageRegulariser::Standard(_) | MessageRegulariser::Bottleneck(_) => (output * present, None, None),
            MessageRegulariser::SparseL1 { .. } => {
                let messages = output * present;
                (messages, Some(messages.abs().batch_mean() * alpha), None)
            }
            MessageRegulariser::Kl { .. } => {
                let [mean, log_variance] = [0, size].map(|from| output.slice(from, size));
                let cost = (mean.square() + log_variance.exp() - log_variance) * present;
                let noisy = match graph.noise {
                    Some(noise) => mean + (log_variance * 0.5).unary(Unary::Exp) * noise,
                    None => mean,
                };
                (noisy * present, Some(cost.batch_mean() * (alpha / 2.0)), Some(cost))
            }
        };
        let received = self.pooled(messages, bodies);
        let predictions = node_layers.perceptron(Value::concatenate(&[received, graph.nodes]), self.activation);
        Flow { messages, predictions, penalty, divergences }
    }
}
