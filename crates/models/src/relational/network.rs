//! The program of neural relational inference: encoder or logits, relaxed samples, decoder.
//!
//! An item of a batch is a motion with some of its frames. With n bodies, P pairs and S frames:
//!
//! | input | extent |
//! |---|---|
//! | the number of the motion as a row of zeros with a one (free), or its features (amortised) | `[1, motions]`, `[n, features]` |
//! | logistic noise of every pair, the same in both directions (training alone) | `[P, 1]` |
//! | states, scaled | `[S n, 4]` |
//! | what the next frame adds to straight lines, scaled | `[S n, 4]` |
//!
//! | part of the loss | mean over a batch |
//! |---|---|
//! | prediction | mean of ln(1 + e²) over the errors e of the scaled next frame |
//! | divergence | weight · mean over pairs of KL(p, ½) |
//!
//! ln(1 + e²) is the square of small errors; bodies that meet closely, whose next frame cannot be predicted, have no more weight than
//! others. A message is made of differences of positions and velocities, and of direction and logarithm of the distance.

use crate::activation::Activation;
use crate::layers::{LastBias, Layers, normal, xavier};
use crate::relational::recipe::{Inference, RelationalRecipe};
use autodiff::parameters::{Matrix, Parameters};
use autodiff::program::{Function, Index, Program, Shape, Value};
use autodiff::unary::Unary;
use numerics::seed::{Purpose, Seed};
use physics::coupled::system::{Coupling, pairs};

/// Numbers of the state of a body.
pub const STATE: usize = 4;
/// Numbers of a difference between two bodies.
const DIFFERENCE: usize = 7;
/// Added to the square of a scaled distance, so that it has a logarithm.
const APART: f64 = 1e-6;
/// The last layer of the encoder starts so much smaller than usual: all probabilities begin near ½.
const QUIET: f32 = 0.1;

/// The networks of a recipe.
#[derive(Clone, Debug, PartialEq)]
pub struct RelationalNetwork {
    recipe: RelationalRecipe,
    /// Numbers of a body that the encoder reads.
    features: usize,
    message: Vec<usize>,
    object: Vec<usize>,
}

/// Who sends to whom in several copies of a graph of all pairs.
struct Pairs {
    receivers: Index,
    senders: Index,
    /// The pair of each edge.
    pair: Index,
}

impl Pairs {
    fn new(bodies: usize, copies: usize) -> Self {
        let number =
            |i: usize, j: usize| pairs(bodies).position(|pair| pair == (i.min(j), i.max(j))).unwrap_or_default();
        let edges: Vec<(usize, usize)> =
            (0..bodies).flat_map(|i| (0..bodies).filter(move |j| *j != i).map(move |j| (i, j))).collect();
        let index = |of: &dyn Fn(usize, (usize, usize)) -> usize| -> Index {
            (0..copies).flat_map(|copy| edges.iter().map(move |edge| of(copy, *edge) as u32)).collect()
        };
        Self {
            receivers: index(&|copy, (i, _)| copy * bodies + i),
            senders: index(&|copy, (_, j)| copy * bodies + j),
            pair: index(&|_, (i, j)| number(i, j)),
        }
    }
}

impl RelationalNetwork {
    /// The networks of a recipe; the encoder reads so many numbers of each body.
    pub fn of(recipe: &RelationalRecipe, features: usize) -> Self {
        let RelationalRecipe { hidden, message, .. } = *recipe;
        Self {
            recipe: *recipe,
            features,
            message: vec![DIFFERENCE, hidden, message],
            object: vec![STATE + message, hidden, STATE],
        }
    }

    /// Parameter arrays of the decoder; those of the encoder, or the free logits, come behind them.
    pub fn decoder_arrays(&self) -> usize {
        2 * (self.message.len() + self.object.len() - 2)
    }

    /// Parameter arrays of each network of the decoder.
    pub fn arrays(&self) -> Vec<usize> {
        [&self.message, &self.object].map(|widths| 2 * (widths.len() - 1)).to_vec()
    }

