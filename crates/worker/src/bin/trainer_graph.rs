//! The worker that trains graph networks on the processor.

use jobs::graph::session::GraphSession;
use worker::server;

fn main() {
    server::serve_cpu::<GraphSession>();
}
