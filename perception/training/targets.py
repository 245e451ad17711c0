"""Frames on disk -> canvas tensors, with what training does to them.

Canvases come from the engine itself (`azimuth sim frames --canvas nano`, `azimuth frames DRIVE`),
as lists of the cells that were hit.
"""

import json
import os
from dataclasses import dataclass, field

import numpy as np

from grids import MEAN_SIZE, POSITIVE, grid_of  # noqa: F401  MEAN_SIZE, POSITIVE: for others
from polarnet import BOX, K

# UNKNOWN, CAR, VAN, TRUCK, BUS, PEDESTRIAN, CYCLIST of the engine
CLASS_OF = np.array([-1, 0, 0, 0, 0, 1, 2])
SWEEP_SECONDS = 0.1
ALL_ROUND = (-np.pi, np.pi)


@dataclass
class Boxes:
    """Rows: x, y, height of the centre over the ground, length, width, height, yaw. A label of -1
    is an object that is neither to be found nor to be missed. `sector`: azimuths between which the
    boxes are complete."""

    box: np.ndarray
    label: np.ndarray
    points: np.ndarray
    rings: int = field(default=0)
    sector: tuple = field(default=ALL_ROUND)

    def turned(self, angle):
        out = self.box.copy()
        c, s = np.cos(angle), np.sin(angle)
        out[:, 0] = c * self.box[:, 0] - s * self.box[:, 1]
        out[:, 1] = s * self.box[:, 0] + c * self.box[:, 1]
        out[:, 6] += angle
        begin, end = self.sector
        return Boxes(out, self.label, self.points, self.rings, (begin + angle, end + angle))

    def mirrored(self):
        out = self.box.copy()
        out[:, 1] *= -1
        out[:, 6] *= -1
        begin, end = self.sector
        return Boxes(out, self.label, self.points, self.rings, (-end, -begin))


class Frames:
    """All finished shards of a folder, memory-mapped. `refresh` sees what has been added since.
    `sector`: azimuths (radians) between which a recorded drive is labelled, if its files are not to
    say."""

    def __init__(self, root, sector=None):
        self.root, self.shards, self.frames = root, {}, []
        options = self.options()
        self.seconds = options.get("periodSeconds", SWEEP_SECONDS)
        self.canvas = options.get("canvas")
        self.recorded = options.get("kind") == "drive-frames"
        self.sector = sector if self.recorded else None
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
        seen_as = shard["canvas_index"][row]
        hit = np.array(shard["canvas"][seen_as["cell_begin"]:seen_as["cell_end"]])
        index = shard["index"][row]
        part = slice(index["box_begin"], index["box_end"])
        truth, extra = np.array(shard["boxes"][part]), np.array(shard["canvas_boxes"][part])
        seen = (truth["points"] > 0) & ((CLASS_OF[truth["class"]] >= 0) | self.recorded)
        truth, extra = truth[seen], extra[seen]
        moved = (extra["share"] - 0.5) * self.seconds  # boxes stand where their points were measured
        box = np.stack([
            truth["x"] + truth["vx"] * moved, truth["y"] + truth["vy"] * moved,
            truth["z"] - extra["ground"],
            truth["length"], truth["width"], truth["height"], truth["yaw"]], 1).astype(np.float64)
        rings, sector = int(index["rings"]), ALL_ROUND
        if "ring_step" in seen_as.dtype.names:
            rings //= int(seen_as["ring_step"])
            sector = (float(seen_as["sector_from"]), float(seen_as["sector_to"]))
        boxes = Boxes(box, CLASS_OF[truth["class"]], truth["points"].copy(), rings, self.sector or sector)
        return hit["cell"].astype(np.int64), hit["channels"].astype(np.float32), boxes


    def motion(self, i):
        """Yaw and shift (in the frame's axes) of the sensor until the next frame, if that is the next
        sweep of the same recorded sensor; else None."""
        (name, row), after = self.frames[i], self.frames[i + 1:i + 2]
        here = self.shards[name]["index"][row]
        if not self.recorded or not after:
            return None
        there = self.shards[after[0][0]]["index"][after[0][1]]
        if there["sweep"] != here["sweep"] + 1 or not np.any(here["twist"]):
            return None
        return float(here["twist"][2]), np.array(here["twist"][3:5], float)


