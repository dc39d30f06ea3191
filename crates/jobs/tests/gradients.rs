//! Claims about gradients: Burn's tape through the written-out dH/dx, and the kernel, both held against finite differences
//! of the independent evaluation in double precision.

use burn::tensor::{Tensor, TensorData};
use jobs::training::burn_models::mlp::Mlp as DeviceMlp;
use jobs::training::burn_models::network::{Examples, Network, Rows};
use jobs::training::engine::Engine;
use models::field::{activation::Activation, initial::orthogonal_mlp, mlp::Mlp, model::ModelKind, weights::MlpWeights};
use models::kernel::{Batch, Output, loss_and_gradients};
use numerics::seed::{Purpose, Seed};
use rand::RngExt;

/// Single precision adds up some hundred terms of 6e-8 each; a wrong term would be off by far more.
const TOLERANCE: f64 = 1e-4;

struct Problem {
    kind: ModelKind,
    weights: MlpWeights,
    rows: Rows,
}

/// Odd sizes on purpose: none is a multiple of the kernel's blocks.
fn problems() -> impl Iterator<Item = Problem> {
    let shapes = [(1, 13, 1), (1, 27, 2), (2, 11, 3), (6, 10, 2)];
    let activations = [Activation::Tanh, Activation::Softplus, Activation::Sine];
    shapes.into_iter().flat_map(move |(dof, hidden, depth)| {
        activations.into_iter().flat_map(move |activation| {
            ModelKind::ALL.into_iter().map(move |kind| {
                let mut rng = Seed(5).stream(Purpose::Weights);
                let weights = orthogonal_mlp(&kind.widths(dof, hidden, depth), activation, &mut rng);
                let mut numbers = |count: usize| (0..count).map(|_| rng.random_range(-1.0..1.0f32)).collect::<Vec<_>>();
                let samples = 61;
                let rows =
                    Rows { states: numbers(samples * 2 * dof), targets: numbers(samples * 2 * dof), width: 2 * dof };
                Problem { kind, weights, rows }
            })
        })
    })
}

impl Problem {
    /// The mean squared error in double precision, one sample at a time.
    fn loss(&self, weights: &MlpWeights) -> f64 {
        let mlp = Mlp::from(weights);
        let wide = |row: &[f32]| row.iter().map(|x| f64::from(*x)).collect::<Vec<_>>();
        let squares =
            self.rows.states.chunks(self.rows.width).zip(self.rows.targets.chunks(self.rows.width)).map(|(x, y)| {
                let output = match self.kind {
                    ModelKind::Baseline => mlp.output(&wide(x)),
                    ModelKind::Hnn => mlp.value_and_gradient(&wide(x), 0).1,
                    ModelKind::Dissipative => {
                        let (slope, energy) =
                            (mlp.value_and_gradient(&wide(x), 0).1, mlp.value_and_gradient(&wide(x), 1).1);
                        let half = slope.len() / 2;
                        let turned = energy[half..].iter().copied().chain(energy[..half].iter().map(|x| -x));
                        slope.iter().zip(turned).map(|(a, b)| a + b).collect()
                    }
                };
                output.iter().zip(wide(y)).map(|(a, b)| (a - b).powi(2)).sum::<f64>()
            });
        squares.sum::<f64>() / self.rows.states.len() as f64
    }

    /// Central differences for some weights of every layer, as (layer, is bias, index, derivative).
    fn differences(&self) -> Vec<(usize, bool, usize, f64)> {
        let mut found = vec![];
        for (l, layer) in self.weights.layers.iter().enumerate() {
            for (bias, count) in [(false, layer.weight.len()), (true, layer.bias.len())] {
                for i in (0..count).step_by(count.div_ceil(17).max(1)) {
                    let at = |nudge: f32| {
                        let mut moved = self.weights.clone();
                        let layer = &mut moved.layers[l];
                        let number = if bias { &mut layer.bias[i] } else { &mut layer.weight[i] };
                        *number += nudge;
                        // What was really added, after rounding to single precision.
                        (f64::from(*number), self.loss(&moved))
                    };
                    let ((above, loss_above), (below, loss_below)) = (at(1e-3), at(-1e-3));
                    found.push((l, bias, i, (loss_above - loss_below) / (above - below)));
                }
            }
        }
        found
    }

