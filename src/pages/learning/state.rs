//! The page of learning: what its pictures show, its actions and its reducer.

use crate::pages::learning::layers::{Layer, Layers};
use crate::pages::learning::quantity::Quantity;
use crate::pages::learning::uphill;
use crate::session::action::{Action, Effect, Notice};
use crate::session::outcome::Outcome;
use crate::session::page::{Chapter, PageState};
use crate::session::state::Session;
use crate::session::status::Status;
use crate::session::take::Wanted;

/// What a visitor does on this page.
#[derive(Clone, Debug, PartialEq)]
pub enum LearningAction {
    /// Switch a part of the portrait.
    Toggle(Layer),
    /// Show this over time.
    Plot(Quantity),
    /// Start with more (1) or less (−1) energy, along the slope of the learned H.
    ChangeEnergy(f64),
    /// Look for a formula of the learned H.
    FindFormula,
    /// Take files of the run away.
    Take(Wanted),
}

/// What the pictures of this page show.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Learning {
    /// Parts of the portrait.
    pub layers: Layers,
    /// The chart over time, where the system conserves it.
    pub quantity: Quantity,
}

impl PageState for Learning {
    type Action = LearningAction;

    const ABOUT_PRESETS: bool = true;

    const CHAPTER: Chapter = Chapter::Energy;

    const LEAD: &'static str = language::text!(
        "Two small networks watch something move and learn to predict it; only one of them is built to keep its energy."
    );

    fn reduce(&mut self, action: LearningAction, session: &mut Session) -> Vec<Effect> {
        match action {
            LearningAction::Toggle(layer) => self.layers.toggle(layer),
            LearningAction::Plot(quantity) => self.quantity = quantity,
            LearningAction::ChangeEnergy(by) => {
                if let Some((q, p)) = uphill::start(session, by) {
                    return session.reduce(Action::PickStart(q, p));
                }
            }
            LearningAction::FindFormula => {
                let mut effects = session.turn_to("formula");
                effects.push(Effect::Tell(Notice::Learned));
                return effects;
            }
            LearningAction::Take(wanted) => return session.take_away(wanted, self.look()),
        }
        vec![]
    }

    fn outcome(&self, session: &Session) -> Outcome {
        let mut outcome =
            Outcome { finished: session.status == Status::Finished, steps: session.step(), ..Outcome::default() };
        outcome.add("ratio", session.ratio());
        for (kind, model) in &session.models {
            let losses = model.losses.last().map(|(_, losses)| *losses);
            outcome.add(format!("train-loss-{}", kind.key()), losses.map(|losses| losses.train));
            outcome.add(format!("test-loss-{}", kind.key()), losses.map(|losses| losses.test));
            outcome.add(format!("energy-{}", kind.key()), model.score.map(|score| score.energy_inside()));
            outcome.add(format!("rollout-{}", kind.key()), model.score.map(|score| score.rollout_inside()));
        }
        outcome
    }
}
