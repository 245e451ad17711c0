"""Writes the bundle `tiny`: a crop encoder of the ri-edge contract with random weights, for tests.

    python3 make_tiny.py    # needs numpy and onnx

The golden run is computed with numpy, not with an engine. Same bytes at each run.
"""

import hashlib
import json
import os

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

K, NEAR, F, C, G, CLASSES, MOST = 16, 4, 19, 50, 6, ["car", "pole", "wall"], 8
TINY = 1e-9  # an empty crop has no direction
HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "tiny")
random = np.random.default_rng(3)
weights, nodes = [], []


def constant(name, value):
    weights.append(numpy_helper.from_array(np.asarray(value), name))
    return name


def dense(name, rows, columns):
    return constant(name, (random.normal(size=(rows, columns)) / np.sqrt(rows)).astype(np.float32))


def node(kind, inputs, output, **attributes):
    nodes.append(helper.make_node(kind, inputs, [output], **attributes))
    return output


def shaped(x, output, *dims):
    return node("Reshape", [x, constant(output + "_shape", np.array(dims, np.int64))], output)


def layer(x, name, rows, columns):
    return node("Relu", [node("MatMul", [x, dense(name + "_w", rows, columns)], name + "_m")], name)


def golden():
    """Inputs and outputs of two rows, one tensor after another."""
    w = {t.name: numpy_helper.to_array(t).astype(np.float64) for t in weights}
    n = 2
    edge, context = random.normal(size=(n, K, NEAR, F)), random.normal(size=(n, K, C))
    neighbour, glob = random.integers(0, K, (n, K, NEAR)), random.normal(size=(n, G))
    given = [v.astype(np.float32) for v in (edge, neighbour, glob, context)]
    edge, _, glob, context = [v.astype(np.float64) for v in given]
    relu = lambda x: np.maximum(x, 0)
    h = relu(edge @ w["e_w"]).max(2)
    far = np.stack([h[i][neighbour[i]].max(1) for i in range(n)])
    z = relu(np.concatenate([h, far, relu(context @ w["c_w"])], 2) @ w["z_w"]).max(1)
    body = np.concatenate([z, glob], 1)
    raw = body @ w["embed_w"]
    out = [raw / (np.linalg.norm(raw, axis=1, keepdims=True) + TINY), relu(raw) @ w["logits_w"], np.tanh(body @ w["heading_w"])]
    files = {}
    for name, tensors in (("golden/in.f32", given), ("golden/out.f32", out)):
        files[name] = np.concatenate([t.astype("<f4").ravel() for t in tensors]).tobytes()
    return files


def main():
    e = layer(shaped("edge", "edge_rows", -1, F), "e", F, 8)
    h = node("ReduceMax", [shaped(e, "e_k", -1, NEAR, 8)], "h", axes=[1], keepdims=0)
    within = node("Cast", [shaped("neighbour", "n_rows", -1, K * NEAR)], "within", to=TensorProto.INT64)
    count = node("Shape", ["glob"], "count", start=0, end=1)
    first = node("Slice", [constant("firsts", (np.arange(MOST) * K).reshape(-1, 1)), constant("zero", np.array([0])),
                           count, constant("axis", np.array([0]))], "first")
    at = shaped(node("Add", [within, first], "both"), "at", -1)
    far = node("ReduceMax", [shaped(node("Gather", [h, at], "near", axis=0), "near_k", -1, NEAR, 8)], "far", axes=[1],
               keepdims=0)
    c = layer(shaped("context", "c_rows", -1, C), "c", C, 8)
    z = layer(node("Concat", [h, far, c], "hfc", axis=1), "z", 24, 32)
    pooled = node("ReduceMax", [shaped(z, "z_k", -1, K, 32)], "pooled", axes=[1], keepdims=0)
    body = node("Concat", [pooled, "glob"], "body", axis=1)
    raw = node("MatMul", [body, dense("embed_w", 32 + G, 128)], "raw")
    length = node("ReduceL2", [raw], "length", axes=[1], keepdims=1)
    tiny = constant("tiny", np.array([TINY], np.float32))
    node("Div", [raw, node("Add", [length, tiny], "divisor")], "embedding")
    node("MatMul", [node("Relu", [raw], "active"), dense("logits_w", 128, len(CLASSES))], "logits")
    node("Tanh", [node("MatMul", [body, dense("heading_w", 32 + G, 3)], "turn")], "heading")
    value = lambda name, *dims: helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", *dims])
    inputs = {"edge": (K, NEAR, F), "neighbour": (K, NEAR), "glob": (G,), "context": (K, C)}
    outputs = {"embedding": (128,), "logits": (len(CLASSES),), "heading": (3,)}
    graph = helper.make_graph(nodes, "tiny", [value(n, *s) for n, s in inputs.items()],
                              [value(n, *s) for n, s in outputs.items()], weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    model.ir_version = 8
    onnx.checker.check_model(model)
    os.makedirs(os.path.join(HERE, "golden"), exist_ok=True)
    data = model.SerializeToString()
    with open(os.path.join(HERE, "model.onnx"), "wb") as f:
        f.write(data)
    files = golden()
    for file, content in files.items():
        with open(os.path.join(HERE, file), "wb") as f:
            f.write(content)
    tensor = lambda name, dims: {"name": name, "dtype": "float32", "shape": ["n", *dims], "layout": "NXYZ"[:1 + len(dims)],
                                 "semantic": "crop-" + name}
    manifest = {
        "format": 1, "name": "tiny", "version": "0.1.0", "task": "crop-encoding", "license": "Apache-2.0",
        "trainingData": [{"name": "none", "license": "Apache-2.0", "sha256": "0" * 64, "synthetic": True}],
        "trainer": {"script": "make_tiny.py", "seed": 3}, "metrics": {},
        "onnx": {"file": "model.onnx", "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data), "opset": 17,
                 "irVersion": 8},
        "inputs": [tensor(n, s) for n, s in inputs.items()], "outputs": [tensor(n, s) for n, s in outputs.items()],
        "preprocessing": {"encoder": "ri-edge", "group": "yaw", "points": K, "neighbours": NEAR, "viewpoint": True,
                          "normalise": "none", "normals": "kept", "neighbourRanks": "near", "featureVersion": 1},
        "postprocessing": {"dimensions": [16, 32, 64, 128], "temperature": 2.0, "energyThreshold": [0, 0, 0, 0.5]},
        "classes": CLASSES, "golden": [{"in": "golden/in.f32", "out": "golden/out.f32", "absTol": 1e-4, "relTol": 1e-4}],
        "limits": {"maxBatch": MOST, "maxRunMillis": 100, "arenaBytes": 1 << 24},
        "files": [{"file": n, "sha256": hashlib.sha256(c).hexdigest(), "bytes": len(c)} for n, c in files.items()]}
    with open(os.path.join(HERE, "manifest.json"), "w") as f:
        json.dump(manifest, f, indent=1)
        f.write("\n")


main()
