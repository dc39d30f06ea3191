//! The worker that trains the page's networks on the processor, or measures starts of a gas.

use jobs::ensemble::StartsSession;
use jobs::graph::session::GraphSession;
use jobs::job::Job;
use jobs::networks::session::NetworkSession;
use jobs::protocol::ensemble::MeasureStarts;
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
        TrainGraphs::ROLE => server::serve_cpu::<GraphSession>(),
        MeasureStarts::ROLE => server::serve_here::<StartsSession>(),
        TrainNetworks::<Interactions>::ROLE => server::serve_cpu::<NetworkSession<InteractionLaboratory>>(),
        TrainNetworks::<Relations>::ROLE => server::serve_cpu::<NetworkSession<RelationalLaboratory>>(),
        _ => server::serve_cpu::<TrainingSession>(),
    }
}
