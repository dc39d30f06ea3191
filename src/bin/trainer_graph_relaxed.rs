//! The graph trainer worker, for browsers with relaxed SIMD.

fn main() {
    orrery::grapher::serve::serve();
}
