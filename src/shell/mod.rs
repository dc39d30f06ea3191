//! What is around the pages: their tabs, the link in the address, and the state of all.

#[cfg(feature = "page")]
mod address;
#[cfg(feature = "page")]
pub mod app;
#[cfg(feature = "page")]
mod dress;
#[cfg(feature = "page")]
mod embed;
#[cfg(feature = "page")]
mod header;
#[cfg(feature = "page")]
pub mod later;
#[cfg(feature = "page")]
mod rhythm;
pub mod state;
#[cfg(feature = "page")]
mod store;
