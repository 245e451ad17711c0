"""Trains one crop encoder: crops in, tensors by the engine, checkpoint, scores and an ONNX bundle out.

    azimuth sim crops train --count 16000 --seed 1001 --family A --beams mixed --jitter
    azimuth sim crops val   --count 2000  --seed 2002 --family A --beams mixed --jitter
    python3 train.py --crops train --val val --encoder ri-edge --group yaw --heading --copies 2 \\
        --weight-decay 3e-3 --dropout 0.2 --cpu-minutes 10 --out run \\
        --bundle ri-edge-sim

    python3 train.py --modelnet FOLDER --encoder ri-edge --group so3 --neighbours 20 --cpu-minutes 8 --out run \\
        --bundle ri-edge-modelnet10

Needs the built program (`mvn package`): the features are the engine's own. The budget is CPU time of the
training steps alone, one thread, so that options compare; --steps instead makes a run that repeats bit by
bit. The same command resumes. Scores of the tests: `scores.py`.
"""

import argparse
import json
import os
import time

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[name] = "1"  # before numpy: spinning threads would be counted

import numpy as np
import torch
import torch.nn.functional as F

import crops
from networks import Encoder, front_logit, parameters

DECAY = 0.998
SMOOTHING = 0.05
HEADING_GAIN = 0.5


class Copies:
    """The training set in several augmented copies; a batch draws classes evenly, then a copy."""

    def __init__(self, sets, label, heading, seed):
        self.sets, self.label, self.heading, self.seed = sets, label, heading, seed
        self.by_class = [np.flatnonzero(label == c) for c in range(label.max() + 1)]
        self.by_class = [c for c in self.by_class if len(c)]

    def batch(self, names, step, size):
        random = np.random.default_rng([self.seed, step])
        classes = random.permutation(np.arange(size) % len(self.by_class))
        at = np.array([random.choice(self.by_class[c]) for c in classes])
        copy = random.integers(len(self.sets), size=size)
        x = [torch.from_numpy(np.stack([self.sets[c][n][i] for c, i in zip(copy, at)]).astype(np.float32))
             for n in names]
        return x, torch.from_numpy(self.label[at]), torch.from_numpy(self.heading[at]), random


def turn(x, kind, random):
    """Points of a batch turned by chance, for the baseline that needs it."""
    for i in range(len(x)):
        if kind == "z":
            a = random.uniform(0, 2 * np.pi)
            q = np.array([np.cos(a / 2), 0, 0, np.sin(a / 2)])
        else:
            q = random.normal(size=4)
            q /= np.linalg.norm(q)
        x[i] = x[i] @ torch.from_numpy(crops.matrix(q).T.astype(np.float32))
    return x


def relative_heading(crop_set):
    """Heading against the direction from the sensor to the crop, radians; NaN unknown."""
    out = np.full(len(crop_set), np.nan, np.float32)
    for i in np.flatnonzero(np.isfinite(crop_set.heading)):
        p = crop_set.cloud(i)
        way = (p.astype(np.float64).mean(0) if len(p) else np.zeros(3)) - crop_set.sensor[i]
        out[i] = (crop_set.heading[i] - np.arctan2(way[1], way[0]) + np.pi) % (2 * np.pi) - np.pi
    return out


def heading_loss(found, d):
    known = torch.isfinite(d)
    if not bool(known.any()):
        return found.sum() * 0
    found, d = found[known], d[known]
    axis = torch.stack([torch.cos(2 * d), torch.sin(2 * d)], 1)
    length = torch.sqrt((found[:, :2] ** 2).sum(1) + 1e-9)
    loss = (1 - (found[:, :2] * axis).sum(1) / length).mean() + ((found[:, :2] - axis) ** 2).sum(1).mean()
    named = torch.atan2(found[:, 1], found[:, 0]).detach() / 2
    front = (torch.cos(d - named) > 0).float()
    return loss + F.binary_cross_entropy_with_logits(front_logit(found), front)


