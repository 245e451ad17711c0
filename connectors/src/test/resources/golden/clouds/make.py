"""Makes the golden clouds beside it with writers that are not ours: numpy, pypcd4 with liblzf, and plyfile.

pip install numpy pypcd4==1.5.1 plyfile==1.1.5 && python make.py
"""
import json

import numpy as np
from plyfile import PlyData, PlyElement
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

# The same as PLY, behind an element with lists and before faces; and as NPY of both kinds.
mixed = np.empty(n, [(f, t) for f, t in zip(fields, types)])
for name, column in zip(fields, columns):
    mixed[name] = column
lists = np.empty(2, [("indices", "O"), ("weight", "f4")])
lists["indices"] = [np.array([1, 2, 3], "i4"), np.array([4], "i4")]
lists["weight"] = 1
face = np.empty(1, [("vertex_indices", "O")])
face["vertex_indices"] = [np.array([0, 1, 2], "i4")]
elements = [
    PlyElement.describe(lists, "strip"),
    PlyElement.describe(mixed, "vertex"),
    PlyElement.describe(face, "face"),
]
for name, text, order in (("ascii", True, "="), ("little", False, "<"), ("big", False, ">")):
    PlyData(elements, text=text, byte_order=order, comments=["golden"]).write(f"mixed_{name}.ply")
np.save("mixed.npy", mixed)
big = np.c_[xyz, intensity, ring, nanos / 1e9].astype(">f8")
np.save("plain_fortran_big.npy", np.asfortranarray(big))

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
