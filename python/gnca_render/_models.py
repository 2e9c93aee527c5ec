"""Models that live in memory."""

from __future__ import annotations

import numbers
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def is_state(value: Any) -> bool:
    """Whether `value` is a model: a dictionary of words and numbers is the value of an option."""
    if isinstance(value, Mapping):
        return not all(isinstance(each, (str, numbers.Number, os.PathLike)) for each in value.values())
    return hasattr(value, "state_dict")


class StateFiles:
    """State dictionaries as NumPy archives in a folder: model.npz, model-2.npz, ..., for names become captions."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.count = 0

    def add(self, model: Any) -> str:
        """Writes a model's tensors in 32 bits; returns the path. Raises ValueError where one is no array of numbers."""
        import numpy  # Whoever has arrays has numpy; nobody else needs it.

        arrays = {}
        for name, value in (model if isinstance(model, Mapping) else model.state_dict()).items():
            kind = type(value).__name__
            # PyTorch's way out of the graph, off the GPU, and from bfloat16, which NumPy does not know.
            for step in ("detach", "cpu", "float", "numpy"):
                value = getattr(value, step)() if hasattr(value, step) else value
            try:
                arrays[str(name)] = numpy.asarray(value, dtype="<f4")
            except (TypeError, ValueError):
                raise ValueError(f"{name!r} in the state dictionary is no array of numbers but a {kind}") from None
        self.count += 1
        path = Path(self.folder, f"model-{self.count}.npz" if self.count > 1 else "model.npz")
        numpy.savez(path, **arrays)
        return str(path)
