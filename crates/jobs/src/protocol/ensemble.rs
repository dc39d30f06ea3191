//! Averages over independent starts of a gas as a job: starts shared out over the cores, each measured once.

use crate::job::{EngineKind, Job};
use language::{text, tr};
use physics::molecules::ensemble::{Measured, Starts};
use serde::{Deserialize, Serialize};

/// Measuring of independent starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeasureStarts;

/// What is to be measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StartsSpec {
    /// The starts.
    pub starts: Starts,
    /// Their numbers.
    pub numbers: Vec<u32>,
}

/// The most workers: more would leave none for what moves on the page.
const MOST_PARTS: usize = 4;

impl Job for MeasureStarts {
    type Spec = StartsSpec;
    /// There is nothing to ask.
    type Question = ();
    /// How many starts are measured.
    type Progress = usize;
    type Record = Measured;
    type Snapshot = ();

    const ROLE: &'static str = "starts";
    const FILE: &'static str = "trainer-networks";
    const REMEDY: &'static str = text!("choose fewer particles");

    /// One worker less than there are cores: the page itself moves a gas.
    fn parts(spec: &StartsSpec, _engine: EngineKind, cores: usize) -> Vec<StartsSpec> {
        let parts = cores.saturating_sub(1).clamp(1, MOST_PARTS);
        let each = spec.numbers.len().div_ceil(parts).max(1);
        spec.numbers.chunks(each).map(|numbers| StartsSpec { numbers: numbers.to_vec(), ..*spec }).collect()
    }

    fn patience(_spec: &StartsSpec) -> f64 {
        10_000.0
    }

    fn name(_spec: &StartsSpec, _engine: EngineKind) -> String {
        tr!("The measuring of independent starts").into()
    }

    fn mark(step: u64) -> String {
        tr!("{n} starts" | "{n} starts" % step)
    }
}
