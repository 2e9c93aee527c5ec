"""Models that live in memory."""

from __future__ import annotations

import numbers
import os
import tempfile
from collections.abc import Mapping
from typing import Any


def is_state(value: Any) -> bool:
    """Whether `value` is a model: a dictionary of words and numbers is the value of an option."""
    if isinstance(value, Mapping):
        return not all(isinstance(each, (str, numbers.Number, os.PathLike)) for each in value.values())
    return hasattr(value, "state_dict")


class StateFiles:
    """State dictionaries as NumPy archives: model.npz, model-2.npz, ..., for names become captions."""

    def __init__(self) -> None:
        self.folder: tempfile.TemporaryDirectory[str] | None = None
        self.count = 0

    def __enter__(self) -> StateFiles:
        return self

    def __exit__(self, *_: object) -> None:
        if self.folder:
            self.folder.cleanup()

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
                arrays[str(name)] = numpy.asarray(value).astype("<f4", casting="same_kind")
            except (TypeError, ValueError):
                raise ValueError(f"{name!r} in the state dictionary is no array of numbers but a {kind}") from None
        self.folder = self.folder or tempfile.TemporaryDirectory(prefix="gnca-render-")
        self.count += 1
        path = os.path.join(self.folder.name, f"model-{self.count}.npz" if self.count > 1 else "model.npz")
        numpy.savez(path, **arrays)
        return path

    def hide(self, text: str) -> str:
        """`text` without the folder of these files, which says nothing to anybody."""
        return text.replace(f"{self.folder.name}/", "") if self.folder else text
