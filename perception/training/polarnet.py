"""PolarNet: one weight set, two graphs that agree.

Tensors are N, C, azimuth, range. The circular graph wraps every 3x3 convolution in azimuth; the
valid graph shrinks instead, and its input carries `halo` wrapped rows on each side. All
down-sampling is without overlap, so both graphs see the same phase. Code keeps to the API common
to PyTorch 1.13 and 2.x.
"""

from dataclasses import dataclass

import torch
from torch import nn

CLASSES = ("vehicle", "pedestrian", "cyclist")
K = len(CLASSES)
BOX = ("du", "dv", "zg", "log_l", "log_w", "log_h", "sin2", "cos2", "along", "iou")
VOTE = ("fg", "vote_u", "vote_v", "across")
OUTPUTS = CLASSES + BOX + VOTE
STRIDE_A, STRIDE_R = 4, 2


@dataclass(frozen=True)
class Profile:
    name: str
    azimuth_bins: int
    range_bins: int
    range_step: float
    widths: tuple
    blocks: tuple
    head: int
    halo: int
    key_points: int = 4
    depth: int = 32
    min_range: float = 2.0
    channels: int = 16
    stride: tuple = (STRIDE_A, STRIDE_R)
    square: bool = False  # cells of x and y: azimuth_bins rows of x, range_bins columns of y


PROFILES = {
    p.name: p
    for p in (
        Profile("nano", 1024, 128, 0.5, (32, 48, 64), (1, 1, 1), 32, 112),
        Profile("tiny", 1024, 192, 0.35, (32, 64, 96), (1, 2, 2), 48, 160),
        Profile("full", 2048, 512, 0.145, (64, 128, 256), (2, 3, 3), 96, 208, 8, 64),
    )
}


def wrap(x, rows):
    """Repeats `rows` rows of the far end on each side."""
    return torch.cat([x[:, :, -rows:], x, x[:, :, :rows]], 2)


class Wrapped(nn.Module):
    """A convolution that wraps in azimuth (circular) or shrinks (valid); zeros in range."""

    def __init__(self, c_in, c_out, kernel=3, bias=False):
        super().__init__()
        self.rows = kernel // 2
        self.conv = nn.Conv2d(
            c_in, c_out, (kernel, 3 if kernel == 3 else 1), bias=bias,
            padding=(0, 1 if kernel == 3 else 0))
        self.circular = True

    def forward(self, x):
        return self.conv(wrap(x, self.rows) if self.circular else x)


def like(x, y):
    """Crops x in azimuth, symmetrically, to y's rows."""
    cut = (x.shape[2] - y.shape[2]) // 2
    return x if cut == 0 else x[:, :, cut:-cut]


class Res(nn.Module):
    def __init__(self, c, convolution=Wrapped):
        super().__init__()
        self.a, self.na = convolution(c, c), nn.BatchNorm2d(c)
        self.b, self.nb = convolution(c, c), nn.BatchNorm2d(c)

    def forward(self, x):
        y = self.nb(self.b(torch.relu(self.na(self.a(x)))))
        return torch.relu(like(x, y) + y)


class Film(nn.Module):
    """A gain and an offset of its own for every channel and range (PolarStream's stratification)."""

    def __init__(self, c, columns):
        super().__init__()
        self.gain = nn.Parameter(torch.ones(1, c, 1, columns))
        self.offset = nn.Parameter(torch.zeros(1, c, 1, columns))

    def forward(self, x):
        return x * self.gain + self.offset


class ColumnAttention(nn.Module):
    """PARTNER's re-alignment with soft key points: a column's features gather in K points, these
    mix with the columns beside, and every cell reads them back."""

    def __init__(self, c, columns, points, depth):
        super().__init__()
        self.key = nn.Conv2d(c, points, 1)
        self.value = nn.Conv2d(c, depth, 1)
        self.place = nn.Parameter(torch.zeros(1, depth, 1, columns))
        self.mix = Wrapped(depth, depth, kernel=5, bias=True)
        self.query = nn.Conv2d(c, points, 1)
        self.out = nn.Conv2d(depth, c, 1)
        self.gamma = nn.Parameter(torch.full((1,), 0.1))

    def forward(self, x):
        weight = torch.softmax(self.key(x), 3).permute(0, 2, 1, 3)
        value = (self.value(x) + self.place).permute(0, 2, 3, 1)
        points = torch.matmul(weight, value).permute(0, 3, 1, 2)  # n, depth, azimuth, point
        points = torch.relu(self.mix(points))
        x = like(x, points)
        read = torch.softmax(self.query(x), 1).permute(0, 2, 3, 1)
        y = torch.matmul(read, points.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)
        return x + self.gamma * self.out(y)


