"""Registers pairs of scans with other people's global methods, for the table beside ours.

    pairs.py run SET... --out DIR [--method NAME...] [--turn none|yaw|so3] [--seed N] [--limit N] [--foreign N|ESTIMATES]
    pairs.py table DIR

A SET is a folder of `azimuth sim pairs` (pairs.csv, shard-*/N.bin), a recorded folder (source.bin, target.bin,
T_target_source.txt) or a recorded table (pairs/DRIVE.csv beside drives/DRIVE/velodyne). `run` writes DIR/SET/METHOD.csv, which
`azimuth eval registration` reads, and goes on where it was interrupted; `table` prints recall, CPU and what negatives cost.

`--turn` turns scans before a method sees them (yaw: the source; so3: both) and turns its answer back, so the truth stays that of the table.
Turns are those of `azimuth bench pairs`, a function of seed and pair alone. `--foreign` takes scans of different towns instead of a
set's own pairs, to be refused: so many, or those of a table that `azimuth bench pairs --foreign N` wrote.

Methods, one thread each, everything from the raw scans on counted as CPU:
  kiss          KISS-Matcher, voxels of 0.3 m; it says itself that it failed below 5 final inliers, as its example does
  ransac, fgr   Open3D's tutorial: FPFH, then RANSAC over feature matches or fast global registration
  gicp          small_gicp's GICP from the identity, 0.25 m
Each of the first three also with +gicp: its answer refined by small_gicp's GICP on 0.25 m, the same last step for all. The tutorial's
point-to-plane ICP of whole scans ends on as many pairs (5 of 12 against 4 under other turns; simulated, seed 5000) for 5 s more a pair.
"""
import argparse
import csv
import os
import sys
import time
from pathlib import Path

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "TBB_NUM_THREADS"):
    os.environ[threads] = "1"

import numpy as np

LIMITS = ((1, 0.1), (1.5, 0.3), (1.5, 0.6), (5, 2))
KISS_VOXEL, KISS_LEAST_INLIERS = 0.3, 5
O3D_VOXEL = 1.0  # 0.5 ends on as many pairs (5 of 12, refined) and takes three times as long
GICP_LEAF, GICP_REACH = 0.25, 1.0
MATRIX = [f"m{r}{c}" for r in range(3) for c in range(4)]


# ---- sets ----------------------------------------------------------------------------------------------------------


class PairSet:
    """Rows of (target, source, targetFromSource or None, overlap, negative) and where the scans lie."""

    def __init__(self, path):
        self.name = path.stem if path.suffix == ".csv" else path.name
        self.path = path
        if path.suffix == ".csv":
            sweeps = path.parent.parent / "drives" / path.stem / "velodyne"
            self.scans = {int(p.stem): p for p in sweeps.glob("*.bin")}
            self.rows = self.table(path)
        elif (path / "T_target_source.txt").exists():
            self.scans = {0: path / "target.bin", 1: path / "source.bin"}
            self.rows = [(0, 1, np.loadtxt(path / "T_target_source.txt"), float("nan"), False)]
        else:
            self.scans = {int(p.stem): p for p in path.glob("shard-*/*.bin")}
            self.rows = self.table(path / "pairs.csv")

    def foreign(self, which):
        """Scans of different towns, as negatives: those of a table of estimates, or so many."""
        if which.isdigit():
            pairs = self.strangers(int(which))
        else:
            pairs = [(int(r["target"]), int(r["source"])) for r in csv.DictReader(Path(which).open())]
        self.rows = [(target, source, None, 0.0, True) for target, source in pairs]
        self.name += "-foreign"

    def strangers(self, count):
        rows = list(csv.DictReader((self.path / "pairs.csv").open()))
        out = []
        for apart in range(1, len(rows)):
            for i, r in enumerate(rows):
                other = rows[(i + apart) % len(rows)]
                if r["town"] != other["town"] and len(out) < count:
                    out.append((int(r["target"]), int(other["source"])))
        return out

    @staticmethod
    def table(path):
        out = []
        for row in csv.DictReader(path.open()):
            numbers = np.array([float(row[m]) for m in MATRIX]).reshape(3, 4)
            truth = None if np.isnan(numbers).any() else np.vstack([numbers, [0, 0, 0, 1]])
            overlap, negative = float(row.get("overlap") or "nan"), row.get("negative") == "1"
            out.append((int(row["target"]), int(row["source"]), truth, overlap, negative))
        return out

    def read(self, scan):
        points = np.fromfile(self.scans[scan], np.float32).reshape(-1, 4)[:, :3].astype(float)
        return points[np.isfinite(points).all(axis=1)]


