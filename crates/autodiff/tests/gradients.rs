//! Gradients of every family of models: the reference against finite differences, the CPU executor against the reference.

mod models;

use autodiff::adam::Adam;
use autodiff::cpu::Executor;
use autodiff::parameters::Matrix;
use autodiff::reference::Reference;
use models::{Case, baseline, graph, hnn, hogn, pixels};

fn cases() -> Vec<Case> {
    vec![baseline(9, 7), hnn(9, 7), graph(11, 5), hogn(6, 3), pixels(40, 13, 9)]
}

fn wide(values: &[f32]) -> Vec<f64> {
    values.iter().map(|x| f64::from(*x)).collect()
}

fn reference(case: &Case, parameters: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
    let inputs: Vec<Vec<f64>> = case.inputs.iter().map(|input| wide(input)).collect();
    let inputs: Vec<&[f64]> = inputs.iter().map(Vec::as_slice).collect();
    Reference::with_parameters(&case.function, parameters).run(&inputs, case.items)
}

fn parameters(case: &Case) -> Vec<Vec<f64>> {
    case.parameters.iter().map(|matrix| wide(&matrix.values)).collect()
}

/// |a − b| relative to the larger of the whole vector.
fn off(a: &[f64], b: &[f64]) -> f64 {
    let norm = |x: &mut dyn Iterator<Item = f64>| x.map(|x| x * x).sum::<f64>().sqrt();
    let difference = norm(&mut a.iter().zip(b).map(|(a, b)| a - b));
    difference / norm(&mut b.iter().copied()).max(1e-12)
}

#[test]
fn the_reference_agrees_with_finite_differences() {
    for case in cases() {
        let values = parameters(&case);
        let outputs = reference(&case, values.clone());
        let h = 1e-5;
        for (number, gradient) in outputs[1..].iter().enumerate() {
            // Every parameter array, a dozen of its numbers.
            let every = gradient.len().div_ceil(12);
            let mut found = vec![];
            let mut expected = vec![];
            for place in (0..gradient.len()).step_by(every) {
                let moved = |by: f64| {
                    let mut values = values.clone();
                    values[number][place] += by;
                    reference(&case, values)[0][0]
                };
                found.push(gradient[place]);
                expected.push((moved(h) - moved(-h)) / (2.0 * h));
            }
            let off = off(&found, &expected);
            let size = expected.iter().map(|x| x.abs()).fold(0.0, f64::max);
            assert!(off < 1e-4 || size < 1e-8, "{}, parameter {number}: {off:e}", case.name);
        }
    }
}

#[test]
fn an_output_alone_is_what_it_is_among_all() {
    for case in cases() {
        let all = Reference::with_parameters(&case.function, parameters(&case));
        let inputs: Vec<Vec<f64>> = case.inputs.iter().map(|input| wide(input)).collect();
        let inputs: Vec<&[f64]> = inputs.iter().map(Vec::as_slice).collect();
        let values = all.run(&inputs, case.items);
        for (output, value) in values.iter().enumerate() {
            let alone = all.only(output).expect("an output").run(&inputs, case.items);
            assert_eq!(&alone, std::slice::from_ref(value), "{}, output {output}", case.name);
        }
        assert!(all.only(values.len()).is_none(), "{}", case.name);
    }
}

#[test]
fn the_cpu_agrees_with_the_reference() {
    for case in cases() {
        let expected = reference(&case, parameters(&case));
        let mut executor = Executor::new(&[&case.function], &case.parameters).expect("a plan");
        let inputs: Vec<&[f32]> = case.inputs.iter().map(Vec::as_slice).collect();
        // Twice: nothing may be left of the first run.
        for _ in 0..2 {
            executor.run(0, &inputs, case.items);
            let loss = executor.number(0, 0);
            assert!((loss / expected[0][0] - 1.0).abs() < 1e-5, "{}: loss {loss} {}", case.name, expected[0][0]);
            for (output, expected) in expected.iter().enumerate().skip(1) {
                let Matrix { values, .. } = executor.matrix(0, output);
                let off = off(&wide(&values), expected);
                let size = expected.iter().map(|x| x.abs()).fold(0.0, f64::max);
                assert!(off < 1e-4 || size < 1e-9, "{}, output {output}: {off:e}", case.name);
            }
        }
    }
}

#[test]
fn batches_of_any_size_agree_with_the_reference() {
    for items in [1, 2, 63, 64, 65, 200] {
        let case = hnn(17, items);
        let expected = reference(&case, parameters(&case));
        let mut executor = Executor::new(&[&case.function], &case.parameters).expect("a plan");
        let inputs: Vec<&[f32]> = case.inputs.iter().map(Vec::as_slice).collect();
        executor.run(0, &inputs, items);
        let off = off(&wide(&executor.matrix(0, 1).values), &expected[1]);
        assert!(off < 1e-4, "{items} items: {off:e}");
    }
}

