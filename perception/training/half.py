"""float32 ONNX -> float16 ONNX: weights and activations are float16, inputs and outputs stay float32.

What must be exact stays float32: numbers that become indices (float16 knows no whole number beyond 2048),
sizes, and the operators of FLOAT, whose sums of squares and small divisors float16 would spoil. Where the
two meet stands a Cast. TensorRT's networks are strongly typed, so this file says what it computes in.
"""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from graphs import Graph, attribute

FLOAT = ("ReduceSum", "Sqrt", "Div", "Softmax")
LARGEST = 65504.0
# inputs of an operator that are no data: places, shapes, scales
PLACES = {"Gather": (1,), "Reshape": (1,), "Slice": (1, 2, 3, 4), "Unsqueeze": (1,), "Squeeze": (1,),
          "Expand": (1,), "Resize": (1, 2, 3), "ReduceSum": (1,), "Pad": (1,)}


def places_of(node):
    return PLACES.get(node.op_type, ())


def exact_nodes(graph):
    """Names of outputs on the way to an index or a size."""
    wanted = [n.input[i] for n in graph.nodes for i in places_of(n) if i < len(n.input)]
    wanted += [n.input[0] for n in graph.nodes if n.op_type == "Cast" and
               attribute(n, "to", 0) in (TensorProto.INT64, TensorProto.INT32)]
    seen = set()
    while wanted:
        name = wanted.pop()
        if name and name not in seen:
            seen.add(name)
            if name in graph.maker:
                wanted += graph.maker[name].input
    return seen


def half(model, keep=FLOAT):
    """A copy in float16. `keep`: operators that stay float32."""
    graph = Graph(model)
    exact = exact_nodes(graph)
    floats = graph.float_names()

    def is_half(node):
        return node.op_type not in keep and node.output[0] not in exact and any(
            o in floats for o in node.output)

    home = {v.name: TensorProto.FLOAT for v in graph.inputs}
    for node in graph.nodes:
        kind = TensorProto.FLOAT16 if is_half(node) else TensorProto.FLOAT
        home.update({o: kind for o in node.output if o in floats})
    out, cast, weights = [], {}, {}

    def as_type(name, kind):
        if name in graph.weights:
            if (name, kind) not in weights:
                value = graph.weights[name]
                if abs(value).max(initial=0) > LARGEST:
                    raise SystemExit(f"weight {name} is {abs(value).max():g}, float16 goes to {LARGEST:g}")
                same = kind == TensorProto.FLOAT
                weights[name, kind] = (name, value) if same else (name + "_half", value.astype(np.float16))
            return weights[name, kind][0]
        if name not in home or home[name] == kind:
            return name
        if (name, kind) not in cast:
            cast[name, kind] = name + ("_half" if kind == TensorProto.FLOAT16 else "_float")
            out.append(helper.make_node("Cast", [name], [cast[name, kind]], to=kind))
        return cast[name, kind]

    final = {}
    for node in graph.nodes:
        kind = TensorProto.FLOAT16 if is_half(node) else TensorProto.FLOAT
        places = places_of(node)
        for i, name in enumerate(node.input):
            if name in floats and i not in places:
                node.input[i] = as_type(name, kind)
            elif name in graph.weights:
                weights[name, None] = (name, graph.weights[name])
        for i, name in enumerate(node.output):
            if name in graph.output_names and home.get(name) == TensorProto.FLOAT16:
                final[name] = node.output[i] = name + "_raw"
        out.append(node)
    for node in out:  # who reads an output inside the graph reads it before its Cast
        for i, name in enumerate(node.input):
            if name in final:
                node.input[i] = final[name]
    out += [helper.make_node("Cast", [raw], [name], to=TensorProto.FLOAT) for name, raw in final.items()]
    unique = {n: v for n, v in weights.values()}
    return graph.rebuilt(out, [numpy_helper.from_array(np.array(v, order="C"), n) for n, v in unique.items()])
