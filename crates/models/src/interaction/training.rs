//! A predictor with the scenes that it learns from.

use crate::interaction::data::{AllScales, Group, InteractionData};
use crate::interaction::features;
use crate::interaction::network::{InteractionNetwork, Layout};
use crate::interaction::recipe::{InteractionRecipe, Predictor, RecipeError};
use crate::learner::{Batch, Functions, LossesOn, Part, Trainable};
use crate::schedule::warm_cosine;
use autodiff::adam::Adam;
use autodiff::parameters::Parameters;
use numerics::seed::{Purpose, Seed};
use physics::interactions::scene::{Scene, State};
use rand::RngExt;
use std::borrow::Cow;
use std::sync::Arc;

/// Steps in which the learning rate rises.
const WARM_UP: u64 = 50;
/// The gradient is scaled down to this norm: two bodies that meet closely would throw the networks far.
const CLIP: f64 = 5.0;
/// Items on which a loss is measured.
const MEASURED: usize = 100;

/// A predictor and its data. What a step reads depends on recipe, seed and the number of the step alone.
#[derive(Clone, Debug)]
pub struct InteractionTraining {
    recipe: InteractionRecipe,
    network: InteractionNetwork,
    layout: Layout,
    seed: Seed,
    data: Arc<InteractionData>,
}

/// Scaled inputs and targets of some scenes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    inputs: Vec<Vec<f64>>,
    targets: Vec<f64>,
}

impl InteractionTraining {
    /// A predictor before its first step, on scenes that are simulated now.
    pub fn new(recipe: &InteractionRecipe, seed: Seed) -> Result<Self, RecipeError> {
        recipe.check()?;
        Self::with_data(recipe, Arc::new(InteractionData::generate(recipe, seed)), seed)
    }

    /// The same on scenes of the same domain that are there already.
    pub fn with_data(recipe: &InteractionRecipe, data: Arc<InteractionData>, seed: Seed) -> Result<Self, RecipeError> {
        recipe.check()?;
        for asked in recipe.bodies() {
            if data.group(asked).is_none() {
                return Err(RecipeError::Bodies { domain: recipe.domain, asked });
            }
        }
        let layout = Layout::new(recipe.domain, &recipe.bodies(), 1);
        Ok(Self { recipe: *recipe, network: InteractionNetwork::of(recipe), layout, seed, data })
    }

    /// How it learns.
    pub fn recipe(&self) -> &InteractionRecipe {
        &self.recipe
    }

    /// What it learns from.
    pub fn data(&self) -> &Arc<InteractionData> {
        &self.data
    }

    /// Items made of the scenes that `choose` picks from each group, by their numbers.
    fn items(&self, groups: &[Group], items: usize, mut choose: impl FnMut(&Group, usize) -> usize) -> Batch<'_> {
        let mut rows = Rows::new(self.recipe.predictor);
        for item in 0..items {
            for bodies in &self.layout.bodies {
                if let Some(group) = groups.iter().find(|group| group.bodies == *bodies) {
                    let (scene, state, next) = group.step(choose(group, item));
                    rows.add(self.recipe.predictor, &self.data.scales, scene, state);
                    rows.add_target(self.recipe.predictor, &self.data.scales, scene, state, next);
                }
            }
        }
        let Rows { inputs, targets } = rows;
        let narrow = |values: Vec<f64>| Cow::Owned(values.into_iter().map(|x| x as f32).collect::<Vec<f32>>());
        Batch { inputs: inputs.into_iter().chain([targets]).map(narrow).collect(), items }
    }
}

impl Rows {
    /// No items yet.
    pub fn new(predictor: Predictor) -> Self {
        let inputs = match predictor {
            Predictor::Interaction | Predictor::Energy => 2,
            Predictor::NoRelations | Predictor::Perceptron => 1,
        };
        Self { inputs: vec![vec![]; inputs], targets: vec![] }
    }

    /// A further scene.
    pub fn add(&mut self, predictor: Predictor, scales: &AllScales, scene: &Scene, state: &State) {
        if predictor == Predictor::Perceptron {
            let before = self.inputs[0].len();
            features::whole(scene, state, &mut self.inputs[0]);
            return scales.whole.apply(&mut self.inputs[0][before..]);
        }
        if predictor != Predictor::NoRelations {
            let [relations, _] = &mut self.inputs[..] else { return };
            for relation in scene.relations() {
                let before = relations.len();
                features::relation(scene, state, relation, relations);
                scales.relations[features::kind(relation)].apply(&mut relations[before..]);
            }
        }
        if let Some(objects) = self.inputs.last_mut() {
            let before = objects.len();
            (0..scene.bodies()).for_each(|body| features::object(scene, state, body, objects));
            scales.object.apply(&mut objects[before..]);
        }
    }

    fn add_target(&mut self, predictor: Predictor, scales: &AllScales, scene: &Scene, state: &State, next: &State) {
        let change = next.velocities.iter().zip(&state.velocities).map(|(next, now)| (next - now) / scales.change);
        if predictor != Predictor::Energy {
            self.targets.extend(change);
        }
        if matches!(predictor, Predictor::Energy | Predictor::Perceptron) {
            let [mean, deviation] = scales.energy;
            self.targets.push((scene.potential_energy(state) - mean) / deviation);
        }
    }

    /// The inputs, in the order of the program.
    pub fn inputs(&self) -> Vec<&[f64]> {
        self.inputs.iter().map(Vec::as_slice).collect()
    }
}

impl Trainable for InteractionTraining {
    fn functions(&self) -> Functions {
        let [training, losses] = self.network.training(&self.layout);
        Functions { training, losses, parts: self.network.parts() }
    }

    fn initial(&self) -> Parameters {
        self.network.initial(self.seed)
    }

    fn steps(&self) -> u64 {
        self.recipe.steps
    }

    /// Random moments of random scenes.
    fn batch(&self, step: u64) -> Batch<'_> {
        let mut rng = self.seed.stream_at(Purpose::Batches, step);
        // A network without relations cannot distinguish steps with a collision from others, and would predict too many of them.
        let sees = matches!(self.recipe.predictor, Predictor::Interaction | Predictor::Energy);
        self.items(&self.data.groups, self.recipe.batch, |group, _| {
            if sees { group.draw(&mut rng) } else { rng.random_range(0..group.steps()) }
        })
    }

    fn adam(&self, step: u64) -> Adam {
        let lr = warm_cosine(self.recipe.lr, WARM_UP, self.recipe.steps, step);
        Adam { clip: CLIP, ..Adam::new(lr, step) }
    }

    fn samples(&self, part: Part, _: LossesOn) -> Batch<'_> {
        let groups = if part == Part::Train { &self.data.groups } else { &self.data.held_out };
        // Spread over all scenes and frames: the golden section has no period in common with either.
        let spread = |group: &Group, item: usize| {
            let part = (item as f64 * 0.618_033_988_75).fract();
            ((part * group.steps() as f64) as usize).min(group.steps() - 1)
        };
        self.items(groups, MEASURED, spread)
    }

    /// Mean square error of the change of velocity over its mean square, or of the energy over its variance.
    fn total(&self, parts: &[f64]) -> f64 {
        parts[0]
    }
}
