//! The workers of the page, as the browser has them.

pub mod client;
pub mod engine;
pub mod pools;
