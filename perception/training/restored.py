"""Bundles -> networks that can be trained on: an exported graph has its norms folded into the layers before."""

import json
import os

import torch

NORMS = {"a": "na", "b": "nb", "u2": "m2", "u1": "m1", "join": "mj"}  # behind which convolution of PolarNet


def settle(norms, offsets, run):
    """Makes each norm add its offset and nothing else to what `run` sends through it, from the first to the
    last: the norms' averages are then those of that data."""
    for norm, offset in zip(norms, offsets):
        seen = []
        handle = norm.register_forward_hook(lambda _, x, y: seen.append(x[0]))
        with torch.no_grad():
            run()
            handle.remove()
            rows = seen[0].transpose(0, 1).flatten(1)
            norm.running_mean.copy_(rows.mean(1))
            norm.running_var.copy_(rows.var(1))
            norm.weight.copy_(torch.sqrt(norm.running_var + norm.eps))
            norm.bias.copy_(offset + norm.running_mean)


def layer_of(node):
    """/net/s1/s1.0/a/conv/Conv -> s1.0.a.conv"""
    parts = node.split("/")[2:-1]
    return ".".join(p for p, after in zip(parts, parts[1:] + [""]) if not after.startswith(p + "."))


def first_stage(bundle, net, canvases):
    """What a checkpoint of the bundle's PolarNet would hold; `net` becomes it. Norms are those of `canvases`."""
    import onnx
    from onnx import numpy_helper
    with open(os.path.join(bundle, "manifest.json")) as f:
        manifest = json.load(f)
    if not manifest["name"].startswith(f"polar-{net.profile.name}"):
        raise SystemExit(f"{bundle} holds {manifest['name']}, expected a network of profile {net.profile.name}")
    graph = onnx.load(os.path.join(bundle, "model.onnx")).graph
    was = {i.name: torch.from_numpy(numpy_helper.to_array(i).copy()) for i in graph.initializer}
    found, offsets = {n[4:]: v for n, v in was.items() if n.startswith("net.")}, {}
    for node in graph.node:
        if node.op_type == "Conv" and not node.input[1].startswith("net."):
            layer = layer_of(node.name)
            found[layer + ".weight"] = was[node.input[1]]
            path = layer.split(".")[:-1]
            offsets[".".join(path[:-1] + [NORMS[path[-1]]])] = was[node.input[2]]
    missing, unknown = net.load_state_dict(found, strict=False)
    norms = dict(net.named_modules())
    lacking = [m for m in missing if m.rsplit(".", 1)[0] not in offsets]
    if lacking or unknown:
        raise SystemExit(f"{bundle}: model.onnx lacks {lacking}, has {unknown} more; expected a graph of this export.py")
    net.eval()
    settle([norms[n] for n in offsets], offsets.values(), lambda: net(canvases))
    trainer = manifest["trainer"]
    return {"profile": net.profile.name, "ema": net.state_dict(), "data": manifest["trainingData"],
            "step": trainer["steps"], "seconds": 3600 * trainer["hours"]}
