//! A model whose kind is not known before the program runs.

use crate::learner::{Batch, Functions, LaterProgram, LossesOn, Measure, Part, Trainable};
use autodiff::adam::Adam;
use autodiff::parameters::Parameters;
use std::borrow::Cow;

impl Trainable for Box<dyn Trainable> {
    fn functions(&self) -> Functions {
        self.as_ref().functions()
    }

    fn later(&self) -> Vec<LaterProgram> {
        self.as_ref().later()
    }

    fn initial(&self) -> Parameters {
        self.as_ref().initial()
    }

    fn steps(&self) -> u64 {
        self.as_ref().steps()
    }

    fn batch(&self, step: u64) -> Batch<'_> {
        self.as_ref().batch(step)
    }

    fn data(&self) -> Option<Batch<'_>> {
        self.as_ref().data()
    }

    fn chosen(&self, step: u64) -> Cow<'_, [u32]> {
        self.as_ref().chosen(step)
    }

    fn in_halves(&self) -> bool {
        self.as_ref().in_halves()
    }

    fn adam(&self, step: u64) -> Adam {
        self.as_ref().adam(step)
    }

    fn samples(&self, part: Part, on: LossesOn) -> Batch<'_> {
        self.as_ref().samples(part, on)
    }

    fn total(&self, parts: &[f64]) -> f64 {
        self.as_ref().total(parts)
    }

    fn measure(&self) -> Option<Measure<'_>> {
        self.as_ref().measure()
    }
}
