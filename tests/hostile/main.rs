//! Claims about what somebody wrote who means no good: links, messages, checkpoints, files of runs, tables. Nothing panics, what opens is valid.
//!
//! Every test tries some thousands of cases, the same every time. `make fuzz` tries a million links and as many of the others as its time allows:
//! ORRERY_FUZZ multiplies the cases, ORRERY_FUZZ_SEED brings others.

mod files;
mod links;
mod messages;
mod mutate;
