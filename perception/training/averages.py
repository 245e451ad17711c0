"""The moving average of a network's weights that training keeps beside it."""

import torch

MOST = 0.999


def follow(average, net, step):
    """`average` follows `net` after its `step`th step: soon at first, later over a thousand steps."""
    decay = min(MOST, (1 + step) / (10 + step))
    with torch.no_grad():
        for mean, now in zip(average.state_dict().values(), net.state_dict().values()):
            if mean.dtype.is_floating_point:
                mean.mul_(decay).add_(now, alpha=1 - decay)
            else:
                mean.copy_(now)
