//! Where a run is, in one word.

/// Where a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Nothing has been started.
    Idle,
    /// Engines are being fetched.
    Loading,
    /// Steps are being taken.
    Training,
    /// Holding.
    Paused,
    /// At the last step.
    Finished,
    /// Ended by a fault.
    Failed,
}

impl Status {
    /// As tests and style sheets know it.
    pub fn key(self) -> &'static str {
        match self {
            Status::Idle => "idle",
            Status::Loading => "loading",
            Status::Training => "training",
            Status::Paused => "paused",
            Status::Finished => "finished",
            Status::Failed => "failed",
        }
    }

    /// Whether engines are at work.
    pub fn busy(self) -> bool {
        matches!(self, Status::Loading | Status::Training)
    }
}
