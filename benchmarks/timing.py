"""What the benchmarks measure with."""

import time
import tracemalloc
from collections.abc import Callable


def milliseconds(call: Callable[[], object], repeats: int) -> float:
    """Return the time of the fastest of several calls."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return 1000 * min(times)


def megabytes(call: Callable[[], object]) -> float:
    """Return the most memory that a call holds at once, its result included."""
    tracemalloc.start()
    call()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6
