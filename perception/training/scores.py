"""Overlap of boxes in bird's-eye view, and scores of a set of detections."""

import numpy as np

from polarnet import CLASSES

DISTANCES = (0.5, 1.0, 2.0, 4.0)


def corners(box):
    """[n, 4, 2], counter-clockwise, of rows x, y, z, length, width, height, yaw."""
    c, s = np.cos(box[:, 6])[:, None], np.sin(box[:, 6])[:, None]
    u = box[:, 3:4] / 2 * np.array([1, -1, -1, 1])
    v = box[:, 4:5] / 2 * np.array([1, 1, -1, -1])
    return np.stack([box[:, :1] + u * c - v * s, box[:, 1:2] + u * s + v * c], 2)


def overlap(a, b):
    """Intersection over union of box i of a with box i of b. The corners of the intersection are
    the corners of one within the other and the crossings of edges, sorted about their middle."""
    a, b = a.copy(), b.copy()
    middle = (a[:, :2] + b[:, :2]) / 2
    a[:, :2] -= middle
    b[:, :2] -= middle
    p, q = corners(a), corners(b)

    def within(points, box):
        d = points - box[:, None, :2]
        c, s = np.cos(box[:, 6])[:, None], np.sin(box[:, 6])[:, None]
        u, v = d[..., 0] * c + d[..., 1] * s, d[..., 1] * c - d[..., 0] * s
        return (abs(u) <= box[:, 3:4] / 2 + 1e-9) & (abs(v) <= box[:, 4:5] / 2 + 1e-9)

    dp, dq = np.roll(p, -1, 1) - p, np.roll(q, -1, 1) - q
    gap = q[:, None] - p[:, :, None]
    cross = dp[:, :, None, 0] * dq[:, None, :, 1] - dp[:, :, None, 1] * dq[:, None, :, 0]
    safe = np.where(abs(cross) < 1e-12, 1, cross)
    t = (gap[..., 0] * dq[:, None, :, 1] - gap[..., 1] * dq[:, None, :, 0]) / safe
    u = (gap[..., 0] * dp[:, :, None, 1] - gap[..., 1] * dp[:, :, None, 0]) / safe
    meets = (abs(cross) >= 1e-12) & (t >= 0) & (t <= 1) & (u >= 0) & (u <= 1)
    at = p[:, :, None] + t[..., None] * dp[:, :, None]
    n = len(a)
    points = np.concatenate([p, q, at.reshape(n, 16, 2)], 1)
    valid = np.concatenate([within(p, b), within(q, a), meets.reshape(n, 16)], 1)
    count = valid.sum(1)
    centre = (points * valid[..., None]).sum(1) / np.maximum(count, 1)[:, None]
    d = points - centre[:, None]
    angle = np.where(valid, np.arctan2(d[..., 1], d[..., 0]), 1e9)
    order = np.argsort(angle, 1, kind="stable")
    d = np.take_along_axis(d, order[..., None], 1)
    ok = np.take_along_axis(valid, order, 1)
    d = np.where(ok[..., None], d, d[:, :1])  # the rest collapses on the first corner
    e = np.roll(d, -1, 1)
    area = 0.5 * abs((d[..., 0] * e[..., 1] - d[..., 1] * e[..., 0]).sum(1)) * (count >= 3)
    union = a[:, 3] * a[:, 4] + b[:, 3] * b[:, 4] - area
    return np.clip(area / np.maximum(union, 1e-9), 0, 1)


def average_precision(score, hit, count):
    """nuScenes: mean of the precision above 0.1 over recalls above 0.1, normalised."""
    if count == 0:
        return None
    order = np.argsort(-score, kind="stable")
    true = np.cumsum(hit[order])
    precision = true / np.arange(1, len(order) + 1)
    recall = true / count
    at = np.linspace(0, 1, 101)
    value = np.interp(at, recall, precision, right=0) if len(order) else np.zeros(101)
    return float(np.mean(np.clip(value[11:] - 0.1, 0, None)) / 0.9)


