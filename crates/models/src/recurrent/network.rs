//! The programs of a symplectic recurrent network.
//!
//! K and V are perceptrons of p/σₚ and q/σ_q, in units in which ∂K/∂p and ∂V/∂q start near the observed changes in a step over dt.
//! Steps of leapfrog or of Euler follow one another in the program, and the loss is
//!
//! mean over steps, coordinates and items of ((predicted − observed)/σ)²
//!
//! with the standard deviation σ of q or of p.

use crate::activation::Activation;
use crate::layers::{LastBias, Layers, lecun, normal};
use crate::recurrent::data::Scales;
use crate::recurrent::recipe::{RecurrentRecipe, Variant};
use autodiff::parameters::Parameters;
use autodiff::program::{Function, Program, Shape, Value};
use numerics::seed::{Purpose, Seed};
use physics::integrators::leapfrog;
use physics::integrators::runge_kutta::{EULER, advance};

/// The two networks of a recipe.
#[derive(Clone, Debug, PartialEq)]
pub struct RecurrentNetwork {
    variant: Variant,
    /// Widths of K and of V, input first.
    widths: Vec<usize>,
    dof: usize,
    activation: Activation,
    dt: f64,
    scales: Scales,
}

/// Initial weights of the last layers, as a part of the usual ones.
const INITIAL_OUTPUT: f32 = 0.3;

/// K and V as part of a program.
struct Energies<'p, 'n> {
    network: &'n RecurrentNetwork,
    kinetic: Layers<'p>,
    potential: Layers<'p>,
}

impl RecurrentNetwork {
    /// The networks of a recipe, for data of these scales.
    pub fn of(recipe: &RecurrentRecipe, variant: Variant, dof: usize, dt: f64, scales: Scales) -> Self {
        let hidden = std::iter::repeat_n(recipe.hidden, recipe.depth);
        let widths = std::iter::once(dof).chain(hidden).chain([1]).collect();
        Self { variant, widths, dof, activation: recipe.activation, dt, scales }
    }

    /// Which model it is.
    pub fn variant(&self) -> Variant {
        self.variant
    }

    /// Degrees of freedom.
    pub fn dof(&self) -> usize {
        self.dof
    }

    /// The step of time that it is trained with.
    pub fn dt(&self) -> f64 {
        self.dt
    }

    /// Scales of its data.
    pub fn scales(&self) -> &Scales {
        &self.scales
    }

    /// Random parameters, from the seed and nothing else.
    pub fn initial(&self, seed: Seed) -> Parameters {
        let mut rng = seed.stream(Purpose::Weights);
        let mut energy = || {
            let mut parameters = normal(&self.widths, lecun, &mut rng);
            let last = parameters.len() - 2;
            parameters[last].values.iter_mut().for_each(|weight| *weight *= INITIAL_OUTPUT);
            parameters
        };
        [energy(), energy()].concat()
    }

    /// From p, `[1, dof]`, to ∂K/∂p and K; and from q to ∂V/∂q and V.
    pub fn evaluations(&self) -> [Function; 2] {
        [true, false].map(|kinetic| {
            let program = Program::new();
            let energies = Energies::new(self, &program);
            let x = program.input(Shape::item(1, self.dof));
            let [energy, slope] = if kinetic { energies.kinetic_and_slope(x) } else { energies.potential_and_slope(x) };
            program.function(&[slope, energy])
        })
    }

    /// From a state (q, p), `[1, 2 dof]`, and the `steps` states observed after it, `[steps, 2 dof]`, to the loss and its gradient by
    /// the parameters; and the loss alone.
    pub fn training(&self, steps: usize) -> [Function; 2] {
        let program = Program::new();
        let (_, loss) = self.loss(&program, steps);
        [program.training(loss, &[loss]), program.function(&[loss])]
    }

