"""Candidates of a first stage on disk -> tensors, matched with the truth, and what training does to them."""

import os

import numpy as np
import torch

from grids import MIN_POINTS
from refinenet import AT, POINTS
from targets import Frames

NEAR = np.array([2.5, 1.0, 1.5])  # a candidate so near an object of its class is meant to become it


class Set:
    """The shards of one folder. Boxes' centres stand over the ground."""

    def __init__(self, root):
        frames = Frames(root)
        self.options, self.name = frames.options(), os.path.basename(os.path.normpath(root))
        self.points, self.box, self.index, self.truth, offset = [], [], [], [], 0
        for name in frames.shards:
            load = lambda what, mode=None: np.load(os.path.join(root, name, what + ".npy"), mmap_mode=mode)
            try:
                self.points.append(load("candidate_points")[:, :POINTS])  # in the order of their hash
            except FileNotFoundError as e:
                raise SystemExit(f"{e.filename} is missing; write the frames with --candidates")
            self.box.append(load("candidate_boxes"))
            index = load("candidates")
            first = int(frames.shards[name]["index"]["frame"][0])
            index["frame"] += offset - first
            self.index.append(index)
            offset += len(frames.shards[name]["index"])
        self.truth = [frames.read(i)[2] for i in range(len(frames))]


class Candidates:
    def __init__(self, roots):
        self.sets = [Set(r) for r in roots]
        self.name = "+".join(s.name for s in self.sets)
        self.points = np.concatenate([p for s in self.sets for p in s.points])
        self.box = np.concatenate([b for s in self.sets for b in s.box])
        offset, frame = 0, []
        for s in self.sets:
            frame += [i["frame"] + offset for i in s.index]
            offset += len(s.truth)
        index = np.concatenate([i for s in self.sets for i in s.index])
        self.frame, self.frames = np.concatenate(frame), offset
        self.kind, self.score = index["kind"].astype(int), index["score"].astype(np.float64)
        self.world = index["box"].astype(np.float64)
        self.truth = [t for s in self.sets for t in s.truth]
        self.match()

    def match(self):
        """`object`: 1 near an object of its class with enough points, 0 elsewhere, -1 near one with few."""
        n = len(self.frame)
        self.object, self.matched = np.zeros(n), np.zeros((n, 7))
        begin = np.searchsorted(self.frame, np.arange(self.frames + 1))
        for f, truth in enumerate(self.truth):
            for i in range(begin[f], begin[f + 1]):
                same = np.flatnonzero(truth.label == self.kind[i])
                if not len(same):
                    continue
                d = np.hypot(*(truth.box[same, :2] - self.world[i, :2]).T)
                j = same[np.argmin(d)]
                if d.min() <= NEAR[self.kind[i]]:
                    self.object[i] = 1 if truth.points[j] >= MIN_POINTS else -1
                    self.matched[i] = truth.box[j]
        sure = self.object > 0
        # a third of each batch is about objects; most candidates of a dense street are nothing
        self.weight = np.where(sure, 1.0, 0.35)
        self.cumulative = np.cumsum(self.weight) / self.weight.sum()

    def __len__(self):
        return len(self.frame)

    def picks(self, count, random):
        return np.minimum(np.searchsorted(self.cumulative, random.random(count)), len(self) - 1)

    def rows(self, at):
        tensor = lambda x: torch.from_numpy(np.ascontiguousarray(x[at])).float()
        return {"points": tensor(self.points), "box": tensor(self.box), "world": tensor(self.world),
                "truth": tensor(self.matched), "object": tensor(self.object)}


def targets_of(part):
    """What the network should answer."""
    world, truth = part["world"], part["truth"]
    c, s = torch.cos(world[:, 6]), torch.sin(world[:, 6])
    dx, dy = truth[:, 0] - world[:, 0], truth[:, 1] - world[:, 1]
    positive = (part["object"] > 0).float()
    size = torch.log(truth[:, 3:6].clamp(min=0.05) / world[:, 3:6]).clamp(-1, 1)
    turn = truth[:, 6] - world[:, 6]
    folded = torch.atan2(torch.sin(2 * turn), torch.cos(2 * turn)) / 2
    change = torch.stack([c * dx + s * dy, c * dy - s * dx, truth[:, 2] - world[:, 2], *size.T, folded], 1)
    return {"object": part["object"], "positive": positive, "change": change * positive[:, None],
            "way": (torch.cos(turn) > 0).float()}


