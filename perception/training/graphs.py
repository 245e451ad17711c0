"""An ONNX graph with its constants in one place, for tools that rewrite it."""

import copy

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper, shape_inference


def attribute(node, name, default):
    found = [a for a in node.attribute if a.name == name]
    return helper.get_attribute_value(found[0]) if found else default


class Graph:
    """Nodes in order, constants as arrays by name, who makes what. `model` is not changed.
    BatchNormalization becomes a product and a sum, which every number format has."""

    def __init__(self, model):
        self.model = copy.deepcopy(model)
        g = self.model.graph
        self.weights = {w.name: numpy_helper.to_array(w) for w in g.initializer}
        self.inputs = [v for v in g.input if v.name not in self.weights]
        self.output_names = [v.name for v in g.output]
        types = shape_inference.infer_shapes(self.model).graph
        self.types = {v.name: v.type.tensor_type for v in [*types.value_info, *types.input, *types.output]}
        self.nodes = []
        for node in g.node:
            self.take(node)
        self.maker = {o: n for n in self.nodes for o in n.output}

    def take(self, node):
        if node.op_type == "Constant":
            self.weights[node.output[0]] = numpy_helper.to_array(helper.get_attribute_value(node.attribute[0]))
        elif node.op_type == "Identity" and node.input[0] in self.weights:
            self.weights[node.output[0]] = self.weights[node.input[0]]
        elif node.op_type == "BatchNormalization":
            self.normalised(node)
        else:
            self.nodes.append(node)

    def normalised(self, node):
        gain, offset, mean, var = (self.weights[n].astype(np.float64) for n in node.input[1:5])
        rank = len(self.types[node.input[0]].shape.dim)
        scale = gain / np.sqrt(var + attribute(node, "epsilon", 1e-5))
        shape = [-1] + [1] * (rank - 2)
        name = node.output[0]
        self.weights[name + "_gain"] = scale.astype(np.float32).reshape(shape)
        self.weights[name + "_offset"] = (offset - mean * scale).astype(np.float32).reshape(shape)
        self.types[name + "_scaled"] = self.types[node.input[0]]
        self.nodes.append(helper.make_node("Mul", [node.input[0], name + "_gain"], [name + "_scaled"]))
        self.nodes.append(helper.make_node("Add", [name + "_scaled", name + "_offset"], [name]))

    def float_names(self):
        """Tensors of float32, constants too."""
        found = {n for n, t in self.types.items() if t.elem_type == TensorProto.FLOAT}
        return found | {n for n, w in self.weights.items() if w.dtype == np.float32}

    def rebuilt(self, nodes, weights):
        """A model of these nodes and weights (TensorProto), inputs and outputs as they were."""
        g = self.model.graph
        graph = helper.make_graph(nodes, g.name, self.inputs, list(g.output), weights)
        model = helper.make_model(graph, opset_imports=list(self.model.opset_import),
                                  producer_name="azimuth", ir_version=self.model.ir_version)
        onnx.checker.check_model(model)
        return model

    def plain(self):
        """The model again, rewritten only as this class says."""
        used = {i for n in self.nodes for i in n.input}
        return self.rebuilt(self.nodes, [numpy_helper.from_array(np.array(v, order="C"), n)
                                         for n, v in self.weights.items() if n in used])
