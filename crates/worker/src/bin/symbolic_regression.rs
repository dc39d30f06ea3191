//! The worker that searches for formulas.

use jobs::symbolic_regression::session::SearchSession;
use worker::server;

fn main() {
    server::serve_here::<SearchSession>();
}
