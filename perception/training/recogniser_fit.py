"""Fits weight and biases of the recogniser: a logistic model of what is a hit, over the detector's own score.

    azimuth detect DRIVE --format json --set recogniser.encoder=NAME --set recogniser.weight=0 \
        --set recogniser.changeMargin=1 --set recogniser.vehicleBias=0 --set recogniser.pedestrianBias=0 \
        --set recogniser.cyclistBias=0 > FILE     # the detector's scores, with evidence
    python recogniser_fit.py FILE=DRIVE [FILE=DRIVE ...]

Weight and biases must be 0: what is fitted would come on top of them, and the scores written here do not tell. The
default budget encodes what is unsure, which all detections together do not stand for.

A detection is a hit if its centre lies within 1 m of a labelled box of its kind that no better one took. Boxes are labelled
at mid-sweep and detections hold at their own instant: in a simulated town at 10 m/s the two differ by up to 0.5 m.
"""

import csv
import json
import sys

import numpy as np

KINDS = ("vehicle", "pedestrian", "cyclist")
VEHICLES = ("car", "van", "truck", "bus")
REACH_M = 1.0
FEWEST_POINTS = 5


def kind(label):
    return "vehicle" if label in VEHICLES else label


def truth(folder):
    """By sweep the rows (kind, x, y, points)."""
    boxes = {}
    with open(f"{folder}/boxes.csv", newline="") as lines:
        for row in csv.DictReader(lines):
            sweep = int(row.get("sweep", row.get("frame", -1)))
            points = int(float(row.get("points", row.get("num_points", FEWEST_POINTS))))
            boxes.setdefault(sweep, []).append((kind(row["class"].lower()), float(row["x"]), float(row["y"]), points))
    return boxes


def judged(file, folder):
    """Rows (kind, logit of the detector's score, evidence, hit) of all encoded detections."""
    boxes = truth(folder)
    detections = {}
    with open(file) as lines:
        for line in lines:
            d = json.loads(line)
            detections.setdefault(d["sweep"], []).append(d)
    rows = []
    for sweep, found in detections.items():
        labelled = boxes.get(sweep, [])
        taken = [False] * len(labelled)
        for d in sorted(found, key=lambda d: -d["score"]):
            best, nearest = -1, REACH_M
            for i, (k, x, y, _) in enumerate(labelled):
                away = np.hypot(x - d["x"], y - d["y"])
                if k == kind(d["class"]) and not taken[i] and away <= nearest:
                    best, nearest = i, away
            if best >= 0:
                taken[best] = True
                if labelled[best][3] < FEWEST_POINTS:
                    continue  # too few to count, either way
            if "crop" in d and np.hypot(d["x"], d["y"]) <= 60:
                p = min(max(d["score"], 1e-3), 1 - 1e-3)
                rows.append((kind(d["class"]), np.log(p / (1 - p)), d["crop"]["evidence"], best >= 0))
    return rows


def fit(rows, ridge=1.0):
    """Weight of the evidence and a bias a kind, by Newton's method; the detector's logit has weight 1."""
    features = np.array([[e] + [float(k == name) for name in KINDS] for k, _, e, _ in rows])
    offset = np.array([r[1] for r in rows])
    hit = np.array([float(r[3]) for r in rows])
    w = np.zeros(features.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-(offset + features @ w)))
        gradient = features.T @ (hit - p) - ridge * w
        hessian = (features * (p * (1 - p))[:, None]).T @ features + ridge * np.eye(len(w))
        step = np.linalg.solve(hessian, gradient)
        w += step
        if np.abs(step).max() < 1e-9:
            break
    return w


def loss(rows, w):
    z = np.array([o + w[0] * e + w[1 + KINDS.index(k)] for k, o, e, _ in rows])
    hit = np.array([r[3] for r in rows])
    return float(np.mean(np.logaddexp(0, np.where(hit, -z, z))))


def main(pairs):
    rows = [r for pair in pairs for r in judged(*pair.split("=", 1)) if r[0] in KINDS]
    w = fit(rows)
    print(f"{len(rows)} encoded detections, {sum(r[3] for r in rows)} hits")
    print(f"log loss: detector {loss(rows, np.zeros(4)):.4f}, with crops {loss(rows, w):.4f}")
    for name, value in zip(("weight", "vehicleBias", "pedestrianBias", "cyclistBias"), w):
        print(f"recogniser.{name}={value:.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
