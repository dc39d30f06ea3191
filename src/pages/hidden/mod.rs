//! "Hidden graph": who acts on whom, inferred from motion alone.

pub mod draw;
pub mod state;
#[cfg(feature = "page")]
pub mod view;