    /// From the same, with what is observed at the start as a third input, to the gradient by the start, `[1, 2 dof]`, of the sum of
    /// squares ((predicted − observed)/σ)² over the start, the steps and the coordinates.
    pub fn start_gradient(&self, steps: usize) -> Function {
        let program = Program::new();
        let (start, loss) = self.loss(&program, steps);
        let observed = program.input(Shape::item(1, 2 * self.dof));
        let sum = loss * (2 * self.dof * steps) as f64 + self.unscaled(start - observed).square().batch_mean();
        program.function(&sum.gradient(&[start]))
    }

    fn loss<'p>(&self, program: &'p Program, steps: usize) -> (Value<'p>, Value<'p>) {
        let energies = Energies::new(self, program);
        let start = program.input(Shape::item(1, 2 * self.dof));
        let observed = program.input(Shape::item(steps, 2 * self.dof));
        let (mut at, mut sum) = (start, None);
        for step in 0..steps as u32 {
            at = energies.step(at);
            let error = self.unscaled(at - observed.gather(&[step].into())).square().batch_mean();
            sum = Some(sum.map_or(error, |sum| sum + error));
        }
        let sum = sum.unwrap_or_else(|| program.fill(Shape::shared(1, 1), 0.0));
        (start, sum * (1.0 / (2 * self.dof * steps).max(1) as f64))
    }

    /// (q, p) over their standard deviations.
    fn unscaled<'p>(&self, state: Value<'p>) -> Value<'p> {
        let [q, p] = self.scales.state;
        let [at, momentum] = halves(state);
        Value::concatenate(&[at * (1.0 / q), momentum * (1.0 / p)])
    }
}

fn halves(state: Value<'_>) -> [Value<'_>; 2] {
    let half = state.shape().columns / 2;
    [state.slice(0, half), state.slice(half, half)]
}

impl<'p, 'n> Energies<'p, 'n> {
    fn new(network: &'n RecurrentNetwork, program: &'p Program) -> Self {
        let layers = || Layers::new(program, &network.widths, LastBias::Present);
        Self { network, kinetic: layers(), potential: layers() }
    }

    /// K(p) and ∂K/∂p.
    fn kinetic_and_slope(&self, p: Value<'p>) -> [Value<'p>; 2] {
        let Scales { state, change } = self.network.scales;
        self.energy_and_slope(&self.kinetic, p, state[1], change[0])
    }

    /// V(q) and ∂V/∂q.
    fn potential_and_slope(&self, q: Value<'p>) -> [Value<'p>; 2] {
        let Scales { state, change } = self.network.scales;
        self.energy_and_slope(&self.potential, q, state[0], change[1])
    }

    fn energy_and_slope(&self, layers: &Layers<'p>, x: Value<'p>, scale: f64, change: f64) -> [Value<'p>; 2] {
        let output = layers.perceptron(x * (1.0 / scale), self.network.activation);
        let energy = output * (scale * change / self.network.dt);
        [energy, energy.batch_mean().gradient(&[x])[0]]
    }

    /// The state one step later, by the integrator of the variant.
    fn step(&self, state: Value<'p>) -> Value<'p> {
        let dt = self.network.dt;
        let drift = |p| self.kinetic_and_slope(p)[1];
        let slope = |q| self.potential_and_slope(q)[1];
        if self.network.variant == Variant::Euler {
            let velocity = |state: &Value<'p>| {
                let [q, p] = halves(*state);
                Value::concatenate(&[drift(p), slope(q) * -1.0])
            };
            return advance(&EULER, &state, dt, velocity, |at, terms, dt| {
                terms.iter().fold(*at, |at, (c, velocity)| at + **velocity * (c * dt))
            });
        }
        let [q, p] = halves(state);
        let moved = |x: &Value<'p>, y: &Value<'p>, a: f64| *x + *y * a;
        let (q, p) = leapfrog::advance((&q, &p), dt, |q| slope(*q), |p| drift(*p), moved);
        Value::concatenate(&[q, p])
    }
}
