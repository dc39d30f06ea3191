//! The drawings of the page.

pub mod conserved;
pub mod energy_map;
pub mod less_data;
pub mod nearby;
pub mod orbits;
pub mod portrait;
pub mod section;
