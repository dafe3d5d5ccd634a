"""Time whole commands on the shipped reviews: the workflow, its second run, the command line.

Prints the median of a few runs of each, wall-clock seconds, and the peak memory of the largest
process. Run with `make bench`; nothing here is a test.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
PARTS = ("Snakefile", "config", "data", "envs", "profiles", "src", "workflow")
COMMANDS = {
    "liftproof --help": [str(BIN / "liftproof"), "--help"],
    "liftproof check": [str(BIN / "liftproof"), "check"],
    "liftproof pool lauersen2018": [str(BIN / "liftproof"), "pool", "lauersen2018"],
}
WORKFLOW = [str(BIN / "snakemake"), "--cores", "2", "--quiet", "all"]
RUNS = 5


def run(command: list[str], folder: Path) -> tuple[float, float]:
    """Return the wall-clock seconds of a command and the MB of its largest process."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed with exit code {process.returncode}")
    return seconds, usage.ru_maxrss / 1024


def report(name: str, runs: list[tuple[float, float]]) -> None:
    """Print one line of the table."""
    seconds = sorted(run[0] for run in runs)[len(runs) // 2]
    megabytes = max(run[1] for run in runs)
    print(f"{name:32} {seconds:8.2f} s {megabytes:8.0f} MB")


def main() -> None:
    """Time everything in a copy of the project, so that no result here is touched."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for part in PARTS:
            copy = shutil.copytree if (REPOSITORY / part).is_dir() else shutil.copy2
            copy(REPOSITORY / part, folder / part)
        report("workflow, from nothing", [run(WORKFLOW, folder)])
        report("workflow, nothing to do", [run(WORKFLOW, folder) for _ in range(RUNS)])
        for name, command in COMMANDS.items():
            run(command, folder)
            report(name, [run(command, folder) for _ in range(RUNS)])


if __name__ == "__main__":
    main()
