//! What a state machine wants done with its workers, and what it hears of them.

/// Something to do with a worker that takes commands `C`.
#[derive(Clone, Debug, PartialEq)]
pub enum Order<C> {
    /// Start one of this number there.
    Spawn(u32, Place),
    /// Tell it something.
    Post(u32, C),
    /// End it.
    Dismiss(u32),
}

/// Where a worker works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// On a core of the processor.
    Processor,
    /// On the graphics card.
    Card,
}

/// What is heard of a worker that sends events `E`.
#[derive(Clone, Debug, PartialEq)]
pub enum Heard<E> {
    /// It said this.
    Said(u32, E),
    /// It died of this.
    Died(u32, String),
}
