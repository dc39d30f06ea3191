//! The nonlinearity between layers.

use autodiff::program::Value;
use autodiff::unary::Unary;
use serde::{Deserialize, Serialize};

/// An activation function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Activation {
    /// tanh z, that of the Hamiltonian network's paper.
    Tanh,
    /// ln(1 + eᶻ).
    Softplus,
    /// sin z.
    Sine,
    /// max(z, 0). Its kink would be a jump in the velocity of a Hamiltonian network.
    Relu,
    /// z/(1 + e⁻ᶻ): smooth, as forces are.
    Silu,
}

impl Activation {
    /// Those that are smooth: a Hamiltonian network's velocity is a derivative of its output.
    pub const SMOOTH: [Activation; 3] = [Activation::Tanh, Activation::Softplus, Activation::Sine];

    /// σ(z) as part of a program.
    pub fn apply(self, z: Value<'_>) -> Value<'_> {
        match self {
            Activation::Tanh => z.tanh(),
            Activation::Softplus => z.unary(Unary::Softplus),
            Activation::Sine => z.unary(Unary::Sine),
            Activation::Relu => z.relu(),
            Activation::Silu => z.silu(),
        }
    }
}