    /// Random parameters, from the seed and nothing else. Free logits start at zero.
    pub fn initial(&self, seed: Seed) -> Parameters {
        let mut rng = seed.stream(Purpose::Weights);
        let mut parameters = normal(&self.message, xavier, &mut rng);
        parameters.extend(normal(&self.object, xavier, &mut rng));
        match self.recipe.inference {
            Inference::Free => parameters.push(Matrix::zeros(self.recipe.motions, self.recipe.pairs())),
            Inference::Amortised => {
                for widths in self.encoder_widths() {
                    parameters.extend(normal(&widths, xavier, &mut rng));
                }
                let last = parameters.len() - 2;
                parameters[last].values.iter_mut().for_each(|weight| *weight *= QUIET);
            }
        }
        parameters
    }

    /// Logits of free inference are this times their parameters: so much faster do they move.
    pub fn logit_gain(&self) -> f64 {
        self.recipe.logit_lr / self.recipe.lr
    }

    /// From scaled states and the edges `[P, 1]` to what the next frame adds to straight lines, of one frame.
    pub fn decoding(&self) -> Function {
        let program = Program::new();
        let states = program.input(Shape::item(self.recipe.bodies, STATE));
        let edges = program.input(Shape::item(self.recipe.pairs(), 1));
        let next = self.decode(&program, states, edges, 1);
        program.function(&[next])
    }

    /// From the features of a motion to its logits `[P, 1]`. Parameters are those of the encoder alone.
    pub fn encoding(&self) -> Function {
        let program = Program::new();
        let features = program.input(Shape::item(self.recipe.bodies, self.features));
        let logits = self.encode(&program, features);
        program.function(&[logits])
    }

    /// From all inputs to the parts of the loss and the gradient of their sum; and the same without noise and gradient.
    pub fn training(&self) -> [Function; 2] {
        let (training, losses) = (Program::new(), Program::new());
        let parts = self.losses(&training, true);
        let quiet = self.losses(&losses, false);
        [training.training(parts[0] + parts[1], &parts), losses.function(&quiet)]
    }

