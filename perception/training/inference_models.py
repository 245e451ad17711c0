#!/usr/bin/env python3
"""Writes the small networks that the tests of the inference layer load, and the hostile ones that they must refuse.

    pip install onnx==1.23.2 numpy
    perception/training/inference_models.py perception/src/test/resources/io/azimuth/perception/inference

Golden outputs are computed with numpy, not with an engine. Same bytes at each run.
"""

import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 17
IR_VERSION = 8


def model(nodes, inputs, outputs, weights=(), opset=OPSET, **extra):
    graph = helper.make_graph(nodes, "g", inputs, outputs, list(weights))
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], producer_name="azimuth", **extra)
    made.ir_version = IR_VERSION
    return made


def value(name, *shape):
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, list(shape))


def weights(name, array):
    return numpy_helper.from_array(np.asarray(array), name)


def convolve(x, w, b):
    """Same-size convolution of [n,c,h,w], stride 1, zeros around."""
    pad = w.shape[2] // 2
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    out = np.zeros((x.shape[0], w.shape[0]) + x.shape[2:])
    for i in range(w.shape[2]):
        for j in range(w.shape[3]):
            part = padded[:, :, i : i + x.shape[2], j : j + x.shape[3]]
            out += np.einsum("nchw,oc->nohw", part, w[:, :, i, j].astype(np.float64))
    return out + b[None, :, None, None]


def tiny():
    """Two convolutions and a sigmoid over [n,2,8,8]."""
    random = np.random.default_rng(12)
    w0 = random.normal(0, 0.4, (4, 2, 3, 3)).astype(np.float32)
    b0 = random.normal(0, 0.1, 4).astype(np.float32)
    w1 = random.normal(0, 0.4, (1, 4, 1, 1)).astype(np.float32)
    b1 = random.normal(0, 0.1, 1).astype(np.float32)
    nodes = [
        helper.make_node("Conv", ["x", "w0", "b0"], ["c0"], kernel_shape=[3, 3], pads=[1, 1, 1, 1]),
        helper.make_node("Relu", ["c0"], ["r0"]),
        helper.make_node("Conv", ["r0", "w1", "b1"], ["c1"], kernel_shape=[1, 1]),
        helper.make_node("Sigmoid", ["c1"], ["y"]),
    ]
    made = model(
        nodes,
        [value("x", "n", 2, 8, 8)],
        [value("y", "n", 1, 8, 8)],
        [weights("w0", w0), weights("b0", b0), weights("w1", w1), weights("b1", b1)],
    )
    x = random.normal(0, 1, (2, 2, 8, 8)).astype(np.float32)
    hidden = np.maximum(convolve(x, w0, b0), 0)
    y = 1 / (1 + np.exp(-convolve(hidden, w1, b1)))
    return made, x, y.astype(np.float32)


def roots():
    """y = sqrt(x): finite or not as its input wants."""
    made = model([helper.make_node("Sqrt", ["x"], ["y"])], [value("x", "n", 4)], [value("y", "n", 4)])
    x = np.array([[0, 1, 4, 9]], dtype=np.float32)
    return made, x, np.sqrt(x)


def part():
    """The first two of four values: nothing but the cost of a call."""
    numbers = [weights(k, np.array([v], dtype=np.int64)) for k, v in (("from", 0), ("to", 2), ("axis", 1))]
    made = model(
        [helper.make_node("Slice", ["x", "from", "to", "axis"], ["y"])],
        [value("x", "n", 4)],
        [value("y", "n", 2)],
        numbers,
    )
    x = np.array([[0.5, -1, 2, 3]], dtype=np.float32)
    return made, x, x[:, :2].copy()


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def spec(info, semantic):
    shape = [d.dim_param or d.dim_value for d in info.type.tensor_type.shape.dim]
    layout = "NCHW" if len(shape) == 4 else "NC"
    return {"name": info.name, "dtype": "float32", "shape": shape, "layout": layout, "semantic": semantic}


