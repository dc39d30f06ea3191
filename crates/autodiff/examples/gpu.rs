//! Milliseconds of a training step on the graphics card, Adam included, of each family of models, next to one core:
//! `cargo run --release --features gpu --example gpu [STEPS] [NAME]`.

#[path = "../tests/models/mod.rs"]
mod models;

use autodiff::adam::Adam;
use autodiff::engine::Engine;
use std::time::Instant;

fn main() {
    let steps = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(200);
    let only = std::env::args().nth(2);
    let cases = [
        ("200 wide, 750 rows", models::hnn(200, 750)),
        ("200 wide, 4000 rows", models::hnn(200, 4000)),
        ("200 wide, 750 rows", models::baseline(200, 750)),
        ("64 wide, 32 graphs of 4", models::graph(64, 32)),
        ("300 wide, 64 graphs of 4", models::graph(300, 64)),
        ("100 wide, 100 samples", models::pixels(1568, 100, 100)),
        ("64 wide, 32 graphs of 5", models::hogn(64, 32)),
    ];
    let gpu = pollster::block_on(Engine::gpu(|why| eprintln!("The card was lost: {why}"))).expect("a graphics card");
    for (size, case) in &cases {
        if only.as_ref().is_some_and(|only| !case.name.contains(only.as_str())) {
            continue;
        }
        let inputs: Vec<&[f32]> = case.inputs.iter().map(Vec::as_slice).collect();
        let start = Instant::now();
        let mut runner = gpu.runner(&[&case.function], &case.parameters).expect("a runner");
        runner.step(0, &inputs, case.items, 1, &Adam::new(1e-4, 1));
        pollster::block_on(runner.wait()).expect("a step");
        let first = start.elapsed().as_secs_f64();
        let mut times = vec![];
        let mut time = 1;
        for _ in 0..5 {
            let start = Instant::now();
            for _ in 0..steps.max(5) / 5 {
                time += 1;
                runner.step(0, &inputs, case.items, 1, &Adam::new(1e-4, time));
                if time % 25 == 0 {
                    pollster::block_on(runner.wait()).expect("steps");
                }
            }
            pollster::block_on(runner.wait()).expect("steps");
            times.push(start.elapsed().as_secs_f64() * 1e3 / f64::from(steps.max(5) / 5));
        }
        times.sort_by(f64::total_cmp);
        println!(
            "{:16} {size:26} {:8.3} ms a step ({:.3} to {:.3}), first step after {first:.2} s",
            case.name, times[2], times[0], times[4]
        );
    }
}