# ---- turns ---------------------------------------------------------------------------------------------------------


class SplittableRandom:
    """Java's java.util.SplittableRandom: the same doubles of the same seed."""

    MASK = (1 << 64) - 1

    def __init__(self, seed):
        self.state = seed & self.MASK

    def long(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & self.MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & self.MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & self.MASK
        return z ^ (z >> 31)

    def double(self):
        return (self.long() >> 11) * 2.0**-53


def quaternion(x, y, z, w):
    return np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
            [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
            [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
        ]
    )


def yaw(random):
    out = np.eye(4)
    a = random.double() * (2 * np.pi) - np.pi
    out[:2, :2] = [[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]]
    return out


def even(random):
    """Even over SO(3). Source: Shoemake, "Uniform random rotations" (1992)."""
    out = np.eye(4)
    u, a, b = random.double(), 2 * np.pi * random.double(), 2 * np.pi * random.double()
    p, q = np.sqrt(1 - u), np.sqrt(u)
    out[:3, :3] = quaternion(p * np.sin(a), p * np.cos(a), q * np.sin(b), q * np.cos(b))
    return out


def turns(kind, seed, target, source):
    """Of target and source, as PairTurn draws them."""
    random = SplittableRandom(seed * 0x9E3779B97F4A7C15 + target * 0xC2B2AE3D27D4EB4F + source)
    random.long()
    if kind == "so3":
        return even(random), even(random)
    return np.eye(4), yaw(random) if kind == "yaw" else np.eye(4)


# ---- methods: (target, source points) -> (targetFromSource, score, failed) ---------------------------------------------


def gicp(target, source, guess=None):
    import small_gicp

    onto, tree = small_gicp.preprocess_points(target, GICP_LEAF, num_neighbors=20, num_threads=1)
    cloud, _ = small_gicp.preprocess_points(source, GICP_LEAF, num_neighbors=20, num_threads=1)
    start = np.eye(4) if guess is None else guess
    result = small_gicp.align(onto, cloud, tree, start, max_correspondence_distance=GICP_REACH, num_threads=1)
    return result.T_target_source, result.num_inliers / max(1, cloud.size()), result.num_inliers == 0


def kiss(target, source):
    import kiss_matcher

    matcher = kiss_matcher.KISSMatcher(kiss_matcher.KISSMatcherConfig(KISS_VOXEL))
    # matrices: the lists that `estimate` takes would cost more than the method
    pairs = matcher.match(source.T.copy(), target.T.copy())
    found = matcher.prune_and_solve(*pairs)
    pose = np.eye(4)
    pose[:3, :3], pose[:3, 3] = np.asarray(found.rotation), np.asarray(found.translation).ravel()
    inliers = matcher.get_num_final_inliers()
    return pose, inliers, not found.valid or inliers < KISS_LEAST_INLIERS


def described(points):
    import open3d as o3d

    cloud = o3d.geometry.PointCloud(o3d.utility.Vector3dVector(points)).voxel_down_sample(O3D_VOXEL)
    cloud.estimate_normals(o3d.geometry.KDTreeSearchParamHybrid(2 * O3D_VOXEL, 30))
    cloud.orient_normals_towards_camera_location()
    search = o3d.geometry.KDTreeSearchParamHybrid(5 * O3D_VOXEL, 100)
    return cloud, o3d.pipelines.registration.compute_fpfh_feature(cloud, search)


def ransac(target, source):
    import open3d as o3d

    r = o3d.pipelines.registration
    o3d.utility.random.seed(1)
    (onto, onto_fpfh), (cloud, cloud_fpfh) = described(target), described(source)
    reach = 1.5 * O3D_VOXEL
    found = r.registration_ransac_based_on_feature_matching(
        cloud, onto, cloud_fpfh, onto_fpfh, True, reach, r.TransformationEstimationPointToPoint(False), 3,
        [r.CorrespondenceCheckerBasedOnEdgeLength(0.9), r.CorrespondenceCheckerBasedOnDistance(reach)],
        r.RANSACConvergenceCriteria(100000, 0.999),
    )
    return found.transformation, found.fitness, not len(found.correspondence_set)


def fgr(target, source):
    import open3d as o3d

    r = o3d.pipelines.registration
    (onto, onto_fpfh), (cloud, cloud_fpfh) = described(target), described(source)
    option = r.FastGlobalRegistrationOption(maximum_correspondence_distance=0.5 * O3D_VOXEL)
    found = r.registration_fgr_based_on_feature_matching(cloud, onto, cloud_fpfh, onto_fpfh, option)
    return found.transformation, found.fitness, not len(found.correspondence_set)


METHODS = {"kiss": kiss, "ransac": ransac, "fgr": fgr, "gicp": gicp}
NAMES = [n for m in METHODS for n in ([m] if m == "gicp" else [m, m + "+gicp"])]


# ---- run and table ---------------------------------------------------------------------------------------------------


def error(estimate, truth):
    e = np.linalg.inv(truth) @ estimate
    spin = np.array([e[2, 1] - e[1, 2], e[0, 2] - e[2, 0], e[1, 0] - e[0, 1]])
    return np.degrees(np.arctan2(np.linalg.norm(spin), np.trace(e[:3, :3]) - 1)), np.linalg.norm(e[:3, 3])


def rigid(pose):
    """The nearest rotation: estimates come in float32 or a little off."""
    u, _, v = np.linalg.svd(pose[:3, :3])
    out = np.eye(4)
    out[:3, :3] = u @ np.diag([1, 1, np.linalg.det(u @ v)]) @ v
    out[:3, 3] = pose[:3, 3]
    return out


def run(a):
    import warnings

    warnings.filterwarnings("ignore")
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})  # one core: thread pools of libraries see no other
    for path in a.sets:
        pairs = PairSet(path)
        if a.foreign:
            pairs.foreign(a.foreign)
        folder = a.out / (pairs.name if a.turn == "none" else f"{pairs.name}-{a.turn}{a.seed}")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "set.txt").write_text(f"{path}\n{a.foreign or ''}\n")
        for name in a.method or METHODS:
            register(pairs, name, folder, a)


