//! Messages of a network held against true forces while it trains: everything a page shows of them.
//!
//! On edges of held-out motions. The figures are those of [`crate::messages::comparison`]: R² of the D components that vary
//! most, each as an affine function of the true force F, or of F/m with the mass of the receiver.

use crate::graph::features::Moment;
use crate::graph::model::GraphModel;
use crate::messages::comparison::{Comparison, ComparisonError, Match, Matches, Spread, Truth, by_divergence, spreads};
use crate::messages::table::Table;
use physics::particles::dataset::Motions;
use physics::particles::sample::Sample;
use serde::{Deserialize, Serialize};

/// Edges that are compared while a network trains: few enough to be evaluated between two steps.
pub const EDGES: usize = 2400;
/// Edges that are compared at the end: where forces have long tails, fewer do not give two digits of R².
pub const FINAL_EDGES: usize = 12_000;
/// Points of a scatter plot.
pub const POINTS: usize = 300;

/// Mean R² over the leading components against both truths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Agreement {
    /// With F.
    pub force: f64,
    /// With F/m.
    pub force_per_mass: f64,
}

/// One leading component against its fit by the true force.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scatter {
    /// Which component of the message.
    pub component: usize,
    /// R² of the trimmed fit that is drawn.
    pub r_squared: f64,
    /// (the best affine function of the true force, the message), up to [`POINTS`] of them.
    pub points: Vec<[f32; 2]>,
}

/// Measurements of a network's messages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MessageReport {
    /// Steps of training that the network had.
    pub step: u64,
    /// Edges that were compared.
    pub edges: usize,
    /// By plain least squares over all edges.
    pub plain: Agreement,
    /// By least squares without the tenth that fits worst.
    pub trimmed: Agreement,
    /// Which truth the messages are closer to, by the trimmed fit.
    pub truth: Truth,
    /// Standard deviation of every component, those that vary most first.
    pub spreads: Vec<Spread>,
    /// One for each of the D leading components, against `truth`.
    pub scatter: Vec<Scatter>,
}

/// Edges and what is sent along them.
#[derive(Default)]
pub(crate) struct Traffic {
    /// Messages, [edges, size].
    pub(crate) messages: Vec<f64>,
    /// With KL the sum over edges of μ² + σ² − ln σ², [size]; empty without.
    pub(crate) divergences: Vec<f64>,
    /// True forces, [edges, D].
    pub(crate) forces: Vec<f64>,
    /// Mass of each receiver.
    pub(crate) receivers: Vec<f64>,
    /// Mass of each sender.
    pub(crate) senders: Vec<f64>,
    /// Charges of receiver and sender.
    pub(crate) charges: Vec<[f64; 2]>,
    /// Stiffness.
    pub(crate) stiffness: Vec<f64>,
    /// From receiver to sender, [edges, D].
    pub(crate) toward: Vec<f64>,
}

impl Agreement {
    /// With one of the two.
    pub fn with(&self, truth: Truth) -> f64 {
        match truth {
            Truth::Force => self.force,
            Truth::ForcePerMass => self.force_per_mass,
        }
    }

    fn of(matches: &Matches) -> Self {
        Self { force: matches.force.mean(), force_per_mass: matches.force_per_mass.mean() }
    }
}

impl Traffic {
    /// All edges that are there, of graphs evenly spread over the motions, until there are about `most`.
    pub(crate) fn of(model: &GraphModel, motions: &Motions, most: usize) -> Self {
        let mut traffic = Self::default();
        let size = model.recipe().regulariser.size();
        let of_a_graph = |sample: &Sample<'_>| sample.scene.edges().iter().filter(|edge| edge.present).count();
        let first = motions.sample(0).map_or(1, |sample| of_a_graph(&sample).max(1));
        for sample in motions.spread(most.div_ceil(first)) {
            let Sample { scene, positions, velocities, .. } = sample;
            let d = scene.dimensions;
            let [messages, divergences] = model.messages_and_divergences(Moment { scene, positions, velocities });
            traffic.divergences.resize(if divergences.is_empty() { 0 } else { size }, 0.0);
            for of_edge in divergences.chunks_exact(size) {
                traffic.divergences.iter_mut().zip(of_edge).for_each(|(sum, x)| *sum += x);
            }
            for ((edge, message), force) in
                scene.edges().iter().zip(messages.chunks_exact(size)).zip(sample.edge_forces().chunks_exact(d))
            {
                if edge.present {
                    let (i, j) = (edge.receiver, edge.sender);
                    traffic.messages.extend_from_slice(message);
                    traffic.forces.extend_from_slice(force);
                    traffic.receivers.push(scene.masses[i]);
                    traffic.senders.push(scene.masses[j]);
                    traffic.charges.push([scene.charges[i], scene.charges[j]]);
                    traffic.stiffness.push(edge.stiffness);
                    traffic.toward.extend_from_slice(&scene.separation(positions, i, j).0[..d]);
                }
            }
        }
        traffic
    }

    /// The numbers of messages, the leading ones first: those that vary most, or with KL those furthest from noise.
    pub(crate) fn leading(&self, messages: &Table) -> Vec<Spread> {
        if self.divergences.is_empty() { spreads(messages) } else { by_divergence(messages, &self.divergences) }
    }
}

impl MessageReport {
    /// Looks at about `edges` edges of held-out motions. Fails where messages are not finite or there are too few.
    pub fn of(model: &GraphModel, motions: &Motions, edges: usize, step: u64) -> Result<Self, ComparisonError> {
        let traffic = Traffic::of(model, motions, edges);
        let d = model.recipe().motions.world.dimensions;
        let messages = Table::new(model.recipe().regulariser.size(), traffic.messages.clone())?;
        let forces = Table::new(d, traffic.forces.clone())?;
        let leading = traffic.leading(&messages);
        let comparison = Comparison::of_leading(leading, &messages, &forces, &traffic.receivers)?;
        let found = comparison.trimmed.better();
        let truths = match found.truth {
            Truth::Force => forces,
            Truth::ForcePerMass => forces.divided(&traffic.receivers)?,
        };
        Ok(Self {
            step,
            edges: messages.len(),
            plain: Agreement::of(&comparison.least_squares),
            trimmed: Agreement::of(&comparison.trimmed),
            truth: found.truth,
            scatter: scatter(found, &comparison.spreads, &messages, &truths),
            spreads: comparison.spreads,
        })
    }
}

fn scatter(found: &Match, spreads: &[Spread], messages: &Table, truths: &Table) -> Vec<Scatter> {
    let every = messages.len().div_ceil(POINTS).max(1);
    let fitted: Vec<Vec<f64>> = truths.rows().step_by(every).map(|truth| found.map.apply(truth)).collect();
    let leading = found.r_squared.iter().zip(spreads).enumerate();
    leading
        .map(|(place, (r_squared, Spread { component, .. }))| {
            let values = messages.rows().step_by(every).map(|row| row[*component] as f32);
            let points = fitted.iter().map(|fitted| fitted[place] as f32).zip(values).map(|(x, y)| [x, y]).collect();
            Scatter { component: *component, r_squared: *r_squared, points }
        })
        .collect()
}
