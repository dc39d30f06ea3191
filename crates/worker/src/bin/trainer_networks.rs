//! The worker that trains the networks of experiments that have several side by side, on the processor, or measures starts of a
//! gas. A file of its own: who stays on the first page never fetches it.

use jobs::dynamics::{ode::OdeLaboratory, recurrent::RecurrentLaboratory};
use jobs::ensemble::StartsSession;
use jobs::job::Job;
use jobs::networks::session::NetworkSession;
use jobs::protocol::ensemble::MeasureStarts;
use jobs::protocol::interactions::Interactions;
use jobs::protocol::networks::NetworkKind;
use jobs::protocol::relations::Relations;
use jobs::protocol::{ode::OdeNetworks, recurrent::RecurrentNetworks};
use jobs::related::interactions::InteractionLaboratory;
use jobs::related::relations::RelationalLaboratory;
use worker::{mailbox, server};

fn main() {
    match mailbox::role().as_str() {
        Interactions::ROLE => server::serve_cpu::<NetworkSession<InteractionLaboratory>>(),
        Relations::ROLE => server::serve_cpu::<NetworkSession<RelationalLaboratory>>(),
        OdeNetworks::ROLE => server::serve_cpu::<NetworkSession<OdeLaboratory>>(),
        RecurrentNetworks::ROLE => server::serve_cpu::<NetworkSession<RecurrentLaboratory>>(),
        MeasureStarts::ROLE => server::serve_here::<StartsSession>(),
        other => panic!("no job has the role “{other}”"),
    }
}
