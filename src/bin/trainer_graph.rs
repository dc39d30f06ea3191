//! The graph trainer worker.

fn main() {
    orrery::grapher::serve::serve();
}
