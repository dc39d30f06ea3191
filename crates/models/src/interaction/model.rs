//! A trained predictor at work, in `f64`: the next velocities of a scene, scene energies, rollouts.

use crate::interaction::data::InteractionData;
use crate::interaction::network::{InteractionNetwork, Layout};
use crate::interaction::recipe::{InteractionRecipe, Predictor};
use crate::interaction::training::Rows;
use autodiff::parameters::Parameters;
use autodiff::reference::Reference;
use physics::interactions::scene::{Scene, State};
use std::sync::{Arc, Mutex, PoisonError};

/// A trained predictor.
#[derive(Debug)]
pub struct InteractionModel {
    recipe: InteractionRecipe,
    network: InteractionNetwork,
    parameters: Parameters,
    data: Arc<InteractionData>,
    /// The program of the layout evaluated last.
    latest: Mutex<Option<(Layout, Reference)>>,
}

impl InteractionModel {
    /// The predictor with these parameters, which have to fit the recipe ([`InteractionNetwork::fits`]), and the data whose
    /// scales it was trained with.
    pub fn new(recipe: &InteractionRecipe, data: Arc<InteractionData>, parameters: &Parameters) -> Self {
        let network = InteractionNetwork::of(recipe);
        Self { recipe: *recipe, network, parameters: parameters.clone(), data, latest: Mutex::new(None) }
    }

    /// Whether it can be evaluated on so many bodies.
    pub fn takes(&self, bodies: usize) -> bool {
        self.recipe.predictor != Predictor::Perceptron || self.recipe.bodies() == [bodies]
    }

    /// Velocities one frame later, `[n, 2]` of each scene. All scenes have as many bodies and pins.
    pub fn velocities(&self, scenes: &[(&Scene, &State)]) -> Vec<Vec<f64>> {
        let output = self.output(scenes);
        let next = |((_, state), changes): (&(&Scene, &State), &[f64])| {
            state.velocities.iter().zip(changes).map(|(v, change)| v + change * self.data.scales.change).collect()
        };
        scenes.iter().zip(output.chunks(output.len() / scenes.len().max(1))).map(next).collect()
    }

    /// Potential energies of scenes, of a predictor that predicts them.
    pub fn energies(&self, scenes: &[(&Scene, &State)]) -> Vec<f64> {
        let output = self.output(scenes);
        let [mean, deviation] = self.data.scales.energy;
        let last = output.chunks(output.len() / scenes.len().max(1)).filter_map(|row| row.last());
        last.map(|energy| mean + deviation * energy).collect()
    }

    /// States one frame later. Positions move with the mean of both velocities.
    pub fn next(&self, scenes: &[(&Scene, &State)]) -> Vec<State> {
        let velocities = self.velocities(scenes);
        let next =
            |((scene, state), velocities): (&(&Scene, &State), Vec<f64>)| moved(state, velocities, scene.domain.dt());
        scenes.iter().zip(velocities).map(next).collect()
    }

    fn output(&self, scenes: &[(&Scene, &State)]) -> Vec<f64> {
        let Some((first, _)) = scenes.first() else { return vec![] };
        let layout = Layout::new(first.domain, &[first.bodies()], first.pins.len());
        let mut rows = Rows::new(self.recipe.predictor);
        scenes.iter().for_each(|(scene, state)| rows.add(self.recipe.predictor, &self.data.scales, scene, state));
        let mut latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        let reference = match &mut *latest {
            Some((of, reference)) if *of == layout => reference,
            latest => {
                let reference = Reference::new(&self.network.evaluation(&layout), &self.parameters);
                &mut latest.insert((layout, reference)).1
            }
        };
        reference.run(&rows.inputs(), scenes.len()).swap_remove(0)
    }
}

/// A state with new velocities after one frame: positions move with the mean of old and new ones.
pub fn moved(state: &State, velocities: Vec<f64>, dt: f64) -> State {
    let both = state.velocities.iter().zip(&velocities);
    let positions = state.positions.iter().zip(both).map(|(x, (old, new))| x + dt * (old + new) / 2.0).collect();
    State { positions, velocities }
}
