"""Let writes of runs fail; no result may be half, and one plain run must mend everything.

By hand, outside CI: ``make test-full-disk``, or ``python tests/workflow/full_disks.py 50``. A third
of the runs meet an error at one write, a third a limit on the size of files, which cuts a write
short before it fails the next, and a third a file system that is full, where one can be mounted.
"""

import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.disturbed_runs import (
    NEVER,
    REPORT,
    Bench,
    Disturbance,
    Disturbed,
    disturb,
    make_bench,
)

LIMITED = """\
import os, resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, 2 * (int(sys.argv[1]),))
os.execv(sys.argv[2], sys.argv[2:])
"""

MESSAGES = 10_000
"""Bytes: more than a run prints, since that goes to files as well."""


def has_sentence(disturbed: Disturbed) -> bool:
    """Say whether a run that failed ended with a sentence, or did not fail."""
    last = disturbed.done.stderr.strip().split("\n")[-1]
    return disturbed.done.returncode == 0 or (" " in last and "Error:" not in last)


def fail_one(bench: Bench, number: int, runs: int) -> bool:
    """Let one write fail as on a full disk."""
    project = bench.project(bench.place / f"one{number}")
    at = 1 + number * bench.writes // runs
    failing = Disturbance(command=REPORT, fault="no_space", at=at)
    failed = disturb(project, failing, bench.place / "plans" / f"one{number}")
    return bench.judge(f"error at write {at}", project, failed) and has_sentence(failed)


def cut_short(bench: Bench, number: int, runs: int) -> bool:
    """Cut short the writing of every file that is as large as one of the results, or larger."""
    sizes = sorted(size for size in map(len, bench.expected.values()) if size > MESSAGES)
    size = sizes[number * len(sizes) // runs]
    project = bench.project(bench.place / f"short{number}")
    command = (sys.executable, "-c", LIMITED, str(size - 1), *REPORT)
    cutting = Disturbance(command=command, fault="first", at=NEVER)
    cut = disturb(project, cutting, bench.place / "plans" / f"short{number}")
    return bench.judge(f"no file above {size - 1} bytes", project, cut) and has_sentence(cut)


def fill(bench: Bench, number: int, runs: int) -> bool:
    """Run on a file system with little room."""
    mounted = bench.place / f"full{number}"
    mounted.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "none", mounted], check=True)
    try:
        project = bench.project(mounted / "project")
        used = int(subprocess.check_output(["du", "-sB1", mounted]).split()[0])
        room = number * sum(map(len, bench.expected.values())) // runs
        _resize(mounted, used + room)
        filling = Disturbance(command=REPORT, fault="first", at=NEVER)
        filled = disturb(project, filling, bench.place / "plans" / f"full{number}")
        _resize(mounted, 2 * used)
        return bench.judge(f"room for {room} bytes", project, filled) and has_sentence(filled)
    finally:
        subprocess.run(["umount", mounted], check=False)


def _resize(mounted: Path, size: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", mounted], check=True)


def can_mount() -> bool:
    return subprocess.run(["unshare", "-m", "true"], check=False, stderr=-3).returncode == 0


def main(runs: int) -> int:
    """Print a line a run; return how many did not come right."""
    bench = make_bench()
    ways = [fail_one, cut_short, *([fill] if can_mount() else [])]
    each = max(1, runs // len(ways))
    right = [way(bench, number, each) for way in ways for number in range(each)]
    print(f"{len(right)} runs, {right.count(False)} wrong")
    return right.count(False)


if __name__ == "__main__":
    sys.exit(bool(main(int(sys.argv[1]))))