class Mixture:
    """Several folders of frames, drawn from by their shares; without shares, every frame alike."""

    def __init__(self, parts, shares=None):
        self.parts, self.shares = parts, shares
        kinds = {p.canvas for p in parts}
        if len(kinds) > 1:
            raise SystemExit(f"frames have canvases {sorted(map(str, kinds))}, expected one kind")

    @staticmethod
    def parse(texts, sector=None):
        """FOLDER or FOLDER=SHARE, each."""
        split = [t.rsplit("=", 1) if "=" in t else [t, None] for t in texts]
        given = [s for _, s in split if s is not None]
        if given and len(given) < len(split):
            raise SystemExit("--frames: give all folders a share, FOLDER=SHARE, or none")
        shares = [float(s) for s in given] if given else None
        if shares and (min(shares) < 0 or sum(shares) <= 0):
            raise SystemExit(f"--frames: shares are {shares}, expected 0 or more, not all 0")
        return Mixture([Frames(folder, sector) for folder, _ in split], shares)

    def refresh(self):
        return sum(p.refresh() for p in self.parts)

    def options(self):
        return [p.options() for p in self.parts]

    def __len__(self):
        return sum(len(p) for p in self.parts)

    def picks(self, count, random):
        if self.shares is None or len(self.parts) == 1:
            return random.integers(len(self), size=count)
        part = random.choice(len(self.parts), size=count, p=np.array(self.shares) / sum(self.shares))
        begin = np.cumsum([0] + [len(p) for p in self.parts])
        return [begin[k] + random.integers(len(self.parts[k])) for k in part]

    def part(self, i):
        """The folder of a frame, and its number there."""
        for p in self.parts:
            if i < len(p):
                return p, i
            i -= len(p)
        raise IndexError(i)

    def read(self, i):
        p, i = self.part(i)
        return p.read(i)


def dense(profile, cell, channels):
    out = np.zeros((profile.azimuth_bins * profile.range_bins, profile.channels), np.float32)
    out[cell] = channels
    return np.ascontiguousarray(out.T).reshape(
        profile.channels, profile.azimuth_bins, profile.range_bins)


def moved(profile, a, r, channels, boxes, random):
    """Mirror, and the turns that move cells onto cells without the network's knowing: by less than
    its stride (polar), by right angles (square). Rows, columns, channels, boxes."""
    rows = profile.azimuth_bins
    mirror = random.random() < 0.5
    if mirror:
        channels[:, 15] *= -1
        boxes = boxes.mirrored()
    if not profile.square:
        turn = int(random.integers(16))
        a = ((rows - 1 - a if mirror else a) + turn) % rows
        return a, r, channels, boxes.turned(turn * 2 * np.pi / rows)
    r = rows - 1 - r if mirror else r
    quarters = int(random.integers(4))
    for _ in range(quarters):
        a, r = rows - 1 - r, a
        channels[:, [14, 15]] = np.stack([-channels[:, 15], channels[:, 14]], 1)
    return a, r, channels, boxes.turned(quarters * np.pi / 2)


def azimuth(profile, a, r):
    """Of cells' centres."""
    if not profile.square:
        return (a + 0.5) * 2 * np.pi / profile.azimuth_bins - np.pi
    half = profile.azimuth_bins / 2
    return np.arctan2(r + 0.5 - half, a + 0.5 - half)


def augmented(profile, cell, channels, boxes, random):
    """Moves, intensities and grounds one cannot rely on, blind sectors, thinner and denser sensors.
    Beams and points cannot be taken out of a canvas: `azimuth sim frames --drop` does that."""
    a, r, channels, boxes = moved(
        profile, cell // profile.range_bins, cell % profile.range_bins, channels, boxes, random)
    gain = 0.0 if random.random() < 0.2 else random.uniform(0.5, 1.5)
    channels[:, 12] = np.minimum(channels[:, 12] * gain, 1)
    lift = random.normal(0, 0.03)  # what the estimated ground may be off
    channels[:, [8, 10, 11]] += lift
    boxes.box[:, 2] += lift
    if random.random() < 0.25:  # a blind sector
        width = random.uniform(0.05, np.pi / 4)
        start = random.uniform(-np.pi, np.pi)
        keep = (azimuth(profile, a, r) - start) % (2 * np.pi) >= width
        a, r, channels = a[keep], r[keep], channels[keep]
        hidden = (np.arctan2(boxes.box[:, 1], boxes.box[:, 0]) - start) % (2 * np.pi) < width
        boxes.points = np.where(hidden, 0, boxes.points)
    if random.random() < 0.3:  # more or fewer points in every cell
        count = np.expm1(2 * channels[:, :8])
        scaled = np.maximum(count * random.uniform(0.5, 1.5), 1)
        channels[:, :8] = np.where(count > 0.5, np.log1p(scaled) / 2, 0)
    if random.random() < 0.3:  # cells not hit
        keep = random.random(len(a)) >= random.uniform(0, 0.3)
        a, r, channels = a[keep], r[keep], channels[keep]
    return a * profile.range_bins + r, channels, boxes


def peaks(grid, output, threshold=0.1, iou_power=0.3, limit=300):
    """Boxes, labels, scores of one exported tensor [C, rows, columns] (class probabilities first)."""
    prob = output[:K]
    beside = [prob[:, -1:], prob, prob[:, :1]] if grid.wraps else [prob]
    padded = np.concatenate(beside, 1)
    rows = 0 if grid.wraps else 1
    padded = np.pad(padded, ((0, 0), (rows, rows), (1, 1)), constant_values=-1)
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


Grid = grid_of
