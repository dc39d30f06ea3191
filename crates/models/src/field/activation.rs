//! The nonlinearity between layers, and its slope.

use serde::{Deserialize, Serialize};

/// An activation function. All are smooth: the Hamiltonian network's velocity is a slope of its output, so a kink here
/// would be a jump there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Activation {
    /// tanh z, the paper's.
    Tanh,
    /// ln(1 + eᶻ).
    Softplus,
    /// sin z.
    Sine,
}

impl Activation {
    /// σ(z) and σ′(z).
    pub fn value_and_slope(self, z: f64) -> (f64, f64) {
        match self {
            Activation::Tanh => {
                let h = z.tanh();
                (h, 1.0 - h * h)
            }
            Activation::Softplus => {
                // Written so that neither branch overflows.
                let decay = (-z.abs()).exp();
                let sigmoid = if z >= 0.0 { 1.0 / (1.0 + decay) } else { decay / (1.0 + decay) };
                (z.max(0.0) + decay.ln_1p(), sigmoid)
            }
            Activation::Sine => z.sin_cos(),
        }
    }
}
