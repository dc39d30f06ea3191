//! The programs of all models against evaluations written a second time, in plain loops: losses agree, and gradients are the
//! finite differences of those evaluations. The executor of one core agrees with the reference.

mod oracle;

use models::activation::Activation;
use models::field::annealing::Annealing;
use models::field::model::ModelKind;
use models::field::network::FieldNetwork;
use models::field::training::{Descent, FieldTraining};
use models::graph::recipe::{GraphRecipe, GraphWidths, MessageRegulariser, Positions};
use models::graph::training::GraphTraining;
use models::learner::Trainable;
use models::pixels::film::{FilmConfig, Films, SAMPLE};
use models::pixels::recipe::{PixelWidths, Recipe};
use models::pixels::training::PixelTraining;
use numerics::seed::Seed;
use oracle::{Arrays, activation, check, dense, layers, perceptron};
use physics::dataset::{Dataset, Samples};
use physics::particles::dataset::MotionConfig;
use physics::particles::world::{World, WorldConfig};
use physics::phase_space::{PhasePoint, PhaseVelocity};
use rand::RngExt;
use std::sync::Arc;

/// The gradient of an output by the input, by backpropagation for this one case.
fn slope(arrays: &[Vec<f64>], kind: Activation, x: &[f64], output: usize) -> Vec<f64> {
    let layers = layers(arrays);
    let (mut h, mut slopes) = (x.to_vec(), vec![]);
    for (weight, bias) in &layers[..layers.len() - 1] {
        let sums = dense(&h, weight, *bias);
        slopes.push(sums.iter().map(|z| activation(kind, *z).1).collect::<Vec<f64>>());
        h = sums.iter().map(|z| activation(kind, *z).0).collect();
    }
    let outputs = layers[layers.len() - 1].0.len() / h.len();
    let mut g: Vec<f64> = layers[layers.len() - 1].0.iter().skip(output).step_by(outputs).copied().collect();
    for ((weight, _), slope) in layers[..layers.len() - 1].iter().zip(&slopes).rev() {
        g.iter_mut().zip(slope).for_each(|(g, s)| *g *= s);
        let width = g.len();
        g = weight.chunks_exact(width).map(|row| row.iter().zip(&g).map(|(w, g)| w * g).sum()).collect();
    }
    g
}

fn velocity(network: &FieldNetwork, arrays: &[Vec<f64>], state: &[f64]) -> Vec<f64> {
    let flow = |output: usize| {
        let mut g = slope(arrays, network.activation, state, output);
        let dq = g.split_off(network.dof);
        dq.into_iter().chain(g.into_iter().map(|force| -force)).collect::<Vec<f64>>()
    };
    match network.kind {
        ModelKind::Baseline => perceptron(arrays, network.activation, state),
        ModelKind::Hnn => flow(0),
        ModelKind::Dissipative => {
            let friction = slope(arrays, network.activation, state, 0);
            flow(1).iter().zip(friction).map(|(a, b)| a + b).collect()
        }
    }
}

#[test]
fn networks_of_phase_space() {
    let mut rng = Seed(4).stream(numerics::seed::Purpose::Noise);
    for (dof, kind, activation, depth) in [
        (1, ModelKind::Baseline, Activation::Tanh, 2),
        (1, ModelKind::Hnn, Activation::Tanh, 2),
        (1, ModelKind::Dissipative, Activation::Tanh, 2),
        (2, ModelKind::Hnn, Activation::Softplus, 3),
        (3, ModelKind::Hnn, Activation::Sine, 1),
        (2, ModelKind::Dissipative, Activation::Sine, 3),
    ] {
        let mut samples = || {
            let mut numbers = |_| (0..dof).map(|_| rng.random_range(-1.5..1.5)).collect::<Vec<f64>>();
            let states = (0..11).map(|i| PhasePoint { q: numbers(i), p: numbers(i) }).collect::<Vec<_>>();
            let velocities = (0..11).map(|i| PhaseVelocity { dq: numbers(i), dp: numbers(i) }).collect();
            Samples { states, velocities }
        };
        let data = Dataset { train: samples(), test: samples() };
        let network = FieldNetwork { kind, dof, driven: false, hidden: 13, depth, activation };
        let descent = Descent { steps: 5, batch: 7, lr: 1e-3, annealing: Annealing::Constant, decay: 0.0 };
        let model = FieldTraining::new(network, descent, &data, data::scaling::Scaling::IDENTITY, Seed(7));
        let width = 2 * dof;
        check(&format!("{network:?}"), &model, &model.initial(), |arrays, inputs, items| {
            let rows = inputs[0].chunks_exact(width).zip(inputs[1].chunks_exact(width));
            let squares = rows.flat_map(|(state, target)| {
                let found = velocity(&network, arrays, state);
                found.into_iter().zip(target.to_vec()).map(|(a, b)| (a - b).powi(2))
            });
            squares.sum::<f64>() / (items * width) as f64
        });
    }
}

