//! The trainer worker on the graphics card: of the page's experiments, or of its graph networks.

use worker::{grapher, mailbox, trainer};

fn main() {
    match mailbox::role().as_str() {
        "graph" => grapher::serve_gpu(),
        _ => trainer::serve_gpu(),
    }
}
