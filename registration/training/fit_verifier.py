#!/usr/bin/env python3
"""Fits what UME-R tells right poses from wrong ones by, on tables of 'azimuth bench pairs'.

    fit_verifier.py SET_FOLDER ESTIMATES.csv [SET_FOLDER ESTIMATES.csv ...] > registration/src/main/resources/io/azimuth/registration/ume/verifier.csv

SET_FOLDER is the folder of 'azimuth sim pairs' that the table is of: its pairs.csv names the towns. The sets of the
shipped weights (azimuth sim pairs NAME --count N --seed S --profile P --family F --shard-size 20):

    fit-rot-A 80 9201 sim-rot A      fit-lo-A 80 9202 sim-lo A      fit-rot-B 60 9203 sim-rot B   fit-lo-B 60 9204 sim-lo B
    fit-10m-A 20 9205 sim-10m A      fit-10m-B 20 9206 sim-10m B    fit-apart-A 100 9207 sim-apart A
    fit-apart-B 80 9208 sim-apart B

and strangers: bench pairs fit-rot-A --foreign 80 --seed 9, fit-lo-B --foreign 60 --seed 9. No recorded pair took part.

1. Envelope: for each witness its mean over right poses as a function of the distance and the log overlap, and the
   spread about it (least squares, once more without what is off by 2.5 deviations).
2. Logistic regression on the deviations, clipped (WORST, BEST), and on four plain inputs; signs held to what physics
   asks for, a small ridge. Right is (1.5 degrees, 0.6 m).
Prints the operating points to stderr, held out by town (eight folds, four shuffles). Deterministic.
"""
import csv
import math
import sys

import numpy as np
from scipy.optimize import minimize

WITNESSES = ["log_overlap", "agreement", "loose", "ground", "places", "tight", "sharpness"]
PLAIN = ["log_overlap", "distance", "lead", "log_rival"]
SIGNS = [1] * len(WITNESSES) + [0, 0, 1, -1]
RIDGE = 0.003
WORST, BEST = np.array([-6, -6, -6, -6, -6, -1.5, -1.5]), 1  # fineness of fit is the sensor's too: it may not decide alone
MIN_OVERLAP, MAX_SIGMA_M, MIN_MARGIN = 0.05, 0.3, 0.03  # as UmeConfig and UmeRegistrar: refused whatever the weights say


def logit(p):
    return math.log(p / (1 - p))


def witnesses(e):
    both = lambda name: e[name + "_f"] + e[name + "_b"]
    tight = logit(0.5 * sum((e["tight_" + w] + 1) / (e["met_" + w] + 2) for w in "fb"))
    return [
        math.log(max(0.01, min(e["overlap_f"], e["overlap_b"]))),
        logit((both("met") + 3) / (both("met") + both("passed") + 4)),
        logit((both("loose_met") + 3) / (both("loose_met") + both("loose_passed") + 4)),
        logit((both("ground_tight") + 1) / (both("ground_met") + 2)) - tight,
        logit((both("places_met") + 1) / (both("places_met") + both("places_passed") + 2)),
        tight,
        -math.log(min(0.37, max(0.01, e["residual"])))]


def plain(e):
    lead = math.copysign(math.log1p(20 * abs(e["margin"])), e["margin"])
    return [math.log(max(0.01, min(e["overlap_f"], e["overlap_b"]))), min(3, e["distance"] / 50), lead, math.log(max(0.02, e["rival"]))]


def load(folder, table):
    with open(folder + "/pairs.csv") as f:
        towns = {r["target"]: (r["town"], r["negative"] == "1") for r in csv.DictReader(f)}
    out = []
    with open(table) as f:
        for row in csv.DictReader(f):
            town, negative = towns[row["target"]]
            e = {k: float(v) for k, v in (p.split("=") for p in row["evidence"].split(";"))} if "=" in row["evidence"] else {}
            deg, m = float(row["error_deg"]), float(row["error_m"])
            usable = bool(e) and e["overlap"] > 0 and min(e["overlap_f"], e["overlap_b"]) >= MIN_OVERLAP \
                and e["sigma_m"] <= MAX_SIGMA_M and e["margin"] >= MIN_MARGIN
            # nan (another town) compares false
            out.append(dict(set=table.split("/")[-1], town=town, negative=negative or math.isnan(deg), right=deg <= 1.5 and m <= 0.6,
                            usable=usable, w=witnesses(e) if usable else None, x=plain(e) if usable else None,
                            where=(row["target"], row["source"], row["error_deg"], row["error_m"])))
    return out


def bases(x):
    x = np.array(x)
    return np.column_stack([np.ones(len(x)), x[:, 1], x[:, 1] ** 2, x[:, 0]])


