//! An island: some populations on one core, searched a step at a time by whoever owns it.
//!
//! A season in the life of a population: births, while the temperature falls from one to zero; then its members are
//! simplified, some get their constants fitted, and a few are replaced by the best of the island. Islands share nothing; they
//! send one another [`Migrants`]. An island is a deterministic function of its data, its settings, its number and what it has
//! received when, however its steps are divided.

mod checkpoint;
mod inside;
mod monomial;
mod season;
mod sums;

pub use checkpoint::IslandCheckpoint;
use inside::Inside;

use crate::constants::free;
use crate::data::Dataset;
use crate::evaluate::Evaluator;
use crate::expr::Expr;
use crate::fit::Fitter;
use crate::gradient::Tape;
use crate::mutate::Mutator;
use crate::operators::Operator;
use crate::pareto::{Entry, Finding, Front, HallOfFame, Reference};
use crate::parsimony::Parsimony;
use crate::poles::Ways;
use crate::population::{Member, Population};
use crate::settings::{SearchConfig, SearchError};
use crate::verdict::Judge;
use numerics::seed::Purpose;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

/// Laws on their way to another island.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Migrants(pub Vec<Expr>);

/// What an island has come to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The best laws.
    pub front: Front,
    /// Losses computed, each over all rows; those of fits included.
    pub evaluations: u64,
    /// Candidates among them, each with a loss of its own: those of fits left out.
    pub candidates: u64,
    /// How often the members have been replaced, on average.
    pub generation: u64,
    /// The loss of the best constant.
    pub constant: f64,
    /// Whether a law is right to rounding: there is nothing left to search for.
    pub solved: bool,
}

/// Some populations on one core.
pub struct Island {
    place: u32,
    data: Dataset,
    config: SearchConfig,
    rng: ChaCha8Rng,
    evaluator: Evaluator,
    fitter: Fitter,
    mutator: Mutator,
    parsimony: Parsimony,
    hall: HallOfFame,
    populations: Vec<Population>,
    /// The population whose season it is, and the births of the season so far.
    turn: usize,
    born: usize,
    births: u64,
    evaluations: u64,
    candidates: u64,
    allowance: u64,
    arrivals: Vec<Expr>,
    floor: f64,
    baseline: f64,
    /// When the exact law of least complexity came in.
    exact: Option<(usize, u64)>,
    solved: bool,
    /// What is inside functions.
    insides: Vec<Inside>,
    /// Whether sums of products have been tried.
    summed: bool,
    /// The most free constants of a law.
    most_free: usize,
    ways: Ways,
    tape: Tape,
    judge: Judge,
    /// Products of powers, with which the search began.
    powers: Vec<Expr>,
}

/// Where a law may have so few free constants, this part of the new ones is whole or half.
const FEW: usize = 8;
const WHOLE: f64 = 0.2;

/// What a free constant too many costs, in units of the best constant's loss: such a law is not one, but may lead to one.
const TOO_FREE: f64 = 0.02;

/// Evaluations for which the search goes on after an exact law, in case a simpler one is exact too.
const AFTERMATH: u64 = 10_000;

/// Products of powers that are judged beside the laws of the front.
const MOST_POWERS: usize = 6;

/// Steps of the fit of a child: the first is all it takes where the constants enter linearly.
const NURSING_STEPS: usize = 2;

impl Island {
    /// Island number `place` of a search. Islands of different numbers search differently.
    pub fn new(data: Dataset, config: SearchConfig, place: u32) -> Result<Self, SearchError> {
        let island = Self::alone(data, config, place)?;
        let insides = Inside::all(&island.data, &island.config, place);
        Ok(Self { insides, summed: false, ..island })
    }

