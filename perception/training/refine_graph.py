"""The graph of RefineNet that is shipped, and the way back from it.

Features of few numbers are many small operations, which took longer than the products of matrices. What
`refinenet.point_features` and `box_features` say is linear in a few columns that whole tensors give at
once; the linear part goes into the weights of the layer behind. Norms are folded in too.
"""

import math
import os

import torch
from torch import nn

from grids import MEAN_SIZE
from refinenet import AT, BOX_FIELDS, BOX_WIDTH, POINT_FIELDS, POINT_WIDTH, POINTS
from restored import settle

BOX = len(BOX_FIELDS)
LOGARITHMS = ("length", "width", "height", "own", "not_own", "overlap", "not_overlap", "about", "within", "range")
MOST = 6e4  # a float16 holds it
GAPS = 6
# columns that the box's first layer reads: the box, logarithms, sizes over the mean, some, gaps
LOG_AT = {name: BOX + i for i, name in enumerate(LOGARITHMS)}
SIZE_AT = BOX + len(LOGARITHMS)
SOME_AT, GAPS_AT = SIZE_AT + 3, SIZE_AT + 4
BOX_COLUMNS = GAPS_AT + GAPS
# columns that the points' first layer reads: the point, then for each axis a place, and how far two faces are
POINT_COLUMNS = POINT_FIELDS + 9


def points_linear():
    """`point_features` as [features, columns] and [features]."""
    to, offset = torch.zeros(POINT_WIDTH, POINT_COLUMNS), torch.zeros(POINT_WIDTH)
    for i, factor in enumerate((1 / 2.5, 1 / 1.5, 1.0, 1.0)):
        to[i, i] = factor
    offset[3] = -1
    for axis in range(3):
        for i, factor in enumerate((1.0, 0.5, 0.5)):
            to[4 + 3 * axis + i, POINT_FIELDS + 3 * i + axis] = factor
    return to, offset


def box_linear():
    """`box_features` as [features, columns] and [features]."""
    log = LOG_AT
    rows = [{i: 1.0} for i in range(3)] + [{SIZE_AT + i: 1.0} for i in range(3)]
    rows += [{AT["centre"]: 1.0}, {AT["range"]: 1 / 40}, {AT["cos_view"]: 1.0}, {AT["sin_view"]: 1.0}]
    rows += [{log[name]: 0.5, log["not_" + name]: -0.5} for name in ("own", "overlap")]
    rows += [{log["about"]: 0.25}, {log["within"]: 0.25}, {log["within"]: 0.5, log["range"]: 1.0}, {SOME_AT: 1.0}]
    rows += [{GAPS_AT + i: 1.0} for i in range(GAPS)]
    to, offset = torch.zeros(BOX_WIDTH, BOX_COLUMNS), torch.zeros(BOX_WIDTH)
    for i, row in enumerate(rows):
        for column, factor in row.items():
            to[i, column] = factor
    offset[14] = -4
    return to, offset


def mixed():
    """What the columns are computed from, linear in the box: arguments of the logarithms, logarithms of the
    mean size, gaps, some, half the size: weight [.., fields] and offset."""
    parts = [({name: 1.0}, 0.0) for name in ("length", "width", "height")]
    parts += [({"own": 1.0}, 0.0), ({"own": -1.0}, 1.0), ({"overlap": 1.0}, 0.0), ({"overlap": -1.0}, 1.0)]
    parts += [({"about": 1.0}, 1.0), ({"within": 1.0}, 1.0), ({"range": 1.0}, 0.0)]
    kinds = BOX_FIELDS[:3]
    parts += [({k: math.log(MEAN_SIZE[i][axis]) for i, k in enumerate(kinds)}, 0.0) for axis in range(3)]
    parts += [({"back": 1.0, "length": 0.5}, 0.0), ({"length": 0.5, "front": -1.0}, 0.0),
              ({"right": 1.0, "width": 0.5}, 0.0), ({"width": 0.5, "left": -1.0}, 0.0),
              ({"centre": 1.0, "height": 0.5, "top": -1.0}, 0.0), ({"top": 1.0}, -1.0)]
    parts += [({"within": 1.0}, 0.0)] + [({name: 0.5}, 0.0) for name in ("length", "width", "height")]
    weight = torch.zeros(len(parts), BOX)
    for i, (row, _) in enumerate(parts):
        for name, factor in row.items():
            weight[i, AT[name]] = factor
    return weight, torch.tensor([offset for _, offset in parts])


