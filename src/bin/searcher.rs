//! The search worker.

fn main() {
    orrery::searcher::serve::serve();
}
