"""Headings that a bundle tells, against a crop set's: error of the axis (degrees, median and 90th percentile) and
how often the front is right, by class. Needs numpy and onnxruntime; features are the engine's own.

    python3 headings.py BUNDLE CROPS [CROPS ...]
"""

import argparse
import json
import os
import tempfile

import numpy as np
import onnxruntime

import crops

ROWS = 64


def found(folder, config, one, cache):
    """`heading` of all crops: cosine and sine of twice the angle to the line of sight, logit of the front."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    net = onnxruntime.InferenceSession(os.path.join(folder, "model.onnx"), options, ["CPUExecutionProvider"])
    tensors = crops.tensors(one, config, cache)
    return np.concatenate([net.run(["heading"], {
        i.name: np.asarray(tensors[i.name][k:k + ROWS], np.float32) for i in net.get_inputs()})[0]
        for k in range(0, len(one), ROWS)])


def truth(one):
    """Heading against the line from the sensor to the crop's middle."""
    middle = np.array([one.cloud(i).astype(np.float64).mean(0) if one.offsets[i + 1] > one.offsets[i]
                       else np.zeros(3) for i in range(len(one))])
    way = middle - one.sensor
    return one.heading - np.arctan2(way[:, 1], way[:, 0])


def row(heading, angle):
    axis = np.arctan2(heading[:, 1], heading[:, 0]) / 2
    off = np.degrees(np.abs((axis - angle + np.pi / 2) % np.pi - np.pi / 2))
    front = np.cos(axis + np.where(heading[:, 2] < 0, np.pi, 0) - angle) > 0
    return {"crops": len(angle), "axisDeg": [round(float(np.quantile(off, q)), 1) for q in (0.5, 0.9)],
            "front": round(100 * float(front.mean()), 1)}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("bundle")
    p.add_argument("crops", nargs="+")
    a = p.parse_args()
    with open(os.path.join(a.bundle, "manifest.json")) as f:
        config = json.load(f)["preprocessing"]
    for folder in a.crops:
        one = crops.read(folder)
        with tempfile.TemporaryDirectory() as cache:
            heading = found(a.bundle, config, one, cache)
        angle = truth(one)
        known = np.isfinite(angle)
        rows = {"all": row(heading[known], angle[known])}
        for c, name in enumerate(one.classes):
            at = known & (one.label == c)
            if at.any():
                rows[name] = row(heading[at], angle[at])
        print(json.dumps({"crops": os.path.basename(folder.rstrip("/")), **rows}))


if __name__ == "__main__":
    main()
