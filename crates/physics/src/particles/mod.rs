//! Worlds of particles: the second half of the deck, where a graph network learns how bodies act on one another.
//!
//! Bodies are nodes, pairs are edges, gravity and drag are globals: the deck's G(u, V, E). Each world is one law between
//! two bodies, so the message of a network along an edge can be compared with the true force. The laws and their scales are
//! those of Cranmer et al., *Discovering Symbolic Models from Deep Learning with Inductive Biases* (2020, arXiv
//! 2006.11287), with the differences that [`world`] lists.
//!
//! Knows nothing of networks; its motions go through the [integrators](crate::integrators).

pub mod law;

pub mod world;

pub mod scene;

pub mod start;

pub mod mechanics;

pub mod motion;

pub mod sample;

pub mod dataset;
