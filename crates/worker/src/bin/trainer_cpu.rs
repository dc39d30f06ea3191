//! The worker that trains the models of a field, or graph networks, on the processor, or measures starts of a gas.

use jobs::ensemble::StartsSession;
use jobs::graph::session::GraphSession;
use jobs::job::Job;
use jobs::protocol::ensemble::MeasureStarts;
use jobs::protocol::graph::TrainGraphs;
use jobs::training::session::TrainingSession;
use worker::{mailbox, server};

fn main() {
    match mailbox::role().as_str() {
        TrainGraphs::ROLE => server::serve_cpu::<GraphSession>(),
        MeasureStarts::ROLE => server::serve_here::<StartsSession>(),
        _ => server::serve_cpu::<TrainingSession>(),
    }
}
