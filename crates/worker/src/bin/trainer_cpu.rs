//! The worker that trains models on the processor.

use jobs::training::session::TrainingSession;

fn main() {
    worker::server::serve_cpu::<TrainingSession>();
}
