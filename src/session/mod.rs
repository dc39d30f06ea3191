//! What all pages share: the experiment, its training run, its data, and what a page has to bring.

pub mod action;
mod beside;
pub mod clock;
pub mod draw;
pub mod file_run;
pub mod files;
pub mod loaded;
pub mod network_run;
mod news;
pub mod outcome;
pub mod page;
pub mod pools;
pub mod progress;
mod readings;
pub mod runs;
pub mod scene;
pub mod series;
pub mod state;
pub mod status;
pub mod take;
#[cfg(feature = "page")]
pub mod view;
pub mod words;
