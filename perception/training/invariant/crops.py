"""Crop sets: reading, augmenting, and the tensors that `azimuth crops prepare` makes of them.

A crop set is a folder: `points.npy` float32 [total, 3], `offsets.npy` int64 [N + 1], `sensor.npy` float32
[N, 3], `label.npy`, `heading.npy` (radians about +z, NaN unknown), `classes.txt`. ModelNet10 is a folder
with `modelnet10_train.npy` and `.csv`, `modelnet10_test_a.npy` and `.csv`; its licence is academic, so
nothing of it goes further than the weights.

The program is found through the variable AZIMUTH (default: `deploy/azimuth` of this checkout).
"""

import csv
import dataclasses
import hashlib
import json
import os
import shlex
import shutil
import subprocess

import numpy as np

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", ".."))
MODELNET = ("bathtub", "bed", "chair", "desk", "dresser", "monitor", "night_stand", "sofa", "table", "toilet")
VAL_PER_CLASS = 40  # of ModelNet10's training set
SPLIT_SEED = 14
BEAM_RAD = np.radians(0.4)  # between beams of a 64-beam sensor
FARTHER = 0.4  # of the crops of a copy


@dataclasses.dataclass
class CropSet:
    points: np.ndarray
    offsets: np.ndarray
    sensor: np.ndarray
    label: np.ndarray
    heading: np.ndarray
    classes: tuple
    source: dict
    turns: np.ndarray = None  # [N, 4] quaternions w, x, y, z of a fixed test

    def __len__(self):
        return len(self.label)

    def cloud(self, i):
        return self.points[self.offsets[i]:self.offsets[i + 1]]

    def with_clouds(self, clouds, sensor=None):
        offsets = np.concatenate([[0], np.cumsum([len(c) for c in clouds])]).astype(np.int64)
        points = np.concatenate(clouds).astype(np.float32) if clouds else np.zeros((0, 3), np.float32)
        return dataclasses.replace(self, points=points, offsets=offsets,
                                   sensor=self.sensor if sensor is None else sensor)

    def part(self, at):
        one = dataclasses.replace(self, sensor=self.sensor[at], label=self.label[at], heading=self.heading[at],
                                  turns=None if self.turns is None else self.turns[at])
        return one.with_clouds([self.cloud(i) for i in at])

    def digest(self):
        h = hashlib.sha256()
        for a in (self.points, self.offsets, self.sensor):
            h.update(np.ascontiguousarray(a).tobytes())
        return h.hexdigest()


def read(folder):
    def load(name):
        return np.load(os.path.join(folder, name + ".npy"))
    with open(os.path.join(folder, "classes.txt")) as f:
        classes = tuple(f.read().split())
    options = os.path.join(folder, "options.json")
    about = json.load(open(options)) if os.path.exists(options) else {}
    kind = " --lone" if about.get("lone") else ""
    source = {"name": f"azimuth sim crops{kind}, family {about.get('family', '?')}, seed {about.get('seed', '?')}",
              "license": "Apache-2.0", "sha256": hashlib.sha256(
                  json.dumps(about, sort_keys=True).encode()).hexdigest(), "synthetic": True}
    n = len(load("label"))
    turns = random_turns(n, SPLIT_SEED)
    return CropSet(load("points"), load("offsets"), load("sensor"), load("label"), load("heading"), classes,
                   source, turns)


def together(sets):
    """Several sets of the same classes as one, in order."""
    if len(sets) == 1:
        return sets[0]
    if len({s.classes for s in sets}) > 1:
        raise SystemExit("crop sets of different classes cannot be trained on together")
    joined = {n: np.concatenate([getattr(s, n) for s in sets]) for n in ("sensor", "label", "heading", "turns")}
    digests = "".join(s.source["sha256"] for s in sets)
    source = {**sets[0].source, "name": "; ".join(s.source["name"] for s in sets),
              "sha256": hashlib.sha256(digests.encode()).hexdigest()}
    one = dataclasses.replace(sets[0], source=source, **joined)
    return one.with_clouds([s.cloud(i) for s in sets for i in range(len(s))])


