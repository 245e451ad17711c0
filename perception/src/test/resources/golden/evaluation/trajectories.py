"""Two random trajectories and their errors by evo 1.38.1.

    python trajectories.py

writes true.kitti, estimated.kitti, true.tum, estimated.tum and trajectories_expected.csv (name, value).
In the TUM files the stamps of the estimate are up to 4 ms off, two true poses have no estimate and two
estimated ones no truth. Steps of the relative error are evo's "consecutive" ones, chosen by the truth.
"""
import copy
import pathlib

import numpy as np
from evo.core import metrics, sync
from evo.core.metrics import APE, RPE, PoseRelation, Unit
from evo.core.trajectory import PosePath3D
from evo.tools import file_interface
from scipy.spatial.transform import Rotation

POSES = 160
HERE = pathlib.Path(__file__).parent


def walk(rng, noise):
    pose, out = np.eye(4), []
    truth = np.random.default_rng(7)
    for i in range(POSES):
        out.append(pose.copy())
        step = np.eye(4)
        turn = truth.normal(0, [0.01, 0.01, 0.03]) + [0, 0, 0.02 * np.sin(i / 20)]
        move = np.array([truth.uniform(0.2, 1.8), 0, 0]) + truth.normal(0, 0.03, 3)
        step[:3, :3] = Rotation.from_rotvec(turn + rng.normal(0, 0.004, 3) * noise).as_matrix()
        step[:3, 3] = move * (1 + 0.01 * noise) + rng.normal(0, 0.03, 3) * noise
        pose = pose @ step
    return out


def write_kitti(name, poses):
    rows = [" ".join(repr(float(v)) for v in p[:3].ravel()) for p in poses]
    (HERE / name).write_text("\n".join(rows) + "\n")


def write_tum(name, stamps, poses):
    rows = []
    for t, p in zip(stamps, poses):
        q = Rotation.from_matrix(p[:3, :3]).as_quat()
        rows.append(f"{t:.9f} " + " ".join(repr(float(v)) for v in [*p[:3, 3], *q]))
    (HERE / name).write_text("\n".join(rows) + "\n")


def figures(out, prefix, ref, est):
    for align in ["none", "se3", "origin"]:
        e = copy.deepcopy(est)
        if align == "se3":
            e.align(ref, correct_scale=False)
        elif align == "origin":
            e.align_origin(ref)
        for unit, relation in [("m", PoseRelation.translation_part), ("deg", PoseRelation.rotation_angle_deg)]:
            m = APE(relation)
            m.process_data((ref, e))
            for stat in ["rmse", "mean", "median", "max"]:
                out.append((f"{prefix}.ape.{align}.{unit}.{stat}", m.get_all_statistics()[stat]))
    for name, delta, by in [("1", 1, Unit.frames), ("7", 7, Unit.frames), ("10m", 10.0, Unit.meters)]:
        for unit, relation in [("m", PoseRelation.translation_part), ("deg", PoseRelation.rotation_angle_deg)]:
            m = RPE(relation, delta=delta, delta_unit=by, pairs_from_reference=True)
            m.process_data((ref, est))
            out.append((f"{prefix}.rpe.{name}.{unit}.count", len(m.error)))
            for stat in ["rmse", "mean", "median", "max"]:
                out.append((f"{prefix}.rpe.{name}.{unit}.{stat}", m.get_all_statistics()[stat]))


def main():
    rng = np.random.default_rng(23)
    truth, wrong = walk(rng, 0), walk(rng, 1)
    other = np.eye(4)  # the estimate's world is another one
    other[:3, :3] = Rotation.from_rotvec([0.1, -0.2, 0.7]).as_matrix()
    other[:3, 3] = [3, -2, 0.5]
    wrong = [other @ p for p in wrong]
    write_kitti("true.kitti", truth)
    write_kitti("estimated.kitti", wrong)
    stamps = 1.3e9 + 0.1 * np.arange(POSES)
    late = stamps + rng.uniform(-0.004, 0.004, POSES)
    gone, alone = {31, 90}, {12, 140}
    write_tum("true.tum", *zip(*[(t, p) for i, (t, p) in enumerate(zip(stamps, truth)) if i not in alone]))
    write_tum("estimated.tum", *zip(*[(t, p) for i, (t, p) in enumerate(zip(late, wrong)) if i not in gone]))

    out = []
    figures(out, "kitti", *[file_interface.read_kitti_poses_file(HERE / f) for f in ("true.kitti", "estimated.kitti")])
    ref, est = [file_interface.read_tum_trajectory_file(HERE / f) for f in ("true.tum", "estimated.tum")]
    ref, est = sync.associate_trajectories(ref, est, max_diff=0.01)
    out.append(("tum.pairs", ref.num_poses))
    figures(out, "tum", ref, est)
    (HERE / "trajectories_expected.csv").write_text("".join(f"{n},{float(v)!r}\n" for n, v in out))


main()
