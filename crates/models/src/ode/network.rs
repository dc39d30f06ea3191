//! The programs of DeltaGN, OGN and HOGN.
//!
//! A message for every ordered pair of bodies, φᵉ(qⱼ − qᵢ, k, pᵢ, mᵢ, pⱼ, mⱼ), zero where no spring joins them; the sum of what a
//! body receives over √3, with its momentum and mass, through φᵛ. One program serves systems of one size, and the same parameters
//! serve all.
//!
//! | part of the loss | per transition |
//! |---|---|
//! | prediction | mean over bodies and coordinates of ((predicted − true state one step later)/scale of a change)² |

use crate::activation::Activation;
use crate::layers::{LastBias, Layers, lecun, normal};
use crate::ode::data::Scales;
use crate::ode::recipe::{OdeKind, OdeRecipe};
use autodiff::parameters::Parameters;
use autodiff::program::{Function, Index, Program, Shape, Value};
use numerics::seed::{Purpose, Seed};
use physics::integrators::runge_kutta::{CLASSICAL, advance};

/// The two networks of a recipe, and the units in which they see the world.
#[derive(Clone, Debug, PartialEq)]
pub struct OdeNetwork {
    kind: OdeKind,
    /// Widths of φᵉ, input first.
    message: Vec<usize>,
    /// Widths of φᵛ, input first.
    node: Vec<usize>,
    activation: Activation,
    dt: f64,
    scales: Scales,
}

/// Numbers of a body's state: q and p in the plane.
pub const STATE: usize = 4;
/// What sums of messages are divided by, whatever the number of bodies.
const SUM_SCALE: f64 = 1.732_050_807_568_877_2;
/// Initial weights of the last layer of φᵛ, as a part of the usual ones: a network starts near no change at all.
const INITIAL_OUTPUT: f32 = 0.1;

/// Receivers and senders of every ordered pair of `bodies` bodies, receiver by receiver.
pub fn pairs(bodies: usize) -> [Index; 2] {
    let all = || (0..bodies as u32).flat_map(move |i| (0..bodies as u32).filter(move |j| *j != i).map(move |j| (i, j)));
    [all().map(|(i, _)| i).collect(), all().map(|(_, j)| j).collect()]
}

/// The graph network as part of a program of `n` bodies.
struct Graph<'p, 'n> {
    network: &'n OdeNetwork,
    ends: [Index; 2],
    message_layers: Layers<'p>,
    node_layers: Layers<'p>,
    /// (m − 1)/deviation, `[n, 1]`.
    mass: Value<'p>,
    /// (k − 1)/deviation, `[n (n − 1), 1]`.
    stiffness: Value<'p>,
    /// 1 where a spring joins the pair and 0 elsewhere, `[n (n − 1), 1]`.
    present: Value<'p>,
}

impl OdeNetwork {
    /// The networks of a recipe, for data of these scales.
    pub fn of(recipe: &OdeRecipe, kind: OdeKind, scales: Scales) -> Self {
        let widths = |input: usize, output: usize| {
            let hidden = std::iter::repeat_n(recipe.hidden, recipe.depth);
            std::iter::once(input).chain(hidden).chain([output]).collect()
        };
        let output = if kind == OdeKind::Hogn { 1 } else { STATE };
        Self {
            kind,
            message: widths(9, recipe.message),
            node: widths(3 + recipe.message, output),
            activation: recipe.activation,
            dt: recipe.dt,
            scales,
        }
    }

    /// What its output stands for.
    pub fn kind(&self) -> OdeKind {
        self.kind
    }

    /// The step of time that it was trained with.
    pub fn dt(&self) -> f64 {
        self.dt
    }

    /// Random parameters, from the seed and nothing else.
    pub fn initial(&self, seed: Seed) -> Parameters {
        let mut rng = seed.stream(Purpose::Weights);
        let mut parameters = normal(&self.message, lecun, &mut rng);
        parameters.extend(normal(&self.node, lecun, &mut rng));
        let last = parameters.len() - 2;
        parameters[last].values.iter_mut().for_each(|weight| *weight *= INITIAL_OUTPUT);
        parameters
    }

