"""Everything that the program says of hostile texts: nothing in it may be obeyed by a terminal."""
import json
import shutil

import cases

HOSTILE = "a\x1b[31m\x1b]0;x\x07\x08\r\t\x7f\x9b2J\u0085\u202e\u2066\u200f\u061c\u2028b"


def run(shop, results, is_long):
    folder, name = shop.folder, f"h{HOSTILE}"
    shutil.copy(folder / "m.ckpt", folder / f"{name}.ckpt")
    shutil.copy(folder / "film.mp4", folder / f"{name}.mp4")
    model = f"{name}.ckpt"
    (folder / f"{name}.yaml").write_text("jobs: [")
    (folder / "key.yaml").write_text("jobs:\n  - figure: j\n    \"a\u202eb\u2067\": 1\n", encoding="utf-8")
    (folder / "value.yaml").write_text("steps: \"a\u202e\u2066b\"\n")
    (folder / "event.yaml").write_text("steps: 3\nevents:\n  - {at: 1, clear: true, name: \"a\u202eb\\nc\"}\n")
    (folder / "tag.yaml").write_text("steps: !a%1b%5b31m 3\n")
    (folder / "wrong.csv").write_text(f"iteration,loss\n{HOSTILE}\n")
    (folder / "wrong.jsonl").write_text('{"' + HOSTILE.replace("\r", "") + '"}\n')
    (folder / "good.yaml").write_text(
        "jobs:\n  - figure: \"j\"\n    kind: strip\n    models: m.ckpt\n    output: \"o\u202e.svg\"\n    steps: \"0\"\n"
        "    grid: 8x8\n")
    (folder / "fails.yaml").write_text(
        "jobs:\n  - figure: \"j\"\n    kind: strip\n    models: \"n\u202e.ckpt\"\n    output: o.svg\n")
    (folder / "n\u202e.ckpt").write_text("{\"" + HOSTILE + "\"}")
    (folder / "picture.png").write_bytes((folder / "stills/frame-00001.png").read_bytes())
    (folder / f"{name}.json").write_text(json.dumps({HOSTILE: [HOSTILE]}))
    film = ["-o", f"{name}.gif", "--grid", "8x8", "--steps", "2", "--hold", "0", "--overwrite"]
    commands = [
        ["inspect", model], ["inspect", model, "--json"], ["inspect", f"{name}.json"], ["inspect", "n\u202e.ckpt"],
        ["inspect", HOSTILE], [HOSTILE], ["help", HOSTILE], [f"--{HOSTILE}"], ["render", f"--{HOSTILE}=1"],
        [model, *film], [model, *film, "--verbose"], [model, *film, "--progress", "plain"],
        [model, *film, "--progress", "json"], [model, *film, "--dry-run"], [model, "-o", f"{name}.mp4"],
        [model, "-o", f"{name}.xyz"], [model, "-o", f"no{HOSTILE}/a.mp4"], [model, *film, "--fps", HOSTILE],
        [model, *film, "--theme", HOSTILE], [model, *film, "--theme", f"\u0301{HOSTILE}"], [model, *film, "--overlay", HOSTILE], [model, *film, "--damage", HOSTILE],
        [model, *film, "--damage", f"erase:{HOSTILE}.png@1"], [model, *film, "--grid", HOSTILE],
        [model, *film, "--scenario", HOSTILE], [model, *film, "--scenario", f"{name}.yaml"],
        [model, *film, "--scenario", "value.yaml"], [model, *film, "--scenario", "event.yaml", "--dry-run"],
        [model, *film, "--scenario", "tag.yaml"], [model, *film, "--dialect", f"{HOSTILE}=1"],
        [model, *film, "--dialect", f"scale={HOSTILE}"], [model, *film, "--encoder-option", f"{HOSTILE}={HOSTILE}"],
        [model, "-o", "a.mp4", "--encoder-option", f"x264-params={HOSTILE}", "--verbose", "--steps", "2", "--hold", "0"],
        [model, *film, "--preset", HOSTILE], [model, "-o", "a.mp4", "--pixel-format", HOSTILE, "--steps", "2"],
        [model, *film, "--caption", HOSTILE], [model, *film, "--poster", f"{HOSTILE}.png"], [model, *film, "--target", HOSTILE],
        [model, *film, "--entry", HOSTILE], [model, *film, "--tensors", HOSTILE], [model, *film, "--control", HOSTILE],
        ["figure", HOSTILE, model], ["figure", "strip", model, "-o", f"{name}.svg", "--grid", "8x8", "--steps", "0"],
        ["figure", "strip", model, "-o", f"{name}.xyz"], ["figure", "loss", "wrong.csv", "-o", "l.svg"],
        ["figure", "loss", "wrong.jsonl", "-o", "l.svg"], ["figure", "strip", model, "-o", "c.svg", "--width", HOSTILE],
        ["figure", "rates", model, "-o", "c.svg", "--target", HOSTILE], ["figure", "strip", model, "-o", "d.svg", "--caption", HOSTILE],
        ["convert", model, "-o", f"{name}.npz"], ["convert", model, "-o", HOSTILE], ["convert", model, "-o", f"{name}.json"],
        ["target", "picture.png", "-o", f"{name}.png", "--overwrite"], ["target", HOSTILE, "-o", "a.png"],
        ["target", "picture.png", "-o", HOSTILE], ["evaluate", model, "--target", "picture.png", "--trials", "1", "--size", "8", "--padding", "0"],
        ["evaluate", model, "--target", "picture.png", "--trials", "1", "--size", "8", "--padding", "0", "--json"],
        ["train", "picture.png", "-o", f"{name}.t.ckpt", "--iterations", "2", "--size", "6", "--padding", "1", "--progress", "plain",
         "--batch", "1", "--pool", "2", "--log", f"{name}.csv"],
        ["inspect", f"{name}.t.ckpt"], ["train", HOSTILE, "-o", "t.ckpt"], ["train", "--resume", HOSTILE, "-o", "t.ckpt"],
        ["train", "picture.png", "-o", "t.ckpt", "--rule", f"{HOSTILE}=1"], ["train", "picture.png", "-o", "t.ckpt", "--regime", HOSTILE],
        ["embed", f"{name}.mp4", "-o", HOSTILE], ["embed", HOSTILE, "-o", "a.html"], ["embed", f"{name}.mp4", "-o", "a.tex", "--label", HOSTILE],
        ["embed", "film.mp4", "-o", "a.html", "--url", f"javascript:{HOSTILE}"], ["batch", f"{name}.yaml"], ["batch", "key.yaml"],
        ["batch", "good.yaml", "--list"], ["batch", "good.yaml", "--list", "--json"], ["batch", "good.yaml", "--dry-run"],
        ["batch", "good.yaml", "--json", "--progress", "plain"], ["batch", "good.yaml", "--only", HOSTILE],
        ["batch", "good.yaml", "--set", f"{HOSTILE}=1"], ["batch", "good.yaml", "--root", HOSTILE], ["batch", "good.yaml", "--shard", HOSTILE],
        ["batch", "fails.yaml"], ["batch", "fails.yaml", "--json"], ["batch", "fails.yaml", "--keep-going"], ["list"], ["list", "--json"], ["version"], ["--help"],
        ["figure", "--help"], ["batch", "--schema"]]
    for command in commands:
        done = shop.program(*command, check=False)
        shop.check_shown(results, f"{command[:3]}", done.stdout.decode(errors="replace"))
        shop.check_shown(results, f"{command[:3]} 2>", done.stderr.decode(errors="replace"))
        results.add(f"{command}: {done.returncode}", done.returncode in (0, 1, 64, 65, 69, 73, 74))
