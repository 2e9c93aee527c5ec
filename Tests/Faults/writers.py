"""Two runs that write the same output: one wins, the other is told so. And the same bytes on every run."""
from outputs import OUTPUTS
from signals import start


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


def run(shop, results, is_long):
    races(shop, results, is_long)
    repeats(shop, results, is_long)
