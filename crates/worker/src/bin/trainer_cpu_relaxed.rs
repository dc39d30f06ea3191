//! The trainer worker on the processor, for browsers with relaxed SIMD.

fn main() {
    worker::trainer::serve_cpu();
}
