//! The graph trainer worker.

fn main() {
    worker::grapher::serve();
}
