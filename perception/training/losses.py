"""What PolarNet and its baseline are trained on."""

import numpy as np
import torch
import torch.nn.functional as F

from grids import POSITIVE
from polarnet import BOX, K
from scores import overlap

# Of du, dv, zg, log l, log w, log h, sin2, cos2: by how much an error costs overlap; smooth only where
# errors no longer matter (with 0.3 for all, heights of cars stayed 0.08 m off).
BOX_GAINS = (1.0, 1.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0)
BOX_BETAS = (0.1, 0.1, 0.05, 0.05, 0.05, 0.05, 0.1, 0.1)


def losses(net_out, batch, grid, with_iou):
    """Parts of the loss: focal heat map, box code, direction, foreground, votes, overlap; all of them
    only where labels are complete (the batch's last mask)."""
    heat, weight, code, g, fg, vote, valid = batch
    n_box = len(BOX)
    logit, box, votes = net_out[:, :K], net_out[:, K:K + n_box], net_out[:, K + n_box:]
    p = torch.sigmoid(logit).clamp(1e-5, 1 - 1e-5)
    top = ((heat == 1) & (weight > 0)).float()
    focal = -(top * (1 - p) ** 2 * torch.log(p)
              + (1 - top) * (1 - heat) ** 4 * p ** 2 * torch.log(1 - p)) * weight
    parts = {"heat": focal.sum() / top.sum().clamp(min=1)}
    total = g.sum().clamp(min=1)
    gains = torch.tensor(BOX_GAINS, device=box.device)[None, :, None, None]
    beta = torch.tensor(BOX_BETAS, device=box.device)[None, :, None, None]
    diff = beta * F.smooth_l1_loss(box[:, :8] / beta, code[:, :8] / beta, reduction="none")
    parts["box"] = 1.5 * (diff * gains * g[:, None]).sum() / total / 4
    turn = code[:, 8]
    cos, sin = torch.cos(turn), torch.sin(turn)
    way = (F.binary_cross_entropy_with_logits(box[:, 8], (cos > 0).float(), reduction="none") * cos.abs()
           + F.binary_cross_entropy_with_logits(votes[:, 3], (sin > 0).float(), reduction="none") * sin.abs())
    parts["way"] = 0.2 * (way * g).sum() / total
    five = torch.tensor(5.0, device=box.device)
    bce = F.binary_cross_entropy_with_logits(votes[:, 0], fg, reduction="none", pos_weight=five)
    parts["fg"] = (bce * valid).sum() / valid.sum().clamp(min=1)
    shift = F.smooth_l1_loss(votes[:, 1:3], vote, reduction="none", beta=0.5).sum(1)
    parts["vote"] = 0.5 * (shift * fg).sum() / fg.sum().clamp(min=1)
    if with_iou:
        at = g > POSITIVE
        frame, row, column = [i.cpu().numpy() for i in torch.nonzero(at, as_tuple=True)]
        if len(frame):
            b, r, c = frame, row, column
            found = box.detach().cpu().numpy()[b, :, r, c].T
            true = code.cpu().numpy()[b, :, r, c].T.astype(np.float64)
            label = heat.cpu().numpy()[b, :, r, c].argmax(1)
            across = votes.detach().cpu().numpy()[b, 3, r, c]
            right = np.concatenate([true[:8], np.cos(true[8:]), np.zeros_like(true[8:])])
            iou = overlap(grid.decode(found, across, label, r, c),
                          grid.decode(right, np.sin(true[8]), label, r, c))
            wanted = torch.as_tensor(iou, dtype=torch.float32, device=box.device)
            bce = F.binary_cross_entropy_with_logits(box[:, 9][at], wanted, reduction="none")
            parts["iou"] = (bce * g[at]).sum() / total
    return parts
