"""Checkpoint -> bundle of a crop encoder: model.onnx (opset 17, IR 8), golden tensors, manifest, card.

    python3 export.py --run run --modelnet FOLDER --bundle ri-edge-modelnet10 --to perception/benchmark-models
    python3 export.py --run run --crops train --val val --bundle ri-edge-sim --to ...

The export fails unless crops at once answer as one by one, each prefix as a head cut to it does, and, where onnxruntime is installed (in this
Python or in the one that ONNX_PYTHON names), unless it agrees with PyTorch.
"""

import argparse
import copy
import inspect
import json
import os
import shutil
import subprocess
import sys
import tempfile

import numpy as np
import onnx
import torch

import calibrate
import crops
from networks import Exported, parameters, trained
from train import answers, class_mean, load
from trunk import DIMENSIONS, MOST

AGREE = 1e-5
PREFIX = 1e-6
GOLDEN = 2
KNOWN = 2000  # crops of the training set that the means of classes are taken of
MEANING = {"points": "NPC", "edge": "NPKF", "neighbour": "NPK", "glob": "NF", "context": "NPF", "pair": "NPPF",
           "point": "NPF", "sphere": "NSHW", "embedding": "NE", "logits": "NC", "heading": "NH"}
CARD = """# {name}

Tells what an object is from its LiDAR points alone, and describes it by 128 numbers. Encoder `{encoder}`,
symmetry `{group}`, {points} points, {parameters}. Classes: {classes}.

Trained on {data}; {cpu:.1f} minutes of one CPU core. {unlike}
"""
UNLIKE = {
    True: "Nothing recorded entered it: people with loads, foliage and sensors unlike the simulated ones lower its "
          "scores. Not for use where a missed object can hurt anybody without a second, independent system.",
    False: "A benchmark model: for comparison with the literature only, never loaded by default. The data are for "
           "academic research; see LICENSE."}
ACADEMIC = """The weights in this folder were fitted to ModelNet10 (Princeton University), whose terms are:

"All CAD models are downloaded from the Internet and the original authors hold the copyright of the CAD
models. The label of the data was obtained by us via Amazon Mechanical Turk service and it is provided
freely. This dataset is provided for the convenience of academic research only."

They are here so that published figures can be repeated. Use them for academic research only. No object of
ModelNet10 is in this folder: the golden tensors are of made-up points. The program around them is under the
Apache License 2.0; these weights are not part of what it licenses.
"""


def golden_set(classes, count=GOLDEN):
    """Made-up crops: no point of any data set goes into a bundle."""
    random = np.random.default_rng(5)
    clouds = [(random.normal(size=(n, 3)) * s + m).astype(np.float32) for n, s, m in
              ((300, (0.9, 0.4, 0.3), (9, 2, 0.2)), (40, (0.2, 0.25, 0.5), (-4, 12, 0.1)))]
    zero = np.zeros(count)
    return crops.CropSet(None, None, np.zeros((count, 3), np.float32), zero.astype(np.int64),
                         zero.astype(np.float32), classes, {}).with_clouds(clouds[:count])


def session(path):
    """Runs the graph by onnxruntime, in this process or in another Python (ONNX_PYTHON); None without."""
    other = os.environ.get("ONNX_PYTHON", sys.executable)
    script = ("import sys, numpy as np, onnxruntime as r\no = r.SessionOptions()\no.intra_op_num_threads = 1\n"
              "s = r.InferenceSession(sys.argv[1], o, providers=['CPUExecutionProvider'])\n"
              "np.savez(sys.argv[3], *s.run(None, dict(np.load(sys.argv[2]))))")
    if subprocess.run([other, "-c", "import onnxruntime"], capture_output=True).returncode:
        return None

    def run(inputs):
        with tempfile.TemporaryDirectory() as d:
            np.savez(d + "/x.npz", **inputs)
            subprocess.run([other, "-c", script, path, d + "/x.npz", d + "/y.npz"], check=True)
            return [v for _, v in sorted(np.load(d + "/y.npz").items(), key=lambda kv: int(kv[0][4:]))]
    return run


