"""Checkpoint -> bundle: model.onnx (opset 17, IR 8), golden tensors, manifest.json.

    python3 export.py --checkpoint run/best.pt --frames val --out bundle

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
from scores import match
from polarnet import (CLASSES, OUTPUTS, PROFILES, STRIDE_A, STRIDE_R, Exported, PolarNet,
                      disagreement, wrap)

AGREE = 1e-4
IOU_POWER = 0.3
CARD = """# polar-{profile}

Finds vehicles, pedestrians and cyclists in one sweep of a spinning LiDAR of 16 to 128 beams, up to
{range:.0f} m. Input: the engine's polar canvas with heights over the estimated ground. Output: class
probabilities and box codes for every cell of the polar grid.

Trained on simulated towns alone (`azimuth sim frames`, family a); no recording was used. Scores are
calibrated on simulated towns; on real streets they are less sure. It knows no animals, trams or
trailers, and has never seen rain, snow or fog. Not for use where a missed object can hurt anybody
without a second, independent system.
"""
SLICE_TOPS = [0.15, 0.4, 0.7, 1.0, 1.4, 1.8, 2.5, 4.0]
FEATURES = [f"log1p(count)/2 below {t} m" for t in SLICE_TOPS] + [
    "mean height", "std height", "max height", "min height", "mean intensity", "occupied",
    "mean range offset", "mean azimuth offset"]


def digest(path):
    with open(path, "rb") as f:
        return hashlib.sha256(f.read()).hexdigest()


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


def calibration(net, frames, count=128, step=1, limit=1.0):
    """Slope and offset of each class: the logistic fit of "a box within 1 m of an object of its
    class" to the score's logit (Platt), objects with few points neither right nor wrong."""
    grid, pairs = targets.Grid(net.profile), [[] for _ in CLASSES]
    net.eval()
    for i in range(0, min(count * step, len(frames)), step):
        cell, channels, truth = frames.read(i)
        with torch.no_grad():
            y = Exported(net)(torch.from_numpy(targets.dense(net.profile, cell, channels))[None])
        box, label, score = targets.peaks(grid, y[0].numpy().astype(np.float64), 0.03, IOU_POWER)
        for k in range(len(CLASSES)):
            mine, theirs = label == k, truth.label == k
            result, _ = match(box[mine], score[mine], truth.box[theirs],
                              truth.points[theirs] < targets.MIN_POINTS, limit)
            pairs[k].append(np.stack([score[mine], result], 1)[result >= 0])
    return [platt(*np.concatenate(p).T) for p in pairs]


def platt(score, right, prior=1.0):
    """Maximum likelihood with a weak pull towards leaving the score as it is."""
    score = np.clip(score, 1e-4, 1 - 1e-4)
    x = np.stack([np.log(score / (1 - score)), np.ones(len(score))], 1)
    w = np.array([1.0, 0.0])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (right - p) - prior * (w - [1.0, 0.0])
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + prior * np.eye(2), gradient)
        w = w + step
        if abs(step).max() < 1e-9:
            break
    return [round(float(max(w[0], 0.05)), 4), round(float(w[1]), 4)]


def write_words(out, profile, frames):
    licence = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "LICENSE")
    shutil.copyfile(licence, os.path.join(out, "LICENSE"))
    with open(os.path.join(out, "CARD.md"), "w") as f:
        f.write(CARD.format(profile=profile.name, range=profile.min_range
                            + profile.range_bins * profile.range_step))


def write_bundle(checkpoint, frames, out, commit="", version="0.1.0", golden=0):
    state = torch.load(checkpoint, map_location="cpu")
    p = PROFILES[state["profile"]]
    net = PolarNet(p)
    net.load_state_dict(state["ema"])
    valid, turn = disagreement(net)
    if max(valid, turn) > AGREE:
        raise SystemExit(f"graphs differ by {valid:g}, a roll by {turn:g}, accepted {AGREE:g}")
    os.makedirs(os.path.join(out, "golden"), exist_ok=True)
    model = os.path.join(out, "model.onnx")
    operators = export_onnx(net, model)
    cell, channels, _ = frames.read(golden)
    x = wrap(torch.from_numpy(targets.dense(p, cell, channels))[None], p.halo)
    with torch.no_grad():
        y = Exported(net.set_circular(False).eval())(x)
    files = {"in": "golden/frame-in.sparse", "out": "golden/frame-out.f32"}
    sparse(x.numpy(), os.path.join(out, files["in"]))
    y.numpy().astype("<f4").tofile(os.path.join(out, files["out"]))
    write_words(out, p, frames)
    files_listed = [*files.values(), "LICENSE", "CARD.md"]
    val = [r for r in state["curve"] if "val" in r]
    listed = [{"file": f, "sha256": digest(os.path.join(out, f)),
               "bytes": os.path.getsize(os.path.join(out, f))} for f in files_listed]
    options = json.dumps(frames.options(), sort_keys=True)
    manifest = {
        "format": 1, "name": f"polar-{p.name}", "version": version, "task": "polar-detection",
        "license": "Apache-2.0",
        "trainingData": [{
            "name": "azimuth sim frames, family a", "license": "Apache-2.0",
            "sha256": hashlib.sha256(options.encode()).hexdigest(), "synthetic": True}],
        "trainer": {"script": "perception/training/train.py", "commit": commit, "seed": state["seed"],
                    "hours": round(state["seconds"] / 3600, 2), "steps": state["step"],
                    "batch": state["batch"]},
        "metrics": {"dataset": options, "scores": val[-1]["val"] if val else {}},
        "onnx": {"file": "model.onnx", "sha256": digest(model), "bytes": os.path.getsize(model),
                 "opset": 17, "irVersion": 8},
        "inputs": [{"name": "canvas", "dtype": "float32", "shape": list(x.shape),
                    "layout": "NCAR", "semantic": "polar-canvas-with-halo"}],
        "outputs": [{"name": "cells", "dtype": "float32", "shape": list(y.shape),
                     "layout": "NCAR", "semantic": "polar-boxes"}],
        "preprocessing": {
            "grid": {"azimuthBins": p.azimuth_bins, "rangeBins": p.range_bins,
                     "minRangeM": p.min_range, "rangeStepM": p.range_step, "haloRows": p.halo,
                     "wrap": True, "heightEdgesM": [-2.0] + SLICE_TOPS},
            "features": FEATURES, "normalisation": {"height": "over estimated ground", "intensity": "0 .. 1"}},
        "postprocessing": {
            "outputs": list(OUTPUTS), "strideAzimuth": STRIDE_A, "strideRange": STRIDE_R,
            "meanSizesM": targets.MEAN_SIZE.tolist(), "iouPower": IOU_POWER,
            "calibration": calibration(net.set_circular(True), frames),
            "centreNmsM": [1.6, 0.35, 0.6]},
        "classes": list(CLASSES),
        "golden": [{**files, "absTol": 1e-3, "relTol": 1e-3}],
        "limits": {"maxBatch": 1, "maxRunMillis": 500, "arenaBytes": 1 << 28},
        "files": listed}
    with open(os.path.join(out, "manifest.json"), "w") as f:
        json.dump(manifest, f, indent=1)
    return {"operators": operators, "validDiffers": valid, "rollDiffers": turn}


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--checkpoint", required=True)
    a.add_argument("--frames", required=True, help="the golden input is the first frame of these")
    a.add_argument("--out", required=True)
    a.add_argument("--commit", default="")
    a = a.parse_args()
    torch.set_num_threads(1)
    print(json.dumps(write_bundle(a.checkpoint, targets.Frames(a.frames), a.out, a.commit)))


if __name__ == "__main__":
    main()
