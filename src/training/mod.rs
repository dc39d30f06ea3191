//! The run that the pages of learning and of integrators show: its data, its workers' news, its files.

pub mod draw;
mod files;
pub mod loaded;
mod news;
pub mod scene;
pub mod series;
pub mod status;
#[cfg(feature = "page")]
pub mod view;
