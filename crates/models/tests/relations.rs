//! Interaction networks and neural relational inference: programs against evaluations written a second time, and symmetries.

mod oracle;

use autodiff::parameters::Parameters;
use models::activation::Activation;
use models::interaction::data::InteractionData;
use models::interaction::model::InteractionModel;
use models::interaction::network::InteractionNetwork;
use models::interaction::recipe::{InteractionRecipe, Predictor, Sizes};
use models::interaction::training::InteractionTraining;
use models::learner::Trainable;
use models::relational::data::RelationalData;
use models::relational::model::RelationalModel;
use models::relational::recipe::{Inference, RelationalRecipe};
use models::relational::training::RelationalTraining;
use models::relational::yardsticks::Yardsticks;
use numerics::seed::{Purpose, Seed};
use oracle::{Arrays, check, perceptron};
use physics::coupled::system::{Coupling, DT, pairs};
use physics::interactions::domain::Domain;
use physics::interactions::scene::{Scene, State, relations};
use rand::RngExt;
use std::sync::Arc;

fn small(domain: Domain, predictor: Predictor) -> InteractionRecipe {
    let quick = InteractionRecipe::quick(domain);
    InteractionRecipe { hidden: 7, effects: 5, scenes: 12, frames: 9, batch: 3, steps: 4, ..quick }.with(predictor)
}

/// Effects, their sums, outputs and errors, one row at a time.
fn interaction_loss(recipe: &InteractionRecipe, arrays: &Arrays, inputs: &Arrays, items: usize) -> f64 {
    let act = |from: usize, to: usize, x: &[f64]| perceptron(&arrays[from..to], recipe.activation, x);
    let of_relation = 2 * (recipe.depth + 1);
    let mut predicted = vec![];
    match recipe.predictor {
        Predictor::Perceptron => {
            let width = inputs[0].len() / items;
            inputs[0].chunks_exact(width).for_each(|row| predicted.extend(act(0, 6, row)));
        }
        Predictor::NoRelations => inputs[0].chunks_exact(3).for_each(|row| predicted.extend(act(0, 4, row))),
        Predictor::Interaction | Predictor::Energy => {
            let (mut rows, mut objects) = (inputs[0].chunks_exact(8), inputs[1].chunks_exact(3));
            for _ in 0..items {
                for bodies in recipe.bodies() {
                    let mut sums = vec![vec![0.0; recipe.effects]; bodies];
                    for relation in relations(recipe.domain, bodies, usize::from(recipe.domain == Domain::String)) {
                        let effect = act(0, of_relation, rows.next().expect("a row of each relation"));
                        sums[relation.receiver].iter_mut().zip(effect).for_each(|(sum, x)| *sum += x);
                    }
                    let mut outputs = sums.into_iter().map(|sum| {
                        act(of_relation, of_relation + 4, &[&sum, objects.next().expect("a row of each body")].concat())
                    });
                    if recipe.predictor == Predictor::Interaction {
                        predicted.extend(outputs.flatten());
                    } else {
                        let first = outputs.next().expect("a body");
                        let pooled = outputs.fold(first, |a, b| a.iter().zip(b).map(|(a, b)| a + b).collect());
                        predicted.extend(act(of_relation + 4, of_relation + 8, &pooled));
                    }
                }
            }
            assert!(rows.next().is_none() && objects.next().is_none());
        }
    }
    let targets = inputs.last().expect("targets");
    let squares: Vec<f64> = predicted.iter().zip(targets).map(|(a, b)| (a - b).powi(2)).collect();
    assert_eq!(predicted.len(), targets.len());
    if recipe.predictor == Predictor::Perceptron {
        let width = squares.len() / items;
        let of = |row: &[f64]| row[..width - 1].iter().sum::<f64>() / (width - 1) as f64 + row[width - 1];
        return squares.chunks_exact(width).map(of).sum::<f64>() / items as f64;
    }
    squares.iter().sum::<f64>() / squares.len() as f64
}

