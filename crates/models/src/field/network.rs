//! The program of a network of phase space: a velocity, an energy, or an energy with friction.
//!
//! | model | output of the perceptron | velocity (dq/dt, dp/dt) |
//! |---|---|---|
//! | baseline | (dq/dt, dp/dt) | the output |
//! | HNN (Greydanus, Dzamba and Yosinski 2019) | H | (∂H/∂p, −∂H/∂q) |
//! | HNN of H(q, p, t) | N(q, p, t) | as an HNN of H(q, p, t) = N(q, p, t) − N(0, 0, t) in the extended phase space |
//! | HNN with friction (Sosanya and Greydanus 2022) | (F, H) | (∂H/∂p, −∂H/∂q) + (∂F/∂q, ∂F/∂p) |

//!
//! Of a driven system the state is (q, t; p, w), see [`physics::systems::driven_pendulum`]: networks see (q, t, p). A motion leaves open any function
//! of time that is added to H; H(0, 0, t) = 0 fixes it.

use crate::activation::Activation;
use crate::field::initial::orthogonal;
use crate::field::model::ModelKind;
use crate::layers::{LastBias, Layers};
use autodiff::parameters::Parameters;
use autodiff::program::{Function, Program, Shape, Value};
use rand::Rng;
use serde::{Deserialize, Serialize};

/// A network of phase space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldNetwork {
    /// What its output stands for.
    pub kind: ModelKind,
    /// Degrees of freedom.
    pub dof: usize,
    /// Whether the last position is time, and its momentum is not seen.
    pub driven: bool,
    /// Units of a hidden layer.
    pub hidden: usize,
    /// Hidden layers.
    pub depth: usize,
    /// Between layers.
    pub activation: Activation,
}

/// Velocity and energy of a network, as part of a program.
#[derive(Clone, Copy, Debug)]
pub struct Outputs<'p> {
    /// (dq/dt, dp/dt), `[1, 2·dof]`.
    pub velocity: Value<'p>,
    /// H, `[1, 1]`, where there is one.
    pub energy: Option<Value<'p>>,
}

impl FieldNetwork {
    /// Widths of its layers, input first.
    pub fn widths(&self) -> Vec<usize> {
        let output = match self.kind {
            ModelKind::Baseline if self.driven => 2 * self.dof - 2,
            ModelKind::Baseline => 2 * self.dof,
            ModelKind::Hnn => 1,
            ModelKind::Dissipative => 2,
        };
        let input = 2 * self.dof - usize::from(self.driven);
        std::iter::once(input).chain(std::iter::repeat_n(self.hidden, self.depth)).chain([output]).collect()
    }

    /// Its layers as further parameters of a program.
    pub fn layers<'p>(&self, program: &'p Program) -> Layers<'p> {
        Layers::new(program, &self.widths(), LastBias::Absent)
    }

    /// Random parameters: orthogonal weights, biases uniform in ±1/√inputs.
    pub fn initial(&self, rng: &mut impl Rng) -> Parameters {
        orthogonal(&self.widths(), LastBias::Absent, rng)
    }

    /// Velocity and energy at a state (q…, p…), `[1, 2·dof]`.
    pub fn outputs<'p>(&self, layers: &Layers<'p>, state: Value<'p>) -> Outputs<'p> {
        let seen = if self.driven { state.slice(0, 2 * self.dof - 1) } else { state };
        let mut output = layers.perceptron(seen, self.activation);
        if self.driven && self.kind != ModelKind::Baseline {
            output = output - layers.perceptron(self.at_rest(seen), self.activation);
        }
        let slope = |of: Value<'p>| of.batch_mean().gradient(&[state])[0];
        let outputs = match self.kind {
            ModelKind::Baseline => Outputs { velocity: output, energy: None },
            ModelKind::Hnn => Outputs { velocity: hamiltonian_flow(slope(output)), energy: Some(output) },
            ModelKind::Dissipative => {
                let [friction, energy] = [0, 1].map(|column| output.slice(column, 1));
                Outputs { velocity: hamiltonian_flow(slope(energy)) + slope(friction), energy: Some(energy) }
            }
        };
        if self.driven { self.in_time(outputs, state) } else { outputs }
    }

    /// (0, t, 0) of (q, t, p).
    fn at_rest<'p>(&self, seen: Value<'p>) -> Value<'p> {
        let (place, rest) = (self.dof - 1, self.dof);
        Value::concatenate(&[seen.slice(0, place) * 0.0, seen.slice(place, 1), seen.slice(rest, place) * 0.0])
    }

    /// Velocities in the extended phase space: time goes on at the rate 1. A baseline says nothing of the energy that is put in.
    fn in_time<'p>(&self, outputs: Outputs<'p>, state: Value<'p>) -> Outputs<'p> {
        let (velocity, others) = (outputs.velocity, self.dof - 1);
        let zero = state.slice(0, 1) * 0.0;
        let (later, put_in) = match self.kind {
            ModelKind::Baseline => (others, zero),
            _ => (self.dof, velocity.slice(2 * self.dof - 1, 1)),
        };
        let parts = [velocity.slice(0, others), zero.affine(1.0, 1.0), velocity.slice(later, others), put_in];
        Outputs { velocity: Value::concatenate(&parts), ..outputs }
    }

    /// The components of a velocity that are learned.
    fn learned<'p>(&self, velocity: Value<'p>) -> Value<'p> {
        let others = self.dof - 1;
        let parts = [velocity.slice(0, others), velocity.slice(self.dof, others)];
        if self.driven { Value::concatenate(&parts) } else { velocity }
    }

    /// From a state to its velocity and, where there is one, its energy.
    pub fn evaluation(&self) -> Function {
        let program = Program::new();
        let state = program.input(Shape::item(1, 2 * self.dof));
        let outputs = self.outputs(&self.layers(&program), state);
        let outputs: Vec<Value<'_>> = std::iter::once(outputs.velocity).chain(outputs.energy).collect();
        program.function(&outputs)
    }

    /// From states and true velocities to the mean squared error over samples and components, and its gradient.
    pub fn training(&self) -> [Function; 2] {
        let program = Program::new();
        let [state, target] = [0, 1].map(|_| program.input(Shape::item(1, 2 * self.dof)));
        let velocity = self.outputs(&self.layers(&program), state).velocity;
        let loss = self.learned(velocity - target).square().mean();
        [program.training(loss, &[loss]), program.function(&[loss])]
    }
}

/// (∂H/∂q, ∂H/∂p) turned into (∂H/∂p, −∂H/∂q).
pub fn hamiltonian_flow(gradient: Value<'_>) -> Value<'_> {
    let half = gradient.shape().columns / 2;
    Value::concatenate(&[gradient.slice(half, half), gradient.slice(0, half) * -1.0])
}
