"""Reads what the tests wrote, with the libraries that others use, and compares with the numbers of the reference executor.

One folder a case: case.json, NAME.onnx (single), NAME-double.onnx, NAME.safetensors, NAME.py. Prints one JSON line a case.
"""

import json
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from safetensors import safe_open
from scipy.special import expit


def off(found, wanted):
    """The largest difference, relative to the largest number of the output."""
    if found.shape != wanted.shape:
        raise SystemExit(f"shape {found.shape}, not {wanted.shape}")
    return float(np.max(np.abs(found - wanted)) / max(np.max(np.abs(wanted)), 1e-300))


def evaluated(path, inputs, dtype):
    onnx.checker.check_model(onnx.load(path), full_check=True)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    assert [port.name for port in session.get_inputs()] == list(inputs), "inputs are named as documented"
    return session.run(None, {name: value.astype(dtype) for name, value in inputs.items()})


def check(folder):
    case = json.loads((folder / "case.json").read_text())
    name = case["name"]
    array = lambda port: np.array(port["values"], dtype=float).reshape(port["shape"])
    inputs = {port["name"]: array(port) for port in case["inputs"]}
    wanted = [array(port) for port in case["outputs"]]
    result = {"name": name}
    single = evaluated(folder / f"{name}.onnx", inputs, np.float32)
    result["onnx"] = max(map(off, single, wanted))
    double = evaluated(folder / f"{name}-double.onnx", inputs, np.float64)
    result["onnx_double"] = max(map(off, double, wanted))
    with safe_open(folder / f"{name}.safetensors", "np") as file:
        arrays = {key: file.get_tensor(key).astype(float) for key in file.keys()}
        metadata = file.metadata()
    known = {entry["name"]: array(entry) for entry in case["arrays"]}
    assert arrays.keys() == known.keys(), "arrays are named as documented"
    assert all(np.array_equal(arrays[key], known[key]) for key in known), "weights are the same to the last bit"
    result["link"] = metadata["link"]
    scope = {"np": np, "expit": expit}
    exec((folder / f"{name}.py").read_text(), scope)
    result["numpy"] = max(map(off, scope["evaluate"](arrays, *inputs.values()), wanted))
    return result


for folder in sorted(Path(sys.argv[1]).iterdir()):
    print(json.dumps(check(folder)))
