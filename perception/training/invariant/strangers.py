"""Things of a house put into the street: ModelNet10's test objects as a crop set that no network for the
road was taught, for `azimuth crops strangers`. Each is scaled to 0.6 to 2.5 m, stands 5 to 25 m away, and
keeps what the sensor sees of it: one point, the nearest, of each 0.4 by 0.2 degrees, with 2 cm of noise.

    python3 strangers.py --modelnet FOLDER --out strangers
    azimuth crops strangers CROPS strangers --model ri-edge-sim

Data for academic research only: made where it is needed, never kept with the project.
"""

import argparse
import dataclasses

import numpy as np

import crops

SEED = 19
UP_RAD, ASIDE_RAD = np.radians(0.4), np.radians(0.2)
SENSOR_M = 1.73
NOISE_M = 0.02
MIN_POINTS = 10


def seen(points, random):
    """Points of a unit-sized object, height along the third axis, as the sensor at the origin has them."""
    p = points.astype(np.float64)
    p *= random.uniform(0.6, 2.5) / np.ptp(p, axis=0).max()
    a = random.uniform(0, 2 * np.pi)
    p[:, :2] = p[:, :2] @ np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]])
    p[:, 2] -= p[:, 2].min() + SENSOR_M
    way, far = random.uniform(0, 2 * np.pi), random.uniform(5, 25)
    p += [far * np.cos(way), far * np.sin(way), 0]
    distance = np.linalg.norm(p, axis=1)
    cell = np.stack([np.floor(np.arcsin(p[:, 2] / distance) / UP_RAD),
                     np.floor(np.arctan2(p[:, 1], p[:, 0]) / ASIDE_RAD)], 1)
    nearest = np.argsort(distance, kind="stable")
    first = np.unique(cell[nearest], axis=0, return_index=True)[1]
    kept = nearest[np.sort(first)]
    return p[kept] * (1 + random.normal(0, NOISE_M, len(kept)) / distance[kept])[:, None]


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--modelnet", required=True)
    p.add_argument("--out", required=True, help="folder of the crop set")
    a = p.parse_args()
    objects = crops.modelnet(a.modelnet, "test_a")
    random = np.random.default_rng(SEED)
    clouds = [seen(objects.cloud(i), random) for i in range(len(objects))]
    enough = np.array([i for i, c in enumerate(clouds) if len(c) >= MIN_POINTS])
    made = dataclasses.replace(objects.with_clouds(clouds), turns=None).part(enough)
    crops.write(made, a.out)
    print(f"{len(made)} crops, {np.median(np.diff(made.offsets)):.0f} points in the median")


if __name__ == "__main__":
    main()
