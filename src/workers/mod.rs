//! The workers of the page, and the orders that state machines have for them.

#[cfg(feature = "page")]
pub mod client;
#[cfg(feature = "page")]
pub mod engine;
#[cfg(feature = "page")]
pub mod trainers;
