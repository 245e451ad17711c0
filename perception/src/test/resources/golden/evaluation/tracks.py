"""Random tracking scenarios and their scores by motmetrics 1.4.0.

    python tracks.py

writes tracks.csv (case, T for truth or H for a track's box, frame, name, x, y) and tracks_expected.csv
(a row a case). Points on a plane; a pair may match up to 2 m. motmetrics lets objects claim their last track in the
order in which they are handed in; ours lets the nearest claim first, so they are handed in in that order.
Ratios are written with all digits.
"""
import math
import pathlib

import motmetrics
import numpy as np

LIMIT_M = 2.0
FRAMES = 40
METRICS = ["num_frames", "num_objects", "num_unique_objects", "num_misses", "num_false_positives",
           "num_switches", "num_fragmentations", "mostly_tracked", "mostly_lost", "mota", "motp",
           "idtp", "idf1", "idp", "idr"]


def scenario(rng, kind):
    """Lists of (frame, name, x, y) of truth and tracks."""
    truth, tracks = [], []
    objects = int(rng.integers(2, 9))
    spread = 4.0 if kind == "crowd" else 25.0
    start = rng.uniform(-spread, spread, (objects, 2))
    speed = rng.normal(0, 0.4, (objects, 2))
    born = rng.integers(0, 10, objects)
    gone = rng.integers(25, FRAMES + 1, objects)
    name = {o: o for o in range(objects)}
    fresh = 100
    miss = 0.35 if kind == "gaps" else 0.08
    for t in range(FRAMES):
        if kind == "empty" and 12 <= t < 18:
            tracks.append((t, 999, 3.0, 3.0))
            continue  # a judged frame without truth
        if kind in ("swaps", "crowd") and t % 9 == 5 and objects > 1:
            a, b = rng.choice(objects, 2, replace=False)
            name[a], name[b] = name[b], name[a]
        for o in range(objects):
            if not born[o] <= t < gone[o]:
                continue
            p = start[o] + speed[o] * t
            q = p + rng.normal(0, 0.7, 2)
            if kind == "ties":  # on a grid, where equal distances are equal to the last bit
                p, q = np.round(p * 8) / 8, np.round(q * 8) / 8
            truth.append((t, o, *p))
            if kind not in ("empty", "ties") and rng.random() < 0.04:
                name[o] = fresh
                fresh += 1
            if rng.random() >= miss:
                tracks.append((t, name[o], *q))
                if kind == "ties":  # two tracks equally far at all times
                    tracks.append((t, 500 + o, *(2 * p - q)))
        for k in range(rng.integers(0, 3) if kind == "false" else 0):
            tracks.append((t, 700 + int(rng.integers(0, 4)) * 10 + k, *rng.uniform(-spread, spread, 2)))
    return truth, tracks


def at(rows, t):
    return [r for r in rows if r[0] == t]


def score(truth, tracks):
    acc = motmetrics.MOTAccumulator(auto_id=False)
    for t in range(FRAMES):
        hyps = at(tracks, t)
        where = {h[1]: np.array(h[2:]) for h in hyps}

        def claim(row):
            last = acc.m.get(row[1])
            far = math.inf if last not in where else float(np.linalg.norm(where[last] - np.array(row[2:])))
            return far, str(row[1])

        objs = sorted(at(truth, t), key=claim)
        d = np.array([[math.hypot(o[2] - h[2], o[3] - h[3]) for h in hyps] for o in objs])
        d = d.reshape(len(objs), len(hyps))
        d[d > LIMIT_M] = np.nan
        acc.update([o[1] for o in objs], [h[1] for h in hyps], d, frameid=t)
    row = motmetrics.metrics.create().compute(acc, metrics=METRICS, name="x").loc["x"]
    return [float(row[m]) for m in METRICS]


def main():
    rng = np.random.default_rng(11)
    rows, expected = ["case,side,frame,name,x,y"], ["case," + ",".join(METRICS)]
    for kind in ["plain", "gaps", "swaps", "false", "crowd", "ties", "empty"]:
        for k in range(3):
            case = f"{kind}{k}"
            sides = [[(t, n, round(x, 4), round(y, 4)) for t, n, x, y in side] for side in scenario(rng, kind)]
            for side, boxes in zip("TH", sides):
                rows += [f"{case},{side},{t},{n},{x!r},{y!r}" for t, n, x, y in
                         ((t, n, float(x), float(y)) for t, n, x, y in boxes)]
            expected.append(case + "," + ",".join(repr(v) for v in score(*sides)))
    here = pathlib.Path(__file__).parent
    (here / "tracks.csv").write_text("\n".join(rows) + "\n")
    (here / "tracks_expected.csv").write_text("\n".join(expected) + "\n")


main()