#[test]
fn interaction_networks_are_what_is_written_a_second_time() {
    for domain in Domain::ALL {
        for predictor in [Predictor::Interaction, Predictor::NoRelations, Predictor::Perceptron, Predictor::Energy] {
            if domain == Domain::Balls && predictor == Predictor::Energy {
                continue;
            }
            // ReLU has no derivative at its kink, which finite differences may meet.
            for activation in [Activation::Silu, Activation::Tanh] {
                let recipe = InteractionRecipe { activation, ..small(domain, predictor) };
                let data = InteractionData::generate(&small(domain, Predictor::Interaction), Seed(1));
                let model = InteractionTraining::with_data(&recipe, Arc::new(data), Seed(1)).expect("a valid recipe");
                check(
                    &format!("{domain:?} {predictor:?} {activation:?}"),
                    &model,
                    &model.initial(),
                    |arrays, inputs, items| interaction_loss(&recipe, arrays, inputs, items),
                );
            }
        }
    }
}

fn random_parameters(of: &InteractionNetwork) -> Parameters {
    let mut parameters = of.initial(Seed(2));
    let mut rng = Seed(2).stream(Purpose::Noise);
    parameters.iter_mut().flat_map(|matrix| &mut matrix.values).for_each(|x| *x += rng.random_range(-0.3..0.3));
    parameters
}

#[test]
fn an_interaction_network_knows_neither_names_nor_places() {
    let recipe = small(Domain::NBody, Predictor::Interaction);
    let data = Arc::new(InteractionData::generate(&recipe, Seed(2)));
    let model = InteractionModel::new(&recipe, data.clone(), &random_parameters(&InteractionNetwork::of(&recipe)));
    let (scene, state, _) = data.groups[2].step(5);
    let velocities = &model.velocities(&[(scene, state)])[0];
    // Bodies in the opposite order.
    let turned = |x: &[f64]| x.chunks(2).rev().flatten().copied().collect::<Vec<f64>>();
    let masses = scene.masses.iter().rev().copied().collect();
    let other = Scene { masses, ..scene.clone() };
    let reversed = State { positions: turned(&state.positions), velocities: turned(&state.velocities) };
    let found = turned(&model.velocities(&[(&other, &reversed)])[0]);
    assert!(found.iter().zip(velocities).all(|(a, b)| (a - b).abs() < 1e-12));
    // All of them elsewhere.
    let moved = State { positions: state.positions.iter().map(|x| x + 3.0).collect(), ..state.clone() };
    let found = &model.velocities(&[(scene, &moved)])[0];
    assert!(found.iter().zip(velocities).all(|(a, b)| (a - b).abs() < 1e-10));
    // A scene of another size is another program of the same parameters.
    let (scene, state, _) = data.groups[0].step(1);
    assert_eq!(model.velocities(&[(scene, state)])[0].len(), 2 * data.groups[0].bodies);
}

#[test]
fn recipes_that_cannot_be_followed_are_refused_in_a_sentence() {
    let recipe = InteractionRecipe { sizes: Sizes::One(40), ..InteractionRecipe::quick(Domain::NBody) };
    assert_eq!(
        recipe.check().expect_err("too many").to_string(),
        "a scene of bodies under gravity has 2 to 12 bodies, not 40"
    );
    let recipe = RelationalRecipe { bodies: 11, ..RelationalRecipe::quick(Coupling::Springs, Inference::Free) };
    assert_eq!(recipe.check().expect_err("too many").to_string(), "a hidden graph has 3 to 10 bodies, not 11");
}

fn silu(z: f64) -> f64 {
    z / (1.0 + (-z).exp())
}

fn elu(z: f64) -> f64 {
    if z > 0.0 { z } else { z.exp() - 1.0 }
}

fn sigmoid(z: f64) -> f64 {
    1.0 / (1.0 + (-z).exp())
}

