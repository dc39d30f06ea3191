//! Networks trained through integrators, carried out: their data, their motions, their figures of merit.

pub mod ode;
pub mod recurrent;
