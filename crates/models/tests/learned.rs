//! Claims about learned models as plain numbers.

use models::field::{activation::Activation, initial::orthogonal_mlp, mlp::Mlp, model::ModelKind};
use numerics::seed::{Purpose, Seed};

#[test]
fn the_input_gradient_is_the_finite_difference_of_the_output() {
    for activation in [Activation::Tanh, Activation::Softplus, Activation::Sine] {
        let mut rng = Seed(3).stream(Purpose::Weights);
        let mlp = Mlp::from(&orthogonal_mlp(&[4, 19, 23, 1], activation, &mut rng));
        let x = [0.3, -0.8, 1.1, 0.2];
        let (value, gradient) = mlp.value_and_gradient(&x, 0);
        assert_eq!(value, mlp.output(&x)[0]);
        for i in 0..x.len() {
            let moved = |h: f64| {
                let mut x = x;
                x[i] += h;
                mlp.output(&x)[0]
            };
            // Central differences at h = 1e-5: h² and rounding over h are both below 1e-9.
            let difference = (moved(1e-5) - moved(-1e-5)) / 2e-5;
            assert!((gradient[i] - difference).abs() < 1e-8, "{activation:?} {i}: {} {difference}", gradient[i]);
        }
    }
}

#[test]
fn initial_weights_are_orthonormal_along_the_shorter_side() {
    let mut rng = Seed(0).stream(Purpose::Weights);
    let weights = orthogonal_mlp(&[2, 50, 50, 1], Activation::Tanh, &mut rng);
    for layer in &weights.layers {
        let entry = |short: usize, long: usize| {
            let (row, column) = if layer.inputs <= layer.outputs { (short, long) } else { (long, short) };
            f64::from(layer.weight[row * layer.outputs + column])
        };
        let (short, long) = (layer.inputs.min(layer.outputs), layer.inputs.max(layer.outputs));
        for a in 0..short {
            for b in 0..short {
                let overlap: f64 = (0..long).map(|i| entry(a, i) * entry(b, i)).sum();
                let wanted = if a == b { 1.0 } else { 0.0 };
                // Entries are rounded to f32, 6e-8 each.
                assert!((overlap - wanted).abs() < 1e-6);
            }
        }
    }
}

#[test]
fn the_papers_networks_have_the_papers_sizes() {
    let size = |kind: ModelKind| {
        let mut rng = Seed(0).stream(Purpose::Weights);
        orthogonal_mlp(&kind.widths(1, 200, 2), Activation::Tanh, &mut rng).parameters()
    };
    // 2·200 + 200 + 200·200 + 200, then 200 a head: two for the baseline, one for the energy.
    assert_eq!((size(ModelKind::Baseline), size(ModelKind::Hnn)), (41_200, 41_000));
}