/// The encoder, edge by edge: logits of all pairs.
fn encoded(recipe: &RelationalRecipe, arrays: &[Vec<f64>], features: &[f64]) -> Vec<f64> {
    let n = recipe.bodies;
    let affine = |layer: usize, x: &[f64]| {
        let (weight, bias) = (&arrays[2 * layer], &arrays[2 * layer + 1]);
        oracle::dense(x, weight, Some(bias))
    };
    let raised = |x: Vec<f64>| x.into_iter().map(elu).collect::<Vec<f64>>();
    let layer = |number: usize, x: &[f64]| raised(affine(number, x));
    let plus = |a: Vec<f64>, b: Vec<f64>| a.iter().zip(b).map(|(a, b)| a + b).collect::<Vec<f64>>();
    let h: Vec<Vec<f64>> = features.chunks_exact(features.len() / n).map(|row| layer(1, &layer(0, row))).collect();
    let edge = |i: usize, j: usize| layer(4, &raised(plus(affine(2, &h[i]), affine(3, &h[j]))));
    let received = |i: usize| {
        let zero = vec![0.0; recipe.encoder];
        let sum = (0..n).filter(|j| *j != i).fold(zero, |sum, j| plus(sum, edge(i, j)));
        sum.into_iter().map(|x| x / (n - 1) as f64).collect::<Vec<f64>>()
    };
    let again: Vec<Vec<f64>> = (0..n).map(|i| layer(6, &layer(5, &received(i)))).collect();
    let logit = |i: usize, j: usize| {
        let ends = plus(affine(7, &again[i]), affine(8, &again[j]));
        affine(11, &layer(10, &raised(plus(ends, affine(9, &edge(i, j))))))[0]
    };
    pairs(n).map(|(i, j)| logit(i, j) + logit(j, i)).collect()
}

/// Samples, messages, predictions, errors and divergence, one row at a time.
fn relational_loss(recipe: &RelationalRecipe, arrays: &Arrays, inputs: &Arrays, items: usize) -> f64 {
    let (n, count) = (recipe.bodies, recipe.pairs());
    let frame = n * 4;
    let (mut prediction, mut divergence) = (0.0, 0.0);
    for item in 0..items {
        let of = |input: usize| {
            let size = inputs[input].len() / items;
            &inputs[input][item * size..][..size]
        };
        let logits: Vec<f64> = match recipe.inference {
            Inference::Free => {
                let number = of(0).iter().position(|x| *x == 1.0).expect("a number");
                arrays[8][number * count..][..count].iter().map(|x| x * recipe.logit_lr / recipe.lr).collect()
            }
            Inference::Amortised => encoded(recipe, &arrays[8..], of(0)),
        };
        let edges: Vec<f64> =
            logits.iter().zip(of(1)).map(|(logit, noise)| sigmoid((logit + noise) / recipe.temperature)).collect();
        for p in logits.iter().map(|logit| sigmoid(*logit)) {
            divergence += p * (2.0 * p).ln() + (1.0 - p) * (2.0 * (1.0 - p)).ln();
        }
        for (states, targets) in of(2).chunks_exact(frame).zip(of(3).chunks_exact(frame)) {
            let state = |i: usize| &states[4 * i..][..4];
            for i in 0..n {
                let mut sum = vec![0.0; recipe.message];
                for j in (0..n).filter(|j| *j != i) {
                    let mut row: Vec<f64> = state(j).iter().zip(state(i)).map(|(a, b)| a - b).collect();
                    let r = (row[0] * row[0] + row[1] * row[1] + 1e-6).sqrt();
                    row.extend([row[0] / r, row[1] / r, r.ln()]);
                    let message = perceptron(&arrays[..4], Activation::Silu, &row);
                    let pair = pairs(n).position(|pair| pair == (i.min(j), i.max(j))).expect("a pair");
                    let strength = match recipe.coupling {
                        Coupling::Springs => edges[pair],
                        Coupling::Charges => 2.0 * edges[pair] - 1.0,
                    };
                    sum.iter_mut().zip(message).for_each(|(sum, x)| *sum += strength * x);
                }
                let next = perceptron(&arrays[4..8], Activation::Silu, &[&sum, state(i)].concat());
                let errors = next.iter().zip(&targets[4 * i..]).map(|(a, b)| (1.0 + (a - b).powi(2)).ln());
                prediction += errors.sum::<f64>() / (recipe.starts * frame) as f64;
            }
        }
    }
    (prediction + recipe.kl * divergence / count as f64) / items as f64
}