class Exported(nn.Module):
    """As many rows of points for each candidate, the first layers over whole columns, probabilities
    instead of logits."""

    def __init__(self, net):
        super().__init__()
        net.eval()
        self.net = net
        for name, value in zip(("mix", "mix_offset"), mixed()):
            self.register_buffer(name, value)
        with torch.no_grad():
            folded = [layer.fused() for layer in (net.l1, net.l2, net.l3)]
            weights = [(w.t(), offset) for w, offset, _ in folded]
            weights[0] = through(*weights[0], *points_linear())
            box = through(net.box[0].weight, net.box[0].bias, *box_linear())
            gain = folded[2][2]
            whole = (net.whole.weight * gain[:, None], net.whole.bias * gain + weights[2][1])
        for name, (weight, offset) in zip(("l1", "l2", "box", "whole"), (*weights[:2], box, whole)):
            self.register_buffer(name + "_weight", weight.detach().contiguous())
            self.register_buffer(name + "_offset", offset.detach())
        self.register_buffer("l3_weight", folded[2][0].detach())

    def columns(self, points, box):
        y = nn.functional.linear(box, self.mix, self.mix_offset)
        sizes, sure, counts, mean, gaps, within, half = torch.split(y, [3, 4, 3, 3, GAPS, 1, 3], 1)
        log = torch.log(torch.cat([sizes.clamp(1e-6, MOST), sure.clamp(1e-3, 1 - 1e-3), counts.clamp(1, MOST)], 1))
        size, some = (log[:, :3] - mean).clamp(math.log(0.05), math.log(20)), within.clamp(0, 1)
        of_box = torch.cat([box, log, size, some, gaps.clamp(-2, 4) * some], 1)
        half, place = half.unsqueeze(1), points[..., :3]
        faces = torch.cat([half - place, half + place], 2).clamp(-2, 4)
        return torch.cat([points, (place / half).clamp(-3, 3), faces], 2), of_box

    def forward(self, points, box):
        mask = points[..., 4:5]
        linear = nn.functional.linear
        x, e = self.columns(points, box)
        e = torch.relu(linear(e, self.box_weight, self.box_offset))
        e = torch.relu(self.net.box[2](e))
        x = torch.relu(linear(x.reshape(-1, POINT_COLUMNS), self.l1_weight, self.l1_offset))
        x = torch.relu(linear(x, self.l2_weight, self.l2_offset)).reshape(-1, POINTS, self.l2_weight.shape[0]) * mask
        g = linear(torch.cat([x.max(1)[0], e], 1), self.whole_weight, self.whole_offset)
        x = torch.relu(torch.matmul(x, self.l3_weight) + g.unsqueeze(1)) * mask
        mean = x.sum(1) / mask.sum(1).clamp(min=1)
        y = self.net.head(torch.cat([x.max(1)[0], mean, e], 1))
        return torch.cat([torch.sigmoid(y[:, :2]), y[:, 2:]], 1)


def through(weight, bias, to, offset):
    """A linear layer of features that are themselves `to` columns + `offset`."""
    return weight @ to, bias + weight @ offset


def back(weight, bias, to, offset):
    """The layer that `through` was given."""
    was = weight @ torch.linalg.pinv(to)
    return was, bias - was @ offset


def restore(net, bundle, part):
    """The network of a bundle, ready to be trained on: its folded norms become norms of these candidates."""
    import onnx
    from onnx import numpy_helper
    model = onnx.load(os.path.join(bundle, "model.onnx"))
    was = {i.name: torch.from_numpy(numpy_helper.to_array(i).copy()) for i in model.graph.initializer}
    needed = {f"{name}_{part}" for name in ("l1", "l2", "box", "whole") for part in ("weight", "offset")} | {"l3_weight"}
    needed |= {"net." + name for name in net.state_dict() if name.split(".")[0] in ("f1", "f2", "out")}
    if not needed <= set(was):
        raise SystemExit(f"{bundle}: model.onnx lacks {sorted(needed - set(was))}; expected a graph of this refine_graph.py "
                         "(export the checkpoint again)")
    net.load_state_dict({k[4:]: v for k, v in was.items() if k.startswith("net.")}, strict=False)
    box = back(was["box_weight"], was["box_offset"], *box_linear())
    first = back(was["l1_weight"], was["l1_offset"], *points_linear())
    layers, norms = (net.l1, net.l2, net.l3), (first[1], was["l2_offset"], torch.zeros(len(was["whole_offset"])))
    with torch.no_grad():
        for to, value in ((net.box[0].weight, box[0]), (net.box[0].bias, box[1]), (net.whole.weight, was["whole_weight"]),
                          (net.whole.bias, was["whole_offset"])):
            to.copy_(value)
        for layer, value in zip(layers, (first[0], was["l2_weight"], was["l3_weight"].t())):
            layer.linear.weight.copy_(value)
    net.eval()
    settle([layer.norm for layer in layers], norms, lambda: net(part["points"], part["box"]))
    return net
