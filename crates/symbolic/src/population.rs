//! A population of candidates: tournaments choose who has children, and the oldest makes room.
//!
//! Regularised evolution, Real et al. (2019), "Regularized evolution for image classifier architecture search", as Cranmer (2023)
//! uses it: whoever dies dies of age, not of losing, so that a lucky candidate has to prove itself through its children.

use crate::expr::Expr;
use crate::parsimony::Parsimony;
use rand::{Rng, RngExt};
use serde::{Deserialize, Serialize};

/// A candidate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// The law.
    pub expr: Expr,
    /// Its loss on all rows.
    pub loss: f64,
    /// The loss in units of the best constant's, and whatever else it pays.
    pub cost: f64,
    /// Its complexity.
    pub complexity: usize,
    /// When it was born; larger is younger.
    pub birth: u64,
}

/// Candidates, always as many.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Population {
    members: Vec<Member>,
}

/// The chance that the winner of a tournament is the best of it; otherwise the second best with the same chance, and so on.
const BEST_WINS: f64 = 0.982;

impl Population {
    /// A population of these.
    pub fn new(members: Vec<Member>) -> Self {
        Self { members }
    }

    /// The candidates.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// The place of the winner among `size` random candidates.
    pub fn tournament(&self, size: usize, parsimony: &Parsimony, rng: &mut impl Rng) -> usize {
        let mut entrants: Vec<(f64, usize)> = (0..size.max(1))
            .map(|_| {
                let place = rng.random_range(0..self.members.len());
                let member = &self.members[place];
                (member.cost * parsimony.penalty(member.complexity), place)
            })
            .collect();
        entrants.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        entrants.dedup();
        let mut rank = 0;
        while rank + 1 < entrants.len() && rng.random::<f64>() > BEST_WINS {
            rank += 1;
        }
        entrants[rank].1
    }

    /// The newcomer takes the place of the oldest.
    pub fn replace_oldest(&mut self, newcomer: Member) {
        let oldest = self.members.iter_mut().min_by_key(|member| member.birth);
        if let Some(oldest) = oldest {
            *oldest = newcomer;
        }
    }

    /// Puts a candidate at a place.
    pub fn replace(&mut self, place: usize, by: Member) {
        if let Some(member) = self.members.get_mut(place) {
            *member = by;
        }
    }

    /// The candidate of least cost.
    pub fn best(&self) -> Option<&Member> {
        self.members.iter().min_by(|a, b| a.cost.total_cmp(&b.cost))
    }
}
