"""Ends runs at random moments: SIGKILL, SIGINT, SIGTERM, SIGHUP, SIGXCPU, a reader that goes away; resumes what was
killed."""
import hashlib
import os
import random
import signal
import subprocess
import time

from outputs import FILM, OUTPUTS, TRAIN


def start(command, folder):
    return subprocess.Popen(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        errors="replace")


def ended(command, folder, number, seconds):
    """Status and errors of a run that gets a signal after so many seconds."""
    process = start(command, folder)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(number)
    _, errors = process.communicate(timeout=60)
    return process.returncode, errors


def torn(shop, output, folder, overwrite):
    """Names that are neither old nor whole, temporary ones aside."""
    whole = shop.whole(output, overwrite)
    return [name for name, data in shop.written(folder).items()
            if ".gnca-" not in name and data not in (shop.OLD, whole.get(name))
            and not shop.is_stage(output, name, data, whole, folder)]


def seconds(shop, output):
    """How long a clean run takes now."""
    folder = shop.folder()
    begin = time.monotonic()
    subprocess.run(shop.arguments(output, False), cwd=folder, check=True, capture_output=True)
    return time.monotonic() - begin


def kills(shop, results, is_long):
    """Old or new after SIGKILL, and the next run tidies up."""
    random_source = random.Random(2)
    count = 0
    for turn in range(32 if is_long else 1):
        for output in OUTPUTS:
            length = seconds(shop, output)
            folder = shop.folder()
            shop.put_old(folder, output)
            status, errors = ended(
                shop.arguments(output, True), folder, signal.SIGKILL, random_source.uniform(0, 1.1) * length)
            count += status == -signal.SIGKILL
            stale = [name for name in shop.written(folder) if ".gnca-" in name]
            bad = torn(shop, output, folder, True)
            # A folder of stills that is there already is refused, as it should be: also where the run was killed
            # between its end and its exit.
            wanted = 73 if not output.replaces and os.path.exists(os.path.join(folder, output.name)) else 0
            again = subprocess.run(
                shop.arguments(output, True), cwd=folder, capture_output=True, text=True, timeout=60)
            left = shop.written(folder)
            wrong = (f"torn: {bad}" if bad else
                     f"the next run: {again.returncode} {again.stderr}" if again.returncode != wanted else
                     f"the next run left {sorted(left)}" if left != shop.whole(output, True) else None)
            results.add(f"{output.name} killed in turn {turn} (left: {len(stale)})", wrong)
    results.say(f"{count} runs killed before their end")


def leftovers(shop, results):
    """What a kill leaves between a file's name and the end of its run goes with the next run, also with one that is
    refused since the file is there."""
    for output in OUTPUTS:
        folder = shop.folder()
        command = shop.arguments(output, False)
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        first = "frame-1.png" if output.name == "frame-3.png" else output.name
        left = folder / f".{first}.gnca-0123abcd-0123456789abcdef"
        left.touch()
        again = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60)
        results.add(f"{output.name} beside what a killed run left",
                    f"{again.returncode}: {again.stderr}" if again.returncode != 73 else
                    f"left {sorted(shop.written(folder))}" if shop.written(folder) != shop.whole(output) else None)


def interrupts(shop, results, is_long):
    """Signals that end a run leave nothing, but for the state of a training."""
    random_source = random.Random(3)
    for turn in range(6 if is_long else 1):
        for output in OUTPUTS:
            number = random_source.choice([signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGXCPU])
            length = seconds(shop, output)
            folder = shop.folder()
            status, errors = ended(
                shop.arguments(output, False), folder, number, random_source.uniform(0, 1.1) * length)
            # Before render and train listen, and in commands that are done in a moment, a signal simply ends the run.
            if status == -number:
                bad = torn(shop, output, folder, False) + [name for name in shop.written(folder) if ".gnca-" in name]
                wrong = f"torn or left: {bad}" if bad else None
            else:
                wrong = shop.fault(output, folder, False, status, errors, (128 + number,))
            results.add(f"{output.name} gets signal {number}", wrong)


def pipes(shop, results, is_long):
    """A reader that goes away ends the run quietly."""
    random_source = random.Random(4)
    for name, steps in [("y4m", 4000), ("mkv", 4000), ("webm", 4000), ("mp4", 4000), ("gif", 1500)]:
        for _ in range(5 if is_long else 1):
            folder = shop.folder()
            command = [shop.program, *FILM, "-o", "-", "--format", name]
            command[command.index("8")] = str(steps)
            process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            process.stdout.read(random_source.randrange(1, 5000))
            process.stdout.close()
            errors = process.stderr.read()
            status = process.wait(60)
            # A GIF is written when it is complete, and may fit into the pipe.
            wanted = (0, 141) if name == "gif" else (141,)
            results.add(f"{name} to a reader that goes away",
                        None if status in wanted and errors == b"" else f"status {status}: {errors}")


def resumes(shop, results, is_long):
    """A training that is killed and resumed gives the model of one that is not."""
    random_source = random.Random(5)
    command = [shop.program, *TRAIN, "--iterations", "300", "-o", "model.ckpt"]
    folder = shop.folder()
    begin = time.monotonic()
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    length = time.monotonic() - begin
    whole = hashlib.sha256((folder / "model.ckpt").read_bytes()).hexdigest()
    equal = wanted = 0
    while wanted < (50 if is_long else 2):
        folder = shop.folder()
        status, _ = ended(command, folder, signal.SIGKILL, random_source.uniform(0.05, 0.95) * length)
        states = [folder / f"model.ckpt.state{ending}" for ending in ("", ".previous")]
        state = next((path for path in states if path.exists()), None)
        if status != -signal.SIGKILL or state is None:
            continue
        wanted += 1
        done = subprocess.run(
            [shop.program, "train", "--resume", state.name, "-o", "model.ckpt"], cwd=folder, capture_output=True,
            text=True, timeout=120)
        model = folder / "model.ckpt"
        found = hashlib.sha256(model.read_bytes()).hexdigest() if model.exists() else "nothing"
        equal += found == whole
        results.add(f"resume {wanted}", None if found == whole else f"got {found}, expected {whole}: {done.stderr}")
    results.say(f"{equal} of {wanted} resumed trainings gave the model of the uninterrupted one")


def run(shop, results, is_long):
    kills(shop, results, is_long)
    leftovers(shop, results)
    interrupts(shop, results, is_long)
    pipes(shop, results, is_long)
    resumes(shop, results, is_long)