def register(pairs, name, folder, a):
    """One coarse search a pair serves the row without refinement and the row with it."""
    files = [folder / f"{n}.csv" for n in NAMES if n.split("+")[0] == name]
    done = {(int(r["target"]), int(r["source"])) for r in csv.DictReader(files[-1].open())} if files[-1].exists() else set()
    for target, source, *_ in pairs.rows[: a.limit]:
        if (target, source) in done:
            continue
        onto, of = turns(a.turn, a.seed, target, source)
        first, second = pairs.read(target) @ onto[:3, :3].T, pairs.read(source) @ of[:3, :3].T
        begun = time.process_time()
        pose, score, failed = METHODS[name](first, second)
        write(files[0], target, source, pose, score, failed, begun, onto, of)
        if len(files) > 1:
            if not failed:
                pose = gicp(first, second, np.asarray(pose, float))[0]
            write(files[1], target, source, pose, score, failed, begun, onto, of)
    print(f"{folder.name} {name} done", file=sys.stderr, flush=True)


def write(path, target, source, pose, score, failed, begun, onto, of):
    millis = 1000 * (time.process_time() - begun)
    pose = rigid(np.linalg.inv(onto) @ np.asarray(pose, float) @ of)
    numbers = ",".join(f"{v:.9g}" for v in pose[:3].ravel())
    header = "" if path.exists() else "target,source,status,reason,score,cpu_ms," + ",".join(MATRIX) + "\n"
    with path.open("a") as file:
        file.write(f"{header}{target},{source},{'refused,failed' if failed else 'accepted,'},{score:.6g},{millis:.1f},{numbers}\n")


