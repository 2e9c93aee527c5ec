"""Films inside a notebook."""

from __future__ import annotations

import base64
import os
import tempfile
from pathlib import Path
from typing import Any

from ._program import run

MEDIA_TYPES = {
    ".mp4": "video/mp4", ".webm": "video/webm", ".gif": "image/gif", ".apng": "image/apng", ".webp": "image/webp",
    ".png": "image/png", ".svg": "image/svg+xml",
}  # fmt: skip
LIMIT = 32 * 1024 * 1024  # bytes, as for `embed --inline`


class Film:
    """A film that a notebook shows; `data` are the bytes of its file."""

    def __init__(self, data: bytes, media_type: str) -> None:
        self.data = data
        self.media_type = media_type

    def _repr_html_(self) -> str:
        source = f"data:{self.media_type};base64,{base64.b64encode(self.data).decode()}"
        style = "max-width: 100%; height: auto; image-rendering: pixelated"  # cells stay squares at any size
        if self.media_type.startswith("video/"):
            return f'<video src="{source}" autoplay loop muted playsinline controls style="{style}"></video>'
        return f'<img src="{source}" style="{style}">'

    def __repr__(self) -> str:
        return f"<Film {self.media_type}, {len(self.data):,} bytes>"


def show(film: Any, *, format: str = "mp4", **options: Any) -> Film:
    """Show a film or a picture in a notebook: a file, or a model (or several) that is rendered with these options.

    ``show("out.mp4")``, ``show("turtle.ckpt", scenario="regen")``, ``show(net.state_dict(), steps=96, format="gif")``.
    The film stands in the notebook itself, which grows by 4/3 of its size; one of more than 32 MiB is refused with a
    ValueError. Without an `output`, no file is left.
    """
    if not options and isinstance(film, (str, os.PathLike)) and Path(film).suffix.lower() in MEDIA_TYPES:
        return _read(Path(film))
    if options.get("dry_run") or isinstance(options.get("output"), (list, tuple)):
        raise ValueError("a notebook shows one film that is made: show() takes no dry_run, and one output")
    with tempfile.TemporaryDirectory(prefix="gnca-render-") as folder:
        path = Path(options.pop("output", None) or Path(folder, f"film.{format}"))
        _media_type(path)
        run("render", film, output=path, **options)
        return _read(path)


def _media_type(path: Path) -> str:
    if path.suffix.lower() not in MEDIA_TYPES:
        shown = ", ".join(suffix[1:] for suffix in MEDIA_TYPES)
        raise ValueError(f"{path.name}: a notebook shows no such films (it shows: {shown})")
    return MEDIA_TYPES[path.suffix.lower()]


def _read(path: Path) -> Film:
    media_type = _media_type(path)
    if path.exists() and not path.is_file():  # reading a pipe might wait for ever
        raise ValueError(f"{path.name} is no regular file")
    size = path.stat().st_size
    if size > LIMIT:
        raise ValueError(
            f"{path.name} has {size / 2**20:.1f} MiB, and a notebook takes at most {LIMIT // 2**20} MiB of a film "
            "(choose a smaller scale or fewer steps, or render it to a file and link that)")  # fmt: skip
    return Film(path.read_bytes(), media_type)
