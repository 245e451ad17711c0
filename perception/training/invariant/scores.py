"""Scores of runs on a test: as it lies, turned about the vertical (z), turned at random (SO3).

    python3 scores.py --run run1 --run run2 --modelnet FOLDER              # test_a, its own fixed rotations
    python3 scores.py --run run --test crops-a-64 --test crops-b-64

One JSON line a run and test: accuracy and class mean for each turn, accuracy of each prefix turned at
random, decisions that a random turn changes, heading errors where the network tells headings. Look at a test
once, when all choices are made. `--mean` adds the mean and the spread over the runs, and their vote.
"""

import argparse
import json
import os

import numpy as np
import torch

import crops
from networks import parameters, trained
from train import answers, class_mean, relative_heading


def network(run):
    state = torch.load(os.path.join(run, "last.pt"))
    return state, trained(state)


def percent(x):
    return round(100 * float(x), 2)


def headings(found, d, label, classes):
    known = np.isfinite(d)
    if not known.any():
        return {}
    found = torch.from_numpy(found)
    axis = np.arctan2(found[:, 1].numpy(), found[:, 0].numpy()) / 2
    from networks import front_logit
    whole = axis + np.where(front_logit(found).numpy() > 0, 0, np.pi)
    off = np.degrees(np.abs((axis - d + np.pi / 2) % np.pi - np.pi / 2))[known]
    front = (np.cos(whole - d) > 0)[known]
    return {"axisErrorDeg": [round(float(np.quantile(off, q)), 2) for q in (0.5, 0.9)],
            "front": percent(front.mean()),
            "frontByClass": {c: percent(front[label[known] == i].mean()) for i, c in enumerate(classes)
                             if (label[known] == i).any()}}


def score(state, net, test, cache, turns=("aligned", "z", "so3")):
    row, best, found = {}, {}, None
    for turn in turns:
        one = test if turn == "aligned" else crops.turned(test, turn)
        found = answers(net, crops.tensors(one, state["config"], cache))
        best[turn] = found[1].argmax(2)
        row[turn] = percent((best[turn][:, -1] == test.label).mean())
        if turn == turns[0]:
            row["classMean"] = percent(class_mean(best[turn][:, -1], test.label))
            row["perClass"] = {c: percent((best[turn][test.label == i, -1] == i).mean())
                               for i, c in enumerate(test.classes) if (test.label == i).any()}
            if found[2] is not None:
                row |= headings(found[2].numpy(), relative_heading(test), test.label, test.classes)
    row["prefixes"] = [percent((best[turns[-1]][:, m] == test.label).mean()) for m in range(4)]
    row["flips"] = int((best[turns[0]][:, -1] != best[turns[-1]][:, -1]).sum())
    return row, found[1][:, -1]


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--run", action="append", required=True)
    p.add_argument("--modelnet")
    p.add_argument("--test", action="append", default=[])
    p.add_argument("--cache")
    p.add_argument("--mean", action="store_true")
    p.add_argument("--turns", default="aligned,z,so3", help="of these, in this order; the first is the reference")
    a = p.parse_args()
    torch.set_num_threads(1)
    turns = a.turns.split(",")
    cache = a.cache or os.path.join(os.path.dirname(os.path.abspath(a.run[0])), "cache")
    tests = [("test_a", crops.modelnet(a.modelnet, "test_a"))] if a.modelnet else []
    tests += [(os.path.basename(t.rstrip("/")), crops.read(t)) for t in a.test]
    for name, test in tests:
        rows, votes = [], 0
        for run in a.run:
            state, net = network(run)
            row, logits = score(state, net, test, cache, turns)
            rows.append(row)
            votes = votes + torch.softmax(torch.from_numpy(logits), 1).numpy()
            print(json.dumps({"run": os.path.basename(run.rstrip("/")), "test": name, "parameters": parameters(net),
                              "cpuMinutes": round(state["cpu"] / 60, 1), "steps": state["step"], **row}), flush=True)
        if a.mean:
            print(json.dumps({"test": name, "runs": len(rows), **{
                k: [percent(np.mean([r[k] for r in rows]) / 100), percent(np.std([r[k] for r in rows]) / 100)]
                for k in (*turns, "classMean")},
                "vote": percent((votes.argmax(1) == test.label).mean())}))


if __name__ == "__main__":
    main()
