//! The workers of the page, and the orders that state machines have for them.

pub mod client;
pub mod engine;
pub mod trainers;
