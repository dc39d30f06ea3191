//! A multilayer perceptron on a device, with the gradient of its output by its input as a differentiable expression.

use burn::tensor::ExecutionError;
use burn::tensor::{Device, Tensor, TensorData, activation};
use models::field::activation::Activation;
use models::field::weights::{LayerWeights, MlpWeights};

/// y = xW + b on a device.
#[derive(Clone, Debug)]
pub struct Dense {
    /// W, `[inputs, outputs]`.
    pub weight: Tensor<2>,
    /// b, `[1, outputs]`.
    pub bias: Option<Tensor<2>>,
}

/// Layers with a smooth activation between them.
#[derive(Clone, Debug)]
pub struct Mlp {
    activation: Activation,
    guard: Guard,
    layers: Vec<Dense>,
}

/// Whether a device's tanh can be trusted with large arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// It can.
    None,
    /// It may return no number: arguments are clamped first.
    ClampTanh,
}

/// Some WGSL drivers return no number for tanh of large arguments; beyond this, tanh is ±1 in `f32` anyway.
const TANH_SATURATED: f32 = 15.0;

impl Mlp {
    /// The network with these weights; its parameters record a tape if the device does.
    pub fn new(weights: &MlpWeights, device: &Device, guard: Guard) -> Self {
        let layers = weights.layers.iter().map(|layer| Dense::new(layer, device)).collect();
        Self { activation: weights.activation, guard, layers }
    }

    /// The output at each row of `x`: `[n, inputs]` to `[n, outputs]`.
    pub fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        self.trace(x, |_| ())
    }

    /// The gradient of the first output by the input at each row of `x`: `[n, inputs]` to `[n, inputs]`.
    pub fn input_gradient(&self, x: Tensor<2>) -> Tensor<2> {
        let [gradient] = self.input_gradients(x);
        gradient
    }

    /// The gradients of the first outputs by the input at each row of `x`: `[n, inputs]` to `[n, inputs]` each.
    ///
    /// Backpropagation written out: g ← (g ⊙ σ′(z)) Wᵀ from the last layer to the first.
    pub fn input_gradients<const OUTPUTS: usize>(&self, x: Tensor<2>) -> [Tensor<2>; OUTPUTS] {
        let mut slopes = Vec::with_capacity(self.layers.len());
        // The value itself has no part in its gradient, so the last layer need not be applied.
        self.hidden(x, |slope| slopes.push(slope));
        let mut backwards = self.layers.iter().rev();
        let Some(last) = backwards.next() else {
            unreachable!("a network has at least one layer");
        };
        std::array::from_fn(|output| {
            let column = last.weight.clone().slice([0..last.weight.dims()[0], output..output + 1]).transpose();
            backwards.clone().zip(slopes.iter().rev()).fold(column, |gradient, (layer, slope)| {
                (slope.clone() * gradient).matmul(layer.weight.clone().transpose())
            })
        })
    }

    fn trace(&self, x: Tensor<2>, slopes: impl FnMut(Tensor<2>)) -> Tensor<2> {
        let h = self.hidden(x, slopes);
        self.layers.last().map_or(h.clone(), |layer| layer.forward(h))
    }

    /// Runs all layers but the last, handing out σ′ of each on the way.
    fn hidden(&self, x: Tensor<2>, mut slopes: impl FnMut(Tensor<2>)) -> Tensor<2> {
        let hidden = self.layers.len().saturating_sub(1);
        self.layers.iter().take(hidden).fold(x, |h, layer| {
            let (h, slope) = value_and_slope(self.activation, self.guard, layer.forward(h));
            slopes(slope);
            h
        })
    }

    /// All parameters, in an order that does not change: weight and bias of each layer.
    pub fn parameters_mut(&mut self) -> impl Iterator<Item = &mut Tensor<2>> {
        self.layers.iter_mut().flat_map(Dense::parameters_mut)
    }

    /// The same network without a tape, to be evaluated only.
    pub fn frozen(&self) -> Self {
        let layers = self.layers.iter().map(Dense::frozen).collect();
        Self { activation: self.activation, guard: self.guard, layers }
    }

    /// The weights as plain numbers, where the device is the processor and nothing has to be waited for.
    pub fn weights_here(&self) -> MlpWeights {
        let layers = self.layers.iter().map(|layer| {
            let [inputs, outputs] = layer.weight.dims();
            let here = |tensor: &Tensor<2>| tensor.clone().inner().into_data().try_into_vec().unwrap_or_default();
            let bias = layer.bias.as_ref().map_or_else(Vec::new, here);
            LayerWeights { inputs, outputs, weight: here(&layer.weight), bias }
        });
        MlpWeights { activation: self.activation, layers: layers.collect() }
    }

    /// The weights as plain numbers, read back from the device.
    pub async fn weights(&self) -> Result<MlpWeights, ExecutionError> {
        let mut layers = Vec::with_capacity(self.layers.len());
        for layer in &self.layers {
            layers.push(layer.weights().await?);
        }
        Ok(MlpWeights { activation: self.activation, layers })
    }
}

impl Dense {
    /// The layer with these weights, as parameters that record a tape if the device does.
    pub fn new(layer: &LayerWeights, device: &Device) -> Self {
        let parameter = |values: &[f32], shape: [usize; 2]| {
            Tensor::<2>::from_data(TensorData::new(values.to_vec(), shape), device).require_grad()
        };
        Self {
            weight: parameter(&layer.weight, [layer.inputs, layer.outputs]),
            bias: (!layer.bias.is_empty()).then(|| parameter(&layer.bias, [1, layer.outputs])),
        }
    }

    /// xW + b, `[n, inputs]` to `[n, outputs]`.
    pub fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        let y = x.matmul(self.weight.clone());
        match &self.bias {
            Some(bias) => y + bias.clone(),
            None => y,
        }
    }

    /// Weight and bias, in this order.
    pub fn parameters_mut(&mut self) -> impl Iterator<Item = &mut Tensor<2>> {
        std::iter::once(&mut self.weight).chain(self.bias.as_mut())
    }

    /// The same layer without a tape.
    pub fn frozen(&self) -> Self {
        Self { weight: self.weight.clone().inner(), bias: self.bias.clone().map(Tensor::inner) }
    }

    /// As plain numbers, read back from the device.
    pub async fn weights(&self) -> Result<LayerWeights, ExecutionError> {
        let [inputs, outputs] = self.weight.dims();
        let bias = match &self.bias {
            Some(bias) => read(bias).await?,
            None => vec![],
        };
        Ok(LayerWeights { inputs, outputs, weight: read(&self.weight).await?, bias })
    }
}

/// σ(z) and σ′(z), both differentiable.
fn value_and_slope(kind: Activation, guard: Guard, z: Tensor<2>) -> (Tensor<2>, Tensor<2>) {
    match kind {
        Activation::Tanh => {
            let h = match guard {
                Guard::None => z.tanh(),
                Guard::ClampTanh => z.clamp(-TANH_SATURATED, TANH_SATURATED).tanh(),
            };
            // As a product: a power would be differentiated as a power.
            let slope = (h.clone() * h.clone()).neg().add_scalar(1.0);
            (h, slope)
        }
        Activation::Softplus => (activation::softplus(z.clone(), 1.0), activation::sigmoid(z)),
        Activation::Sine => (z.clone().sin(), z.cos()),
    }
}

/// The values of a tensor.
pub async fn read(tensor: &Tensor<2>) -> Result<Vec<f32>, ExecutionError> {
    let data = tensor.clone().inner().into_data_async().await?;
    Ok(data.iter::<f32>().collect())
}
