// The search for formulas as a worker.

importScripts('./searcher.js');
wasm_bindgen({ module_or_path: './searcher_bg.wasm' });
