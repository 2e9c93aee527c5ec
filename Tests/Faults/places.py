"""Names and places that make trouble: told before any work, with nothing changed; or used like any other."""
import os
import shutil
import socket
import subprocess

from injection import places
from outputs import OUTPUTS

NOBODY = 65534


def become_nobody():
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def run_in(shop, output, folder, preexec=None, overwrite=True, arguments=None):
    return subprocess.run(
        arguments or shop.arguments(output, overwrite), cwd=folder, capture_output=True, text=True, errors="replace",
        timeout=60, preexec_fn=preexec)


def look(folder):
    """Name -> kind, size and times of everything that has no temporary name."""
    found = {}
    for name in os.listdir(folder):
        status = os.lstat(folder / name)
        found[name] = (status.st_mode, status.st_size, status.st_mtime_ns, status.st_ino)
    return found


def refused(results, name, done, before, after):
    wrong = (f"status {done.returncode}: {done.stderr}" if done.returncode != 73 else
             f"not one sentence: {done.stderr}" if done.stderr.count("gnca-render: ") != 1 else
             f"changed: {sorted(set(before.items()) ^ set(after.items()))}" if before != after else None)
    results.add(name, wrong)


def no_files(shop, results):
    """Pipes, sockets, devices and links to them are never replaced, nor read."""
    def pipe(path): os.mkfifo(path)
    def device(path): os.mknod(path, 0o600 | 0o020000, os.makedev(1, 3))
    def to_device(path): os.symlink("/dev/null", path)

    def listener(path):
        # Names of sockets are short.
        here = os.getcwd()
        os.chdir(path.parent)
        socket.socket(socket.AF_UNIX).bind(path.name)
        os.chdir(here)
    for make in [pipe, listener, to_device] + ([device] if os.getuid() == 0 else []):
        for output in OUTPUTS:
            if not output.replaces:
                continue
            folder = shop.folder()
            make(folder / output.name)
            before = look(folder)
            done = run_in(shop, output, folder)
            refused(results, f"{output.name} over a {make.__name__}", done, before, look(folder))


def fixed(shop, results):
    """Files and folders that chattr has made immutable or append-only."""
    folder = shop.folder()
    if os.getuid() != 0 or not shutil.which("chattr") or subprocess.run(
            ["chattr", "+i", folder / "m.ckpt"], capture_output=True).returncode != 0:
        results.skip("immutable files: chattr is not permitted or not known here")
        return
    subprocess.run(["chattr", "-i", folder / "m.ckpt"], check=True)
    for flag in ("i", "a"):
        for output in OUTPUTS:
            for what in [output.name, "."] if output.replaces else ["."]:
                folder = shop.folder()
                shop.put_old(folder, output)
                subprocess.run(["chattr", f"+{flag}", folder / what], check=True)
                before = look(folder)
                try:
                    done = run_in(shop, output, folder)
                    refused(results, f"{output.name} with {what} +{flag}", done, before, look(folder))
                finally:
                    subprocess.run(["chattr", f"-{flag}", folder / what], check=True)


def sticky(shop, results):
    """Somebody else's file in a folder like /tmp."""
    if os.getuid() != 0:
        results.skip("sticky folders: needs root, to have somebody else's files")
        return
    for output in OUTPUTS:
        if not output.replaces:
            continue
        folder = shop.folder()
        shop.put_old(folder, output)
        folder.chmod(0o1777)
        before = look(folder)
        done = run_in(shop, output, folder, become_nobody)
        refused(results, f"{output.name}, somebody else's in a sticky folder", done, before, look(folder))


def modes(shop, results):
    """A file that is replaced keeps its mode, its owner and its group."""
    for output in OUTPUTS:
        if not output.replaces:
            continue
        folder = shop.folder()
        shop.put_old(folder, output)
        path = folder / output.name
        path.chmod(0o640)
        if os.getuid() == 0:
            os.chown(path, NOBODY, NOBODY)
        before = os.stat(path)
        done = run_in(shop, output, folder)
        after = os.stat(path)
        same = all(getattr(before, key) == getattr(after, key) for key in ("st_mode", "st_uid", "st_gid"))
        results.add(f"{output.name} over a file of another mode and owner",
                    done.stderr if done.returncode != 0 else None if same else f"mode {after.st_mode:o}")


def descriptors(shop, results):
    """Whatever a shell has closed: the same bytes."""
    for output in OUTPUTS:
        for closed in ("2>&-", "<&- >&- 2>&-"):
            folder = shop.folder()
            done = run_in(shop, output, folder,
                          arguments=["sh", "-c", f'exec "$@" {closed}', "sh", *shop.arguments(output, False)])
            # A command that says what it has made says that it could not.
            good = done.returncode in (0, 74) if ">&- " in closed else done.returncode == 0
            left = shop.written(folder)
            results.add(f"{output.name} with {closed}",
                        f"status {done.returncode}" if not good else
                        f"left {sorted(left)}" if left != shop.whole(output) else None)


def signalled(shop, results, is_long):
    """Commands that are done in a moment: a signal at any call on the output's way leaves the whole outputs, or none."""
    if not shutil.which("strace"):
        results.skip("signals at every call: strace is missing (apt-get install strace)")
        return
    calls = "openat,flock,write,fsync,linkat,renameat2,unlinkat"
    log = shop.base / "trace"

    def traced(output, folder, *inject):
        shop.put_old(folder, output)
        done = subprocess.run(
            ["strace", "-f", "-y", "-qq", "-o", log, "-e", f"trace={calls}", *inject, *shop.arguments(output, True)],
            cwd=folder, capture_output=True, text=True, timeout=60)
        return done, log.read_text(errors="replace")

    for output in OUTPUTS:
        if output.arguments[0] not in ("convert", "target", "figure", "embed"):
            continue
        whole = shop.whole(output, True)
        folder = shop.folder()
        for call, numbers in places(traced(output, folder)[1], folder).items():
            for number in numbers if is_long else sorted({numbers[0], numbers[-1]}):
                folder = shop.folder()
                done, _ = traced(output, folder, "-e", f"inject={call}:signal=SIGTERM:when={number}")
                left = shop.written(folder)
                wrong = (f"left {sorted(left)}" if set(left) - set(whole) else
                         f"status {done.returncode}: {done.stderr}" if done.returncode != -15 else
                         f"torn: {sorted(left)}" if any(
                             data not in (shop.OLD, whole[name]) for name, data in left.items()) else
                         f"an old file is gone: {sorted(left)}" if set(left) != set(whole) else None)
                results.add(f"{output.name} with SIGTERM at {call} {number}", wrong)


def run(shop, results, is_long):
    no_files(shop, results)
    fixed(shop, results)
    sticky(shop, results)
    modes(shop, results)
    descriptors(shop, results)
    signalled(shop, results, is_long)
