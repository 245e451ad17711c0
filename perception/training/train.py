"""Trains PolarNet: frames with canvases in, checkpoints, curves, scores and an ONNX bundle out.

    azimuth sim frames train --count 2432 --seed 200 --stride 12 --canvas nano --drop --decoys 0.7
    azimuth sim frames val   --count 128  --seed 180 --stride 12 --canvas nano
    azimuth sim frames val_d --count 128  --seed 182 --stride 12 --canvas nano --decoys 0.7
    python3 train.py --frames train --val val --calibrate val --calibrate val_d --out run --steps 12000

Fine-tuning on a labelled drive, four of five frames from it (its weights start from --init, a bundle or a run's best.pt):

    azimuth frames DRIVE own --sweeps 0:62
    python3 train.py --frames own=.8 --frames train=.2 --init BUNDLE --out tuned --lr 3e-4 --steps 1000

The same command resumes from the last checkpoint. One thread a process: two OpenMP threads on two
shared cores are slower than one.
"""

import argparse
import json
import os
import time

import numpy as np
import torch

import averages
import targets
from equivariance import Equivariance
from grids import grid_of
from losses import losses
from pillarnet import PILLARS, PillarNet
from polarnet import K, PROFILES, PolarNet
from restored import first_stage
from scores import evaluate

ALL = {**PROFILES, PILLARS.name: PILLARS}
NOTHING = {"step": 0, "seconds": 0.0}  # of training before this run
IOU_FROM = 0.3  # of the steps: before, there is little to be told about overlaps


def network(profile):
    return PillarNet(profile) if profile.square else PolarNet(profile)


