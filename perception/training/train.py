"""Trains PolarNet: frames with canvases in, checkpoints, curves, scores and an ONNX bundle out.

    azimuth sim frames train --count 2432 --seed 200 --stride 12 --canvas nano
    azimuth sim frames val   --count 128  --seed 180 --stride 12 --canvas nano
    python3 train.py --frames train --val val --out run --profile nano --steps 20000

The same command resumes from the last checkpoint. One thread a process: two OpenMP threads on two
shared cores are slower than one.
"""

import argparse
import json
import os
import time

import numpy as np
import torch
import torch.nn.functional as F

import targets
from polarnet import BOX, K, PROFILES, PolarNet
from scores import evaluate, overlap

IOU_FROM = 0.3  # of the steps: before, there is little to be told about overlaps


def losses(net_out, batch, grid, with_iou):
    """Section 7 of the study: focal heat map, box code, direction, foreground, votes, overlap."""
    heat, weight, code, g, fg, vote = batch
    n_box = len(BOX)
    logit, box, votes = net_out[:, :K], net_out[:, K:K + n_box], net_out[:, K + n_box:]
    p = torch.sigmoid(logit).clamp(1e-5, 1 - 1e-5)
    top = (heat == 1).float()
    focal = -(top * (1 - p) ** 2 * torch.log(p)
              + (1 - top) * (1 - heat) ** 4 * p ** 2 * torch.log(1 - p)) * weight
    parts = {"heat": focal.sum() / top.sum().clamp(min=1)}
    total = g.sum().clamp(min=1)
    diff = F.smooth_l1_loss(box[:, :8], code[:, :8], reduction="none", beta=0.3)
    gains = torch.tensor([1, 1, 1, 1, 1, 1, 2, 2.0], device=box.device)[None, :, None, None]
    parts["box"] = 2 * (diff * gains * g[:, None]).sum() / total / 4
    turn = code[:, 8]
    cos, sin = torch.cos(turn), torch.sin(turn)
    way = (F.binary_cross_entropy_with_logits(box[:, 8], (cos > 0).float(), reduction="none") * cos.abs()
           + F.binary_cross_entropy_with_logits(votes[:, 3], (sin > 0).float(), reduction="none") * sin.abs())
    parts["way"] = 0.2 * (way * g).sum() / total
    five = torch.tensor(5.0, device=box.device)
    parts["fg"] = F.binary_cross_entropy_with_logits(votes[:, 0], fg, pos_weight=five)
    shift = F.smooth_l1_loss(votes[:, 1:3], vote, reduction="none", beta=0.5).sum(1)
    parts["vote"] = 0.5 * (shift * fg).sum() / fg.sum().clamp(min=1)
    if with_iou:
        at = g > targets.POSITIVE
        frame, row, column = [i.cpu().numpy() for i in torch.nonzero(at, as_tuple=True)]
        if len(frame):
            b, r, c = frame, row, column
            found = box.detach().cpu().numpy()[b, :, r, c].T
            true = code.cpu().numpy()[b, :, r, c].T.astype(np.float64)
            label = heat.cpu().numpy()[b, :, r, c].argmax(1)
            across = votes.detach().cpu().numpy()[b, 3, r, c]
            right = np.concatenate([true[:8], np.cos(true[8:]), np.zeros_like(true[8:])])
            iou = overlap(grid.decode(found, across, label, r, c),
                          grid.decode(right, np.sin(true[8]), label, r, c))
            wanted = torch.as_tensor(iou, dtype=torch.float32, device=box.device)
            bce = F.binary_cross_entropy_with_logits(box[:, 9][at], wanted, reduction="none")
            parts["iou"] = (bce * g[at]).sum() / total
    return parts


