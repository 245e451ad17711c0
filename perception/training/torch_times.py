"""Times of the shipped networks in PyTorch, for the columns of deploy/gpu-check; weights are left to chance.

    python3 torch_times.py --bundles FOLDER --out torch.json [--device cuda] [--runs 200]

FOLDER holds bundles (only their manifest.json is read). One run is what the engine's is: rows from the host to
the device, the network, results back. float32 with TF32 off, float16 by `.half()`; PyTorch has no int8 network
of these. `torch.compile` where this PyTorch has it; what fails is null.
"""

import argparse
import json
import os
import sys
import time

import torch

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "invariant")]
BATCHES = (1, 8, 32)
WARM_UP = 20


def network(manifest):
    torch.manual_seed(1)
    if manifest["task"] == "polar-detection":
        from polarnet import PROFILES, Exported, PolarNet
        return Exported(PolarNet(PROFILES[manifest["name"].removeprefix("polar-")]).set_circular(False))
    from networks import Encoder, Exported
    shapes = {i["name"]: i["shape"][1:] for i in manifest["inputs"]}
    told = "heading" in [o["name"] for o in manifest["outputs"]]
    return Exported(Encoder(manifest["preprocessing"]["encoder"], shapes, len(manifest["classes"]), told))


def inputs(manifest, rows):
    """Random rows; a tensor of neighbours holds places."""
    generator = torch.Generator().manual_seed(1)
    out = []
    for i in manifest["inputs"]:
        shape = [rows, *i["shape"][1:]]
        if i["name"] == "neighbour":
            out.append(torch.randint(0, shape[1], shape, generator=generator).float())
        else:
            out.append(torch.rand(shape, generator=generator))
    return out


def median_micros(net, x, device, runs):
    def once():
        y = net(*[t.to(device, non_blocking=True) for t in x])
        return [v.cpu() for v in (y if isinstance(y, (tuple, list)) else [y])]
    with torch.no_grad():
        for _ in range(min(WARM_UP, runs)):
            once()
        times = []
        for _ in range(runs):
            begun = time.perf_counter()
            once()  # results on the host: the device is done
            times.append(time.perf_counter() - begun)
    return round(1e6 * sorted(times)[len(times) // 2], 1)


def attempt(what):
    try:
        return what()
    except Exception as e:  # any of PyTorch's: a column stays empty
        print(f"{type(e).__name__}: {str(e)[:200]}", file=sys.stderr)
        return None


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--bundles", action="append", required=True, help="folder of bundles")
    p.add_argument("--out", required=True)
    p.add_argument("--device", default="cuda")
    p.add_argument("--runs", type=int, default=200)
    p.add_argument("--no-compile", action="store_true")
    a = p.parse_args()
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = False
    rows = []
    files = sorted(os.path.join(b, n, "manifest.json") for b in a.bundles for n in os.listdir(b))
    for file in [f for f in files if os.path.exists(f)]:
        with open(file) as f:
            manifest = json.load(f)
        for precision in ("float32", "float16"):
            def made():
                net = network(manifest).eval().to(a.device)
                return net.half() if precision == "float16" else net
            net = attempt(made)
            for batch in sorted({min(b, manifest["limits"]["maxBatch"]) for b in BATCHES}):
                x = [t.half() if precision == "float16" else t for t in inputs(manifest, batch)]
                x = [t.pin_memory() for t in x] if a.device == "cuda" else x
                eager = attempt(lambda: median_micros(net, x, a.device, a.runs))
                fast = None
                if hasattr(torch, "compile") and not a.no_compile and eager is not None:
                    fast = attempt(lambda: median_micros(torch.compile(net), x, a.device, a.runs))
                rows.append({"network": manifest["name"], "precision": precision, "batch": batch,
                             "eagerMicros": eager, "compiledMicros": fast})
                print(json.dumps(rows[-1]), flush=True)
    with open(a.out, "w") as f:
        json.dump({"torch": torch.__version__, "device": a.device, "rows": rows}, f, indent=1)


if __name__ == "__main__":
    main()
