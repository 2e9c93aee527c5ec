#!/usr/bin/env python3
"""Makes the trajectories of rules that are not the article's, in float64. Needs PyTorch.

Layout: as make_fixtures.py has it, but for the rule. Its settings are spelled as RuleSettings spells them ("name
value"), its tensors have the names and shapes of Rule.tensors (w1 [outputs, inputs], b1, ..., filters [K, C, 9],
control [n]), and lines are "tensor NAME SHAPE". target is [H, W, P], compared with the first P channels of a cell; there
is a gradient g_NAME for every tensor of the rule and for x0.
"""
import pathlib

import numpy as np
import torch
import torch.nn.functional as functional

HERE = pathlib.Path(__file__).parent
HEIGHT, WIDTH, STEPS = 10, 9, 7
KERNELS = {
    "identity": [0, 0, 0, 0, 1, 0, 0, 0, 0],
    "sobel-x": [-1, 0, 1, -2, 0, 2, -1, 0, 1], "sobel-y": [-1, -2, -1, 0, 0, 0, 1, 2, 1],
    "scharr-x": [-3, 0, 3, -10, 0, 10, -3, 0, 3], "scharr-y": [-3, -10, -3, 0, 0, 0, 3, 10, 3],
    "laplacian-8": [1, 2, 1, 2, -12, 2, 1, 2, 1], "gauss": [1, 2, 1, 2, 4, 2, 1, 2, 1], "mean": [1] * 9,
}
ACTIVATIONS = {
    "none": lambda x: x, "relu": torch.relu, "leaky-relu:0.1": lambda x: functional.leaky_relu(x, 0.1),
    "tanh": torch.tanh, "sigmoid": torch.sigmoid, "gelu": functional.gelu, "elu": functional.elu, "abs": torch.abs,
}
margins = []  # how near a number came to a threshold or corner: nearer than rounding errors, and it is no fixture


def filter_taps(text, channels):
    """[K, C, 9]"""
    taps = []
    for word in text.split("+"):
        name, _, divisor = word.partition("/")
        taps.append(np.array(KERNELS[name]) / float(divisor or 1))
    return torch.tensor(np.array(taps))[:, None].repeat(1, channels, 1)


def padded(x, torus):
    """[H, W, C] with a border of one cell, as [1, C, H + 2, W + 2]."""
    return functional.pad(x.permute(2, 0, 1)[None], (1, 1, 1, 1), "circular" if torus else "constant")


def alive(x, rule):
    channel = x[..., rule["life-channel"], None].detach()
    margins.append((channel - rule["threshold"]).abs().min().item())
    if rule["reach"] == "cell":
        return channel > rule["threshold"]
    highest = functional.max_pool2d(padded(channel, rule["padding"] == "torus"), 3, 1)
    return highest[0].permute(1, 2, 0) > rule["threshold"]


def activated(x, name):
    if name in ("relu", "leaky-relu:0.1", "abs"):
        margins.append(x.detach().abs().min().item())
    return ACTIVATIONS[name](x)


def step(x, fire, rule, tensors):
    channels, control = x.shape[2], rule["control"]
    before = alive(x, rule)
    seen = x
    if control.startswith("added"):
        vector = functional.pad(tensors["control"], (channels - len(tensors["control"]), 0))
        seen = x + vector * before
    taps = tensors["filters"] if "filters" in tensors else filter_taps(rule["filters"], channels)
    # A depthwise convolution's output stands channel by channel; ours filter by filter.
    kernel = taps.permute(1, 0, 2).reshape(-1, 1, 3, 3)
    p = functional.conv2d(padded(seen, rule["padding"] == "torus"), kernel, groups=channels)[0]
    p = p.reshape(channels, len(taps), HEIGHT, WIDTH).permute(2, 3, 1, 0).reshape(HEIGHT, WIDTH, -1)
    if control.startswith("appended"):
        p = torch.cat([p, tensors["control"].expand(HEIGHT, WIDTH, -1)], -1)
    layers = sum(name.startswith("w") for name in tensors)
    for number in range(1, layers + 1):
        p = functional.linear(p, tensors[f"w{number}"], tensors.get(f"b{number}"))
        p = activated(p, rule["update" if number == layers else "activation"])
    new = x + rule["gain"] * p
    if rule["clamp"] != "none":
        _, low, high = rule["clamp"].split(":")
        margins.extend((new.detach() - float(limit)).abs().min().item() for limit in (low, high))
        new = new.clamp(float(low), float(high))
    new = torch.where(fire[..., None] != 0, new, x)
    keep = torch.ones_like(before)
    if "before" in rule["life"]:
        keep = keep & before
    if "after" in rule["life"]:
        keep = keep & alive(new, rule)
    return new * keep


