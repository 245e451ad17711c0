"""Adds float16 and int8 variants to a bundle, with what each costs in accuracy, measured on the CPU.

    azimuth sim frames cal --count 64 --seed 190 --stride 12 --canvas nano --drop --decoys 0.7
    python3 variants.py --bundle nano --calibrate cal --score val --score val_d
    azimuth sim frames cal --count 64 --seed 190 --stride 12 --canvas nano --candidates nano --drop --decoys 0.7
    python3 variants.py --bundle points --calibrate cal --score val --score val_d --accepted 0.001
    azimuth sim crops cal --count 256 --seed 1901 --family A --beams mixed --jitter
    python3 variants.py --bundle ri-edge-sim --calibrate cal --score val

Writes model.fp16.onnx and model.int8.onnx beside model.onnx and lists them in manifest.json: hashes, how far
their golden run may be from the float32 network's, scores of all three on the same held-out data. `--calibrate`
is data of the training distribution; only scales and the choice of layers that stay float32 come from it.
The same files give the same bytes. Needs onnxruntime in this Python; for candidates torch too, for crops the program (see invariant/crops.py).
"""

import argparse
import hashlib
import importlib.util
import json
import os
import sys

import numpy as np
import onnx

import half
import quantised

HERE = os.path.dirname(os.path.abspath(__file__))
FILES = {"float16": "model.fp16.onnx", "int8": "model.int8.onnx"}
RELATIVE = {"float16": 0.01, "int8": 0.1}  # of the golden value; what is beyond goes into absTol
MARGIN = 3.0  # other kernels round in other places
ACCEPTED = 0.002  # share of the outputs' variance that rounding to int8 may add
SENSITIVITY_ROWS = 6
CANDIDATES = 64  # in one run: about those of a sweep


class PolarData:
    """Canvases, and boxes found in them."""

    def __init__(self, manifest):
        from polarnet import PROFILES
        import targets
        self.targets, self.profile = targets, PROFILES[manifest["name"].removeprefix("polar-")]
        self.power = manifest["postprocessing"]["iouPower"]

    def rows(self, folder, count):
        frames = self.targets.Frames(folder)
        if frames.canvas != self.profile.name:
            raise SystemExit(f"{folder} holds canvases of {frames.canvas}, expected {self.profile.name}")
        for i in np.linspace(0, len(frames) - 1, min(count, len(frames))).astype(int):
            cell, channels, boxes = frames.read(i)
            x, h = self.targets.dense(self.profile, cell, channels)[None], self.profile.halo
            yield {"canvas": np.concatenate([x[:, :, -h:], x, x[:, :, :h]], 2)}, boxes

    def scores(self, run, folders, count):
        from scores import evaluate
        grid, found = self.targets.grid_of(self.profile), []
        for folder in folders:
            for x, boxes in self.rows(folder, count):
                y = run(x)[0][0].astype(np.float64)
                found.append((*self.targets.peaks(grid, y, 0.05, self.power), boxes))
        return {"frames": len(found), **{k: {n: round(r[n], 4) for n in ("ap", "bevIou", "foldedYawErrorRad")
                                             if r.get(n) is not None} for k, r in evaluate(found).items()}}


class CandidateData:
    """Points in and about what a first stage found, and the boxes that are told."""

    def __init__(self, manifest):
        import candidates
        import refine
        import refinenet
        self.candidates, self.refine, self.apply = candidates, refine, refinenet.apply
        self.power, self.read = manifest["postprocessing"]["iouPower"], {}

    def inputs(self, folder):
        """All candidates of a folder, and their rows by input."""
        if folder not in self.read:
            self.read[folder] = self.candidates.Candidates([folder])
        data = self.read[folder]
        return data, {"points": data.points.astype(np.float32), "box": data.box.astype(np.float32)}

    def rows(self, folder, count):
        data, x = self.inputs(folder)
        for i in np.linspace(0, max(0, len(data) - CANDIDATES), count).astype(int):
            yield {k: v[i:i + CANDIDATES] for k, v in x.items()}, data.object[i:i + CANDIDATES]

    def scores(self, run, folders, count):
        import torch
        found = []
        for folder in folders:
            data, x = self.inputs(folder)
            y = np.concatenate([run({k: v[i:i + 256] for k, v in x.items()})[0] for i in range(0, len(data), 256)])
            box = self.apply(torch.from_numpy(data.world), torch.from_numpy(y).double()).numpy()
            score = y[:, 0].astype(np.float64) ** (1 - self.power) * y[:, 1].astype(np.float64) ** self.power
            found += self.refine.frames_of(data, box, np.round(score, 4))
        return {"frames": len(found), **self.refine.scored(found)}


