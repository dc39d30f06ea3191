//! The worker on the graphics card: it trains the page's models, its graph networks, or networks side by side.

#![allow(unsafe_code)]

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

#[cfg(target_family = "wasm")]
unsafe extern "C" {
    /// Static constructors, with which CubeCL registers its operations. Where nobody calls this, the linker has every exported function
    /// call it each time, before its own work: a thousand calls whenever a script calls in.
    safe fn __wasm_call_ctors();
}

fn main() {
    #[cfg(target_family = "wasm")]
    __wasm_call_ctors();
    match mailbox::role().as_str() {
        TrainGraphs::ROLE => server::serve_gpu::<GraphSession>(),
        Interactions::ROLE => server::serve_gpu::<NetworkSession<InteractionLaboratory>>(),
        Relations::ROLE => server::serve_gpu::<NetworkSession<RelationalLaboratory>>(),
        OdeNetworks::ROLE => server::serve_gpu::<NetworkSession<OdeLaboratory>>(),
        RecurrentNetworks::ROLE => server::serve_gpu::<NetworkSession<RecurrentLaboratory>>(),
        _ => server::serve_gpu::<TrainingSession>(),
    }
}
