"""The baseline of square cells: nano's widths, blocks, heads and budget, without what is polar.

Same channels drawn from the same points (`azimuth sim frames --canvas cartesian`), same targets,
losses and recipe; zero padding on all sides, no gains by range, no columns of azimuth to re-align.
Training only: the engine ships no such network.
"""

import torch
from torch import nn

from polarnet import BOX, K, VOTE, Profile, Res, double

PILLARS = Profile("cartesian", 384, 384, 0.35, (32, 48, 64), (1, 1, 1), 32, 0,
                  stride=(3, 3), square=True)


def padded(c_in, c_out):
    return nn.Conv2d(c_in, c_out, 3, padding=1, bias=False)


class PillarNet(nn.Module):
    """Returns logits like PolarNet: K classes, then BOX, then VOTE, at a third of the cells."""

    def __init__(self, profile=PILLARS):
        super().__init__()
        p = self.profile = profile
        w0, w1, w2 = p.widths
        n0, n1, n2 = p.blocks
        h = p.head
        self.stem = nn.Conv2d(p.channels, w0, p.stride, p.stride)
        self.s1 = nn.Sequential(*[Res(w0, padded) for _ in range(n0)])
        self.d2 = nn.Conv2d(w0, w1, 2, 2)
        self.s2 = nn.Sequential(*[Res(w1, padded) for _ in range(n1)])
        self.d3 = nn.Conv2d(w1, w2, 2, 2)
        self.s3 = nn.Sequential(*[Res(w2, padded) for _ in range(n2)])
        self.l3, self.l2, self.l1 = (nn.Conv2d(w, h, 1) for w in (w2, w1, w0))
        self.u2, self.m2 = padded(h, h), nn.BatchNorm2d(h)
        self.u1, self.m1 = padded(h, h), nn.BatchNorm2d(h)
        self.vote = nn.Conv2d(h, len(VOTE), 1)
        self.geometry = nn.Conv2d(3, h, 1)
        self.join, self.mj = padded(h, h), nn.BatchNorm2d(h)
        self.classes = nn.Conv2d(h, K, 1)
        self.box = nn.Conv2d(h, len(BOX), 1)
        nn.init.constant_(self.classes.bias, -4.0)

    def features(self, x):
        """What the heads read, and the votes."""
        a = self.s1(torch.relu(self.stem(x)))
        b = self.s2(torch.relu(self.d2(a)))
        c = self.s3(torch.relu(self.d3(b)))
        y = torch.relu(self.m2(self.u2(double(self.l3(c)) + self.l2(b))))
        y = torch.relu(self.m1(self.u1(double(y) + self.l1(a))))
        vote = self.vote(y)
        hint = torch.cat([torch.sigmoid(vote[:, :1]), vote[:, 1:3]], 1)
        return torch.relu(self.mj(self.join(y + self.geometry(hint)))), vote

    def forward(self, x):
        y, vote = self.features(x)
        return torch.cat([self.classes(y), self.box(y), vote], 1)


def budget(net):
    """Parameters, and multiplications of convolutions and products of one frame."""
    p, total = net.profile, [0]

    def count(module, inputs, output):
        taps = module.kernel_size[0] * module.kernel_size[1]
        total[0] += output.numel() * module.in_channels // module.groups * taps

    hooks = [m.register_forward_hook(count) for m in net.modules() if isinstance(m, nn.Conv2d)]
    with torch.no_grad():
        net.eval()(torch.zeros(1, p.channels, p.azimuth_bins, p.range_bins))
    for h in hooks:
        h.remove()
    if hasattr(net, "attention"):
        cells = p.azimuth_bins // p.stride[0] // 4 * (p.range_bins // p.stride[1] // 4)
        total[0] += 2 * cells * p.key_points * p.depth
    return sum(w.numel() for w in net.parameters()), total[0]
