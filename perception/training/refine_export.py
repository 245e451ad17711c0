"""Checkpoint of refine.py -> bundle: model.onnx (opset 17, IR 8), golden tensors, manifest.json, card.

    python3 refine_export.py --checkpoint run/best.pt --calibrate val --out bundle

Scores become probabilities on held-out candidates; of a run --way-alone they are its teacher's already. The export fails unless the graph that is shipped
(padded, norms and features folded) agrees with the one that was trained, and the bundle gives it back.
"""

import argparse
import inspect
import json
import os
import shutil

import numpy as np
import torch

from calibration import IOU_POWER, platt
from candidates import Candidates
from export import digest, source
from grids import MIN_POINTS
from polarnet import CLASSES
from refine import frames_of, refined
from refine_graph import Exported, restore
from refinenet import BOX_FIELDS, CODE, POINT_FIELDS, POINTS, RefineNet
from scores import match

AGREE = 1e-4
BATCH = 16
GOLDEN = 2
CARD = """# {name}

Second stage of the polar detector: looks at the points in and about a candidate box and says how likely it
is an object of its class and where its box is. {parameters} parameters.

Trained on candidates of {models} in simulated towns alone (`azimuth sim frames --candidates`); no recording was
learnt from; {minutes:.0f} minutes of one CPU core.{remark} Scores are calibrated on held-out towns; elsewhere they are less sure. It
has never seen rain, snow or fog. Not for use where a missed object can hurt anybody without a second,
independent system.
"""


