"""Writes nuscenes_scores.json: random boxes and what nuscenes-devkit 1.2.0 says of them.

    pip install nuscenes-devkit==1.2.0
    python nuscenes_scores.py > nuscenes_scores.json
"""
import json
import math
import random

from nuscenes.eval.common.config import config_factory
from nuscenes.eval.common.data_classes import EvalBoxes
from nuscenes.eval.common.utils import center_distance
from nuscenes.eval.detection.algo import accumulate, calc_ap, calc_tp
from nuscenes.eval.detection.data_classes import DetectionBox, DetectionMetrics

# ours -> theirs; the range is the same
CLASSES = {"car": "car", "truck": "truck", "bus": "bus", "pedestrian": "pedestrian", "cyclist": "bicycle"}
ERRORS = {"trans_err": "ate", "scale_err": "ase", "orient_err": "aoe", "vel_err": "ave"}


def box(sample, kind, x, y, size, yaw, velocity, score, points):
    return [sample, kind, *(round(v, 4) for v in (x, y, *size, yaw)),
            *(None if v is None else round(v, 3) for v in velocity), round(score, 2), points]


def case(seed, samples, most, miss, noise):
    rnd = random.Random(seed)
    truth, found = [], []
    for sample in range(samples):
        for kind in CLASSES:
            for _ in range(rnd.randint(1, most)):
                x, y = rnd.uniform(-45, 45), rnd.uniform(-45, 45)
                size = [rnd.uniform(.5, 5), rnd.uniform(.5, 2.5), rnd.uniform(1, 3)]
                yaw = rnd.uniform(-math.pi, math.pi)
                known = rnd.random() < .9
                velocity = [rnd.uniform(-5, 5), rnd.uniform(-5, 5)] if known else [None, None]
                truth.append(box(sample, kind, x, y, size, yaw, velocity, 0, rnd.choice([0, 1, 9, 300])))
                while rnd.random() > miss:  # none, one or several detections
                    seen = [(v or 0) + rnd.gauss(0, 1) for v in velocity]
                    turn = math.pi if rnd.random() < .1 else 0
                    found.append(box(
                        sample, kind, x + rnd.gauss(0, noise), y + rnd.gauss(0, noise),
                        [s * rnd.uniform(.8, 1.2) for s in size], yaw + turn + rnd.gauss(0, .2), seen,
                        rnd.choice([.1, .2, .3, .4, .5, .6, .7, .8, .9]), -1))  # many ties
                    if rnd.random() < .6:
                        break
            for _ in range(rnd.randint(0, 2)):
                found.append(box(sample, kind, rnd.uniform(-50, 50), rnd.uniform(-50, 50), [2, 1, 1.5],
                                 0, [0, 0], rnd.uniform(.05, .7), -1))
    return truth, found


def theirs(rows, samples, cfg):
    out = EvalBoxes()
    for sample in sorted(samples, reverse=True):
        out.add_boxes(str(sample), [])
    # The kit breaks ties by the last place in its list first: this order makes that ours.
    for r in sorted(rows, key=lambda r: (r[0], r[2], r[3]), reverse=True):
        name = CLASSES[r[1]]
        if not (math.hypot(r[2], r[3]) < cfg.class_range[name]) or r[11] == 0:
            continue
        out.add_boxes(str(r[0]), [DetectionBox(
            sample_token=str(r[0]), translation=(r[2], r[3], 0), size=(r[5], r[4], r[6]),
            rotation=(math.cos(r[7] / 2), 0, 0, math.sin(r[7] / 2)),
            velocity=tuple(math.nan if v is None else v for v in r[8:10]),
            ego_translation=(r[2], r[3], 0), num_pts=r[11], detection_name=name,
            detection_score=float(r[10]))])
    return out


def judge(truth, found):
    cfg = config_factory("detection_cvpr_2019")
    samples = {r[0] for r in truth + found}
    gt, pred = theirs(truth, samples, cfg), theirs(found, samples, cfg)
    names = [n for n in CLASSES if any(b.detection_name == CLASSES[n] for b in gt.all)]
    cfg.class_names = [CLASSES[n] for n in names]
    metrics = DetectionMetrics(cfg)
    rows = {}
    for name in names:
        kit = CLASSES[name]
        rows[name] = {"wanted": sum(b.detection_name == kit for b in gt.all), "aps": []}
        for th in cfg.dist_ths:
            data = accumulate(gt, pred, kit, center_distance, th)
            ap = calc_ap(data, cfg.min_recall, cfg.min_precision)
            metrics.add_label_ap(kit, th, ap)
            rows[name]["aps"].append(ap)
            if th == cfg.dist_th_tp:
                for metric, short in ERRORS.items():
                    rows[name][short] = calc_tp(data, cfg.min_recall, metric)
                    metrics.add_label_tp(kit, metric, rows[name][short])
                metrics.add_label_tp(kit, "attr_err", 1.0)  # none given: the kit says 1
    errors = {short: metrics.tp_errors[metric] for metric, short in ERRORS.items()}
    return {"classes": rows, "mean_ap": metrics.mean_ap, "errors": errors, "nds": metrics.nd_score}


def main():
    cases = []
    for seed, samples, most, miss, noise in [(1, 4, 3, .2, .5), (2, 6, 2, .4, 1.2), (3, 3, 4, .05, .2), (4, 2, 1, .9, .5)]:
        truth, found = case(seed, samples, most, miss, noise)
        cases.append({"truth": truth, "detections": found, "expected": judge(truth, found)})
    print("[" + ",\n".join(json.dumps(c, separators=(",", ":")).replace("],[", "],\n[") for c in cases) + "]")


main()
