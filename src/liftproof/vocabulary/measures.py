"""Effect measures: what each is called, on which scale it is pooled, where "no effect" lies.

The codes are metafor's (``escalc``); HR is added for reported hazard ratios and GEN for effects
given as ``y`` and ``v``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, inf, log
from sys import float_info

from liftproof.vocabulary.record import Record, by_code
from liftproof.vocabulary.sources import OF_MEANS

LARGEST_LOGARITHM = log(float_info.max)
RATIO_OF_EVENTS = "ratio of events"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Record):
    """One effect measure; ``name`` with a capital is the title of its axis.

    ``is_log``: pooled as a natural logarithm and shown as a ratio. ``sources``: raw numbers it can
    be computed from, codes of ``sources.SOURCES``; empty where only a reported estimate, or an
    effect as given, can be pooled. ``family``: measures of one family may be taken for one
    another; empty for a measure that stands alone. ``is_departure``: another measure of its family
    and sources is tried in its place. ``sentence``: what the Methods text calls it, empty for the
    name.
    """

    is_log: bool
    sources: tuple[str, ...] = ()
    family: str = ""
    sentence: str = ""

    @property
    def no_effect(self) -> float:
        """The value that says "no difference", on the natural scale."""
        return 1.0 if self.is_log else 0.0

    @property
    def is_of_means(self) -> bool:
        """Whether it can be computed from means and standard deviations."""
        return not set(OF_MEANS).isdisjoint(self.sources)

    def natural(self, value: float) -> float:
        """Take one number from the analysis scale to the natural scale.

        A logarithm too large for a ratio to be written gives infinity.
        """
        if self.is_log and value > LARGEST_LOGARITHM:
            return inf
        return exp(value) if self.is_log else value


MEASURES = by_code(
    Measure(
        code="RR",
        name="risk ratio",
        is_log=True,
        sources=("counts",),
        family=RATIO_OF_EVENTS,
        is_departure=True,
    ),
    Measure(
        code="OR",
        name="odds ratio",
        is_log=True,
        sources=("counts",),
        family=RATIO_OF_EVENTS,
        is_departure=True,
    ),
    Measure(code="RD", name="risk difference", is_log=False, sources=("counts",)),
    Measure(
        code="IRR",
        name="incidence rate ratio",
        is_log=True,
        sources=("rates",),
        family=RATIO_OF_EVENTS,
    ),
    Measure(code="HR", name="hazard ratio", is_log=True, family=RATIO_OF_EVENTS),
    Measure(
        code="SMD",
        name="standardised mean difference",
        is_log=False,
        sources=("means", "changes"),
        sentence="Hedges' g ({hedges1981}), a standardised mean difference",
    ),
    Measure(code="MD", name="mean difference", is_log=False, sources=("means",)),
    Measure(code="ROM", name="ratio of means", is_log=True, sources=("means",)),
    Measure(code="GEN", name="effect as given", is_log=False),
)
ONLY_POOLED = by_code(
    Measure(code="IRD", name="incidence rate difference", is_log=False, sources=("rates",))
)
"""Measures that a method for counts pools, but that no single trial gives here."""


STAND_INS: Mapping[str, str] = {"counts": "RR", "rates": "IRR"}
"""By source, the measure that is taken for another of its family, which the source cannot give."""


def taken_for(code: str) -> tuple[str, ...]:
    """Return the measures that may be taken for one another with this one, itself among them.

    >>> taken_for("OR"), taken_for("MD")
    (('RR', 'OR', 'IRR', 'HR'), ('MD',))
    """
    family = MEASURES[code].family
    if not family:
        return (code,)
    return tuple(other for other, measure in MEASURES.items() if measure.family == family)


def source_of_counts(code: str) -> str:
    """Return the source of events that a measure is pooled from: ``rates`` or ``counts``.

    >>> source_of_counts("IRR"), source_of_counts("OR"), source_of_counts("HR")
    ('rates', 'counts', 'counts')
    """
    measure = MEASURES.get(code) or ONLY_POOLED.get(code)
    return "rates" if measure and "rates" in measure.sources else "counts"
