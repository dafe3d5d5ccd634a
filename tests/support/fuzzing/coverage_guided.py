"""The same walk, led by coverage: inputs that reach new lines of the package are kept and varied.

By hand, with atheris, which no other part of the project needs: ``make fuzz-coverage``. It ends at
the first failure, which it writes to a file, or after the given number of inputs.
"""

import sys
import tempfile
import warnings
from pathlib import Path
from random import Random

import atheris

sys.path.insert(0, str(Path(__file__).parents[2]))

with atheris.instrument_imports(include=["liftproof.reviews", "liftproof.analysis"]):
    from support.fuzzing.bases import BASES
    from support.fuzzing.mutations import mutated
    from support.fuzzing.walk import walk


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


def one_input(content: bytes) -> None:
    """Walk the project that these bytes make."""
    chance = Fed(content)
    files = mutated(BASES[chance.choice(sorted(BASES))], chance)
    with tempfile.TemporaryDirectory() as folder:
        walk(Path(folder), files)


if __name__ == "__main__":
    warnings.simplefilter("error")
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
