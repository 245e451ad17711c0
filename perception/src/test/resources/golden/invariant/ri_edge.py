"""Writes ri_edge.json: features of `ri-edge` as the study (rotation-invariant.md 4 and 13) has them, computed with
numpy from the text, not from the Java code. The Java test reads crops and features from the same file.

    python3 ri_edge.py > ri_edge.json    # numpy

Rows come in no order, so means and maxima over points (and their neighbours) are stored.
"""

import json

import numpy as np

K, NEAR = 32, 6


def sampled(p, sensor):
    """Farthest points, first the one farthest from the centroid; crops have no ties."""
    if len(p) <= K:
        return p
    taken = [int(np.argmax(np.linalg.norm(p, axis=1)))]
    d = np.linalg.norm(p - p[taken[0]], axis=1)
    while len(taken) < K:
        taken.append(int(np.argmax(d)))
        d = np.minimum(d, np.linalg.norm(p - p[taken[-1]], axis=1))
    return p[taken]


def features(points, sensor, yaw):
    centre = points.mean(0)
    p_all, s, up = points - centre, sensor - centre, np.array([0.0, 0, 1])
    p = sampled(p_all, s)
    n = len(p)
    apart = np.linalg.norm(p[:, None] - p[None], axis=2)
    near = np.argsort(apart + np.diag(np.full(n, np.inf)), axis=1)[:, :NEAR]
    normals, shape, frames = np.zeros((n, 3)), np.zeros((n, 3)), np.zeros((n, 3, 3))
    for i in range(n):
        e = p[near[i]] - p[i]
        d = np.linalg.norm(e, axis=1)
        w = 1.0001 - d / d.max()
        l, v = np.linalg.eigh((w[:, None, None] * e[:, :, None] * e[:, None]).sum(0) / w.sum())
        a1 = v[:, 0] * (1 if v[:, 0] @ (s - p[i]) >= 0 else -1)
        normals[i] = a1
        r = np.sqrt(np.maximum(l, 0))
        shape[i] = 2 * r / r.sum()
        if yaw:
            first, towards = up, p[i]
        else:
            first, towards = a1, -p[i]
        second = towards - (towards @ first) * first
        second /= np.linalg.norm(second)
        frames[i] = np.stack([first, second, np.cross(first, second)])
    edges = []
    for i in range(n):
        mean = np.mean([apart[i, j] for j in near[i]])
        for j in near[i]:
            e, d = p[j] - p[i], apart[i, j]
            f = [*(2 * frames[i] @ e), 2 * d, *(frames[i] @ normals[j]), e @ normals[i] / d, e @ normals[j] / d,
                 np.linalg.norm(p[j])]
            if yaw:
                f += [p[i] @ frames[i][1], p[i] @ up, *(frames[i] @ normals[i])]
            else:
                f += [np.linalg.norm(p[i]), p[i] @ frames[i][0]]
            edges.append([*f, *shape[i], 2 * mean])
    cov = p_all.T @ p_all / len(p_all)
    glob = [*np.sqrt(np.maximum(np.linalg.eigvalsh(cov), 0)), 0.2 * np.log(len(p_all))]
    if yaw:
        glob += [p_all[:, 2].min(), p_all[:, 2].max()]
    return np.array(edges), np.array(glob), context(p, p_all, s, up, cov, frames, normals, yaw)


def context(p, p_all, s, up, cov, frames, normals, yaw):
    radius = np.linalg.norm(p_all, axis=1).max()
    heights = [-0.65, -0.35, -0.15, -0.04, 0.04, 0.15, 0.35, 0.65] if yaw else \
        [-1, -0.65, -0.4, -0.2, -0.06, 0.06, 0.2, 0.4]
    if yaw:
        l, v = np.linalg.eigh(cov[:2, :2])
        axes = np.stack([up, [*v[:, 0], 0], [*v[:, 1], 0]])
    else:
        axes = np.linalg.eigh(cov)[1].T
    rows = []
    for i in range(len(p)):
        e = (p_all - p[i]) / radius
        h = e @ (up if yaw else normals[i])
        across = np.sqrt(np.maximum((e * e).sum(1) - h * h, 0))
        bins = np.zeros((9, 4))
        np.add.at(bins, (np.digitize(h, heights), np.digitize(across, [0.2, 0.45, 0.8])), 1)
        c = 5 * frames[i] @ cov @ frames[i].T / radius ** 2
        along, facing = axes @ p[i] / radius, axes @ normals[i]
        keep = slice(1 if yaw else 0, 3)
        along[keep], facing[keep] = abs(along[keep]), abs(facing[keep])
        v = s - p[i]
        v = v - (v @ up) * up if yaw else v
        sight = frames[i] @ (v / np.linalg.norm(v))
        rows.append([*(3 * np.sqrt(bins / len(p_all))).ravel(), *c[np.triu_indices(3)], *along, *facing,
                     *(sight[1:] if yaw else sight)])
    return np.array(rows)


def main():
    random = np.random.default_rng(11)
    out = []
    for i in range(24):
        n = int(random.integers(12, 60))
        half = random.uniform(0.3, 2, 3)
        p = random.uniform(-1, 1, (n, 3)) * half
        face = random.integers(0, 3, n)
        p[np.arange(n), face] = half[face] + 0.02 * random.normal(size=n)
        p = np.round(p + random.uniform(5, 20, 3), 4)
        sensor = np.round(random.normal(size=3), 3)
        yaw = i % 2 == 0
        edge, glob, ctx = features(p, sensor, yaw)
        short = lambda x: [float(f"{v:.7g}") for v in x]
        out.append({"group": "yaw" if yaw else "so3", "points": p.tolist(), "sensor": sensor.tolist(),
                    "edgeMean": short(edge.mean(0)), "edgeMax": short(edge.max(0)), "glob": short(glob),
                    "contextMean": short(ctx.mean(0)), "contextMax": short(ctx.max(0))})
    print(json.dumps({"points": K, "neighbours": NEAR, "crops": out}))


main()
