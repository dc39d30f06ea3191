//! The worker on the graphics card: it trains the page's models, or its graph networks.

use jobs::graph::session::GraphSession;
use jobs::job::Job;
use jobs::protocol::graph::TrainGraphs;
use jobs::training::session::TrainingSession;
use worker::{mailbox, server};

fn main() {
    match mailbox::role().as_str() {
        TrainGraphs::ROLE => server::serve_gpu::<GraphSession>(),
        _ => server::serve_gpu::<TrainingSession>(),
    }
}
