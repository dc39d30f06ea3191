//! Where an island can go on: everything but data and settings, which whoever keeps the checkpoint has.

use crate::data::Dataset;
use crate::expr::Expr;
use crate::island::Island;
use crate::pareto::HallOfFame;
use crate::parsimony::Parsimony;
use crate::population::Population;
use crate::settings::{SearchConfig, SearchError};
use serde::{Deserialize, Serialize};

/// More candidates than any search comes to.
const MOST_COUNTED: u64 = 1 << 53;
/// Words of a stream of random numbers.
const MOST_DRAWN: u128 = 1 << 68;

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
                inside.seen = seen.min(inside.island.evaluations);
            }
        }
        island.restore(checkpoint);
        Ok(island)
    }

    /// Whether a checkpoint can be one of this island: as many populations and members, laws of columns that there are, numbers
    /// that a search can come to. Nothing else can be gone on from.
    fn takes(&self, checkpoint: &IslandCheckpoint) -> bool {
        let IslandCheckpoint { hall, populations, parsimony, arrivals, evaluations, candidates, births, .. } =
            checkpoint;
        let (evolution, columns) = (self.config.evolution, self.data.columns());
        let counts = [*evaluations, *candidates, *births];
        let whole = |population: &Population| {
            let members = population.members();
            members.len() == evolution.members
                && members.iter().all(|member| member.expr.fits(columns) && member.birth <= *births)
        };
        populations.len() == self.populations.len()
            && populations.iter().all(whole)
            && hall.fits(self.config.max_complexity, |expr| expr.fits(columns))
            && parsimony.fits(self.config.max_complexity)
            && arrivals.iter().all(|expr| expr.fits(columns))
            && checkpoint.born <= evolution.season
            && counts.iter().all(|count| *count <= MOST_COUNTED)
            && checkpoint.exact.is_none_or(|(_, at)| at <= *evaluations)
            && checkpoint.drawn <= MOST_DRAWN
    }

    /// Takes up what a checkpoint has; one that is damaged, or of another search, changes nothing.
    fn restore(&mut self, checkpoint: IslandCheckpoint) {
        if !self.takes(&checkpoint) {
            return;
        }
        let island = self;
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
        // What was allowed is used up wherever a search holds.
        island.allowance = checkpoint.allowance.min(checkpoint.evaluations);
        island.arrivals = checkpoint.arrivals;
        island.exact = checkpoint.exact;
        island.solved = checkpoint.solved;
        island.summed = checkpoint.summed;
    }
}
