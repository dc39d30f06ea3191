//! The trainer worker on the processor.

fn main() {
    wasm_bindgen_futures::spawn_local(orrery::worker::serve(async {
        Ok::<_, std::convert::Infallible>(orrery::training::engine::Engine::cpu())
    }));
}
