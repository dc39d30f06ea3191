// The CPU engine as a worker, where the browser has relaxed SIMD.

importScripts('./trainer-cpu-relaxed.js');
wasm_bindgen({ module_or_path: './trainer-cpu-relaxed_bg.wasm' });
