"""What a bundle says of its own certainty, fitted to held-out crops: the temperature of its logits, the
energies and distances above which a crop is unlike anything known.
"""

import numpy as np
import torch

from trunk import DIMENSIONS

KNOWN = 0.95  # of known crops that stay below a threshold
SHRINKAGE = 0.1
PREFIX = 64


def temperature(logits, label):
    """Divides logits so that their softmax are probabilities: least negative log-likelihood."""
    l, y = torch.from_numpy(logits), torch.from_numpy(label)
    grid = np.exp(np.linspace(np.log(0.2), np.log(5), 161))
    return float(grid[int(np.argmin([float(torch.nn.functional.cross_entropy(l / t, y)) for t in grid]))])


def expected_calibration_error(logits, label, bins=10):
    p = torch.softmax(torch.from_numpy(logits), 1).numpy()
    top, right = p.max(1), p.argmax(1) == label
    at = np.minimum((top * bins).astype(int), bins - 1)
    return float(sum(abs(top[at == b].mean() - right[at == b].mean()) * (at == b).mean()
                     for b in range(bins) if (at == b).any()))


def energy(logits):
    return -torch.logsumexp(torch.from_numpy(logits), -1).numpy()


def prefix(embedding, length=PREFIX):
    e = embedding[:, :length].astype(np.float64)
    return e / np.maximum(np.linalg.norm(e, axis=1, keepdims=True), 1e-9)


def gaussians(embedding, label, classes):
    """Class means and the inverse of the shared covariance (shrunk towards a sphere) of the 64-prefix."""
    z = prefix(embedding)
    means = np.stack([z[label == c].mean(0) if (label == c).any() else np.zeros(PREFIX) for c in range(classes)])
    apart = z - means[label]
    c = apart.T @ apart / len(z)
    c = (1 - SHRINKAGE) * c + SHRINKAGE * np.trace(c) / PREFIX * np.eye(PREFIX)
    return means, np.linalg.inv(c)


def distance(embedding, means, precision):
    """Squared Mahalanobis distance to the nearest class mean."""
    apart = prefix(embedding)[:, None] - means[None]
    return np.einsum("ncd,de,nce->nc", apart, precision, apart).min(1)


def postprocessing(train, val):
    """`train`, `val`: embedding, logits [n, 4, C], label. As the manifest has it."""
    t = [temperature(val[1][:, m], val[2]) for m in range(len(DIMENSIONS))]
    out = {"dimensions": list(DIMENSIONS), "temperature": round(t[-1], 4),
           "prefixTemperature": [round(v, 4) for v in t],
           "energyThreshold": [round(float(np.quantile(energy(val[1][:, m] / t[m]), KNOWN)), 4)
                               for m in range(len(DIMENSIONS))]}
    means, precision = gaussians(train[0], train[2], train[1].shape[2])
    out["classMeans"] = [[float(f"{v:.5g}") for v in row] for row in means]
    out["precision"] = [[float(f"{v:.5g}") for v in row] for row in (precision + precision.T) / 2]
    out["distanceThreshold"] = round(float(np.quantile(distance(val[0], means, precision), KNOWN)), 4)
    return out