class CropData:
    """Tensors of crops, and the classes that are told."""

    def __init__(self, manifest):
        path = os.path.join(HERE, "invariant", "crops.py")
        spec = importlib.util.spec_from_file_location("invariant_crops", path)
        self.crops = sys.modules["invariant_crops"] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.crops)
        self.config = manifest["preprocessing"]
        self.inputs = [i["name"] for i in manifest["inputs"]]
        self.outputs = [o["name"] for o in manifest["outputs"]]
        self.cache = os.environ.get("AZIMUTH_CROP_CACHE", os.path.join(os.getcwd(), "crop-tensors"))

    def rows(self, folder, count):
        one = self.crops.read(folder)
        tensors = self.crops.tensors(one, self.config, self.cache)
        for i in range(0, min(count, len(one)), 8):
            yield {n: np.array(tensors[n][i:i + 8], np.float32) for n in self.inputs}, one.label[i:i + 8]

    def scores(self, run, folders, count):
        found, label = [], []
        for folder in folders:
            for x, l in self.rows(folder, 1 << 30):
                found.append(run(x)[self.outputs.index("logits")].argmax(1))
                label.append(l)
        found, label = np.concatenate(found), np.concatenate(label)
        mean = np.mean([(found[label == c] == c).mean() for c in np.unique(label)])
        return {"crops": len(label), "accuracy": round(float((found == label).mean()), 4),
                "classMean": round(float(mean), 4)}


DATA = {"polar-detection": PolarData, "polar-refinement": CandidateData, "crop-encoding": CropData}


def runner(model):
    run = quantised.session(model)
    return lambda x: run.run(None, x)


def error(run, rows, want, spread):
    """Mean over outputs and their channels of the squared error in units of the variance."""
    off = [[((a - b) ** 2).mean(tuple(i for i in range(a.ndim) if i != 1)) for a, b in zip(run(x), y)]
           for x, y in zip(rows, want)]
    return float(np.mean([np.mean(np.mean(o, 0) / s) for o, s in zip(zip(*off), spread)]))


def heads(graph):
    """Layers with no further layer behind them: what they say is read as it is."""
    names = {n.output[0] for n in quantised.layers(graph)}
    behind = set(graph.output_names)
    for node in reversed(graph.nodes):
        if set(node.output) & behind and node.output[0] not in names:
            behind.update(node.input)
    return [n for n in names if n in behind]


