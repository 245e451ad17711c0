"""Encoders that carry vectors: `egnn`, `learned-canon`, `tetra-vn`. All read points [n, K, 3], centred, and
neighbour [n, K, k]; the neighbours are those of the points and stay so (neighbours in feature space would
flip by rounding).
"""

import math

import torch
from torch import nn

from trunk import PointNet, Points, distinct, peak, rows, take


class EgnnLayer(nn.Module):
    def __init__(self, width, last):
        super().__init__()
        self.own = nn.Linear(width, width)
        self.other = nn.Linear(width, width, bias=False)
        self.far = nn.Linear(2, width, bias=False)
        self.message = nn.Linear(width, width)
        self.move = None if last else nn.Linear(width, 1)
        self.update = nn.Linear(2 * width, width)
        self.norm = nn.BatchNorm1d(width)

    def forward(self, x, h, at, k):
        """x [m, 3], h [m, w] and the rows of k neighbours of each -> new x, h."""
        w = h.shape[1]
        apart = x.reshape(-1, 1, 3) - take(x, at).reshape(-1, k, 3)
        d2 = (apart * apart).sum(2, keepdim=True)
        d = torch.sqrt(d2 + 1e-12)
        m = self.own(h).reshape(-1, 1, w) + (take(self.other(h), at) + self.far(
            torch.cat([d, d2], 2).reshape(-1, 2))).reshape(-1, k, w)
        m = torch.relu(self.message(torch.relu(m).reshape(-1, w)))
        if self.move is not None:
            x = x + (apart * (self.move(m).reshape(-1, k, 1) / (d + 1))).mean(1)
        h = h + self.norm(torch.relu(self.update(torch.cat([h, peak(m.reshape(-1, k, w))], 1))))
        return x, h


class Egnn(nn.Module):
    """E(n)-equivariant graph network (Satorras 2021): messages of distances, coordinates that move along
    the edges, divided by (d + 1) so that they cannot run away."""

    def __init__(self, shapes, width=64, layers=3):
        super().__init__()
        self.k_points, self.k = shapes["neighbour"]
        self.start = nn.Linear(1, width)
        self.layers = nn.ModuleList(EgnnLayer(width, i == layers - 1) for i in range(layers))
        self.last = Points(width + 1, 256)
        self.width = 256

    def forward(self, points, neighbour):
        at = rows(neighbour, self.k_points)
        x = points.reshape(-1, 3)
        r = torch.sqrt((x * x).sum(1, keepdim=True) + 1e-12)
        h = torch.relu(self.start(r))
        for layer in self.layers:
            x, h = layer(x, h, at, self.k)
        r = torch.sqrt((x * x).sum(1, keepdim=True) + 1e-12)
        return peak(self.last(torch.cat([h, r], 1)).reshape(-1, self.k_points, self.width))


class VectorLayer(nn.Module):
    """Vector neurons (Deng 2021): channels are mixed, and what points against a learned direction is
    taken off. [m, C, d] -> [m, C', d]."""

    def __init__(self, a, b):
        super().__init__()
        self.mix = nn.Linear(a, b, bias=False)
        self.way = nn.Linear(a, b, bias=False)

    def forward(self, v):
        t = v.transpose(1, 2)
        q, d = self.mix(t), self.way(t)  # [m, d, C']
        dot = (q * d).sum(1, keepdim=True)
        against = dot - torch.relu(dot)
        q = q - against / ((d * d).sum(1, keepdim=True) + 1e-6) * d * 0.8
        return q.transpose(1, 2)


def cross(a, b):
    x, y, z = a.unbind(-1)
    u, v, w = b.unbind(-1)
    return torch.stack([y * w - z * v, z * u - x * w, x * v - y * u], -1)


