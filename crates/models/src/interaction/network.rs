//! The programs of all predictors.
//!
//! An item of a batch is one or several scenes side by side, of numbers of bodies that are known when the program is written:
//! every relation and every body has a row, so no row is wasted on a body that is not there.
//!
//! | predictor | inputs of an item | output | loss, mean over a batch |
//! |---|---|---|---|
//! | interaction | relations, bodies | scaled change of velocity of each body, `[N, 2]` | mean square of the error |
//! | no relations | bodies | the same | the same |
//! | perceptron | the whole state | the same and the scaled energy, `[1, 2n + 1]` | mean squares, of changes and of the energy |
//! | energy | relations, bodies | scaled potential energy of each scene, `[S, 1]` | mean square of the error |
//!
//! In training the scaled targets are a further input.

use crate::activation::Activation;
use crate::interaction::features::{OBJECT, RELATION, whole_width};
use crate::interaction::recipe::{InteractionRecipe, Predictor};
use crate::layers::{LastBias, Layers, he, normal};
use autodiff::parameters::Parameters;
use autodiff::program::{Function, Index, Program, Shape, Value};
use numerics::seed::{Purpose, Seed};
use physics::interactions::domain::Domain;
use physics::interactions::scene::relations;

/// Numbers of a body from which the energy of a scene is made, and units of the layer that makes it: those of the paper.
const POOLED: [usize; 2] = [10, 25];
/// The last layer of a network starts so much smaller than its other layers.
const LAST: f32 = 0.3;

/// The networks of a recipe.
#[derive(Clone, Debug, PartialEq)]
pub struct InteractionNetwork {
    predictor: Predictor,
    /// Widths of every network, input first.
    widths: Vec<Vec<usize>>,
    activation: Activation,
}

/// Which scenes an item consists of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Number of bodies of each scene.
    pub bodies: Vec<usize>,
    /// Number of the receiving body of each relation, counted over the item.
    pub receivers: Index,
    /// Number of the scene of each body.
    pub scenes: Index,
}

impl Layout {
    /// Scenes of a domain with these numbers of bodies; strings have so many pins.
    pub fn new(domain: Domain, bodies: &[usize], pins: usize) -> Self {
        let (mut receivers, mut scenes) = (vec![], vec![]);
        for (number, &n) in bodies.iter().enumerate() {
            let before = scenes.len();
            receivers.extend(relations(domain, n, pins).iter().map(|relation| (before + relation.receiver) as u32));
            scenes.extend(std::iter::repeat_n(number as u32, n));
        }
        Self { bodies: bodies.to_vec(), receivers: receivers.into(), scenes: scenes.into() }
    }
}

impl InteractionNetwork {
    /// The networks of a recipe.
    pub fn of(recipe: &InteractionRecipe) -> Self {
        let InteractionRecipe { hidden, depth, effects, activation, predictor, .. } = *recipe;
        let relation: Vec<usize> = [RELATION].into_iter().chain(vec![hidden; depth]).chain([effects]).collect();
        let object = |output: usize| vec![effects + OBJECT, hidden, output];
        let widths = match predictor {
            Predictor::Interaction => vec![relation, object(2)],
            Predictor::NoRelations => vec![vec![OBJECT, hidden, 2]],
            Predictor::Perceptron => {
                let bodies = recipe.bodies()[0];
                vec![vec![whole_width(bodies), 2 * hidden, 2 * hidden, 2 * bodies + 1]]
            }
            Predictor::Energy => vec![relation, object(POOLED[0]), vec![POOLED[0], POOLED[1], 1]],
        };
        Self { predictor, widths, activation }
    }

    /// Parameter arrays of each network.
    pub fn arrays(&self) -> Vec<usize> {
        self.widths.iter().map(|widths| 2 * (widths.len() - 1)).collect()
    }

    /// Random parameters, from the seed and nothing else.
    pub fn initial(&self, seed: Seed) -> Parameters {
        let mut rng = seed.stream(Purpose::Weights);
        let mut parameters: Parameters = self.widths.iter().flat_map(|widths| normal(widths, he, &mut rng)).collect();
        if let Some(last) = parameters.len().checked_sub(2) {
            parameters[last].values.iter_mut().for_each(|weight| *weight *= LAST);
        }
        parameters
    }

    /// Whether these are parameters of such networks.
    pub fn fits(&self, parameters: &Parameters) -> bool {
        let pairs = self.widths.iter().flat_map(|widths| widths.windows(2));
        let shapes = pairs.flat_map(|pair| [(pair[0], pair[1]), (1, pair[1])]);
        shapes.eq(parameters.iter().map(|matrix| (matrix.rows, matrix.columns)))
    }

    /// From the inputs to the outputs.
    pub fn evaluation(&self, layout: &Layout) -> Function {
        let program = Program::new();
        let output = self.output(&program, layout);
        program.function(&[output])
    }

    /// From inputs and scaled targets to the loss and its gradient; and the same without gradient.
    pub fn training(&self, layout: &Layout) -> [Function; 2] {
        let program = Program::new();
        let output = self.output(&program, layout);
        let target = program.input(output.shape());
        let Shape { rows, columns, .. } = output.shape();
        let square = (output - target).square();
        let parts = if self.predictor == Predictor::Perceptron {
            // The energy is one number of many, and is worth as much as all others together.
            let changes = square.slice(0, columns - 1).batch_mean() * (1.0 / (columns - 1) as f64);
            vec![changes, square.slice(columns - 1, 1).batch_mean()]
        } else {
            vec![square.batch_mean() * (1.0 / (rows * columns) as f64)]
        };
        let loss = parts.iter().skip(1).fold(parts[0], |sum, part| sum + *part);
        [program.training(loss, &parts), program.function(&parts)]
    }

    /// Parts of the loss.
    pub fn parts(&self) -> usize {
        if self.predictor == Predictor::Perceptron { 2 } else { 1 }
    }

    fn output<'p>(&self, program: &'p Program, layout: &Layout) -> Value<'p> {
        let bodies = layout.scenes.len();
        let perceptron = |number: usize, x: Value<'p>| {
            Layers::new(program, &self.widths[number], LastBias::Present).perceptron(x, self.activation)
        };
        match self.predictor {
            Predictor::Perceptron => perceptron(0, program.input(Shape::item(1, self.widths[0][0]))),
            Predictor::NoRelations => perceptron(0, program.input(Shape::item(bodies, OBJECT))),
            Predictor::Interaction | Predictor::Energy => {
                let relations = program.input(Shape::item(layout.receivers.len(), RELATION));
                let objects = program.input(Shape::item(bodies, OBJECT));
                let effects = perceptron(0, relations).scatter(&layout.receivers, bodies);
                let output = perceptron(1, Value::concatenate(&[effects, objects]));
                if self.predictor == Predictor::Interaction {
                    return output;
                }
                perceptron(2, output.scatter(&layout.scenes, layout.bodies.len()))
            }
        }
    }
}