class Trainer:
    def __init__(self, a):
        self.a, self.profile = a, PROFILES[a.profile]
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        torch.manual_seed(a.seed)
        self.grid = targets.Grid(self.profile)
        self.net = PolarNet(self.profile).to(self.device)
        self.ema = PolarNet(self.profile).to(self.device)
        self.ema.load_state_dict(self.net.state_dict())
        self.optimizer = torch.optim.AdamW(self.net.parameters(), lr=a.lr, weight_decay=0.01)
        self.step, self.curve, self.seconds, self.best = 0, [], 0.0, -1.0
        os.makedirs(a.out, exist_ok=True)
        self.file = os.path.join(a.out, "last.pt")
        if os.path.exists(self.file):
            self.resume()

    def resume(self):
        s = torch.load(self.file, map_location=self.device)
        if s["profile"] != self.profile.name:
            raise SystemExit(f"{self.file} is of profile {s['profile']}, expected {self.profile.name}")
        self.net.load_state_dict(s["net"])
        self.ema.load_state_dict(s["ema"])
        self.optimizer.load_state_dict(s["optimizer"])
        self.step, self.curve, self.seconds, self.best = s["step"], s["curve"], s["seconds"], s["best"]
        print(f"resumed at step {self.step}", flush=True)

    def save(self, name="last.pt"):
        path = os.path.join(self.a.out, name)
        torch.save({
            "profile": self.profile.name, "net": self.net.state_dict(), "ema": self.ema.state_dict(),
            "optimizer": self.optimizer.state_dict(), "step": self.step, "curve": self.curve,
            "seconds": self.seconds, "best": self.best, "seed": self.a.seed,
            "steps": self.a.steps, "batch": self.a.batch}, path + ".part")
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

    def one(self, frames):
        """The step's frames and chances follow from seed and step alone, so a resumed run goes on
        as if it had not stopped (as long as the set of frames has not grown)."""
        random = np.random.default_rng([self.a.seed, self.step])
        self.net.train()
        x, batch = self.batch(frames, random.integers(len(frames), size=self.a.batch), random)
        for group in self.optimizer.param_groups:
            group["lr"] = self.rate()
        parts = losses(self.net(x), batch, self.grid, self.step >= IOU_FROM * self.a.steps)
        loss = sum(parts.values())
        self.optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 10)
        self.optimizer.step()
        self.step += 1
        decay = min(0.999, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            for e, p in zip(self.ema.state_dict().values(), self.net.state_dict().values()):
                if e.dtype.is_floating_point:
                    e.mul_(decay).add_(p, alpha=1 - decay)
                else:
                    e.copy_(p)
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

    def run(self, frames, val):
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
                    row["val"] = {k: score["all"][k] for k in score["all"]}
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
    for key in ("heat", "box", "way", "fg", "vote", "iou"):
        at = [r for r in curve if key in r]
        left.semilogy([r["step"] for r in at], [r[key] for r in at], label=key)
    left.set(xlabel="step", title="training losses")
    scored = [r for r in curve if "val" in r]
    for name in scored[-1]["val"] if scored else ():
        right.plot([r["step"] for r in scored], [r["val"][name]["ap"] or 0 for r in scored], "o-", label=name)
    right.set(xlabel="step", title="validation AP (mean of .5, 1, 2, 4 m)", ylim=(0, 1))
    left.legend()
    right.legend()
    figure.tight_layout()
    figure.savefig(os.path.join(out, "curves.png"), dpi=80)
    plt.close(figure)


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--frames", help="folder of training frames with canvases")
    p.add_argument("--val", help="folder of validation frames")
    p.add_argument("--out", required=True, help="folder of the run; resumed if it holds a checkpoint")
    p.add_argument("--profile", default="nano", choices=sorted(PROFILES))
    p.add_argument("--steps", type=int, default=20000)
    p.add_argument("--batch", type=int, default=2)
    p.add_argument("--lr", type=float, default=3e-3)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--log", type=int, default=50, help="steps between lines of the curve")
    p.add_argument("--validate", type=int, default=1000, help="steps between validations, a multiple of --log")
    p.add_argument("--val-frames", type=int, default=128)
    p.add_argument("--save-seconds", type=float, default=300)
    p.add_argument("--threads", type=int, default=1)
    return p.parse_args()


def main():
    a = arguments()
    torch.set_num_threads(a.threads)
    frames = targets.Frames(a.frames)
    val = targets.Frames(a.val) if a.val else None
    Trainer(a).run(frames, val)
    from export import write_bundle
    golden = val if val is not None else frames
    best = os.path.join(a.out, "best.pt")
    checkpoint = best if os.path.exists(best) else os.path.join(a.out, "last.pt")
    print(json.dumps(write_bundle(checkpoint, golden, os.path.join(a.out, "bundle"))), flush=True)


if __name__ == "__main__":
    main()