    /// An island that does not look inside functions.
    fn alone(data: Dataset, config: SearchConfig, place: u32) -> Result<Self, SearchError> {
        config.check(&data)?;
        let config = SearchConfig { max_complexity: config.most_complex(&data), ..config };
        let rng = config.seed.stream_of(Purpose::Search, place);
        let mut evaluator = Evaluator::default();
        let constant = Expr::constant(config.objective.constant(&data));
        let powers = monomial::monomials(&data, &config);
        let baseline = evaluator.loss(&constant, &data, config.objective);
        let mut island = Self {
            place,
            mutator: Mutator::new(config.alphabet.clone(), data.columns(), config.max_complexity)
                .with_whole(if config.most_free(&data) <= FEW { WHOLE } else { 0.0 }),
            parsimony: Parsimony::new(config.max_complexity),
            hall: HallOfFame::new(config.max_complexity),
            floor: config.objective.floor(&data),
            insides: vec![],
            summed: true,
            most_free: config.most_free(&data),
            ways: Ways::of(&data),
            tape: Tape::default(),
            judge: Judge::new(&data, config.seed),
            fitter: Fitter::default(),
            populations: Vec::new(),
            arrivals: [vec![constant], powers.clone()].concat(),
            powers,
            data,
            config,
            rng,
            evaluator,
            baseline,
            turn: 0,
            born: 0,
            births: 0,
            evaluations: 0,
            candidates: 0,
            allowance: 0,
            exact: None,
            solved: false,
        };
        for _ in 0..island.config.evolution.populations {
            let members = (0..island.config.evolution.members)
                .map(|_| {
                    let operators = island.rng.random_range(0..5);
                    let expr = island.mutator.random(operators, &mut island.rng);
                    island.judged(expr)
                })
                .collect();
            island.populations.push(Population::new(members));
        }
        Ok(island)
    }

    /// Searches on for about so many more evaluations, or until a law is exact. Steps add up: two of half the budget come to the
    /// same as one.
    pub fn step(&mut self, budget: u64) {
        if self.solved {
            return;
        }
        self.allowance += budget;
        for expr in std::mem::take(&mut self.arrivals) {
            let member = self.judged(expr);
            self.populations[self.turn].replace_oldest(member);
        }
        while self.evaluations < self.allowance && !self.settled() {
            if self.born < self.config.evolution.season {
                self.birth();
                self.born += 1;
            } else {
                self.end_season();
                self.add_up();
                self.look_inside();
                self.turn = (self.turn + 1) % self.populations.len();
                self.born = 0;
            }
        }
        if self.settled() {
            self.prune();
            self.solved = true;
        }
    }

    /// Whether an exact law has stood for long enough.
    fn settled(&self) -> bool {
        self.exact.is_some_and(|(_, at)| self.evaluations >= at + AFTERMATH)
    }

    /// What the island has come to.
    pub fn snapshot(&self) -> Snapshot {
        let front = self.hall.front(self.reference());
        let members: usize = self.populations.iter().map(|population| population.members().len()).sum();
        Snapshot {
            front,
            evaluations: self.evaluations,
            candidates: self.candidates,
            generation: self.births / members.max(1) as u64,
            constant: self.baseline,
            solved: self.solved,
        }
    }

    /// As [`Island::snapshot`], with the suggestion that held-out rows make: see [`crate::verdict`].
    pub fn verdict(&mut self) -> Snapshot {
        let mut snapshot = self.snapshot();
        let reference = self.reference();
        let powers = if snapshot.front.finding == Finding::Exact { vec![] } else { self.best_powers() };
        self.judge.judge(&mut snapshot.front, &powers, &self.data, &reference, &self.config.alphabet);
        snapshot
    }

    /// Those of the products of powers that may be suggested and err least.
    fn best_powers(&mut self) -> Vec<Expr> {
        let units = self.config.units.as_ref();
        let admissible = |law: &&Expr| {
            free(law) <= self.most_free
                && units.is_none_or(|units| units.violations(law) == 0)
                && !self.ways.has_pole(law, &mut Tape::default())
        };
        let mut powers: Vec<(f64, Expr)> =
            self.powers.iter().filter(admissible).map(|law| (0.0, law.clone())).collect();
        for (loss, law) in &mut powers {
            *loss = self.evaluator.loss(law, &self.data, self.config.objective);
        }
        powers.sort_by(|a, b| a.0.total_cmp(&b.0));
        powers.into_iter().take(MOST_POWERS).map(|(_, law)| law).collect()
    }

