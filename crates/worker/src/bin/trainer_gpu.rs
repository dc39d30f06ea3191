//! The worker on the graphics card: it trains the page's models, or its graph networks.

use jobs::graph::session::GraphSession;
use jobs::job::Job;
use jobs::networks::session::NetworkSession;
use jobs::protocol::graph::TrainGraphs;
use jobs::protocol::interactions::Interactions;
use jobs::protocol::networks::TrainNetworks;
use jobs::protocol::relations::Relations;
use jobs::related::interactions::InteractionLaboratory;
use jobs::related::relations::RelationalLaboratory;
use jobs::training::session::TrainingSession;
use worker::{mailbox, server};

fn main() {
    match mailbox::role().as_str() {
        TrainGraphs::ROLE => server::serve_gpu::<GraphSession>(),
        TrainNetworks::<Interactions>::ROLE => server::serve_gpu::<NetworkSession<InteractionLaboratory>>(),
        TrainNetworks::<Relations>::ROLE => server::serve_gpu::<NetworkSession<RelationalLaboratory>>(),
        _ => server::serve_gpu::<TrainingSession>(),
    }
}