class LearnedCanon(nn.Module):
    """Learned canonicalisation (Kaba 2023): vector neurons name two vectors, Gram-Schmidt makes them a
    rotation, a plain network reads the points turned back by it. Two losses shape the vectors: nearness
    to the pose of the training set, and their distance to the orbit of rotations (Nguyen 2023), which
    keeps them long and apart."""

    PRIOR, ORBIT = 0.1, 0.1

    def __init__(self, shapes, width=16):
        super().__init__()
        self.k_points, self.k = shapes["neighbour"]
        self.edges = VectorLayer(3, width)
        self.points = VectorLayer(width + 1, 2 * width)
        self.pair = nn.Linear(2 * width, 2, bias=False)
        self.net = PointNet()
        self.width = PointNet.WIDTHS[-1]
        self.loss = 0.0

    def rotation(self, points, neighbour):
        """Rows of the rotation into the canonical frame [n, 3, 3], and the vectors before."""
        x = points.reshape(-1, 3)
        near = take(x, rows(neighbour, self.k_points)).reshape(-1, self.k, 3)
        own = x.reshape(-1, 1, 3) + near * 0  # repeated
        e = torch.stack([near - own, own, cross(near, own)], 2).reshape(-1, 3, 3)
        v = self.edges(e).reshape(-1, self.k, self.edges.mix.out_features, 3).mean(1)
        v = self.points(torch.cat([v, x.reshape(-1, 1, 3)], 1))
        v = v.reshape(-1, self.k_points, v.shape[1] * 3)
        keep = distinct(points)
        v = ((v * keep).sum(1) / keep.sum(1)).reshape(-1, v.shape[2] // 3, 3)
        two = self.pair(v.transpose(1, 2)).transpose(1, 2)  # [n, 2, 3]
        a, b = two[:, 0], two[:, 1]
        a1 = a / torch.sqrt((a * a).sum(1, keepdim=True) + 1e-10)
        b1 = b - (a1 * b).sum(1, keepdim=True) * a1
        b1 = b1 / torch.sqrt((b1 * b1).sum(1, keepdim=True) + 1e-10)
        return torch.stack([a1, b1, cross(a1, b1)], 1), two

    def forward(self, points, neighbour):
        r, two = self.rotation(points, neighbour)
        if self.training:
            upright = torch.eye(3, device=r.device).roll(1, 0)  # z first, then x
            self.loss = self.PRIOR * ((r - upright) ** 2).sum((1, 2)).mean() \
                + self.ORBIT * ((two - r[:, :2]) ** 2).sum((1, 2)).mean()
        return self.net(torch.matmul(points, r.transpose(1, 2)))

    def regulariser(self):
        return self.loss


class TetraVn(nn.Module):
    """Steerable spherical neurons (Melnyk 2022, TetraSphere 2024): a sphere neuron of the conformal point
    (x, -1, -|x|^2 / 2), in four copies turned onto a tetrahedron, answers a vector of R^4 which a rotation
    of x turns by an orthogonal 4x4 matrix. Vector neurons on R^4 follow; inner products end them."""

    def __init__(self, shapes, spheres=8, width=16):
        super().__init__()
        self.k_points, self.k = shapes["neighbour"]
        s = 1 / math.sqrt(3)
        self.register_buffer("corners", torch.tensor(
            [[s, s, s], [s, -s, -s], [-s, s, -s], [-s, -s, s]]).t().contiguous())
        self.radius = nn.Parameter(torch.randn(2 * spheres) * 0.7)
        self.rest = nn.Linear(2, 2 * spheres)  # of 1 and |x|^2
        self.edges = VectorLayer(2 * spheres, width)
        self.points = VectorLayer(width + spheres, 2 * width)
        self.anchors = nn.Linear(2 * width, 4, bias=False)
        self.spheres = spheres
        self.last = Points(2 * width * 4 + 1, 128, 256)
        self.width = 256

    def sphere(self, x, a, b):
        """Spheres a..b of points [m, 3] -> [m, b - a, 4]."""
        turned = torch.matmul(x, self.corners).reshape(-1, 1, 4)
        r2 = (x * x).sum(1, keepdim=True)
        same = self.rest(torch.cat([torch.sqrt(r2 + 1e-12), r2], 1))[:, a:b]
        return turned * self.radius[a:b].reshape(1, -1, 1) + same.reshape(-1, b - a, 1)

    def forward(self, points, neighbour):
        s = self.spheres
        x = points.reshape(-1, 3)
        near = take(x, rows(neighbour, self.k_points)).reshape(-1, self.k, 3) - x.reshape(-1, 1, 3)
        own = self.sphere(x, 0, s)
        apart = self.sphere(near.reshape(-1, 3), s, 2 * s)
        repeated = own.reshape(-1, 1, s, 4) + apart.reshape(-1, self.k, s, 4) * 0
        both = torch.cat([repeated.reshape(-1, s, 4), apart], 1)
        v = self.edges(both).reshape(-1, self.k, self.edges.mix.out_features, 4).mean(1)
        v = self.points(torch.cat([v, own], 1))  # [m, C, 4]
        keep = distinct(points)
        flat = v.reshape(-1, self.k_points, v.shape[1] * 4)
        mean = ((flat * keep).sum(1) / keep.sum(1)).reshape(-1, v.shape[1], 4)
        frame = self.anchors(mean.transpose(1, 2))  # [n, 4, 4 anchors]
        frame = frame / torch.sqrt((frame * frame).sum(1, keepdim=True) + 1e-6)
        c = v.shape[1]
        dots = torch.matmul(v.reshape(-1, self.k_points * c, 4), frame).reshape(-1, c * 4)
        r = torch.sqrt((x * x).sum(1, keepdim=True) + 1e-12)
        return peak(self.last(torch.cat([dots, r], 1)).reshape(-1, self.k_points, self.width))