def table(a):
    limits = " ".join(f"({d:g},{m:g})".rjust(8) for d, m in LIMITS)
    print(f"{'set':24s} {'method':12s} pairs {limits}  wrong  cpu ms     p95  accepted negatives")
    sets = []
    for listed in sorted(a.dir.glob("*/set.txt")):
        path, foreign = listed.read_text().splitlines()
        pairs = PairSet(Path(path))
        if foreign:
            pairs.foreign(foreign)
        truth = {(t, s): (pose, overlap, negative) for t, s, pose, overlap, negative in pairs.rows}
        said = {n: list(csv.DictReader((listed.parent / f"{n}.csv").open())) for n in NAMES if (listed.parent / f"{n}.csv").exists()}
        sets.append((listed.parent.name, truth, said))
        for name, rows in said.items():
            print(row(listed.parent.name, name, rows, truth))
    for name in NAMES:
        strict(name, [(label, truth, said[name]) for label, truth, said in sets if name in said])


def strict(name, sets):
    """What is left of a method where its score must be above that of every negative it accepted: the best threshold there is."""
    negatives = [r for _, truth, said in sets for r in said if truth[int(r["target"]), int(r["source"])][2]]
    if not negatives:
        return
    least = max([float(r["score"]) for r in negatives if r["status"] == "accepted"], default=-1.0)
    print(f"{name}: no one of {len(negatives)} negatives accepted where its score is above {least:.4g}; then")
    for label, truth, said in sets:
        kept = [dict(r, status=r["status"] if float(r["score"]) > least else "refused") for r in said]
        if not all(t[2] for t in truth.values()):
            print("  " + row(label, name, kept, truth))


def row(label, name, said, truth):
    hits, wrong, positives, negatives, accepted = np.zeros(len(LIMITS), int), 0, 0, 0, 0
    for r in said:
        pose, overlap, negative = truth[int(r["target"]), int(r["source"])]
        if negative:
            negatives += 1
            accepted += r["status"] == "accepted"
            continue
        positives += 1
        if r["status"] == "accepted":
            estimate = np.vstack([np.array([float(r[m]) for m in MATRIX]).reshape(3, 4), [0, 0, 0, 1]])
            degrees, metres = error(estimate, pose)
            good = [degrees <= d and metres <= m for d, m in LIMITS]
            hits += good
            wrong += not good[-1]
    millis = [float(r["cpu_ms"]) for r in said]
    recall = " ".join(f"{100 * h / positives:7.1f}%" if positives else "       -" for h in hits)
    share = f"{100 * wrong / positives:5.1f}%" if positives else "     -"
    return (
        f"{label:24s} {name:12s} {len(said):5d} {recall} {share} {np.median(millis):7.0f} {np.quantile(millis, 0.95):7.0f}"
        f"  {f'{accepted} of {negatives}' if negatives else '-'}"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    runs = commands.add_parser("run")
    runs.add_argument("sets", nargs="+", type=Path)
    runs.add_argument("--out", type=Path, required=True)
    runs.add_argument("--method", nargs="+", choices=list(METHODS), help="each gives its rows with and without +gicp")
    runs.add_argument("--turn", choices=("none", "yaw", "so3"), default="none")
    runs.add_argument("--seed", type=int, default=1)
    runs.add_argument("--limit", type=int, help="at most so many pairs a set, from the first")
    runs.add_argument("--foreign", help="pairs to refuse: a number of them, or estimates of bench pairs --foreign")
    commands.add_parser("table").add_argument("dir", type=Path)
    a = parser.parse_args()
    (run if a.command == "run" else table)(a)


if __name__ == "__main__":
    main()
