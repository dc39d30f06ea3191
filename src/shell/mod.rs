//! What is around the pages: their tabs, the link in the address, messages, and the state of all.

pub mod action;
#[cfg(feature = "page")]
pub mod app;
#[cfg(feature = "page")]
pub mod given;
#[cfg(feature = "page")]
pub mod header;
pub mod state;
