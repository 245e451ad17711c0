"""Trains the second stage of the polar detector: candidates of the first one in, a bundle out.

    azimuth sim frames train --count 1280 --seed 300 --stride 12 --canvas nano --candidates nano --drop --decoys 0.7
    azimuth sim frames val   --count 64   --seed 184 --stride 12 --canvas nano --candidates nano
    python3 refine.py --frames train --val val --out run --epochs 16 [--init BUNDLE --steps 11000]

Several --frames and --val are taken together. Resumes from the last checkpoint. One thread a process.
"""

import argparse
import json
import os
import time

import numpy as np
import torch

import averages
from candidates import Candidates, jittered, targets_of
from polarnet import CLASSES
from refine_graph import restore
from refinenet import AT, CODE, RefineNet, apply, held, losses
from scores import evaluate, overlap
from targets import Boxes

IOU_POWER = 0.3
NMS_RADIUS = np.array([1.6, 0.35, 0.6])
MOST_OVERLAP = 0.15


def refined(net, data, batch=512):
    """Boxes over the ground and scores of all candidates."""
    net.eval()
    box, answer = [], []
    with torch.no_grad():
        for i in range(0, len(data), batch):
            part = data.rows(np.arange(i, min(i + batch, len(data))))
            y = net(part["points"], part["box"])
            box.append(apply(part["world"].double(), y.double()).numpy())
            answer.append(torch.sigmoid(y[:, :2]).double().numpy())
    answer = np.concatenate(answer)
    score = answer[:, 0] ** (1 - IOU_POWER) * answer[:, 1] ** IOU_POWER
    return np.concatenate(box), np.round(score, 4)


def distinct(box, kind, score):
    """Which boxes stay: as PolarPeaks.distinct."""
    order = np.argsort(-score, kind="stable")
    keep = []
    for i in order:
        d = np.hypot(box[keep, 0] - box[i, 0], box[keep, 1] - box[i, 1])
        if np.any((kind[keep] == kind[i]) & (d <= NMS_RADIUS[kind[i]])):
            continue
        near = [j for j, far in zip(keep, d) if far < 0.5 * (np.hypot(*box[i, 3:5]) + np.hypot(*box[j, 3:5]))]
        if near and overlap(box[near], np.repeat(box[i:i + 1], len(near), 0)).max() > MOST_OVERLAP:
            continue
        keep.append(i)
    return np.array(keep, int)


def frames_of(data, box, score, least=0.03):
    out = []
    for f in range(data.frames):
        rows = np.flatnonzero((data.frame == f) & (score >= least))
        keep = rows[distinct(box[rows], data.kind[rows], score[rows])]
        out.append((box[keep], data.kind[keep], score[keep], data.truth[f]))
    return out


def volumes(found, limit=0.7, range_m=40, points=20):
    """AP by overlap in bird's-eye view and in volume, of vehicles with `points` or more up to `range_m`."""
    result = []
    for solid in (False, True):
        values, hits, count = [], [], 0
        for box, kind, score, truth in found:
            gt = truth.box[truth.label == 0]
            ignored = (np.hypot(gt[:, 0], gt[:, 1]) > range_m) | (truth.points[truth.label == 0] < points)
            mine = np.flatnonzero(kind == 0)
            mine = mine[np.argsort(-score[mine], kind="stable")]
            free = np.ones(len(gt), bool)
            count += int((~ignored).sum())
            for i in mine:
                if len(gt):
                    iou = overlap(gt, np.repeat(box[i:i + 1], len(gt), 0))
                    if solid:
                        top = np.minimum(gt[:, 2] + gt[:, 5] / 2, box[i, 2] + box[i, 5] / 2)
                        low = np.maximum(gt[:, 2] - gt[:, 5] / 2, box[i, 2] - box[i, 5] / 2)
                        area = iou / (1 + iou) * (gt[:, 3] * gt[:, 4] + box[i, 3] * box[i, 4])
                        both = area * np.clip(top - low, 0, None)
                        iou = both / (np.prod(gt[:, 3:6], 1) + np.prod(box[i, 3:6]) - both)
                    iou = np.where(free, iou, 0)
                    j = int(np.argmax(iou))
                    if iou[j] >= limit:
                        free[j] = False
                        if not ignored[j]:
                            values.append(score[i])
                            hits.append(1)
                        continue
                if np.hypot(*box[i, :2]) <= range_m:
                    values.append(score[i])
                    hits.append(0)
        order = np.argsort(-np.array(values), kind="stable")
        true = np.cumsum(np.array(hits)[order])
        precision = true / np.arange(1, len(order) + 1)
        precision = np.maximum.accumulate(precision[::-1])[::-1]
        recall = true / max(count, 1)
        at = np.arange(1, 41) / 40
        where = np.searchsorted(recall, at)
        result.append(float(np.mean(np.where(where < len(recall), precision[np.minimum(where, len(recall) - 1)], 0))))
    return result


