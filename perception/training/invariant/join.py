"""Two runs as one: a run whose last logits are the mean of both networks'. What is embedded and which way round it
stands is told by the first.

    python3 join.py --run towns-and-lone --with towns --out joined
    python3 export.py --run joined --crops ... --val ... --bundle ri-edge-sim --to FOLDER

`--with` may name a bundle of `ri-edge` too: its weights are read out of the graph.
"""

import argparse
import json
import os

import numpy as np
import torch

from networks import Encoder

EPSILON = 1e-5  # of BatchNorm
SCALES = {"norm": "norm", "context.0": "context/context.0", "norm_glob": "norm_glob"}
TURNED = ("other", "edge")


def of_bundle(folder):
    """`make` and weights of a bundle of `ri-edge`; heads of prefixes, which no graph holds, are left at chance."""
    import onnx
    from onnx import numpy_helper
    with open(os.path.join(folder, "manifest.json")) as f:
        manifest = json.load(f)
    graph = onnx.load(os.path.join(folder, "model.onnx")).graph
    found = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    by_output = {n.output[0]: found.get(n.input[1]) for n in graph.node if len(n.input) > 1}
    make = {"option": manifest["preprocessing"]["encoder"], "classes": len(manifest["classes"]),
            "shapes": {i["name"]: tuple(i["shape"][1:]) for i in manifest["inputs"]},
            "heading": len(manifest["outputs"]) == 3, "dropout": 0.0}
    weights = {n.removeprefix("net."): v for n, v in found.items() if n.startswith("net.")}
    for name, node in SCALES.items():  # the graph divides by the root of the variance
        weights[f"body.{name}.running_var"] = by_output[f"/net/body/{node}/Div_output_0"] ** 2 - EPSILON
    for name in TURNED:  # multiplied from the right
        weights[f"body.{name}.weight"] = by_output[f"/net/body/{name}/MatMul_output_0"].T
    net = Encoder(**make)
    missing = net.load_state_dict({n: torch.from_numpy(np.array(v)) for n, v in weights.items()}, strict=False)
    lost = [n for n in missing.missing_keys if not n.startswith("head.logits") and "num_batches" not in n]
    if lost or missing.unexpected_keys:
        raise SystemExit(f"{folder}: not a bundle of ri-edge as export.py writes them: {lost} {missing.unexpected_keys}")
    trainer = manifest["trainer"]
    return {"make": make, "ema": net.state_dict(), "cpu": 3600 * trainer["hours"], "step": trainer["steps"],
            "config": manifest["preprocessing"]}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--run", required=True)
    p.add_argument("--with", dest="other", required=True, help="another run, or a bundle")
    p.add_argument("--out", required=True)
    a = p.parse_args()
    state = torch.load(os.path.join(a.run, "last.pt"))
    file = os.path.join(a.other, "last.pt")
    second = torch.load(file) if os.path.exists(file) else of_bundle(a.other)
    if state["config"] != second["config"]:
        raise SystemExit(f"the two read other tensors: {state['config']} and {second['config']}")
    state |= {"second": {k: second[k] for k in ("make", "ema")}, "cpu": state["cpu"] + second["cpu"],
              "step": state["step"] + second["step"]}
    nothing = {"cpu": 0.0, "step": 0}
    state["before"] = {k: state.get("before", nothing)[k] + second.get("before", nothing)[k] for k in nothing}
    os.makedirs(a.out, exist_ok=True)
    torch.save({k: v for k, v in state.items() if k not in ("net", "optimizer")}, os.path.join(a.out, "last.pt"))


if __name__ == "__main__":
    main()
