"""What must hold of targets and moves, for both kinds of cells. Run by `train.py --smoke`."""

import numpy as np

import equivariance
import targets
from grids import grid_of
from pillarnet import PILLARS
from polarnet import K, PROFILES


def some_boxes(random, count=40):
    turn, rho = random.uniform(-np.pi, np.pi, count), random.uniform(3, 60, count)
    turn[0], rho[0] = np.pi - 1e-9, 20  # on the seam
    size = random.uniform(0.5, 5, (count, 3))
    box = np.stack([rho * np.cos(turn), rho * np.sin(turn), size[:, 2] / 2, *size.T,
                    random.uniform(-np.pi, np.pi, count)], 1)
    return targets.Boxes(box, random.integers(K, size=count), np.full(count, 50))


def targets_decode_to_their_boxes(profile, random):
    grid, boxes = grid_of(profile), some_boxes(random)
    for i in range(len(boxes.box)):
        one = targets.Boxes(boxes.box[i:i + 1], boxes.label[i:i + 1], boxes.points[i:i + 1])
        heat, _, code, g, fg, _, _ = grid.targets(one)
        k, row, column = np.nonzero(heat == 1)
        assert len(k) == 1 and k[0] == one.label[0] and fg[row[0], column[0]] == 1, one
        row, column = np.nonzero(g)
        right = code[:, row, column].astype(float)
        right = np.concatenate([right[:8], np.cos(right[8:]), np.zeros_like(right[8:])])
        across = np.sin(code[8, row, column])
        found = grid.decode(right, across, np.full(len(row), one.label[0]), row, column)
        found[:, 6] = one.box[0, 6] + (found[:, 6] - one.box[0, 6] + np.pi) % (2 * np.pi) - np.pi
        assert abs(found - one.box).max() < 1e-3, (found, one.box)


def nothing_is_learnt_outside_the_sector_or_on_unknown_objects(profile, random):
    grid, boxes = grid_of(profile), some_boxes(random)
    boxes.sector = (-0.7, 0.5)
    boxes.label[1:4] = -1
    heat, weight, _, g, fg, _, valid = grid.targets(boxes)
    away = (grid.azimuth < -0.7) | (grid.azimuth > 0.5)
    assert not valid[away].any() and not weight[:, away].any() and not g[away].any() and not fg[away].any()
    assert 0.1 < valid.mean() < 0.3, valid.mean()
    for x, y in boxes.box[1:4, :2]:
        assert valid[grid.place(x, y)] == 0


def boxes_move_with_their_cells(profile, random):
    input_cells = grid_of(type(profile)(**{**profile.__dict__, "stride": (1, 1)}))
    for _ in range(20):
        boxes = some_boxes(random, 12)
        place = [input_cells.place(x, y) for x, y in boxes.box[:, :2]]
        a, r = np.array(place).T
        channels = np.zeros((len(a), profile.channels), np.float32)
        dx, dy = boxes.box[:, 0] - input_cells.x[a, r], boxes.box[:, 1] - input_cells.y[a, r]
        channels[:, 14], channels[:, 15] = dx, dy
        a, r, channels, after = targets.moved(profile, a, r, channels, boxes, random)
        x, y = input_cells.x[a, r], input_cells.y[a, r]
        off = np.hypot(after.box[:, 0] - x, after.box[:, 1] - y)
        assert off.max() < 0.51 * profile.range_step * (1.5 if profile.square else 2), off.max()
        if profile.square:
            assert abs(after.box[:, 0] - x - channels[:, 14]).max() < 1e-4
            assert abs(after.box[:, 1] - y - channels[:, 15]).max() < 1e-4
        begin, end = targets.Boxes(boxes.box, boxes.label, boxes.points, 0, (0.1, 0.4)).mirrored().sector
        assert (begin, end) == (-0.4, -0.1)


def a_canvas_is_redrawn_where_its_points_went(profile, random):
    cell = np.unique(random.integers(profile.azimuth_bins * profile.range_bins, size=3000))
    channels = np.zeros((len(cell), profile.channels), np.float32)
    channels[:, 2], channels[:, 13] = np.log1p(5) / 2, 1
    channels[:, 8], channels[:, 10], channels[:, 11] = 0.5, 0.6, 0.4
    channels[:, 14:] = random.uniform(-0.49, 0.49, (len(cell), 2))
    same, again = equivariance.redrawn(profile, cell, channels, 1.0, (0.0, 0.0))
    assert np.array_equal(same, cell) and abs(again - channels).max() < 1e-3
    new, after = equivariance.redrawn(profile, cell, channels, 1.05, (0.4, -0.3))
    x, y = equivariance.centres(profile, cell, channels)
    u, v = equivariance.places(profile, x * 1.05 + 0.4, y * 1.05 - 0.3)
    inside = (u < profile.azimuth_bins) & (v >= 0) & (v < profile.range_bins) & (u >= 0)
    count = np.expm1(2 * after[:, :8]).sum()
    assert abs(count - 5 * inside.sum()) < 0.01 * count, (count, inside.sum())
    assert abs(after[:, 8] - 0.525).max() < 1e-3 and set(new) == set(
        u[inside].astype(int) * profile.range_bins + v[inside].astype(int))


def run():
    for profile in (PROFILES["nano"], PILLARS):
        for check in (targets_decode_to_their_boxes, boxes_move_with_their_cells,
                      a_canvas_is_redrawn_where_its_points_went,
                      nothing_is_learnt_outside_the_sector_or_on_unknown_objects):
            check(profile, np.random.default_rng(7))


if __name__ == "__main__":
    run()
    print("passed")
