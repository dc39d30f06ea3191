//! The trainer worker on the processor.

fn main() {
    orrery::worker::serve_cpu();
}
