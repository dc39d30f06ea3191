//! The trainer worker on the processor.

fn main() {
    worker::trainer::serve_cpu();
}
