#!/usr/bin/env python3
"""Makes the trajectories that AutomatonTests reproduces. Needs numpy.

    make_fixtures.py            computes torus, before, unmasked and wide afresh, in float64
    make_fixtures.py FOLDER     also copies what the tests need of PyTorch's reference trajectories in FOLDER
                                (distill, rotated, blog, narrow: .safetensors), after checking that the automaton
                                below reproduces them too

Layout: lines "name value", then "tensor NAME COUNT" in the order of the data, then an empty line, then all tensors as
little-endian float32. Tensors: w1 [hidden, 3C] filter-major, b1, w2 [C, hidden], b2, x0 [H, W, C], fire [T, H, W],
states [S, H, W, C] after the steps that "kept" names (ordinal, 1...). PyTorch's have more: target [H, W, 4], loss [1] =
mean((states[T - 1][..., :4] - target)^2), and its gradients g_w1, g_b1, g_w2, g_b2, g_x0, shaped as the tensors.
"""
import json
import pathlib
import struct
import sys

import numpy as np

HERE = pathlib.Path(__file__).parent
margins = []  # how near alpha came to the threshold: nearer than rounding errors, and a trajectory is no fixture


def shifted(x, dy, dx, torus):
    """y[i, j] = x[i + dy, j + dx]; outside is zero or the opposite edge."""
    if torus:
        return np.roll(x, (-dy, -dx), (0, 1))
    height, width = x.shape[:2]
    padded = np.zeros((height + 2, width + 2) + x.shape[2:], x.dtype)
    padded[1:-1, 1:-1] = x
    return padded[1 + dy : 1 + dy + height, 1 + dx : 1 + dx + width]


def alive(x, rule):
    margins.append(np.abs(x[..., 3] - rule["threshold"]).min())
    around = [shifted(x[..., 3] > rule["threshold"], dy, dx, rule["torus"]) for dy in (-1, 0, 1) for dx in (-1, 0, 1)]
    return np.any(around, 0)


def step(x, fire, rule):
    sobel_x = np.zeros_like(x)
    sobel_y = np.zeros_like(x)
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            there = shifted(x, dy, dx, rule["torus"]) * rule["sobel_scale"]
            sobel_x += dx * (2 - abs(dy)) * there
            sobel_y += dy * (2 - abs(dx)) * there
    c, s = np.cos(rule["angle"]), np.sin(rule["angle"])
    p = np.concatenate([x, c * sobel_x - s * sobel_y, s * sobel_x + c * sobel_y], -1)
    update = np.maximum(p @ rule["w1"].T + rule["b1"], 0) @ rule["w2"].T + rule["b2"]
    new = x + update * fire[..., None]
    keep = np.ones(x.shape[:2], bool)
    if rule["before"]:
        keep &= alive(x, rule)
    if rule["after"]:
        keep &= alive(new, rule)
    return new * keep[..., None]


def run(rule, x0, fire):
    states = []
    x = x0.astype(np.float64)
    for mask in fire:
        x = step(x, mask, rule)
        states.append(x)
    return np.array(states)


def write(name, rule, x0, fire, states, kept, more={}):
    tensors = {key: rule[key] for key in ("w1", "b1", "w2", "b2")}
    tensors |= {"x0": x0, "fire": fire, "states": states[[k - 1 for k in kept]]} | more
    settings = {
        "channels": x0.shape[2], "hidden": len(rule["b1"]), "height": x0.shape[0], "width": x0.shape[1],
        "before": int(rule["before"]), "after": int(rule["after"]), "threshold": rule["threshold"],
        "sobelScale": rule["sobel_scale"], "angle": rule["angle"], "torus": int(rule["torus"]),
        "kept": ",".join(map(str, kept)),
    }
    head = "".join(f"{key} {value}\n" for key, value in settings.items())
    head += "".join(f"tensor {key} {value.size}\n" for key, value in tensors.items()) + "\n"
    data = b"".join(np.ascontiguousarray(value, "<f4").tobytes() for value in tensors.values())
    (HERE / f"{name}.trajectory").write_bytes(head.encode() + data)


def fresh(name, seed, height, width, channels, hidden, before, after, threshold, torus, angle, bias):
    """A random rule on a random blob."""
    random = np.random.default_rng(seed)
    single = lambda x: x.astype(np.float32).astype(np.float64)
    rule = {
        "w1": single(random.normal(0, 0.3, (hidden, 3 * channels))), "b1": single(random.normal(0, 0.1, hidden)),
        "w2": single(random.normal(0, 0.06, (channels, hidden))), "b2": single(random.normal(0, bias, channels)),
        "before": before, "after": after, "threshold": threshold, "sobel_scale": 0.125, "angle": angle, "torus": torus,
    }
    x0 = np.zeros((height, width, channels))
    x0[:3, -4:] = random.normal(0.3, 0.3, (3, 4, channels))  # at a corner, where padding matters
    x0 = single(x0)
    fire = (random.random((6, height, width)) < 0.5).astype(np.float64)
    margins.clear()
    states = run(rule, x0, fire)
    assert min(margins, default=1) > 5e-5, "take another seed: alpha comes too near the threshold"
    moved = np.abs(np.diff(states, axis=0)).max()
    living = alive(states[-1], rule).mean()
    print(f"{name}: largest value {np.abs(states).max():.2f}, largest change {moved:.2f}, alive {living:.2f}")
    write(name, rule, x0, fire, states, [2, 4, 6])


def copied(folder, name):
    raw = (pathlib.Path(folder) / f"{name}.safetensors").read_bytes()
    size = struct.unpack("<Q", raw[:8])[0]
    head = json.loads(raw[8 : 8 + size])
    meta = head.pop("__metadata__")
    tensors = {}
    for key, entry in head.items():
        start, end = entry["data_offsets"]
        kind = {"F32": "<f4", "U8": "u1"}[entry["dtype"]]
        tensors[key] = np.frombuffer(raw[8 + size + start : 8 + size + end], kind).reshape(entry["shape"])
    rule = {key: tensors[key].astype(np.float64) for key in ("w1", "b1", "w2", "b2")}
    rule |= {
        "before": meta["pre_life_mask"] == "true", "after": True, "threshold": float(meta["alive_threshold"]),
        "sobel_scale": float(meta["sobel_scale"]), "angle": float(meta["angle_radians"]),
        "torus": meta["padding"] != "zero",
    }
    states = run(rule, tensors["x0"], tensors["fire"])
    print(f"{name}: differs from PyTorch by at most {np.abs(states - tensors['states']).max():.1e}")
    more = {key: tensors[key] for key in ("target", "loss", "g_w1", "g_b1", "g_w2", "g_b2", "g_x0")}
    write(name, rule, tensors["x0"], tensors["fire"], tensors["states"], [2, 4, 6], more)


fresh("torus", 1, 10, 12, 16, 32, True, True, 0.1, True, 0.0, 0.02)
fresh("before", 2, 10, 12, 16, 32, True, False, 0.1, False, -1.0, 0.02)
fresh("unmasked", 3, 10, 12, 16, 32, False, False, 0.1, True, 0.3, 0.02)
fresh("wide", 4, 7, 70, 5, 20, False, True, 0.05, True, 0.0, 0.02)
for name in ("distill", "rotated", "blog", "narrow") if len(sys.argv) > 1 else ():
    copied(sys.argv[1], name)
