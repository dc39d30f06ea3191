// The GPU engine as a worker.

importScripts('./trainer-gpu.js');
wasm_bindgen({ module_or_path: './trainer-gpu_bg.wasm' });
