"""Fits the trees of the geometric detector (FittedTrees): scores of candidates, completion of vehicles.

    java -cp ... io.azimuth.perception.cluster.NodeStudy nodes.csv 101 140
    python perception/training/fitted_trees.py nodes.csv \
        perception/src/main/resources/io/azimuth/perception/cluster/fitted-trees.txt

Needs numpy and scikit-learn. A candidate is right as a class if it shares at least half of its
points with a road user of that class (points in both over points in either) and its box is at most
a metre off; those that share between a quarter and a half are left out. How far a completed vehicle
is off is judged by trees that have not seen its town. Candidates of every fifth town are kept back
from the scores, and how well they are told apart is printed.
"""

import argparse
import csv

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier, GradientBoostingRegressor
from sklearn.metrics import average_precision_score, log_loss, roc_auc_score

DEPTH = 4
SPLITS = 2**DEPTH - 1
CLASSES = {"car": "vehicle", "pedestrian": "person", "cyclist": "cyclist"}
EXTRA = ["hidden_left", "hidden_right", "near1_m", "near2_m"]  # of completion only; last in ShapeFeatures
PART_M = 3.4  # longer vehicles are completed by their edges: VehicleCompletion
SETTINGS = dict(max_depth=DEPTH, learning_rate=0.15, min_samples_leaf=50, subsample=0.6, random_state=1)


def read(path):
    """Names of the measures, and the columns of the table by name; measures as one array."""
    with open(path, newline="") as file:
        rows = csv.reader(file)
        head = next(rows)
        # the last line of a file that is still written is not whole
        rows = [row for row in rows if len(row) == len(head)]
    names = head[head.index("x") + 2 : head.index("low1")]
    table = {}
    for i, name in enumerate(head):
        column = [row[i] for row in rows]
        table[name] = np.array(column) if name == "group" else np.array([float(v or "nan") for v in column])
    return names, table, np.stack([table[n] for n in names], 1).astype(np.float32)


class Mirrored:
    """Shapes turned over so that both middles lie ahead: as ShapeFeatures sees them."""

    def __init__(self, t):
        self.middle1, self.middle2 = (t["low1"] + t["high1"]) / 2, (t["low2"] + t["high2"]) / 2
        self.sign1, self.sign2 = np.where(self.middle1 < 0, -1, 1), np.where(self.middle2 < 0, -1, 1)
        near1 = np.where(self.sign1 > 0, t["low1"], -t["high1"])
        near2 = np.where(self.sign2 > 0, t["low2"], -t["high2"])
        flip = self.sign1 != self.sign2
        left, right = np.where(flip, t["right"], t["left"]), np.where(flip, t["left"], t["right"])
        self.extra = np.stack([left, right, near1, near2], 1).astype(np.float32)
        self.beyond1 = self.sign1 * (t["truth1"] - self.middle1)
        self.beyond2 = self.sign2 * (t["truth2"] - self.middle2)
        turn = np.abs(np.mod(t["turn"] + np.pi / 2, np.pi) - np.pi / 2)
        self.long_is_length = turn < np.pi / 4


def regressor():
    return GradientBoostingRegressor(n_estimators=80, loss="huber", alpha=0.8, **SETTINGS)


def fit_completion(x, t, m):
    """Models of axis and centre, and how far each candidate is off when completed by them."""
    part = (t["group"] == "vehicle") & (t["overlap"] >= 0.5) & (t["long_m"] < PART_M)
    off = t["off_m"].copy()
    for fold in range(4):
        fit, use = part & (t["seed"] % 4 != fold), part & (t["seed"] % 4 == fold)
        e1 = regressor().fit(x[fit], m.beyond1[fit]).predict(x[use]) - m.beyond1[use]
        e2 = regressor().fit(x[fit], m.beyond2[fit]).predict(x[use]) - m.beyond2[use]
        off[use] = np.hypot(e1, e2)
    many = part & (t["points"] >= 50)
    print(
        "completion of %d parts of vehicles: more than 1 m off %.3f, by the detector's boxes of the table %.3f; >= 50 points %.3f, %.3f"
        % (part.sum(), (off[part] > 1).mean(), (t["off_m"][part] > 1).mean(), (off[many] > 1).mean(), (t["off_m"][many] > 1).mean())
    )
    models = {
        "axis": GradientBoostingClassifier(n_estimators=60, **SETTINGS).fit(x[part], m.long_is_length[part]),
        "centre1": regressor().fit(x[part], m.beyond1[part]),
        "centre2": regressor().fit(x[part], m.beyond2[part]),
    }
    return models, off


def fit_score(name, x, t, off, trees):
    group, overlap = t["group"] == CLASSES[name], t["overlap"]
    right = group & (overlap >= 0.5) & (off <= 1)
    clear = ~(group & (overlap > 0.25) & (overlap < 0.5))
    kept_back = t["seed"] % 5 == 0
    fit, test = clear & ~kept_back, clear & kept_back
    model = GradientBoostingClassifier(n_estimators=trees, **SETTINGS).fit(x[fit], right[fit])
    p = model.predict_proba(x[test])[:, 1]
    figures = roc_auc_score(right[test], p), average_precision_score(right[test], p), log_loss(right[test], p)
    print("%-10s %6d of %6d right; kept back: AUC %.4f, average precision %.3f, log loss %.4f" % (name, right.sum(), clear.sum(), *figures))
    return model


def complete(tree):
    """A scikit-learn tree as (features, thresholds, leaves) of a full tree in level order."""
    feature, threshold, leaf = [0] * SPLITS, [np.inf] * SPLITS, [0.0] * (SPLITS + 1)

    def walk(node, place):
        if place >= SPLITS:
            leaf[place - SPLITS] = tree.value[node][0][0]
        elif tree.children_left[node] < 0:  # a leaf above the last level: both ways lead to it
            walk(node, 2 * place + 1)
            walk(node, 2 * place + 2)
        else:
            feature[place], threshold[place] = tree.feature[node], tree.threshold[node]
            walk(tree.children_left[node], 2 * place + 1)
            walk(tree.children_right[node], 2 * place + 2)

    walk(0, 0)
    return feature, threshold, leaf


def lines(name, model, x):
    stages = model.estimators_[:, 0]
    total = model.decision_function(x[:1])[0] if hasattr(model, "decision_function") else model.predict(x[:1])[0]
    yield "forest %s %.5f" % (name, total - model.learning_rate * sum(s.predict(x[:1])[0] for s in stages))
    for stage in stages:
        feature, threshold, leaf = complete(stage.tree_)
        words = ["%d" % v for v in feature]
        words += ["%.6g" % v if np.isfinite(v) else "Infinity" for v in threshold]
        words += ["%.4g" % (model.learning_rate * v) for v in leaf]
        yield " ".join(["tree"] + words)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("nodes")
    arguments.add_argument("out")
    arguments.add_argument("--trees", type=int, default=80)
    options = arguments.parse_args()
    names, t, x = read(options.nodes)
    m = Mirrored(t)
    whole = np.concatenate([x, m.extra], 1)
    out = [
        "# fitted by perception/training/fitted_trees.py to %d candidates of the simulated towns %d to %d"
        % (len(x), t["seed"].min(), t["seed"].max()),
        "features " + ",".join(names + EXTRA),
    ]
    completion, off = fit_completion(whole, t, m)
    for name, model in completion.items():
        out += lines(name, model, whole)
    for name in CLASSES:
        out += lines(name, fit_score(name, x, t, off, options.trees), x)
    with open(options.out, "w") as file:
        file.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