def made_up():
    """Two candidates that nobody measured: a car from behind, a person."""
    random = np.random.default_rng(5)
    points, box = np.zeros((GOLDEN, POINTS, POINT_FIELDS), np.float32), np.zeros((GOLDEN, len(BOX_FIELDS)), np.float32)
    for i, (size, kind, range_m, count) in enumerate((((4.2, 1.8, 1.5), 0, 14.0, 64), ((0.7, 0.6, 1.7), 1, 21.0, 40))):
        x = (random.random((count, 3)) - 0.5) * size
        x[: count // 2, 0] = -size[0] / 2
        points[i, :count, :3], points[i, :count, 3], points[i, :count, 4] = x, x[:, 2] + size[2] / 2, 1
        box[i] = [*(float(k == kind) for k in range(3)), *size, size[2] / 2, range_m, 0.8, 0.6, 0.7, 0.6, count, count,
                  x[:, 0].min(), x[:, 0].max(), x[:, 1].min(), x[:, 1].max(), size[2]]
    return torch.from_numpy(points), torch.from_numpy(box)


def calibrated(net, sets, limit=1.0):
    pairs = [[] for _ in CLASSES]
    for data in sets:
        for box, kind, score, truth in frames_of(data, *refined(net, data)):
            for k in range(len(CLASSES)):
                mine, theirs = kind == k, truth.label == k
                result, _ = match(box[mine], score[mine], truth.box[theirs], truth.points[theirs] < MIN_POINTS, limit)
                pairs[k].append(np.stack([score[mine], result], 1)[result >= 0])
    return [platt(*np.concatenate(p).T) for p in pairs]


def manifest_of(bundle):
    with open(os.path.join(bundle, "manifest.json")) as f:
        return json.load(f)


def calibration_of(state, net, sets):
    if state.get("way_alone"):
        return manifest_of(state["teacher"])["postprocessing"]["calibration"]
    if not sets:
        raise SystemExit("--calibrate is required")
    return calibrated(net, sets)


def learnt_from(state):
    """What the checkpoint was trained on, and what the bundles were that it started from or asked."""
    known = []
    for bundle in filter(None, (state.get("init"), state.get("teacher"))):
        known += [s for s in manifest_of(bundle)["trainingData"] if s not in known]
    now = [source(o) for o in state["data"]]
    return known + [s for s in now if s not in known]


def agreed(what, a, b):
    off = float((a - b).abs().max())
    if not off <= AGREE:
        raise SystemExit(f"{what} differ by {off:g}, accepted {AGREE:g}")
    return off


def export_onnx(net, inputs, path):
    import onnx
    names, outputs = ["points", "box"], ["refined"]
    more = {"dynamo": False} if "dynamo" in inspect.signature(torch.onnx.export).parameters else {}
    torch.onnx.export(net, inputs, path, opset_version=17, do_constant_folding=True, input_names=names,
                      output_names=outputs, dynamic_axes={n: {0: "n"} for n in [*names, *outputs]}, **more)
    model = onnx.load(path)
    model.ir_version = 8
    model.producer_name, model.producer_version = "azimuth", ""
    onnx.checker.check_model(model)
    onnx.save(model, path)
    return sorted({n.op_type for n in model.graph.node})


def write_bundle(checkpoint, sets, out, name, commit="", remark=""):
    state = torch.load(checkpoint, map_location="cpu")
    net = RefineNet()
    net.load_state_dict(state["ema"])
    net.eval()
    calibration = calibration_of(state, net, sets)
    os.makedirs(os.path.join(out, "golden"), exist_ok=True)
    shipped, inputs = Exported(net).eval(), made_up()
    with torch.no_grad():
        want, trained = shipped(*inputs), net(*inputs)
    off = agreed("graphs", torch.cat([torch.sigmoid(trained[:, :2]), trained[:, 2:]], 1), want)
    model = os.path.join(out, "model.onnx")
    operators = export_onnx(shipped, inputs, model)
    again = restore(RefineNet(), out, dict(zip(("points", "box"), inputs))).eval()
    with torch.no_grad():
        agreed("the network and what a bundle gives back", again(*inputs), trained)
    files = {"in": "golden/candidates-in.f32", "out": "golden/candidates-out.f32"}
    np.concatenate([t.numpy().astype("<f4").ravel() for t in inputs]).tofile(os.path.join(out, files["in"]))
    want.numpy().astype("<f4").tofile(os.path.join(out, files["out"]))
    parameters = sum(p.numel() for p in net.parameters())
    before = manifest_of(state["init"])["trainer"] if state.get("init") else {"hours": 0, "steps": 0}
    hours = state["cpu"] / 3600 + before["hours"]
    models = sorted({str(o.get("candidates")) for o in state["data"]})
    with open(os.path.join(out, "CARD.md"), "w") as f:
        f.write(CARD.format(name=name, parameters=parameters, models=" and ".join(models), minutes=60 * hours,
                            remark=" " + remark if remark else ""))
    top = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
    shutil.copyfile(os.path.join(top, "LICENSE"), os.path.join(out, "LICENSE"))
    val = [r for r in state["curve"] if "val" in r]
    manifest = {
        "format": 1, "name": name, "version": "0.1.0", "task": "polar-refinement", "license": "Apache-2.0",
        "trainingData": learnt_from(state),
        "trainer": {"script": "perception/training/refine.py", "commit": commit, "seed": state["seed"],
                    "hours": round(hours, 3), "steps": state["step"] + before["steps"], "batch": state["batch"],
                    "parameters": parameters},
        "metrics": {"dataset": "held-out candidates", "scores": val[-1]["val"] if val else {}},
        "onnx": {"file": "model.onnx", "sha256": digest(model), "bytes": os.path.getsize(model), "opset": 17,
                 "irVersion": 8},
        "inputs": [{"name": "points", "dtype": "float32", "shape": ["n", POINTS, POINT_FIELDS], "layout": "NPC",
                    "semantic": "candidate-points"},
                   {"name": "box", "dtype": "float32", "shape": ["n", len(BOX_FIELDS)], "layout": "NF",
                    "semantic": "candidate-box"}],
        "outputs": [{"name": "refined", "dtype": "float32", "shape": ["n", len(CODE)], "layout": "NF",
                     "semantic": "refined-box"}],
        "preprocessing": {"boxFields": list(BOX_FIELDS),
                          "pointFields": ["along", "across", "up", "height", "there"]},
        "postprocessing": {"outputs": list(CODE), "iouPower": IOU_POWER, "calibration": calibration},
        "classes": list(CLASSES),
        "golden": [{**files, "absTol": 1e-3, "relTol": 1e-3}],
        "limits": {"maxBatch": BATCH, "maxRunMillis": 500, "arenaBytes": 1 << 27},
        "files": [{"file": f, "sha256": digest(os.path.join(out, f)), "bytes": os.path.getsize(os.path.join(out, f))}
                  for f in [*files.values(), "CARD.md", "LICENSE"]]}
    with open(os.path.join(out, "manifest.json"), "w") as f:
        json.dump(manifest, f, indent=1)
        f.write("\n")
    return {"operators": operators, "graphsDiffer": off, "calibration": calibration}


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--checkpoint", required=True)
    a.add_argument("--calibrate", action="append", default=[], metavar="FOLDER")
    a.add_argument("--out", required=True)
    a.add_argument("--name", default="polar-points")
    a.add_argument("--commit", default="")
    a.add_argument("--remark", default="", help="a sentence for the card, as what decided when to stop")
    a = a.parse_args()
    torch.set_num_threads(1)
    print(json.dumps(write_bundle(a.checkpoint, [Candidates([c]) for c in a.calibrate], a.out, a.name, a.commit,
                                  a.remark)))


if __name__ == "__main__":
    main()
