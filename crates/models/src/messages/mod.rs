//! Are a graph network's messages forces? The statistics that answer it.
//!
//! What a trained network sends along an edge need not be the force: any invertible linear map of it serves as well, since
//! the node network can undo the map after the sum. So the D components that vary most are held against the best affine
//! map of the true force, and R² is the part of them that it explains. As in Cranmer et al. (2020, arXiv 2006.11287, section
//! 4 and Table 1).
//!
//! Plain numbers in, plain numbers out: where the messages come from is not known here.

pub mod table;

pub mod affine;

pub mod fit;

pub mod comparison;

pub mod parallel;
