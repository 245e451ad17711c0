"""Output cells of the two kinds of networks, and the coding of boxes in their frames.

A polar cell's frame looks outwards, so that a turn of the scene turns the targets and changes
nothing else. A square cell's frame is the sensor's own: offsets along x and y, absolute yaw.
"""

import numpy as np

from polarnet import K

MEAN_SIZE = np.array([[4.3, 1.8, 1.55], [0.7, 0.65, 1.72], [1.75, 0.65, 1.7]])
SIGMA = np.array([0.9, 0.4, 0.6])
MIN_POINTS = 5
POSITIVE = 0.35


class Grid:
    """What both kinds share. `x`, `y`: centres [rows, columns]; `phi` [rows]: where a row's cells
    look; `wraps`: whether the last row lies beside the first."""

    wraps = False

    def finish(self):
        self.azimuth = np.arctan2(self.y, self.x)

    def place(self, x, y):
        """Row and column of a point, or None."""
        raise NotImplementedError

    def spread(self, x, y, sigma):
        """Widths of a peak along and across the frame of the cells, metres."""
        raise NotImplementedError

    def window(self, x, y, row, column, reach):
        """Rows and columns that may lie within `reach` metres."""
        raise NotImplementedError

    def valid(self, boxes):
        """1 where labels are complete: within the labelled sector, outside unknown objects."""
        out = np.ones((self.rows, self.columns), np.float32)
        begin, end = boxes.sector
        if end - begin < 2 * np.pi - 1e-6:
            out[(self.azimuth - begin) % (2 * np.pi) > end - begin] = 0
        for x, y, _, length, width, _, yaw in boxes.box[boxes.label < 0]:
            dx, dy = x - self.x, y - self.y
            along = abs(dx * np.cos(yaw) + dy * np.sin(yaw))
            across = abs(dy * np.cos(yaw) - dx * np.sin(yaw))
            out[(along < length / 2 + 1) & (across < width / 2 + 1)] = 0
        return out

    def targets(self, boxes):
        """heat [K], weight [K], box codes [9], box weight, foreground, vote [2], valid; all
        [.., rows, columns]."""
        shape = (self.rows, self.columns)
        heat, weight = np.zeros((K, *shape), np.float32), np.ones((K, *shape), np.float32)
        best, owner = np.zeros(shape, np.float32), np.full(shape, -1)
        inside = np.full(shape, -1)
        for i in np.argsort(-np.hypot(boxes.box[:, 0], boxes.box[:, 1])):
            x, y, _, length, width, _, yaw = boxes.box[i]
            k, at_cell = boxes.label[i], self.place(x, y)
            if k < 0 or at_cell is None:
                continue
            s_u, s_v = self.spread(x, y, SIGMA[k])
            reach = max(3 * max(s_u, s_v), 0.5 * np.hypot(length, width))
            rows, columns = self.window(x, y, *at_cell, reach)
            at = np.ix_(rows, columns)
            middle = (rows[:, None] == at_cell[0]) & (columns == at_cell[1])
            dx, dy = x - self.x[at], y - self.y[at]
            c, s = np.cos(self.phi[rows])[:, None], np.sin(self.phi[rows])[:, None]
            g = np.exp(-0.5 * (((dx * c + dy * s) / s_u) ** 2 + ((dy * c - dx * s) / s_v) ** 2))
            if boxes.points[i] < MIN_POINTS:
                weight[k][at] = np.where(g > 0.6, 0, weight[k][at])
                continue
            g[middle] = 1
            heat[k][at] = np.maximum(heat[k][at], g)
            better = g > best[at]
            best[at] = np.where(better, g, best[at])
            owner[at] = np.where(better, i, owner[at])
            along = dx * np.cos(yaw) + dy * np.sin(yaw)
            across = dy * np.cos(yaw) - dx * np.sin(yaw)
            within = (abs(along) < length / 2 + 0.3) & (abs(across) < width / 2 + 0.3)
            inside[at] = np.where(within | middle, i, inside[at])
        weight[heat == 1] = 1
        valid = self.valid(boxes)
        weight *= valid
        code = np.zeros((9, *shape), np.float32)
        positive = (best > POSITIVE) & (valid > 0)
        if positive.any():
            code[:, positive] = self.encode(boxes.box[owner[positive]],
                                            boxes.label[owner[positive]], *np.nonzero(positive))
        vote = np.zeros((2, *shape), np.float32)
        fg = (inside >= 0) & (valid > 0)
        if fg.any():
            vote[:, fg] = self.offsets(boxes.box[inside[fg]], *np.nonzero(fg))
        return (heat, weight, code, np.where(positive, best, 0).astype(np.float32),
                fg.astype(np.float32), vote, valid)

    def offsets(self, box, row, column):
        dx, dy = box[:, 0] - self.x[row, column], box[:, 1] - self.y[row, column]
        c, s = np.cos(self.phi[row]), np.sin(self.phi[row])
        return np.stack([dx * c + dy * s, dy * c - dx * s])

    def encode(self, box, label, row, column):
        """du, dv, zg, log sizes, sin and cos of twice the relative yaw, relative yaw itself."""
        turn = box[:, 6] - self.phi[row]
        sizes = np.log(box[:, 3:6] / MEAN_SIZE[label])
        return np.concatenate([
            self.offsets(box, row, column), box[None, :, 2], sizes.T,
            [np.sin(2 * turn), np.cos(2 * turn), turn]])

    def decode(self, code, across, label, row, column):
        """Boxes from len(BOX) codes [10, n] and the second direction logit [n]."""
        c, s = np.cos(self.phi[row]), np.sin(self.phi[row])
        x = self.x[row, column] + code[0] * c - code[1] * s
        y = self.y[row, column] + code[0] * s + code[1] * c
        size = np.exp(np.clip(code[3:6], -3, 3)).T * MEAN_SIZE[label]
        axis = np.arctan2(code[6], code[7]) / 2
        # the axis says where, the logit of the larger component says which way
        cos, sin = np.cos(axis), np.sin(axis)
        wrong = np.where(abs(cos) >= abs(sin), cos * code[8] < 0, sin * across < 0)
        yaw = axis + np.pi * wrong + self.phi[row]
        return np.concatenate([np.stack([x, y, code[2]], 1), size, yaw[:, None]], 1)


