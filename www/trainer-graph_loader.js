// A graph network in training as a worker.

importScripts('./trainer-graph.js');
wasm_bindgen({ module_or_path: './trainer-graph_bg.wasm' });
