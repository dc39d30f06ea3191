//! Adam on numbers where they lie, in one pass over them.
//!
//! Of tensor operations it is a dozen passes over arrays of 350,000 numbers, which takes as long as the whole gradient.

/// What all parameters have in common in one step.
#[derive(Clone, Copy, Debug)]
pub struct Adam {
    /// Learning rate.
    pub lr: f64,
    /// Weight decay, added to the gradient.
    pub decay: f64,
    /// Which step it is, counted from 1.
    pub time: u64,
}

/// Decay of the running mean of the gradient, and of its square.
const BETA: [f64; 2] = [0.9, 0.999];
/// Keeps the step finite where there has been no gradient.
const EPSILON: f32 = 1e-8;

impl Adam {
    /// Moves `values` one step; `first` and `second` are their running moments.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub fn step(&self, values: &mut [f32], gradient: &[f32], first: &mut [f32], second: &mut [f32]) {
        let [b1, b2] = BETA;
        let left = |beta: f64| 1.0 - beta.powf(self.time as f64);
        let rate = (self.lr / left(b1)) as f32;
        let spread = (1.0 / left(b2)).sqrt() as f32;
        let decay = self.decay as f32;
        let ([keep1, keep2], [take1, take2]) = (BETA.map(|beta| beta as f32), BETA.map(|beta| (1.0 - beta) as f32));
        for (((value, gradient), first), second) in values.iter_mut().zip(gradient).zip(first).zip(second) {
            let slope = gradient + decay * *value;
            *first = keep1 * *first + take1 * slope;
            *second = keep2 * *second + take2 * slope * slope;
            *value -= rate * *first / (second.sqrt() * spread + EPSILON);
        }
    }
}
