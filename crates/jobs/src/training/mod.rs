//! Training, carried out: what jobs that train have in common.

pub mod trial;
