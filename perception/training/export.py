"""Checkpoint -> bundle: model.onnx (opset 17, IR 8), golden tensors, manifest.json.

    python3 export.py --checkpoint run/best.pt --frames val --out bundle
    python3 export.py --random full --out bundle      # weights by chance: finds nothing, and says so

The shipped graph is the valid one: its input carries the profile's halo of wrapped rows on each
side (`PolarCanvas.write(out, haloRows)`). The export fails unless it agrees with the circular
graph that was trained, and unless a roll of the canvas rolls the answer.
"""

import argparse
import hashlib
import inspect
import json
import os
import shutil

import numpy as np
import torch

import targets
from calibration import IOU_POWER, calibration
from polarnet import (CLASSES, OUTPUTS, PROFILES, STRIDE_A, STRIDE_R, Exported, PolarNet,
                      disagreement, wrap)

AGREE = 1e-4
CARD = """# polar-{profile}

Finds vehicles, pedestrians and cyclists in one sweep of a spinning LiDAR of 16 to 128 beams, up to
{range:.0f} m. Input: the engine's polar canvas with heights over the estimated ground. Output: class
probabilities and box codes for every cell of the polar grid.

Trained on {data}. Scores are
calibrated on the frames that were held out; elsewhere they are less sure. It knows no animals, trams or
trailers, and has never seen rain, snow or fog. Not for use where a missed object can hurt anybody
without a second, independent system.
"""
MOST_ROWS = {"nano": 16, "tiny": 16, "full": 1}  # of a batch: what the engine lets a network ask for
MOST_MILLIS = {"nano": 500, "tiny": 1000, "full": 20000}
SLICE_TOPS = [0.15, 0.4, 0.7, 1.0, 1.4, 1.8, 2.5, 4.0]
FEATURES = [f"log1p(count)/2 below {t} m" for t in SLICE_TOPS] + [
    "mean height", "std height", "max height", "min height", "mean intensity", "occupied",
    "mean range offset", "mean azimuth offset"]


def digest(path):
    with open(path, "rb") as f:
        return hashlib.sha256(f.read()).hexdigest()


def free_rows(model):
    """Lets any number of rows in. No layer of these networks names the number, so nothing else changes."""
    for value in [*model.graph.input, *model.graph.output]:
        value.type.tensor_type.shape.dim[0].dim_param = "n"


def export_onnx(net, path):
    p = net.profile
    x = torch.zeros(1, p.channels, p.azimuth_bins + 2 * p.halo, p.range_bins)
    more = {"dynamo": False} if "dynamo" in inspect.signature(torch.onnx.export).parameters else {}
    net.set_circular(False).eval()
    torch.onnx.export(
        Exported(net).eval(), x, path, opset_version=17, do_constant_folding=True,
        input_names=["canvas"], output_names=["cells"], **more)
    import onnx
    model = onnx.load(path)
    model.ir_version = 8
    model.producer_name, model.producer_version = "azimuth", ""
    free_rows(model)
    onnx.checker.check_model(model)
    onnx.save(model, path)
    return sorted({n.op_type for n in model.graph.node})


def sparse(x, path):
    """Pairs of index and value of what is not zero."""
    flat = x.ravel()
    at = np.flatnonzero(flat)
    pairs = np.zeros(len(at), [("index", "<i4"), ("value", "<f4")])
    pairs["index"], pairs["value"] = at, flat[at]
    pairs.tofile(path)


def write_words(out, profile, data):
    """The licence (where the whole project is there) and the card; what was written."""
    licence = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "LICENSE")
    written = ["CARD.md"]
    if os.path.exists(licence):
        shutil.copyfile(licence, os.path.join(out, "LICENSE"))
        written.append("LICENSE")
    with open(os.path.join(out, "CARD.md"), "w") as f:
        f.write(CARD.format(profile=profile.name, range=profile.min_range
                            + profile.range_bins * profile.range_step,
                            data=words(data)))
    return written


def words(data):
    """The training data in a sentence."""
    if not data:
        return "nothing: its weights are left to chance, and it finds nothing"
    recorded = [d["name"] for d in data if not d["synthetic"]]
    if recorded:
        return "simulated towns and on recordings (" + "; ".join(recorded) + ")"
    return "simulated towns alone (`azimuth sim frames`); no recording was used"


def source(options):
    """What the manifest says of a set of frames; of a bundle's that training began from, what that one said."""
    if "synthetic" in options:
        return options
    text = json.dumps(options, sort_keys=True)
    recorded = options.get("kind") == "drive-frames"
    name = (f"azimuth frames, drive {options['drive']}" if recorded
            else f"azimuth sim frames, family {options.get('family', 'a')}")
    return {"name": name, "license": "its owner's" if recorded else "Apache-2.0",
            "sha256": hashlib.sha256(text.encode()).hexdigest(), "synthetic": not recorded}


def by_chance(profile, seed=1):
    """What a checkpoint of a network that was never trained would hold."""
    torch.manual_seed(seed)
    return {"profile": profile, "ema": PolarNet(PROFILES[profile]).state_dict(), "curve": [], "seconds": 0.0,
            "seed": seed, "step": 0, "batch": 0, "data": []}


def some_canvas(p, seed=1):
    generator = torch.Generator().manual_seed(seed)
    x = torch.rand(1, p.channels, p.azimuth_bins, p.range_bins, generator=generator)
    return x * (torch.rand(x[:, :1].shape, generator=generator) < 0.2)


