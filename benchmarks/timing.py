"""What the benchmarks measure with."""

import os
import shutil
import subprocess
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Processor's seconds and MB of a process and those that it waited for; what it ``said``."""

    seconds: float
    megabytes: float
    said: str


def cost_of(
    project: Path, command: Sequence[str], environment: Mapping[str, str] | None = None
) -> Cost:
    """Run a command in a project; end with what it said where it fails.

    ``environment``: variables beside those of this process.
    """
    with (project / "said").open("w") as said:
        process = subprocess.Popen(
            command,
            cwd=project,
            env={**os.environ, **(environment or {})},
            stdout=said,
            stderr=said,
        )
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    text = (project / "said").read_text(encoding="utf-8")
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}: {text}")
    return Cost(
        seconds=usage.ru_utime + usage.ru_stime, megabytes=usage.ru_maxrss / 1024, said=text
    )


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
