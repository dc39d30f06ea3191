//! The worker that trains models on the processor, for browsers with relaxed SIMD.

use jobs::training::session::TrainingSession;

fn main() {
    worker::server::serve_cpu::<TrainingSession>();
}