def export_onnx(net, names, inputs, outputs, path):
    more = {"dynamo": False} if "dynamo" in inspect.signature(torch.onnx.export).parameters else {}
    torch.onnx.export(net, tuple(inputs), path, opset_version=17, do_constant_folding=True, input_names=names,
                      output_names=outputs, dynamic_axes={n: {0: "n"} for n in [*names, *outputs]}, **more)
    model = onnx.load(path)
    model.ir_version = 8
    model.producer_name, model.producer_version = "azimuth", ""
    onnx.checker.check_model(model)
    onnx.save(model, path)
    return sorted({n.op_type for n in model.graph.node})


def prefixes_differ(net, x):
    """Largest difference of an embedding's prefixes, normalised, from what heads cut to them answer."""
    off = 0.0
    with torch.no_grad():
        z, whole = net.net.body(*x), net(*x)[0]
        for m in DIMENSIONS:
            short = torch.nn.functional.linear(z, net.net.head.embed.weight[:m], net.net.head.embed.bias[:m])
            pair = [torch.nn.functional.normalize(v, dim=1) for v in (short, whole[:, :m])]
            off = max(off, float((pair[0] - pair[1]).abs().max()))
    return off


def checked(net, names, x, path):
    """Largest differences of the graph from PyTorch, and of crops at once from one by one."""
    run = session(path)
    prefix = prefixes_differ(net, x)
    if prefix > PREFIX:
        raise SystemExit(f"prefixes differ from heads cut to them by {prefix:g}, accepted {PREFIX:g}")
    with torch.no_grad():
        want = [v.numpy() for v in net(*x)]
        alone = [np.concatenate(v) for v in zip(*[[w.numpy() for w in net(*[t[i:i + 1] for t in x])]
                                                  for i in range(len(x[0]))])]
    batch = max(float(np.abs(a - b).max()) for a, b in zip(want, alone))
    if batch > AGREE:
        raise SystemExit(f"crops at once differ from one by one by {batch:g}")
    if run is None:
        return want, {"batchDiffers": batch, "onnxDiffers": None}
    full = {n: t.numpy() for n, t in zip(names, x)}
    found = run(full)
    one = [np.concatenate(v) for v in zip(*[run({n: t[i:i + 1] for n, t in full.items()}) for i in range(len(x[0]))])]
    off = max(float((np.abs(a - b) / (1 + np.abs(a))).max()) for f in (found, one) for a, b in zip(want, f))
    if off > AGREE:
        raise SystemExit(f"onnxruntime differs from PyTorch by {off:g}, accepted {AGREE:g}")
    return want, {"batchDiffers": batch, "onnxDiffers": off}


