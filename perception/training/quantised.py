"""float32 ONNX -> int8 ONNX with explicit QuantizeLinear and DequantizeLinear before every layer with weights.

Symmetric (zero point 0). Weights have a scale for each output channel; an activation has one scale, the one
that loses least of what calibration frames make it (mean squared error over a histogram). Weights stay
float32 in the file, in front of their own pair: engines round them once, when they load.
"""

import numpy as np
from onnx import helper, numpy_helper

from graphs import Graph, attribute

LAYERS = ("Conv", "Gemm", "MatMul")
TOP = 127
BINS = 2048
CLIPS = np.linspace(0.2, 1.0, 33)  # shares of the largest value that a scale may reach to


def session(model):
    import onnxruntime  # to calibrate only
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def layers(graph):
    """Nodes with constant weights, in order."""
    return [n for n in graph.nodes if n.op_type in LAYERS and n.input[1] in graph.weights]


def output_axis(node):
    """Of a layer's weights."""
    if node.op_type == "Conv":
        return 0
    return 0 if node.op_type == "Gemm" and attribute(node, "transB", 0) else 1


def histograms(model, names, frames):
    """Of |x| for each named tensor, over all frames: what they reach, and how often each bin."""
    graph = Graph(model)
    watched = graph.plain()
    made = [n for n in names if n in graph.maker]
    watched.graph.output.extend(helper.make_empty_tensor_value_info(n) for n in made
                                if n not in graph.output_names)
    run = session(watched)
    top = dict.fromkeys(names, 0.0)
    bins = {n: np.zeros(BINS, np.int64) for n in names}
    for first in (True, False):  # what is reached must be known before it is counted
        for x in frames():
            found = {**x, **dict(zip(made, run.run(made, x)))}
            for n in names:
                v = np.abs(found[n]).ravel()
                if first:
                    top[n] = max(top[n], float(v.max()))
                else:
                    bins[n] += np.histogram(v, BINS, (0, max(top[n], 1e-12)))[0]
    return top, bins


def best_scale(top, bins):
    """The scale of least squared error; zeros, which every scale keeps, have no say."""
    centre = (np.arange(BINS) + 0.5) * top / BINS
    counts = bins.astype(float)
    counts[0] = 0
    best = (np.inf, top / TOP)
    for clip in CLIPS:
        scale = max(clip * top, 1e-12) / TOP
        kept = np.minimum(np.rint(centre / scale), TOP) * scale
        best = min(best, (float((counts * (kept - centre) ** 2).sum()), scale))
    return best[1]


def calibrated(model, frames):
    """Scales by tensor, for what every layer reads. `frames()` gives dicts of inputs, the same each time."""
    names = sorted({n.input[0] for n in layers(Graph(model))})
    top, bins = histograms(model, names, frames)
    return {n: best_scale(top[n], bins[n]) for n in names}


def quantised(model, scales, floats=()):
    """A copy in int8. `floats`: outputs of the layers that stay float32."""
    graph = Graph(model)
    chosen = [n for n in layers(graph) if n.output[0] not in floats]
    nodes, weights, pairs = [], dict(graph.weights), {}

    def pair(name, scale, axis=None):
        if name not in pairs:
            pairs[name] = name + "_dequantised"
            zero = np.zeros(np.shape(scale), np.int8)
            weights[name + "_scale"], weights[name + "_zero"] = np.asarray(scale, np.float32), zero
            more = {} if axis is None else {"axis": axis}
            nodes.append(helper.make_node(
                "QuantizeLinear", [name, name + "_scale", name + "_zero"], [name + "_int8"], **more))
            nodes.append(helper.make_node(
                "DequantizeLinear", [name + "_int8", name + "_scale", name + "_zero"], [pairs[name]], **more))
        return pairs[name]

    for node in graph.nodes:
        if node in chosen:
            w, axis = graph.weights[node.input[1]], output_axis(node)
            other = tuple(i for i in range(w.ndim) if i != axis)
            reach = np.maximum(np.abs(w).max(other), 1e-12)
            node.input[0] = pair(node.input[0], scales[node.input[0]])
            node.input[1] = pair(node.input[1], reach / TOP, axis)
        nodes.append(node)
    used = {i for n in nodes for i in n.input}
    return graph.rebuilt(nodes, [numpy_helper.from_array(np.array(v, order="C"), n)
                                 for n, v in weights.items() if n in used])
