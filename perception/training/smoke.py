"""The whole loop within a minute: checks of targets, frames, training, resuming, curves, export. `train.py --smoke`.

Without --frames it makes up a few boxes on a plane, in the files that the engine writes; they teach
nothing, but a network must fit them.
"""

import json
import os
import tempfile
import time

import numpy as np
import torch

import checks
import targets
from export import AGREE, write_bundle
from polarnet import PROFILES
from train import ALL, Trainer, arguments, sector

STEPS, FALL = 48, 0.3
BOXES = np.dtype([(n, "<i4") for n in ("frame", "track", "points", "class")] + [
    (n, "<f4") for n in ("x", "y", "z", "length", "width", "height", "yaw", "vx", "vy", "vz",
                         "occlusion", "distance")])
INDEX = np.dtype([("frame", "<i8"), ("box_begin", "<i8"), ("box_end", "<i8"), ("rings", "<i4")])


def scene(random):
    """Boxes (rows of BOXES) and points x, y, height of one frame."""
    count = 8
    box = np.zeros(count, BOXES)
    kind = random.integers(3, size=count)
    size = np.array([[4.3, 1.8, 1.5], [0.7, 0.65, 1.7], [1.75, 0.65, 1.7]])[kind]
    range_m, turn = random.uniform(5, 40, count), random.uniform(-np.pi, np.pi, count)
    box["x"], box["y"], box["z"] = range_m * np.cos(turn), range_m * np.sin(turn), size[:, 2] / 2
    box["length"], box["width"], box["height"] = size.T
    box["yaw"] = random.uniform(-np.pi, np.pi, count)
    box["class"] = np.array([1, 5, 6])[kind]
    box["track"] = np.arange(count)
    clouds = [np.stack([*random.uniform(-50, 50, (2, 4000)), random.normal(0, 0.02, 4000)], 1)]
    for b in box:
        n = int(min(400, 6000 / np.hypot(b["x"], b["y"])))
        u, v = random.uniform(-0.5, 0.5, (2, n))
        side = random.random(n) < 0.5
        u, v = np.where(side, np.sign(u) * 0.5, u) * b["length"], np.where(side, v, np.sign(v) * 0.5) * b["width"]
        c, s = np.cos(b["yaw"]), np.sin(b["yaw"])
        clouds.append(np.stack([b["x"] + c * u - s * v, b["y"] + s * u + c * v,
                                random.uniform(0.1, b["height"], n)], 1))
        b["points"] = n
    return box, np.concatenate(clouds)


def canvas(profile, points):
    """What PolarCanvas draws, slowly. Returns cells, channels."""
    x, y, z = points.T
    u = (np.hypot(x, y) - profile.min_range) / profile.range_step
    v = (np.arctan2(y, x) + np.pi) / (2 * np.pi) * profile.azimuth_bins
    keep = (u >= 0) & (u < profile.range_bins)
    u, v, z = u[keep], v[keep] % profile.azimuth_bins, z[keep]
    cell, of, n = np.unique(v.astype(int) * profile.range_bins + u.astype(int),
                            return_inverse=True, return_counts=True)
    mean = lambda what: np.bincount(of, what, len(cell)) / n
    out = np.zeros((len(cell), profile.channels), np.float32)
    level = np.searchsorted([0.15, 0.4, 0.7, 1.0, 1.4, 1.8, 2.5], z, side="right")
    for k in range(8):
        out[:, k] = np.log1p(np.bincount(of, level == k, len(cell))) / 2
    out[:, 8] = mean(z)
    out[:, 9] = np.sqrt(np.maximum(mean(z * z) - out[:, 8] ** 2, 0))
    out[:, 10], out[:, 11] = -np.inf, np.inf
    np.maximum.at(out[:, 10], of, z)
    np.minimum.at(out[:, 11], of, z)
    out[:, 12], out[:, 13], out[:, 14], out[:, 15] = 0.3, 1, mean(u % 1) - 0.5, mean(v % 1) - 0.5
    return cell, out


