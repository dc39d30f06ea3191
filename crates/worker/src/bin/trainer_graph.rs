//! The worker that trains graph networks on the processor.

use jobs::graph::session::{self, GraphSession};
use jobs::protocol::graph::TrainGraphs;
use worker::{mailbox, partner, server};

fn main() {
    match mailbox::role().as_str() {
        partner::ROLE => partner::serve::<TrainGraphs, _>(session::learner),
        _ => server::serve_with_partners::<GraphSession>(),
    }
}
