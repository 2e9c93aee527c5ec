"""Disks and folders that take no more: a file-size limit, a full file system, folders that nobody may write to."""
import os
import random
import resource
import shutil
import subprocess

from outputs import OUTPUTS


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


def run(shop, results, is_long):
    file_size(shop, results, is_long)
    full_disk(shop, results, is_long)
    closed_folder(shop, results, is_long)
