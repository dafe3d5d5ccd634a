"""Spoil many projects, walk each from cell to page, and keep what fails.

By hand, outside CI: ``make fuzz``, or ``python tests/support/fuzzing/hunt.py 10000 1``. An input
is made from the seed and its number alone, and so can be made again.
"""

import signal
import sys
import tempfile
import traceback
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random
from types import FrameType

sys.path.insert(0, str(Path(__file__).parents[2]))

from support.fuzzing.bases import BASES
from support.fuzzing.mutations import Files, mutated
from support.fuzzing.walk import PARTS, walk

COUNT, SEED, WORKERS = 10_000, 1, 2
PAGES = 1 / 10
"""Share of the projects that get a page where they can be pooled: a page takes seconds."""
PATIENCE = 120
"""Seconds of the processor for one input: several times what the longest takes."""
FAILURES = Path("fuzz-failures")
BATCH = 250
"""Inputs between two lines of progress."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """``kind``: the error with the place in the package that raised it."""

    number: int
    kind: str
    trace: str


def project_of(seed: int, number: int) -> tuple[Files, str]:
    """Return the files of an input, and the part of the page that it is to reach."""
    chance = Random(f"{seed}/{number}")
    files = mutated(BASES[chance.choice(sorted(BASES))], chance)
    return files, chance.choice(sorted(PARTS)) if chance.random() < PAGES else ""


def failure_of(seed: int, number: int) -> tuple[str, Failure | None]:
    """Walk one input; return how far it came, and what failed if anything did."""
    files, part = project_of(seed, number)
    warnings.simplefilter("error")
    signal.signal(signal.SIGVTALRM, _too_long)
    signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
    try:
        with tempfile.TemporaryDirectory() as folder:
            return walk(Path(folder), files, part), None
    except Exception as error:
        failure = Failure(number=number, kind=_kind(error), trace=traceback.format_exc())
        return "failed", failure
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def _too_long(number: int, frame: FrameType | None) -> None:
    raise TimeoutError(f"more than {PATIENCE} s")


def _kind(error: Exception) -> str:
    steps = traceback.extract_tb(error.__traceback__)
    inside = [step for step in steps if "liftproof" in step.filename] or list(steps)
    return f"{type(error).__name__} at {Path(inside[-1].filename).name}:{inside[-1].lineno}"


def keep(seed: int, failure: Failure) -> Path:
    """Write a failing input with its traceback, as a project; return its folder."""
    folder = FAILURES / f"{seed}-{failure.number}"
    files, _ = project_of(seed, failure.number)
    for path, content in {**files, "traceback.txt": failure.trace.encode()}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def _batches(count: int) -> Iterator[range]:
    yield from (range(start, min(start + BATCH, count)) for start in range(0, count, BATCH))


def main(arguments: Sequence[str]) -> int:
    """Print progress and every failure; return how many kinds of failure there are."""
    count, seed = (*map(int, arguments), *(COUNT, SEED)[len(arguments) :])
    came: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    with ProcessPoolExecutor(WORKERS) as workers:
        for batch in _batches(count):
            for end, failure in workers.map(failure_of, [seed] * len(batch), batch, chunksize=5):
                came[end] += 1
                if failure is not None:
                    kinds[failure.kind] += 1
                    print(f"{failure.kind}: {keep(seed, failure)}", flush=True)
            told = ", ".join(f"{many} {end}" for end, many in sorted(came.items()))
            print(f"{batch.stop} of {count}, seed {seed}: {told}", flush=True)
    for kind, many in kinds.most_common():
        print(f"{many} x {kind}")
    return len(kinds)


if __name__ == "__main__":
    sys.exit(bool(main(sys.argv[1:])))
