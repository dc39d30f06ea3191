//! The worker that writes the files that a visitor takes away.

use orrery::pages::learning::files::Writing;
use worker::server;

fn main() {
    server::serve_here::<Writing>();
}
