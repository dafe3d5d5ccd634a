"""What a coverage study asks: the grid of truths, the methods, and the chunks of its work."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from itertools import product
from math import log

import numpy as np
from numpy.random import PCG64, Generator, SeedSequence

from liftproof.errors import UsageError
from liftproof.statistics.checks import Array
from liftproof.statistics.simulation.coverage import LimitsMethod, distinct_estimators, methods_of
from liftproof.statistics.simulation.draws import (
    COUNTED,
    DrawnReviews,
    normal_effects,
    two_arm_counts,
)
from liftproof.vocabulary.intervals import INTERVALS
from liftproof.vocabulary.levels import USUAL_LEVEL
from liftproof.vocabulary.predictions import PREDICTIONS
from liftproof.vocabulary.trial_sizes import TRIAL_SIZES

NORMAL = "GEN"
"""The measure of effects that are normal with known variances."""
SIMULATED = (NORMAL, *COUNTED)
MOST_REVIEWS, MOST_EFFECTS = 10_000, 1_000_000
"""In a chunk: a second's work, and some hundred MB at the most."""
_KEY_WORDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One truth. ``effect``: on the natural scale; ``events``: risk of the control arm, or None."""

    measure: str
    k: int
    sizes: str
    n: int
    events: float | None
    tau2: float
    effect: float

    @property
    def truth(self) -> float:
        """The mean true effect on the analysis scale."""
        return self.effect if self.measure == NORMAL else log(self.effect)

    @property
    def arms(self) -> Array:
        """Participants of each arm of each trial, one at least."""
        sizes = np.array(TRIAL_SIZES[self.sizes].relative(self.k))
        return np.asarray(np.maximum(1.0, np.rint(self.n * sizes)))

    def draw(self, generator: Generator, reviews: int) -> DrawnReviews:
        """Return reviews drawn from this truth.

        Normal effects are differences of means in units of the outcome's standard deviation: their
        variance is 2/n.
        """
        if self.measure == NORMAL or self.events is None:
            v = 2 / self.arms
            return normal_effects(generator, reviews, truth=self.truth, tau2=self.tau2, v=v)
        return two_arm_counts(
            generator,
            reviews,
            measure=self.measure,
            truth=self.truth,
            tau2=self.tau2,
            n=self.arms,
            risk=self.events,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A part of the reviews of a cell, the ``number``-th from 0, drawn and counted at once."""

    cell: Cell
    number: int
    reviews: int

    def generator(self, seed: int) -> Generator:
        """Return the random numbers of this chunk, whatever else is simulated beside it."""
        words = np.frombuffer(sha256(_text(asdict(self.cell))).digest(), np.uint32)[:_KEY_WORDS]
        key = (*(int(word) for word in words), self.number)
        return Generator(PCG64(SeedSequence(seed, spawn_key=key)))


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageStudy:
    """All that decides the numbers of a study; every combination of the lists is a cell.

    ``measure``: one of SIMULATED. ``k``, ``tau2``, ``sizes``, ``n``, ``events`` (none for GEN): the
    grid; ``effect``: the mean true effect, natural scale. ``reviews`` a cell; ``estimator``,
    ``interval``, ``prediction``: codes, all that the vocabulary combines are studied.
    """

    measure: str = NORMAL
    k: tuple[int, ...] = (2, 4, 10)
    tau2: tuple[float, ...] = (0.0, 0.04, 0.16)
    sizes: tuple[str, ...] = ("equal", "one_large")
    n: tuple[int, ...] = (50,)
    events: tuple[float, ...] = ()
    effect: float = 0.0
    reviews: int = 10_000
    seed: int = 1
    level: float = USUAL_LEVEL
    estimator: tuple[str, ...] = distinct_estimators()
    interval: tuple[str, ...] = tuple(INTERVALS)
    prediction: tuple[str, ...] = tuple(
        code for code, record in PREDICTIONS.items() if not record.takes_long
    )

    def __post_init__(self) -> None:
        """Raise UsageError where events and measure do not go together, or nothing is left."""
        if self.measure == NORMAL and self.events:
            raise UsageError(
                f"{NORMAL} has no events: leave --events out, or choose --measure RR or OR"
            )
        if self.measure != NORMAL and not self.events:
            raise UsageError(f"{self.measure} needs the control arm's risk: --events 0.1")
        if self.measure != NORMAL and self.effect <= 0:
            raise UsageError(f"a ratio is positive, not {self.effect:g}: --effect 1 is no effect")
        if not self.methods:
            raise UsageError(
                "no method is left: kr is for REML alone, and a prediction needs an interval"
            )

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The grid, the number of trials changing slowest."""
        grid = product(self.k, self.sizes, self.n, self.events or (None,), self.tau2)
        return tuple(
            Cell(
                measure=self.measure,
                k=k,
                sizes=sizes,
                n=n,
                events=events,
                tau2=tau2,
                effect=self.effect,
            )
            for k, sizes, n, events, tau2 in grid
        )

    @property
    def methods(self) -> tuple[LimitsMethod, ...]:
        """Every combination of the methods that the vocabulary allows."""
        return methods_of(self.estimator, self.interval, self.prediction)

    def chunks(self) -> Iterator[Chunk]:
        """Yield the work in its order."""
        for cell in self.cells:
            size = min(MOST_REVIEWS, max(1, MOST_EFFECTS // cell.k))
            for number, start in enumerate(range(0, self.reviews, size)):
                reviews = min(size, self.reviews - start)
                yield Chunk(cell=cell, number=number, reviews=reviews)


def _text(settings: dict[str, object]) -> bytes:
    """Return settings as the bytes by which they are recognised."""
    return json.dumps(settings, sort_keys=True).encode()