class PolarGrid(Grid):
    wraps = True

    def __init__(self, profile):
        self.rows = profile.azimuth_bins // profile.stride[0]
        self.columns = profile.range_bins // profile.stride[1]
        self.step_r = profile.range_step * profile.stride[1]
        self.step_a = 2 * np.pi / self.rows
        self.min_range = profile.min_range
        self.max_range = profile.min_range + self.columns * self.step_r
        self.phi = -np.pi + (np.arange(self.rows) + 0.5) * self.step_a
        self.rho = self.min_range + (np.arange(self.columns) + 0.5) * self.step_r
        self.x = np.cos(self.phi)[:, None] * self.rho
        self.y = np.sin(self.phi)[:, None] * self.rho
        self.finish()

    def place(self, x, y):
        rho = np.hypot(x, y)
        if rho < self.min_range or rho >= self.max_range:
            return None
        row = int((np.arctan2(y, x) + np.pi) / self.step_a) % self.rows
        return row, min(int((rho - self.min_range) / self.step_r), self.columns - 1)

    def spread(self, x, y, sigma):
        return max(0.55 * self.step_r, sigma), max(0.55 * np.hypot(x, y) * self.step_a, sigma)

    def window(self, x, y, row, column, reach):
        near = max(np.hypot(x, y) - reach, self.min_range)
        span = min(int(reach / (near * self.step_a)) + 1, self.rows // 2 - 1)
        rows = np.arange(row - span, row + span + 1) % self.rows
        cells = int(reach / self.step_r)
        return rows, np.arange(max(0, column - cells - 1), min(self.columns, column + cells + 2))


class SquareGrid(Grid):
    def __init__(self, profile):
        self.rows = profile.azimuth_bins // profile.stride[0]
        self.columns = profile.range_bins // profile.stride[1]
        self.step = profile.range_step * profile.stride[0]
        self.min_range = profile.min_range
        self.max_range = self.rows * self.step / 2
        self.phi = np.zeros(self.rows)
        centre = (np.arange(self.rows) + 0.5) * self.step - self.max_range
        self.x, self.y = np.meshgrid(centre, centre, indexing="ij")
        self.finish()

    def place(self, x, y):
        rho = np.hypot(x, y)
        if rho < self.min_range or rho >= self.max_range:
            return None
        return int((x + self.max_range) / self.step), int((y + self.max_range) / self.step)

    def spread(self, x, y, sigma):
        wide = max(0.55 * self.step, sigma)
        return wide, wide

    def window(self, x, y, row, column, reach):
        cells = int(reach / self.step) + 1
        return (np.arange(max(0, row - cells), min(self.rows, row + cells + 1)),
                np.arange(max(0, column - cells), min(self.columns, column + cells + 1)))


def grid_of(profile):
    return SquareGrid(profile) if profile.square else PolarGrid(profile)
