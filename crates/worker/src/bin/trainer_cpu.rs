//! The worker that trains the models of a field on the processor, or measures starts of a gas.

use jobs::ensemble::StartsSession;
use jobs::job::Job;
use jobs::protocol::ensemble::MeasureStarts;
use jobs::training::session::{self, TrainingSession};
use worker::{mailbox, partner, server};

fn main() {
    match mailbox::role().as_str() {
        MeasureStarts::ROLE => server::serve_here::<StartsSession>(),
        partner::ROLE => partner::serve(session::learner),
        _ => server::serve_with_partners::<TrainingSession>(),
    }
}
