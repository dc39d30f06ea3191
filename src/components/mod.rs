//! Components that several pages use. They know nothing of pages: what they show comes in, what a visitor does goes out.

pub mod beside;
pub mod build;
pub mod canvas;
pub mod cell;
pub mod clipboard;
pub mod copied;
pub mod downloads;
pub mod explained;
pub mod failure;
pub mod fetching;
pub mod files;
pub mod formula;
pub mod frames;
pub mod in_view;
pub mod moving;
pub mod plot;
pub mod pointer;
pub mod press;
pub mod reading;
pub mod select;
pub mod sentence;
pub mod settings;
pub mod turn;
pub mod typed;
pub mod wiring;
