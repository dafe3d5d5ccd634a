"""Effect measures: what each is called, on which scale it is pooled, where "no effect" lies.

The codes are metafor's (``escalc``); HR is added for reported hazard ratios and GEN for effects
given as ``y`` and ``v``. Measures of one group stand in ``measures_of_one_group``.
"""

from collections.abc import Mapping
from functools import cache

from liftproof.vocabulary.measure import Measure
from liftproof.vocabulary.measures_of_one_group import MEASURES_OF_ONE_GROUP
from liftproof.vocabulary.record import by_code

RATIO_OF_EVENTS = "ratio of events"

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
    Measure(code="IRD", name="incidence rate difference", is_log=False, sources=("rates",)),
    Measure(
        code="IRSD",
        name="difference of root incidence rates",
        is_log=False,
        sources=("rates",),
        takes_empty=True,
    ),
    Measure(
        code="PETO",
        name="odds ratio (Peto's step)",
        is_log=True,
        sources=("counts",),
        takes_empty=True,
    ),
    Measure(
        code="AS",
        name="arcsine difference",
        is_log=False,
        sources=("counts",),
        takes_empty=True,
    ),
    Measure(
        code="PHI",
        name="phi coefficient",
        is_log=False,
        sources=("counts",),
        needs_events=True,
        takes_empty=True,
    ),
    Measure(
        code="ZPHI",
        name="phi coefficient (pooled as Fisher's z)",
        is_log=False,
        transform="fisher_z",
        sources=("counts",),
        needs_events=True,
        takes_empty=True,
    ),
    Measure(
        code="RTET",
        name="tetrachoric correlation",
        is_log=False,
        sources=("counts",),
        needs_events=True,
    ),
    Measure(
        code="ZTET",
        name="tetrachoric correlation (pooled as Fisher's z)",
        is_log=False,
        transform="fisher_z",
        sources=("counts",),
        needs_events=True,
    ),
    Measure(code="YUQ", name="Yule's Q", is_log=False, sources=("counts",), needs_events=True),
    Measure(code="YUY", name="Yule's Y", is_log=False, sources=("counts",), needs_events=True),
    Measure(
        code="OR2D",
        name="standardised mean difference from an odds ratio",
        is_log=False,
        sources=("counts",),
        needs_events=True,
    ),
    Measure(
        code="OR2DL",
        name="standardised mean difference from an odds ratio (logistic)",
        is_log=False,
        sources=("counts",),
        needs_events=True,
    ),
    Measure(
        code="OR2DN",
        name="standardised mean difference from an odds ratio (normal)",
        is_log=False,
        sources=("counts",),
        needs_events=True,
    ),
    Measure(
        code="PBIT",
        name="standardised mean difference from risks (probit)",
        is_log=False,
        sources=("counts",),
        needs_events=True,
    ),
    Measure(
        code="SMDH",
        name="standardised mean difference (mean of both variances)",
        is_log=False,
        sources=("means",),
    ),
    Measure(
        code="SMD1",
        name="standardised mean difference (standard deviation of controls)",
        is_log=False,
        sources=("means",),
    ),
    Measure(
        code="SMD1H",
        name="standardised mean difference (that of controls, unequal ones)",
        is_log=False,
        sources=("means",),
    ),
    Measure(
        code="D2OR",
        name="odds ratio from a difference of means",
        is_log=True,
        sources=("means",),
    ),
    Measure(
        code="D2ORL",
        name="odds ratio from a difference of means (logistic)",
        is_log=True,
        sources=("means",),
    ),
    Measure(
        code="D2ORN",
        name="odds ratio from a difference of means (normal)",
        is_log=True,
        sources=("means",),
    ),
    Measure(
        code="RPB",
        name="point-biserial correlation",
        is_log=False,
        sources=("means",),
    ),
    Measure(
        code="ZPB",
        name="point-biserial correlation (pooled as Fisher's z)",
        is_log=False,
        transform="fisher_z",
        sources=("means",),
    ),
    Measure(
        code="RBIS",
        name="biserial correlation",
        is_log=False,
        sources=("means",),
    ),
    Measure(
        code="ZBIS",
        name="biserial correlation (pooled as Fisher's z)",
        is_log=False,
        transform="fisher_z",
        sources=("means",),
    ),
    Measure(code="VR", name="ratio of standard deviations", is_log=True, sources=("means",)),
    Measure(code="CVR", name="ratio of coefficients of variation", is_log=True, sources=("means",)),
    *MEASURES_OF_ONE_GROUP,
    Measure(code="GEN", name="effect as given", is_log=False),
)

USUAL = ("RR", "OR", "RD", "IRR", "MD", "SMD", "ROM")
"""Measures of which two or three are named where a choice of all would be a list of codes."""

STAND_INS: Mapping[str, str] = {"counts": "RR", "rates": "IRR"}
"""By source, the measure that is taken for another of its family, which the source cannot give."""


@cache
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
    measure = MEASURES.get(code)
    return "rates" if measure and "rates" in measure.sources else "counts"
