"""Frames on disk -> canvas tensors and training targets.

Canvases come from the engine's own PolarCanvas (`azimuth sim frames --canvas nano`), as lists of
the cells that were hit. Boxes are coded in the frame of the cell that answers for them, so that a
turn of the scene turns the targets and changes nothing else.
"""

import json
import os
from dataclasses import dataclass, field

import numpy as np

from polarnet import BOX, CLASSES, K, STRIDE_A, STRIDE_R

# UNKNOWN, CAR, VAN, TRUCK, BUS, PEDESTRIAN, CYCLIST of the engine
CLASS_OF = np.array([-1, 0, 0, 0, 0, 1, 2])
MEAN_SIZE = np.array([[4.3, 1.8, 1.55], [0.7, 0.65, 1.72], [1.75, 0.65, 1.7]])
SIGMA = np.array([0.9, 0.4, 0.6])
MIN_POINTS = 5
POSITIVE = 0.35
SWEEP_SECONDS = 0.1


@dataclass
class Boxes:
    """Rows: x, y, height of the centre over the ground, length, width, height, yaw."""

    box: np.ndarray
    label: np.ndarray
    points: np.ndarray
    rings: int = field(default=0)

    def turned(self, angle):
        out = self.box.copy()
        c, s = np.cos(angle), np.sin(angle)
        out[:, 0] = c * self.box[:, 0] - s * self.box[:, 1]
        out[:, 1] = s * self.box[:, 0] + c * self.box[:, 1]
        out[:, 6] += angle
        return Boxes(out, self.label, self.points, self.rings)

    def mirrored(self):
        out = self.box.copy()
        out[:, 1] *= -1
        out[:, 6] *= -1
        return Boxes(out, self.label, self.points, self.rings)


class Frames:
    """All finished shards of a folder, memory-mapped. `refresh` sees what has been added since."""

    def __init__(self, root):
        self.root, self.shards, self.frames = root, {}, []
        self.refresh()

    def refresh(self):
        names = sorted(n for n in os.listdir(self.root) if n.startswith("shard-"))
        for name in names:
            path = os.path.join(self.root, name)
            done = os.path.exists(os.path.join(path, "shard.json"))
            if name in self.shards or not done or "." in name:
                continue
            load = lambda what: np.load(os.path.join(path, what + ".npy"), mmap_mode="r")
            try:
                shard = {w: load(w) for w in ("canvas", "canvas_index", "canvas_boxes", "boxes", "index")}
            except FileNotFoundError as e:
                raise SystemExit(f"{path}: {e.filename} is missing; write the frames with --canvas nano")
            self.shards[name] = shard
            self.frames += [(name, i) for i in range(len(shard["index"]))]
        return len(self.frames)

    def options(self):
        with open(os.path.join(self.root, "options.json")) as f:
            return json.load(f)

    def __len__(self):
        return len(self.frames)

    def read(self, i):
        """Cells hit, their channels [n, 16] float32, and the boxes that something was seen of."""
        name, row = self.frames[i]
        shard = self.shards[name]
        begin, end = shard["canvas_index"][row]
        hit = np.array(shard["canvas"][begin:end])
        index = shard["index"][row]
        part = slice(index["box_begin"], index["box_end"])
        truth, extra = np.array(shard["boxes"][part]), np.array(shard["canvas_boxes"][part])
        seen = (truth["points"] > 0) & (CLASS_OF[truth["class"]] >= 0)
        truth, extra = truth[seen], extra[seen]
        moved = (extra["share"] - 0.5) * SWEEP_SECONDS  # boxes stand where their points were measured
        box = np.stack([
            truth["x"] + truth["vx"] * moved, truth["y"] + truth["vy"] * moved,
            truth["z"] - extra["ground"],
            truth["length"], truth["width"], truth["height"], truth["yaw"]], 1).astype(np.float64)
        boxes = Boxes(box, CLASS_OF[truth["class"]], truth["points"].copy(), int(index["rings"]))
        return hit["cell"].astype(np.int64), hit["channels"].astype(np.float32), boxes


def dense(profile, cell, channels):
    out = np.zeros((profile.azimuth_bins * profile.range_bins, profile.channels), np.float32)
    out[cell] = channels
    return np.ascontiguousarray(out.T).reshape(
        profile.channels, profile.azimuth_bins, profile.range_bins)