    fn reference(&self) -> Reference {
        Reference {
            objective: self.config.objective,
            floor: self.floor,
            constant: self.baseline,
            rows: self.data.rows(),
            tokens: self.config.alphabet.operators().len() + self.data.columns() + 1,
        }
    }

    /// The laws of the front, for another island.
    pub fn emigrants(&self) -> Migrants {
        Migrants(self.hall.leaders(self.floor).into_iter().map(|(_, entry)| entry.expr.clone()).collect())
    }

    /// Takes in laws from another island; they are evaluated with the next step. What does not belong to this search (other
    /// columns, operators or complexities) is turned away.
    pub fn receive(&mut self, migrants: Migrants) {
        let known = |operator: &Operator| self.config.alphabet.contains(*operator);
        let belongs = |expr: &Expr| {
            expr.fits(self.data.columns())
                && expr.complexity() <= self.config.max_complexity
                && expr.operators().all(|operator| known(&operator))
        };
        self.arrivals.extend(migrants.0.into_iter().filter(belongs));
    }

    /// A new candidate: evaluated, counted, and in the hall of fame if it belongs there.
    fn judged(&mut self, expr: Expr) -> Member {
        let loss = self.evaluator.loss(&expr, &self.data, self.config.objective);
        self.evaluations += 1;
        self.candidates += 1;
        self.member(expr, loss, false)
    }

    fn member(&mut self, expr: Expr, loss: f64, fitted: bool) -> Member {
        let complexity = expr.complexity();
        let units = self.config.units.as_ref().map_or(0.0, |units| units.penalty * units.violations(&expr) as f64);
        let excess = free(&expr).saturating_sub(self.most_free);
        let charge = units + TOO_FREE * excess as f64;
        if charge == 0.0 && self.hall.awaits(complexity, loss) && self.is_whole_between_rows(&expr, loss) {
            let found_at = self.evaluations;
            let admitted = self.hall.admit(complexity, loss, || Entry { expr: expr.clone(), loss, found_at, fitted });
            if admitted && loss <= self.floor && self.exact.is_none_or(|(least, _)| complexity < least) {
                self.exact = Some((complexity, found_at));
            }
        }
        self.births += 1;
        // Exact is exact: below the floor only complexity counts.
        let cost = loss.max(self.floor) / self.baseline + charge;
        Member { expr, loss, cost, complexity, birth: self.births }
    }

    /// Whether a law is finite between the rows too. One that is exact is not doubted.
    fn is_whole_between_rows(&mut self, expr: &Expr, loss: f64) -> bool {
        loss <= self.floor || !self.ways.has_pole(expr, &mut self.tape)
    }

    fn birth(&mut self) {
        let evolution = self.config.evolution;
        let heat = 1.0 - self.born as f64 / evolution.season as f64;
        let parent = self.winner();
        if self.rng.random::<f64>() < evolution.crossing {
            let other = self.winner();
            if let Some((a, b)) = self.mutator.crossed(&parent.expr, &other.expr, &mut self.rng) {
                for child in [a, b] {
                    let child = self.judged(child);
                    self.enters(child);
                }
            }
            return;
        }
        let Some(child) = self.mutator.mutated(&parent.expr, heat, &mut self.rng) else { return };
        let mut child = self.judged(child);
        if child.loss.is_finite() && self.rng.random::<f64>() < evolution.nursing {
            let (expr, loss) = self.fitted(&child.expr, child.loss, NURSING_STEPS);
            child = self.member(expr, loss, false);
        }
        let worse = child.cost - parent.cost;
        let annealing = if worse <= 0.0 { 1.0 } else { (-worse / (evolution.warmth * heat)).exp() };
        let crowding = self.parsimony.share(parent.complexity) / self.parsimony.share(child.complexity);
        if child.loss.is_finite() && self.rng.random::<f64>() < annealing * crowding {
            self.enters(child);
        }
    }

    fn winner(&mut self) -> Member {
        let population = &self.populations[self.turn];
        let place = population.tournament(self.config.evolution.tournament, &self.parsimony, &mut self.rng);
        population.members()[place].clone()
    }

    fn enters(&mut self, child: Member) {
        self.parsimony.record(child.complexity);
        self.populations[self.turn].replace_oldest(child);
    }
}
