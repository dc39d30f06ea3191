//! What tests of several models share: a program against finite differences of itself, and the executor of one core against the
//! reference.

#![allow(dead_code, reason = "no test uses all of it")]

use autodiff::cpu::Executor;
use autodiff::parameters::Parameters;
use autodiff::program::Function;
use autodiff::reference::Reference;
use models::learner::{Batch, Trainable};

pub type Arrays = Vec<Vec<f64>>;

pub fn wide(values: &[f32]) -> Vec<f64> {
    values.iter().map(|x| f64::from(*x)).collect()
}

pub fn arrays(parameters: &Parameters) -> Arrays {
    parameters.iter().map(|matrix| wide(&matrix.values)).collect()
}

/// |a − b| over |b|.
pub fn off(a: &[f64], b: &[f64]) -> f64 {
    let norm = |x: &mut dyn Iterator<Item = f64>| x.map(|x| x * x).sum::<f64>().sqrt();
    norm(&mut a.iter().zip(b).map(|(a, b)| a - b)) / norm(&mut b.iter().copied()).max(1e-300)
}

/// The outputs of a function on a batch, by the reference executor.
pub fn run(function: &Function, parameters: &Arrays, batch: &Batch<'_>) -> Arrays {
    let inputs: Arrays = batch.inputs.iter().map(|input| wide(input)).collect();
    let inputs: Vec<&[f64]> = inputs.iter().map(Vec::as_slice).collect();
    Reference::with_parameters(function, parameters.clone()).run(&inputs, batch.items)
}

/// Central differences of the loss of a function, its first output, by some numbers of each parameter, beside the gradients that
/// the function gives: (found, expected).
pub fn differences(function: &Function, parameters: &Arrays, batch: &Batch<'_>) -> [Vec<f64>; 2] {
    let outputs = run(function, parameters, batch);
    let (mut found, mut expected) = (vec![], vec![]);
    for (number, gradient) in outputs[1..].iter().enumerate() {
        for place in (0..gradient.len()).step_by(gradient.len().div_ceil(5)) {
            let h = 1e-5 * (1.0 + parameters[number][place].abs());
            let moved = |by: f64| {
                let mut parameters = parameters.clone();
                parameters[number][place] += by;
                run(function, &parameters, batch)[0][0]
            };
            found.push(gradient[place]);
            expected.push((moved(h) - moved(-h)) / (2.0 * h));
        }
    }
    [found, expected]
}

/// All outputs of a function on one core against those of the reference.
pub fn one_core(name: &str, function: &Function, parameters: &Parameters, batch: &Batch<'_>) {
    let mut executor = Executor::new(&[function], parameters).expect("a plan");
    let slices: Vec<&[f32]> = batch.inputs.iter().map(AsRef::as_ref).collect();
    executor.run(0, &slices, batch.items);
    for (output, expected) in run(function, &arrays(parameters), batch).iter().enumerate() {
        let size = expected.iter().map(|x| x.abs()).fold(0.0, f64::max);
        let difference = off(&wide(&executor.matrix(0, output).values), expected);
        assert!(difference < 2e-4 || size < 1e-6, "{name}, output {output} on one core: {difference:e} of {size:e}");
    }
}

/// Every program of training of a model: gradients are finite differences of the loss, and one core agrees with the reference.
pub fn check_training(name: &str, model: &dyn Trainable, parameters: &Parameters) {
    let first = model.functions().training;
    let later = model.later().into_iter().map(|later| (later.after + 1, later.training));
    for (step, function) in std::iter::once((1, first)).chain(later) {
        let batch = model.batch(step);
        let [found, expected] = differences(&function, &arrays(parameters), &batch);
        let difference = off(&found, &expected);
        assert!(difference < 1e-6, "{name}, step {step}: {difference:e} of the finite differences");
        one_core(name, &function, parameters, &batch);
    }
}
