"""What can be learnt without labels: the same place has the same features, scaled, moved or later.

After E-SSL3D (ECCV 2024), which contrasts points of a scan with those of its scaled, shifted and
next scan; rotation and reflection, its other terms, hold exactly in a polar network. Here the
places are output cells, the teacher is the moving average of the weights, and a scaled or shifted
sweep is drawn again from the cells of its canvas.
"""

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import targets

PLACES, TEMPERATURE = 256, 0.1
SCALE, SHIFT_M = 0.07, 1.0
LOW_M = 0.3  # places where nothing stands higher teach little: the ground looks alike everywhere


def centres(profile, cell, channels):
    """Mean x, y of the points of every cell hit."""
    a, r = cell // profile.range_bins, cell % profile.range_bins
    if profile.square:
        half = profile.azimuth_bins / 2
        return ((a + 0.5 + channels[:, 14] - half) * profile.range_step,
                (r + 0.5 + channels[:, 15] - half) * profile.range_step)
    rho = profile.min_range + (r + 0.5 + channels[:, 14]) * profile.range_step
    phi = (a + 0.5 + channels[:, 15]) * 2 * np.pi / profile.azimuth_bins - np.pi
    return rho * np.cos(phi), rho * np.sin(phi)


def places(profile, x, y, stride=(1, 1)):
    """Continuous row and column of points."""
    if profile.square:
        half = profile.azimuth_bins / 2
        return ((x / profile.range_step + half) / stride[0], (y / profile.range_step + half) / stride[1])
    row = (np.arctan2(y, x) + np.pi) / (2 * np.pi) * profile.azimuth_bins
    column = (np.hypot(x, y) - profile.min_range) / profile.range_step
    return row % profile.azimuth_bins / stride[0], column / stride[1]


def redrawn(profile, cell, channels, scale, shift):
    """The canvas of the scene scaled about the sensor and then shifted, as far as cells tell."""
    x, y = centres(profile, cell, channels)
    u, v = places(profile, x * scale + shift[0], y * scale + shift[1])
    keep = (u >= 0) & (u < profile.azimuth_bins) & (v >= 0) & (v < profile.range_bins)
    u, v, old = u[keep], v[keep], channels[keep].astype(np.float64)
    new, of = np.unique(u.astype(int) * profile.range_bins + v.astype(int), return_inverse=True)
    count = np.expm1(2 * old[:, :8])
    n = np.maximum(count.sum(1), 1)
    total = np.bincount(of, n, len(new))
    mean = lambda what: np.bincount(of, n * what, len(new)) / total
    out = np.zeros((len(new), profile.channels), np.float32)
    for k in range(8):
        out[:, k] = np.log1p(np.bincount(of, count[:, k], len(new))) / 2
    out[:, 8] = mean(old[:, 8]) * scale
    spread = mean(old[:, 9] ** 2 + old[:, 8] ** 2) * scale ** 2 - out[:, 8].astype(np.float64) ** 2
    out[:, 9] = np.sqrt(np.maximum(spread, 0))
    out[:, 10], out[:, 11] = -np.inf, np.inf
    np.maximum.at(out[:, 10], of, old[:, 10] * scale)
    np.minimum.at(out[:, 11], of, old[:, 11] * scale)
    out[:, 12], out[:, 13] = mean(old[:, 12]), 1
    out[:, 14], out[:, 15] = mean(v % 1) - 0.5, mean(u % 1) - 0.5
    if profile.square:
        out[:, [14, 15]] = out[:, [15, 14]]
    return new, out


def view(frames, i, profile, random):
    """Canvases of a frame before and after (cells, channels), and where points of it went."""
    cell, channels, _ = frames.read(i)
    part, k = frames.part(i)
    motion = part.motion(k)
    if motion is not None and random.random() < 0.5:
        yaw, shift = motion
        c, s = np.cos(yaw), np.sin(yaw)
        go = lambda x, y: (c * (x - shift[0]) + s * (y - shift[1]), c * (y - shift[1]) - s * (x - shift[0]))
        after = part.read(k + 1)[:2]
    else:
        scale, shift = random.uniform(1 - SCALE, 1 + SCALE), random.uniform(-SHIFT_M, SHIFT_M, 2)
        go = lambda x, y: (x * scale + shift[0], y * scale + shift[1])
        after = redrawn(profile, cell, channels, scale, shift)
    return (cell, channels), after, go


class Equivariance(nn.Module):
    """Projects features; the student's are predicted further, as in BYOL, and contrasted."""

    def __init__(self, profile, width=32):
        super().__init__()
        self.profile = profile
        self.project = nn.Conv2d(profile.head, width, 1)
        self.predict = nn.Sequential(nn.Linear(width, 64), nn.ReLU(), nn.Linear(64, width))

    def loss(self, student, teacher, frames, i, random):
        """Contrast of one frame's places; the teacher and its projection are not trained."""
        p = self.profile
        before, after, go = view(frames, i, p, random)
        rows, columns = p.azimuth_bins // p.stride[0], p.range_bins // p.stride[1]
        tall = before[1][:, 10] > LOW_M
        x, y = centres(p, before[0][tall], before[1][tall])
        u, v = (w.astype(int) for w in places(p, x, y, p.stride))
        _, first = np.unique(u * columns + v, return_index=True)  # one point an output cell
        first = random.permutation(first)[:PLACES]
        to_u, to_v = (np.floor(w).astype(int) for w in places(p, *go(x[first], y[first]), p.stride))
        there = (to_u >= 0) & (to_u < rows) & (to_v >= 0) & (to_v < columns)
        u, v, to_u, to_v = u[first][there], v[first][there], to_u[there], to_v[there]
        if len(u) < 8:
            return None
        tensor = lambda c: torch.from_numpy(targets.dense(p, *c))[None].to(self.project.weight.device)
        with torch.no_grad():
            fixed = F.normalize(self.project(teacher.features(tensor(before))[0])[0, :, u, v].T, dim=1)
        moved = self.project(student.features(tensor(after))[0])[0, :, to_u, to_v].T
        likeness = F.normalize(self.predict(moved), dim=1) @ fixed.T / TEMPERATURE
        return F.cross_entropy(likeness, torch.arange(len(u), device=likeness.device))
