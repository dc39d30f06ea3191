// The CPU engine as a worker.

importScripts('./trainer-cpu.js');
wasm_bindgen({ module_or_path: './trainer-cpu_bg.wasm' });