#[test]
fn relational_inference_is_what_is_written_a_second_time() {
    assert!((silu(1.0) - 0.731_058_578_630_004_9).abs() < 1e-12);
    for coupling in Coupling::ALL {
        for (inference, bodies) in [(Inference::Free, 4), (Inference::Amortised, 3), (Inference::Amortised, 5)] {
            let quick = RelationalRecipe::quick(coupling, inference);
            let recipe = RelationalRecipe {
                bodies,
                motions: 6,
                hidden: 6,
                message: 3,
                encoder: 7,
                starts: 2,
                kl: 0.7,
                batch: 3,
                logit_lr: 0.006,
                ..quick
            };
            let model = RelationalTraining::new(&recipe, Seed(3)).expect("a valid recipe");
            let mut parameters = model.initial();
            let mut rng = Seed(3).stream(Purpose::Noise);
            parameters.iter_mut().flat_map(|matrix| &mut matrix.values).for_each(|x| *x += rng.random_range(-0.4..0.4));
            check(&format!("{coupling:?} {inference:?} {bodies}"), &model, &parameters, |arrays, inputs, items| {
                relational_loss(&recipe, arrays, inputs, items)
            });
        }
    }
}

#[test]
fn motion_by_a_decoder_keeps_to_its_graph() {
    // Without edges a body feels nothing of the others: moving one changes no other.
    let recipe = RelationalRecipe { motions: 5, ..RelationalRecipe::quick(Coupling::Springs, Inference::Free) };
    let training = RelationalTraining::new(&recipe, Seed(4)).expect("a valid recipe");
    let model = RelationalModel::new(&recipe, training.data().clone(), &training.initial());
    let motion = &training.data().motions[0];
    let (x, v) = (motion.positions[0].clone(), motion.velocities[0].clone());
    let mut moved = x.clone();
    moved[0] += 1.0;
    let last = |x: &[f64], edge: f64| {
        let motions = model.motions(&[(x, &v)], &[vec![edge; recipe.pairs()]], 5);
        motions[0].positions[4][2..].to_vec()
    };
    assert_eq!(last(&x, 0.0), last(&moved, 0.0));
    assert_ne!(last(&x, 1.0), last(&moved, 1.0));
    // Free logits start at zero: every probability is a half.
    assert!(model.probabilities().iter().flatten().all(|p| *p == 0.5));
    assert_eq!(model.probabilities().len(), 5);
}

/// Whoever knows the law finds the graph; without it, correlations tell less.
#[test]
fn yardsticks_are_where_they_were_measured() {
    let recipe = RelationalRecipe { motions: 300, ..RelationalRecipe::quick(Coupling::Springs, Inference::Free) };
    let data = RelationalData::generate(&recipe, Seed(5));
    let found = Yardsticks::of(&data.motions, Coupling::Springs, data.observed, DT);
    // Measured by another implementation: 53, 68, 79, 86 and 100 %.
    assert!(found.least_squares > 0.999, "{found:?}");
    assert!((found.path - 0.53).abs() < 0.05 && (found.velocity - 0.68).abs() < 0.05, "{found:?}");
    assert!((found.acceleration - 0.79).abs() < 0.05 && (found.projection - 0.86).abs() < 0.12, "{found:?}");
    assert!(found.best() < 0.9);
}
