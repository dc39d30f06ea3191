//! The worker on the graphics card: it trains the page's models, or its graph networks.

use jobs::grapher::session::GraphSession;
use jobs::job::Job;
use jobs::protocol::graph::TrainGraphs;
use worker::{mailbox, server, trainer};

fn main() {
    match mailbox::role().as_str() {
        TrainGraphs::ROLE => server::serve_gpu::<GraphSession>(),
        _ => trainer::serve_gpu(),
    }
}
