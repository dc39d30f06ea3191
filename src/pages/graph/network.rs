//! A network on the page of graph networks, and what its worker has said of it.

use crate::workers::order::Place;
use jobs::protocol::graph::WorldMotion;
use models::graph::recipe::Strategy;
use models::graph::report::MessageReport;
use models::graph::zero_shot::ZeroShot;
use models::losses::Losses;
use std::rc::Rc;

/// One network and what it has said.
#[derive(Clone, Debug, PartialEq)]
pub struct Trained {
    pub(crate) worker: u32,
    /// Where it trains.
    pub place: Place,
    /// What its messages may be.
    pub strategy: Strategy,
    /// Motions simulated.
    pub prepared: usize,
    /// Steps taken.
    pub step: u64,
    /// Speed of the latest.
    pub steps_per_second: f64,
    /// Losses after some steps.
    pub losses: Vec<(u64, Losses)>,
    /// R² of its messages after some steps: plain and trimmed, of the better truth.
    pub agreement: Vec<(u64, f64, f64)>,
    /// What its messages say now.
    pub messages: Option<Rc<MessageReport>>,
    /// How it moves the shown world.
    pub motion: Option<Rc<WorldMotion>>,
    /// How good it is with other numbers of bodies: as trained, and without the constant part of its messages.
    pub more: [Vec<ZeroShot>; 2],
    /// Whether it is at its last step.
    pub(crate) finished: bool,
}

impl Trained {
    /// A network of which nothing has been said yet.
    pub(crate) fn new(worker: u32, place: Place, strategy: Strategy) -> Self {
        Self {
            worker,
            place,
            strategy,
            prepared: 0,
            step: 0,
            steps_per_second: 0.0,
            losses: vec![],
            agreement: vec![],
            messages: None,
            motion: None,
            more: [vec![], vec![]],
            finished: false,
        }
    }
}
