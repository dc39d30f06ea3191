//! A network on the page of graph networks, and what was reported of it.

use jobs::protocol::graph::WorldMotion;
use jobs::protocol::wiring::Wiring;
use models::graph::recipe::MessageRegulariser;
use models::graph::report::MessageReport;
use models::graph::zero_shot::ZeroShot;
use models::losses::Losses;
use std::rc::Rc;

/// One network.
#[derive(Clone, Debug, PartialEq)]
pub struct Trained {
    /// What its messages may be.
    pub regulariser: MessageRegulariser,
    /// Motions simulated.
    pub prepared: usize,
    /// Steps taken.
    pub step: u64,
    /// Speed of the latest.
    pub steps_per_second: f64,
    /// Whether two cores share each step.
    pub shared: bool,
    /// Losses after some steps.
    pub losses: Vec<(u64, Losses)>,
    /// R² of its messages after some steps: plain and trimmed, of the better truth.
    pub agreement: Vec<(u64, f64, f64)>,
    /// What its messages say now.
    pub messages: Option<Rc<MessageReport>>,
    /// Its weights now.
    pub wiring: Option<Rc<Wiring>>,
    /// How it moves the shown world.
    pub motion: Option<Rc<WorldMotion>>,
    /// How good it is with other numbers of bodies: as trained, and without the constant part of its messages.
    pub more: [Vec<ZeroShot>; 2],
    /// Whether it is at its last step.
    pub(super) finished: bool,
}

impl Trained {
    /// A network of which nothing is known yet.
    pub(super) fn new(regulariser: MessageRegulariser) -> Self {
        Self {
            regulariser,
            prepared: 0,
            step: 0,
            steps_per_second: 0.0,
            shared: false,
            losses: vec![],
            agreement: vec![],
            messages: None,
            wiring: None,
            motion: None,
            more: [vec![], vec![]],
            finished: false,
        }
    }
}
