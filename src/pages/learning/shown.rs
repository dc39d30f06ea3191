//! What pictures of this page are drawn from.

use crate::pages::learning::draw::section;
use crate::pages::learning::matching::Match;
use crate::session::state::Session;
use models::field::model::ModelKind;
use physics::trajectory::Trajectory;

/// The crossings of truth and models, truth first.
pub fn crossings(state: &Session) -> Vec<section::Crossings<'_>> {
    let learned = state.models.iter().filter_map(|(kind, model)| {
        let snapshot = model.snapshot.as_ref()?;
        Some((Some(*kind), snapshot.section.as_slice()))
    });
    std::iter::once((None, state.scene.truth.section.as_slice())).chain(learned).collect()
}

/// The nearby true motion and those of the models.
pub fn others(state: &Session) -> Vec<(Option<ModelKind>, &Trajectory)> {
    let nearby = state.scene.truth.nearby.iter().map(|motion| (None, motion));
    nearby.chain(state.motions().into_iter().filter(|(kind, _)| kind.is_some())).collect()
}

/// The learned energies and their match with the truth.
pub fn energies(state: &Session) -> Option<(&[f64], Match)> {
    let snapshot = state.models.get(&ModelKind::Hnn)?.snapshot.as_ref()?;
    let factor = state.workbench.field.system.mechanics().reference_factor();
    let found = Match::of(&snapshot.energies, &state.scene.truth.energies, state.scene.energy_scale, factor)?;
    Some((&snapshot.energies, found))
}
