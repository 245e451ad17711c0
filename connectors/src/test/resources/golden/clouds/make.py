"""Makes the golden clouds beside it with writers that are not ours: numpy, and pypcd4 with liblzf.

pip install numpy pypcd4==1.5.1 && python make.py
"""
import json

import numpy as np
from pypcd4 import Encoding, PointCloud

rng = np.random.default_rng(7)
n = 60
xyz = rng.uniform(-40, 40, (n, 3)).astype("f4")
xyz[20:50, 2] = -1.5  # repeats, so that LZF finds something
intensity = rng.integers(0, 256, n)
ring = rng.integers(0, 32, n)
nanos = np.arange(n) * 1_000_000
xyz[5] = np.nan
xyz[6, 1] = np.inf
kept = np.isfinite(xyz).all(axis=1)

kitti = np.c_[xyz, (intensity / 255).astype("f4")].astype("<f4")
kitti.tofile("kitti.bin")
nuscenes = np.c_[-xyz[:, 1], xyz[:, 0], xyz[:, 2], intensity, ring].astype("<f4")
nuscenes.tofile("nuscenes.pcd.bin")

# Columns out of order, a double, an unsigned byte, a time in seconds.
fields = ("ring", "z", "x", "time", "y", "rgb", "reflectivity")
types = (np.uint16, np.float32, np.float32, np.float64, np.float64, np.float32, np.uint8)
columns = [
    ring.astype("u2"), xyz[:, 2], xyz[:, 0], nanos / 1e9, xyz[:, 1].astype("f8"),
    np.zeros(n, "f4"), intensity.astype("u1"),
]
cloud = PointCloud.from_points(columns, fields, types)
for encoding in (Encoding.ASCII, Encoding.BINARY, Encoding.BINARY_COMPRESSED):
    cloud.save(f"mixed_{encoding.value}.pcd", encoding)

json.dump(
    {
        "dropped": int((~kept).sum()),
        "x": [float(v) for v in xyz[kept, 0]],
        "y": [float(v) for v in xyz[kept, 1]],
        "z": [float(v) for v in xyz[kept, 2]],
        "intensity": [float(v) for v in intensity[kept] / 255],
        "ring": ring[kept].tolist(),
        "nanos": nanos[kept].tolist(),
    },
    open("clouds.json", "w"),
)
