//! Claims about what the page shows of the statements of the slides: curves over time, and series about less data.

use experiments::preset::Preset;
use experiments::task::Task;
use jobs::pool::{News, Wish};
use jobs::protocol::motion_snapshot::MotionSnapshot;
use models::field::model::ModelKind;
use numerics::seed::Purpose;
use orrery::pages::learning::quantity::{Curve, Quantity};
use orrery::session::action::{Action, Effect};
use orrery::session::pools::{PoolNews, PoolWish};
use orrery::session::series::SIZES;
use orrery::session::state::Session;
use std::rc::Rc;

/// A page with an untrained HNN that has been looked at.
fn looked_at(preset: Preset) -> Session {
    let mut session = Session::showing(preset.into());
    let experiment = session.workbench.field.clone();
    let parameters = experiment.field_network(ModelKind::Hnn).initial(&mut experiment.seed.stream(Purpose::Weights));
    let snapshot = MotionSnapshot::of(&experiment, &Task::of(&experiment), ModelKind::Hnn, 0, &parameters, false);
    session.models.get_mut(&ModelKind::Hnn).expect("an HNN").snapshot = Some(Rc::new(snapshot));
    session
}

fn ends(curve: &Curve) -> (f64, f64) {
    (curve.points[0].1, curve.points[curve.points.len() - 1].1)
}

#[test]
fn the_learned_h_begins_at_the_true_energy_and_stays_along_its_own_motion() {
    let session = looked_at(Preset::Spring);
    let curves = Quantity::LearnedEnergy.curves(&session);
    let [truth, true_energy, learned] = &curves[..] else { panic!("{} curves", curves.len()) };
    assert!(truth.kind.is_none() && true_energy.faint && !learned.faint);
    let (start, end) = ends(learned);
    assert!((start - ends(truth).0).abs() < 1e-12);
    // RK4 at a step of 0.05 over 20 units of time keeps it to rounding of the chart; the true energy of an untrained network is not kept.
    assert!((end - start).abs() < 1e-6, "{start} {end}");
    let (true_start, true_end) = ends(true_energy);
    assert!((true_end - true_start).abs() > 1e-3, "{true_start} {true_end}");
}

#[test]
fn kinetic_and_potential_energy_add_up_to_h_and_the_truth_is_at_no_distance_from_itself() {
    for preset in [Preset::Pendulum, Preset::TwoBody, Preset::TwoMasses, Preset::DrivenPendulum] {
        let session = looked_at(preset);
        let of = |quantity: Quantity| quantity.curves(&session).remove(0).points;
        let (kinetic, potential, energy) = (of(Quantity::Kinetic), of(Quantity::Potential), of(Quantity::Energy));
        for ((k, v), e) in kinetic.iter().zip(&potential).zip(&energy) {
            assert!((k.1 + v.1 - e.1).abs() < 1e-9, "{preset:?}");
        }
        assert!(of(Quantity::Distance).iter().all(|(_, far)| *far == 0.0));
        assert!(kinetic.iter().all(|(_, k)| *k >= 0.0));
    }
}

#[test]
fn only_a_driven_energy_is_not_expected_to_stay() {
    let kept = |preset: Preset| Quantity::Energy.is_conserved(&preset.experiment());
    assert!(kept(Preset::Pendulum) && kept(Preset::TwoMasses) && !kept(Preset::DrivenPendulum));
    let offered = |preset: Preset| Quantity::of(&preset.experiment());
    assert!(offered(Preset::TwoMasses).contains(&Quantity::Separation));
    assert!(!offered(Preset::TwoBody).contains(&Quantity::Separation));
    assert!(
        !offered(Preset::DoublePendulum).contains(&Quantity::Kinetic),
        "its kinetic energy depends on the positions"
    );
    assert!(offered(Preset::Pixels).contains(&Quantity::Position));
}

/// Trajectories of the run that these effects start.
fn started(effects: &[Effect]) -> Option<usize> {
    effects.iter().find_map(|effect| match effect {
        Effect::Pool(PoolWish::Series(Wish::Start(spec, _))) => Some(spec.experiment.data.trajectories),
        _ => None,
    })
}

fn stopped(effects: &[Effect]) -> bool {
    effects.iter().any(|effect| matches!(effect, Effect::Pool(PoolWish::Series(Wish::Stop))))
}

#[test]
fn less_data_goes_from_size_to_size_beside_what_is_shown() {
    let mut session = Session::showing(Preset::Spring.into());
    let mut effects = session.reduce(Action::RunSizes);
    for (done, size) in SIZES.into_iter().enumerate() {
        assert_eq!(started(&effects), Some(size));
        assert_eq!(session.sizes.as_ref().map(|sizes| sizes.done.len()), Some(done));
        effects = session.hear(&PoolNews::Series(News::Finished));
    }
    assert!(stopped(&effects));
    // What was found stays while five seeds run, and goes with another experiment.
    assert_eq!(started(&session.reduce(Action::RunSeries)), Some(50));
    assert!(session.sizes.is_some());
    session.reduce(Action::Set("noise", "0".into()));
    assert!(session.sizes.is_none());
}

#[test]
fn series_share_their_workers_and_end_one_another() {
    let mut session = Session::showing(Preset::Spring.into());
    session.reduce(Action::RunSeries);
    session.reduce(Action::RunSizes);
    assert!(session.series.is_none() && session.sizes.is_some());
    session.reduce(Action::RunSeries);
    assert!(session.series.is_some() && session.sizes.is_none());
    session.reduce(Action::RunSizes);
    assert!(stopped(&session.reduce(Action::Set("noise", "0".into()))));
}