def modelnet(folder, part):
    """`train`, `val` (the same number of each class, out of the official training set) or `test_a`."""
    file = "modelnet10_test_a" if part == "test_a" else "modelnet10_train"
    path = os.path.join(folder, file + ".npy")
    x = np.load(path).transpose(0, 2, 1).astype(np.float32) / 1000
    with open(os.path.join(folder, file + ".csv")) as f:
        table = list(csv.DictReader(f))
    label = np.array([int(r["label"]) for r in table])
    # sorted as they come, by the upright pose: an order-dependent network would read the pose from it
    random = np.random.default_rng(0)
    x = [v[random.permutation(len(v))] for v in x]
    turns = random_turns(len(x), SPLIT_SEED)
    if "qw" in table[0]:
        turns = np.array([[float(r[k]) for k in ("qw", "qx", "qy", "qz")] for r in table])
    with open(path, "rb") as f:
        sha = hashlib.sha256(f.read()).hexdigest()
    source = {"name": "ModelNet10, official training split, 1024 points an object",
              "license": "LicenseRef-ModelNet-academic", "sha256": sha, "synthetic": True}
    everything = CropSet(None, None, np.zeros((len(x), 3), np.float32), label,
                         np.full(len(x), np.nan, np.float32), MODELNET, source, turns).with_clouds(x)
    if part == "test_a":
        return everything
    order = np.random.default_rng(SPLIT_SEED).permutation(len(x))
    val = np.sort(np.concatenate([order[label[order] == c][:VAL_PER_CLASS] for c in range(len(MODELNET))]))
    return everything.part(val if part == "val" else np.setdiff1d(np.arange(len(x)), val))


def random_turns(n, seed):
    q = np.random.default_rng(seed).normal(size=(n, 4))
    return q / np.linalg.norm(q, axis=1, keepdims=True)