def to_int8(model, rows, accepted=ACCEPTED):
    """The quantised network, and the layers left in float32: heads, then the most sensitive ones until the
    outputs' error is accepted."""
    scales = quantised.calibrated(model, lambda: iter(rows))
    graph = quantised.Graph(model)
    names = [n.output[0] for n in quantised.layers(graph)]
    floats = sorted(heads(graph), key=names.index)
    some, plain = rows[:: max(1, len(rows) // SENSITIVITY_ROWS)][:SENSITIVITY_ROWS], runner(model)
    want = [plain(x) for x in some]
    spread = [np.mean([y[o].var(tuple(i for i in range(y[o].ndim) if i != 1)) for y in want], 0) + 1e-9
              for o in range(len(want[0]))]

    def off(kept):
        return error(runner(quantised.quantised(model, scales, kept)), some, want, spread)
    alone = {n: off([k for k in names if k != n]) for n in names if n not in floats}
    order = sorted(alone, key=lambda n: (-alone[n], n))
    for n in [None, *order]:
        floats += [n] if n else []
        total = off(floats)
        if total <= accepted:
            break
    return quantised.quantised(model, scales, floats), floats, total, len(names)


def golden(folder, manifest):
    """Inputs of the first golden run by name, and its outputs."""
    run = manifest["golden"][0]

    def tensors(file, specs):
        path = os.path.join(folder, file)
        width = sum(int(np.prod(s["shape"][1:])) for s in specs)
        if file.endswith(".sparse"):
            pairs = np.fromfile(path, [("index", "<i4"), ("value", "<f4")])
            flat = np.zeros(width, np.float32)
            flat[pairs["index"]] = pairs["value"]
        else:
            flat = np.fromfile(path, "<f4")
        rows, out, at = len(flat) // width, [], 0
        for s in specs:
            size = rows * int(np.prod(s["shape"][1:]))
            out.append(flat[at:at + size].reshape(rows, *s["shape"][1:]))
            at += size
        return out
    inputs = dict(zip([i["name"] for i in manifest["inputs"]], tensors(run["in"], manifest["inputs"])))
    return inputs, tensors(run["out"], manifest["outputs"])


def tolerance(precision, found, want):
    """absTol and relTol with room for what other kernels make of the same network."""
    rel = RELATIVE[precision]
    beyond = max(float((np.abs(a - b) - rel * np.abs(b)).max()) for a, b in zip(found, want))
    return {"absTol": float(f"{max(MARGIN * beyond, 1e-3):.2g}"), "relTol": rel}


def listed(folder, name, model, precision, near):
    path = os.path.join(folder, name)
    onnx.save(model, path)
    with open(path, "rb") as f:
        data = f.read()
    return {"precision": precision, "onnx": {
        "file": name, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data),
        "opset": model.opset_import[0].version, "irVersion": model.ir_version}, **near}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--bundle", required=True, help="folder; changed in place")
    p.add_argument("--calibrate", required=True, metavar="FOLDER", help="frames with canvases or candidates, or crops")
    p.add_argument("--score", action="append", default=[], metavar="FOLDER", help="held-out data, several alike")
    p.add_argument("--rows", type=int, default=32, help="frames (candidates: sweeps; crops: eights) that scales come from")
    p.add_argument("--frames", type=int, default=128, help="most frames of each --score")
    p.add_argument("--accepted", type=float, default=ACCEPTED, metavar="SHARE",
                   help=f"of the outputs' variance that rounding to int8 may add (default {ACCEPTED})")
    a = p.parse_args()
    file = os.path.join(a.bundle, "manifest.json")
    with open(file) as f:
        text = f.read()
    manifest = json.loads(text)
    manifest.pop("variants", None)
    model, data = onnx.load(os.path.join(a.bundle, "model.onnx")), DATA[manifest["task"]](manifest)
    crops = isinstance(data, CropData)
    rows = [x for x, _ in data.rows(a.calibrate, a.rows * (8 if crops else 1))]
    int8, floats, off, layers = to_int8(model, rows, a.accepted)
    made = {"float16": half.half(model), "int8": int8}
    x, want = golden(a.bundle, manifest)
    scores = {"float32": data.scores(runner(model), a.score, a.frames)} if a.score else {}
    manifest["variants"] = []
    for precision, variant in made.items():
        run = runner(variant)
        entry = listed(a.bundle, FILES[precision], variant, precision, tolerance(precision, run(x), want))
        if a.score:
            scores[precision] = data.scores(run, a.score, a.frames)
            entry["metrics"] = {"heldOut": scores[precision], "float32": scores["float32"]}
        if precision == "int8":
            entry.setdefault("metrics", {}).update(layers=layers, float32Layers=floats, varianceAdded=float(f"{off:.2g}"))
        manifest["variants"].append(entry)
    with open(file, "w") as f:
        lines = text.startswith("{\n")
        json.dump(manifest, f, indent=1 if lines else None, separators=None if lines else (",", ":"))
    print(json.dumps({"bundle": manifest["name"], "floats": floats, "varianceAdded": off, "tolerances": {
        v["precision"]: [v["absTol"], v["relTol"]] for v in manifest["variants"]}, "scores": scores}, indent=1))


if __name__ == "__main__":
    main()
