"""The work that every peer does, read from what TrainingBenchmark --export wrote, and how a peer is driven.

A peer prints one JSON line when it is ready, with the relative error of its loss and gradients against ours for the very
same fire masks. Then it reads the names of tasks, one a line, does each once with fire masks of its own and prints the
seconds that took.
"""
import json
import sys
import time

import numpy
from safetensors.numpy import load_file

#: Steps of a task that only steps, by the grid's width and height.
STEPS = {64: 50, 512: 3}


def load(path):
    return load_file(path)


def centred(state, size):
    """[H][W][C] in the middle of a square grid of `size` cells, cut or filled up with zeros."""
    grid = numpy.zeros((size, size, state.shape[2]), state.dtype)
    (height, width), (top, left) = state.shape[:2], ((size - state.shape[0]) // 2, (size - state.shape[1]) // 2)
    grid[max(top, 0):top + height, max(left, 0):left + width] = state[max(-top, 0):size - top, max(-left, 0):size - left]
    return grid


def error(ours, theirs):
    """Norm of the difference over the norm."""
    ours, theirs = numpy.asarray(ours, numpy.float64).ravel(), numpy.asarray(theirs, numpy.float64).ravel()
    return float(numpy.linalg.norm(ours - theirs) / max(numpy.linalg.norm(ours), 1e-30))


def serve(name, check, tasks):
    """`check()` returns {tensor: error}; a task does its work once and waits for its end."""
    errors = check()
    for task in tasks.values():
        task()
        task()
    print(json.dumps({"peer": name, "errors": errors}), flush=True)
    for line in sys.stdin:
        start = time.perf_counter()
        tasks[line.strip()]()
        print(time.perf_counter() - start, flush=True)