def envelope(pairs):
    right = [p for p in pairs if p["usable"] and p["right"]]
    values, base = np.array([p["w"] for p in right]), bases([p["x"] for p in right])
    out = []
    for i in range(len(WITNESSES)):
        a = base[:, :3] if i == 0 else base  # overlap is not explained by itself
        keep = np.ones(len(a), bool)
        for _ in range(2):
            c = np.linalg.lstsq(a[keep], values[keep, i], rcond=None)[0]
            off = values[:, i] - a @ c
            spread = math.sqrt(np.mean(off[keep] ** 2))
            keep = np.abs(off) < 2.5 * spread
        out.append([*c, 0, spread] if i == 0 else [*c, spread])
    return np.array(out)


def inputs(pairs, env):
    base = bases([p["x"] for p in pairs])
    z = (np.array([p["w"] for p in pairs]) - base @ env[:, :4].T) / env[:, 4]
    return np.hstack([np.clip(z, WORST, BEST), np.array([p["x"] for p in pairs])])


def fit(pairs):
    pairs = [p for p in pairs if p["usable"]]
    env = envelope(pairs)
    x, y = inputs(pairs, env), np.array([float(p["right"]) for p in pairs])
    mean, scale = x.mean(0), x.std(0) + 1e-9
    z = (x - mean) / scale
    n = z.shape[1]

    def loss(v):
        s = z @ v[:n] + v[n]
        g = (1 / (1 + np.exp(-s)) - y) / len(y)
        return (np.logaddexp(0, s) - y * s).mean() + 0.5 * RIDGE * (v[:n] ** 2).sum(), np.append(z.T @ g + RIDGE * v[:n], g.sum())

    bounds = [(0, None) if s > 0 else (None, 0) if s < 0 else (None, None) for s in SIGNS] + [(None, None)]
    v = minimize(loss, np.zeros(n + 1), jac=True, bounds=bounds, method="L-BFGS-B", options=dict(maxiter=2000)).x
    w = v[:n] / scale
    return env, w, v[n] - w @ mean


def odds(pairs, model):
    env, w, b = model
    usable = [p for p in pairs if p["usable"]]
    s = iter(inputs(usable, env) @ w + b) if usable else iter(())
    return np.array([next(s) if p["usable"] else -50.0 for p in pairs])


def held_out(pairs, seed):
    towns = sorted({p["town"] for p in pairs})
    fold = {t: i % 8 for i, t in enumerate(np.random.default_rng(seed).permutation(towns))}
    out = np.zeros(len(pairs))
    for k in range(8):
        model = fit([p for p in pairs if fold[p["town"]] != k])
        at = [i for i, p in enumerate(pairs) if fold[p["town"]] == k]
        out[at] = odds([pairs[i] for i in at], model)
    return out


def curve(pairs, s, title):
    right = np.array([p["right"] for p in pairs])
    kinds = {k: np.array([k in p["set"] and not p["negative"] for p in pairs]) for k in ("rot", "lo", "10m")}
    negative = np.array([p["negative"] for p in pairs])
    print(title, file=sys.stderr)
    for p in (0.5, 0.7, 0.8, 0.9, 0.92, 0.95, 0.98, 0.99):
        got = s >= logit(p)
        recall = " ".join(f"{k} {100 * (got & right)[m].sum() / m.sum():.1f}" for k, m in kinds.items() if m.any())
        print(f"  p >= {p}: recall {recall}; wrong {int((got & ~right & ~negative).sum())} of {int((~negative).sum())},"
              f" negatives {int((got & negative).sum())} of {int(negative.sum())}", file=sys.stderr)


def main(args):
    pairs = [p for folder, table in zip(args[::2], args[1::2]) for p in load(folder, table)]
    for seed in (1, 2, 3, 5):
        s = held_out(pairs, seed)
        curve(pairs, s, f"held out by town, shuffle {seed}")
    for i in sorted((i for i, p in enumerate(pairs) if not p["right"]), key=lambda i: -s[i])[:12]:
        print("wrong", round(float(1 / (1 + np.exp(-s[i]))), 3), pairs[i]["set"], *pairs[i]["where"], file=sys.stderr)
    env, w, b = fit(pairs)
    right = [p for p in pairs if p["usable"] and p["right"]]
    mean = np.array([p["x"] for p in right]).mean(0)
    tail = w[len(WITNESSES):]
    print(f"# {len(pairs)} pairs, {sum(p['right'] for p in pairs)} right. registration/training/fit_verifier.py "
          + " ".join(a.split("/")[-1] for a in args))
    print("# a witness: name, expected = constant + distance + its square + log overlap, deviation, weight; a plain input: name, mean, weight")
    print(f"bias,{b + tail @ mean:.6f}")
    for n, e, k in zip(WITNESSES, env, w):
        print(n + "," + ",".join(f"{v:.6f}" for v in (*e, k)))
    for n, m, k in zip(PLAIN, mean, tail):
        print(f"{n},{m:.6f},{k:.6f}")


if __name__ == "__main__":
    main(sys.argv[1:])