def write_bundle(state, data, val_set, val, out, name, commit="", version="0.1.0"):
    make, config = state["make"], state["config"]
    told = trained(state)
    net = Exported(copy.deepcopy(told)).eval()
    names = told.tensors
    outputs = ["embedding", "logits"] + (["heading"] if make["heading"] else [])
    os.makedirs(os.path.join(out, "golden"), exist_ok=True)
    with tempfile.TemporaryDirectory() as cache:
        # frames of crops whose axes are alike come in several rows: the first ones are enough here
        made = crops.tensors(golden_set(val_set.classes), config, cache, half=False)
        x = [torch.from_numpy(np.array(made[n][:GOLDEN], np.float32)) for n in names]
    path = os.path.join(out, "model.onnx")
    operators = export_onnx(net, names, x, outputs, path)
    want, agreement = checked(net, names, x, path)
    files = {"in": "golden/crops-in.f32", "out": "golden/crops-out.f32"}
    for file, tensors in ((files["in"], [t.numpy() for t in x]), (files["out"], want)):
        np.concatenate([t.astype("<f4").ravel() for t in tensors]).tofile(os.path.join(out, file))
    found = answers(told, val)
    every = max(1, len(data.label) // KNOWN)  # enough for means and one covariance
    known = answers(told, {n: data.sets[0][n][::every] for n in names})
    post = calibrate.postprocessing((*known[:2], data.label[::every]), (*found[:2], val_set.label))
    best = found[1].argmax(2)
    scores = {"accuracy": (best[:, -1] == val_set.label).mean(), "classMean": class_mean(best[:, -1], val_set.label),
              "calibrationError": calibrate.expected_calibration_error(found[1][:, -1] / post["temperature"],
                                                                      val_set.label)}
    source = state["source"]
    synthetic = source["license"] == "Apache-2.0"
    words(out, name, make, config, state, synthetic, parameters(told), val_set.classes)
    listed = [{"file": f, "sha256": digest(os.path.join(out, f)), "bytes": os.path.getsize(os.path.join(out, f))}
              for f in [*files.values(), "CARD.md", "LICENSE"]]
    manifest = {
        "format": 1, "name": name, "version": version, "task": "crop-encoding",
        "license": "Apache-2.0" if synthetic else "LicenseRef-ModelNet-academic", "trainingData": [source],
        "trainer": {"script": "perception/training/invariant/train.py", "commit": commit, "seed": state["seed"],
                    "hours": round(state["cpu"] / 3600, 3), "steps": state["step"], "batch": state["batch"],
                    "copies": state["copies"], "parameters": parameters(told)},
        "metrics": {"dataset": "held out", "scores": {k: round(float(v), 4) for k, v in scores.items()}},
        "onnx": {"file": "model.onnx", "sha256": digest(path), "bytes": os.path.getsize(path), "opset": 17,
                 "irVersion": 8},
        "inputs": [tensor(n, t) for n, t in zip(names, x)], "outputs": [tensor(n, t) for n, t in zip(outputs, want)],
        "preprocessing": config, "postprocessing": post, "classes": list(val_set.classes),
        "golden": [{**files, "absTol": 1e-3, "relTol": 1e-3}],
        "limits": {"maxBatch": MOST, "maxRunMillis": 2000, "arenaBytes": 1 << 28}, "files": listed}
    with open(os.path.join(out, "manifest.json"), "w") as f:
        json.dump(manifest, f, indent=None, separators=(",", ":"))
        f.write("\n")
    return {"operators": operators, **agreement, **{k: round(float(v), 4) for k, v in scores.items()}}


def tensor(name, value):
    return {"name": name, "dtype": "float32", "shape": ["n", *value.shape[1:]], "layout": MEANING[name],
            "semantic": "crop-" + name}


def digest(path):
    import hashlib
    with open(path, "rb") as f:
        return hashlib.sha256(f.read()).hexdigest()


def words(out, name, make, config, state, synthetic, count, classes):
    if synthetic:
        shutil.copyfile(os.path.join(crops.ROOT, "LICENSE"), os.path.join(out, "LICENSE"))
    else:
        with open(os.path.join(out, "LICENSE"), "w") as f:
            f.write(ACADEMIC)
    lone = " and lone objects" if "--lone" in state["source"]["name"] else ""
    data = f"simulated towns{lone} alone (`azimuth sim crops`)" if synthetic else "ModelNet10's official training split"
    count = f"{count} parameters: the mean of two networks" if "second" in state else f"{count} parameters"
    with open(os.path.join(out, "CARD.md"), "w") as f:
        f.write(CARD.format(name=name, encoder=config["encoder"], group=config["group"], points=config["points"],
                            parameters=count, classes=", ".join(classes), data=data, cpu=state["cpu"] / 60,
                            unlike=UNLIKE[synthetic]))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--run", required=True)
    p.add_argument("--modelnet")
    p.add_argument("--crops", action="append")
    p.add_argument("--val", action="append")
    p.add_argument("--bundle", required=True)
    p.add_argument("--to", required=True, help="folder that gets the bundle's folder")
    p.add_argument("--cache")
    p.add_argument("--commit", default="")
    a = p.parse_args()
    torch.set_num_threads(1)
    state = torch.load(os.path.join(a.run, "last.pt"))
    a.copies, a.seed = 1, state["seed"]
    for k, v in state.get("before", {}).items():  # the run that it began with
        state[k] += v
    a.cache = a.cache or os.path.join(os.path.dirname(os.path.abspath(a.run)), "cache")
    data, val_set, val = load(a, state["config"])
    print(json.dumps(write_bundle(state, data, val_set, val, os.path.join(a.to, a.bundle), a.bundle, a.commit)))


if __name__ == "__main__":
    main()
