//! The trainer worker on the graphics card: of the page's experiments, or of its graph networks.

use orrery::{grapher, mailbox, worker};

fn main() {
    match mailbox::errand().as_str() {
        "graph" => grapher::serve::serve_gpu(),
        _ => worker::serve_gpu(),
    }
}