    /// From masses, stiffnesses, presence and a state to the velocity in phase space, `[n, 4]` (the change over dt of a DeltaGN), and,
    /// of a HOGN, the parts of H, `[n, 1]`.
    pub fn evaluation(&self, bodies: usize) -> Function {
        let program = Program::new();
        let graph = Graph::new(self, &program, bodies);
        let state = program.input(Shape::item(bodies, STATE));
        let mut outputs = vec![graph.velocity(state)];
        if self.kind == OdeKind::Hogn {
            outputs.push(graph.energy(state));
        }
        program.function(&outputs)
    }

    /// From masses, stiffnesses, presence, a state and the one a step later to the loss and its gradient; and the loss alone.
    pub fn training(&self, bodies: usize) -> [Function; 2] {
        let program = Program::new();
        let graph = Graph::new(self, &program, bodies);
        let [state, target] = [0, 1].map(|_| program.input(Shape::item(bodies, STATE)));
        let predicted = match self.kind {
            OdeKind::Delta => state + graph.velocity(state) * self.dt,
            OdeKind::Ogn | OdeKind::Hogn => advance(&CLASSICAL, &state, self.dt, |state| graph.velocity(*state), along),
        };
        let [q, p] = self.scales.change.map(|scale| 1.0 / scale);
        let loss = scaled(predicted - target, [q, p]).square().mean();
        [program.training(loss, &[loss]), program.function(&[loss])]
    }
}

/// x + dt Σ c k.
fn along<'p>(at: &Value<'p>, terms: &[(f64, &Value<'p>)], dt: f64) -> Value<'p> {
    terms.iter().fold(*at, |at, (c, slope)| at + **slope * (c * dt))
}

/// The first half of the columns times one factor, the second times the other.
fn scaled<'p>(state: Value<'p>, [q, p]: [f64; 2]) -> Value<'p> {
    let half = state.shape().columns / 2;
    Value::concatenate(&[state.slice(0, half) * q, state.slice(half, half) * p])
}

impl<'p, 'n> Graph<'p, 'n> {
    /// Parameters and the inputs that do not change along a motion: masses, stiffnesses, presence.
    fn new(network: &'n OdeNetwork, program: &'p Program, bodies: usize) -> Self {
        let ends = pairs(bodies);
        let count = ends[0].len();
        Self {
            network,
            message_layers: Layers::new(program, &network.message, LastBias::Present),
            node_layers: Layers::new(program, &network.node, LastBias::Present),
            mass: program.input(Shape::item(bodies, 1)),
            stiffness: program.input(Shape::item(count, 1)),
            present: program.input(Shape::item(count, 1)),
            ends,
        }
    }

    /// The output of φᵛ for every body.
    fn output(&self, state: Value<'p>) -> Value<'p> {
        let OdeNetwork { scales, activation, .. } = *self.network;
        let [receivers, senders] = &self.ends;
        let q = state.slice(0, 2) * (1.0 / scales.apart);
        let body = Value::concatenate(&[state.slice(2, 2) * (1.0 / scales.momentum), self.mass]);
        let apart = q.gather(senders) - q.gather(receivers);
        let edge = Value::concatenate(&[apart, self.stiffness, body.gather(receivers), body.gather(senders)]);
        let messages = self.message_layers.perceptron(edge, activation);
        let messages = messages * self.present.spread_columns(messages.shape().columns);
        let sums = messages.scatter(receivers, state.shape().rows) * (1.0 / SUM_SCALE);
        self.node_layers.perceptron(Value::concatenate(&[body, sums]), activation)
    }

    /// What each body adds to H, `[n, 1]`.
    fn energy(&self, state: Value<'p>) -> Value<'p> {
        let Scales { momentum, change, .. } = self.network.scales;
        self.output(state) * (momentum * change[0] / self.network.dt)
    }

    /// (dq/dt, dp/dt) of every body, `[n, 4]`; of a DeltaGN its change over dt.
    fn velocity(&self, state: Value<'p>) -> Value<'p> {
        match self.network.kind {
            OdeKind::Hogn => {
                let slope = self.energy(state).batch_mean().gradient(&[state])[0];
                Value::concatenate(&[slope.slice(2, 2), slope.slice(0, 2) * -1.0])
            }
            OdeKind::Delta | OdeKind::Ogn => {
                scaled(self.output(state), self.network.scales.change.map(|change| change / self.network.dt))
            }
        }
    }
}
