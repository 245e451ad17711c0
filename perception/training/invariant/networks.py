"""The encoders by name: which tensors each network reads, and the network.

`pointnet`, `mds-canon`, `frame-avg`, `ri-edge` are here; the others in `vectors.py` and
`attributes.py`. Tensors as `azimuth crops prepare` writes them, n crops, K points, k neighbours.
"""

import torch
from torch import nn

from attributes import Concentric, GaAttention, Ponita
from trunk import DIMENSIONS, Head, PointNet, Points, Standardised, front_logit, peak, rows, take
from vectors import Egnn, LearnedCanon, TetraVn

CROP_GLOBALS = (4, 6)  # numbers of the whole crop, of SO3 and YAW, where the scene is not told
WHOLE = 32  # features of the whole crop where it is: a count says something at its distance only
NEAR = 10  # neighbours of the first edge layer of ri-edge


class Plain(nn.Module):
    """`pointnet` and `mds-canon`: points [n, K, 3]; only what Java does to the points differs."""

    def __init__(self, shapes):
        super().__init__()
        self.net = PointNet()
        self.width = PointNet.WIDTHS[-1]

    def forward(self, points):
        return self.net(points)


class FrameAverage(nn.Module):
    """`frame-avg`: points [n, F, K, 3], one copy a frame; the mean of what each copy gives. The
    embedding is linear in it, so this is the mean of the embeddings before the heads."""

    def __init__(self, shapes):
        super().__init__()
        self.net = PointNet()
        self.width = PointNet.WIDTHS[-1]

    def forward(self, points):
        f, k = points.shape[1], points.shape[2]
        return self.net(points.reshape(-1, k, 3)).reshape(-1, f, self.width).mean(1)


class RiEdge(nn.Module):
    """`ri-edge`: edge [n, K, k, F], neighbour [n, K, k], glob [n, G], context [n, K, C].

    Two layers of edges: the first over the NEAR nearest neighbours, the second over every other one of all
    k (over the same if there are no more). A neighbour's features are multiplied once a point and then
    gathered; the maximum goes before ReLU and before what does not depend on the neighbour (they commute).
    """

    def __init__(self, shapes, near=NEAR, mid=64, wide=128, out=256):
        super().__init__()
        (self.k_points, self.k, f), g = shapes["edge"], shapes["glob"][0]
        self.near = min(near, self.k)
        self.step = 2 if self.k >= 2 * self.near else 1
        self.far = len(range(self.step - 1, self.k, self.step)) if self.step > 1 else self.near
        self.norm = Standardised(f)  # dense layers follow
        self.first = nn.Linear(f, 32)
        self.second = nn.Linear(32, mid)
        self.norm_h = nn.BatchNorm1d(mid)
        c = shapes["context"][1] if "context" in shapes else 0
        self.context = nn.Sequential(Standardised(c), nn.Linear(c, mid), nn.ReLU(),
                                     nn.BatchNorm1d(mid)) if c else None
        joined = mid * (2 if c else 1)
        self.own = nn.Linear(joined, wide)
        self.other = nn.Linear(joined, wide, bias=False)
        self.edge = nn.Linear(f, wide, bias=False)
        self.norm_y = nn.BatchNorm1d(wide)
        self.last = nn.Linear(joined + wide, out)
        self.norm_z = nn.BatchNorm1d(out)
        self.norm_glob = Standardised(g)
        told = g not in CROP_GLOBALS
        self.whole = nn.Sequential(nn.Linear(g, WHOLE), nn.ReLU(), nn.BatchNorm1d(WHOLE)) if told else None
        self.out = out
        self.width = out + g + (WHOLE if told else 0)

    def forward(self, edge, neighbour, glob, context=None):
        f = edge.shape[3]
        x = self.norm(edge.reshape(-1, f)).reshape(-1, self.k, f)
        near = x[:, :self.near] if self.k > self.near else x
        e = self.second(torch.relu(self.first(near.reshape(-1, f))))
        h = self.norm_h(torch.relu(peak(e.reshape(-1, self.near, e.shape[1]))))
        if self.context is not None:
            h = torch.cat([h, self.context(context.reshape(-1, context.shape[2]))], 1)
        if self.step > 1:
            x = x[:, self.step - 1::self.step]
            neighbour = neighbour[:, :, self.step - 1::self.step]
        elif self.k > self.near:
            x, neighbour = near, neighbour[:, :, :self.near]
        around = take(self.other(h), rows(neighbour, self.k_points)) + self.edge(x.reshape(-1, f))
        y = self.own(h) + peak(around.reshape(-1, self.far, around.shape[1]))
        y = self.norm_y(torch.relu(y))
        z = self.norm_z(torch.relu(self.last(torch.cat([h, y], 1)))).reshape(-1, self.k_points, self.out)
        whole = self.norm_glob(glob)
        more = [self.whole(whole)] if self.whole is not None else []
        return torch.cat([peak(z), whole, *more], 1)


OPTIONS = {  # name: (tensors, network, groups)
    "ri-edge": (("edge", "neighbour", "glob", "context"), RiEdge),
    "mds-canon": (("points",), Plain),
    "frame-avg": (("points",), FrameAverage),
    "learned-canon": (("points", "neighbour"), LearnedCanon),
    "tetra-vn": (("points", "neighbour"), TetraVn),
    "ga-attn": (("pair", "point"), GaAttention),
    "egnn": (("points", "neighbour"), Egnn),
    "ponita": (("edge", "neighbour", "glob"), Ponita),
    "concentric": (("sphere",), Concentric),
    "pointnet": (("points",), Plain),
}


class Encoder(nn.Module):
    """A network with its head; shapes are those of one crop by tensor name."""

    def __init__(self, option, shapes, classes, heading=False, dropout=0.3):
        super().__init__()
        self.tensors = [t for t in OPTIONS[option][0] if t in shapes]
        self.body = OPTIONS[option][1](shapes)
        self.head = Head(self.body.width, classes, dropout, heading)

    def forward(self, *tensors):
        return self.head(self.body(*tensors))

    def regulariser(self):
        """A loss of the last forward pass that no label enters, or 0."""
        return getattr(self.body, "regulariser", lambda: 0.0)()


class Joined(nn.Module):
    """Two encoders that read the same tensors: the first one's answer, its last logits averaged with the
    second one's. What each misjudges alone is seldom the same."""

    def __init__(self, first, second):
        super().__init__()
        self.first, self.second = first, second
        self.tensors, self.body, self.head = first.tensors, first.body, first.head

    def forward(self, *tensors):
        e, logits, heading = self.first(*tensors)
        return e, [*logits[:-1], (logits[-1] + self.second(*tensors)[1][-1]) / 2], heading


def trained(state):
    """The network of a run's checkpoint, averaged weights, to be asked."""
    nets = []
    for s in (state, state.get("second")):
        if s:
            nets.append(Encoder(**s["make"]))
            nets[-1].load_state_dict(s["ema"])
    return (Joined(*nets) if len(nets) > 1 else nets[0]).eval()


class Exported(nn.Module):
    """What the bundle answers: embedding of length 1, logits of all 128 numbers, heading."""

    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, *tensors):
        e, logits, heading = self.net(*tensors)
        out = [e / torch.sqrt((e * e).sum(1, keepdim=True) + 1e-12), logits[-1]]
        if heading is not None:
            out.append(torch.stack([heading[:, 0], heading[:, 1], front_logit(heading)], 1))
        return tuple(out)


def parameters(net):
    return sum(p.numel() for p in net.parameters())


__all__ = ["DIMENSIONS", "Encoder", "Exported", "Joined", "OPTIONS", "parameters", "Points", "trained"]
