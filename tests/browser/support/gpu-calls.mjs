// What a worker asks of WebGPU, call by call, without a card: counts hold for any adapter.

const CALLS = {
  GPUDevice: { createBuffer: 'b', createBindGroup: 'g', createComputePipeline: 'p', createComputePipelineAsync: 'p' },
  GPUQueue: { submit: 's', writeBuffer: 'w' },
  GPUComputePassEncoder: { dispatchWorkgroups: 'd', dispatchWorkgroupsIndirect: 'd' },
  GPUBuffer: { mapAsync: 'r' },
};

/** A script that stands before an engine's own and writes down its calls, a letter each, in `self.gpuCalls`. */
export const WRITE_DOWN = `if (self.gpuCalls === undefined) {
  self.gpuCalls = '';
  for (const [type, calls] of Object.entries(${JSON.stringify(CALLS)})) {
    for (const [name, letter] of Object.entries(calls)) {
      const prototype = self[type]?.prototype;
      const call = prototype?.[name];
      if (call) prototype[name] = function (...given) { self.gpuCalls += letter; return call.apply(this, given); };
    }
  }
}
`;

/** How often each call comes in a piece of what was written down. */
export function counted(calls) {
  const count = (letter) => calls.split(letter).length - 1;
  return {
    dispatches: count('d'), submits: count('s'), uploads: count('w'), reads: count('r'),
    buffers: count('b'), bindGroups: count('g'), pipelines: count('p'),
  };
}