def match(box, score, truth, ignored, limit):
    """Greedy by score on the distance of centres; 1 hit, 0 miss, -1 not counted; and whom."""
    order = np.argsort(-score, kind="stable")
    result, whom = np.zeros(len(box), int), np.full(len(box), -1)
    free = np.ones(len(truth), bool)
    for i in order:
        d = np.hypot(truth[:, 0] - box[i, 0], truth[:, 1] - box[i, 1])
        d = np.where(free, d, np.inf)
        j = int(np.argmin(d)) if len(d) else -1
        if j >= 0 and d[j] < limit:
            free[j] = False
            result[i], whom[i] = (-1 if ignored[j] else 1), j
    return result, whom


def outside(box, truth):
    """Which centres lie outside the labelled sector or on an object of unknown class."""
    begin, end = getattr(truth, "sector", (-np.pi, np.pi))
    turn = (np.arctan2(box[:, 1], box[:, 0]) - begin) % (2 * np.pi)
    out = turn > end - begin if end - begin < 2 * np.pi - 1e-6 else np.zeros(len(box), bool)
    for x, y, _, length, width, _, yaw in truth.box[truth.label < 0]:
        dx, dy = box[:, 0] - x, box[:, 1] - y
        along = abs(dx * np.cos(yaw) + dy * np.sin(yaw))
        across = abs(dy * np.cos(yaw) - dx * np.sin(yaw))
        out |= (along < length / 2 + 0.5) & (across < width / 2 + 0.5)
    return out


def evaluate(frames, min_points=5, max_range=60.0):
    """Scores of [(boxes, labels, scores, truth)]: AP by distance of centres, sizes and yaw errors.
    Objects with fewer points or beyond the range are neither asked for nor held against."""
    out = {}
    for k, name in enumerate(CLASSES):
        row, errors = {}, []
        for limit in DISTANCES:
            score, hit, count = [], [], 0
            for box, label, value, truth in frames:
                mine, theirs = label == k, truth.label == k
                box_k, gt = box[mine], truth.box[theirs]
                far = np.hypot(gt[:, 0], gt[:, 1]) > max_range
                ignored = far | outside(gt, truth) | (truth.points[theirs] < min_points)
                result, whom = match(box_k, value[mine], gt, ignored, limit)
                result[np.hypot(box_k[:, 0], box_k[:, 1]) > max_range] = -1
                result[outside(box_k, truth)] = -1
                count += int((~ignored).sum())
                score.append(value[mine][result >= 0])
                hit.append(result[result >= 0])
                if limit == 2.0 and (result == 1).any():
                    a, b = box_k[result == 1], gt[whom[result == 1]]
                    turn = (a[:, 6] - b[:, 6] + np.pi) % (2 * np.pi) - np.pi
                    folded = abs((turn + np.pi / 2) % np.pi - np.pi / 2)
                    errors.append(np.stack([
                        np.hypot(*(a - b)[:, :2].T), abs(a[:, 2] - b[:, 2]), folded, abs(turn),
                        overlap(a, b)], 1))
            row[f"ap@{limit:g}m"] = average_precision(
                np.concatenate(score), np.concatenate(hit), count) if score else None
            row["objects"] = count
        aps = [row[f"ap@{d:g}m"] for d in DISTANCES]
        row["ap"] = None if None in aps else float(np.mean(aps))
        if errors:
            e = np.concatenate(errors)
            row.update({
                "centreErrorM": float(np.median(e[:, 0])), "heightErrorM": float(np.median(e[:, 1])),
                "foldedYawErrorRad": float(np.median(e[:, 2])), "yawErrorRad": float(e[:, 3].mean()),
                "bevIou": float(e[:, 4].mean()), "bevIouAbove.7": float((e[:, 4] > 0.7).mean())})
        out[name] = row
    return out
