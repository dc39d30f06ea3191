//! Claims about learning: what a trained Hamiltonian network keeps, and that a run can be repeated and resumed.

use experiments::{Experiment, Models, preset::Preset, task::Task};
use jobs::training::engine::Engine;
use jobs::training::session::{LossesOn, Session};
use models::field::model::{LearnedModel, ModelKind};
use models::field::score::Score;

fn session(experiment: &Experiment, kind: ModelKind, engine: &Engine) -> Session {
    Session::new(experiment, kind, &Task::of(experiment), engine)
}

fn steps(session: &mut Session, count: u64) {
    (0..count).for_each(|_| session.step());
}

#[test]
fn without_noise_an_hnn_learns_the_spring_almost_exactly() {
    let mut experiment = Preset::Spring.experiment();
    experiment.data.noise = 0.0;
    let mut session = session(&experiment, ModelKind::Hnn, &Engine::cpu());
    steps(&mut session, 2000);
    let loss = pollster::block_on(session.losses(LossesOn::All)).expect("the CPU answers").test;
    assert!(loss <= 2e-4, "{loss}");
}

#[test]
fn an_hnn_keeps_the_energy_of_the_pendulum_that_a_baseline_loses() {
    let experiment = Preset::Pendulum.experiment();
    let errors = [ModelKind::Baseline, ModelKind::Hnn].map(|kind| {
        let mut session = session(&experiment, kind, &Engine::cpu());
        steps(&mut session, experiment.schedule.steps);
        let weights = pollster::block_on(session.weights()).expect("the CPU answers");
        Score::of(&LearnedModel::new(kind, &weights), &experiment.system, &experiment.data, experiment.seed).energy_mse
    });
    // Eleven seeds have a median above 50 (tests/browser/speed.test.mjs); one seed may be far from it.
    assert!(errors[0] > 3.0 * errors[1], "{errors:?}");
}

#[test]
fn kernel_and_tape_train_alike() {
    let experiment = Preset::Spring.experiment();
    for kind in ModelKind::ALL {
        let losses = [Engine::cpu(), Engine::cpu_reference()].map(|engine| {
            let mut session = session(&experiment, kind, &engine);
            steps(&mut session, 20);
            pollster::block_on(session.losses(LossesOn::All)).expect("the CPU answers").train
        });
        // Rounding differs in every step; after twenty it is still far from a thousandth.
        assert!((losses[0] / losses[1] - 1.0).abs() < 1e-3, "{kind:?}: {losses:?}");
    }
}

#[test]
fn a_run_from_a_checkpoint_goes_on_as_if_nothing_had_happened() {
    let mut experiment = Preset::Spring.experiment();
    experiment.models = Models::Hnn;
    // In batches, so that the choice of samples has to go on too.
    experiment.schedule.batch = 64;
    let engine = Engine::cpu();
    let mut whole = session(&experiment, ModelKind::Hnn, &engine);
    steps(&mut whole, 30);
    let checkpoint = pollster::block_on(whole.checkpoint()).expect("the CPU answers");
    let mut resumed = session(&experiment, ModelKind::Hnn, &engine);
    resumed.restore(&checkpoint);
    steps(&mut whole, 30);
    steps(&mut resumed, 30);
    let weights = [&whole, &resumed].map(|session| pollster::block_on(session.weights()).expect("the CPU answers"));
    assert_eq!(weights[0], weights[1]);
}
