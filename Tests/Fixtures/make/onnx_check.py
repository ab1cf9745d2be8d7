"""Checks the graphs of ../onnx in ONNX Runtime and writes down the digests of those that are right.

Run as `python -P onnx_check.py ../onnx` after `COLOPHON_RECORD=1` made the tests write the graphs.
Made with onnx 1.23.2, onnxruntime 1.31.1, numpy 2.4.6. Every graph must pass onnx.checker (with shape
inference) and give the model's own predictions within 1e-5, relative to the largest.
"""

import hashlib
import json
import pathlib
import sys

import numpy as np
import onnx
import onnxruntime

TOLERANCE = 1e-5
folder = pathlib.Path(sys.argv[1])
digests, worst, failures = {}, {}, []
for path in sorted(folder.glob("*.onnx")):
    case = json.loads(path.with_suffix(".json").read_text())
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    session = onnxruntime.InferenceSession(path.read_bytes(), providers=["CPUExecutionProvider"])
    if "steps" in case:  # one step of a forecaster, run several times with its states handed on
        rows, worst_step = case["rows"], 0.0
        states = {p.name: np.zeros((rows, p.shape[1]), np.float32)
                  for p in session.get_inputs() if p.name != "inputs"}
        names = [o.name for o in session.get_outputs()]
        parameters = [n for n in names if not n.startswith("next_")]
        for step, expected in zip(case["steps"], case["expected"]):
            read = np.array(step, np.float32).reshape(rows, -1)
            outputs = dict(zip(names, session.run(None, {"inputs": read, **states})))
            found = np.hstack([outputs[n] for n in parameters])
            expected = np.array(expected).reshape(found.shape)
            worst_step = max(worst_step, float(np.abs(found - expected).max() / np.abs(expected).max()))
            states = {n[5:]: outputs[n] for n in names if n.startswith("next_")}
        if worst_step > TOLERANCE:
            failures.append((path.stem, worst_step))
            continue
        digests[path.stem] = "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()
        worst[path.stem] = worst_step
        print(f"{path.stem}: {len(model.graph.node)} nodes, worst relative error {worst_step:.2g}")
        continue
    feed = {}
    for port in session.get_inputs():
        values = case["inputs"][port.name]
        if port.type == "tensor(string)":
            feed[port.name] = np.array(values, dtype=object).reshape(-1, 1)
        else:
            feed[port.name] = np.array([np.nan if v is None else v for v in values]).reshape(-1, 1)
    outputs = dict(zip([o.name for o in session.get_outputs()], session.run(None, feed)))
    expected = np.array(case["expected"], dtype=float)
    name = next(n for n in outputs if not n.endswith("label"))
    found = outputs[name].astype(float)
    if case["task"] == "binary":
        found = found[:, 1]
    error = float(np.abs(found.ravel() - expected).max() / np.abs(expected).max())
    if error > TOLERANCE:
        failures.append((path.stem, error))
        continue
    label = next((n for n in outputs if n.endswith("label")), None)
    if label:
        classes = np.array(case["classes"])
        shares = expected.reshape(-1, 1) if case["task"] == "binary" else expected.reshape(
            -1, len(classes))
        places = (shares[:, 0] >= 0.5).astype(int) if case["task"] == "binary" else shares.argmax(1)
        assert (outputs[label] == classes[places]).all(), path.name
    digests[path.stem] = "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()
    worst[path.stem] = error
    print(f"{path.stem}: {len(model.graph.node)} nodes, worst relative error {error:.2g}")
assert not failures, failures
(folder / "checked.json").write_text(json.dumps({
    "versions": {"onnx": onnx.__version__, "onnxruntime": onnxruntime.__version__},
    "graphs": digests, "errors": worst}, indent=1, sort_keys=True) + "\n")
