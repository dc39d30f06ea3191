//! The workers of the page: any job behind messages. Which jobs a file holds is decided by its binary.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

#[cfg(feature = "browser")]
pub mod mailbox;

#[cfg(feature = "cpu")]
pub mod partner;

#[cfg(feature = "browser")]
pub mod server;
