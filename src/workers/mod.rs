//! The workers of the page, and the orders that state machines have for them.

#[cfg(feature = "page")]
pub mod client;
#[cfg(feature = "page")]
pub mod engine;
pub mod order;
#[cfg(feature = "page")]
pub mod pool;
#[cfg(feature = "page")]
pub mod trainers;
