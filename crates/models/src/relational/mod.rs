//! Neural relational inference (Kipf, Fetaya et al. 2018, arXiv 1802.04687): who acts on whom, from motion alone.
//!
//! A decoder predicts the next frame of several bodies from messages along the edges of a graph that is not given. The
//! probability of every edge is learned together with it, in one of two ways: as a number of its own for each pair of each
//! motion (free: it explains the motions that it is given, and no others), or by an encoder that reads a motion (amortised: the
//! paper's, which explains motions it has not seen). A pair without an edge sends nothing, and like charges repel: this names the
//! two kinds of pairs, so that no figure of merit tries which is which.
//!
//! Other than the paper: narrower networks, one frame of prediction in training instead of ten, one message network, logits that
//! are the same in both directions, no batch normalisation.

pub mod recipe;

pub mod data;

pub mod network;

pub mod training;

pub mod model;

pub mod score;
pub mod yardsticks;
