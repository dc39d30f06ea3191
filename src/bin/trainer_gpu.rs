//! The trainer worker on the graphics card.

fn main() {
    orrery::worker::serve_gpu();
}
