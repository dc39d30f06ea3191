//! Figures of merit: edges inferred correctly, whole graphs inferred correctly, and errors of held-out frames by graph.

use crate::relational::model::RelationalModel;
use crate::relational::recipe::HELD_OUT;
use physics::coupled::motion::Motion;
use serde::{Deserialize, Serialize};

/// Fractions of edges and of graphs that are inferred correctly. No permutation of labels is tried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GraphScore {
    /// Pairs whose probability is on the right side of ½, over all pairs.
    pub edge_accuracy: f64,
    /// Motions all of whose pairs are.
    pub graph_accuracy: f64,
}

/// Frames ahead at which a prediction is judged.
pub const AHEAD: [usize; 3] = [1, 10, 20];

/// Mean square errors [`AHEAD`] of the last observed frame, over bodies and the four numbers of a state, in units of half the
/// range of positions and of velocities, as in the paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PredictionScore {
    /// With the edges that are more probable than not.
    pub inferred: [f64; 3],
    /// With the true edges, where they are known.
    pub true_graph: Option<[f64; 3]>,
    /// With all edges.
    pub full_graph: [f64; 3],
    /// Of straight lines.
    pub straight: [f64; 3],
}

/// Motions whose held-out frames are predicted.
const PREDICTED: usize = 100;

impl GraphScore {
    /// Of probabilities, motion by motion; `None` where no motion's graph is known.
    pub fn of(probabilities: &[Vec<f64>], motions: &[Motion]) -> Option<Self> {
        let (mut right, mut pairs, mut whole, mut graphs) = (0, 0, 0, 0);
        for (p, edges) in probabilities.iter().zip(motions).filter_map(|(p, motion)| Some((p, motion.edges.as_ref()?)))
        {
            let correct = p.iter().zip(edges).filter(|(p, edge)| (**p > 0.5) == **edge).count();
            right += correct;
            pairs += edges.len();
            whole += usize::from(correct == edges.len());
            graphs += 1;
        }
        let part = |some: usize, all: usize| some as f64 / all as f64;
        (pairs > 0).then(|| Self { edge_accuracy: part(right, pairs), graph_accuracy: part(whole, graphs) })
    }
}

/// The more probable edges as ones and zeros.
pub fn decided(probabilities: &[f64]) -> Vec<f64> {
    probabilities.iter().map(|p| f64::from(u8::from(*p > 0.5))).collect()
}

impl RelationalModel {
    /// Fractions of edges and graphs inferred correctly, over the held-out motions.
    pub fn graph_score(&self) -> Option<GraphScore> {
        GraphScore::of(&self.probabilities(), self.data().judged())
    }

    /// Errors of held-out frames; `None` where there are none.
    pub fn prediction_score(&self) -> Option<PredictionScore> {
        let data = self.data();
        let motions = &data.judged()[..data.judged().len().min(PREDICTED)];
        let last = data.observed - 1;
        if motions.iter().any(|motion| motion.frames() <= last + HELD_OUT) {
            return None;
        }
        let starts: Vec<(&[f64], &[f64])> = motions
            .iter()
            .map(|motion| (motion.positions[last].as_slice(), motion.velocities[last].as_slice()))
            .collect();
        let inferred: Vec<Vec<f64>> = self.probabilities().iter().take(motions.len()).map(|p| decided(p)).collect();
        let ones = |edges: &Vec<bool>| edges.iter().map(|edge| f64::from(u8::from(*edge))).collect();
        let truth: Option<Vec<Vec<f64>>> = motions.iter().map(|motion| motion.edges.as_ref().map(ones)).collect();
        let full = vec![vec![1.0; self.recipe().pairs()]; motions.len()];
        let by = |edges: &[Vec<f64>]| self.errors(motions, &self.motions(&starts, edges, HELD_OUT));
        let straight = starts.iter().map(|(x, v)| {
            let at = |frame: usize| x.iter().zip(*v).map(|(x, v)| x + v * data.dt * frame as f64).collect();
            Motion { edges: None, positions: (1..=HELD_OUT).map(at).collect(), velocities: vec![v.to_vec(); HELD_OUT] }
        });
        Some(PredictionScore {
            inferred: by(&inferred),
            true_graph: truth.map(|truth| by(&truth)),
            full_graph: by(&full),
            straight: self.errors(motions, &straight.collect::<Vec<_>>()),
        })
    }

    fn errors(&self, truths: &[Motion], found: &[Motion]) -> [f64; 3] {
        let data = self.data();
        let range = data.scales.range;
        AHEAD.map(|ahead| {
            let of = |(truth, found): (&Motion, &Motion)| {
                let at = data.observed - 1 + ahead;
                let x = mean_square(&found.positions[ahead - 1], &truth.positions[at]) / range[0].powi(2);
                let v = mean_square(&found.velocities[ahead - 1], &truth.velocities[at]) / range[1].powi(2);
                (x + v) / 2.0
            };
            truths.iter().zip(found).map(of).sum::<f64>() / truths.len().max(1) as f64
        })
    }
}

fn mean_square(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>() / a.len().max(1) as f64
}