class Trainer:
    def __init__(self, a, data=(), frames=None):
        self.a, self.profile, self.data = a, ALL[a.profile], list(data)
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.before = NOTHING
        torch.manual_seed(a.seed)
        self.grid = grid_of(self.profile)
        self.net = network(self.profile).to(self.device)
        self.ema = network(self.profile).to(self.device)
        if a.init:
            s = self.bundle(frames) if os.path.isdir(a.init) else self.load(a.init)
            self.net.load_state_dict(s["ema"])
            self.data = [d for d in s.get("data", []) if d not in self.data] + self.data
            self.before = {k: s[k] + s.get("before", NOTHING)[k] for k in NOTHING}
        self.ema.load_state_dict(self.net.state_dict())
        self.extra = Equivariance(self.profile).to(self.device) if a.equivariance or a.pretrain else None
        trained = list(self.net.parameters()) + (list(self.extra.parameters()) if self.extra else [])
        self.optimizer = torch.optim.AdamW(trained, lr=a.lr, weight_decay=0.01)
        self.step, self.curve, self.seconds, self.best = 0, [], 0.0, -1.0
        os.makedirs(a.out, exist_ok=True)
        self.file = os.path.join(a.out, "last.pt")
        if os.path.exists(self.file):
            self.resume()

    def load(self, file):
        s = torch.load(file, map_location=self.device)
        if s["profile"] != self.profile.name:
            raise SystemExit(f"{file} is of profile {s['profile']}, expected {self.profile.name}")
        return s

    def require(self, parts):
        for part in parts:
            if part.canvas != self.profile.name:
                raise SystemExit(f"{part.root} holds canvases of {part.canvas}, expected {self.profile.name}")

    def bundle(self, frames):
        self.require(frames.parts)
        random = np.random.default_rng(self.a.seed)
        x, _ = self.batch(frames, frames.picks(8, random), random)
        return first_stage(self.a.init, network(self.profile).to(self.device), x)

    def resume(self):
        s = self.load(self.file)
        self.net.load_state_dict(s["net"])
        self.ema.load_state_dict(s["ema"])
        if (s.get("equivariance") is None) != (self.extra is None):
            raise SystemExit(f"{self.file} was trained with other options of --equivariance and --pretrain")
        if self.extra:
            self.extra.load_state_dict(s["equivariance"])
        self.optimizer.load_state_dict(s["optimizer"])
        self.step, self.curve, self.seconds, self.best = s["step"], s["curve"], s["seconds"], s["best"]
        self.data = [d for d in s.get("data", []) if d not in self.data] + self.data
        self.before = s.get("before", NOTHING)
        print(f"resumed at step {self.step}", flush=True)

    def save(self, name="last.pt"):
        path = os.path.join(self.a.out, name)
        torch.save({
            "profile": self.profile.name, "net": self.net.state_dict(), "ema": self.ema.state_dict(),
            "equivariance": self.extra.state_dict() if self.extra else None,
            "optimizer": self.optimizer.state_dict(), "step": self.step, "curve": self.curve,
            "seconds": self.seconds, "best": self.best, "seed": self.a.seed,
            "steps": self.a.steps, "batch": self.a.batch, "data": self.data,
            "before": self.before}, path + ".part")
        os.replace(path + ".part", path)

    def batch(self, frames, picks, random):
        canvases, rows = [], []
        for i in picks:
            cell, channels, boxes = frames.read(i)
            cell, channels, boxes = targets.augmented(self.profile, cell, channels, boxes, random)
            canvases.append(targets.dense(self.profile, cell, channels))
            rows.append(self.grid.targets(boxes))
        tensors = [torch.from_numpy(np.stack(t)).to(self.device) for t in zip(*rows)]
        return torch.from_numpy(np.stack(canvases)).to(self.device), tensors

    def rate(self):
        warm = max(1, min(500, self.a.steps // 10))
        if self.step < warm:
            return self.a.lr * (self.step + 1) / warm
        share = (self.step - warm) / max(1, self.a.steps - warm)
        return self.a.lr * (0.01 + 0.99 * 0.5 * (1 + np.cos(np.pi * min(1, share))))

    def without_labels(self):
        """Contrast of one frame with itself scaled, moved or later (see equivariance.py)."""
        random = np.random.default_rng([self.a.seed, self.step, 1])
        self.ema.eval()
        source = self.unlabelled
        found = self.extra.loss(self.net, self.ema, source, int(source.picks(1, random)[0]), random)
        gain = self.a.equivariance if self.step >= self.a.pretrain else 1.0
        return {} if found is None else {"same": gain * found}

    def one(self, frames):
        """The losses of one more step. The step's frames and chances follow from seed and step alone,
        so a resumed run goes on as if it had not stopped (as long as the set of frames has not grown)."""
        random = np.random.default_rng([self.a.seed, self.step])
        self.net.train()
        for group in self.optimizer.param_groups:
            group["lr"] = float(self.rate())  # no numpy in a checkpoint: newer PyTorch loads plain values alone
        parts = {}
        if self.step >= self.a.pretrain:
            x, batch = self.batch(frames, frames.picks(self.a.batch, random), random)
            parts = losses(self.net(x), batch, self.grid, self.step >= IOU_FROM * self.a.steps)
        if self.extra and (self.a.equivariance or self.step < self.a.pretrain):
            parts |= self.without_labels()
        if not parts:  # a frame without places to compare
            self.step += 1
            return {}
        loss = sum(parts.values())
        self.optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 10)
        self.optimizer.step()
        self.step += 1
        averages.follow(self.ema, self.net, self.step)
        return {k: float(v.detach()) for k, v in parts.items()}

    def predict(self, frames, count):
        self.ema.eval()
        power = 0.3 if self.step > (IOU_FROM + 0.05) * self.a.steps else 0.0
        out = []
        for i in range(min(count, len(frames))):
            cell, channels, boxes = frames.read(i)
            x = torch.from_numpy(targets.dense(self.profile, cell, channels))[None].to(self.device)
            with torch.no_grad():
                y = self.ema(x)[0].cpu().numpy().astype(np.float64)
            y[:K] = 1 / (1 + np.exp(-y[:K]))
            out.append((*targets.peaks(self.grid, y, 0.05, power), boxes))
        return out

    def validate(self, frames, count):
        found = self.predict(frames, count)
        score = {"all": evaluate(found)}
        for rings in sorted({f[3].rings for f in found}):
            score[f"{rings} beams"] = evaluate([f for f in found if f[3].rings == rings])
        return score

    def run(self, frames, val, unlabelled=None):
        self.unlabelled = unlabelled or frames
        self.require([*frames.parts, *self.unlabelled.parts, *([val] if val else [])])
        a, mean, since = self.a, {}, 0
        saved = started = time.time()
        before = self.seconds
        while self.step < a.steps:
            parts = self.one(frames)
            since += 1
            for k, v in parts.items():
                mean[k] = mean.get(k, 0) + v
            if self.step % a.log == 0 or self.step == a.steps:
                self.seconds = before + time.time() - started
                row = {"step": self.step, "seconds": round(self.seconds), "cpu": round(time.process_time()),
                       "frames": len(frames), **{k: round(v / since, 4) for k, v in mean.items()}}
                mean, since = {}, 0
                if val is not None and (self.step % a.validate == 0 or self.step == a.steps):
                    score = self.validate(val, a.val_frames)
                    row["val"] = json.loads(json.dumps(score["all"]))
                    with open(os.path.join(a.out, "scores.json"), "w") as f:
                        json.dump({"step": self.step, "scores": score}, f, indent=1)
                    aps = [r["ap"] or 0 for r in score["all"].values()]
                    if np.mean(aps) > self.best:
                        self.best = float(np.mean(aps))
                        self.curve.append(row)
                        self.save("best.pt")
                        self.curve.pop()
                self.curve.append(row)
                print(json.dumps(row), flush=True)
                frames.refresh()
            if time.time() - saved > a.save_seconds:
                self.save()
                draw(self.curve, a.out)
                saved = time.time()
        self.save()
        draw(self.curve, a.out)


def draw(curve, out):
    import matplotlib
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    figure, (left, right) = plt.subplots(1, 2, figsize=(12, 4.5))
    for key in ("heat", "box", "way", "fg", "vote", "iou", "same"):
        at = [r for r in curve if key in r]
        left.semilogy([r["step"] for r in at], [r[key] for r in at], label=key)
    left.set(xlabel="step", title="training losses")
    scored = [r for r in curve if "val" in r]
    for name in scored[-1]["val"] if scored else ():
        right.plot([r["step"] for r in scored], [r["val"][name]["ap"] or 0 for r in scored], "o-", label=name)
    right.set(xlabel="step", title="validation AP (mean of .5, 1, 2, 4 m)", ylim=(0, 1))
    left.legend()
    if scored:
        right.legend()
    figure.tight_layout()
    figure.savefig(os.path.join(out, "curves.png"), dpi=80)
    plt.close(figure)


def arguments(words=None):
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--frames", action="append", metavar="FOLDER[=SHARE]",
                   help="training frames with canvases; several are mixed by their shares")
    p.add_argument("--val", help="folder of validation frames")
    p.add_argument("--calibrate", action="append", default=[], metavar="FOLDER",
                   help="held-out frames whose scores are to be probabilities, several alike (default --val)")
    p.add_argument("--out", help="folder of the run; resumed if it holds a checkpoint")
    p.add_argument("--profile", default="nano", choices=sorted(ALL))
    p.add_argument("--init", help="bundle or checkpoint whose weights are the first ones")
    p.add_argument("--sector-deg", type=float, nargs=2, metavar=("FROM", "TO"),
                   help="where recorded frames are labelled, if not where they say themselves")
    p.add_argument("--equivariance", type=float, default=0, metavar="WEIGHT",
                   help="of the contrast of places with themselves scaled, moved and later, e.g. .1")
    p.add_argument("--pretrain", type=int, default=0, metavar="STEPS", help="first steps, with that alone")
    p.add_argument("--unlabelled", action="append", metavar="FOLDER[=SHARE]",
                   help="frames for that; their labels are not used (default: those of --frames)")
    p.add_argument("--steps", type=int, default=20000)
    p.add_argument("--batch", type=int, default=2)
    p.add_argument("--lr", type=float, default=3e-3)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--log", type=int, default=50, help="steps between lines of the curve")
    p.add_argument("--validate", type=int, default=1000, help="steps between validations, a multiple of --log")
    p.add_argument("--val-frames", type=int, default=128)
    p.add_argument("--save-seconds", type=float, default=300)
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--smoke", action="store_true",
                   help="the whole loop within a minute, on --frames or on a few boxes made up here")
    a = p.parse_args(words)
    if not a.smoke and not (a.frames and a.out):
        p.error("--frames and --out are required")
    return a


def sector(a):
    return None if a.sector_deg is None else tuple(np.radians(a.sector_deg))


def main():
    a = arguments()
    torch.set_num_threads(a.threads)
    if a.smoke:
        from smoke import smoke
        smoke(a)
        return
    frames = targets.Mixture.parse(a.frames, sector(a))
    val = targets.Frames(a.val, sector(a)) if a.val else None
    unlabelled = targets.Mixture.parse(a.unlabelled) if a.unlabelled else None
    data = frames.options() + (unlabelled.options() if unlabelled else [])
    Trainer(a, data, frames).run(frames, val, unlabelled)
    if ALL[a.profile].square:
        return  # the baseline is not shipped
    from export import write_bundle
    golden = val if val is not None else frames.parts[0]
    best = os.path.join(a.out, "best.pt")
    checkpoint = best if os.path.exists(best) else os.path.join(a.out, "last.pt")
    held_out = [targets.Frames(f) for f in a.calibrate]
    print(json.dumps(write_bundle(checkpoint, golden, os.path.join(a.out, "bundle"), calibrate=held_out)),
          flush=True)


if __name__ == "__main__":
    main()
