"""The one way to the program: finds it, spells options as its command line takes them, runs it, raises what it says."""

from __future__ import annotations

import functools
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from typing import Any

from ._models import StateFiles, is_state


class GncaRenderError(Exception):
    """The program failed, or cannot be found; the text is its own sentence.

    `exit_code` is the program's (docs/reference.md lists them), negative where a signal ended it, 127 where there is no
    program; `command` are the words of the command line, `output` is what it had printed.
    """

    def __init__(self, message: str, exit_code: int, command: list[str], output: str = "") -> None:
        super().__init__(message)
        self.exit_code = exit_code
        self.command = command
        self.output = output


class UsageError(GncaRenderError, ValueError):
    """Options that the program does not know, or that make no sense (exit code 64)."""


class DataError(GncaRenderError, ValueError):
    """A model, a picture or another file that cannot be used (exit code 65)."""


def run(subcommand: str, *arguments: Any, progress: Any = False, returns_notes: bool = False, **options: Any) -> Any:
    """Run a subcommand and return what it prints: text, or bytes where an output is ``"-"``.

    `returns_notes`: what it says on standard error in its place. An argument may be a list; None leaves it out. `progress`: False is quiet, True shows the program's progress and
    notes on standard error, line by line; any other value is one of ``--progress``.
    """
    program = _find()
    subcommands = _describe(program, os.stat(program).st_mtime_ns)
    if subcommand not in subcommands:
        raise ValueError(f"there is no subcommand {subcommand!r} (there are: {', '.join(subcommands)})")
    known = subcommands[subcommand]
    options = {name.rstrip("_").replace("_", "-"): value for name, value in options.items()}
    if progress and (progress is not True or "progress" in known):
        options["progress"] = "plain" if progress is True else progress
    is_quiet = options.get("quiet", not progress and not options.get("verbose"))
    if "quiet" in known:
        options["quiet"] = is_quiet and not returns_notes
    with StateFiles() as files:
        words = [word for name in options for word in _option(name, options[name], known.get(name), files)]
        words += ["--", *(word for argument in arguments for word in _values(argument, files))]
        command = [program, subcommand, *words]
        printed, said, code = _call(command, is_quiet)
    if code != 0:
        raise _error(files.hide(said), code, command, printed)
    if returns_notes:
        return files.hide(said).rstrip("\n")
    if is_quiet:
        _tell(files.hide(said))
    return printed if "--output=-" in words else files.hide(printed.decode("utf-8", "replace")).rstrip("\n")


def _find() -> str:
    named = os.environ.get("GNCA_RENDER")
    program = shutil.which(os.path.expanduser(named or "gnca-render"))
    if program:
        return program
    place = f"GNCA_RENDER names {named}, and there is no program" if named else "gnca-render is not in PATH"
    advice = "the environment variable GNCA_RENDER names the program, else it is looked for in PATH"
    raise GncaRenderError(f"{place} ({advice})", 127, [named or "gnca-render"])


@functools.cache
def _describe(program: str, modified: int) -> dict[str, dict[str, dict[str, Any]]]:
    """The options of every subcommand by their long names, as the program tells them itself.

    `modified` makes the cache ask anew after the program was built anew.
    """
    command = [program, "--experimental-dump-help"]
    try:
        text = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=True).stdout
        return {
            subcommand["commandName"]: {
                name["name"]: option
                for option in subcommand.get("arguments", [])
                for name in option.get("names", [])
            }
            for subcommand in json.loads(text)["command"]["subcommands"]
        }  # fmt: skip
    except (OSError, subprocess.CalledProcessError, ValueError, LookupError, TypeError) as error:
        raise GncaRenderError(f"{program} is not gnca-render, or does not run here ({error})", 127, command) from error


def _values(value: Any, files: StateFiles) -> list[str]:
    """The words that a value stands for; a list inside a list is one word (``start=[(20, 30), (40, 30)]``)."""
    if value is None:
        return []
    if is_state(value):
        return [files.add(value)]
    if isinstance(value, Mapping):
        return [f"{key}={each}" for key, each in value.items()]
    if isinstance(value, (bytes, os.PathLike)):
        return [os.fsdecode(value)]
    # An array of no dimensions is a number.
    if isinstance(value, Iterable) and not isinstance(value, str) and getattr(value, "ndim", 1):
        return [",".join(_values(each, files)) for each in value]
    return [str(value)]


def _option(name: str, value: Any, known: dict[str, Any] | None, files: StateFiles) -> list[str]:
    """An option as the command line takes it; one that is not known goes there all the same, to be refused."""
    if known is None:
        return [f"--{name}"]
    if value is None or value is False:
        return []
    if known["kind"] == "flag" and str(value) in ("True", "False"):  # NumPy has a bool of its own
        return [f"--{name}"] if value else []
    values = _values(value, files)
    return [f"--{name}={each}" for each in (values if known["isRepeating"] else [",".join(values)])]


def _call(command: list[str], is_quiet: bool) -> tuple[bytes, str, int]:
    """What the program prints, what it says on standard error (passed on unless quiet), and its exit code."""
    # An interrupt has to reach the program once, for a second one ends it at once: it gets a process group of its own,
    # and the signal from here. The variable makes it end by itself should this process be killed, as a batch's jobs do.
    environment = {**os.environ, "GNCA_RENDER_BATCH": str(os.getpid())}
    said = []
    with tempfile.TemporaryFile() as printed:
        try:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=printed, stderr=subprocess.PIPE, start_new_session=True,
                env=environment, encoding="utf-8", errors="replace")  # fmt: skip
        except OSError as error:
            raise GncaRenderError(f"{command[0]} cannot be started: {error.strerror}", 127, command) from error
        with process:
            try:
                for line in process.stderr or ():
                    said.append(line)
                    if not is_quiet:
                        _tell(line)
                process.wait()
            except BaseException:
                _stop(process)
                raise
        printed.seek(0)
        return printed.read(), "".join(said), process.returncode


def _stop(process: subprocess.Popen[str]) -> None:
    """Lets the program tidy up and passes on its last words: how a training is resumed. A second interrupt kills it."""
    try:
        process.send_signal(signal.SIGINT)
        _tell(process.communicate()[1])
    except BaseException:
        process.kill()
        raise


def _tell(text: str) -> None:
    if sys.stderr:  # windows without a console have none
        sys.stderr.write(text)


def _error(said: str, code: int, command: list[str], printed: bytes) -> GncaRenderError:
    message = f"\n{said}".rpartition("\ngnca-render: ")[2].strip()  # progress and notes may stand before
    if code < 0:
        names = {each.value: each.name for each in signal.Signals}  # not those of real time
        message = f"gnca-render was ended by {names.get(-code, f'signal {-code}')}. {message}".strip()
    message = message or f"gnca-render ended with exit code {code} and said nothing"
    kind = {64: UsageError, 65: DataError}.get(code, GncaRenderError)
    return kind(message, code, command, printed.decode("utf-8", "replace"))
