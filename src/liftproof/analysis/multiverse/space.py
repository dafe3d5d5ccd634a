"""The space of combinations: a choice is a digit, a combination a number in mixed radix."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import prod

import numpy as np
from numpy.typing import NDArray

from liftproof.errors import UsageError

Digits = NDArray[np.uint8]

MOST = 10**6
"""A space up to this size is gone through in full."""
SAMPLE = 100_000
"""Combinations drawn from a larger one."""
SEED = 20180821
_MOST_OPTIONS = 256
_LARGEST_INDEX = 2**62


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One choice: its name and its options for readers, the settled option first.

    ``kind``: trial, clustering, measure, zero_cells, smd, other_measures, tau2, model or interval.
    """

    name: str
    kind: str
    options: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Space:
    """Every combination of one option a choice; the last choice runs fastest.

    A combination is a row of digits, one a choice: which option it has. The settled one is all 0.
    """

    choices: tuple[Choice, ...]

    def __post_init__(self) -> None:
        for choice in self.choices:
            if len(choice.options) > _MOST_OPTIONS:
                raise UsageError(
                    f"{choice.name} has {len(choice.options)} options, more than {_MOST_OPTIONS}: "
                    "name the defensible ones under multiverse."
                )

    @cached_property
    def radices(self) -> tuple[int, ...]:
        """How many options each choice has."""
        return tuple(len(choice.options) for choice in self.choices)

    @property
    def size(self) -> int:
        """How many combinations there are."""
        return prod(self.radices)

    def digits_of(self, index: NDArray[np.int64]) -> Digits:
        """Return combinations by their numbers, shape (n, choices).

        >>> two = Choice(name="a", kind="trial", options=("x", "y"))
        >>> Space(choices=(two, two)).digits_of(np.array([0, 1, 2])).tolist()
        [[0, 0], [0, 1], [1, 0]]
        """
        digits = np.empty((len(index), len(self.radices)), dtype=np.uint8)
        rest = index.copy()
        for place in range(len(self.radices) - 1, -1, -1):
            rest, digits[:, place] = np.divmod(rest, self.radices[place])
        return digits

    def index_of(self, digits: Digits) -> NDArray[np.int64]:
        """Return the numbers of combinations: the reverse of :meth:`digits_of`."""
        index = np.zeros(len(digits), dtype=np.int64)
        for place, radix in enumerate(self.radices):
            index = index * radix + digits[:, place]
        return index

    def combinations(self, most: int = MOST, sample: int = SAMPLE) -> Digits:
        """Return every combination, or a sample without repeats where there are more than ``most``.

        The generator starts from SEED. Beyond 2^62 each choice is drawn by itself: a repeat has a
        chance of one in a hundred million.
        """
        if self.size <= most:
            return self.digits_of(np.arange(self.size))
        generator = np.random.default_rng(SEED)
        if self.size < _LARGEST_INDEX:
            index = generator.choice(self.size, sample, replace=False, shuffle=False)
            return self.digits_of(np.sort(index))
        return generator.integers(0, self.radices, (sample, len(self.radices)), dtype=np.uint8)

    def near(self, departures: int) -> Digits:
        """Return every combination with at most so many choices other than the settled ones."""
        rows = [row for many in range(departures + 1) for row in self._departing(many)]
        return np.array(rows, dtype=np.uint8).reshape(len(rows), len(self.radices))

    def around(self, row: Digits) -> Digits:
        """Return the combinations that differ from one in a single choice."""
        rows = []
        for place, radix in enumerate(self.radices):
            for option in set(range(radix)) - {int(row[place])}:
                other = row.copy()
                other[place] = option
                rows.append(other)
        return np.array(rows, dtype=np.uint8).reshape(len(rows), len(self.radices))

    def beyond(self, rows: Digits) -> Digits:
        """Return the combinations with one more departure than any of these, each once."""
        found = [self.around(row) for row in rows]
        around: Digits = np.unique(np.vstack(found), axis=0)
        further: Digits = around[(around != 0).sum(axis=1) > (rows != 0).sum(axis=1).max()]
        return further

    def _departing(self, many: int) -> Iterator[NDArray[np.uint8]]:
        for places in combinations(range(len(self.radices)), many):
            for options in np.ndindex(*(self.radices[place] - 1 for place in places)):
                row = np.zeros(len(self.radices), dtype=np.uint8)
                row[list(places)] = np.array(options, dtype=np.uint8) + 1
                yield row