def loss_of(net, x, label, d):
    _, logits, heading = net(*x)
    loss = sum(F.cross_entropy(l, label, label_smoothing=SMOOTHING) for l in logits) / len(logits)
    if heading is not None:
        loss = loss + HEADING_GAIN * heading_loss(heading, d)
    return loss + net.regulariser()


def answers(net, tensors, size=64):
    """Embeddings, logits of each prefix, headings (or None) of all crops."""
    net.eval()
    e, l, h = [], [], []
    with torch.no_grad():
        for i in range(0, len(tensors[net.tensors[0]]), size):
            one = net(*[torch.from_numpy(np.array(tensors[n][i:i + size], np.float32)) for n in net.tensors])
            e.append(one[0])
            l.append(torch.stack(one[1], 1))
            if one[2] is not None:
                h.append(one[2])
    return torch.cat(e).numpy(), torch.cat(l).numpy(), torch.cat(h) if h else None


def class_mean(found, label):
    return float(np.mean([(found[label == c] == c).mean() for c in np.unique(label)]))


def follow(ema, net, step):
    decay = min(DECAY, (1 + step) / (10 + step))
    with torch.no_grad():
        for e, p in zip(ema.state_dict().values(), net.state_dict().values()):
            if e.dtype.is_floating_point:
                e.mul_(decay).add_(p, alpha=1 - decay)
            else:
                e.copy_(p)


def train(a, config, data, val_set, val):
    shapes = {n: t.shape[1:] for n, t in val.items()}
    torch.manual_seed(a.seed)
    make = dict(option=a.encoder, shapes=shapes, classes=len(val_set.classes), heading=a.heading,
                dropout=a.dropout)
    net, ema = Encoder(**make), Encoder(**make)
    before = {"cpu": 0.0, "step": 0}
    if a.init:
        first = torch.load(os.path.join(a.init, "last.pt"))
        net.load_state_dict(first["ema"])
        before = {k: first[k] + first.get("before", before)[k] for k in before}
        data.source["name"] = "; ".join(dict.fromkeys([first["source"]["name"], data.source["name"]]))
    ema.load_state_dict(net.state_dict())
    optimizer = torch.optim.AdamW(net.parameters(), lr=a.lr, weight_decay=a.weight_decay)
    state = {"make": make, "config": config, "step": 0, "cpu": 0.0, "curve": [], "seed": a.seed, "turn": a.turn,
             "classes": val_set.classes, "source": data.source, "batch": a.batch, "copies": len(data.sets),
             "before": before}
    os.makedirs(a.out, exist_ok=True)
    file = os.path.join(a.out, "last.pt")
    if os.path.exists(file):
        state = torch.load(file)
        net.load_state_dict(state["net"])
        ema.load_state_dict(state["ema"])
        optimizer.load_state_dict(state["optimizer"])
    budget, logged, scored = 60 * a.cpu_minutes, [], state["cpu"]
    print(json.dumps({"parameters": parameters(net), "crops": len(data.label), "copies": len(data.sets)}), flush=True)
    while (state["step"] < a.steps) if a.steps else (state["cpu"] < budget):
        since = time.process_time()
        share = state["step"] / a.steps if a.steps else state["cpu"] / budget
        for group in optimizer.param_groups:
            group["lr"] = a.lr * min(1, (state["step"] + 1) / 50) * (1 - 0.98 * min(1, share))
        net.train()
        x, label, d, random = data.batch(net.tensors, state["step"], a.batch)
        if a.turn != "none":
            x[0] = turn(x[0], a.turn, random)
        loss = loss_of(net, x, label, d)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5)
        optimizer.step()
        state["step"] += 1
        follow(ema, net, state["step"])
        logged.append(float(loss.detach()))
        state["cpu"] += time.process_time() - since
        end = state["step"] >= a.steps if a.steps else state["cpu"] >= budget
        if state["cpu"] - scored > a.score_seconds or end:
            scored = state["cpu"]
            best = answers(ema, val)[1].argmax(2)
            row = {"step": state["step"], "cpu": round(state["cpu"]), "loss": round(float(np.mean(logged)), 4),
                   "val": [round(100 * class_mean(best[:, m], val_set.label), 2) for m in range(best.shape[1])]}
            state["curve"].append(row)
            logged = []
            print(json.dumps(row), flush=True)
            state |= {"net": net.state_dict(), "ema": ema.state_dict(), "optimizer": optimizer.state_dict()}
            torch.save(state, file + ".part")
            os.replace(file + ".part", file)
    return state


