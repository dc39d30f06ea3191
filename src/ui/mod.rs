//! The page: a pure reducer, drawing functions over any plotters backend, and a thin layer that speaks to the browser.
//!
//! [`state`], [`scene`] and [`drawing`] are plain Rust and are tested without a browser; only the rest, behind the feature
//! `page`, knows Yew. No component computes physics, and none of this links Burn: trainers are other Wasm files.

pub mod action;
pub mod drawing;
mod files;
pub mod formula;
pub mod gas_box;
pub mod graph_run;
pub mod graphs;
pub mod islands;
pub mod layers;
pub mod loaded;
mod news;
mod numbers;
pub mod order;
pub mod quantity;
pub mod scene;
pub mod series;
pub mod state;
pub mod status;
pub mod trained;
pub mod uphill;

#[cfg(feature = "page")]
pub mod app;
#[cfg(feature = "page")]
mod client;
#[cfg(feature = "page")]
mod parts;
#[cfg(feature = "page")]
mod workers;
