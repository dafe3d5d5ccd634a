"""The same walk, led by coverage: inputs that reach new lines of the package are kept and varied.

By hand, with atheris, which no other part of the project needs: ``make fuzz-coverage``. It ends at
the first failure, which it writes to a file, or after the given number of inputs.
"""

import sys
import tempfile
import warnings
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[2]))

FOLLOWED = ["liftproof.reviews", "liftproof.analysis"]
"""Packages whose lines count as reached."""


class Fed(Random):
    """Chance that reads its draws from bytes, and draws 0 when they are used up."""

    def __init__(self, content: bytes) -> None:
        super().__init__(0)
        self._left = content

    def getrandbits(self, k: int, /) -> int:
        """Return k bits."""
        length = (k + 7) // 8
        taken, self._left = self._left[:length], self._left[length:]
        return int.from_bytes(taken, "little") & ((1 << k) - 1)

    def random(self) -> float:
        """Return a number from 0 to below 1."""
        return self.getrandbits(16) / 2**16


def walker() -> Callable[[bytes], None]:
    """Return a function that walks the project that some bytes make.

    What it walks through is imported here, while atheris looks on.
    """
    bases = import_module("support.fuzzing.bases").BASES
    mutated = import_module("support.fuzzing.mutations").mutated
    walk = import_module("support.fuzzing.walk").walk

    def one_input(content: bytes) -> None:
        chance = Fed(content)
        files = mutated(bases[chance.choice(sorted(bases))], chance)
        with tempfile.TemporaryDirectory() as folder:
            walk(Path(folder), files)

    return one_input


def main() -> None:
    """Fuzz with libFuzzer's options."""
    atheris = import_module("atheris")
    with atheris.instrument_imports(include=FOLLOWED):
        one_input = walker()
    warnings.simplefilter("error")
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