def jittered(part, seed):
    """The same objects from candidates that are off by other amounts: moved, turned, larger, mirrored,
    the other way round, over a ground that is a little off, with fewer and smeared points, with other
    scores."""
    r = torch.Generator().manual_seed(seed + 1)
    n = len(part["box"])
    normal = lambda *shape: torch.randn(*shape, generator=r)
    chance = lambda p: torch.rand(n, generator=r) < p
    points, box, world, truth = (part[k].clone() for k in ("points", "box", "world", "truth"))
    moves = chance(0.7).float()
    person = box[:, 1]
    du, dv = normal(2, n) * moves * (0.15 - 0.07 * person)
    dz, lift = normal(2, n) * moves * 0.04
    turn = normal(n) * moves * 0.06
    scale = torch.exp(normal(n, 3) * moves[:, None] * 0.05)
    c, s = torch.cos(world[:, 6]), torch.sin(world[:, 6])
    world[:, 0] += c * du - s * dv
    world[:, 1] += s * du + c * dv
    # the ground: points and truth rise together, the candidate does not
    world[:, 2] += dz
    truth[:, 2] += lift
    world[:, 6] += turn
    world[:, 3:6] *= scale
    u, v = points[..., 0] - du[:, None], points[..., 1] - dv[:, None]
    ct, st = torch.cos(turn)[:, None], torch.sin(turn)[:, None]
    points[..., 0], points[..., 1] = ct * u + st * v, ct * v - st * u
    points[..., 2] += (lift - dz)[:, None]
    points[..., 3] += lift[:, None]
    box[:, 3:6] *= scale
    box[:, AT["centre"]] += dz
    view = torch.atan2(box[:, AT["sin_view"]], box[:, AT["cos_view"]]) + 2 * turn
    box[:, AT["cos_view"]], box[:, AT["sin_view"]] = torch.cos(view), torch.sin(view)
    for name, shift in (("back", -du), ("front", -du), ("right", -dv), ("left", -dv), ("top", lift)):
        box[:, AT[name]] += shift
    for name in ("own", "overlap"):
        p = box[:, AT[name]].clamp(1e-3, 1 - 1e-3)
        box[:, AT[name]] = torch.sigmoid(torch.log(p / (1 - p)) + 0.3 * normal(n))
    mirror = chance(0.5)
    sign = torch.where(mirror, -1.0, 1.0)
    points[..., 1] *= sign[:, None]
    box[:, AT["sin_view"]] *= sign
    right, left = box[:, AT["right"]].clone(), box[:, AT["left"]].clone()
    box[:, AT["right"]] = torch.where(mirror, -left, right)
    box[:, AT["left"]] = torch.where(mirror, -right, left)
    for rows in (world, truth):
        rows[:, 1] *= sign
        rows[:, 6] *= sign
    back = chance(0.5)
    sign = torch.where(back, -1.0, 1.0)
    points[..., :2] *= sign[:, None, None]
    world[:, 6] += torch.where(back, np.pi, 0.0)
    for a, b in (("back", "front"), ("right", "left")):
        low, high = box[:, AT[a]].clone(), box[:, AT[b]].clone()
        box[:, AT[a]] = torch.where(back, -high, low)
        box[:, AT[b]] = torch.where(back, -low, high)
    # returns between a thin thing and what is behind it: off along the line of sight (known but for its sign)
    sight = -torch.atan2(box[:, AT["sin_view"]], box[:, AT["cos_view"]]) / 2
    share = 0.25 * torch.rand(n, generator=r) * chance(0.35).float()
    smeared = torch.rand(points.shape[:2], generator=r) < share[:, None]
    off = -0.25 * torch.log(torch.rand(points.shape[:2], generator=r).clamp(min=1e-3)) * smeared
    off = off * torch.where(chance(0.5), 1.0, -1.0)[:, None]
    points[..., 0] += off * torch.cos(sight)[:, None]
    points[..., 1] += off * torch.sin(sight)[:, None]
    lost = torch.rand(n, generator=r) * 0.5 * chance(0.3).float()
    points = points * (torch.rand(points.shape[:2], generator=r) >= lost[:, None]).float().unsqueeze(2)
    for name in ("about", "within"):
        box[:, AT[name]] = torch.round(box[:, AT[name]] * (1 - lost))
    return {"points": points, "box": box, "world": world, "truth": truth, "object": part["object"]}