def double(x):
    return nn.functional.interpolate(x, scale_factor=2.0, mode="nearest")


class PolarNet(nn.Module):
    """Returns logits: K classes, then BOX, then VOTE, at a quarter of the rows, half the columns."""

    def __init__(self, profile):
        super().__init__()
        p = self.profile = profile
        w0, w1, w2 = p.widths
        n0, n1, n2 = p.blocks
        h, columns = p.head, p.range_bins // 2
        self.stem = nn.Conv2d(p.channels, w0, (STRIDE_A, STRIDE_R), (STRIDE_A, STRIDE_R))
        self.film0 = Film(w0, columns)
        self.s1 = nn.Sequential(*[Res(w0) for _ in range(n0)])
        self.d2 = nn.Conv2d(w0, w1, 2, 2)
        self.film1 = Film(w1, columns // 2)
        self.s2 = nn.Sequential(*[Res(w1) for _ in range(n1)])
        self.d3 = nn.Conv2d(w1, w2, 2, 2)
        self.film2 = Film(w2, columns // 4)
        self.s3 = nn.Sequential(*[Res(w2) for _ in range(n2)])
        self.attention = ColumnAttention(w2, columns // 4, p.key_points, p.depth)
        self.l3, self.l2 = nn.Conv2d(w2, h, 1), nn.Conv2d(w1, h, 1)
        self.l1 = nn.Conv2d(w0, h, 1)
        self.u2, self.m2 = Wrapped(h, h), nn.BatchNorm2d(h)
        self.u1, self.m1 = Wrapped(h, h), nn.BatchNorm2d(h)
        self.film_head = Film(h, columns)
        self.vote = nn.Conv2d(h, len(VOTE), 1)
        self.geometry = nn.Conv2d(3, h, 1)
        self.join, self.mj = Wrapped(h, h), nn.BatchNorm2d(h)
        self.classes = nn.Conv2d(h, K, 1)
        self.box = nn.Conv2d(h, len(BOX), 1)
        nn.init.constant_(self.classes.bias, -4.0)
        self.circular = True

    def set_circular(self, circular):
        for m in self.modules():
            if isinstance(m, (Wrapped, PolarNet)):
                m.circular = circular
        return self

    def features(self, x):
        """What the heads read, and the votes."""
        a = self.s1(self.film0(torch.relu(self.stem(x))))
        b = self.s2(self.film1(torch.relu(self.d2(self.even(a)))))
        c = self.s3(self.film2(torch.relu(self.d3(self.even(b)))))
        c = self.attention(c)
        y = double(self.l3(c))
        y = torch.relu(self.m2(self.u2(y + self.l2(like(b, y)))))
        y = double(y)
        y = self.film_head(torch.relu(self.m1(self.u1(y + self.l1(like(a, y))))))
        vote = self.vote(y)
        hint = torch.cat([torch.sigmoid(vote[:, :1]), vote[:, 1:3]], 1)
        y = torch.relu(self.mj(self.join(y + self.geometry(hint))))
        return y, like(vote, y)

    def forward(self, x):
        y, vote = self.features(x)
        return torch.cat([self.classes(y), self.box(y), vote], 1)

    def even(self, x):
        """The valid graph sheds one row more where a merge of two rows would change its phase."""
        if self.circular:
            return x
        extra = (x.shape[2] - self.core(x)) // 2 % 2
        return x[:, :, 1:-1] if extra else x

    def core(self, x):
        """Rows of the whole turn at x's resolution."""
        return self.profile.azimuth_bins // STRIDE_A * x.shape[3] // (self.profile.range_bins // 2)


class Exported(nn.Module):
    """The graph that is shipped: class logits become probabilities."""

    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, canvas):
        y = self.net(canvas)
        return torch.cat([torch.sigmoid(y[:, :K]), y[:, K:]], 1)


def disagreement(net, seed=0):
    """Largest difference between the circular graph and the valid one with a wrapped halo."""
    p = net.profile
    generator = torch.Generator().manual_seed(seed)
    x = torch.rand(1, p.channels, p.azimuth_bins, p.range_bins, generator=generator)
    x = x * (torch.rand(x[:, :1].shape, generator=generator) < 0.3)
    net.eval()
    with torch.no_grad():
        whole = net.set_circular(True)(x)
        valid = net.set_circular(False)(wrap(x, p.halo))
        rolled = net.set_circular(True)(torch.roll(x, 48, 2))
    if whole.shape != valid.shape:
        raise AssertionError(f"valid graph gives {valid.shape}, expected {whole.shape}")
    turn = (torch.roll(whole, 48 // STRIDE_A, 2) - rolled).abs().max().item()
    return (whole - valid).abs().max().item(), turn