def load(a, config):
    """Training copies and the validation set with its tensors."""
    if a.modelnet:
        first, val = crops.modelnet(a.modelnet, "train"), crops.modelnet(a.modelnet, "val")
    else:
        first, val = (crops.together([crops.read(f) for f in folders]) for folders in (a.crops, a.val))
    kind = "objects" if a.modelnet else "sensor"
    sets = [crops.tensors(first, config, a.cache)]
    sets += [crops.tensors(crops.augmented(first, kind, c), config, a.cache) for c in range(1, a.copies)]
    data = Copies(sets, first.label, relative_heading(first), a.seed)
    data.source = first.source
    return data, val, crops.tensors(val, config, a.cache)


def arguments(words=None):
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = p.add_mutually_exclusive_group(required=True)
    what.add_argument("--crops", action="append", help="crop set to train on; may be given again")
    what.add_argument("--modelnet", help="folder of ModelNet10")
    p.add_argument("--val", action="append", help="crop set that is held out (ModelNet10 has its own)")
    p.add_argument("--encoder", required=True)
    p.add_argument("--group", default="so3")
    p.add_argument("--points", type=int, default=128)
    p.add_argument("--neighbours", type=int, default=10)
    p.add_argument("--scene-globals", action="store_true", help="ri-edge: tell it where the sensor is")
    p.add_argument("--turn", default="none", choices=["none", "z", "so3"],
                   help="turn the points of a batch by chance: for pointnet alone, the others are invariant")
    p.add_argument("--heading", action="store_true", help="learn headings against the line of sight too")
    p.add_argument("--copies", type=int, default=4, help="of the training set, all but the first augmented")
    p.add_argument("--init", help="run whose weights are the first ones")
    p.add_argument("--cpu-minutes", type=float, default=4)
    p.add_argument("--steps", type=int, default=0, help="instead of --cpu-minutes: repeats bit by bit")
    p.add_argument("--batch", type=int, default=32)
    p.add_argument("--lr", type=float, default=2e-3)
    p.add_argument("--weight-decay", type=float, default=1e-2)
    p.add_argument("--dropout", type=float, default=0.3)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--score-seconds", type=float, default=60)
    p.add_argument("--cache", help="folder of prepared tensors (default: cache beside --out)")
    p.add_argument("--out", required=True, help="folder of the run; resumed if it holds a checkpoint")
    p.add_argument("--bundle", help="name of the bundle to write into the run's folder")
    a = p.parse_args(words)
    if a.crops and not a.val:
        p.error("--crops needs --val")
    a.cache = a.cache or os.path.join(os.path.dirname(os.path.abspath(a.out)), "cache")
    return a


def configuration(a):
    """As the manifest's `preprocessing` says it. Objects are scaled and seen from nowhere."""
    objects = bool(a.modelnet)
    scene = {"globals": "scene"} if a.scene_globals else {}
    return {"encoder": a.encoder, "group": a.group, "points": a.points, "neighbours": a.neighbours,
            "viewpoint": not objects, "normalise": "unit-sphere" if objects else "none",
            "normals": "dense" if a.encoder in ("ri-edge", "ponita") else "kept", "neighbourRanks": "near",
            **scene, "featureVersion": 1}


def main():
    a = arguments()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    config = configuration(a)
    data, val_set, val = load(a, config)
    state = train(a, config, data, val_set, val)
    if a.bundle:
        from export import write_bundle
        out = os.path.join(a.out, a.bundle)
        print(json.dumps(write_bundle(state, data, val_set, val, out, a.bundle)), flush=True)


if __name__ == "__main__":
    main()
