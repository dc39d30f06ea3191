//! The worker that trains the models of a field on the processor.

use jobs::protocol::train::TrainModels;
use jobs::training::session::{self, TrainingSession};
use worker::{mailbox, partner, server};

fn main() {
    match mailbox::role().as_str() {
        partner::ROLE => partner::serve::<TrainModels, _>(session::learner),
        _ => server::serve_with_partners::<TrainingSession>(),
    }
}
