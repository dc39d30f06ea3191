//! What a search is asked to do, complete and serialisable.

use crate::constants::{most_complex, most_free};
use crate::data::Dataset;
use crate::evaluate::Objective;
use crate::operators::Alphabet;
use crate::units::Units;
use language::tr;
use numerics::seed::Seed;
use serde::{Deserialize, Serialize};

/// A search.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SearchConfig {
    /// What every random draw descends from.
    pub seed: Seed,
    /// The operators of a law.
    pub alphabet: Alphabet,
    /// What a law is judged by.
    pub objective: Objective,
    /// The largest complexity, from 3 to 100.
    pub max_complexity: usize,
    /// The dimensions of the columns, if they are to count.
    pub units: Option<Units>,
    /// How candidates live.
    pub evolution: Evolution,
}

/// The lives of candidates on one island. The defaults follow Cranmer (2023), with smaller and fewer populations: one island is one
/// core.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evolution {
    /// Populations on the island, from 1 to 100.
    pub populations: usize,
    /// Members of each, from 2 to 1000.
    pub members: usize,
    /// Entrants of a tournament.
    pub tournament: usize,
    /// Births between two rounds of simplifying, fitting and migrating; also the period of annealing.
    pub season: usize,
    /// How much worse than its parent, in units of the best constant's loss, a child may be at the warmest.
    pub warmth: f64,
    /// The chance that a birth is a crossing.
    pub crossing: f64,
    /// The chance that a member's constants are fitted at the end of a season.
    pub fitting: f64,
    /// The chance that a child's constants are fitted, by two steps, before it is judged: a new form is rarely better with
    /// the constants of the old one.
    pub nursing: f64,
    /// Steps of a fit.
    pub fit_steps: usize,
    /// The chance that a member is replaced, at the end of a season, by a law of the front.
    pub return_of_the_best: f64,
    /// The chance that a member is replaced, at the end of a season, by the best of another population.
    pub migration: f64,
}

/// A search that cannot be carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SearchError {
    /// A complexity that is too small or too large.
    #[error("{}", tr!("The largest complexity must be between 3 and 100."))]
    Complexity,
    /// A population that cannot live.
    #[error(
        "{}",
        tr!("An island needs 1 to 100 populations of 2 to 1000 members, and seasons of at least one birth.")
    )]
    Population,
    /// Dimensions for other columns.
    #[error(
        "{}",
        tr!(
            "There are dimensions for {dimensions} columns, but the data have {columns}.",
            dimensions = dimensions,
            columns = columns
        )
    )]
    Units {
        /// Dimensions given.
        dimensions: usize,
        /// Columns there are.
        columns: usize,
    },
}

impl Default for SearchConfig {
    fn default() -> Self {
        Self {
            seed: Seed(0),
            alphabet: Alphabet::default(),
            objective: Objective::MeanSquared,
            max_complexity: 30,
            units: None,
            evolution: Evolution::default(),
        }
    }
}

impl Default for Evolution {
    fn default() -> Self {
        Self {
            populations: 12,
            members: 33,
            tournament: 12,
            season: 600,
            warmth: 3.17,
            crossing: 0.066,
            fitting: 0.14,
            nursing: 0.1,
            fit_steps: 8,
            return_of_the_best: 0.05,
            migration: 0.02,
        }
    }
}

impl SearchConfig {
    /// The most free constants that a law may have on these data.
    pub fn most_free(&self, data: &Dataset) -> usize {
        most_free(data.rows())
    }

    /// The largest complexity that a law may have on these data.
    pub fn most_complex(&self, data: &Dataset) -> usize {
        self.max_complexity.min(most_complex(data.rows()))
    }

    /// Whether this search can be carried out on these data.
    pub fn check(&self, data: &Dataset) -> Result<(), SearchError> {
        if !(3..=100).contains(&self.max_complexity) {
            return Err(SearchError::Complexity);
        }
        let Evolution { populations, members, season, .. } = self.evolution;
        if !(1..=100).contains(&populations) || !(2..=1000).contains(&members) || season == 0 {
            return Err(SearchError::Population);
        }
        match &self.units {
            Some(units) if units.variables.len() != data.columns() => {
                Err(SearchError::Units { dimensions: units.variables.len(), columns: data.columns() })
            }
            _ => Ok(()),
        }
    }
}