/// Adam written a second time, in double precision, from the paper.
#[test]
fn a_step_of_adam_is_that_of_the_paper() {
    let case = hnn(9, 7);
    let mut executor = Executor::new(&[&case.function], &case.parameters).expect("a plan");
    let inputs: Vec<&[f32]> = case.inputs.iter().map(Vec::as_slice).collect();
    let (lr, decay, clip) = (1e-2, 1e-2, 0.05);
    let mut values = parameters(&case);
    let zeros: Vec<Vec<f64>> = values.iter().map(|value| vec![0.0; value.len()]).collect();
    let (mut first, mut second) = (zeros.clone(), zeros);
    for time in 1..=5 {
        let gradients = reference(&case, values.clone());
        let norm = gradients[1..].iter().flatten().map(|g| g * g).sum::<f64>().sqrt();
        let scale = if norm > clip { clip / norm } else { 1.0 };
        for (number, gradient) in gradients[1..].iter().enumerate() {
            for (place, gradient) in gradient.iter().enumerate() {
                let value = &mut values[number][place];
                let slope = gradient * scale + decay * *value;
                let (m, v) = (&mut first[number][place], &mut second[number][place]);
                *m = 0.9 * *m + 0.1 * slope;
                *v = 0.999 * *v + 0.001 * slope * slope;
                let (m, v) = (*m / (1.0 - 0.9f64.powi(time)), *v / (1.0 - 0.999f64.powi(time)));
                *value -= lr * m / (v.sqrt() + 1e-8);
            }
        }
        executor.run(0, &inputs, case.items);
        executor.descend(0, 1, &Adam { lr, decay, clip, time: time as u64 });
    }
    for (found, expected) in executor.parameters().iter().zip(&values) {
        assert!(off(&wide(&found.values), expected) < 1e-4);
    }
    let checkpoint = executor.checkpoint();
    assert_eq!(checkpoint.step, 5);
    let mut other = Executor::new(&[&case.function], &case.parameters).expect("a plan");
    other.restore(&checkpoint).expect("the same shapes");
    for executor in [&mut executor, &mut other] {
        executor.run(0, &inputs, case.items);
        executor.descend(0, 1, &Adam { lr, decay, clip, time: 6 });
    }
    assert_eq!(executor.checkpoint(), other.checkpoint());
}

/// Outputs that every item has for itself, over more items than a block holds.
#[test]
fn outputs_of_items_agree_with_the_reference() {
    use autodiff::program::{Program, Shape, Value};
    let program = Program::new();
    let x = program.input(Shape::item(3, 2));
    let weight = program.parameter(2, 11);
    let summed = x.dense(weight, None).tanh().scatter(&[0, 1, 0].into(), 2);
    let function = program.function(&[summed, Value::concatenate(&[x, x * x]).slice(1, 2)]);
    let mut numbers = models::Numbers::new(7);
    let (items, weights) = (150, vec![Matrix { rows: 2, columns: 11, values: numbers.take(22) }]);
    let input = numbers.take(items * 6);
    let mut executor = Executor::new(&[&function], &weights).expect("a plan");
    executor.run(0, &[&input], items);
    let expected = Reference::new(&function, &weights).run(&[&wide(&input)], items);
    for (output, expected) in expected.iter().enumerate() {
        assert!(off(&wide(executor.rows(0, output)), expected) < 1e-6, "output {output}");
    }
}

#[test]
fn what_needs_two_passes_is_refused() {
    use autodiff::program::{Program, Shape};
    let program = Program::new();
    let x = program.input(Shape::item(1, 2));
    let centred = x - x.batch_mean().spread(1, 2);
    let function = program.function(&[centred.square().batch_mean()]);
    assert!(Executor::new(&[&function], &vec![]).is_err());
    // The reference has no such limit: the variance of ±1 in each column.
    let outputs = Reference::new(&function, &vec![]).run(&[&[0.5, 0.5, -0.5, -0.5]], 2);
    assert!((outputs[0][0] - 0.5).abs() < 1e-12, "{outputs:?}");
}

/// Burn's own tape as an independent oracle of first derivatives.
#[test]
fn the_baselines_gradient_is_that_of_burns_tape() {
    use burn::tensor::{Device, Tensor, TensorData};
    let case = baseline(9, 7);
    let device = Device::flex().autodiff();
    let tensor =
        |values: &[f32], shape: [usize; 2]| Tensor::<2>::from_data(TensorData::new(values.to_vec(), shape), &device);
    let taped: Vec<Tensor<2>> = case
        .parameters
        .iter()
        .map(|matrix| tensor(&matrix.values, [matrix.rows, matrix.columns]).require_grad())
        .collect();
    let [state, target] = [0, 1].map(|input| tensor(&case.inputs[input], [case.items, 2]));
    let layer = |x: Tensor<2>, l: usize| (x.matmul(taped[2 * l].clone()) + taped[2 * l + 1].clone()).tanh();
    let output = layer(layer(state, 0), 1).matmul(taped[4].clone());
    let error = output - target;
    let gradients = (error.clone() * error).mean().backward();
    let expected = reference(&case, parameters(&case));
    for (parameter, expected) in taped.iter().zip(&expected[1..]) {
        let found: Vec<f64> =
            parameter.grad(&gradients).expect("a gradient").into_data().iter::<f32>().map(f64::from).collect();
        assert!(off(&found, expected) < 1e-4);
    }
}
