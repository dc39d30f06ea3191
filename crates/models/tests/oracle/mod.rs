//! What tests of programs share: evaluations in plain loops, and the comparison of a program with one written a second time.

#![allow(dead_code, reason = "no test uses all of it")]

use autodiff::cpu::Executor;
use autodiff::parameters::Parameters;
use autodiff::reference::Reference;
use models::activation::Activation;
use models::learner::Trainable;

pub type Arrays = Vec<Vec<f64>>;

/// (σ(z), σ′(z)).
pub fn activation(kind: Activation, z: f64) -> (f64, f64) {
    let sigmoid = 1.0 / (1.0 + (-z).exp());
    match kind {
        Activation::Tanh => (z.tanh(), 1.0 - z.tanh().powi(2)),
        Activation::Softplus => (z.exp().ln_1p(), sigmoid),
        Activation::Sine => (z.sin(), z.cos()),
        Activation::Relu => (z.max(0.0), f64::from(u8::from(z > 0.0))),
        Activation::Silu => (z * sigmoid, sigmoid + z * sigmoid * (1.0 - sigmoid)),
    }
}

/// xW + b.
pub fn dense(x: &[f64], weight: &[f64], bias: Option<&Vec<f64>>) -> Vec<f64> {
    let outputs = weight.len() / x.len();
    (0..outputs)
        .map(|j| {
            let sum: f64 = x.iter().enumerate().map(|(i, x)| x * weight[i * outputs + j]).sum();
            sum + bias.map_or(0.0, |bias| bias[j])
        })
        .collect()
}

/// Weights and biases of a network whose last layer may have no bias.
pub fn layers(arrays: &[Vec<f64>]) -> Vec<(&Vec<f64>, Option<&Vec<f64>>)> {
    arrays.chunks(2).map(|pair| (&pair[0], pair.get(1))).collect()
}

pub fn perceptron(arrays: &[Vec<f64>], kind: Activation, x: &[f64]) -> Vec<f64> {
    let layers = layers(arrays);
    layers.iter().enumerate().fold(x.to_vec(), |x, (l, (weight, bias))| {
        let mut sums = dense(&x, weight, *bias);
        if l + 1 < layers.len() {
            sums.iter_mut().for_each(|z| *z = activation(kind, *z).0);
        }
        sums
    })
}

/// |a − b| over |b|.
pub fn off(a: &[f64], b: &[f64]) -> f64 {
    let norm = |x: &mut dyn Iterator<Item = f64>| x.map(|x| x * x).sum::<f64>().sqrt();
    norm(&mut a.iter().zip(b).map(|(a, b)| a - b)) / norm(&mut b.iter().copied()).max(1e-300)
}

/// Holds the program of a model, on the batch of its first step, against an evaluation of its own: from parameters and inputs
/// to the loss that is made small.
pub fn check(
    name: &str,
    model: &dyn Trainable,
    parameters: &Parameters,
    loss: impl Fn(&Arrays, &Arrays, usize) -> f64,
) {
    let functions = model.functions();
    let batch = model.batch(1);
    let wide = |values: &[f32]| values.iter().map(|x| f64::from(*x)).collect::<Vec<f64>>();
    let inputs: Arrays = batch.inputs.iter().map(|input| wide(input)).collect();
    let arrays: Arrays = parameters.iter().map(|matrix| wide(&matrix.values)).collect();
    let slices: Vec<&[f64]> = inputs.iter().map(Vec::as_slice).collect();
    let outputs = Reference::with_parameters(&functions.training, arrays.clone()).run(&slices, batch.items);
    let whole = loss(&arrays, &inputs, batch.items);
    let gradients = &outputs[functions.parts..];
    assert_eq!(gradients.len(), arrays.len());
    let (mut found, mut expected) = (vec![], vec![]);
    for (number, gradient) in gradients.iter().enumerate() {
        let every = gradient.len().div_ceil(7);
        for place in (0..gradient.len()).step_by(every) {
            let h = 1e-6 * (1.0 + arrays[number][place].abs());
            let moved = |by: f64| {
                let mut arrays = arrays.clone();
                arrays[number][place] += by;
                loss(&arrays, &inputs, batch.items)
            };
            found.push(gradient[place]);
            expected.push((moved(h) - moved(-h)) / (2.0 * h));
        }
    }
    let difference = off(&found, &expected);
    assert!(difference < 1e-4, "{name}: {difference:e} of the finite differences of {whole}");

    let mut executor = Executor::new(&[&functions.training], parameters).expect("a plan");
    let slices: Vec<&[f32]> = batch.inputs.iter().map(AsRef::as_ref).collect();
    executor.run(0, &slices, batch.items);
    for (output, expected) in outputs.iter().enumerate() {
        let size = expected.iter().map(|x| x.abs()).fold(0.0, f64::max);
        let difference = off(&wide(&executor.matrix(0, output).values), expected);
        assert!(difference < 1e-4 || size < 1e-7, "{name}, output {output} on one core: {difference:e}");
    }
}
