//! Laws that are a factor and a root, an exponential or a logarithm of something: the something is looked for by itself.
//!
//! Inside √f nothing is rewarded until nearly all of f is right, since a wrong f is bent like a right one. So a few populations look
//! for f where the target is y², for f in exp(f) where it is ln y, and for f in log(f) where it is exp y (Udrescu and
//! Tegmark 2020, AI Feynman, arXiv:1905.11481, §II.D, try the same on the whole of the target). Where some columns seem to be mere
//! factors, as m in ½ m (u² + v²), the same is done with the target divided by them, in the columns that are left. What they find is
//! put inside, judged like any other law, and joins the populations.

use crate::data::{Dataset, Table};
use crate::expr::{Expr, Token};
use crate::island::Island;
use crate::island::monomial;
use crate::island::sums::{Sums, sums};
use crate::operators::Operator;
use crate::population::Member;
use crate::settings::{Evolution, SearchConfig};

/// A search for what is inside a function, or beside a factor.
pub(super) struct Inside {
    function: Option<Operator>,
    factor: Option<Expr>,
    /// The places of its columns among those of the data.
    columns: Vec<u16>,
    pub(super) island: Box<Island>,
    /// Evaluations after which its laws were last looked at.
    pub(super) seen: u64,
}

/// Populations of a search inside a function.
const POPULATIONS: usize = 4;
/// Its evaluations, as a part of those of the search around it.
const SHARE: f64 = 0.4;
/// The exponential of a target larger than this would be nothing but its largest value.
const LARGEST: f64 = 20.0;

/// What f must be so that the function of f is y; `None` where there is no such f.
fn inverse(function: Option<Operator>, y: f64) -> Option<f64> {
    match function {
        None => y.is_finite().then_some(y),
        Some(Operator::Sqrt) => (y >= 0.0).then_some(y * y),
        Some(Operator::Exp) => (y > 0.0).then(|| y.ln()),
        Some(Operator::Log) => (y.abs() <= LARGEST).then(|| y.exp()),
        Some(_) => None,
    }
}

impl Inside {
    /// The searches that suit a target and an alphabet; none where errors were measured or units have to fit, since both would have
    /// to be carried through the function.
    pub(super) fn all(data: &Dataset, config: &SearchConfig, place: u32) -> Vec<Self> {
        if data.is_measured() || config.units.is_some() {
            return vec![];
        }
        let functions = [Operator::Sqrt, Operator::Exp, Operator::Log].into_iter().map(Some);
        let functions: Vec<Option<Operator>> =
            functions.filter(|function| function.is_some_and(|function| config.alphabet.contains(function))).collect();
        let multiplies = config.alphabet.contains(Operator::Multiply);
        let factor = monomial::factor(data, &config.alphabet).filter(|_| multiplies);
        let plain = functions.iter().map(|function| (*function, None));
        let divided = [None].iter().chain(&functions).map(|function| (*function, factor.clone()));
        let divided = divided.filter(|(_, factor)| factor.is_some());
        let searches = plain.chain(divided).enumerate();
        searches
            .filter_map(|(number, (function, factor))| {
                Self::new(data, config, (function, factor), place, number as u32)
            })
            .collect()
    }

    fn new(
        data: &Dataset,
        config: &SearchConfig,
        (function, factor): (Option<Operator>, Option<(Expr, Vec<usize>)>),
        place: u32,
        number: u32,
    ) -> Option<Self> {
        let (factor, left_out) = factor.map_or((None, vec![]), |(factor, columns)| (Some(factor), columns));
        let row = |i: usize, columns: &[Vec<f64>]| columns.iter().map(|column| column[i]).collect::<Vec<f64>>();
        let all: Vec<Vec<f64>> = (0..data.columns()).map(|at| data.column(at)).collect();
        let by = |i: usize| factor.as_ref().map_or(1.0, |factor| factor.value(&row(i, &all)));
        let target = data.target().into_iter().enumerate().map(|(i, y)| inverse(function, y / by(i)));
        let target = target.collect::<Option<Vec<f64>>>()?;
        let kept: Vec<usize> = (0..data.columns()).filter(|at| !left_out.contains(at)).collect();
        let table = Table {
            names: kept.iter().map(|at| data.names()[*at].clone()).collect(),
            columns: kept.iter().map(|at| all[*at].clone()).collect(),
            target_name: data.target_name().to_owned(),
            target,
        };
        let evolution = Evolution { populations: POPULATIONS, ..config.evolution };
        let around = function.map_or(0, Operator::complexity)
            + factor.as_ref().map_or(0, |factor| factor.complexity() + Operator::Multiply.complexity());
        let max_complexity = config.max_complexity.checked_sub(around).filter(|longest| *longest >= 3)?;
        let config = SearchConfig { evolution, max_complexity, ..config.clone() };
        // Random numbers of its own: islands around it have small numbers.
        let island = Island::alone(Dataset::new(&table).ok()?, config, place | (number + 1) << 24).ok()?;
        let columns = kept.into_iter().map(|at| at as u16).collect();
        Some(Self { function, factor, columns, island: Box::new(island), seen: 0 })
    }

