//! The workers of the page: training, searching and graph networks behind messages.
//!
//! Which of them a file holds is decided by its binary and features, so that searchers and graph trainers link no Burn.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

#[cfg(feature = "browser")]
pub mod mailbox;

#[cfg(feature = "worker")]
pub mod trainer;

#[cfg(feature = "browser")]
pub mod server;
