"""Every option on the same crops, at the same budget, scored once: a table, one row an option.

    azimuth sim crops town --count 8000 --seed 1301 --family A --beams mixed --jitter
    azimuth sim crops lone --lone --count 8000 --seed 1302 --family A --beams mixed --jitter
    azimuth sim crops val  --lone --count 800  --seed 2302 --family A --beams mixed --jitter
    azimuth sim crops a-64 --lone --count 1200 --seed 4764 --family A --beams 64 --jitter       # and so on
    python3 options.py --crops town --crops lone --val val --test a-64 --test b-64 --cpu-minutes 1 --out runs

    python3 options.py --modelnet FOLDER --cpu-minutes 2 --out runs                             # test_a

A run that was broken off goes on with the same command; one that has been scored keeps its scores. --only
trains some of the rows. The first test is also scored turned at random, which shows who stands it.
"""

import argparse
import json
import os
import subprocess
import sys

import numpy as np
import torch

import crops
from networks import parameters
from scores import network, percent, score
from train import answers

POINTNET_TURN = ["--group", "none", "--turn", "z"]
ROWS = {  # words of train.py that differ
    "ri-edge-yaw": ["--encoder", "ri-edge", "--group", "yaw"],
    "ri-edge-so3": ["--encoder", "ri-edge"],
    "mds-canon-so3": ["--encoder", "mds-canon"],
    "frame-avg-so3": ["--encoder", "frame-avg"],
    "concentric-yaw": ["--encoder", "concentric", "--group", "yaw"],
    "learned-canon-so3": ["--encoder", "learned-canon"],
    "tetra-vn-so3": ["--encoder", "tetra-vn"],
    "ga-attn-so3": ["--encoder", "ga-attn", "--points", "48"],  # all pairs: a step of 128 costs seven times as much
    "egnn-so3": ["--encoder", "egnn"],
    "ponita-so3": ["--encoder", "ponita"],
    "pointnet": ["--encoder", "pointnet", *POINTNET_TURN],
    "frame-avg-yaw": ["--encoder", "frame-avg", "--group", "yaw"],
    "mds-canon-yaw": ["--encoder", "mds-canon", "--group", "yaw"],
}
OBJECTS = {  # and those of ModelNet10, where nothing tells which way is up but for concentric
    "ri-edge-so3": ["--neighbours", "20"], "mds-canon-so3": ["--points", "256"], "frame-avg-so3": [],
    "concentric-yaw": [], "learned-canon-so3": [], "tetra-vn-so3": [], "ga-attn-so3": [], "egnn-so3": [],
    "ponita-so3": [], "pointnet": ["--points", "256"]}
SENSOR = ["--weight-decay", "3e-3", "--dropout", "0.2"]


def words(a, name):
    """The command of one row."""
    here = os.path.dirname(os.path.abspath(__file__))
    data = ["--modelnet", a.modelnet, *OBJECTS[name]] if a.modelnet else SENSOR + [
        w for folder in a.crops for w in ("--crops", folder)] + [w for folder in a.val for w in ("--val", folder)]
    return [sys.executable, os.path.join(here, "train.py"), *ROWS[name], *data, "--copies", str(a.copies),
            "--cpu-minutes", str(a.cpu_minutes), "--cache", a.cache, "--out", os.path.join(a.out, name)]


def scored(a, name):
    """Trains a row if need be and scores it, once: {test: row of scores.py, or accuracy alone}."""
    file = os.path.join(a.out, name, "scores.json")
    if not os.path.exists(file):
        subprocess.run(words(a, name), check=True)
        state, net = network(os.path.join(a.out, name))
        out = {"parameters": parameters(net), "steps": state["step"], "cpuMinutes": round(state["cpu"] / 60, 1)}
        if a.modelnet:
            out["test_a"] = score(state, net, crops.modelnet(a.modelnet, "test_a"), a.cache)[0]
        else:
            tests = [(os.path.basename(t.rstrip("/")), crops.read(t)) for t in a.test]
            out[tests[0][0]] = score(state, net, tests[0][1], a.cache, ("aligned", "so3"))[0]
            out |= aligned(state, net, tests[1:], a.cache)
        with open(file + ".part", "w") as f:
            json.dump(out, f)
        os.replace(file + ".part", file)
    with open(file) as f:
        return json.load(f)


def aligned(state, net, tests, cache):
    """Accuracy of several tests as they lie; prepared as one set, for the program takes seconds to start."""
    if not tests:
        return {}
    one = crops.together([t for _, t in tests])
    right = answers(net, crops.tensors(one, state["config"], cache))[1][:, -1].argmax(1) == one.label
    parts = np.split(right, np.cumsum([len(t) for _, t in tests])[:-1])
    return {name: {"aligned": percent(p.mean())} for (name, _), p in zip(tests, parts)}


def line(name, row):
    tests = {k: v for k, v in row.items() if isinstance(v, dict)}
    first = next(iter(tests.values()))
    cells = [f"`{name}`", f"{row['parameters']:,}".replace(",", " "), str(row["steps"]), str(row["cpuMinutes"]),
             *[f"{t['aligned']:.1f}" for t in tests.values()], f"{first['classMean']:.1f}",
             *[f"{first[t]:.1f}" for t in ("z", "so3") if t in first], str(first["flips"])]
    return "| " + " | ".join(cells) + " |"


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = p.add_mutually_exclusive_group(required=True)
    what.add_argument("--crops", action="append", help="crop set to train on; may be given again")
    what.add_argument("--modelnet", help="folder of ModelNet10")
    p.add_argument("--val", action="append", default=[], help="crop set that is held out")
    p.add_argument("--test", action="append", default=[], help="crop set to be looked at once; the first turned too")
    p.add_argument("--only", action="append", choices=list(ROWS), help="rows to train; may be given again")
    p.add_argument("--cpu-minutes", type=float, default=2, help="of training steps alone, each row")
    p.add_argument("--copies", type=int, help="of the training set (default: 1, of ModelNet10 4)")
    p.add_argument("--cache", help="folder of prepared tensors (default: cache in --out)")
    p.add_argument("--out", required=True, help="folder of the runs")
    a = p.parse_args()
    if a.crops and not (a.val and a.test):
        p.error("--crops needs --val and --test")
    a.copies = a.copies or (4 if a.modelnet else 1)
    a.cache = a.cache or os.path.join(a.out, "cache")
    os.makedirs(a.cache, exist_ok=True)
    torch.set_num_threads(1)
    names = [n for n in (a.only or ROWS) if n in OBJECTS or not a.modelnet]
    done = [(n, scored(a, n)) for n in names]
    tests = [k for k, v in done[0][1].items() if isinstance(v, dict)] if done else []
    first = [f"{tests[0]} {t}" for t in (("z", "so3") if a.modelnet else ("so3",))] if tests else []
    heads = ["option", "parameters", "steps", "CPU min", *tests, "class mean", *first, "decisions turned"]
    print("| " + " | ".join(heads) + " |\n" + "|---" * len(heads) + "|")
    for name, row in done:
        print(line(name, row), flush=True)


if __name__ == "__main__":
    main()