def augmented(profile, cell, channels, boxes, random):
    """Mirror, a turn by less than the network's stride, and intensities one cannot rely on."""
    rows, columns = profile.azimuth_bins, profile.range_bins
    a, r = cell // columns, cell % columns
    if random.random() < 0.5:
        a = rows - 1 - a
        channels[:, 15] *= -1
        boxes = boxes.mirrored()
    turn = int(random.integers(16))
    a = (a + turn) % rows
    boxes = boxes.turned(turn * 2 * np.pi / rows)
    gain = 0.0 if random.random() < 0.2 else random.uniform(0.5, 1.5)
    channels[:, 12] = np.minimum(channels[:, 12] * gain, 1)
    lift = random.normal(0, 0.03)  # what the estimated ground may be off
    channels[:, [8, 10, 11]] += lift
    boxes.box[:, 2] += lift
    if random.random() < 0.25:  # a blind sector
        width = int(random.integers(8, rows // 8))
        start = int(random.integers(rows))
        keep = (a - start) % rows >= width
        a, r, channels = a[keep], r[keep], channels[keep]
        b = np.floor((np.arctan2(boxes.box[:, 1], boxes.box[:, 0]) + np.pi) / (2 * np.pi) * rows)
        hidden = (b - start) % rows < width
        boxes = Boxes(boxes.box, boxes.label, np.where(hidden, 0, boxes.points), boxes.rings)
    return a * columns + r, channels, boxes


class Grid:
    """Centres of the output cells, and the coding of boxes in their frames."""

    def __init__(self, profile):
        self.rows = profile.azimuth_bins // STRIDE_A
        self.columns = profile.range_bins // STRIDE_R
        self.step_r = profile.range_step * STRIDE_R
        self.step_a = 2 * np.pi / self.rows
        self.min_range = profile.min_range
        self.max_range = profile.min_range + self.columns * self.step_r
        self.phi = -np.pi + (np.arange(self.rows) + 0.5) * self.step_a
        self.rho = self.min_range + (np.arange(self.columns) + 0.5) * self.step_r
        self.x = np.cos(self.phi)[:, None] * self.rho
        self.y = np.sin(self.phi)[:, None] * self.rho

    def targets(self, boxes):
        """heat [K], weight [K], box codes [9], box weight, foreground, vote [2]; all [.., A', R']."""
        shape = (self.rows, self.columns)
        heat, weight = np.zeros((K, *shape), np.float32), np.ones((K, *shape), np.float32)
        best, owner = np.zeros(shape, np.float32), np.full(shape, -1)
        inside = np.full(shape, -1)
        for i in np.argsort(-np.hypot(boxes.box[:, 0], boxes.box[:, 1])):
            x, y, _, length, width, _, yaw = boxes.box[i]
            k, sigma = boxes.label[i], SIGMA[boxes.label[i]]
            rho = np.hypot(x, y)
            if rho < self.min_range or rho >= self.max_range:
                continue
            s_r = max(0.55 * self.step_r, sigma)
            s_t = max(0.55 * rho * self.step_a, sigma)
            reach = max(3 * max(s_r, s_t), 0.5 * np.hypot(length, width))
            row = int((np.arctan2(y, x) + np.pi) / self.step_a) % self.rows
            column = min(int((rho - self.min_range) / self.step_r), self.columns - 1)
            near = max(rho - reach, self.min_range)
            span = min(int(reach / (near * self.step_a)) + 1, self.rows // 2 - 1)
            rows = np.arange(row - span, row + span + 1) % self.rows
            first = max(0, column - int(reach / self.step_r) - 1)
            columns = np.arange(first, min(self.columns, column + int(reach / self.step_r) + 2))
            at = np.ix_(rows, columns)
            dx, dy = x - self.x[at], y - self.y[at]
            c, s = np.cos(self.phi[rows])[:, None], np.sin(self.phi[rows])[:, None]
            g = np.exp(-0.5 * (((dx * c + dy * s) / s_r) ** 2 + ((dy * c - dx * s) / s_t) ** 2))
            if boxes.points[i] < MIN_POINTS:
                weight[k][at] = np.where(g > 0.6, 0, weight[k][at])
                continue
            g[span, column - first] = 1
            heat[k][at] = np.maximum(heat[k][at], g)
            better = g > best[at]
            best[at] = np.where(better, g, best[at])
            owner[at] = np.where(better, i, owner[at])
            along = dx * np.cos(yaw) + dy * np.sin(yaw)
            across = dy * np.cos(yaw) - dx * np.sin(yaw)
            within = (abs(along) < length / 2 + 0.3) & (abs(across) < width / 2 + 0.3)
            within[span, column - first] = True
            inside[at] = np.where(within, i, inside[at])
        weight[heat == 1] = 1
        code = np.zeros((9, *shape), np.float32)
        positive = best > POSITIVE
        if positive.any():
            code[:, positive] = self.encode(boxes.box[owner[positive]],
                                            boxes.label[owner[positive]], *np.nonzero(positive))
        vote = np.zeros((2, *shape), np.float32)
        fg = inside >= 0
        if fg.any():
            vote[:, fg] = self.offsets(boxes.box[inside[fg]], *np.nonzero(fg))
        return heat, weight, code, np.where(positive, best, 0).astype(np.float32), fg.astype(np.float32), vote

    def offsets(self, box, row, column):
        dx, dy = box[:, 0] - self.x[row, column], box[:, 1] - self.y[row, column]
        c, s = np.cos(self.phi[row]), np.sin(self.phi[row])
        return np.stack([dx * c + dy * s, dy * c - dx * s])

    def encode(self, box, label, row, column):
        """du, dv, zg, log sizes, sin and cos of twice the relative yaw, relative yaw itself."""
        turn = box[:, 6] - self.phi[row]
        sizes = np.log(box[:, 3:6] / MEAN_SIZE[label])
        return np.concatenate([
            self.offsets(box, row, column), box[None, :, 2], sizes.T,
            [np.sin(2 * turn), np.cos(2 * turn), turn]])

    def decode(self, code, across, label, row, column):
        """Boxes from len(BOX) codes [10, n] and the second direction logit [n]."""
        c, s = np.cos(self.phi[row]), np.sin(self.phi[row])
        x = self.x[row, column] + code[0] * c - code[1] * s
        y = self.y[row, column] + code[0] * s + code[1] * c
        size = np.exp(np.clip(code[3:6], -3, 3)).T * MEAN_SIZE[label]
        axis = np.arctan2(code[6], code[7]) / 2
        # the axis says where, the logit of the larger component says which way
        cos, sin = np.cos(axis), np.sin(axis)
        wrong = np.where(abs(cos) >= abs(sin), cos * code[8] < 0, sin * across < 0)
        yaw = axis + np.pi * wrong + self.phi[row]
        return np.concatenate([np.stack([x, y, code[2]], 1), size, yaw[:, None]], 1)


def peaks(grid, output, threshold=0.1, iou_power=0.3, limit=300):
    """Boxes, labels, scores of one exported tensor [C, A', R'] (class probabilities first)."""
    prob = output[:K]
    padded = np.concatenate([prob[:, -1:], prob, prob[:, :1]], 1)
    padded = np.pad(padded, ((0, 0), (0, 0), (1, 1)), constant_values=-1)
    top = prob
    for i in range(3):
        for j in range(3):
            top = np.maximum(top, padded[:, i:i + grid.rows, j:j + grid.columns])
    iou = 1 / (1 + np.exp(-output[K + BOX.index("iou")]))
    score = prob ** (1 - iou_power) * iou ** iou_power
    k, row, column = np.nonzero((prob == top) & (score > threshold))
    value = np.round(score[k, row, column], 4)
    order = np.lexsort((column, row, -value))[:limit]
    k, row, column, value = k[order], row[order], column[order], value[order]
    code = output[K:K + len(BOX), row, column]
    box = grid.decode(code, output[-1, row, column], k, row, column)
    radius = np.array([1.6, 0.35, 0.6])
    keep = []
    for i in range(len(k)):
        if all(k[i] != k[j] or np.hypot(*(box[i, :2] - box[j, :2])) > radius[k[i]] for j in keep):
            keep.append(i)
    return box[keep], k[keep], value[keep]
