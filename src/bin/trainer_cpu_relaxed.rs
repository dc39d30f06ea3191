//! The trainer worker on the processor, for browsers with relaxed SIMD.

fn main() {
    orrery::worker::serve_cpu();
}