def scored(found):
    row = {k: round(float(v["ap"] or 0), 4) for k, v in evaluate(found).items()}
    row["bev.7"], row["3d.7"] = (round(float(v), 4) for v in volumes(found))
    return row


def changes_lead_to_the_truth(data):
    """What training asks for, applied, is the truth: however a candidate was moved, turned, mirrored."""
    on = np.flatnonzero(data.object > 0)
    for seed in range(5):
        part = jittered(data.rows(on), seed)
        target = targets_of(part)
        y = torch.zeros(len(on), len(CODE))
        y[:, 2:9], y[:, 9] = target["change"], target["way"] * 2 - 1
        found, right = apply(part["world"].double(), y.double()), part["truth"].double()
        far = (found[:, :3] - right[:, :3]).abs().max().item()
        turn = (torch.cos(found[:, 6] - right[:, 6]) - 1).abs().max().item()
        inside = (target["change"][:, 3:6].abs() < 1).all(1)
        size = (found[inside, 3:6] / right[inside, 3:6] - 1).abs().max().item()
        if max(far, size) > 1e-3 or turn > 1e-5:
            raise SystemExit(f"FAILED: changes lead {far:g} m, {turn:g} and {size:g} off the truth")


class Run:
    def __init__(self, a, data, val):
        self.a, self.data, self.val = a, data, val
        torch.manual_seed(a.seed)
        self.net, self.ema = RefineNet(), RefineNet()
        self.ema.load_state_dict(self.net.state_dict())
        self.steps = a.steps or a.epochs * len(data) // a.batch
        self.sources = [d.options for d in data.sets]
        self.optimizer = torch.optim.AdamW(self.net.parameters(), lr=a.lr, weight_decay=0.01)
        self.step, self.curve, self.cpu, self.best = 0, [], 0.0, -1.0
        os.makedirs(a.out, exist_ok=True)
        self.file = os.path.join(a.out, "last.pt")
        if os.path.exists(self.file):
            s = torch.load(self.file)
            for name in ("net", "ema", "optimizer"):
                getattr(self, name).load_state_dict(s[name])
            self.step, self.curve, self.cpu, self.best = s["step"], s["curve"], s["cpu"], s["best"]
            for name, none in (("init", ""), ("teacher", ""), ("taught", list(CLASSES)), ("way_alone", False)):
                begun = s.get(name, none)
                if getattr(a, name) not in (none, begun):
                    raise SystemExit(f"--{name} {getattr(a, name)}: {self.file} was begun with '{begun}'")
                setattr(a, name, begun)
            self.sources += [o for o in s["data"] if o not in self.sources]
            print(f"resumed at step {self.step}", flush=True)
        elif a.init:
            restore(self.net, a.init, self.some())
            self.ema.load_state_dict(self.net.state_dict())
        self.teacher = restore(RefineNet(), a.teacher, self.some()) if a.teacher else None

    def some(self):
        return self.data.rows(self.data.picks(2048, np.random.default_rng(self.a.seed)))

    def save(self, name):
        path = os.path.join(self.a.out, name)
        torch.save({"net": self.net.state_dict(), "ema": self.ema.state_dict(), "step": self.step,
                    "optimizer": self.optimizer.state_dict(), "curve": self.curve, "cpu": self.cpu,
                    "best": self.best, "seed": self.a.seed, "batch": self.a.batch,
                    "data": self.sources, "init": self.a.init, "teacher": self.a.teacher,
                    "taught": self.a.taught, "way_alone": self.a.way_alone}, path + ".part")
        os.replace(path + ".part", path)

    def one(self):
        random = np.random.default_rng([self.a.seed, self.step])
        torch.manual_seed(self.a.seed * 1_000_003 + self.step)
        warm = max(1, min(200, self.steps // 10))
        share = self.step / self.steps
        rate = self.a.lr * min(1, (self.step + 1) / warm) * (0.01 + 0.99 * 0.5 * (1 + np.cos(np.pi * share)))
        for group in self.optimizer.param_groups:
            group["lr"] = float(rate)
        part = jittered(self.data.rows(self.data.picks(self.a.batch, random)), self.step)
        target = targets_of(part)
        answer = None
        if self.teacher:
            with torch.no_grad():
                taught = part["box"][:, [AT[name] for name in self.a.taught]].sum(1) > 0
                answer = self.teacher(part["points"], part["box"])
                target["object"] = torch.where(taught, torch.sigmoid(answer[:, 0]), target["object"])
        self.net.train()
        y = self.net(part["points"], part["box"])
        on = np.flatnonzero(target["positive"].numpy())
        target["overlap"] = torch.zeros(len(y))
        if len(on):
            mine = apply(part["world"][on].double(), y.detach()[on].double()).numpy()
            theirs = part["truth"][on].double().numpy()
            bev = overlap(mine, theirs)
            low = np.maximum(mine[:, 2] - mine[:, 5] / 2, theirs[:, 2] - theirs[:, 5] / 2)
            top = np.minimum(mine[:, 2] + mine[:, 5] / 2, theirs[:, 2] + theirs[:, 5] / 2)
            union = np.maximum(mine[:, 2] + mine[:, 5] / 2, theirs[:, 2] + theirs[:, 5] / 2) - np.minimum(
                mine[:, 2] - mine[:, 5] / 2, theirs[:, 2] - theirs[:, 5] / 2)
            solid = bev * np.clip(top - low, 0, None) / union
            target["overlap"][on] = torch.from_numpy((bev + solid) / 2).float()
        parts = losses(y, target) | (held(y, answer) if self.a.way_alone else {})
        loss = sum(parts.values())
        self.optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 5)
        self.optimizer.step()
        self.step += 1
        averages.follow(self.ema, self.net, self.step)
        return {k: float(v.detach()) for k, v in parts.items()}

    def validate(self):
        out = {}
        for d in self.val:
            out[d.name] = scored(frames_of(d, *refined(self.ema, d)))
        return out

    def go(self):
        before, begun, mean, since = self.cpu, time.process_time(), {}, 0
        saved = time.time()
        for d in self.val:
            print(d.name, "first stage", json.dumps(scored(frames_of(d, d.world, d.score))), flush=True)
        last = min(self.steps, self.a.until or self.steps)
        while self.step < last:
            for k, v in self.one().items():
                mean[k] = mean.get(k, 0) + v
            self.cpu = before + time.process_time() - begun
            since += 1
            if self.step % self.a.log == 0 or self.step == last:
                row = {"step": self.step, "cpu": round(self.cpu), **{k: round(v / since, 4) for k, v in mean.items()}}
                mean, since = {}, 0
                if self.step % self.a.validate == 0 or self.step == last:
                    row["val"] = self.validate()
                    value = float(np.mean([list(v.values()) for v in row["val"].values()]))
                    self.curve.append(row)
                    if value > self.best:
                        self.best = value
                        self.save("best.pt")
                else:
                    self.curve.append(row)
                print(json.dumps(row), flush=True)
            if time.time() - saved > 120:
                self.save("last.pt")
                saved = time.time()
        self.save("last.pt")


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--frames", action="append", required=True, metavar="FOLDER")
    p.add_argument("--val", action="append", default=[], metavar="FOLDER")
    p.add_argument("--out", required=True)
    p.add_argument("--epochs", type=int, default=16)
    p.add_argument("--steps", type=int, default=0, help="of the whole schedule (default: as --epochs says)")
    p.add_argument("--init", default="", metavar="BUNDLE", help="start from this second stage (default: from chance)")
    p.add_argument("--teacher", default="", metavar="BUNDLE",
                   help="learn from this second stage which candidates are objects, and from the truth where they are")
    p.add_argument("--taught", nargs="+", choices=CLASSES, default=list(CLASSES), metavar="CLASS",
                   help="classes that the teacher judges; of the others the truth says which are objects (default: all)")
    p.add_argument("--way-alone", action="store_true",
                   help="learn from the truth which way round objects stand, and nothing else; all else stays as --teacher says")
    p.add_argument("--until", type=int, default=0, help="stop at this step of --epochs, the rate still high (default: at their end)")
    p.add_argument("--batch", type=int, default=256)
    p.add_argument("--lr", type=float, default=2e-3)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--log", type=int, default=200, help="steps between lines of the curve")
    p.add_argument("--validate", type=int, default=3000, help="steps between validations, a multiple of --log")
    p.add_argument("--smoke", action="store_true", help="fail unless checks hold and losses fall by a tenth")
    a = p.parse_args()
    if a.way_alone and not a.teacher:
        p.error("--way-alone needs --teacher")
    return a


def main():
    a = arguments()
    torch.set_num_threads(1)
    data = Candidates(a.frames)
    run = Run(a, data, [Candidates([v]) for v in a.val])
    if a.smoke:
        changes_lead_to_the_truth(data)
    run.go()
    if a.smoke:
        first, last = (sum(r[k] for k in ("object", "box", "overlap")) for r in (run.curve[0], run.curve[-1]))
        if not last < 0.9 * first:
            raise SystemExit(f"FAILED: loss went from {first:.3f} to {last:.3f}")
        print(f"smoke passed: loss {first:.3f} -> {last:.3f} in {run.step} steps, {run.cpu:.0f} CPU s", flush=True)


if __name__ == "__main__":
    main()
