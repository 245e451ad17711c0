"""RefineNet: what the points in and about a candidate say of it.

Tensors are N, candidate's points, fields. The box's own frame: along, across, up from its centre.
"""

import math

import torch
import torch.nn.functional as F
from torch import nn

from grids import MEAN_SIZE

POINTS, POINT_FIELDS = 64, 5
BOX_FIELDS = ("vehicle", "pedestrian", "cyclist", "length", "width", "height", "centre", "range", "cos_view",
              "sin_view", "own", "overlap", "about", "within", "back", "front", "right", "left", "top")
CODE = ("object", "overlap", "du", "dv", "dz", "log_l", "log_w", "log_h", "turn", "way")
AT = {name: i for i, name in enumerate(BOX_FIELDS)}
# of the changes of a box: weights of their losses, and below which error these are quadratic
GAINS = torch.tensor([1.0, 1.0, 2.0, 2.0, 2.0, 2.0, 1.5])
BETA = torch.tensor([0.05, 0.05, 0.03, 0.03, 0.03, 0.03, 0.05])


def logit(p):
    p = p.clamp(1e-3, 1 - 1e-3)
    return torch.log(p) - torch.log(1 - p)


def point_features(points, box):
    """[.., features] of points [.., 5] and their boxes [.., fields]: places in the frame, in units of the
    box, and how far each face is, which tells a large box about few points from a small one."""
    u, v, w, h = (points[..., i] for i in range(4))
    rows = [u / 2.5, v / 1.5, w, h - 1]
    for x, name in zip((u, v, w), ("length", "width", "height")):
        half = box[..., AT[name]] / 2
        rows += [(x / half).clamp(-3, 3), (half - x).clamp(-2, 4) / 2, (half + x).clamp(-2, 4) / 2]
    return torch.stack(rows, -1)


def box_features(box):
    mean = torch.tensor(MEAN_SIZE, dtype=torch.float32, device=box.device)
    kind = box[:, :3]
    size = torch.log((box[:, 3:6] / torch.matmul(kind, mean)).clamp(0.05, 20))
    centre, range_m = box[:, AT["centre"]], box[:, AT["range"]]
    within, about = torch.log1p(box[:, AT["within"]]), torch.log1p(box[:, AT["about"]])
    some = box[:, AT["within"]].clamp(0, 1)
    length, width, height = box[:, 3], box[:, 4], box[:, 5]
    far = torch.log(range_m.clamp(min=1))
    gaps = [box[:, AT["back"]] + length / 2, length / 2 - box[:, AT["front"]],
            box[:, AT["right"]] + width / 2, width / 2 - box[:, AT["left"]],
            centre + height / 2 - box[:, AT["top"]], box[:, AT["top"]] - 1]
    rest = [centre, range_m / 40, box[:, AT["cos_view"]], box[:, AT["sin_view"]],
            logit(box[:, AT["own"]]) / 2, logit(box[:, AT["overlap"]]) / 2,
            about / 4, within / 4, within / 2 + far - 4, some] + [g.clamp(-2, 4) * some for g in gaps]
    return torch.cat([kind, size, torch.stack(rest, 1)], 1)


POINT_WIDTH, BOX_WIDTH = 13, 22


class Layer(nn.Module):
    """Linear, normalised over the points of a batch, rectified."""

    def __init__(self, c_in, c_out):
        super().__init__()
        self.linear, self.norm = nn.Linear(c_in, c_out, bias=False), nn.BatchNorm1d(c_out)

    def forward(self, x, more=0):
        return torch.relu(self.norm(self.linear(x) + more))

    def fused(self):
        """Weight and offset of the same without a norm of its own."""
        gain = self.norm.weight / torch.sqrt(self.norm.running_var + self.norm.eps)
        return (self.linear.weight * gain[:, None]).t().contiguous(), \
            self.norm.bias - self.norm.running_mean * gain, gain


