//! The graph trainer worker, for browsers with relaxed SIMD.

fn main() {
    worker::grapher::serve();
}
