//! Where an island can go on: everything but data and settings, which whoever keeps the checkpoint has.

use crate::data::Dataset;
use crate::expr::Expr;
use crate::island::Island;
use crate::pareto::HallOfFame;
use crate::parsimony::Parsimony;
use crate::population::Population;
use crate::settings::{SearchConfig, SearchError};
use serde::{Deserialize, Serialize};

/// An island in the middle of its search: all that is needed to go on with the same data and settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IslandCheckpoint {
    place: u32,
    /// Position in the stream of random numbers.
    drawn: u128,
    parsimony: Parsimony,
    hall: HallOfFame,
    populations: Vec<Population>,
    turn: usize,
    born: usize,
    births: u64,
    evaluations: u64,
    candidates: u64,
    allowance: u64,
    arrivals: Vec<Expr>,
    exact: Option<(usize, u64)>,
    solved: bool,
    summed: bool,
    /// The searches inside functions, and after how many evaluations their laws were last looked at.
    insides: Vec<(IslandCheckpoint, u64)>,
}

impl IslandCheckpoint {
    /// Losses computed so far.
    pub fn evaluations(&self) -> u64 {
        self.evaluations
    }
}

impl Island {
    /// The island as it is.
    pub fn checkpoint(&self) -> IslandCheckpoint {
        IslandCheckpoint {
            place: self.place,
            drawn: self.rng.get_word_pos(),
            parsimony: self.parsimony.clone(),
            hall: self.hall.clone(),
            populations: self.populations.clone(),
            turn: self.turn,
            born: self.born,
            births: self.births,
            evaluations: self.evaluations,
            candidates: self.candidates,
            allowance: self.allowance,
            arrivals: self.arrivals.clone(),
            exact: self.exact,
            solved: self.solved,
            summed: self.summed,
            insides: self.insides.iter().map(|inside| (inside.island.checkpoint(), inside.seen)).collect(),
        }
    }

    /// Goes on from a checkpoint that was taken with the same data and settings. The island of the same number continues as if it
    /// had never stopped; one of another number continues with the same candidates and other random numbers.
    ///
    /// # Errors
    /// As [`Island::new`].
    pub fn resume(
        data: Dataset,
        config: SearchConfig,
        place: u32,
        checkpoint: IslandCheckpoint,
    ) -> Result<Self, SearchError> {
        let mut island = Self::new(data, config, place)?;
        if island.insides.len() == checkpoint.insides.len() {
            let saved = checkpoint.insides.iter().cloned();
            for (inside, (saved, seen)) in island.insides.iter_mut().zip(saved) {
                inside.island.restore(saved);
                inside.seen = seen;
            }
        }
        island.restore(checkpoint);
        Ok(island)
    }

    /// Takes up what a checkpoint has, if it is one of as many populations.
    fn restore(&mut self, checkpoint: IslandCheckpoint) {
        let island = self;
        if checkpoint.populations.len() != island.populations.len() {
            return;
        }
        if checkpoint.place == island.place {
            island.rng.set_word_pos(checkpoint.drawn);
        }
        island.parsimony = checkpoint.parsimony;
        island.hall = checkpoint.hall;
        island.turn = checkpoint.turn % checkpoint.populations.len();
        island.populations = checkpoint.populations;
        island.born = checkpoint.born;
        island.births = checkpoint.births;
        island.evaluations = checkpoint.evaluations;
        island.candidates = checkpoint.candidates;
        island.allowance = checkpoint.allowance;
        island.arrivals = checkpoint.arrivals;
        island.exact = checkpoint.exact;
        island.solved = checkpoint.solved;
        island.summed = checkpoint.summed;
    }
}
