//! The worker that searches for formulas and reads tables.

use jobs::job::Job;
use jobs::protocol::search::ReadTable;
use jobs::symbolic_regression::{session::SearchSession, table::TableReading};
use worker::{mailbox, server};

fn main() {
    match mailbox::role().as_str() {
        ReadTable::ROLE => server::serve_here::<TableReading>(),
        _ => server::serve_here::<SearchSession>(),
    }
}
