//! Claims about learning: what a trained Hamiltonian network keeps, and that a run can be repeated and resumed.

use autodiff::engine::Engine;
use experiments::{FieldExperiment, Models, preset::Preset, task::Task};
use models::field::model::{LearnedModel, ModelKind};
use models::field::score::Score;
use models::learner::{Learner, LossesOn, Trainable};

type Session = Learner<Box<dyn Trainable>>;

fn session(experiment: &FieldExperiment, kind: ModelKind) -> Session {
    Learner::new(Task::of(experiment).training(experiment, kind), &Engine::Cpu).expect("a plan")
}

fn steps(session: &mut Session, count: u64) {
    (0..count).for_each(|_| session.step());
}

#[test]
fn without_noise_an_hnn_learns_the_spring_almost_exactly() {
    let mut experiment = Preset::Spring.experiment();
    experiment.data.noise = 0.0;
    let mut session = session(&experiment, ModelKind::Hnn);
    steps(&mut session, 2000);
    let loss = pollster::block_on(session.losses(LossesOn::All)).expect("the CPU answers").test;
    assert!(loss <= 2e-4, "{loss}");
}

#[test]
fn an_hnn_keeps_the_energy_of_the_pendulum_that_a_baseline_loses() {
    let experiment = Preset::Pendulum.experiment();
    let errors = [ModelKind::Baseline, ModelKind::Hnn].map(|kind| {
        let mut session = session(&experiment, kind);
        steps(&mut session, experiment.schedule.steps);
        let parameters = pollster::block_on(session.parameters()).expect("the CPU answers");
        Score::of(
            &LearnedModel::new(&experiment.field_network(kind), &parameters),
            &experiment.system,
            &experiment.data,
            experiment.seed,
        )
        .energy_mse
    });
    // Eleven seeds have a median above 50 (tests/browser/speed.test.mjs); one seed may be far from it.
    assert!(errors[0] > 3.0 * errors[1], "{errors:?}");
}

#[test]
fn a_run_from_a_checkpoint_goes_on_as_if_nothing_had_happened() {
    let mut experiment = Preset::Spring.experiment();
    experiment.models = Models::Hnn;
    // In batches, so that the choice of samples has to go on too.
    experiment.schedule.batch = 64;
    let mut whole = session(&experiment, ModelKind::Hnn);
    steps(&mut whole, 30);
    let checkpoint = pollster::block_on(whole.checkpoint()).expect("the CPU answers");
    let mut resumed = session(&experiment, ModelKind::Hnn);
    resumed.restore(&checkpoint).expect("of the same shape");
    steps(&mut whole, 30);
    steps(&mut resumed, 30);
    let ends = [whole, resumed].map(|mut session| pollster::block_on(session.checkpoint()).expect("the CPU answers"));
    assert_eq!(ends[0], ends[1]);
}
