// A graph network in training as a worker.

importScripts('./trainer-graph-relaxed.js');
wasm_bindgen({ module_or_path: './trainer-graph-relaxed_bg.wasm' });