def matrix(q):
    w, x, y, z = q
    return np.array([[1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
                     [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
                     [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)]])


def turned(crops, group):
    """The scenes turned: `z` by fixed chance about the vertical, `so3` by the set's fixed rotations."""
    angle = np.random.default_rng(SPLIT_SEED + 1).uniform(0, 2 * np.pi, len(crops))
    clouds, sensor = [], np.zeros_like(crops.sensor)
    for i in range(len(crops)):
        r = matrix(crops.turns[i]) if group == "so3" else matrix(
            [np.cos(angle[i] / 2), 0, 0, np.sin(angle[i] / 2)])
        clouds.append(crops.cloud(i).astype(np.float64) @ r.T)
        sensor[i] = r @ crops.sensor[i]
    return crops.with_clouds(clouds, sensor)


def augmented(crops, kind, seed):
    """Another copy of the set. `objects`: stretched along the axes, jittered. `sensor`: some as from farther
    away, points missing, a part cut off, another length, width and height, beams that measure a little far or
    near, noise."""
    random = np.random.default_rng([seed, 77])
    if kind == "objects":
        return crops.with_clouds([_object(crops.cloud(i), random) for i in range(len(crops))])
    return crops.with_clouds([_seen(crops.cloud(i), crops.sensor[i], crops.heading[i], random)
                              for i in range(len(crops))])


def _object(p, random):
    p = p * random.uniform(0.85, 1.15, 3)
    return p + np.clip(random.normal(0, 0.008, p.shape), -0.03, 0.03)


def _seen(p, sensor, heading, random):
    if random.random() < FARTHER:
        p = _farther(p, sensor, random)
    n = len(p)
    if n > 8 and random.random() < 0.5:
        p = p[random.random(len(p)) >= random.uniform(0, 0.5)]
    if len(p) > 16 and random.random() < 0.25:
        way = random.normal(size=3) * [1, 1, 0.4]
        along = p @ way
        p = p[along <= np.quantile(along, random.uniform(0.5, 1))]
    if len(p) == 0:
        p = np.zeros((1, 3))
    return _beams_off(_stretched(p, heading, random), sensor, random) \
        + random.normal(0, random.uniform(0, 0.02), p.shape)


def _farther(p, sensor, random):
    """50 to 200 points of a well seen crop, as from far away: of every few beams one, points of it by chance."""
    most = int(np.exp(random.uniform(np.log(50), np.log(200))))
    if len(p) <= most:
        return p
    coarser = np.sqrt(len(p) / most)
    beam = _beam(p - sensor)
    rows = p[np.floor(beam / coarser) != np.floor((beam - 1) / coarser)]
    if random.random() < 0.5 and len(rows) >= most / 2:  # sensors of few beams have none to spare
        p = rows
    return p if len(p) <= most else p[np.sort(random.choice(len(p), most, replace=False))]


def _beam(ray):
    """Which beam of a 64-beam sensor would have measured it, by elevation."""
    distance = np.maximum(np.linalg.norm(ray, axis=1), 1e-6)
    return np.floor(np.arcsin(ray[:, 2] / distance) / BEAM_RAD).astype(int)


def _stretched(p, heading, random):
    """Along the heading, or any way where there is none, across it and upwards."""
    a = heading if np.isfinite(heading) else random.uniform(0, 2 * np.pi)
    c, s = np.cos(a), np.sin(a)
    axes = np.array([[c, s, 0], [-s, c, 0], [0, 0, 1]])
    middle = p.mean(0)
    return middle + ((p - middle) @ axes.T * random.uniform(0.93, 1.07, 3)) @ axes


def _beams_off(p, sensor, random):
    """Each beam, told by its elevation, measures far or near by a constant, as recorded ones do."""
    ray = p - sensor
    distance = np.maximum(np.linalg.norm(ray, axis=1), 1e-6)
    beam = _beam(ray)
    off = random.normal(0, random.uniform(0, 0.03), 1 + beam.max() - beam.min())
    return p + ray * (off[beam - beam.min()] / distance)[:, None]


def write(crops, folder):
    os.makedirs(folder, exist_ok=True)
    for name in ("points", "offsets", "sensor", "label", "heading"):
        np.save(os.path.join(folder, name + ".npy"), getattr(crops, name))
    np.save(os.path.join(folder, "group.npy"), np.zeros(len(crops), np.int64))
    with open(os.path.join(folder, "classes.txt"), "w") as f:
        f.write("\n".join(crops.classes) + "\n")
    with open(os.path.join(folder, "crops.csv"), "w") as f:
        f.write("index,label,range_m,points,beams,family,track\n")
        for i, label in enumerate(crops.label):
            f.write(f"{i},{label},0,{crops.offsets[i + 1] - crops.offsets[i]},0,,{i}\n")


def tensors(crops, config, cache, half=True):
    """The tensors of a set by name, memory-mapped, made by the engine once and kept in `cache`."""
    key = hashlib.sha256(json.dumps([crops.digest(), config, half], sort_keys=True).encode()).hexdigest()[:20]
    out = os.path.join(cache, key)
    if not os.path.exists(out):
        scratch = out + f".{os.getpid()}"
        write(crops, scratch + ".set")
        command = shlex.split(os.environ.get("AZIMUTH", os.path.join(ROOT, "deploy", "azimuth")))
        words = [*command, "crops", "prepare", scratch + ".set", *options(config), "--out", scratch]
        subprocess.run(words + (["--half"] if half else []), check=True, stdout=subprocess.DEVNULL)
        shutil.rmtree(scratch + ".set")
        os.replace(scratch, out)
    return {n[:-4]: np.load(os.path.join(out, n), mmap_mode="r") for n in sorted(os.listdir(out))
            if n.endswith(".npy")}


def options(config):
    """The words of `azimuth crops prepare` for a manifest's `preprocessing`."""
    words = ["--encoder", config["encoder"], "--group", config["group"], "--points", str(config["points"]),
             "--neighbours", str(config["neighbours"]), "--normalise", config["normalise"]]
    words += [] if config["viewpoint"] else ["--no-viewpoint"]
    words += ["--dense-normals"] if config["normals"] == "dense" else []
    words += ["--scene-globals"] if config.get("globals") == "scene" else []
    return words + (["--wide-neighbours"] if config["neighbourRanks"] == "wide" else [])
