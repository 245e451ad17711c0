"""One network with every operator that a bundle may use: what the scan says of each shape is held against the engine's."""

import numpy as np
from onnx import TensorProto, helper, numpy_helper

from inference_models import model, value, weights


def shapes():
    """One network with every allowed operator, all results given out: the scan must tell each shape as an engine makes it."""
    nodes, extra = [], []

    def number(*values, dtype=np.int64):
        name = f"k{len(extra)}"
        extra.append(weights(name, np.array(values, dtype)))
        return name

    def add(operator, inputs, outputs=1, **attributes):
        names = [f"{operator}_{len(nodes)}_{i}" for i in range(outputs)]
        nodes.append(helper.make_node(operator, inputs, names, **attributes))
        return names[0]

    def full(*dims, dtype=np.float32):
        name = f"k{len(extra)}"
        extra.append(weights(name, np.ones(dims, dtype)))
        return name

    x = "x"  # [n,4,12,10]
    for operator in ("Relu", "Sigmoid", "Clip", "Exp", "Log", "Sqrt", "Identity", "LeakyRelu", "Erf", "Tanh", "Abs", "Neg", "Softmax", "GlobalAveragePool", "Shape", "Flatten", "Transpose"):
        add(operator, [x])
    for operator in ("Add", "Sub", "Mul", "Div", "Pow", "Equal"):
        add(operator, [x, full(12, 1)])
        add(operator, [full(2, 1, 1, 1, 1), x])
    add("Where", [full(4, 1, 1, dtype=bool), x, full(1)])
    for options in ({}, {"strides": [2, 3]}, {"pads": [1, 0, 2, 1]}, {"dilations": [2, 1]}, {"strides": [2, 2], "auto_pad": "SAME_UPPER"}, {"strides": [3, 3], "auto_pad": "SAME_LOWER"}, {"auto_pad": "VALID"}):
        add("Conv", [x, full(5, 4, 3, 2)], **options)
        add("MaxPool", [x], kernel_shape=[3, 2], **options)
        if "dilations" not in options:
            add("AveragePool", [x], kernel_shape=[3, 2], **options)
    add("Conv", [x, full(6, 2, 1, 1), full(6)], group=2)
    add("MaxPool", [x], 2, kernel_shape=[2, 2], strides=[2, 2])
    for options in ({}, {"strides": [2, 3]}, {"strides": [2, 2], "output_padding": [1, 0], "pads": [1, 0, 1, 1]}, {"dilations": [2, 2]}, {"strides": [2, 2], "output_shape": [24, 20]}):
        add("ConvTranspose", [x, full(4, 3, 3, 3)], **options)
    add("ConvTranspose", [x, full(4, 3, 2, 2)], group=2)
    add("Resize", [x, "", number(1, 1, 2, 2.5, dtype=np.float32)])
    add("Resize", [x, "", number(1, 1, 0.4, 0.35, dtype=np.float32)], mode="linear")
    add("Resize", [x, "", "", number(3, 4, 7, 5)])
    add("Pad", [x, number(0, 1, 2, 0, 0, 0, 3, -1)])
    add("MatMul", [x, full(10, 7)])
    add("MatMul", [x, full(10)])
    add("MatMul", [full(12), x])
    add("MatMul", [full(2, 1, 1, 5, 12), x])
    flat = add("Flatten", [x], axis=2)  # [4n,120]
    add("Flatten", [x], axis=-1)
    add("Flatten", [x], axis=0)
    add("Gemm", [flat, full(120, 6)])
    add("Gemm", [full(120, 3), full(6, 120)], transA=1, transB=1)
    add("Concat", [x, x], axis=2)
    add("Concat", [x, x, x], axis=-1)
    add("Reshape", [x, number(0, 2, -1, 5)])
    add("Reshape", [x, number(-1)])
    add("Transpose", [x], perm=[2, 0, 3, 1])
    for lists in ((1, 9, 2, 2), (-3, 1 << 62, 2, 1), (9, 1, 3, -2), (-1, -(1 << 62), 3, -1), (2, -2, -2, 3), (0, 100, 1, 1), (-100, 3, 1, 1)):
        add("Slice", [x] + [number(v) for v in lists])
    add("Slice", [x, number(0, 1), number(1, 3)])
    one = add("Unsqueeze", [x, number(0, -1)])
    add("Squeeze", [one, number(0, 5)])
    add("Squeeze", [one, number(-1)])
    for operator in ("ReduceMean", "ReduceMax", "ReduceL2"):
        add(operator, [x], axes=[1, -1], keepdims=0)
        add(operator, [x], axes=[2])
        add(operator, [x])
        add(operator, [x], keepdims=0)
    add("ReduceSum", [x, number(1, 3)], keepdims=0)
    add("ReduceSum", [x])
    add("ReduceSum", [x], noop_with_empty_axes=1)
    add("BatchNormalization", [x] + [full(4) for _ in range(4)])
    add("InstanceNormalization", [x, full(4), full(4)])
    quantised = add("QuantizeLinear", [x, number(0.5, dtype=np.float32), full(1, dtype=np.uint8)])
    add("DequantizeLinear", [quantised, number(0.5, dtype=np.float32), full(1, dtype=np.uint8)])
    add("Cast", [x], to=11)
    add("Gather", [x, number(2, 0, -1)], axis=2)
    add("Gather", [x, full(2, 3, dtype=np.int64)], axis=1)
    add("Split", [x], 2, axis=2)
    add("Split", [x, number(3, 4, 5)], 3, axis=-2)
    add("Expand", [full(1, 1, 10), number(4, 3, 1)])
    add("Constant", [], value_ints=[3, 4])
    # sizes computed from sizes, as exporters do
    size = add("Shape", [x])
    add("Shape", [x], start=1, end=-1)
    n = add("Gather", [size, number(0)])
    halved = add("Div", [add("Mul", [add("Gather", [size, number(3)]), number(3)]), number(4)])
    rest = add("Sub", [add("Slice", [size, number(1), number(2)]), number(1)])
    target = add("Concat", [n, rest, add("Cast", [add("Identity", [halved])], to=7)], axis=0)
    add("Expand", [full(1, 1, 1), target])
    whole = add("Squeeze", [add("Gather", [size, number(2)]), number(0)])
    add("Reshape", [x, add("Concat", [number(-1), add("Unsqueeze", [whole, number(0)])], axis=0)])

    outputs = [o for each in nodes for o in each.output]
    infos = [helper.make_empty_tensor_value_info(o) for o in outputs]
    return model(nodes, [value("x", "n", 4, 12, 10)], infos, extra)
