//! Functions of one number.

/// A function that is applied to each number of an array.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unary {
    /// tanh x.
    Tanh,
    /// 1/(1 + e⁻ˣ).
    Sigmoid,
    /// ln(1 + eˣ).
    Softplus,
    /// eˣ.
    Exp,
    /// ln x.
    Ln,
    /// √x.
    Sqrt,
    /// 1/x.
    Reciprocal,
    /// max(x, 0); NaN stays NaN.
    Relu,
    /// 1 where x > 0, else 0: the derivative of [`Unary::Relu`].
    Step,
    /// |x|.
    Abs,
    /// −1, 0 or 1: the derivative of [`Unary::Abs`].
    Sign,
    /// sin x.
    Sine,
    /// cos x.
    Cosine,
}

impl Unary {
    /// f(x) in double precision.
    pub fn value(self, x: f64) -> f64 {
        match self {
            Unary::Tanh => x.tanh(),
            // Neither branch overflows.
            Unary::Sigmoid if x >= 0.0 => 1.0 / (1.0 + (-x).exp()),
            Unary::Sigmoid => x.exp() / (1.0 + x.exp()),
            Unary::Softplus => x.max(0.0) + (-x.abs()).exp().ln_1p(),
            Unary::Exp => x.exp(),
            Unary::Ln => x.ln(),
            Unary::Sqrt => x.sqrt(),
            Unary::Reciprocal => 1.0 / x,
            Unary::Relu if x < 0.0 => 0.0,
            Unary::Relu => x,
            Unary::Step => f64::from(u8::from(x > 0.0)),
            Unary::Abs => x.abs(),
            Unary::Sign if x == 0.0 => 0.0,
            Unary::Sign => x.signum(),
            Unary::Sine => x.sin(),
            Unary::Cosine => x.cos(),
        }
    }
}
