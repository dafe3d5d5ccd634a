"""How a pooled estimate is printed, and where a text prints one; texts without their blanks.

Lines break, columns are filled with blanks, and signs of minus are two: none of it is a difference.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from liftproof.rows.result_rows import EstimateRow, SubgroupRow
from liftproof.vocabulary.measures import MEASURES
from liftproof.words import numbers

_MINUS, _SOFT_HYPHEN = "−", "\u00ad"
_NUMBER = r"-?\d+(?:\.\d+)?"
_LIMIT = rf"(?:below|above)?{_NUMBER}"
_LIMITS = rf"({_LIMIT})to({_LIMIT})\)"
_ESTIMATE = re.compile(rf"({_NUMBER})\({_LIMITS}")
_AT_LEVEL = rf"({_NUMBER})\([\d.]+%(?:CI|confidenceinterval){_LIMITS}"
_MARKS = "[†‡]*"
_CHANGE = re.compile(
    r"was(\d+)%(lower|higher)with[^(]*\([\d.]+%interval:(\d+)%(lower|higher)to(\d+)%(lower|higher)\)"
)

ShownEstimate = tuple[str, str, str]
"""An estimate and its limits, as printed."""


def bare(text: str) -> str:
    """Return a text without blanks, every minus the same sign.

    >>> bare("−0.30 (95\u202f% CI −0.52 to −0.02)")
    '-0.30(95%CI-0.52to-0.02)'
    """
    return "".join(text.split()).replace(_MINUS, "-").replace(_SOFT_HYPHEN, "")


def shown(printed: ShownEstimate) -> str:
    """Return an estimate and its limits as messages show them.

    >>> shown(("0.34", "0.24", "0.48"))
    '0.34 (0.24 to 0.48)'
    """
    first, low, high = printed
    return f"{first} ({low} to {high})"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPool:
    """A pool of a review as its files should print it.

    ``reported``: the limits of a single trial as its source printed them, which figures show.
    """

    row: EstimateRow
    reported: tuple[float, float] | None = None

    @property
    def name(self) -> str:
        """What messages call it."""
        group = self.row.subgroup if isinstance(self.row, SubgroupRow) else ""
        return f"{self.row.title}: {group}" if group else self.row.title

    @property
    def printed(self) -> ShownEstimate:
        """The estimate and its limits; of one that does not exist, what stands in its place."""
        return _printed((self.row.estimate, self.row.ci_low, self.row.ci_high))

    @property
    def told_as_reported(self) -> ShownEstimate:
        """The estimate with the limits that its source printed, where it printed any."""
        return _printed((self.row.estimate, *(self.reported or (None, None))))

    @property
    def prediction(self) -> str:
        """The prediction limits without brackets, empty where there are none."""
        if self.row.pi_low is None or self.row.pi_high is None:
            return ""
        is_ratio = MEASURES[self.row.measure].is_ratio
        return bare(numbers.limits(self.row.pi_low, self.row.pi_high, is_ratio=is_ratio))

    @property
    def measure(self) -> str:
        """The name of the measure, without blanks."""
        return bare(MEASURES[self.row.measure].name)

    def agrees(self, found: ShownEstimate) -> bool:
        """Say whether a text prints this estimate, hugely wide limits in words."""
        return any(
            all(map(_is_printed, found, _printed(values), values)) for values in self._told()
        )

    def _told(self) -> Iterator[tuple[float | None, float | None, float | None]]:
        """Yield the estimate with each pair of limits that a text may print."""
        yield self.row.estimate, self.row.ci_low, self.row.ci_high
        if self.reported:
            yield self.row.estimate, *self.reported

    def changes(self, found: ShownEstimate) -> bool:
        """Say whether a change in percent is that of this ratio: ``66lower``, ``52lower`` …"""
        return any(found == tuple(map(_change, values)) for values in self._told())


def _printed(values: Sequence[float | None]) -> ShownEstimate:
    first, low, high = (bare(numbers.effect(value)) for value in values)
    return first, low, high


def _is_printed(found: str, printed: str, value: float | None) -> bool:
    if value is None or found == printed:
        return found == printed
    if found.startswith("below"):
        return value < float(found.removeprefix("below"))
    return found.startswith("above") and value > float(found.removeprefix("above"))


def _change(ratio: float | None) -> str:
    if ratio is None:
        return numbers.NOT_ESTIMABLE
    return f"{round(100 * abs(ratio - 1))}{'higher' if ratio > 1 else 'lower'}"


def estimates_in(text: str) -> Iterator[ShownEstimate]:
    """Yield each estimate with limits that a bare text prints.

    >>> list(estimates_in("0.34(0.24to0.48)and(1to2)"))
    [('0.34', '0.24', '0.48')]
    """
    yield from (found.groups() for found in _ESTIMATE.finditer(text))  # type: ignore[misc]


def pooled_in(text: str, measure: str) -> Iterator[ShownEstimate]:
    """Yield each estimate of a measure that a bare text prints with the level of its limits.

    >>> list(pooled_in("Pooledriskratio0.34(95%CI0.24to0.48):", "riskratio"))
    [('0.34', '0.24', '0.48')]
    """
    pattern = re.compile(f"{re.escape(measure)}{_AT_LEVEL}", re.IGNORECASE)
    yield from (found.groups() for found in pattern.finditer(text))  # type: ignore[misc]


def told_of(
    text: str, title: str, measure: str, others: Iterable[str] = ()
) -> Iterator[ShownEstimate]:
    """Yield each estimate that a bare text tells after a title: "Title: risk ratio 0.34 (…)".

    ``others``: further titles; what stands after one that ends as this one does is not yielded.

    >>> told = "Olderadults:riskratio0.34(95%CI0.24to0.48)"
    >>> list(told_of(told, "adults", "riskratio", ["Older adults"]))
    []
    """
    named = bare(title)
    longer = tuple(name for name in map(bare, others) if name != named and name.endswith(named))
    pattern = re.compile(rf"{_MARKS}:{re.escape(measure)}{_AT_LEVEL}")
    start = text.find(named)
    while start >= 0:
        end = start + len(named)
        found = pattern.match(text, end)
        if found and not text.endswith(longer, 0, end):
            yield found.groups()  # type: ignore[misc]
        start = text.find(named, start + 1)


def changes_in(text: str) -> Iterator[ShownEstimate]:
    """Yield each change in percent with its limits: "was 66 % lower with … (95 % interval: …)".

    >>> list(changes_in(bare("was 66 % lower with it (95 % interval: 76 % lower to 2 % higher)")))
    [('66lower', '76lower', '2higher')]
    """
    for found in _CHANGE.finditer(text):
        first, way, low, low_way, high, high_way = found.groups()
        yield f"{first}{way}", f"{low}{low_way}", f"{high}{high_way}"
