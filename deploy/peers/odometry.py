"""Runs other people's LiDAR odometry on a recorded drive, for the table beside ours.

    odometry.py DRIVE OUT      DRIVE has velodyne/*.bin; OUT gets <method>/trajectory_kitti.txt and cpu.json

Methods: KISS-ICP and small_gicp (VGICP against a voxel map, with the constant-velocity deskew that its users
write around it), both on one thread. Poses are moved to mid-sweep, where the references hold. CPU is this process's time
around the registration alone, without reading files.
"""
import json
import math
import sys
import time
from pathlib import Path

import kiss_icp
import numpy as np
import small_gicp
from kiss_icp.config import KISSConfig
from kiss_icp.kiss_icp import KissICP
from scipy.spatial.transform import Rotation


def sweeps(drive):
    for path in sorted(Path(drive, "velodyne").glob("*.bin")):
        points = np.fromfile(path, np.float32).reshape(-1, 4)[:, :3].astype(float)
        points = points[np.isfinite(points).all(axis=1)]
        yield points, 0.5 - np.arctan2(points[:, 1], points[:, 0]) / (2 * math.pi)


def twist(matrix):
    return Rotation.from_matrix(matrix[:3, :3]).as_rotvec(), matrix[:3, 3]


def part(matrix, fraction):
    """The pose `fraction` of the way along a motion (rotation vector and translation in proportion)."""
    turn, shift = twist(matrix)
    out = np.eye(4)
    out[:3, :3] = Rotation.from_rotvec(fraction * turn).as_matrix()
    out[:3, 3] = fraction * shift
    return out


def kiss(drive, deskew):
    config = KISSConfig()
    config.data.deskew = deskew
    config.registration.max_num_threads = 1
    config.mapping.voxel_size = config.data.max_range / 100
    odometry = KissICP(config)
    poses, cpu = [], []
    for points, fraction in sweeps(drive):
        used = odometry.last_delta
        begun = time.process_time()
        odometry.register_frame(points, fraction)
        cpu.append(time.process_time() - begun)
        # with deskew, its poses hold at the sweep's end: go back half the motion that it deskewed with
        poses.append(odometry.last_pose @ part(used, -0.5) if deskew else odometry.last_pose)
    return poses, cpu


def vgicp(drive, deskew, leaf=0.25):
    """Scan to model: the model is a voxel map of Gaussians."""
    pose, step = np.eye(4), np.eye(4)
    voxels, poses, cpu = small_gicp.GaussianVoxelMap(1.0), [], []
    voxels.set_lru(horizon=100, clear_cycle=10)
    for points, fraction in sweeps(drive):
        begun = time.process_time()
        if deskew:
            turn, shift = twist(step)
            s = (fraction - 0.5)[:, None]
            points = Rotation.from_rotvec(s * turn).apply(points) + s * shift
        cloud, _ = small_gicp.preprocess_points(points, leaf, num_neighbors=20, num_threads=1)
        if poses:
            result = small_gicp.align(voxels, cloud, pose @ step, max_correspondence_distance=2.0, num_threads=1)
            step, pose = np.linalg.inv(pose) @ result.T_target_source, result.T_target_source
        voxels.insert(cloud, pose)
        cpu.append(time.process_time() - begun)
        poses.append(pose)
    return poses, cpu


METHODS = {
    "kiss-icp": lambda d: kiss(d, True),
    "kiss-icp-raw": lambda d: kiss(d, False),
    "small-gicp-vgicp": lambda d: vgicp(d, True),
    "small-gicp-vgicp-raw": lambda d: vgicp(d, False),
}


def main():
    drive, out = sys.argv[1:3]
    for name, run in METHODS.items():
        poses, cpu = run(drive)
        first = np.linalg.inv(poses[0])
        folder = Path(out, name)
        folder.mkdir(parents=True, exist_ok=True)
        np.savetxt(folder / "trajectory_kitti.txt", [(first @ p)[:3].ravel() for p in poses], fmt="%.9g")
        figures = {"method": name, "sweeps": len(cpu), "cpu_ms_median": round(1000 * float(np.median(cpu)), 1)}
        (folder / "cpu.json").write_text(json.dumps(figures) + "\n")
        print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    main()
