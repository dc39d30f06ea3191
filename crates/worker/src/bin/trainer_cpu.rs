//! The worker that trains the models of a field on the processor, or measures starts of a gas.

use jobs::ensemble::StartsSession;
use jobs::job::Job;
use jobs::protocol::ensemble::MeasureStarts;
use jobs::training::session::TrainingSession;
use worker::{mailbox, server};

fn main() {
    match mailbox::role().as_str() {
        MeasureStarts::ROLE => server::serve_here::<StartsSession>(),
        _ => server::serve_cpu::<TrainingSession>(),
    }
}
