"""Fits the trees that score the geometric detector's candidates (ScoreTrees).

    java -cp ... io.azimuth.perception.cluster.NodeStudy nodes.csv 101 140
    python perception/training/score_trees.py nodes.csv \
        perception/src/main/resources/io/azimuth/perception/cluster/score-trees.txt

Needs numpy and scikit-learn. A candidate is right as a class if it shares at least half of its
points with a road user of that class (points in both over points in either) and its box is at most
a metre off; those that share between a quarter and a half are left out. Candidates of every fifth
town are kept back, and how well they are told apart is printed.
"""

import argparse
import csv

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.metrics import average_precision_score, log_loss, roc_auc_score

DEPTH = 4
SPLITS = 2**DEPTH - 1
CLASSES = {"CAR": "vehicle", "PEDESTRIAN": "person", "CYCLIST": "cyclist"}


def read(path):
    with open(path, newline="") as file:
        rows = csv.reader(file)
        head = next(rows)
        names = head[head.index("x") + 2 : head.index("low1")]
        first = head.index(names[0])
        at = {n: head.index(n) for n in ("seed", "group", "overlap", "off_m")}
        x, seed, group, overlap, off = [], [], [], [], []
        for row in rows:
            if len(row) != len(head):
                continue  # the last line of a file that is still written
            x.append([float(v) for v in row[first : first + len(names)]])
            seed.append(int(row[at["seed"]]))
            group.append(row[at["group"]])
            overlap.append(float(row[at["overlap"]]))
            off.append(float(row[at["off_m"]]))
    return names, np.array(x, np.float32), np.array(seed), np.array(group), np.array(overlap), np.array(off)


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


def lines(name, model):
    prior = model.init_.class_prior_[1]
    yield "class %s %.5f" % (name, np.log(prior / (1 - prior)))
    for stage in model.estimators_:
        feature, threshold, leaf = complete(stage[0].tree_)
        leaf = [model.learning_rate * v for v in leaf]
        yield " ".join(
            ["tree"] + ["%d" % v for v in feature] + ["%.6g" % v if np.isfinite(v) else "Infinity" for v in threshold] + ["%.4g" % v for v in leaf]
        )


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("nodes")
    arguments.add_argument("out")
    arguments.add_argument("--trees", type=int, default=80)
    options = arguments.parse_args()
    names, x, seed, group, overlap, off = read(options.nodes)
    kept_back = seed % 5 == 0
    out = [
        "# fitted by perception/training/score_trees.py to %d candidates of the simulated towns %d to %d"
        % (len(x), seed.min(), seed.max()),
        "features " + ",".join(names),
    ]
    for name, wanted in CLASSES.items():
        right = (group == wanted) & (overlap >= 0.5) & (off <= 1)
        clear = ~((group == wanted) & (overlap > 0.25) & (overlap < 0.5))
        model = GradientBoostingClassifier(
            n_estimators=options.trees, max_depth=DEPTH, learning_rate=0.15, min_samples_leaf=50, subsample=0.6, random_state=1
        )
        model.fit(x[clear & ~kept_back], right[clear & ~kept_back])
        test = clear & kept_back
        if test.any():
            p = model.predict_proba(x[test])[:, 1]
            print(
                "%-10s %6d of %6d right; kept back: AUC %.4f, average precision %.3f, log loss %.4f"
                % (name, right.sum(), clear.sum(), roc_auc_score(right[test], p), average_precision_score(right[test], p), log_loss(right[test], p))
            )
        best = np.argsort(-model.feature_importances_)[:8]
        print("           " + ", ".join("%s %.2f" % (names[i], model.feature_importances_[i]) for i in best))
        out += lines(name, model)
    with open(options.out, "w") as file:
        file.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
