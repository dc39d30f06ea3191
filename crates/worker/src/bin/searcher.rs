//! The search worker.

fn main() {
    worker::searcher::serve();
}
