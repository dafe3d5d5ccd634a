"""What the benchmarks measure with."""

import shutil
import subprocess
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np

MARK = "seconds:"
"""Begins the lines of R's output that hold a time."""


def milliseconds(call: Callable[[], object], repeats: int) -> float:
    """Return the processor's time of the fastest of several calls: waiting does not lengthen it."""
    times = []
    for _ in range(repeats):
        start = time.process_time()
        call()
        times.append(time.process_time() - start)
    return 1000 * min(times)


def megabytes(call: Callable[[], object]) -> float:
    """Return the most memory that a call holds at once, its result included."""
    tracemalloc.start()
    call()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def r_vector(name: str, values: np.ndarray) -> str:
    """Return R code that defines a vector, a number a line."""
    numbers = ",\n".join(map(str, values.ravel().tolist()))
    return f"{name} <- c({numbers})"


def seconds_in_r(setup: list[str], jobs: list[str]) -> list[float | None]:
    """Return the processor's seconds of each R expression; None where it fails, or there is no R.

    All in one process.
    """
    nothing: list[float | None] = [None] * len(jobs)
    if not shutil.which("Rscript"):
        return nothing
    timed = [
        f'cat("{MARK}", tryCatch(sum(system.time({job})[1:2]), error = function(e) NA), "\\n")'
        for job in jobs
    ]
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "jobs.R"
        script.write_text("\n".join([*setup, *timed]), encoding="utf-8")
        done = subprocess.run(["Rscript", script], capture_output=True, text=True, check=False)
    printed = [line.split()[1] for line in done.stdout.splitlines() if line.startswith(MARK)]
    if done.returncode or len(printed) != len(jobs):
        return nothing
    return [None if word == "NA" else float(word) for word in printed]
