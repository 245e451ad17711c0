#!/usr/bin/env python3
"""Writes a recorded drive of one spinning sensor as another sensor would have seen it, with its truth.

    vary.py DRIVE OUT [--sweeps N] [--every-ring K] [--pitch DEG] [--roll DEG] [--up M] [--intensity FACTOR]

DRIVE has velodyne/*.bin with the points ring by ring, each from the front on; K = 2 keeps every second ring. Pitch (nose down),
roll and up move the sensor's frame: points, boxes' centres and poses go along; boxes keep their yaw. Intensities are multiplied.
"""
import argparse
import csv
import shutil
from pathlib import Path

import numpy as np


def rings(points):
    """Index of each point's ring: a new one begins where the azimuth passes the front."""
    azimuth = np.arctan2(points[:, 1], points[:, 0])
    return np.concatenate([[0], np.cumsum((azimuth[1:] >= 0) & (azimuth[:-1] < 0))])


def turned_from_sensor(args):
    p, r = np.radians([args.pitch, args.roll])
    pitch = np.array([[np.cos(p), 0, np.sin(p)], [0, 1, 0], [-np.sin(p), 0, np.cos(p)]])
    roll = np.array([[1, 0, 0], [0, np.cos(r), -np.sin(r)], [0, np.sin(r), np.cos(r)]])
    m = np.eye(4)
    m[:3, :3] = pitch @ roll
    m[2, 3] = -args.up
    return m


def write_truth(drive, out, sweeps, m):
    with open(drive / "boxes.csv") as f, open(out / "boxes.csv", "w") as o:
        rows = csv.DictReader(f)
        writer = csv.DictWriter(o, rows.fieldnames)
        writer.writeheader()
        for row in rows:
            if int(row["sweep"]) < sweeps:
                centre = m @ [float(row["x"]), float(row["y"]), float(row["z"]), 1]
                row.update(zip("xyz", (f"{v:.4f}" for v in centre)))
                writer.writerow(row)
    poses = [np.array(line.split(), float).reshape(3, 4) for line in open(drive / "poses_reference.txt")][:sweeps]
    with open(out / "poses_reference.txt", "w") as o:
        for pose in poses:
            moved = m @ np.vstack([pose, [0, 0, 0, 1]]) @ np.linalg.inv(m)
            o.write(" ".join(f"{v:.9g}" for v in moved[:3].ravel()) + "\n")
    stamps = (drive / "timestamps.txt").read_text().splitlines()[:sweeps]
    (out / "timestamps.txt").write_text("\n".join(stamps) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("drive", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--sweeps", type=int, default=10**9)
    parser.add_argument("--every-ring", type=int, default=1)
    for name in ("--pitch", "--roll", "--up"):
        parser.add_argument(name, type=float, default=0)
    parser.add_argument("--intensity", type=float, default=1)
    args = parser.parse_args()
    files = sorted((args.drive / "velodyne").glob("*.bin"))[: args.sweeps]
    if not files:
        parser.error(f"{args.drive}/velodyne has no .bin")
    if args.out.exists():
        shutil.rmtree(args.out)
    (args.out / "velodyne").mkdir(parents=True)
    m = turned_from_sensor(args)
    write_truth(args.drive, args.out, len(files), m)
    for file in files:
        points = np.fromfile(file, np.float32).reshape(-1, 4)
        points = points[rings(points) % args.every_ring == 0]
        points[:, :3] = points[:, :3] @ m[:3, :3].T + m[:3, 3]
        points[:, 3] *= args.intensity
        points.astype(np.float32).tofile(args.out / "velodyne" / file.name)


if __name__ == "__main__":
    main()
