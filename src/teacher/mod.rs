//! The page for teachers, a program of its own: links that set the page up for a class, and what a class hands in.
//!
//! Plain Rust but for `view`. It knows experiments and their links, and nothing of the pages where they run.

pub mod builder;
pub mod class;
pub mod draw;
pub mod hand_in;
pub mod names;
pub mod state;
#[cfg(feature = "teacher")]
pub mod view;
pub mod words;
