//! Adam (Kingma and Ba 2015) as PyTorch has it: ε = 10⁻⁸, weight decay added to the gradient, bias correction.

use serde::{Deserialize, Serialize};

/// A slope or a first moment below this, and a second moment below its square, move nothing (ε is larger by 10⁹) and are taken for zero.
/// What nothing but the decay moves, such as the weights of a pixel that is always dark, would otherwise come to subnormal squares, for
/// which a processor takes a hundred times as long. Graphics cards do not, and their kernel has no such limit.
const FAINT: f32 = 1e-17;

/// What all parameters have in common in one step.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Adam {
    /// Learning rate.
    pub lr: f64,
    /// Weight decay: this times the parameter is added to its gradient.
    pub decay: f64,
    /// Largest norm of the whole gradient, which is scaled down to it; infinite for none.
    pub clip: f64,
    /// Which step it is, counted from 1.
    pub time: u64,
}

/// Decay of the running mean of the gradient, and of its square.
pub const BETA: [f64; 2] = [0.9, 0.999];
/// Keeps the step finite where there has been no gradient.
pub const EPSILON: f64 = 1e-8;

/// The numbers of one step that are the same for all parameters, in single precision.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    rate: f32,
    spread: f32,
    decay: f32,
    /// The gradient is multiplied by this first.
    scale: f32,
}

impl Adam {
    /// Without weight decay or clipping.
    pub fn new(lr: f64, time: u64) -> Self {
        Self { lr, decay: 0.0, clip: f64::INFINITY, time }
    }

    /// (lr/(1 − β₁ᵗ), 1/√(1 − β₂ᵗ)): the corrections of the first steps.
    pub fn corrections(&self) -> [f64; 2] {
        let left = |beta: f64| 1.0 - beta.powf(self.time as f64);
        [self.lr / left(BETA[0]), (1.0 / left(BETA[1])).sqrt()]
    }

    /// Moves `values` one step down their gradient; `moments` are its running mean and that of its square, zeros before the
    /// first step.
    pub fn descend(&self, values: &mut [f32], gradient: &[f32], [first, second]: [&mut [f32]; 2]) {
        let norm = gradient.iter().map(|g| f64::from(*g).powi(2)).sum::<f64>().sqrt();
        self.step(norm, 1.0).apply(values, gradient, first, second);
    }

    /// The step for a gradient with this norm.
    pub(crate) fn step(&self, norm: f64, scale: f64) -> Step {
        let [rate, spread] = self.corrections();
        let clip = if norm > self.clip { self.clip / norm } else { 1.0 };
        Step { rate: rate as f32, spread: spread as f32, decay: self.decay as f32, scale: (scale * clip) as f32 }
    }
}

impl Step {
    /// Moves `values` one step; `first` and `second` are their running moments.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(crate) fn apply(self, values: &mut [f32], gradient: &[f32], first: &mut [f32], second: &mut [f32]) {
        let ([keep1, keep2], [take1, take2]) = (BETA.map(|beta| beta as f32), BETA.map(|beta| (1.0 - beta) as f32));
        let Self { rate, spread, decay, scale } = self;
        for (((value, gradient), first), second) in values.iter_mut().zip(gradient).zip(first).zip(second) {
            let slope = unless_below(FAINT, scale * gradient + decay * *value);
            *first = unless_below(FAINT, keep1 * *first + take1 * slope);
            *second = unless_below(FAINT * FAINT, keep2 * *second + take2 * slope * slope);
            *value -= rate * *first / (second.sqrt() * spread + EPSILON as f32);
        }
    }
}

/// x, or 0 where it is nearer to it than `least`; a NaN passes through, since training must see it.
#[inline(always)]
fn unless_below(least: f32, x: f32) -> f32 {
    if x.abs() < least { 0.0 } else { x }
}