    /// Searches on, and puts what is new inside the function and beside the factor.
    fn step(&mut self, budget: u64) -> Vec<Expr> {
        self.island.step(budget);
        let front = self.island.snapshot().front.laws;
        let seen = std::mem::replace(&mut self.seen, self.island.evaluations);
        let new = front.into_iter().filter(|law| law.found_at > seen || seen == 0);
        new.filter_map(|law| self.around(&law.expr)).collect()
    }

    /// Sums inside the function, as laws of the target.
    pub(super) fn sums(&self) -> Sums {
        let found = sums(&self.island.data, &self.island.config, self.function);
        Sums { laws: found.laws.iter().filter_map(|law| self.beside(law)).collect(), ..found }
    }

    /// A law of the target, from one of what is inside.
    fn around(&self, inside: &Expr) -> Option<Expr> {
        match self.function {
            Some(function) => self.beside(&Expr::applied(function, std::slice::from_ref(inside))?),
            None => self.beside(inside),
        }
    }

    /// A law of the target, from one of what is beside the factor.
    fn beside(&self, law: &Expr) -> Option<Expr> {
        let renamed = law.tokens().iter().map(|token| match token {
            Token::Variable(at) => Token::Variable(self.columns[usize::from(*at)]),
            other => *other,
        });
        let law = Expr::new(renamed.collect()).ok()?;
        match &self.factor {
            Some(factor) => Expr::applied(Operator::Multiply, &[factor.clone(), law]),
            None => Some(law),
        }
    }
}

impl Island {
    /// Tries sums of products, once, unless an exact law is known already.
    pub(super) fn add_up(&mut self) {
        if std::mem::replace(&mut self.summed, true) || self.exact.is_some() {
            return;
        }
        let steps = self.config.evolution.fit_steps;
        let mut all = vec![sums(&self.data, &self.config, None)];
        all.extend(self.insides.iter().map(Inside::sums));
        for Sums { laws, evaluations } in all {
            self.evaluations += evaluations;
            let mut best: Option<Member> = None;
            for law in laws {
                let member = self.judged(law);
                let (expr, loss) = self.fitted(&member.expr, member.loss, steps);
                let member = self.member(expr, loss, false);
                best = best.filter(|best| best.cost <= member.cost).or(Some(member));
            }
            if let Some(member) = best.filter(|member| member.loss.is_finite()) {
                self.populations[self.turn].replace_oldest(member);
            }
        }
    }

    /// Searches inside functions, for a part of the evaluations since the last time.
    pub(super) fn look_inside(&mut self) {
        let mut insides = std::mem::take(&mut self.insides);
        let spent: u64 = insides.iter().map(|inside| inside.island.evaluations).sum();
        let due = (SHARE / (1.0 - SHARE) * (self.evaluations - spent) as f64) as u64;
        let count = insides.len() as u64;
        for inside in &mut insides {
            let before = inside.island.evaluations;
            let found = inside.step((due / count.max(1)).saturating_sub(before));
            self.evaluations += inside.island.evaluations - before;
            let mut best = None;
            for law in found {
                let member = self.judged(law);
                let (expr, loss) = self.fitted(&member.expr, member.loss, self.config.evolution.fit_steps);
                best = Some(self.member(expr, loss, false));
            }
            if let Some(member) = best.filter(|member| member.loss.is_finite()) {
                self.populations[self.turn].replace_oldest(member);
            }
        }
        self.insides = insides;
    }
}
