//! The worker that reads files: tables for the search, motions of several bodies, recordings.

use jobs::job::Job;
use jobs::protocol::recording::ReadRecording;
use jobs::protocol::relations::{Bodies, ReadTrajectories};
use jobs::protocol::search::Tables;
use jobs::reading::Reading;
use jobs::symbolic_regression::table::FileReading;
use worker::{mailbox, server};

fn main() {
    match mailbox::role().as_str() {
        ReadTrajectories::ROLE => server::serve_here::<FileReading<Bodies>>(),
        ReadRecording::ROLE => server::serve_here::<Reading>(),
        _ => server::serve_here::<FileReading<Tables>>(),
    }
}