/// Messages, sums, predictions and penalties of a graph network, one row at a time.
fn graph_loss(recipe: &GraphRecipe, arrays: &Arrays, inputs: &Arrays, graphs: usize) -> f64 {
    let n = recipe.motions.world.bodies;
    let (size, alpha) = (recipe.regulariser.size(), recipe.regulariser.alpha() / n as f64);
    let (message_arrays, node_arrays) = arrays.split_at(2 * (recipe.widths.depth + 1));
    let (mut prediction, mut penalty) = (0.0, 0.0);
    let mut sums = vec![0.0; graphs * n * size];
    let width = inputs[0].len() / inputs[2].len();
    for (edge, (row, present)) in inputs[0].chunks_exact(width).zip(&inputs[2]).enumerate() {
        if *present == 0.0 {
            continue;
        }
        let output = perceptron(message_arrays, recipe.activation, row);
        for c in 0..size {
            let mut message = output[c];
            match recipe.regulariser {
                MessageRegulariser::Standard(_) | MessageRegulariser::Bottleneck(_) => {}
                MessageRegulariser::SparseL1 { .. } => penalty += alpha * message.abs(),
                MessageRegulariser::Kl { .. } => {
                    let log_variance = output[size + c];
                    penalty += alpha / 2.0 * (message * message + log_variance.exp() - log_variance);
                    message += (log_variance / 2.0).exp() * inputs[4][edge * size + c];
                }
            }
            sums[edge / (n - 1) * size + c] += message;
        }
    }
    let node_width = inputs[1].len() / (graphs * n);
    let d = recipe.motions.world.dimensions;
    let nodes = sums.chunks_exact(size).zip(inputs[1].chunks_exact(node_width)).zip(inputs[3].chunks_exact(d));
    for ((sum, row), target) in nodes {
        let output = perceptron(node_arrays, recipe.activation, &[sum, row].concat());
        prediction += output.iter().zip(target).map(|(a, b)| (a - b).abs()).sum::<f64>();
    }
    (prediction + penalty) / graphs as f64
}

#[test]
fn graph_networks_with_all_kinds_of_messages() {
    let regularisers = [
        MessageRegulariser::Bottleneck(2),
        MessageRegulariser::Standard(11),
        MessageRegulariser::SparseL1 { size: 9, alpha: 0.3 },
        MessageRegulariser::Kl { size: 5, alpha: 0.5 },
    ];
    let worlds = [(World::Spring, 4), (World::SpringNetwork, 5), (World::String, 7), (World::Damped, 2)];
    for (regulariser, (world, bodies)) in regularisers.into_iter().zip(worlds) {
        for (activation, positions) in
            [(Activation::Silu, Positions::Relative), (Activation::Relu, Positions::Absolute)]
        {
            let quick = GraphRecipe::quick(world);
            let config = WorldConfig { bodies, ..quick.motions.world };
            let recipe = GraphRecipe {
                motions: MotionConfig { world: config, simulations: 8, snapshots: 4, ..quick.motions },
                widths: GraphWidths { hidden: 10, depth: 2 },
                activation,
                positions,
                regulariser,
                shift: 1.0,
                batch: 6,
                initial_gain: 1.0,
                ..quick
            };
            let model = GraphTraining::new(&recipe, Seed(3)).expect("a valid recipe");
            check(
                &format!("{world:?} {regulariser:?} {activation:?}"),
                &model,
                &model.initial(),
                |arrays, inputs, items| graph_loss(&recipe, arrays, inputs, items),
            );
        }
    }
}

/// ReLU layers of which the second and third add to what they were given.
fn residual(arrays: &[Vec<f64>], x: &[f64]) -> Vec<f64> {
    let layers = layers(arrays);
    layers.iter().enumerate().fold(x.to_vec(), |x, (l, (weight, bias))| {
        let sums = dense(&x, weight, *bias);
        let raised = || sums.iter().map(|z| z.max(0.0)).collect::<Vec<f64>>();
        match l {
            0 => raised(),
            l if l + 1 == layers.len() => sums,
            _ => x.iter().zip(raised()).map(|(x, raised)| x + raised).collect(),
        }
    })
}

#[test]
fn models_that_learn_from_pixels() {
    let recipe = Recipe {
        films: FilmConfig { films: 5, frames: 13 },
        widths: PixelWidths { autoencoder: 9, field: 7 },
        batch: 5,
        ..Recipe::QUICK
    };
    let films = Arc::new(Films::generate(&recipe.films, Seed(2)));
    for kind in [ModelKind::Baseline, ModelKind::Hnn] {
        let model = PixelTraining::new(&recipe, kind, films.clone(), Seed(2));
        let network = FieldNetwork { kind, dof: 1, driven: false, hidden: 7, depth: 2, activation: Activation::Tanh };
        check(&format!("pixels {kind:?}"), &model, &model.initial(), |arrays, inputs, items| {
            let (mut pixels, mut canonical, mut dynamics) = (0.0, 0.0, 0.0);
            for (both, target) in inputs[0].chunks_exact(2 * SAMPLE).zip(inputs[1].chunks_exact(SAMPLE)) {
                assert_eq!(&both[..SAMPLE], target);
                let [now, then] = [0, 1].map(|row| residual(&arrays[..8], &both[row * SAMPLE..][..SAMPLE]));
                let change = [then[0] - now[0], then[1] - now[1]];
                canonical += (now[1] - change[0]).powi(2);
                let moved = velocity(&network, &arrays[16..], &now);
                dynamics += (0..2).map(|i| (change[i] - moved[i]).powi(2)).sum::<f64>() / 2.0;
                let decoded = residual(&arrays[8..16], &now);
                pixels += decoded.iter().zip(target).map(|(a, b)| (a - b).powi(2)).sum::<f64>() / SAMPLE as f64;
            }
            (pixels + canonical + 0.1 * dynamics) / items as f64
        });
    }
}

/// The paper's networks have the paper's sizes.
#[test]
fn networks_of_the_papers_have_their_sizes() {
    let size = |kind: ModelKind| {
        let network = FieldNetwork { kind, dof: 1, driven: false, hidden: 200, depth: 2, activation: Activation::Tanh };
        models::layers::count(&network.initial(&mut Seed(0).stream(numerics::seed::Purpose::Weights)))
    };
    // 2·200 + 200 + 200·200 + 200, then 200 a head: two for the baseline, one for the energy.
    assert_eq!((size(ModelKind::Baseline), size(ModelKind::Hnn)), (41_200, 41_000));
}