    fn losses<'p>(&self, program: &'p Program, noisy: bool) -> [Value<'p>; 2] {
        let RelationalRecipe { bodies, inference, starts, temperature, kl, motions, .. } = self.recipe;
        let count = self.recipe.pairs();
        // The decoder's parameters come first, whatever reads them first.
        let decoder = self.decoder(program);
        let logits = match inference {
            Inference::Free => {
                let number = program.sparse_input(Shape::item(1, motions));
                rows(number.product(program.parameter(motions, count))) * self.logit_gain()
            }
            Inference::Amortised => {
                let features = program.input(Shape::item(bodies, self.features));
                self.encode(program, features)
            }
        };
        let sampled = if noisy { logits + program.input(Shape::item(count, 1)) } else { logits };
        let edges = (sampled * (1.0 / temperature)).unary(Unary::Sigmoid);
        let shape = Shape::item(starts * bodies, STATE);
        let (states, targets) = (program.input(shape), program.input(shape));
        let next = self.decode_with(&decoder, states, edges, starts);
        let prediction = (next - targets).square().affine(1.0, 1.0).unary(Unary::Ln).mean();
        // p ln p + (1 − p) ln(1 − p) + ln 2, with ln p = −softplus(−l).
        let p = logits.unary(Unary::Sigmoid);
        let joined = p * (logits * -1.0).unary(Unary::Softplus);
        let parted = p.affine(-1.0, 1.0) * logits.unary(Unary::Softplus);
        let divergence = (joined + parted).affine(-1.0, std::f64::consts::LN_2).mean();
        [prediction, divergence * kl]
    }

    fn decoder<'p>(&self, program: &'p Program) -> [Layers<'p>; 2] {
        [&self.message, &self.object].map(|widths| Layers::new(program, widths, LastBias::Present))
    }

    fn decode<'p>(&self, program: &'p Program, states: Value<'p>, edges: Value<'p>, starts: usize) -> Value<'p> {
        self.decode_with(&self.decoder(program), states, edges, starts)
    }

    fn decode_with<'p>(
        &self,
        [message, object]: &[Layers<'p>; 2],
        states: Value<'p>,
        edges: Value<'p>,
        starts: usize,
    ) -> Value<'p> {
        let Pairs { receivers, senders, pair } = Pairs::new(self.recipe.bodies, starts);
        let differences = states.gather(&senders) - states.gather(&receivers);
        let messages = message.perceptron(with_distance(differences), Activation::Silu);
        // A spring is there or is not; a pair of charges repels or attracts.
        let strength = match self.recipe.coupling {
            Coupling::Springs => edges,
            Coupling::Charges => edges.affine(2.0, -1.0),
        };
        let sent = messages * strength.gather(&pair).spread_columns(self.recipe.message);
        let received = sent.scatter(&receivers, starts * self.recipe.bodies);
        object.perceptron(Value::concatenate(&[received, states]), Activation::Silu)
    }

    /// Widths of the encoder's parts, input first: of bodies, of the two ends of an edge, of edges; then the same again, with
    /// the first edges beside the ends, and the logit.
    fn encoder_widths(&self) -> [Vec<usize>; 9] {
        let width = self.recipe.encoder;
        let layer = || vec![width, width];
        let first = vec![self.features, width, width];
        let twice = vec![width, width, width];
        [first, layer(), layer(), layer(), twice, layer(), layer(), layer(), vec![width, width, 1]]
    }

    /// The encoder of the paper: body → edge → body → edge, the last edges with a way around the bodies.
    ///
    /// The first layer of an edge reads two bodies side by side. Its weights are two matrices, one for each, so that their products
    /// are taken once for each body and not once for each edge.
    fn encode<'p>(&self, program: &'p Program, features: Value<'p>) -> Value<'p> {
        let bodies = self.recipe.bodies;
        let Pairs { receivers, senders, pair } = Pairs::new(bodies, 1);
        let [body, receiver, sender, edge, again, last_receiver, last_sender, last_edge, last] =
            self.encoder_widths().map(|widths| Layers::new(program, &widths, LastBias::Present));
        let of = |layers: &Layers<'p>, x: Value<'p>| layers.stack(x, elu);
        let h = elu(of(&body, features));
        let edges = elu(of(&receiver, h).gather(&receivers) + of(&sender, h).gather(&senders));
        let edges = elu(of(&edge, edges));
        let h = elu(of(&again, edges.scatter(&receivers, bodies) * (1.0 / (bodies - 1) as f64)));
        let ends = of(&last_receiver, h).gather(&receivers) + of(&last_sender, h).gather(&senders);
        of(&last, elu(ends + of(&last_edge, edges))).scatter(&pair, self.recipe.pairs())
    }
}

/// eᶻ − 1 below zero, z above (Clevert et al. 2015, arXiv 1511.07289).
fn elu(z: Value<'_>) -> Value<'_> {
    let above = z.relu();
    above + (z - above).exp().affine(1.0, -1.0)
}

/// Differences of positions and velocities, and direction and logarithm of the distance.
fn with_distance(difference: Value<'_>) -> Value<'_> {
    let toward = difference.slice(0, 2);
    let logarithm = toward.square().sum_columns().affine(1.0, APART).unary(Unary::Ln) * 0.5;
    let direction = toward * (logarithm * -1.0).exp().spread_columns(2);
    Value::concatenate(&[difference, direction, logarithm])
}

/// The columns of a row as rows.
fn rows(x: Value<'_>) -> Value<'_> {
    let columns = x.shape().columns;
    let one = |column: usize| x.slice(column, 1).scatter(&[column as u32].into_iter().collect::<Index>(), columns);
    (1..columns).fold(one(0), |sum, column| sum + one(column))
}
