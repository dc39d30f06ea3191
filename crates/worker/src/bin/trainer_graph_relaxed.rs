//! The worker that trains graph networks on the processor, for browsers with relaxed SIMD.

use jobs::grapher::session::GraphSession;

fn main() {
    worker::server::serve_cpu::<GraphSession>();
}
