//! A graph network with the motions that it learns from.

use crate::learner::{Batch, Functions, LossesOn, Part, Trainable};
use crate::ode::data::{DEVIATION, MIDDLE, Motions, OdeData};
use crate::ode::network::{OdeNetwork, STATE, pairs};
use crate::ode::recipe::{OdeError, OdeKind, OdeRecipe};
use autodiff::adam::Adam;
use autodiff::parameters::Parameters;
use numerics::seed::{Purpose, Seed};
use physics::oscillators::system::Oscillators;
use physics::phase_space::PhasePoint;
use rand::RngExt;
use std::borrow::Cow;
use std::sync::Arc;

/// A graph network and its data. What a step reads depends on recipe, seed and the number of the step alone, and is the same for all
/// kinds.
#[derive(Clone, Debug)]
pub struct OdeTraining {
    recipe: OdeRecipe,
    network: OdeNetwork,
    seed: Seed,
    data: Arc<OdeData>,
    train: Transitions,
    /// Some transitions to learn from and some of held-out motions, for losses.
    measured: [Transitions; 2],
}

/// Transitions that a loss is measured on.
const MEASURED: usize = 400;

/// Steps of motions as the program reads them.
#[derive(Clone, Debug, Default)]
struct Transitions {
    /// Numbers of bodies and of ordered pairs.
    sizes: [usize; 2],
    /// Steps that share masses and stiffnesses.
    length: usize,
    /// (m − 1)/deviation, `[systems, n]`.
    masses: Vec<f32>,
    /// (k − 1)/deviation, `[systems, n (n − 1)]`; 0 where no spring joins a pair.
    stiffness: Vec<f32>,
    /// 1 or 0, `[systems, n (n − 1)]`.
    present: Vec<f32>,
    /// `[systems, length + 1, n, 4]`.
    states: Vec<f32>,
}

/// Masses, stiffnesses and presence of springs as programs read them: `[n]`, `[n (n − 1)]`, `[n (n − 1)]`.
pub fn attributes(system: &Oscillators) -> [Vec<f64>; 3] {
    let unit = |x: f64| (x - MIDDLE) / DEVIATION;
    let [receivers, senders] = pairs(system.bodies());
    let stiffness: Vec<f64> =
        receivers.iter().zip(senders.iter()).map(|(i, j)| system.stiffness(*i as usize, *j as usize)).collect();
    let present = stiffness.iter().map(|k| f64::from(u8::from(*k > 0.0))).collect();
    let masses = system.masses.iter().map(|mass| unit(*mass)).collect();
    [masses, stiffness.iter().map(|k| if *k > 0.0 { unit(*k) } else { 0.0 }).collect(), present]
}

/// (q, p) of every body, `[n, 4]`.
pub fn rows(at: &PhasePoint) -> impl Iterator<Item = f64> + '_ {
    at.q.chunks_exact(2).zip(at.p.chunks_exact(2)).flat_map(|(q, p)| [q[0], q[1], p[0], p[1]])
}

impl Transitions {
    fn of(motions: &Motions, recipe: &OdeRecipe) -> Self {
        let n = recipe.bodies;
        let mut all = Self { sizes: [n, n * (n - 1)], length: recipe.length, ..Self::default() };
        for (system, states) in motions.systems.iter().zip(&motions.states) {
            let [masses, stiffness, present] = attributes(system);
            for (all, of) in
                [&mut all.masses, &mut all.stiffness, &mut all.present].into_iter().zip([masses, stiffness, present])
            {
                all.extend(of.into_iter().map(|x| x as f32));
            }
            all.states.extend(states.iter().flat_map(rows).map(|x| x as f32));
        }
        all
    }

    fn len(&self) -> usize {
        self.masses.len() / self.sizes[0] * self.length
    }

    /// Inputs of the program: masses, stiffnesses, presence, states, and states a step later.
    fn chosen(&self, chosen: impl Iterator<Item = usize>) -> Batch<'static> {
        let [n, edges] = self.sizes;
        let mut inputs = vec![vec![]; 5];
        let mut items = 0;
        for transition in chosen {
            let (system, step) = (transition / self.length, transition % self.length);
            let size = n * STATE;
            let state = (system * (self.length + 1) + step) * size;
            let parts = [
                &self.masses[system * n..][..n],
                &self.stiffness[system * edges..][..edges],
                &self.present[system * edges..][..edges],
                &self.states[state..][..size],
                &self.states[state + size..][..size],
            ];
            inputs.iter_mut().zip(parts).for_each(|(input, part)| input.extend_from_slice(part));
            items += 1;
        }
        Batch { inputs: inputs.into_iter().map(Cow::Owned).collect(), items }
    }

    /// Those of some systems, evenly spread.
    fn thinned(&self, count: usize) -> Self {
        let batch = self.chosen((0..self.len()).step_by(self.len().div_ceil(count).max(1)));
        let mut inputs = batch.inputs.into_iter().map(Cow::into_owned);
        let mut next = || inputs.next().unwrap_or_default();
        let [masses, stiffness, present, now, then] = std::array::from_fn(|_| next());
        let size = self.sizes[0] * STATE;
        let states = now.chunks_exact(size).zip(then.chunks_exact(size)).flat_map(|(now, then)| [now, then].concat());
        Self { length: 1, masses, stiffness, present, states: states.collect(), ..*self }
    }
}

impl OdeTraining {
    /// A network before its first step, on data that are made for it now.
    pub fn new(recipe: &OdeRecipe, kind: OdeKind, seed: Seed) -> Result<Self, OdeError> {
        recipe.check()?;
        Ok(Self::with_data(recipe, kind, Arc::new(OdeData::generate(recipe, seed)), seed))
    }

    /// The same on data that are there already, made of the same recipe, which has been checked, by
    /// [`OdeData::generate`]: the three kinds share them.
    pub fn with_data(recipe: &OdeRecipe, kind: OdeKind, data: Arc<OdeData>, seed: Seed) -> Self {
        let [train, test] = [&data.train, &data.test].map(|motions| Transitions::of(motions, recipe));
        let measured = [train.thinned(MEASURED), test.thinned(MEASURED)];
        Self { recipe: *recipe, network: OdeNetwork::of(recipe, kind, data.scales), seed, data, train, measured }
    }

    /// How it learns.
    pub fn recipe(&self) -> &OdeRecipe {
        &self.recipe
    }

    /// Its networks.
    pub fn network(&self) -> &OdeNetwork {
        &self.network
    }

    /// What it learns from and is judged by.
    pub fn data(&self) -> &Arc<OdeData> {
        &self.data
    }
}

impl Trainable for OdeTraining {
    fn functions(&self) -> Functions {
        let [training, losses] = self.network.training(self.recipe.bodies);
        Functions { training, losses, parts: 1 }
    }

    fn initial(&self) -> Parameters {
        self.network.initial(self.seed)
    }

    fn steps(&self) -> u64 {
        self.recipe.course.steps
    }

    fn batch(&self, step: u64) -> Batch<'_> {
        let mut rng = self.seed.stream_at(Purpose::Batches, step);
        let all = self.train.len();
        self.train.chosen((0..self.recipe.batch).map(|_| rng.random_range(0..all)))
    }

    fn adam(&self, step: u64) -> Adam {
        self.recipe.course.adam(step)
    }

    fn samples(&self, part: Part, _: LossesOn) -> Batch<'_> {
        let [train, test] = &self.measured;
        let transitions = if part == Part::Train { train } else { test };
        transitions.chosen(0..transitions.len())
    }
}
