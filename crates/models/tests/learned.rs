//! Claims about learned models in double precision, and about where training starts.

use models::activation::Activation;
use models::field::initial::orthogonal;
use models::field::model::{LearnedModel, ModelKind};
use models::field::network::FieldNetwork;
use models::layers::LastBias;
use numerics::seed::{Purpose, Seed};
use physics::dynamics::VectorField;
use physics::phase_space::PhasePoint;

#[test]
fn the_velocity_of_an_hnn_is_the_finite_difference_of_its_energy() {
    for activation in Activation::SMOOTH {
        let network = FieldNetwork { kind: ModelKind::Hnn, dof: 2, driven: false, hidden: 19, depth: 2, activation };
        let model = LearnedModel::new(&network, &network.initial(&mut Seed(3).stream(Purpose::Weights)));
        let at = [0.3, -0.8, 1.1, 0.2];
        let velocity = model.velocity(&PhasePoint::from_coordinates(&at));
        for i in 0..at.len() {
            let moved = |h: f64| {
                let mut at = at;
                at[i] += h;
                model.learned_energy(&PhasePoint::from_coordinates(&at)).expect("an energy")
            };
            // Central differences at h = 1e-5: h² and rounding over h are both below 1e-9.
            let difference = (moved(1e-5) - moved(-1e-5)) / 2e-5;
            let found = if i < 2 { -velocity.dp[i] } else { velocity.dq[i - 2] };
            assert!((found - difference).abs() < 1e-8, "{activation:?} {i}: {found} {difference}");
        }
    }
}

#[test]
fn initial_weights_are_orthonormal_along_the_shorter_side() {
    let parameters = orthogonal(&[2, 50, 50, 1], LastBias::Absent, &mut Seed(0).stream(Purpose::Weights));
    assert_eq!(parameters.len(), 5);
    for matrix in parameters.iter().step_by(2) {
        let entry = |short: usize, long: usize| {
            let (row, column) = if matrix.rows <= matrix.columns { (short, long) } else { (long, short) };
            f64::from(matrix.values[row * matrix.columns + column])
        };
        let (short, long) = (matrix.rows.min(matrix.columns), matrix.rows.max(matrix.columns));
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
