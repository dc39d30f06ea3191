//! Pictures as pure functions of data, over any plotters backend: SVG in tests, a canvas in the browser.
//!
//! Positions are in CSS pixels; a [`pen::Pen`] turns them into the pixels of its backend. Nothing here measures text (in a
//! browser plotters would do that with an inline style, which the page's policy forbids), so labels are anchored, not laid
//! out.

pub mod chart;
pub mod frame;
pub mod loss;
pub mod notes;
pub mod palette;
pub mod pen;
pub mod spread;
pub mod wiring;
