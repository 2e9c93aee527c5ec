"""Fails every system call on an output's way to its name, one run a call."""
import collections
import re
import shutil
import subprocess

from outputs import OUTPUTS

FAULTS = {
    "write": ["error=ENOSPC", "error=EIO", "retval=0"],
    "fsync": ["error=EIO", "error=ENOSPC"],
    # Files swap names where one is replaced, EINVAL: on a file system that cannot.
    "renameat2": ["error=EIO", "error=ENOSPC", "error=EINVAL"],
    "renameat": ["error=EIO", "error=ENOSPC"],
    "linkat": ["error=EIO", "error=EPERM"],
    # ENOLCK: a file system without locks.
    # A busy lock is somebody's who then removes the file: no error that can come out of nothing.
    "flock": ["error=ENOLCK"],
    "close": ["error=EIO", "error=ENOSPC"],
    "openat": ["error=ENOSPC"],
    "mkdirat": ["error=ENOSPC"],
    "read": ["error=EIO"],
}
CALL = re.compile(r"^(\d+) +(\w+)\((.*)$")


def places(trace, folder, mark=".gnca-"):
    """Call -> the numbers of those calls (from 1, counted a thread as strace does) that concern an output: a file with
    `mark` in its name, the folder itself, or a rename within it."""
    counts = collections.Counter()
    found = collections.defaultdict(set)
    for line in trace.splitlines():
        match = CALL.match(line)
        if not match:
            continue
        thread, call, rest = match.groups()
        counts[thread, call] += 1
        # The working folder stands in every openat.
        if mark in rest or (f"<{folder}>" in rest and call != "openat") or call.startswith("rename"):
            found[call].add(counts[thread, call])
    return {call: sorted(numbers) for call, numbers in found.items()}


def failed_calls(trace):
    """The calls that were made to fail, one line each: strace splits those during which another thread is heard of."""
    begun = {}
    for line in trace.splitlines():
        thread = line.split(" ", 1)[0]
        if line.endswith("<unfinished ...>"):
            begun[thread] = line
        elif " resumed>" in line:
            line = begun.pop(thread, "") + line
        if "(INJECTED)" in line:
            yield line


def is_told(failed):
    """Whether no write of a sentence was made to fail."""
    return not any(re.search(r" write\(2<", line) for line in failed)


def is_elsewhere(failed):
    """Whether a call failed that loads the program: strace counts each thread's calls from 1, and a thread that writes an
    output opens it when the first one had but begun."""
    return any(re.search(r"\.so([.\d]*|\.cache)[\">]", line) for line in failed)


def traced(shop, output, folder, overwrite, inject=()):
    log = shop.base / "trace"
    options = ["-e", "trace=" + ",".join(FAULTS)]
    for fault in inject:
        options += ["-e", "inject=" + fault]
    run = subprocess.run(
        ["strace", "-f", "-y", "-qq", "-o", log, *options, *shop.arguments(output, overwrite)], cwd=folder,
        capture_output=True, text=True, errors="replace", timeout=60)
    return run, log.read_text(errors="replace")


def chosen(output, numbers, is_long):
    """All calls, or the first and last of each kind."""
    for call, faults in FAULTS.items():
        hits = numbers.get(call, [])
        if is_long:
            for number in hits:
                for fault in faults:
                    yield call, f"{call}:{fault}:when={number}"
                    yield call, f"{call}:{fault}:when={number}+"
        elif hits and call in ("write", "fsync", "renameat2", "renameat", "linkat", "close", "flock"):
            yield call, f"{call}:{faults[0]}:when={hits[-1]}"
            if call == "write":
                yield call, f"{call}:{faults[0]}:when={hits[0]}+"


def run(shop, results, is_long):
    if not shutil.which("strace"):
        results.skip("fault injection: strace is missing (apt-get install strace)")
        return
    injected = quiet = elsewhere = 0
    for output in OUTPUTS:
        for overwrite in [False, True] if is_long and output.replaces else [output.replaces]:
            folder = shop.folder()
            _, trace = traced(shop, output, folder, overwrite)
            for call, fault in chosen(output, places(trace, folder), is_long):
                folder = shop.folder()
                if overwrite:
                    shop.put_old(folder, output)
                done, trace = traced(shop, output, folder, overwrite, [fault])
                failed = list(failed_calls(trace))
                if is_elsewhere(failed):
                    elsewhere += 1
                    continue
                injected += len(failed)
                quiet += done.returncode == 0 and bool(failed)
                results.add(
                    f"{output.name} {fault}{' over an old file' if overwrite else ''}",
                    shop.fault(output, folder, overwrite, done.returncode, done.stderr, (73, 74),
                               is_told=is_told(failed)))
    results.say(f"{injected} calls failed; {quiet} runs could do without the call and ended whole with status 0; "
                f"{elsewhere} runs do not count, since a call failed that loads the program")
