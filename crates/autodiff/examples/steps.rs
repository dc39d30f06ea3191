//! Milliseconds of a training step, Adam included, of each family of models: `cargo run --release --example steps [ROUNDS]`.

#[path = "../tests/models/mod.rs"]
mod models;

use autodiff::adam::Adam;
use autodiff::cpu::Executor;
use std::time::Instant;

fn main() {
    let rounds = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(9);
    let cases = [
        ("200 wide, 750 rows", models::hnn(200, 750)),
        ("64 wide, 750 rows", models::hnn(64, 750)),
        ("200 wide, 750 rows", models::baseline(200, 750)),
        ("64 wide, 32 graphs of 4", models::graph(64, 32)),
        ("100 wide, 100 samples", models::pixels(1568, 100, 100)),
        ("64 wide, 32 graphs of 5", models::hogn(64, 32)),
    ];
    for (size, case) in &cases {
        let mut executor = Executor::new(&[&case.function], &case.parameters).expect("a plan");
        let inputs: Vec<&[f32]> = case.inputs.iter().map(Vec::as_slice).collect();
        let mut time = 0;
        let mut step = || {
            time += 1;
            executor.run(0, &inputs, case.items);
            executor.descend(0, 1, &Adam::new(1e-4, time));
        };
        step();
        let mut times: Vec<f64> = (0..rounds)
            .map(|_| {
                let start = Instant::now();
                let count = 20;
                (0..count).for_each(|_| step());
                start.elapsed().as_secs_f64() * 1000.0 / f64::from(count)
            })
            .collect();
        times.sort_by(f64::total_cmp);
        let nodes = case.function.nodes.len();
        println!(
            "{:16} {size:24} {:8.3} ms ({:.3} to {:.3}), {nodes} nodes",
            case.name,
            times[times.len() / 2],
            times[0],
            times[times.len() - 1]
        );
    }
}
