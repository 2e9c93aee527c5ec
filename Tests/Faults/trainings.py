"""Kills a training before every call that gives or takes a name, and goes on from what is left."""
import re
import shutil
import subprocess

from outputs import TRAIN

NAMING = ",".join("?" + call for call in ("rename", "renameat", "renameat2", "link", "linkat", "unlink", "unlinkat"))
CALL = re.compile(r"^(\d+) +(\w+)\((.*)$")
FILES = ["trained.ckpt", "trained.ckpt.state", "trained.ckpt.state.previous", "log.csv"]
# What a training writes beside its model; with --keep-state the last state stays.
COMMANDS = [["--log", "log.csv"], ["--keep-state"]]
# File systems that have hard links, and those that have none.
SYSTEMS = {"": [], " without hard links": ["-e", "inject=?link,?linkat:error=EPERM"]}


def traced(shop, words, folder, options):
    log = shop.base / "trace"
    run = subprocess.run(
        ["strace", "-f", "-qq", "-o", log, "-e", "trace=" + NAMING, *options, shop.program, *words], cwd=folder,
        capture_output=True, text=True, errors="replace", timeout=120)
    return run, log.read_text(errors="replace")


def naming_calls(trace):
    """(call, its number among the thread's calls of that name) of all that concern the training's files, in order."""
    counts = {}
    for line in trace.splitlines():
        match = CALL.match(line)
        if not match:
            continue
        thread, call, rest = match.groups()
        counts[thread, call] = counts.get((thread, call), 0) + 1
        if "trained.ckpt" in rest or "log.csv" in rest:
            yield call, counts[thread, call]


def left(folder):
    return {name: (folder / name).read_bytes() for name in FILES if (folder / name).exists()}


def go_on(shop, folder, words, has_links):
    """What is wrong with what a kill has left and the next run makes of it: a sentence, or None."""
    found = left(folder)
    has_state = "trained.ckpt.state" in found
    if has_links and "trained.ckpt.state.previous" in found and not has_state:
        return "the state is gone, and only the one before is left"
    if not has_state and "trained.ckpt.state.previous" not in found:
        # Before the first state, or after the last: the same command begins anew.
        command = [shop.program, *words] + (["--overwrite"] if found else [])
    else:
        command = [shop.program, "train", "--resume", "trained.ckpt.state", "-o", "trained.ckpt"]
        command += words[len(TRAIN) + 4:] + (["--overwrite"] if "trained.ckpt" in found else [])
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
    if done.returncode != 0:
        return f"the next run: {done.returncode} {done.stderr.strip()} (left: {sorted(found)})"
    return None


def run(shop, results, is_long):
    if not shutil.which("strace"):
        results.skip("killed trainings: strace is missing (apt-get install strace)")
        return
    kills = 0
    for more in COMMANDS:
        words = [*TRAIN, "--iterations", "18", "-o", "trained.ckpt", *more]
        folder = shop.folder()
        subprocess.run([shop.program, *words], cwd=folder, check=True, capture_output=True)
        whole = left(folder)
        for system, options in SYSTEMS.items():
            _, trace = traced(shop, words, shop.folder(), options)
            calls = list(naming_calls(trace))
            # What is made to fail cannot be told to kill, too.
            calls = [(call, number) for call, number in calls if not (options and call.startswith("link"))]
            for call, number in calls if is_long else calls[:12]:
                folder = shop.folder()
                done, _ = traced(shop, words, folder, [*options, "-e", f"inject={call}:signal=KILL:when={number}"])
                kills += done.returncode != 0
                wrong = go_on(shop, folder, words, has_links=not options)
                now = left(folder)
                if wrong is None and now.keys() != whole.keys():
                    wrong = f"the next run left {sorted(now)}, expected {sorted(whole)}"
                if wrong is None and any(now[name] != whole[name] for name in ("trained.ckpt", "log.csv") if name in whole):
                    wrong = "the next run's files are not those of an uninterrupted training"
                results.add(f"a training{system} with {' '.join(more)}, killed before {call} {number}", wrong)
    results.say(f"{kills} trainings killed between two names, and gone on")
