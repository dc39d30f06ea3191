//! The end of a season: members are simplified and fitted, the best of the island return; and the shortening of exact laws.

use crate::constants::free;
use crate::expr::{Expr, Token};
use crate::fit::Held;
use crate::island::Island;
use crate::pareto::Entry;
use crate::population::Member;
use crate::simplify::simplified;
use crate::tidy::rounder;
use rand::RngExt;

impl Island {
    pub(super) fn end_season(&mut self) {
        let evolution = self.config.evolution;
        for place in 0..self.populations[self.turn].members().len() {
            let member = &self.populations[self.turn].members()[place];
            let (mut expr, mut loss, birth) = (member.expr.clone(), member.loss, member.birth);
            if self.rng.random::<f64>() < evolution.fitting {
                (expr, loss) = self.shortened(expr, loss);
                (expr, loss) = self.fitted(&expr, loss, evolution.fit_steps);
                if free(&expr) > self.most_free {
                    (expr, loss) = self.made_whole(expr, loss);
                }
                let mut member = self.member(expr, loss, false);
                member.birth = birth;
                self.populations[self.turn].replace(place, member);
            }
        }
        let unfitted = |(_, entry): &(usize, &Entry)| !entry.fitted;
        let leaders = self.hall.leaders(self.floor);
        let leaders: Vec<(Expr, f64)> =
            leaders.into_iter().filter(unfitted).map(|(_, entry)| (entry.expr.clone(), entry.loss)).collect();
        for (expr, loss) in leaders {
            let (expr, loss) = self.fitted(&expr, loss, evolution.fit_steps);
            self.member(expr.clone(), loss, true);
            self.shortened(expr, loss);
        }
        self.migrate();
    }

    /// The law simplified, and judged if that made it simpler.
    fn shortened(&mut self, expr: Expr, loss: f64) -> (Expr, f64) {
        let shorter = simplified(&expr, &self.config.alphabet);
        if shorter.complexity() >= expr.complexity() {
            return (expr, loss);
        }
        let judged = self.judged(shorter);
        if judged.loss.is_finite() { (judged.expr, judged.loss) } else { (expr, loss) }
    }

    /// The law with as many constants made whole or half as its rows demand, if that is possible: those first that it costs least.
    fn made_whole(&mut self, mut expr: Expr, mut loss: f64) -> (Expr, f64) {
        let steps = self.config.evolution.fit_steps;
        for _ in self.most_free..free(&expr) {
            let mut best: Option<(Expr, f64)> = None;
            for rounder in rounder(&expr) {
                let unfitted = self.evaluator.loss(&rounder, &self.data, self.config.objective);
                let (rounder, loss) = self.fitted(&rounder, unfitted, steps);
                if loss.is_finite() && best.as_ref().is_none_or(|(_, least)| loss < *least) {
                    best = Some((rounder, loss));
                }
            }
            let Some(next) = best else { break };
            (expr, loss) = next;
        }
        (expr, loss)
    }

    pub(super) fn fitted(&mut self, expr: &Expr, loss: f64, steps: usize) -> (Expr, f64) {
        let objective = self.config.objective;
        // Whole constants stay where there are too few rows for free ones.
        let held = if expr.constants().count() > self.most_free { Held::Whole } else { Held::Nothing };
        let fitted = self.fitter.fit_holding(held, &mut self.evaluator, (expr, loss), &self.data, objective, steps);
        self.evaluations += fitted.evaluations;
        (fitted.expr, fitted.loss)
    }

    fn migrate(&mut self) {
        let evolution = self.config.evolution;
        let best: Vec<Member> = self.populations.iter().filter_map(|population| population.best().cloned()).collect();
        let leaders = self.emigrants().0;
        for place in 0..self.populations[self.turn].members().len() {
            let draw: f64 = self.rng.random();
            let newcomer = if draw < evolution.return_of_the_best && !leaders.is_empty() {
                Some(leaders[self.rng.random_range(0..leaders.len())].clone())
            } else if draw < evolution.return_of_the_best + evolution.migration && !best.is_empty() {
                Some(best[self.rng.random_range(0..best.len())].expr.clone())
            } else {
                None
            };
            if let Some(expr) = newcomer {
                let member = self.judged(expr);
                self.populations[self.turn].replace(place, member);
            }
        }
    }

    /// Shortens exact laws: whatever part can be left out, or be replaced by something below it, while the law stays exact, goes.
    pub(super) fn prune(&mut self) {
        let exact = |island: &Self| -> Option<Expr> {
            let leaders = island.hall.leaders(island.floor);
            leaders.into_iter().find(|(_, entry)| entry.loss <= island.floor).map(|(_, entry)| entry.expr.clone())
        };
        while let Some(law) = exact(self) {
            let mut shorter = vec![law.clone()];
            for root in 0..law.tokens().len() {
                shorter
                    .extend(law.arguments(root).into_iter().map(|part| law.replaced(root, law.subtree(part).tokens())));
                if matches!(law.tokens()[root], Token::Constant(_)) {
                    shorter.push(law.replaced(root, &[Token::Constant(0.0)]));
                }
            }
            for expr in shorter {
                self.judged(simplified(&expr, &self.config.alphabet));
            }
            if exact(self).as_ref() == Some(&law) {
                break;
            }
        }
    }
}