def write_bundle(checkpoint, frames, out, commit="", version="0.1.0", calibrate=()):
    """Of a checkpoint's file (or its content); the golden input is the first of `frames`, or noise.
    Scores are calibrated on all sets of `calibrate` together, or on `frames`."""
    state = torch.load(checkpoint, map_location="cpu") if isinstance(checkpoint, str) else checkpoint
    p = PROFILES[state["profile"]]
    net = PolarNet(p)
    net.load_state_dict(state["ema"])
    valid, turn = disagreement(net)
    if max(valid, turn) > AGREE:
        raise SystemExit(f"graphs differ by {valid:g}, a roll by {turn:g}, accepted {AGREE:g}")
    os.makedirs(os.path.join(out, "golden"), exist_ok=True)
    model = os.path.join(out, "model.onnx")
    operators = export_onnx(net, model)
    canvas = some_canvas(p) if frames is None else torch.from_numpy(
        targets.dense(p, *frames.read(0)[:2]))[None]
    x = wrap(canvas, p.halo)
    with torch.no_grad():
        y = Exported(net.set_circular(False).eval())(x)
    files = {"in": "golden/frame-in.sparse", "out": "golden/frame-out.f32"}
    sparse(x.numpy(), os.path.join(out, files["in"]))
    y.numpy().astype("<f4").tofile(os.path.join(out, files["out"]))
    data = state.get("data") or ([frames.options()] if frames else [])
    files_listed = [*files.values(), *write_words(out, p, [source(d) for d in data])]
    val = [r for r in state["curve"] if "val" in r]
    before = state.get("before", {"step": 0, "seconds": 0.0})
    held_out = calibrate or ([frames] if frames else [])
    listed = [{"file": f, "sha256": digest(os.path.join(out, f)),
               "bytes": os.path.getsize(os.path.join(out, f))} for f in files_listed]
    options = json.dumps(frames.options() if frames else {}, sort_keys=True)
    manifest = {
        "format": 1, "name": f"polar-{p.name}" + ("" if state["step"] else "-untrained"),
        "version": version, "task": "polar-detection",
        "license": "Apache-2.0",
        "trainingData": [source(d) for d in data],
        "trainer": {"script": "perception/training/train.py", "commit": commit, "seed": state["seed"],
                    "hours": round((state["seconds"] + before["seconds"]) / 3600, 2),
                    "steps": state["step"] + before["step"],
                    "batch": state["batch"]},
        "metrics": {"dataset": options, "scores": val[-1]["val"] if val else {}},
        "onnx": {"file": "model.onnx", "sha256": digest(model), "bytes": os.path.getsize(model),
                 "opset": 17, "irVersion": 8},
        "inputs": [{"name": "canvas", "dtype": "float32", "shape": ["n", *x.shape[1:]],
                    "layout": "NCAR", "semantic": "polar-canvas-with-halo"}],
        "outputs": [{"name": "cells", "dtype": "float32", "shape": ["n", *y.shape[1:]],
                     "layout": "NCAR", "semantic": "polar-boxes"}],
        "preprocessing": {
            "grid": {"azimuthBins": p.azimuth_bins, "rangeBins": p.range_bins,
                     "minRangeM": p.min_range, "rangeStepM": p.range_step, "haloRows": p.halo,
                     "wrap": True, "heightEdgesM": [-2.0] + SLICE_TOPS},
            "features": FEATURES, "normalisation": {"height": "over estimated ground", "intensity": "0 .. 1"}},
        "postprocessing": {
            "outputs": list(OUTPUTS), "strideAzimuth": STRIDE_A, "strideRange": STRIDE_R,
            "meanSizesM": targets.MEAN_SIZE.tolist(), "iouPower": IOU_POWER,
            "calibration": calibration(net.set_circular(True), held_out) if held_out else [[1.0, 0.0]] * len(CLASSES),
            "centreNmsM": [1.6, 0.35, 0.6]},
        "classes": list(CLASSES),
        "golden": [{**files, "absTol": 1e-3, "relTol": 1e-3}],
        "limits": {"maxBatch": MOST_ROWS[p.name], "maxRunMillis": MOST_MILLIS[p.name],
                   "arenaBytes": 1 << (30 if p.name == "full" else 28)},
        "files": listed}
    with open(os.path.join(out, "manifest.json"), "w") as f:
        json.dump(manifest, f, indent=1)
    return {"operators": operators, "validDiffers": valid, "rollDiffers": turn}


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = a.add_mutually_exclusive_group(required=True)
    what.add_argument("--checkpoint")
    what.add_argument("--random", choices=sorted(PROFILES), help="a profile; its weights are left to chance")
    a.add_argument("--frames", help="the golden input is the first frame of these; of --random, noise")
    a.add_argument("--calibrate", action="append", default=[], metavar="FOLDER",
                   help="held-out frames whose scores are to be probabilities, several alike (default --frames)")
    a.add_argument("--out", required=True)
    a.add_argument("--commit", default="")
    p, a = a, a.parse_args()
    if a.checkpoint and not a.frames:
        p.error("--checkpoint needs --frames")
    torch.set_num_threads(1)
    frames = targets.Frames(a.frames) if a.frames else None
    print(json.dumps(write_bundle(a.checkpoint or by_chance(a.random), frames, a.out, a.commit,
                                  calibrate=[targets.Frames(f) for f in a.calibrate])))


if __name__ == "__main__":
    main()
