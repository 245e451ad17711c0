"""Registers consecutive sweeps of a drive with small_gicp, for the table beside ours.

    registration.py DRIVE [--leaf 0.25] [--sweeps 125] [--poses DIR]

DRIVE has velodyne/*.bin (or *.bin) and perhaps poses_reference.txt; --poses is what `azimuth bench refiners --poses`
wrote, for the distance between the optima. Same thinning, 20 neighbours, correspondences up to 1 m, voxels of 1 m, start at the identity,
one thread. Columns as `azimuth bench refiners` prints them: `align` leaves out trees and covariances, as ours does. `-tight` iterates until
steps are below 1e-6, which shows where the optimum is.
"""
import argparse
import time
from pathlib import Path

import numpy as np
import small_gicp

TIGHT = {"rotation_epsilon": 1e-6, "translation_epsilon": 1e-6, "max_iterations": 100}


def degrees(m):
    return np.degrees(np.arcsin(min(1.0, np.linalg.norm(m[:3, :3] - m[:3, :3].T) / (2 * np.sqrt(2)))))


def rows(path):
    numbers = [[float(v) for v in line.split()] for line in path.read_text().splitlines() if line[:1] not in ("#", "")]
    return [np.vstack([np.reshape(row, (3, 4)), [0, 0, 0, 1]]) for row in numbers]


def prepare(path, leaf):
    points = np.fromfile(path, np.float32).reshape(-1, 4)[:, :3].astype(float)
    points = points[np.isfinite(points).all(axis=1)]
    cloud = small_gicp.voxelgrid_sampling(points, leaf, num_threads=1)
    begun = time.thread_time()
    tree = small_gicp.KdTree(cloud, num_threads=1)
    small_gicp.estimate_covariances(cloud, tree, num_neighbors=20, num_threads=1)
    return cloud, tree, time.thread_time() - begun


def register(target, source, voxels, options):
    begun = time.thread_time()
    if voxels is None:
        result = small_gicp.align(target[0], source[0], target[1], np.eye(4), max_correspondence_distance=1.0, num_threads=1, **options)
    else:
        result = small_gicp.align(voxels, source[0], np.eye(4), max_correspondence_distance=1.0, num_threads=1, **options)
    return result, time.thread_time() - begun


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("drive", type=Path)
    parser.add_argument("--leaf", type=float, default=0.25)
    parser.add_argument("--sweeps", type=int, default=125)
    parser.add_argument("--poses", type=Path)
    a = parser.parse_args()
    folder = a.drive / "velodyne" if (a.drive / "velodyne").is_dir() else a.drive
    clouds = [prepare(p, a.leaf) for p in sorted(folder.glob("*.bin"))[: a.sweeps]]
    reference = a.drive / "poses_reference.txt"
    truth = rows(reference) if reference.exists() else None
    notes = []
    for name, tight in (("vgicp", {}), ("gicp", {}), ("vgicp", TIGHT), ("gicp", TIGHT)):
        ours = rows(a.poses / f"{name}.txt") if a.poses else None
        millis, whole, errors, apart, iterations, aligned = [], [], [], [], [], 0
        for i in range(len(clouds) - 1):
            voxels, seconds = None, 0.0
            if name == "vgicp":
                begun = time.thread_time()
                voxels = small_gicp.GaussianVoxelMap(1.0)
                voxels.insert(clouds[i][0])
                seconds = time.thread_time() - begun
            result, align = register(clouds[i], clouds[i + 1], voxels, tight)
            millis.append(1000 * align)
            whole.append(1000 * (align + seconds + clouds[i][2] + clouds[i + 1][2]))
            iterations.append(result.iterations)
            aligned += result.converged
            if truth:
                error = np.linalg.inv(np.linalg.inv(truth[i]) @ truth[i + 1]) @ result.T_target_source
                errors.append((1000 * np.linalg.norm(error[:3, 3]), degrees(error)))
            if ours:
                error = np.linalg.inv(ours[i]) @ result.T_target_source
                apart.append((1000 * np.linalg.norm(error[:3, 3]), degrees(error)))
        median = np.median(errors, axis=0) if errors else (np.nan, np.nan)
        rms = np.sqrt(np.mean(np.square([e[0] for e in errors]))) if errors else np.nan
        label = f"small-{name}" + ("-tight" if tight else "")
        print(
            f"{label:17s} {np.median(millis):9.2f} {np.quantile(millis, 0.95):9.2f} {np.median(whole):9.2f} {np.mean(iterations):11.1f} "
            f"{median[0]:10.2f} {median[1]:10.4f} {rms:8.2f} {aligned:5d}/{len(millis)}",
            flush=True,
        )
        if apart:
            notes.append("%s from ours: %.3f mm %.5f deg (median), %.2f mm %.4f deg (most)" % (label, *np.median(apart, axis=0), *np.max(apart, axis=0)))
    print("\n".join(notes))


if __name__ == "__main__":
    main()
