"""What the networks of all encoders have in common: the head with its Matryoshka prefixes, rows of
neighbours, masks of padding.

All tensors are float32 and batch first; indices of neighbours travel as float32 within their crop.
Pooling over points is by maximum, which copies of a point (padding) cannot change; where a mean is
needed, `distinct` leaves the copies out.
"""

import torch
from torch import nn

DIMENSIONS = (16, 32, 64, 128)
MOST = 64  # crops of a batch


class Head(nn.Module):
    """Pooled features [n, width] -> embedding [n, 128] and the logits of each prefix."""

    def __init__(self, width, classes, dropout=0.3, heading=False):
        super().__init__()
        self.drop = nn.Dropout(dropout)
        self.embed = nn.Linear(width, DIMENSIONS[-1])
        self.logits = nn.ModuleList(nn.Linear(m, classes) for m in DIMENSIONS)
        self.heading = nn.Sequential(nn.Linear(width, 64), nn.ReLU(), nn.Linear(64, 4)) if heading else None

    def forward(self, z):
        """Embedding (not normalised), four logits, heading [n, 4] or None: cos 2d, sin 2d, and what
        speaks for a front along and across the line of sight."""
        z = self.drop(z)
        e = self.embed(z)
        return e, [l(torch.relu(e[:, :m])) for l, m in zip(self.logits, DIMENSIONS)], \
            self.heading(z) if self.heading is not None else None


def front_logit(heading):
    """[n, 4] -> what speaks for the front at the angle a that cos 2d, sin 2d name, -90 < a <= 90
    degrees, against a + 180 degrees. The two votes change smoothly with the heading where a jumps."""
    along, across = heading[:, 2], heading[:, 3]
    c, s = heading[:, 0].detach(), heading[:, 1].detach()  # the roots have no slope at 0
    length = torch.sqrt(c * c + s * s + 1e-12)
    cos_a = torch.sqrt(torch.clamp((1 + c / length) / 2, min=0))
    side = s / torch.sqrt(s * s + 1e-20)
    sin_a = torch.sqrt(torch.clamp((1 - c / length) / 2, min=0)) * side
    return along * cos_a + across * sin_a


class Points(nn.Module):
    """Dense layers of single points, each followed by ReLU and BatchNorm; rows in, rows out."""

    def __init__(self, *widths):
        super().__init__()
        layers = []
        for a, b in zip(widths, widths[1:]):
            layers += [nn.Linear(a, b), nn.ReLU(), nn.BatchNorm1d(b)]
        self.layers = nn.Sequential(*layers)
        self.out = widths[-1]

    def forward(self, x):
        return self.layers(x)


class Standardised(nn.BatchNorm1d):
    """Features with mean 0 and variance 1; no weights, for a dense layer follows. In eval mode spelled out:
    PyTorch 1.13 cannot export a BatchNorm without weights."""

    def __init__(self, channels):
        super().__init__(channels, affine=False)

    def forward(self, x):
        if self.training:
            return super().forward(x)
        return (x - self.running_mean) / torch.sqrt(self.running_var + self.eps)


class PointNet(nn.Module):
    """[n, K, 3] -> [n, 256] by the maximum over the points."""

    WIDTHS = (64, 128, 256, 256)

    def __init__(self, channels=3):
        super().__init__()
        self.points = Points(channels, *self.WIDTHS)

    def forward(self, points):
        k, c = points.shape[1], points.shape[2]
        return peak(self.points(points.reshape(-1, c)).reshape(-1, k, self.WIDTHS[-1]))


def rows(neighbour, points):
    """[n, K, k] indices within each crop -> [n K k] indices into the rows of the whole batch."""
    n = neighbour.shape[0]
    # a slice of a constant: the operator Range is not on the engine's list
    first = (torch.arange(MOST, device=neighbour.device) * points).reshape(-1, 1)[:n]
    within = neighbour.to(torch.int64).reshape(-1, neighbour.shape[1] * neighbour.shape[2])
    return (within + first).reshape(-1)


def take(values, at):
    """Rows of values; the backward pass of `index_select` is the faster one."""
    return values.index_select(0, at)


class _Peak(torch.autograd.Function):
    """Maximum over an axis; PyTorch 1.13 spends most of a training step in its own backward pass."""

    @staticmethod
    def forward(ctx, x, axis):
        top = x.amax(axis)
        ctx.save_for_backward(x, top)
        ctx.axis = axis
        return top

    @staticmethod
    def backward(ctx, grad):
        x, top = ctx.saved_tensors
        share = torch.empty_like(x)
        torch.eq(x, top.unsqueeze(ctx.axis), out=share)  # as float32 at once
        return share.mul_((grad / share.sum(ctx.axis)).unsqueeze(ctx.axis)), None


def peak(x, axis=1):
    """Maximum over an axis; equal ones share the gradient."""
    if x.requires_grad and not torch.onnx.is_in_onnx_export():
        return _Peak.apply(x, axis)
    return x.amax(axis)


def distinct(points):
    """[n, K, 3] -> [n, K, 1]: 0 for copies of the first point, 1 for all others and the first."""
    apart = points[:, 1:] - points[:, :1]
    other = torch.clamp((apart * apart).sum(2, keepdim=True) * 1e12, 0, 1)
    return torch.cat([other[:, :1] * 0 + 1, other], 1)