    /// Holds a gradient against the differences, relative to the largest derivative of the network.
    fn judge(&self, what: &str, derivative: impl Fn(usize, bool, usize) -> f64) {
        let differences = self.differences();
        let largest = differences.iter().map(|(.., d)| d.abs()).fold(0.0, f64::max);
        assert!(largest > 1e-3, "the loss depends on the weights");
        for (l, bias, i, difference) in differences {
            let error = (derivative(l, bias, i) - difference).abs() / largest;
            let Problem { kind, weights, .. } = self;
            assert!(
                error < TOLERANCE,
                "{what}, {kind:?} {:?}: layer {l} bias {bias} [{i}] is off by {error:e}",
                weights.activation
            );
        }
    }
}

#[test]
fn the_kernels_gradient_is_the_finite_difference_of_the_loss() {
    for problem in problems() {
        let Some(output) = Output::of(problem.kind) else {
            continue;
        };
        let Rows { states, targets, width } = &problem.rows;
        let found = loss_and_gradients(output, &problem.weights, Batch { states, targets, width: *width });
        let loss = problem.loss(&problem.weights);
        assert!((found.loss / loss - 1.0).abs() < 1e-5, "{} {loss}", found.loss);
        problem.judge("kernel", |l, bias, i| {
            let layer = &found.layers[l];
            f64::from(if bias { layer.bias[i] } else { layer.weight[i] })
        });
    }
}

#[test]
fn the_tapes_gradient_is_the_finite_difference_of_the_loss() {
    let engine = Engine::cpu_reference();
    for problem in problems() {
        let mut network = Network::new(problem.kind, &problem.weights, &engine.taped, engine.guard);
        let examples = Examples::new(&problem.rows, &engine.plain);
        let examples =
            Examples { states: Tensor::from_inner(examples.states), targets: Tensor::from_inner(examples.targets) };
        let gradients = network.loss(&examples).backward();
        let mut found: Vec<Option<Vec<f32>>> = network
            .mlp
            .parameters_mut()
            .map(|parameter| parameter.grad(&gradients).map(|g| g.into_data().iter::<f32>().collect()))
            .collect();
        // In the order weight, bias of each layer; the last has no bias.
        found.push(None);
        problem.judge("tape", |l, bias, i| {
            found[2 * l + usize::from(bias)].as_ref().map_or(0.0, |gradient| f64::from(gradient[i]))
        });
    }
}

#[test]
fn dh_dx_on_the_device_is_the_finite_difference_of_h() {
    let engine = Engine::cpu_reference();
    for problem in problems().filter(|problem| problem.kind == ModelKind::Hnn) {
        let width = problem.rows.width;
        let count = problem.rows.len();
        let device_mlp = DeviceMlp::new(&problem.weights, &engine.taped, engine.guard).frozen();
        let states = Tensor::from_data(TensorData::new(problem.rows.states.clone(), [count, width]), &engine.plain);
        let found: Vec<f32> = device_mlp.input_gradient(states).into_data().iter::<f32>().collect();
        let mlp = Mlp::from(&problem.weights);
        for (row, found) in problem.rows.states.chunks(width).zip(found.chunks(width)).step_by(7) {
            let x: Vec<f64> = row.iter().map(|x| f64::from(*x)).collect();
            let energy = |i: usize, nudge: f64| {
                let mut x = x.clone();
                x[i] += nudge;
                mlp.output(&x)[0]
            };
            let differences: Vec<f64> = (0..width).map(|i| (energy(i, 1e-5) - energy(i, -1e-5)) / 2e-5).collect();
            let largest = differences.iter().fold(0.0f64, |largest, d| largest.max(d.abs()));
            for (found, difference) in found.iter().zip(&differences) {
                assert!((f64::from(*found) - difference).abs() / largest < TOLERANCE);
            }
        }
    }
}