def write_bundle(folder, name, made, x, y, max_batch=4):
    onnx.checker.check_model(made)
    (folder / "golden").mkdir(parents=True, exist_ok=True)
    network = made.SerializeToString(deterministic=True)
    (folder / "model.onnx").write_bytes(network)
    files = {
        "golden/in.f32": x.astype("<f4").tobytes(),
        "golden/out.f32": y.astype("<f4").tobytes(),
        "LICENSE": b"Apache-2.0, as the repository.\n",
    }
    for path, data in files.items():
        (folder / path).write_bytes(data)
    manifest = {
        "format": 1,
        "name": name,
        "version": "1",
        "task": "test",
        "license": "Apache-2.0",
        "trainingData": [],
        "trainer": {"script": "perception/training/inference_models.py", "seed": 12},
        "metrics": {},
        "onnx": {
            "file": "model.onnx",
            "sha256": sha256(network),
            "bytes": len(network),
            "opset": OPSET,
            "irVersion": IR_VERSION,
        },
        "inputs": [spec(i, "test values") for i in made.graph.input],
        "outputs": [spec(o, "test values") for o in made.graph.output],
        "preprocessing": {},
        "postprocessing": {},
        "classes": [],
        "golden": [{"in": "golden/in.f32", "out": "golden/out.f32", "absTol": 1e-5, "relTol": 1e-5}],
        "limits": {"maxBatch": max_batch, "maxRunMillis": 50, "arenaBytes": 16777216},
        "files": [{"file": p, "sha256": sha256(d), "bytes": len(d)} for p, d in files.items()],
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")


def hostile():
    """Networks with one fault each; the file is named after the code that must be given, and the fault."""
    x, y = value("x", "n", 4), value("y", "n", 4)
    add = helper.make_node("Add", ["x", "w"], ["y"])
    good = np.ones(4, dtype=np.float32)

    outside = weights("w", good)
    outside.ClearField("raw_data")
    outside.data_location = TensorProto.EXTERNAL
    outside.external_data.add(key="location", value="../secret.bin")
    yield "EXTERNAL_DATA-weights", model([add], [x], [y], [outside])
    hidden = helper.make_node("Constant", [], ["w"], value=outside)
    yield "EXTERNAL_DATA-constant", model([hidden, add], [x], [y])

    yield "OPERATOR-domain", model([helper.make_node("Add", ["x", "x"], ["y"], domain="com.evil")], [x], [y])
    twice = model([helper.make_node("Relu", ["x"], ["y"])], [x], [y])
    twice.opset_import.add(domain="com.evil", version=1)
    yield "OPERATOR-imports", twice

    size = weights("size", np.array([1 << 40], dtype=np.int64))
    bomb = helper.make_node("ConstantOfShape", ["size"], ["w"])
    yield "OPERATOR-bomb", model([bomb, add], [x], [y], [size])
    body = helper.make_graph([helper.make_node("Identity", ["x"], ["z"])], "b", [], [value("z", "n", 4)])
    truth = weights("t", np.array(True))
    yield "OPERATOR-if", model([helper.make_node("If", ["t"], ["y"], then_branch=body, else_branch=body)], [x], [y], [truth])
    function = helper.make_function("f", "Own", ["a"], ["b"], [helper.make_node("Relu", ["a"], ["b"])], [helper.make_opsetid("", OPSET)])
    yield "OPERATOR-function", model([helper.make_node("Relu", ["x"], ["y"])], [x], [y], functions=[function])
    trained = model([helper.make_node("Relu", ["x"], ["y"])], [x], [y])
    trained.training_info.add()
    yield "OPERATOR-training", trained
    sparse = model([helper.make_node("Relu", ["x"], ["y"])], [x], [y])
    sparse.graph.sparse_initializer.add()
    yield "OPERATOR-sparse", sparse

    yield "OPSET-99", model([helper.make_node("Relu", ["x"], ["y"])], [x], [y], opset=99)
    newer = model([helper.make_node("Relu", ["x"], ["y"])], [x], [y])
    newer.ir_version = 99
    yield "OPSET-ir", newer

    for word, bad in (("nan", np.nan), ("infinite", -np.inf)):
        yield "WEIGHT_VALUE-" + word, model([add], [x], [y], [weights("w", np.array([1, 1, bad, 1], np.float32))])
    typed = helper.make_tensor("w", TensorProto.FLOAT, [4], [1, float("nan"), 1, 1])
    yield "WEIGHT_VALUE-typed", model([add], [x], [y], [typed])
    half = model([helper.make_node("Cast", ["h"], ["w"], to=1), add], [x], [y], [weights("h", np.array([1, np.inf, 1, 1], np.float16))])
    yield "WEIGHT_VALUE-half", half

    for word, dims in (("short", [5]), ("long", [3]), ("negative", [-4]), ("huge", [1 << 40, 1 << 40])):
        wrong = weights("w", good)
        del wrong.dims[:]
        wrong.dims.extend(dims)
        yield "WEIGHT_SHAPE-" + word, model([add], [x], [y], [wrong])

    yield "ONNX_MALFORMED-twins", model([helper.make_node("Relu", ["x"], ["y"]), helper.make_node("Abs", ["x"], ["y"])], [x], [y])

    yield "ONNX_MALFORMED-unknown-input", model([helper.make_node("Add", ["x", "nowhere"], ["y"])], [x], [y])
    lifted = [helper.make_node("Unsqueeze", ["x", "a"], ["u"]), helper.make_node("Conv", ["u", "w"], ["v"]), helper.make_node("Squeeze", ["v", "a"], ["y"])]
    numbers = [weights("a", np.array([2], np.int64)), weights("w", np.ones((4, 3, 1), np.float32))]
    yield "GOLDEN-channels", model(lifted, [x], [y], numbers)
    yield "SESSION-sizes", model([helper.make_node("MatMul", ["x", "w"], ["y"])], [x], [y], [weights("w", np.ones((5, 4), np.float32))])
    yield "SIGNATURE-two-inputs", model([helper.make_node("Add", ["x", "z"], ["y"])], [x, value("z", "n", 4)], [y])
    yield "SIGNATURE-no-input", model([helper.make_node("Relu", ["w"], ["y"])], [], [y], [weights("w", good)])
    whole = helper.make_tensor_value_info("x", TensorProto.INT64, ["n", 4])
    yield "SIGNATURE-type", model([helper.make_node("Cast", ["x"], ["y"], to=1)], [whole], [y])
    yield "SIGNATURE-name", model([helper.make_node("Relu", ["x"], ["z"])], [x], [value("z", "n", 4)])
    yield "SIGNATURE-shape", model([helper.make_node("Relu", ["x"], ["y"])], [value("x", "n", 5)], [value("y", "n", 5)])
    yield "SIGNATURE-rank", model([helper.make_node("Relu", ["x"], ["y"])], [value("x", "n", 4, 1)], [value("y", "n", 4, 1)])
    yield "SIGNATURE-free", model([helper.make_node("Relu", ["x"], ["y"])], [value("x", "n", "w")], [value("y", "n", "w")])
    yield "GOLDEN-other", model([helper.make_node("Neg", ["x"], ["y"])], [x], [y])
    yield "GOLDEN-infinite", model([helper.make_node("Div", ["x", "w"], ["y"])], [x], [y], [weights("w", np.zeros(4, np.float32))])


def costly():
    """Small files that ask for much memory or time, or for an amount that nobody can tell; named as the others."""
    x, y = value("x", "n", 4), value("y", "n", 4)
    node = helper.make_node

    def ints(name, *numbers):
        return weights(name, np.array(numbers, np.int64))

    def shrunk(nodes, extra, big="big"):
        """The large tensor is added to x after a maximum over all of it: every byte is needed."""
        return model(nodes + [node("ReduceMax", [big], ["m"], keepdims=0), node("Add", ["x", "m"], ["y"])], [x], [y], extra)

    one = weights("one", np.ones(1, np.float32))
    yield "COST-expand", shrunk([node("Expand", ["x", "s"], ["big"])], [ints("s", 1 << 20, 1 << 10, 1, 4)])
    yield "COST-folded", shrunk([node("Expand", ["one", "s"], ["big"])], [one, ints("s", 1 << 15, 1 << 15)])
    doubling = [node("Concat", ["x", "x"], ["c0"], axis=1)]
    doubling += [node("Concat", [f"c{i}", f"c{i}"], [f"c{i + 1}"], axis=1) for i in range(40)]
    yield "COST-concat", shrunk(doubling, [], "c40")
    many = [node("Expand", ["one", "s"], ["e"])] + [node("Add", ["e", "e"], [f"a{i}"]) for i in range(20)]
    many += [node("Concat", [f"a{i}" for i in range(20)], ["big"], axis=0)]
    yield "COST-sum", shrunk(many, [one, ints("s", 1 << 24)])
    outer = [node("Expand", ["one", "s"], ["a"]), node("Transpose", ["a"], ["b"])]
    yield "COST-outer-sum", shrunk(outer + [node("Add", ["a", "b"], ["big"])], [one, ints("s", 1 << 17, 1)])
    yield "COST-matmul", shrunk(outer + [node("MatMul", ["a", "b"], ["big"])], [one, ints("s", 1 << 17, 1)])
    yield "COST-gemm", shrunk(outer + [node("Gemm", ["a", "a"], ["big"], transB=1)], [one, ints("s", 1 << 17, 1)])
    square = [node("Expand", ["one", "s"], ["a"]), node("MatMul", ["a", "a"], ["big"])]
    yield "COST-multiplications", shrunk(square, [one, ints("s", 1 << 13, 1 << 13)])
    scales = weights("s", np.array([1, 1 << 23], np.float32))
    yield "COST-resize-scales", shrunk([node("Resize", ["x", "", "s"], ["r"], mode="nearest"), node("Concat", ["r"] * 9, ["big"], axis=1)], [scales])
    yield "COST-resize-sizes", shrunk([node("Resize", ["x", "", "", "s"], ["big"], mode="nearest")], [ints("s", 1, 1 << 40)])
    yield "COST-pad", shrunk([node("Pad", ["x", "p"], ["big"])], [ints("p", 1 << 20, 1 << 20, 1 << 20, 1 << 20)])
    cube = [node("Unsqueeze", ["x", "axes"], ["u"])]
    kernel = weights("k", np.ones((1, 1, 1, 1), np.float32))
    axes = ints("axes", 1, 2)
    conv = node("Conv", ["u", "k"], ["big"], pads=[1 << 16] * 4)
    yield "COST-conv", shrunk(cube + [conv], [kernel, axes])
    wide = weights("k", np.ones((1, 1, 64, 64), np.float32))
    columns = node("Conv", ["u", "k"], ["big"], pads=[1 << 9] * 4)
    yield "COST-columns", shrunk(cube + [columns], [wide, axes])
    yield "COST-transposed", shrunk(cube + [node("ConvTranspose", ["u", "k"], ["big"], strides=[1, 1 << 23], pads=[0, 0, 0, 0], output_padding=[1 << 10, 0])], [kernel, axes])
    yield "COST-pool", shrunk(cube + [node("MaxPool", ["u"], ["big"], kernel_shape=[1 << 20, 1 << 20], pads=[1 << 20] * 4)], [axes])
    table = [node("Expand", ["one", "s"], ["t"]), node("Gather", ["t", "i"], ["g"], axis=0), node("Gather", ["g", "i"], ["h"], axis=1), node("Gather", ["h", "i"], ["big"], axis=0)]
    yield "COST-gather", shrunk(table, [one, ints("s", 1, 1 << 10), weights("i", np.zeros((16, 16, 16), np.int32))])
    deep = [node("Unsqueeze", ["x", "a"], ["u0"])] + [node("Unsqueeze", [f"u{i}", "a"], [f"u{i + 1}"]) for i in range(8)]
    yield "ONNX_MALFORMED-rank", shrunk(deep, [ints("a", 0)], "u8")

    rows = [node("Shape", ["x"], ["xs"]), node("Gather", ["xs", "zero"], ["rows"])]
    zero = ints("zero", 0)
    yield "COST-rows", shrunk(rows + [node("Mul", ["rows", "f"], ["s"]), node("Expand", ["one", "s"], ["big"])], [one, zero, ints("f", 1 << 27)])
    # large for one row only: an upper bound of the largest batch would not see it
    few = [node("Sub", ["four", "rows"], ["d"]), node("Add", ["d", "f1"], ["d1"]), node("Mul", ["d1", "f"], ["s"]), node("Expand", ["one", "s"], ["big"])]
    yield "COST-one-row", shrunk(rows + few, [one, zero, ints("four", 4), ints("f1", 1), ints("f", 1 << 27)])

    number = [node("Cast", ["x"], ["i"], to=7), node("Reshape", ["i", "flat"], ["s"])]
    yield "SHAPE_UNKNOWN-expand", shrunk(number + [node("Expand", ["one", "s"], ["big"])], [one, ints("flat", -1)])
    yield "SHAPE_UNKNOWN-reshape", shrunk(number + [node("Reshape", ["x", "s"], ["big"])], [ints("flat", -1)])
    yield "SHAPE_UNKNOWN-pad", shrunk(number + [node("Pad", ["x", "s"], ["big"])], [ints("flat", -1)])
    yield "SHAPE_UNKNOWN-sizes", shrunk(number + [node("Resize", ["x", "", "", "s"], ["big"])], [ints("flat", -1)])
    yield "SHAPE_UNKNOWN-slice", shrunk(number + [node("Slice", ["x", "s", "s"], ["big"])], [ints("flat", -1)])
    yield "SHAPE_UNKNOWN-scales", shrunk([node("Reshape", ["x", "flat"], ["s"]), node("Resize", ["x", "", "s"], ["big"])], [ints("flat", -1)])
    yield "SHAPE_UNKNOWN-empty", shrunk([node("Slice", ["x", "zero", "zero", "zero"], ["big"])], [zero])
    # arithmetic that wraps around: 2^62 + 2^62 + 2^63 + 2^40
    wrapped = [node("Add", ["h", "h"], ["h2"]), node("Add", ["h2", "h2"], ["h4"]), node("Add", ["h4", "f"], ["s"]), node("Expand", ["one", "s"], ["big"])]
    yield "SHAPE_UNKNOWN-wrapped", shrunk(wrapped, [one, ints("h", 1 << 62), ints("f", 1 << 40)])
    # 2^24 + 1 - 2^24 is 0 among floats and 1 elsewhere
    rounded = [node("Add", ["a", "b"], ["c"]), node("Sub", ["c", "a"], ["d"]), node("Sub", ["b", "d"], ["e"]), node("Mul", ["e", "f"], ["g"]), node("Cast", ["g"], ["s"], to=7), node("Expand", ["one", "s"], ["big"])]
    floats = [weights(k, np.array([v], np.float32)) for k, v in (("a", 1 << 24), ("b", 1), ("f", 1 << 40))]
    yield "SHAPE_UNKNOWN-rounded", shrunk(rounded, [one] + floats)

    twice = model([node("Softmax", ["x"], ["y"], axis=1)], [x], [y])
    twice.graph.node[0].attribute.append(helper.make_attribute("axis", 0))
    yield "ONNX_MALFORMED-two-attributes", twice
    typed = shrunk([node("Concat", ["x", "x"], ["big"], axis=1)], [])
    typed.graph.node[0].attribute[0].type = onnx.AttributeProto.FLOAT
    yield "ONNX_MALFORMED-typed-attribute", typed
    yield "ONNX_MALFORMED-two-x", model([node("Relu", ["x"], ["y"])], [x], [y], [weights("x", np.ones(4, np.float32))])
    yield "ONNX_MALFORMED-text", model([node("Cast", ["x"], ["t"], to=8), node("Cast", ["t"], ["y"], to=1)], [x], [y])
    yield "OPERATOR-tile", shrunk([node("Tile", ["x", "s"], ["big"])], [ints("s", 1 << 20, 1 << 20)])


def write_variants(folder, made):
    """The network in float16 and int8 too; how far its golden run may be off is told, not measured."""
    from half import half
    from quantised import quantised
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["variants"] = []
    for precision, name, variant, near in (
            ("float16", "model.fp16.onnx", half(made), 2e-3),
            ("int8", "model.int8.onnx", quantised(made, {"x": 2.75 / 127, "r0": 6.5 / 127}), 2e-2)):
        network = variant.SerializeToString(deterministic=True)
        (folder / name).write_bytes(network)
        manifest["variants"].append({
            "precision": precision,
            "onnx": {"file": name, "sha256": sha256(network), "bytes": len(network), "opset": OPSET,
                     "irVersion": IR_VERSION},
            "absTol": near, "relTol": 0.0, "metrics": {"heldOut": {"ap": 0.5}}})
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")


def main():
    from inference_shapes import shapes
    top = Path(sys.argv[1])
    made, x, y = tiny()
    write_bundle(top / "rounded", "rounded", made, x, y)
    write_variants(top / "rounded", made)
    for name, make in (("tiny", tiny), ("roots", roots), ("part", part)):
        write_bundle(top / name, name, *make())
    (top / "hostile").mkdir(exist_ok=True)
    (top / "shapes.onnx").write_bytes(shapes().SerializeToString(deterministic=True))
    for name, made in [*hostile(), *costly()]:
        (top / "hostile" / (name + ".onnx")).write_bytes(made.SerializeToString(deterministic=True))


if __name__ == "__main__":
    main()
