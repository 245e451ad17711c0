"""Polar cells against square ones: nano and its baseline on the same points, steps and seeds.

    for c in nano cartesian; do
      azimuth sim frames sets/$c/train --count 2432 --seed 200 --stride 12 --canvas $c
      azimuth sim frames sets/$c/val --count 128 --seed 180 --stride 12 --canvas $c
      for s in 1 2 4; do
        azimuth sim frames sets/$c/test-beams-$s --count 64 --seed 190 --sensor hdl64 --canvas $c --ring-step $s
        azimuth sim frames sets/$c/test-columns-$s --count 64 --seed 190 --sensor hdl64 --canvas $c --column-step $s
      done
    done
    python3 compare.py sets --out compared --steps 12000 --seeds 1 2 3

Every folder beside `train` is a test set, `val` included. Each run is resumed and scored once more
if asked again; the last weights (their moving average) are scored, not the best, so that both
networks are judged after as many steps. Writes table.md and scores.json into --out.
"""

import argparse
import json
import os
import time

import numpy as np
import torch

import targets
from pillarnet import budget
from polarnet import CLASSES
from train import ALL, Trainer, arguments, network

NETS = {"nano": "nano", "cartesian": "cartesian"}  # folder of the sets: profile


def same_points(sets):
    """Both folders must be drawn from the same sweeps."""
    names = sorted(os.listdir(os.path.join(sets, "nano")))
    if "train" not in names or names != sorted(os.listdir(os.path.join(sets, "cartesian"))):
        raise SystemExit(f"{sets}: nano/ and cartesian/ must hold the same sets, train among them")
    for name in names:
        texts = []
        for net in NETS:
            with open(os.path.join(sets, net, name, "manifest.json")) as f:
                manifest = json.load(f)
            points = [s["files"]["points.npy"]["sha256"] if "points.npy" in s.get("files", {}) else s["points"]
                      for s in manifest["shards"]]
            texts.append((manifest["count"], points))
        if texts[0] != texts[1]:
            raise SystemExit(f"{sets}: {name} was not drawn from the same points for both")
    return [n for n in names if n != "train"]


def run(a, net, seed):
    words = ["--frames", os.path.join(a.sets, net, "train"), "--out", os.path.join(a.out, f"{net}-{seed}"),
             "--profile", NETS[net], "--steps", str(a.steps), "--batch", str(a.batch), "--lr", str(a.lr),
             "--seed", str(seed), "--log", str(max(1, min(50, a.steps))), "--threads", str(a.threads)]
    words = arguments(words)
    frames = targets.Mixture.parse(words.frames)
    trainer = Trainer(words, frames.options())
    done, began = trainer.step, time.process_time()
    trainer.run(frames, None)
    steps = trainer.step - done
    return trainer, (time.process_time() - began) / steps if steps else None


def score(trainer, a, net, names):
    file, out = os.path.join(trainer.a.out, "tests.json"), {}
    if os.path.exists(file):
        with open(file) as f:
            out = json.load(f)
        if out.get("step") != trainer.step:
            out = {}
    out["step"] = trainer.step
    for name in names:
        if name not in out:
            frames = targets.Frames(os.path.join(a.sets, net, name))
            out[name] = trainer.validate(frames, a.test_frames)["all"]
            with open(file, "w") as f:
                json.dump(out, f)
    return out


def table(rows, names, seeds):
    """Markdown: AP (mean of .5, 1, 2, 4 m), mean over seeds and half the spread."""
    text = ["| set | class | " + " | ".join(f"{n} AP (half spread)" for n in NETS) + " | nano - cartesian |",
            "|---|---|" + "---|" * (len(NETS) + 1)]
    for name in names:
        for c in CLASSES:
            cells, means = [], []
            for net in NETS:
                aps = [rows[net][s][name][c]["ap"] for s in seeds]
                aps = [v for v in aps if v is not None]
                means.append(np.mean(aps) if aps else np.nan)
                half = (max(aps) - min(aps)) / 2 if aps else np.nan
                cells.append(f"{means[-1]:.3f} ({half:.3f})")
            text.append(f"| {name} | {c} | " + " | ".join(cells) + f" | {means[0] - means[1]:+.3f} |")
    return "\n".join(text)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("sets", help="holds nano/ and cartesian/, each with train and test sets")
    p.add_argument("--out", required=True)
    p.add_argument("--steps", type=int, default=12000)
    p.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    p.add_argument("--batch", type=int, default=2)
    p.add_argument("--lr", type=float, default=3e-3)
    p.add_argument("--test-frames", type=int, default=1000, help="at most, of every set")
    p.add_argument("--threads", type=int, default=1)
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    names = same_points(a.sets)
    head, rows = [], {net: {} for net in NETS}
    for net, profile in NETS.items():
        weights, macs = budget(network(ALL[profile]))
        head.append(f"{net}: {weights} weights, {macs / 1e6:.0f} million multiplications a frame")
    print("\n".join(head), flush=True)
    for seed in a.seeds:  # so that a run cut short holds whole pairs
        for net in NETS:
            trainer, seconds = run(a, net, seed)
            rows[net][seed] = score(trainer, a, net, names)
            if seconds is not None:
                head.append(f"{net}, seed {seed}: {seconds:.3f} CPU s a step of {a.batch} frames")
                print(head[-1], flush=True)
        text = "\n".join(head) + f"\n\n{a.steps} steps, seeds so far: {sorted(rows['cartesian'])}\n\n"
        text += table(rows, names, sorted(rows["cartesian"]))
        with open(os.path.join(a.out, "table.md"), "w") as f:
            f.write(text + "\n")
        with open(os.path.join(a.out, "scores.json"), "w") as f:
            json.dump(rows, f, indent=1)
    print(text)


if __name__ == "__main__":
    main()