def write(name, settings, tensors, kept):
    head = f"height {HEIGHT}\nwidth {WIDTH}\nangle 0\nkept {','.join(map(str, kept))}\n"
    head += "".join(f"{key} {value}\n" for key, value in settings.items())
    head += "".join(f"tensor {key} {'x'.join(map(str, value.shape))}\n" for key, value in tensors.items()) + "\n"
    data = b"".join(value.detach().contiguous().numpy().astype("<f4").tobytes() for value in tensors.values())
    (HERE / f"{name}.trajectory").write_bytes(head.encode() + data)


def make(name, seed, settings, hidden, channels=8, learned=0, control=0, last_bias=True, last=0.5):
    random = np.random.default_rng(seed)
    single = lambda values: torch.tensor(values.astype(np.float32).astype(np.float64))
    rule = {
        "activation": "relu", "update": "none", "gain": 1.0, "life": "before+after", "threshold": 0.1,
        "life-channel": 3, "reach": "3x3", "clamp": "none", "picture": "premultiplied", "padding": "zero",
        "control": "none",
    } | settings
    filters = learned or len(rule["filters"].split("+"))
    widths = [filters * channels + (control if rule["control"].startswith("appended") else 0), *hidden, channels]
    tensors = {}
    for number, (inputs, outputs) in enumerate(zip(widths, widths[1:]), 1):
        is_last = number == len(hidden) + 1
        scale = (last if is_last else 2) / inputs**0.5
        tensors[f"w{number}"] = single(random.normal(0, scale, (outputs, inputs)))
        if not is_last or last_bias:
            tensors[f"b{number}"] = single(random.normal(0, 0.02 if is_last else 0.1, outputs))
    if learned:
        tensors["filters"] = single(random.normal(0, 0.3, (learned, channels, 9)))
    if control:
        tensors["control"] = single(random.normal(0, 0.5, control))
    x0 = np.zeros((HEIGHT, WIDTH, channels))
    if rule["life"] == "none":
        x0 = random.normal(0, 0.5, x0.shape)
    else:
        x0[:4, -5:] = random.uniform(0.05, 0.9, (4, 5, channels))  # at a corner, where padding matters
    x0 = single(x0)
    fire = torch.tensor((random.random((STEPS, HEIGHT, WIDTH)) < 0.5).astype(np.float64))
    picture = 3 if rule["picture"] == "opaque" else 4
    target = single(random.random((HEIGHT, WIDTH, picture)))
    learning = tensors | {"x0": x0}
    for tensor in learning.values():
        tensor.requires_grad_()
    margins.clear()
    states = [x0]
    for mask in fire:
        states.append(step(states[-1], mask, rule, tensors))
    loss = ((states[-1][..., :picture] - target) ** 2).mean()
    loss.backward()
    kept = [1, 4, STEPS]
    more = {"fire": fire, "states": torch.stack([states[k] for k in kept]), "target": target, "loss": loss[None]}
    more |= {f"g_{key}": tensor.grad for key, tensor in learning.items()}
    values = torch.stack(states).detach()
    living = (values[-1].abs().sum(-1) != 0).double().mean()
    clamped = (values[-1] == 0).double().mean(), (values[-1] == 1).double().mean()
    print(
        f"{name}: nearest {min(margins):.0e}, largest value {values.abs().max():.2f}, largest change "
        f"{values.diff(dim=0).abs().max():.2f}, not empty {living:.2f}, 0 or 1 {clamped[0]:.2f} {clamped[1]:.2f}, "
        + ", ".join(f"g_{key} {tensor.grad.norm():.2g}" for key, tensor in learning.items()))
    assert min(margins) > 5e-6, "take another seed: a number comes too near a threshold or a corner"
    write(name, settings, learning | more, kept)


SOBEL = "identity+sobel-x/8+sobel-y/8"
make("laplacian", 1, {"filters": SOBEL + "+laplacian-8/16"}, [32])
make("three-layers", 2, {"filters": SOBEL, "activation": "gelu", "update": "tanh", "clamp": "all:0.0:1.0"}, [24, 20])
make(
    "learned-filters", 3, {"filters": "learned+learned+learned", "activation": "leaky-relu:0.1", "life": "after"}, [24],
    learned=3, last_bias=False)
make(
    "appended-control", 40,
    {"filters": "identity+scharr-x/32+scharr-y/32", "activation": "sigmoid", "update": "elu", "life": "before",
     "control": "appended:3"},
    [20], control=3)
make(
    "added-control", 14,
    {"filters": SOBEL + "+gauss/16", "gain": 0.5, "threshold": 0.05, "life-channel": 4, "activation": "tanh",
     "clamp": "all:-10.0:10.0", "control": "added:2"},
    [16, 12], control=2)
make(
    "texture", 8,
    {"filters": "identity+sobel-x/8+mean/9", "update": "abs", "life": "none", "padding": "torus", "picture": "opaque"},
    [], last=0.1)
