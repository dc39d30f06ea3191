//! Claims about the gradient of the model that learns from pixels: Burn's tape and the kernel, both held against finite
//! differences of the independent evaluation in double precision.

use burn::tensor::{Tensor, TensorData};
use jobs::training::burn_models::pixel_network::PixelNetwork;
use jobs::training::engine::Engine;
use models::field::model::ModelKind;
use models::field::weights::LayerWeights;
use models::kernel::Output;
use models::kernel::Part;
use models::kernel::pixels::PixelKernel;
use models::pixels::frame::brightness;
use models::pixels::loss::PixelLoss;
use models::pixels::model::PixelModel;
use models::pixels::weights::{PixelWeights, PixelWidths};
use numerics::seed::{Purpose, Seed};
use physics::dynamics::VectorField;
use physics::phase_space::PhasePoint;
use rand::RngExt;

/// Single precision adds up some hundred terms of 6e-8 each; a wrong term would be off by far more.
const TOLERANCE: f64 = 1e-4;
/// Nudges this small cross a rectifier's kink for hardly any weight, and leave ten digits of the difference.
const NUDGE: f32 = 1e-6;

struct Problem {
    kind: ModelKind,
    weights: PixelWeights,
    /// `[2n, sample]`.
    levels: Vec<u8>,
    sample: usize,
}

/// Odd sizes on purpose: none is a multiple of the kernel's packs. The second is wider than what it takes at once.
fn problems() -> impl Iterator<Item = Problem> {
    let shapes =
        [(21, PixelWidths { autoencoder: 11, field: 9 }, 13), (75, PixelWidths { autoencoder: 37, field: 5 }, 51)];
    shapes.into_iter().flat_map(|(sample, widths, count)| {
        ModelKind::ALL.into_iter().map(move |kind| {
            let mut rng = Seed(3).stream(Purpose::Weights);
            let weights = PixelWeights::initial_for(sample, widths, kind, &mut rng);
            let mut level = || if rng.random::<bool>() { rng.random::<u8>() } else { 0 };
            let levels = (0..2 * count * sample).map(|_| level()).collect();
            Problem { kind, weights, levels, sample }
        })
    })
}

impl Problem {
    fn count(&self) -> usize {
        self.levels.len() / self.sample / 2
    }

    /// The three parts in double precision, a sample at a time.
    fn loss(&self, weights: &PixelWeights) -> PixelLoss {
        let model = PixelModel::new(self.kind, weights);
        let rows: Vec<Vec<f32>> =
            self.levels.chunks(self.sample).map(|row| row.iter().map(|level| brightness(*level)).collect()).collect();
        let (samples, successors) = rows.split_at(self.count());
        let mut loss = PixelLoss::default();
        for (x, next) in samples.iter().zip(successors) {
            let encode = |x: &[f32]| model.autoencoder.encode(x.iter().copied());
            let (z, then): (PhasePoint, PhasePoint) = (encode(x), encode(next));
            let decoded = model.autoencoder.decode(&z);
            let missed: f64 = decoded.iter().zip(x).map(|(y, x)| (y - f64::from(*x)).powi(2)).sum();
            loss.reconstruction += missed / self.sample as f64;
            loss.canonical += (z.p[0] - (then.q[0] - z.q[0])).powi(2);
            let velocity = model.field.velocity(&z);
            loss.dynamics +=
                ((then.q[0] - z.q[0] - velocity.dq[0]).powi(2) + (then.p[0] - z.p[0] - velocity.dp[0]).powi(2)) / 2.0;
        }
        let n = self.count() as f64;
        PixelLoss {
            reconstruction: loss.reconstruction / n,
            canonical: loss.canonical / n,
            dynamics: loss.dynamics / n,
        }
    }

    /// Holds a gradient of one reading of the loss against central differences, relative to the largest of them.
    fn judge(&self, what: &str, of: impl Fn(&PixelLoss) -> f64, gradient: &[LayerWeights]) {
        let mut found = vec![];
        for (l, layer) in self.weights.layers().enumerate() {
            for (bias, count) in [(false, layer.weight.len()), (true, layer.bias.len())] {
                for i in (0..count).step_by(count.div_ceil(19).max(1)) {
                    let at = |nudge: f32| {
                        let mut moved = self.weights.clone();
                        let layer = moved.layers_mut().nth(l).expect("a layer");
                        let number = if bias { &mut layer.bias[i] } else { &mut layer.weight[i] };
                        *number += nudge;
                        // What was really added, after rounding to single precision.
                        (f64::from(*number), of(&self.loss(&moved)))
                    };
                    let ((above, loss_above), (below, loss_below)) = (at(NUDGE), at(-NUDGE));
                    let layer = &gradient[l];
                    let claimed = if bias { layer.bias[i] } else { layer.weight[i] };
                    found.push((l, bias, i, (loss_above - loss_below) / (above - below), f64::from(claimed)));
                }
            }
        }
        let largest = found.iter().map(|(.., difference, _)| difference.abs()).fold(0.0, f64::max);
        assert!(largest > 1e-3, "{what} depends on the weights");
        for (l, bias, i, difference, claimed) in found {
            let error = (claimed - difference).abs() / largest;
            assert!(error < TOLERANCE, "{what}, {:?}: layer {l} bias {bias} [{i}] is off by {error:e}", self.kind);
        }
    }
}

#[test]
fn the_tapes_gradient_of_each_part_is_its_finite_difference() {
    let engine = Engine::cpu_reference();
    for problem in problems() {
        let values: Vec<f32> = problem.levels.iter().map(|level| brightness(*level)).collect();
        let both = TensorData::new(values, [2 * problem.count(), problem.sample]);
        for part in 0..3 {
            let mut network = PixelNetwork::new(problem.kind, &problem.weights, &engine.taped, engine.guard);
            let parts = network.loss(Tensor::from_inner(Tensor::from_data(both.clone(), &engine.plain)));
            let gradients = [parts.reconstruction, parts.canonical, parts.dynamics][part].clone().backward();
            let mut found = problem.weights.zeros();
            for ((_, found), parameter) in found.tensors_mut().zip(network.parameters_mut()) {
                if let Some(gradient) = parameter.grad(&gradients) {
                    *found = gradient.into_data().iter::<f32>().collect();
                }
            }
            let layers: Vec<LayerWeights> = found.layers().cloned().collect();
            problem.judge("tape", |loss| [loss.reconstruction, loss.canonical, loss.dynamics][part], &layers);
        }
    }
}

#[test]
fn the_kernels_gradient_is_the_finite_difference_of_the_loss() {
    for problem in problems() {
        let Some(output) = Output::of(problem.kind) else {
            continue;
        };
        let mut kernel = PixelKernel::new(output, &problem.weights);
        let found = kernel.differentiate(&problem.levels);
        let truth = problem.loss(&problem.weights);
        for (found, truth) in [
            (found.reconstruction, truth.reconstruction),
            (found.canonical, truth.canonical),
            (found.dynamics, truth.dynamics),
        ] {
            assert!((found / truth - 1.0).abs() < 1e-5, "{found} {truth}");
        }
        assert_eq!(kernel.loss(&problem.levels), found);
        let layers: Vec<LayerWeights> = kernel.part(Part::Gradient).layers().cloned().collect();
        problem.judge("kernel", PixelLoss::total, &layers);
    }
}
