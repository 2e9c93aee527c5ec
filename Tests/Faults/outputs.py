"""Everything the program writes, with the command that writes it. A new kind of output is one line of OUTPUTS."""
import dataclasses
import pathlib
import shutil
import struct
import subprocess
import zlib

# Options of a film that takes no time.
FILM = ["m.ckpt", "--grid", "16x16", "--scale", "4", "--steps", "8", "--steps-per-frame", "1", "--hold", "0", "--threads", "1",
        "--quiet", "--reproducible"]
FIGURE = ["figure", "strip", "m.ckpt", "--grid", "16x16", "--steps", "0,8", "--scale", "4"]
TRAIN = ["train", "t.png", "--size", "8", "--padding", "4", "--hidden", "16", "--batch", "2", "--pool", "4",
         "--damaged", "1", "--steps", "8-10", "--threads", "1", "--checkpoint-every", "5"]
SHORT = TRAIN + ["--iterations", "12"]


@dataclasses.dataclass
class Output:
    # What stands under this name in the end: a file, or a folder of files.
    name: str
    # Without --overwrite.
    arguments: list
    # Other files that the command writes.
    others: tuple = ()
    # Whether --overwrite replaces what stands there; a folder has to be new.
    replaces: bool = True


OUTPUTS = [Output(f"film.{ending}", FILM + ["-o", f"film.{ending}"])
           for ending in ["mp4", "mov", "mkv", "webm", "gif", "apng", "webp", "y4m"]]
OUTPUTS += [
    Output("frames", FILM + ["-o", "frames/"], replaces=False),
    Output("frame-3.png", FILM + ["-o", "frame-%d.png"], tuple(f"frame-{n}.png" for n in range(1, 10) if n != 3)),
    Output("poster.png", FILM + ["-o", "film.gif", "--poster", "poster.png"], ("film.gif",)),
    Output("trained.ckpt", SHORT + ["-o", "trained.ckpt"]),
    Output("log.csv", SHORT + ["-o", "trained.ckpt", "--log", "log.csv"], ("trained.ckpt",)),
    Output("curve.png", SHORT + ["-o", "trained.ckpt", "--loss-curve", "curve.png"], ("trained.ckpt",)),
    Output("converted.ckpt", ["convert", "m.ckpt", "-o", "converted.ckpt"]),
    Output("converted.json", ["convert", "m.ckpt", "-o", "converted.json"]),
    Output("target.png", ["target", "t.png", "--size", "8", "-o", "target.png"]),
    Output("figure.png", FIGURE + ["-o", "figure.png"]),
    Output("figure.svg", FIGURE + ["-o", "figure.svg"]),
    Output("figure.pdf", FIGURE + ["-o", "figure.pdf"]),
    Output("snippet.html", ["embed", "made.gif", "-o", "snippet.html"]),
]


def picture(size):
    """A PNG: a square of colours on a transparent ground."""
    def pixel(x, y):
        return (255, 16 * x, 16 * y, 255) if 4 <= x < size - 4 and 4 <= y < size - 4 else (0, 0, 0, 0)

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    rows = b"".join(b"\0" + bytes(value for x in range(size) for value in pixel(x, y)) for y in range(size))
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows))
            + chunk(b"IEND", b""))


def prepare(program, inputs):
    """Makes the files that commands read."""
    inputs.mkdir()

    def run(*arguments):
        subprocess.run([program, *arguments], cwd=inputs, check=True, capture_output=True)
    (inputs / "t.png").write_bytes(picture(16))
    run(*SHORT, "-o", "m.ckpt")
    run(*FILM, "-o", "made.gif", "--poster", "made.png")


def tree(folder):
    """Name -> bytes of every file, hidden ones too."""
    folder = pathlib.Path(folder)
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


class Workshop:
    """A fresh folder with the inputs for every run, and what each command writes when nothing goes wrong."""

    OLD = b"what stood here before"

    def __init__(self, program, base):
        self.base = pathlib.Path(base)
        # Where everybody may run it, wherever the sources are.
        self.program = shutil.copy(program, self.base / "gnca-render")
        self.inputs = self.base / "inputs"
        prepare(self.program, self.inputs)
        self.given = tree(self.inputs)
        self.wholes = {}

    def folder(self, name="run"):
        """An empty folder with the inputs."""
        folder = self.base / name
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.inputs, folder)
        return folder

    def arguments(self, output, overwrite):
        return [self.program, *output.arguments] + (["--overwrite"] if overwrite and output.replaces else [])

    def put_old(self, folder, output):
        """Something that --overwrite is to replace."""
        if output.replaces:
            for name in (output.name, *output.others):
                (folder / name).write_bytes(self.OLD)

    def whole(self, output, overwrite=False):
        """What the command writes when nothing goes wrong. Films keep their command, so --overwrite changes bytes."""
        key = output.name, overwrite
        if key not in self.wholes:
            folder = self.folder("whole")
            subprocess.run(self.arguments(output, overwrite), cwd=folder, check=True, capture_output=True)
            self.wholes[key] = self.written(folder)
        return self.wholes[key]

    def written(self, folder):
        return {name: data for name, data in tree(folder).items() if self.given.get(name) != data}

    def fault(self, output, folder, old, status, errors, expected, is_told=True):
        """What is wrong with what a run has left: a sentence, or None. `old`: something stood there before, and the
        run had --overwrite. `is_told`: whether standard error works."""
        left = self.written(folder)
        whole = self.whole(output, old)
        for name in left:
            if ".gnca-" in name:
                return f"{name} is left behind"
        if status not in (0, *expected):
            return f"status {status}, expected one of {(0, *expected)}: {errors.strip()[-200:]}"
        if status == 0 and left != whole:
            return f"status 0, but not the outputs of a clean run: {sorted(left)}"
        if status > 0 and is_told and (errors.count("gnca-render: ") != 1 or not errors.endswith("\n")):
            return f"status {status} without one sentence: {errors[-200:]!r}"
        for name, data in left.items():
            if data == whole.get(name) or (old and data == self.OLD):
                continue
            if not self.is_stage(output, name, data, whole, folder):
                return f"{name} is neither old nor whole (status {status})"
        if old and output.replaces and any(name not in left for name in whole):
            return f"an old file is gone (status {status})"
        return None

    def is_stage(self, output, name, data, whole, folder):
        """What a training may leave on its way: a log so far, and states from which it can go on."""
        if name.endswith(".csv"):
            return whole.get(name, b"").startswith(data) and data.endswith(b"\n")
        if not name.endswith((".ckpt.state", ".ckpt.state.previous")):
            return False
        model = self.base / "resumed.ckpt"
        run = subprocess.run(
            [self.program, "train", "--resume", name, "-o", model, "--overwrite"], cwd=folder, capture_output=True)
        return run.returncode == 0 and model.read_bytes() == whole["trained.ckpt"]
