//! A parameter where it is trained.

use crate::cpu::layout::{Layout, Pack};
use crate::cpu::packs::Packs;
use crate::parameters::Matrix;
use crate::program::Shape;

/// A parameter with Adam's moments, all laid out alike.
#[derive(Clone, Debug)]
pub(super) struct Trained {
    pub(super) shape: Shape,
    pub(super) layout: Layout,
    pub(super) value: Packs,
    pub(super) first: Packs,
    pub(super) second: Packs,
}

impl Trained {
    pub(super) fn read(&self, of: impl Fn(&Self) -> &Packs) -> Matrix {
        self.layout.unpack(of(self), self.shape.rows, self.shape.columns)
    }

    /// Sum of the squares of numbers that lie like this parameter.
    pub(super) fn squares(&self, packs: &[Pack]) -> f64 {
        let Matrix { values, .. } = self.layout.unpack(packs, self.shape.rows, self.shape.columns);
        values.iter().map(|x| f64::from(*x).powi(2)).sum()
    }
}
