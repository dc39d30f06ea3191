//! Formulas found in numbers.
//!
//! A search by evolution, after Cranmer (2023), "Interpretable machine learning for science with PySR and
//! SymbolicRegression.jl", arXiv:2305.01582: populations of expressions, tournaments, the oldest die, simulated annealing,
//! a penalty on crowded complexities, constants fitted by gradients. The result is a front: for each complexity the best law.
//!
//! An [`island::Island`] is searched by whoever owns it, a step at a time. Several islands, in workers without shared memory,
//! exchange laws as messages. Knows nothing of Burn, threads, clocks or the browser: it reads numbers and finds formulas.
//!
//! # Why the evaluator and the algebra are our own
//!
//! Two crates were looked at. `dynamic_expressions` 0.10 fixes its operators at compile time, where here the visitor picks
//! them; it differentiates forwards, once for each constant, where [`gradient`] goes backwards once for all of them; and it
//! brings ndarray and matrixmultiply into a file that is fetched by a browser. `egg` 0.11 brings thirty crates, a logger and
//! a clock among them, for what four hundred lines do here: gather like terms and fold constants. Its saturation is
//! unbounded work in the inner loop of a search, and rules such as `x/x = 1` still need deciding by hand.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod operators;

pub mod expr;
pub mod notation;
pub mod parse;
pub mod phrase;
pub mod print;
pub mod tree;

pub mod data;
pub mod table;

pub mod trigonometry;

pub mod evaluate;
pub mod gradient;

pub mod algebra;
pub mod constant_units;
pub mod dimension;
pub mod known;
pub mod simplify;
pub mod units;

pub mod constants;
pub mod fit;
pub mod mutate;
pub mod pareto;
pub mod parsimony;
pub mod placing;
pub mod poles;
pub mod population;
pub mod signs;
pub mod tidy;
pub mod verdict;

pub mod writing;

pub mod settings;

pub mod island;
