"""Disks and folders that take no more: a file-size limit, a full file system, folders that nobody may write to."""
import os
import random
import resource
import shutil
import subprocess

from outputs import FILM, OUTPUTS, Output


def file_size(shop, results, is_long):
    """A write that ends in the middle, at any byte."""
    random_source = random.Random(1)
    for output in OUTPUTS:
        largest = max(len(data) for data in shop.whole(output).values())
        for _ in range(20 if is_long else 1):
            limit = random_source.randrange(largest)
            folder = shop.folder()
            shop.put_old(folder, output)
            done = subprocess.run(
                shop.arguments(output, True), cwd=folder, capture_output=True, text=True, timeout=60,
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
            results.add(f"{output.name} with at most {limit} bytes a file",
                        shop.fault(output, folder, True, done.returncode, done.stderr, (74,)))


def full_disk(shop, results, is_long):
    """A file system of a few pages."""
    place = shop.base / "small"
    place.mkdir(exist_ok=True)

    def mount(pages):
        return subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={4 * pages}k", "tmpfs", place], capture_output=True).returncode == 0

    if not mount(1):
        results.skip("a full file system: mounting one is not permitted here")
        return
    subprocess.run(["umount", place], check=True)
    needed = sum(-(-len(data) // 4096) for data in shop.given.values())
    for output in OUTPUTS:
        for room in range(0, 6) if is_long else (0, 1):
            mount(needed + room)
            try:
                shutil.copytree(shop.inputs, place, dirs_exist_ok=True)
                done = subprocess.run(
                    shop.arguments(output, False), cwd=place, capture_output=True, text=True, timeout=60)
                results.add(f"{output.name} with room for {room} pages",
                            shop.fault(output, place, False, done.returncode, done.stderr, (73, 74)))
            finally:
                subprocess.run(["umount", "-l", place], check=True)


def closed_folder(shop, results, is_long):
    """A folder that may not be written to is found out before any work."""
    def become_nobody():
        if os.getuid() == 0:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)

    for output in OUTPUTS:
        folder = shop.folder()
        os.chmod(folder, 0o555)
        done = subprocess.run(
            shop.arguments(output, False), cwd=folder, capture_output=True, text=True, timeout=60,
            preexec_fn=become_nobody)
        os.chmod(folder, 0o755)
        wrong = None if done.returncode == 73 else f"status {done.returncode}, expected 73: {done.stderr}"
        results.add(f"{output.name} into a folder that is closed",
                    wrong or shop.fault(output, folder, False, done.returncode, done.stderr, (73,)))


def no_threads(shop, results, is_long):
    """A system that starts no thread: the work is done on one, or a sentence says so. The same for several encoders."""
    if not shutil.which("strace"):
        results.skip("no threads: strace is missing (apt-get install strace)")
        return
    codecs = [Output(f"{codec}.mkv", FILM[:3] + ["--scale", "8"] + FILM[5:] + ["-o", f"{codec}.mkv", "--codec", codec])
              for codec in ("h265", "av1", "vp9", "ffv1")]
    for output in [*OUTPUTS, *codecs]:
        folder = shop.folder()
        # More threads than one are asked for.
        words = ["3" if before == "--threads" else word
                 for before, word in zip([None, *shop.arguments(output, False)], shop.arguments(output, False))]
        done = subprocess.run(
            ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=clone,clone3", "-e", "inject=clone3:error=EAGAIN",
             "-e", "inject=clone:error=EAGAIN", *words], cwd=folder, capture_output=True, text=True, timeout=60)
        left = shop.written(folder)
        wrong = None
        if done.returncode not in (0, 70):
            wrong = f"status {done.returncode}, expected 0 or 70: {done.stderr.strip()[-200:]}"
        elif done.returncode == 0 and sorted(left) != sorted(shop.whole(output)):
            wrong = f"status 0, but not the outputs of a clean run: {sorted(left)}"
        # A training whose curve cannot be drawn has its model and its states all the same.
        elif done.returncode == 70 and (
                done.stderr.count("gnca-render: ") != 1 or any(not name.startswith("trained.ckpt") for name in left)):
            wrong = f"status 70 without one sentence, or with {sorted(left)}: {done.stderr[-200:]!r}"
        results.add(f"{output.name} without threads", wrong)


def run(shop, results, is_long):
    no_threads(shop, results, is_long)
    file_size(shop, results, is_long)
    full_disk(shop, results, is_long)
    closed_folder(shop, results, is_long)
