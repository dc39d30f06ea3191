//! Interaction networks and neural relational inference, carried out.

pub mod interactions;
pub mod relations;
