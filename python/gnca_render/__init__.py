"""Films of Growing Neural Cellular Automata from Python: calls the program gnca-render.

Every option of the program is a keyword: ``steps_per_frame=2`` is ``--steps-per-frame=2``, ``from_=`` is ``--from``,
a flag is ``True``. A list repeats the option where it can be repeated (``damage``, ``caption``, ``output``), else its
values are joined by commas (``overlay=["hidden", "counter"]``); a dictionary gives KEY=VALUE
(``dialect={"life": "after"}``). What is wrong, the program says: it becomes a `GncaRenderError`. ``progress=True``
shows how far the work is.

A model is a file, a state dictionary of PyTorch or NumPy, or an object with ``state_dict()``.
"""

from __future__ import annotations

import json
import os
from importlib.metadata import version as _version
from pathlib import Path
from typing import Any

from ._program import DataError, GncaRenderError, UsageError, run
from ._show import Film, show

__version__ = _version("gnca-render")
__all__ = [
    "DataError", "Film", "GncaRenderError", "UsageError", "batch", "convert", "embed", "evaluate", "figure", "inspect",
    "list_names", "page", "render", "run", "show", "target", "train",
]  # fmt: skip


def render(models: Any, output: Any = None, **options: Any) -> Any:
    """Make a film from one model or several: ``render("turtle.ckpt", "out.mp4", scenario="regen", overwrite=True)``.

    Returns the path of the output, or a list of paths. With ``dry_run=True`` it is the text of the plan, with the
    output ``"-"`` the bytes of the film.
    """
    output = _outputs(output)
    if options.get("dry_run") or "-" in ([output] if isinstance(output, str) else output or ()):
        return run("render", models, output=output, **options)
    return _make("render", models, output=output, **options)


def train(target: Any = None, output: Any = None, **options: Any) -> dict[str, Any] | None:
    """Train a model on a picture, an emoji, or a text.

    Returns what `inspect` tells of it, its path as ``"file"``; None where no output is named, as a resumed training allows.

    Interrupted, it says how to go on: ``train(resume="turtle.ckpt.state", output="turtle.ckpt")``.
    """
    model = _make("train", target, output=output, **options)
    return model and inspect(model)


def figure(kind: str, models: Any = None, output: Any = None, **options: Any) -> Any:
    """Make a still of a kind (strip, channels, recovery, ...): PNG, SVG, PDF. Returns its path, or a list of paths."""
    return _make("figure", kind, models, output=output, **options)


def evaluate(models: Any, target: Any, **options: Any) -> Any:
    """Score models: ``{"models": [{"model": ..., "losses": [...], "recoveries": [...]}]}``.

    With ``output="scores.csv"`` the scores are written there; returns the path then.
    """
    if options.get("output"):
        return _make("evaluate", models, target=target, **options)
    return json.loads(run("evaluate", models, target=target, **{**options, "json": True}))


def inspect(file: Any, **options: Any) -> dict[str, Any]:
    """Tell what a model is: format, tensors, family, dialect and rule, and where it comes from."""
    return json.loads(run("inspect", file, **{**options, "json": True}))


def convert(model: Any, output: Any, **options: Any) -> str:
    """Write a model in another format. Returns what the program says: also what that format does not keep."""
    return run("convert", model, output=output, returns_notes=True, **options)


def batch(file: Any = None, **options: Any) -> Any:
    """Make everything that a file of jobs describes. Returns a list with a dictionary a job.

    With ``dry_run=True`` or ``schema=True`` it is the text that the program prints.
    """
    printed = run("batch", file, **{**options, "json": True})
    if options.get("dry_run") or options.get("schema"):
        return printed
    return [json.loads(line) for line in printed.splitlines()]


def embed(films: Any, output: Any, **options: Any) -> Any:
    """Write what a blog, a README or a paper pastes to show a film: HTML, Markdown or LaTeX. Returns its path."""
    return _make("embed", films, output=output, **options)


def page(models: Any, output: Any, **options: Any) -> Any:
    """Write a web page that runs the models in its reader's browser. Returns its path."""
    return _make("page", models, output=output, **options)


def target(picture: Any, output: Any, **options: Any) -> Any:
    """Write the picture, or the emoji, as training sees it. Returns its path."""
    return _make("target", picture, output=output, **options)


def list_names() -> dict[str, Any]:
    """The names of scenarios, overlays, figures, formats with the codecs present, regimes and model formats."""
    return json.loads(run("list", json=True))


def _make(subcommand: str, *arguments: Any, output: Any, **options: Any) -> Any:
    """Runs a subcommand that writes files, and returns their paths."""
    output = _outputs(output)
    printed = run(subcommand, *arguments, output=output, **options)
    if options.get("progress") and printed:
        print(printed)
    return [Path(each) for each in output] if isinstance(output, list) else output and Path(output)


def _outputs(output: Any) -> Any:
    """Text, None or a list of texts: what is read once, as a generator, is wanted twice."""
    if output is None or isinstance(output, (str, bytes, os.PathLike)):
        return output and os.fsdecode(output)
    return [os.fsdecode(each) for each in output]
