#!/usr/bin/env python3
"""Fits the weights by which UME-R tells right poses from wrong ones, on tables of 'azimuth bench pairs'.

    fit_verifier.py ESTIMATES.csv... > registration/src/main/resources/io/azimuth/registration/ume/verifier.csv

The sets of the shipped weights, 40 pairs each ('azimuth sim pairs fit-rot-A --count 40 --seed 9101 --profile sim-rot
--family A --shard-size 20', and so on): fit-rot-A 9101, fit-lo-A 9102, fit-rot-B 9103, fit-lo-B 9104; negatives are the
first 76 of 'bench pairs fit-rot-B --foreign 80 --seed 9'. No recorded pair took part.

Logistic regression with signs held to what physics asks for and a small ridge; right is (1.5 degrees, 0.6 m). Prints
the operating points to stderr. Deterministic: fixed order, no random start.
"""
import csv
import math
import sys

import numpy as np

NAMES = ["log_margin", "log_score", "log_overlap", "free_space", "log_residual", "log_sigma_m", "log_sigma_deg", "log_votes"]
SIGNS = np.array([1, 1, 1, -1, -1, -1, -1, 1])
RIDGE = 0.02  # a pair's worth of doubt, by the number of pairs


def inputs(e):
    def log(v, least):
        return math.log(max(v, least))

    score = 0.5 * (e["ratio_f"] + e["overlap_f"] - e["free_f"] + e["ratio_b"] + e["overlap_b"] - e["free_b"])
    return [
        log(e["margin"], 0.005), log(score, 0.02), log(min(e["overlap_f"], e["overlap_b"]), 0.01),
        max(e["free_f"], e["free_b"]), log(e["residual"], 0.01), log(e["sigma_m"], 0.002),
        log(math.degrees(e["sigma_rad"]), 0.002), log(e["votes"], 0.002)]


def load(files):
    x, y, where = [], [], []
    for name in files:
        with open(name) as f:
            for row in csv.DictReader(f):
                if "=" not in row["evidence"]:
                    continue
                e = {k: float(v) for k, v in (p.split("=") for p in row["evidence"].split(";"))}
                if e["overlap"] == 0:
                    continue  # refused before a pose was found
                x.append(inputs(e))
                # nan (a negative) compares false
                y.append(float(float(row["error_deg"]) <= 1.5 and float(row["error_m"]) <= 0.6))
                where.append((name.split("/")[-1], row["target"], row["source"], row["error_deg"], row["error_m"]))
    return np.array(x), np.array(y), where


def fit(x, y):
    mean, scale = x.mean(0), x.std(0) + 1e-9
    z = (x - mean) / scale
    w, b = np.zeros(len(NAMES)), 0.0
    for _ in range(20000):  # projected gradient; the problem is convex and small
        p = 1 / (1 + np.exp(-(z @ w + b)))
        w -= 0.5 * (z.T @ (p - y) / len(y) + RIDGE * w)
        w = np.where(SIGNS * w > 0, w, 0)
        b -= 0.5 * np.mean(p - y)
    return mean, w / scale, b


def main(files):
    x, y, where = load(files)
    mean, w, b = fit(x, y)
    p = 1 / (1 + np.exp(-((x - mean) @ w + b)))
    err = sys.stderr
    for t in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95):
        got = p >= t
        print(f"p >= {t}: right accepted {int((got & (y > 0)).sum())} of {int(y.sum())}, wrong {int((got & (y == 0)).sum())} of {int((y == 0).sum())}", file=err)
    # five folds, every fifth pair: what the fit owes to having seen the pair
    q = np.zeros(len(y))
    for k in range(5):
        out = np.arange(len(y)) % 5 == k
        m, v, c = fit(x[~out], y[~out])
        q[out] = 1 / (1 + np.exp(-((x[out] - m) @ v + c)))
    for t in (0.5, 0.6, 0.7, 0.8, 0.9, 0.95):
        got = q >= t
        print(f"held out, p >= {t}: right accepted {int((got & (y > 0)).sum())} of {int(y.sum())}, wrong {int((got & (y == 0)).sum())}", file=err)
    for i in sorted(np.flatnonzero(y == 0), key=lambda i: -p[i])[:15]:
        print("wrong", round(p[i], 3), *where[i], file=err)
    for i in sorted(np.flatnonzero(y == 1), key=lambda i: p[i])[:25]:
        print("right", round(p[i], 3), *where[i], file=err)
    print(f"# Logistic regression: name,mean,weight. {len(y)} pairs, {int(y.sum())} right.")
    print("# registration/training/fit_verifier.py " + " ".join(f.split("/")[-1] for f in files))
    print("# tables by 'azimuth bench pairs'; sets by 'azimuth sim pairs', seeds in the script")
    print(f"bias,0,{b:.6f}")
    for n, m, v in zip(NAMES, mean, w):
        print(f"{n},{m:.6f},{v:.6f}")


if __name__ == "__main__":
    main(sys.argv[1:])