def make_up(root, profile, count=8, seed=1):
    random = np.random.default_rng(seed)
    folder = os.path.join(root, "shard-00000")
    os.makedirs(folder)
    hit, places, extra, boxes, index = [], [], [], [], []
    for frame in range(count):
        box, points = scene(random)
        cell, channels = canvas(profile, points)
        rows = np.zeros(len(cell), [("cell", "<i4"), ("channels", "<f2", (16,))])
        rows["cell"], rows["channels"] = cell, channels
        begin = sum(map(len, hit))
        places.append((begin, begin + len(rows)))
        index.append((frame, len(box) * frame, len(box) * (frame + 1), 64))
        hit.append(rows)
        boxes.append(box)
        extra += [(0.0, 0.5)] * len(box)
    arrays = {
        "canvas": np.concatenate(hit), "boxes": np.concatenate(boxes), "index": np.array(index, INDEX),
        "canvas_index": np.array(places, [("cell_begin", "<i8"), ("cell_end", "<i8")]),
        "canvas_boxes": np.array(extra, [("ground", "<f4"), ("share", "<f4")])}
    for name, array in arrays.items():
        np.save(os.path.join(folder, name + ".npy"), array)
    for file, what in (("options.json", {"kind": "frames", "family": "made up", "seed": seed,
                                         "canvas": profile.name}), ("shard-00000/shard.json", {})):
        with open(os.path.join(root, file), "w") as f:
            json.dump(what, f)


def differ(one, other, frames):
    x = torch.from_numpy(targets.dense(one.profile, *frames.read(0)[:2]))[None]
    with torch.no_grad():
        return (one.eval()(x) - other.eval().set_circular(True)(x)).abs().max().item()


def smoke(a):
    began, profile = time.process_time(), ALL[a.profile]
    if profile.name not in PROFILES:
        raise SystemExit(f"--smoke: profile is {profile.name}, expected one that is exported")
    checks.run()
    with tempfile.TemporaryDirectory() as scratch:
        folders = a.frames
        if not folders:
            folders = [os.path.join(scratch, "frames")]
            make_up(folders[0], profile)
        frames = targets.Mixture.parse(folders, sector(a))
        words = ["--smoke", "--out", os.path.join(scratch, "run"), "--profile", a.profile, "--steps", str(STEPS),
                 "--batch", "1", "--log", "4", "--validate", str(STEPS), "--val-frames", "2"]
        half = arguments(words)
        half.steps //= 2
        Trainer(half, frames.options()).run(frames, None)
        trainer = Trainer(arguments(words), frames.options())  # resumes
        trainer.run(frames, frames.parts[0])
        rows = [sum(r[k] for k in ("heat", "box", "way", "fg", "vote")) for r in trainer.curve]
        first, last = np.mean(rows[:2]), np.mean(rows[-3:])
        if len(rows) != STEPS // 4 or not last < (1 - FALL) * first:
            raise SystemExit(f"FAILED: loss went from {first:.3f} to {last:.3f} in {len(rows)} rows, "
                             f"expected a fall of {FALL:.0%} in {STEPS // 4}")
        # fails by itself unless both graphs agree within AGREE
        bundle = write_bundle(os.path.join(half.out, "last.pt"), frames.parts[0], os.path.join(half.out, "bundle"))
        words += ["--init", os.path.join(half.out, "bundle"), "--out", os.path.join(scratch, "again")]
        again = Trainer(arguments(words), frames.options(), frames)
        if not (off := differ(again.net, trainer.ema, frames)) <= AGREE:
            raise SystemExit(f"FAILED: a network of its bundle differs from that of its checkpoint by {off:g}")
        if not os.path.exists(os.path.join(half.out, "curves.png")):
            raise SystemExit("FAILED: no curves were drawn")
    print(f"smoke passed: loss {first:.3f} -> {last:.3f}, graphs differ by {bundle['validDiffers']:.1e} "
          f"(accepted {AGREE:g}), {time.process_time() - began:.0f} CPU s", flush=True)
