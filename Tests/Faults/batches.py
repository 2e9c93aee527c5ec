"""A batch that is killed goes on where it stopped, whatever its jobs were doing; its record fails without a lie. Batches that
run at once lose no record, and stills of the user's own stay where they are."""
import json
import os
import random
import shutil
import signal
import subprocess
import time

from injection import places
from signals import start

BATCH = """\
defaults:
  render: {grid: 16x16, scale: 4, steps: 8, steps-per-frame: 1, hold: 0, threads: 1, reproducible: true}
jobs:
  - {render: film, models: m.ckpt, output: "out/{scenario}.gif", matrix: {scenario: [grow, persist]}}
  - {render: stills, models: m.ckpt, output: out/stills/}
"""
RECORD = "out/.gnca-batch/"


def folder_with_batch(shop):
    folder = shop.folder("batch")
    (folder / "b.yaml").write_text(BATCH)
    (folder / "out").mkdir()
    return folder


def films(shop, folder):
    return {name: data for name, data in shop.written(folder).items()
            if name != "b.yaml" and not name.startswith(RECORD)}


def command(shop):
    return [shop.program, "batch", "b.yaml", "--jobs", "2", "--quiet"]


def kills(shop, results, is_long, whole, length):
    random_source = random.Random(6)
    for turn in range(60 if is_long else 2):
        folder = folder_with_batch(shop)
        # Alone, or with everything it started, as when the power goes.
        everything = random_source.random() < 0.5
        process = subprocess.Popen(command(shop), cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   start_new_session=True)
        try:
            process.wait(random_source.uniform(0, 1.1) * length)
        except subprocess.TimeoutExpired:
            pass
        children = subprocess.run(["pgrep", "-P", str(process.pid)], capture_output=True, text=True).stdout.split()
        process.kill()
        for child in children if everything else []:
            try:
                os.kill(int(child), signal.SIGKILL)
            except ProcessLookupError:
                pass
        process.wait()
        left = films(shop, folder)
        torn = [name for name, data in left.items() if ".gnca-" not in name and data != whole.get(name)]
        again = subprocess.run(command(shop), cwd=folder, capture_output=True, text=True, timeout=120)
        found = films(shop, folder)
        results.add(f"batch killed in turn {turn}",
                    f"torn: {torn}" if torn else
                    f"the next run: {again.returncode} {again.stderr}" if again.returncode != 0 else
                    f"the next run left {sorted(found)}" if found != whole else None)


def record(shop, results, is_long, whole):
    """Every write to the record fails once. The jobs are other processes, which strace does not follow here."""
    if not shutil.which("strace"):
        results.skip("a batch whose record fails: strace is missing (apt-get install strace)")
        return
    trace = shop.base / "trace"
    traced = ["strace", "-y", "-qq", "-o", trace, "-e", "trace=openat,mkdirat,write,fsync"]
    folder = folder_with_batch(shop)
    subprocess.run([*traced, *command(shop)], cwd=folder, check=True, capture_output=True)
    # Without -f, strace names no thread.
    lines = "".join(f"1 {line}\n" for line in trace.read_text(errors="replace").splitlines() if "(" in line)
    for call, numbers in places(lines, folder, mark=".gnca-batch").items():
        for number in numbers if is_long else numbers[-1:]:
            folder = folder_with_batch(shop)
            done = subprocess.run(
                [*traced, "-e", f"inject={call}:error=ENOSPC:when={number}", *command(shop)], cwd=folder,
                capture_output=True, text=True, timeout=120)
            left = films(shop, folder)
            wrong = (f"status 0, left {sorted(left)}" if done.returncode == 0 and left != whole else
                     # 1: a job's outputs could not be recorded, so that job counts as failed.
                     f"status {done.returncode}: {done.stderr}" if done.returncode not in (0, 1, 73, 74) else
                     f"torn: {sorted(left)}" if any(whole.get(name) != data for name, data in left.items()) else None)
            results.add(f"batch with {call} {number} of its record failing", wrong)


def races(shop, results, is_long):
    """Several batches of one file and several that only ask, at once: each says 0 or 73, and every film is made once."""
    for turn in range(20 if is_long else 1):
        folder = folder_with_batch(shop)
        (folder / RECORD).mkdir(parents=True)
        history = '{"event":"begun","output":"old.gif","key":"k"}\n' * 500
        (folder / RECORD / "manifest.jsonl").write_text(history)
        asks = [[], [], ["--list"], [], ["--dry-run"], ["--list"], []]
        running = [subprocess.Popen([*command(shop), *ask], cwd=folder, stdout=subprocess.DEVNULL,
                                    stderr=subprocess.DEVNULL) for ask in asks]
        statuses = [process.wait(timeout=300) for process in running]
        again = subprocess.run(command(shop), cwd=folder, capture_output=True, text=True, timeout=300)
        lines = (folder / RECORD / "manifest.jsonl").read_text().splitlines()
        made = sorted(json.loads(line)["output"] for line in lines if '"made"' in line)
        results.add(f"batches at once, turn {turn}",
                    f"statuses {statuses}" if not set(statuses) <= {0, 73} else
                    f"the next run: {again.returncode} {again.stderr}" if again.returncode != 0 else
                    f"made {made}" if made != ["grow.gif", "persist.gif", "stills/"] else None)


def stills(shop, results, is_long):
    """A film becomes shorter, and the batch is killed at any moment: the old stills are there until the new ones are, and the
    user's own stay."""
    random_source = random.Random(7)
    for turn in range(40 if is_long else 2):
        folder = folder_with_batch(shop)
        subprocess.run(command(shop), cwd=folder, check=True, capture_output=True)
        own = {f"frame-{number:05}.png": b"mine" for number in (10, 99)} | {"frame-7x.png": b"mine", "notes.txt": b"mine"}
        for name, data in own.items():
            (folder / "out/stills" / name).write_bytes(data)
        (folder / "b.yaml").write_text(BATCH.replace("steps: 8", "steps: 4"))
        process = subprocess.Popen(command(shop), cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(random_source.uniform(0, 1))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        names = {path.name for path in (folder / "out/stills").iterdir()}
        missing = {f"frame-{number:05}.png" for number in range(1, 6)} - names
        again = subprocess.run(command(shop), cwd=folder, capture_output=True, text=True, timeout=300)
        left = {path.name: path.read_bytes() for path in (folder / "out/stills").iterdir()}
        wanted = {f"frame-{number:05}.png" for number in range(1, 6)} | set(own)
        results.add(f"fewer stills, killed in turn {turn}",
                    f"missing after the kill: {sorted(missing)}" if missing else
                    f"the next run: {again.returncode} {again.stderr}" if again.returncode != 0 else
                    f"left {sorted(left)}" if set(left) != wanted else
                    "the user's own were replaced" if any(left[name] != data for name, data in own.items()) else None)


def run(shop, results, is_long):
    folder = folder_with_batch(shop)
    begin = time.monotonic()
    process = start(command(shop), folder)
    _, errors = process.communicate(timeout=120)
    length = time.monotonic() - begin
    whole = films(shop, folder)
    results.add("a batch", None if process.returncode == 0 else errors)
    kills(shop, results, is_long, whole, length)
    record(shop, results, is_long, whole)
    races(shop, results, is_long)
    stills(shop, results, is_long)
