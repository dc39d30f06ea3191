//! The executor on a card against the reference and the core: on whatever adapter there is, a software one included. Where there
//! is none, these tests say so and pass.

mod models;

use autodiff::adam::Adam;
use autodiff::cpu;
use autodiff::gpu::{Card, Executor, Reads};
use autodiff::reference::Reference;
use models::{Case, baseline, graph, hnn, hogn, pixels};
use std::sync::OnceLock;

/// The one card of this process.
fn card() -> Option<&'static Card> {
    static CARD: OnceLock<Option<Card>> = OnceLock::new();
    let open = || match pollster::block_on(Card::open(|why| panic!("the card was lost: {why}"))) {
        Ok(card) => Some(card),
        Err(error) => {
            eprintln!("skipped, without a card: {error}");
            None
        }
    };
    CARD.get_or_init(open).as_ref()
}

/// The card with the kernels that suit it, and with those of a graphics card, which a software adapter would not get by itself.
fn both() -> Vec<Card> {
    card().map(|card| vec![card.clone(), card.clone().with_kernels_of_cards()]).unwrap_or_default()
}

fn cases() -> Vec<Case> {
    vec![
        baseline(9, 7),
        hnn(9, 7),
        hnn(40, 90),
        hnn(300, 20),
        graph(11, 5),
        pixels(40, 13, 9),
        pixels(300, 20, 40),
        hogn(6, 3),
    ]
}

fn inputs(case: &Case) -> Vec<&[f32]> {
    case.inputs.iter().map(Vec::as_slice).collect()
}

fn wide(values: &[f32]) -> Vec<f64> {
    values.iter().map(|x| f64::from(*x)).collect()
}

fn reference(case: &Case) -> Vec<Vec<f64>> {
    let inputs: Vec<Vec<f64>> = case.inputs.iter().map(|input| wide(input)).collect();
    let inputs: Vec<&[f64]> = inputs.iter().map(Vec::as_slice).collect();
    Reference::new(&case.function, &case.parameters).run(&inputs, case.items)
}

/// |a − b| relative to the larger of the whole vector.
fn off(a: &[f64], b: &[f64]) -> f64 {
    let norm = |x: &mut dyn Iterator<Item = f64>| x.map(|x| x * x).sum::<f64>().sqrt();
    norm(&mut a.iter().zip(b).map(|(a, b)| a - b)) / norm(&mut b.iter().copied()).max(1e-12)
}

#[test]
fn gradients_agree_with_the_reference() {
    for (card, case) in both().iter().flat_map(|card| cases().into_iter().map(move |case| (card, case))) {
        let expected = reference(&case);
        let mut executor = Executor::new(&[&case.function], &case.parameters, card).expect("a plan");
        // Twice: nothing may be left of the first run.
        for _ in 0..2 {
            let outputs = pollster::block_on(executor.outputs(0, 0, &inputs(&case), case.items)).expect("outputs");
            for (output, (found, expected)) in outputs.iter().zip(&expected).enumerate() {
                let off = off(&wide(&found.values), expected);
                let size = expected.iter().map(|x| x.abs()).fold(0.0, f64::max);
                assert!(off < 1e-4 || size < 1e-9, "{}, output {output}: {off:e}", case.name);
            }
        }
    }
}

#[test]
fn steps_are_those_on_a_core() {
    for (card, case) in both().iter().flat_map(|card| cases().into_iter().map(move |case| (card, case))) {
        for clip in [f64::INFINITY, 0.3] {
            let adam = |time| Adam { decay: 1e-3, clip, ..Adam::new(1e-3, time) };
            let mut here = cpu::Executor::new(&[&case.function], &case.parameters).expect("a plan");
            let mut there = Executor::new(&[&case.function], &case.parameters, card).expect("a plan");
            for time in 1..=30 {
                here.run(0, &inputs(&case), case.items);
                here.descend(0, 1, &adam(time));
                there.step(0, Reads::Inputs(&inputs(&case)), case.items, 1, &adam(time));
            }
            let found = pollster::block_on(there.parameters()).expect("parameters");
            for (number, (here, there)) in here.parameters().iter().zip(&found).enumerate() {
                let off = off(&wide(&there.values), &wide(&here.values));
                assert!(off < 1e-3, "{}, clip {clip}, parameter {number}: {off:e}", case.name);
            }
        }
    }
}

/// Models as they are trained, and the most dispatches that a step of each may be: launching one costs a card more than most products do.
#[test]
fn a_step_is_a_few_dispatches() {
    let Some(card) = card() else { return };
    for (case, most) in
        [(baseline(9, 7), 3), (hnn(9, 7), 3), (graph(11, 5), 3), (pixels(40, 13, 9), 3), (hogn(6, 3), 6)]
    {
        let mut executor = Executor::new(&[&case.function], &case.parameters, card).expect("a plan");
        executor.step(0, Reads::Inputs(&inputs(&case)), case.items, 1, &Adam::new(1e-3, 1));
        pollster::block_on(executor.wait()).expect("a step");
        let dispatches = executor.dispatches().expect("a step was taken");
        println!("{}: {dispatches} dispatches", case.name);
        assert!(dispatches <= most, "{}: {dispatches} dispatches", case.name);
    }
}
