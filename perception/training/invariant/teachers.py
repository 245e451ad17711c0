"""What other networks answer: a student is taught their mean instead of labels (`train.py --teacher`)."""

import os

import numpy as np
import torch

from networks import trained

ROWS = 64  # of a run: a bundle's most


def of(path):
    """A function from tensors by name to logits: of a run's folder, or of a bundle's by onnxruntime."""
    file = os.path.join(path, "last.pt")
    if not os.path.exists(file):
        return _graph(os.path.join(path, "model.onnx"))
    net = trained(torch.load(file))

    def run(x):
        with torch.no_grad():
            return net(*[torch.from_numpy(x[n]) for n in net.tensors])[1][-1].numpy()
    return run


def _graph(file):
    import onnxruntime
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    net = onnxruntime.InferenceSession(file, options, ["CPUExecutionProvider"])
    names = [i.name for i in net.get_inputs()]
    return lambda x: net.run(["logits"], {n: x[n] for n in names})[0]


def taught(paths, tensors, file):
    """Probabilities of the mean of their logits [n, C]; kept in `file`, for a run that goes on."""
    if not os.path.exists(file):
        nets, mean = [of(p) for p in paths], []
        for i in range(0, len(next(iter(tensors.values()))), ROWS):
            x = {n: np.array(t[i:i + ROWS], np.float32) for n, t in tensors.items()}
            mean.append(np.mean([net(x) for net in nets], 0))
        soft = torch.softmax(torch.from_numpy(np.concatenate(mean)), 1).numpy()
        with open(file + ".part", "wb") as f:
            np.save(f, soft)
        os.replace(file + ".part", file)
    return np.load(file)
