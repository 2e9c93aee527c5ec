"""Two runs that write the same output: one wins, the other is told so. And the same bytes on every run."""
import os
import random
import shutil
import signal
import subprocess
import time

from outputs import FILM, OUTPUTS
from signals import start

# Every process is number 1 of a world of its own, as in a container.
ALONE = ["unshare", "--pid", "--fork", "--mount-proc", "--kill-child"]


def races(shop, results, is_long):
    for turn in range(20 if is_long else 1):
        for output in OUTPUTS:
            folder = shop.folder()
            pair = [start(shop.arguments(output, False), folder) for _ in range(2)]
            ends = sorted((process.communicate(timeout=60)[1], process.returncode) for process in pair)
            statuses = sorted(status for _, status in ends)
            whole = shop.whole(output)
            # A training that comes second keeps its state.
            left = {name: data for name, data in shop.written(folder).items()
                    if ".state" not in name or not shop.is_stage(output, name, data, whole, folder)}
            wrong = None
            if statuses != [0, 73]:
                wrong = f"statuses {statuses}, expected one 0 and one 73: {ends}"
            elif left != whole:
                wrong = f"left {sorted(left)}"
            results.add(f"{output.name} written twice at once", wrong)


def repeats(shop, results, is_long):
    for output in OUTPUTS:
        folder = shop.folder()
        process = start(shop.arguments(output, False), folder)
        process.communicate(timeout=60)
        results.add(f"{output.name} again", None if shop.written(folder) == shop.whole(output) else "other bytes")


def containers(shop, results, is_long):
    """Runs that do not see each other, whose numbers mean nothing to each other: neither takes the other's unfinished files
    for stale."""
    if not shutil.which("unshare") or subprocess.run([*ALONE, "true"], capture_output=True).returncode != 0:
        results.skip("containers: no process number of one's own is to be had here (needs root)")
        return
    random_source = random.Random(7)
    stills = [*FILM, "-o", "frame-%d.png"]
    stills[stills.index("8")] = "400"
    folder = shop.folder("still")
    subprocess.run([shop.program, *stills], cwd=folder, check=True, capture_output=True)
    whole = shop.written(folder)
    for turn in range(16 if is_long else 2):
        folder = shop.folder()
        pair = []
        # A number that nobody has where the other one is, and number 1.
        for words in (["sh", "-c", 'sleep 0; "$@"; exit $?', "sh"], []):
            pair.append(start([*ALONE, *words, shop.program, *stills], folder))
            time.sleep(random_source.uniform(0, 0.3))
        ends = [process.communicate(timeout=120)[1] for process in pair]
        statuses = sorted(process.returncode for process in pair)
        left = shop.written(folder)
        results.add(f"stills written by two containers in turn {turn}",
                    f"statuses {statuses}: {ends}" if statuses != [0, 73] else
                    f"{len(left)} of {len(whole)} files are as they should be" if left != whole else None)
    for turn in range(4 if is_long else 1):
        for output in OUTPUTS:
            kill_in_container(shop, results, output, turn, random_source)


def kill_in_container(shop, results, output, turn, random_source):
    """What process 1 has left when it was killed is removed by the next process 1."""
    begin = time.monotonic()
    folder = shop.folder()
    subprocess.run([*ALONE, *shop.arguments(output, True)], cwd=folder, check=True, capture_output=True)
    length = time.monotonic() - begin
    for _ in range(20):
        folder = shop.folder()
        shop.put_old(folder, output)
        process = start([*ALONE, *shop.arguments(output, True)], folder)
        time.sleep(random_source.uniform(0.3, 1) * length)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        if any(".gnca-" in name for name in os.listdir(folder)):
            break
    again = subprocess.run([*ALONE, *shop.arguments(output, True)], cwd=folder, capture_output=True, text=True)
    left = shop.written(folder)
    # A folder of stills that is there already is refused, as it should be.
    wanted = (0,) if output.replaces else (0, 73)
    results.add(f"{output.name} killed in a container in turn {turn}",
                f"the next run: {again.returncode} {again.stderr}" if again.returncode not in wanted else
                f"the next run left {sorted(left)}" if left != shop.whole(output, True) else None)


def run(shop, results, is_long):
    containers(shop, results, is_long)
    races(shop, results, is_long)
    repeats(shop, results, is_long)
