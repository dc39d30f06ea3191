//! The worker that searches for formulas and reads files.

use jobs::job::Job;
use jobs::protocol::recording::ReadRecording;
use jobs::protocol::relations::{Bodies, ReadTrajectories};
use jobs::protocol::search::{ReadTable, Tables};
use jobs::reading::Reading;
use jobs::symbolic_regression::{session::SearchSession, table::FileReading};
use worker::{mailbox, server};

fn main() {
    match mailbox::role().as_str() {
        ReadTable::ROLE => server::serve_here::<FileReading<Tables>>(),
        ReadTrajectories::ROLE => server::serve_here::<FileReading<Bodies>>(),
        ReadRecording::ROLE => server::serve_here::<Reading>(),
        _ => server::serve_here::<SearchSession>(),
    }
}
