"""Raw scores -> probabilities: what export.py writes into a bundle's manifest."""

import numpy as np
import torch

import targets
from grids import MIN_POINTS, grid_of
from polarnet import CLASSES, Exported
from scores import match

IOU_POWER = 0.3


def calibration(net, sets, count=128, step=1, limit=1.0):
    """Slope and offset of each class: the logistic fit of "a box within 1 m of an object of its
    class" to the score's logit (Platt), objects with few points neither right nor wrong. Of every set of
    frames as many."""
    grid, pairs = grid_of(net.profile), [[] for _ in CLASSES]
    net.eval()
    for frames, i in [(f, i) for f in sets for i in range(0, min(count * step, len(f)), step)]:
        cell, channels, truth = frames.read(i)
        with torch.no_grad():
            y = Exported(net)(torch.from_numpy(targets.dense(net.profile, cell, channels))[None])
        box, label, score = targets.peaks(grid, y[0].numpy().astype(np.float64), 0.03, IOU_POWER)
        for k in range(len(CLASSES)):
            mine, theirs = label == k, truth.label == k
            result, _ = match(box[mine], score[mine], truth.box[theirs],
                              truth.points[theirs] < MIN_POINTS, limit)
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
