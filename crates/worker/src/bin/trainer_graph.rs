//! The worker that trains graph networks on the processor.

use jobs::grapher::session::GraphSession;

fn main() {
    worker::server::serve_cpu::<GraphSession>();
}
