"""Makes a tiny nuScenes database and what nuScenes' own devkit says about its boxes.

pip install nuscenes-devkit==1.2.0 && python make.py
"""
import json
import os

import numpy as np
from nuscenes.nuscenes import NuScenes
from pyquaternion import Quaternion

rng = np.random.default_rng(11)
os.makedirs("v1.0-mini", exist_ok=True)


def rotation(yaw, tilt=0.02):
    q = Quaternion(axis=[0, 0, 1], radians=yaw)
    q = q * Quaternion(axis=[1, 0, 0], radians=rng.normal(0, tilt))
    return [float(v) for v in q.elements]


def vector(scale, n=3):
    return [float(v) for v in rng.normal(0, scale, n)]


CATEGORIES = ["vehicle.car", "vehicle.bus.bendy", "human.pedestrian.adult", "vehicle.bicycle",
              "movable_object.barrier", "human.pedestrian.stroller"]
tables = {name: [] for name in (
    "category", "attribute", "visibility", "instance", "sensor", "calibrated_sensor", "ego_pose",
    "log", "scene", "sample", "sample_data", "sample_annotation", "map")}
for i, name in enumerate(CATEGORIES):
    tables["category"].append({"token": f"cat{i}", "name": name, "description": ""})
tables["attribute"].append({"token": "att", "name": "vehicle.moving", "description": ""})
tables["visibility"].append({"token": "4", "level": "v80-100", "description": ""})
tables["log"].append({"token": "log", "logfile": "", "vehicle": "n1", "date_captured": "", "location": ""})
tables["map"].append({"token": "map", "log_tokens": ["log"], "category": "", "filename": ""})
for i, (channel, modality) in enumerate((("CAM_FRONT", "camera"), ("LIDAR_TOP", "lidar"))):
    tables["sensor"].append({"token": f"sen{i}", "channel": channel, "modality": modality})
    tables["calibrated_sensor"].append({
        "token": f"cal{i}", "sensor_token": f"sen{i}", "translation": [0.94, 0.0, 1.84],
        "rotation": rotation(-np.pi / 2, 0.01), "camera_intrinsic": []})

for s in range(2):
    tables["scene"].append({
        "token": f"scene{s}", "log_token": "log", "nbr_samples": 2, "name": f"scene-{s:04d}",
        "description": "", "first_sample_token": f"s{s}k0", "last_sample_token": f"s{s}k1"})
    for k in range(2):
        token = f"s{s}k{k}"
        stamp = 1532402927647951 + 10_000_000 * s + 500_000 * k
        tables["sample"].append({
            "token": token, "timestamp": stamp, "scene_token": f"scene{s}",
            "prev": f"s{s}k0" if k else "", "next": "" if k else f"s{s}k1"})
        for sweep in range(3):
            key = sweep == 0
            data = f"{token}d{sweep}"
            tables["ego_pose"].append({
                "token": data, "timestamp": stamp + 50_000 * sweep,
                "translation": [600 + 5.0 * k + sweep, 1600.0, 0.3], "rotation": rotation(1.1 + k)})
            for i in (1, 0) if key else (1,):
                tables["sample_data"].append({
                    "token": data if i else data + "c", "sample_token": token,
                    "ego_pose_token": data, "calibrated_sensor_token": f"cal{i}",
                    "timestamp": stamp + 50_000 * sweep, "fileformat": "pcd" if i else "jpg",
                    "is_key_frame": key, "height": 0, "width": 0,
                    "filename": f"{'samples' if key else 'sweeps'}/{'LIDAR_TOP' if i else 'CAM_FRONT'}/{data}.pcd.bin",
                    "prev": "", "next": ""})
        for b, _ in enumerate(CATEGORIES):
            if k == 0:
                tables["instance"].append({
                    "token": f"s{s}i{b}", "category_token": f"cat{b}", "nbr_annotations": 2,
                    "first_annotation_token": f"s{s}k0a{b}", "last_annotation_token": f"s{s}k1a{b}"})
            offset = vector(15)
            tables["sample_annotation"].append({
                "token": f"{token}a{b}", "sample_token": token, "instance_token": f"s{s}i{b}",
                "visibility_token": "4", "attribute_tokens": ["att"],
                "translation": [600 + offset[0], 1600 + offset[1], 1 + 0.1 * offset[2]],
                "size": [float(v) for v in rng.uniform(0.5, 5, 3)],
                "rotation": rotation(rng.uniform(-3, 3), 0), "prev": "", "next": "",
                "num_lidar_pts": int(rng.integers(0, 200)), "num_radar_pts": 0})
for name, rows in tables.items():
    # The instances of a category come after their samples: no order may be relied upon.
    json.dump(rows[::-1], open(f"v1.0-mini/{name}.json", "w"), indent=0)

open("map.png", "wb").close()
nusc = NuScenes(version="v1.0-mini", dataroot=".", verbose=False)
expected = []
for s in range(2):
    for k in range(2):
        token = f"s{s}k{k}d0"
        boxes = nusc.get_sample_data(token)[1]
        for box in boxes:
            annotation = nusc.get("sample_annotation", box.token)
            expected.append({
                "scene": f"scene-{s:04d}", "key": k, "track": annotation["instance_token"],
                "category": box.name, "centre": box.center.tolist(), "wlh": box.wlh.tolist(),
                "heading": (box.orientation.rotation_matrix @ [1, 0, 0]).tolist(),
                "points": annotation["num_lidar_pts"]})
json.dump(expected, open("expected.json", "w"), indent=0)
os.remove("map.png")