class RefineNet(nn.Module):
    """Returns CODE with logits in place of the two probabilities and of the way. Trained on the points
    that are there, not on the padding; `refine_graph.Exported` does the same with all rows alike."""

    def __init__(self, widths=(48, 72, 144), head=(224, 128)):
        super().__init__()
        a, b, c = widths
        self.l1, self.l2, self.l3 = Layer(POINT_WIDTH, a), Layer(a, b), Layer(b, c)
        self.box = nn.Sequential(nn.Linear(BOX_WIDTH, 48), nn.ReLU(), nn.Linear(48, 48), nn.ReLU())
        self.whole = nn.Linear(b + 48, c)
        self.f1 = nn.Linear(2 * c + 48, head[0])
        self.f2 = nn.Linear(head[0], head[1])
        self.out = nn.Linear(head[1], len(CODE))
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def forward(self, points, box):
        n = len(box)
        owner, place = torch.nonzero(points[..., 4] > 0, as_tuple=True)
        x = point_features(points[owner, place], box[owner])
        e = self.box(box_features(box))
        x = self.l2(self.l1(x))
        g = self.whole(torch.cat([greatest(x, owner, n), e], 1))
        x = self.l3(x, g[owner])
        count = torch.zeros(n, device=x.device).index_add(0, owner, torch.ones(len(owner), device=x.device))
        mean = x.new_zeros(n, x.shape[1]).index_add(0, owner, x) / count.clamp(min=1)[:, None]
        return self.head(torch.cat([greatest(x, owner, n), mean, e], 1))

    def head(self, y):
        return self.out(torch.relu(self.f2(torch.relu(self.f1(y)))))


def greatest(x, owner, n):
    """Of each owner's rows, which are 0 or more."""
    return x.new_zeros(n, x.shape[1]).scatter_reduce(
        0, owner[:, None].expand(-1, x.shape[1]), x, "amax", include_self=True)


def losses(y, target, weight_box=1.0):
    """`target`: object (1, 0, -1: neither; a teacher's probability between), positive (0, 1), the six changes,
    the turn, the way; overlaps are those that the answer's own boxes have."""
    known = (target["object"] >= 0).float()
    parts = {"object": (F.binary_cross_entropy_with_logits(
        y[:, 0], target["object"].clamp(min=0), reduction="none") * known).sum() / known.sum().clamp(min=1)}
    on = target["positive"]
    n = on.sum().clamp(min=1)
    gains, beta = GAINS.to(y.device), BETA.to(y.device)
    diff = beta * F.smooth_l1_loss(y[:, 2:9] / beta, target["change"] / beta, reduction="none")
    parts["box"] = weight_box * 2 * ((diff * gains).sum(1) * on).sum() / n
    way = F.binary_cross_entropy_with_logits(y[:, 9], target["way"], reduction="none")
    parts["way"] = 0.1 * (way * on).sum() / n
    bce = F.binary_cross_entropy_with_logits(y[:, 1], target["overlap"], reduction="none")
    parts["overlap"] = 0.5 * (bce * on).sum() / n
    return parts


def held(y, z):
    """Losses that keep an answer, all but the way, at a teacher's."""
    chances = F.binary_cross_entropy_with_logits(y[:, :2], torch.sigmoid(z[:, :2]), reduction="none").mean(0)
    gains, beta = GAINS.to(y.device), BETA.to(y.device)
    diff = beta * F.smooth_l1_loss(y[:, 2:9] / beta, z[:, 2:9] / beta, reduction="none")
    return {"object": chances[0], "overlap": chances[1], "box": 2 * (diff * gains).sum(1).mean()}


def apply(box, y):
    """Rows x, y, z, length, width, height, yaw changed as an answer (with logits) says."""
    c, s = torch.cos(box[:, 6]), torch.sin(box[:, 6])
    u, v = y[:, 2].clamp(-3, 3), y[:, 3].clamp(-3, 3)
    return torch.stack([
        box[:, 0] + c * u - s * v, box[:, 1] + s * u + c * v, box[:, 2] + y[:, 4].clamp(-3, 3),
        *(box[:, 3 + i] * torch.exp(y[:, 5 + i].clamp(-1, 1)) for i in range(3)),
        box[:, 6] + y[:, 8] + math.pi * (y[:, 9] < 0).float()], 1)
