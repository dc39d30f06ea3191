//! The worker on the graphics card: it trains the page's models, its graph networks, or networks side by side.

use jobs::dynamics::{ode::OdeLaboratory, recurrent::RecurrentLaboratory};
use jobs::graph::session::GraphSession;
use jobs::job::Job;
use jobs::networks::session::NetworkSession;
use jobs::protocol::graph::TrainGraphs;
use jobs::protocol::interactions::Interactions;
use jobs::protocol::networks::NetworkKind;
use jobs::protocol::relations::Relations;
use jobs::protocol::{ode::OdeNetworks, recurrent::RecurrentNetworks};
use jobs::related::interactions::InteractionLaboratory;
use jobs::related::relations::RelationalLaboratory;
use jobs::training::session::TrainingSession;
use worker::{mailbox, server};

fn main() {
    match mailbox::role().as_str() {
        TrainGraphs::ROLE => server::serve_gpu::<GraphSession>(),
        Interactions::ROLE => server::serve_gpu::<NetworkSession<InteractionLaboratory>>(),
        Relations::ROLE => server::serve_gpu::<NetworkSession<RelationalLaboratory>>(),
        OdeNetworks::ROLE => server::serve_gpu::<NetworkSession<OdeLaboratory>>(),
        RecurrentNetworks::ROLE => server::serve_gpu::<NetworkSession<RecurrentLaboratory>>(),
        _ => server::serve_gpu::<TrainingSession>(),
    }
}
