"""Encoders that read invariant attributes: `ga-attn`, `ponita`; and `concentric`, which reads a sphere."""

import torch
from torch import nn

from trunk import Points, Standardised, peak, rows, take


class GaLayer(nn.Module):
    def __init__(self, p, width):
        super().__init__()
        self.own = nn.Linear(width, width)
        self.other = nn.Linear(width, width, bias=False)
        self.pair = nn.Linear(p, width, bias=False)
        self.value = nn.Linear(width, width)
        self.score = nn.Linear(width, 1)
        self.norm = nn.BatchNorm1d(width)

    def forward(self, h, pair, hide, m):
        """h [n m, w], pair [n m m, P], hide [n, 1, m, 1]: a large number for copies."""
        w = h.shape[1]
        t = torch.relu(self.own(h).reshape(-1, m, 1, w) + self.other(h).reshape(-1, 1, m, w)
                       + self.pair(pair).reshape(-1, m, m, w)).reshape(-1, w)
        weight = torch.softmax(self.score(t).reshape(-1, m, m, 1) - hide, 2)
        mean = (self.value(t).reshape(-1, m, m, w) * weight).sum(2).reshape(-1, w)
        return h + self.norm(torch.relu(mean))


class GaAttention(nn.Module):
    """Geometric algebra attention (Spellings 2021): values and scores of the invariants of the products of
    two points, softmax over the partners. pair [n, m, m, P], point [n, m, Q]."""

    def __init__(self, shapes, width=48, layers=2):
        super().__init__()
        (self.m, _, p), q = shapes["pair"], shapes["point"][1]
        self.norm_pair, self.norm_point = Standardised(p), Standardised(q)
        self.start = Points(q, width)
        self.layers = nn.ModuleList(GaLayer(p, width) for _ in range(layers))
        self.last = Points(width + q, 256)
        self.width = 256

    def forward(self, pair, point):
        # a copy of the first point (padding) has the first one's column, whatever the row
        apart = pair[:, :, 1:] - pair[:, :, :1]
        other = torch.clamp((apart * apart).sum(3).sum(1) * 1e12, 0, 1)
        hide = (1 - torch.cat([other[:, :1] * 0 + 1, other], 1)).reshape(-1, 1, self.m, 1) * 1e4
        x = self.norm_pair(pair.reshape(-1, pair.shape[3]))
        q = self.norm_point(point.reshape(-1, point.shape[2]))
        h = self.start(q)
        for layer in self.layers:
            h = layer(h, x, hide, self.m)
        return peak(self.last(torch.cat([h, q], 1)).reshape(-1, self.m, self.width))


class PonitaLayer(nn.Module):
    def __init__(self, basis, width):
        super().__init__()
        self.kernel = nn.Linear(basis, width, bias=False)
        self.norm = nn.BatchNorm1d(width)
        self.wide = nn.Linear(width, 2 * width)
        self.narrow = nn.Linear(2 * width, width)

    def forward(self, h, basis, at, k):
        w = h.shape[1]
        y = (take(h, at) * self.kernel(basis)).reshape(-1, k, w).mean(1)
        return h + self.narrow(torch.relu(self.wide(self.norm(y))))


class Ponita(nn.Module):
    """Weight sharing in position-orientation space (Bekkers 2024) with one orientation a point, its normal:
    one kernel of the invariant attributes, shared by all pairs alike; depthwise over neighbours, then over
    channels. edge [n, K, k, A], neighbour [n, K, k], glob [n, G]."""

    def __init__(self, shapes, basis=32, width=64, layers=3):
        super().__init__()
        (self.k_points, self.k, a), g = shapes["edge"], shapes["glob"][0]
        self.norm = Standardised(a)
        self.basis = nn.Sequential(nn.Linear(a, basis), nn.ReLU(), nn.Linear(basis, basis), nn.ReLU())
        self.start = nn.Linear(basis, width)
        self.layers = nn.ModuleList(PonitaLayer(basis, width) for _ in range(layers))
        self.last = Points(width, 256)
        self.norm_glob = Standardised(g)
        self.width = 256 + g

    def forward(self, edge, neighbour, glob):
        at = rows(neighbour, self.k_points)
        b = self.basis(self.norm(edge.reshape(-1, edge.shape[3])))
        h = self.start(peak(b.reshape(-1, self.k, b.shape[1])))
        for layer in self.layers:
            h = layer(h, b, at, self.k)
        z = peak(self.last(h).reshape(-1, self.k_points, 256))
        return torch.cat([z, self.norm_glob(glob)], 1)


def around(x, n):
    """Continues azimuth, the last axis, by n columns past its ends, and repeats the last rows."""
    x = torch.cat([x[..., -n:], x, x[..., :n]], 3)
    return torch.cat([x[:, :, :1]] * n + [x] + [x[:, :, -1:]] * n, 2)


class Concentric(nn.Module):
    """Concentric spheres: sphere [n, S, H, W] of S shells, H elevations, W azimuths; convolution within and
    across shells, circular in azimuth, and the maximum over the sphere: turned by whole columns, the answer
    stays."""

    def __init__(self, shapes, width=48):
        super().__init__()
        s = shapes["sphere"][0]
        self.norm = nn.BatchNorm2d(s)
        self.convs = nn.ModuleList([nn.Conv2d(s, width, 3), nn.Conv2d(width, width, 3)])
        self.norms = nn.ModuleList(nn.BatchNorm2d(width) for _ in self.convs)
        self.last = nn.Conv2d(width, 192, 1)
        self.height = shapes["sphere"][1]
        self.width = 192

    def forward(self, sphere):
        x = self.norm(sphere)
        for conv, norm in zip(self.convs, self.norms):
            x = norm(torch.relu(conv(around(x, 1))))
        return torch.relu(self.last(x)).amax(3).amax(2)
