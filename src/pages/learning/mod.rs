//! "Networks learn": baseline and Hamiltonian networks learn one system.

pub mod draw;
pub mod files;
pub mod layers;
pub mod matching;
pub mod pictures;
pub mod quantity;
pub mod shown;
pub mod state;
mod uphill;
#[cfg(feature = "page")]
pub mod view;
pub mod words;
