"""Which method we would take, from the rows of a coverage study."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, fsum, inf, log
from statistics import median

from liftproof.rows.simulation_rows import SimulationRow
from liftproof.vocabulary.estimators import ESTIMATORS
from liftproof.vocabulary.intervals import INTERVALS

SHORT_BY = 0.01
"""What coverage may lack of its level in a cell: 94 % for 95 % misleads nobody."""
ERRORS = 2
"""Monte Carlo standard errors by which a coverage may fall short of that: chance alone."""
TOO_WIDE = 10
"""Times the middle width of the methods in a cell: beyond, limits say nothing where others do."""
AS_NARROW = 1.02
"""Widths within 2 % are taken as equal."""
DRAWN = "REML"
"""The estimator of our default, whose methods are shown where it was studied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodCoverage:
    """A method over all cells of one number of trials.

    ``least`` and ``most``: the cells in which it covers least and most often; ``width``: geometric
    mean over the cells, which gives each cell the same say; ``bias``: the largest, with its sign.
    ``is_too_wide``: whether its limits are of no use in some cell.
    """

    tau2_method: str
    interval: str
    prediction: str
    least: SimulationRow
    most: SimulationRow
    width: float
    bias: float
    cells: int
    is_too_wide: bool

    @property
    def is_held(self) -> bool:
        """Whether coverage may be as good as its level in every cell, by all that is known."""
        return self.least.coverage + ERRORS * self.least.coverage_se >= threshold(self.least)

    @property
    def is_candidate(self) -> bool:
        """Whether we would take it at all: its estimator is in common use, its limits of use."""
        return is_usual(self.tau2_method) and not self.is_too_wide

    @property
    def rank(self) -> tuple[bool, bool, float]:
        """What goes first among methods that are as good: our default, what is usual, what is
        narrow.
        """
        interval = INTERVALS.get(self.interval)
        is_odd = interval is not None and not interval.is_usual
        return self.tau2_method != DRAWN, is_odd, self.width

    @property
    def name(self) -> str:
        """What files and options call it."""
        rule = self.prediction or self.interval
        basis = f" on {self.interval}" if self.prediction and self.interval else ""
        return f"{rule}{basis} with τ² by {self.tau2_method}"


def is_usual(tau2_method: str) -> bool:
    """Return whether an estimator is in common use, and does estimate τ²."""
    record = ESTIMATORS[tau2_method]
    return record.is_usual and not record.is_common_effect


def over_cells(rows: Sequence[SimulationRow], k: int) -> list[MethodCoverage]:
    """Return every method that has limits in all cells of k trials, in the order of the rows."""
    groups: dict[tuple[str, str, str], list[SimulationRow]] = {}
    widths: dict[tuple[object, ...], list[float]] = {}
    for row in rows:
        if row.k == k:
            key = (row.tau2_method, row.interval, row.prediction)
            groups.setdefault(key, []).append(row)
            if is_usual(row.tau2_method):
                widths.setdefault(_cell(row), []).append(row.width)
    middle = {cell: median(each) for cell, each in widths.items()}
    most = max((len(group) for group in groups.values()), default=0)
    return [_over(group, middle) for group in groups.values() if len(group) == most]


def _cell(row: SimulationRow) -> tuple[object, ...]:
    """Return what tells the cells of one k apart, limits of the mean and predictions besides."""
    return row.sizes, row.n, row.events, row.true_tau2, bool(row.prediction)


def _over(
    group: Sequence[SimulationRow], middle: Mapping[tuple[object, ...], float]
) -> MethodCoverage:
    first = group[0]
    widths = [row.width for row in group]
    mean = fsum(map(log, widths)) / len(widths) if min(widths) > 0 else None
    return MethodCoverage(
        tau2_method=first.tau2_method,
        interval=first.interval,
        prediction=first.prediction,
        least=min(group, key=lambda row: row.coverage),
        most=max(group, key=lambda row: row.coverage),
        width=0.0 if mean is None else exp(mean),
        bias=max((row.bias for row in group), key=abs),
        cells=len(group),
        is_too_wide=any(row.width > TOO_WIDE * middle.get(_cell(row), inf) for row in group),
    )


def recommended(found: Sequence[MethodCoverage]) -> MethodCoverage | None:
    """Return the narrowest of the methods that hold their level in every cell; None for none.

    Candidates are those whose estimator of τ² is in common use: the narrowest of all would be one
    that chance favoured. None is ten times as wide as the middle one in any cell. Of those that are
    as narrow within 2 %, our default goes first.
    """
    held = [one for one in found if one.is_held and one.is_candidate]
    least = min((one.width for one in held), default=0.0)
    narrow = [one for one in held if one.width <= AS_NARROW * least]
    return min(narrow, key=lambda one: one.rank, default=None)


def drawn_estimator(rows: Sequence[SimulationRow]) -> str:
    """Return the estimator whose methods are shown: the first one where REML was not studied."""
    studied = dict.fromkeys(row.tau2_method for row in rows)
    return DRAWN if DRAWN in studied else next(iter(studied))


def threshold(row: SimulationRow) -> float:
    """Return the coverage that a method should not fall short of."""
    return round(row.level - SHORT_BY, 6)
