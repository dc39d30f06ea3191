//! The worker that searches for formulas and reads tables.

use jobs::job::Job;
use jobs::protocol::relations::{Bodies, ReadTrajectories};
use jobs::protocol::search::{ReadTable, Tables};
use jobs::symbolic_regression::{session::SearchSession, table::FileReading};
use worker::{mailbox, server};

fn main() {
    match mailbox::role().as_str() {
        ReadTable::ROLE => server::serve_here::<FileReading<Tables>>(),
        ReadTrajectories::ROLE => server::serve_here::<FileReading<Bodies>>(),
        _ => server::serve_here::<SearchSession>(),
    }
}
