"""What a review can have printed: the quantities of ``published.csv``."""

from dataclasses import dataclass

from liftproof.vocabulary.record import Record, by_code


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityRecord(Record):
    """One quantity; ``name``: as tables show it, with its unit.

    ``column``: of ``estimates.csv`` that holds it, or that it is computed from; empty where a
    computation of its own gives it. ``is_reduction``: 100 (1 - ratio), in percent.
    ``is_logarithm``: natural logarithm of a ratio.
    ``is_on_effect``: estimate or limit on the scale of the effect, which leads to a conclusion.
    ``is_limit``: of a confidence interval, which is compared more loosely. ``is_p``: a p value.
    ``is_share``: printed as a percentage or as a fraction. ``counts``: what it counts, ``trials``
    or ``people``; empty for an amount.
    """

    column: str
    is_reduction: bool = False
    is_logarithm: bool = False
    is_on_effect: bool = False
    is_limit: bool = False
    is_p: bool = False
    is_share: bool = False
    counts: str = ""


QUANTITIES = by_code(
    QuantityRecord(code="estimate", name="estimate", column="estimate", is_on_effect=True),
    QuantityRecord(
        code="ci_low", name="lower limit", column="ci_low", is_on_effect=True, is_limit=True
    ),
    QuantityRecord(
        code="ci_high", name="upper limit", column="ci_high", is_on_effect=True, is_limit=True
    ),
    QuantityRecord(code="i2", name="I², %", column="i2", is_share=True),
    QuantityRecord(code="tau2", name="τ²", column="tau2"),
    QuantityRecord(code="q", name="Q", column="q"),
    QuantityRecord(code="p", name="p value", column="p_value", is_p=True, is_share=True),
    QuantityRecord(code="k", name="pooled effects", column="k", counts="trials"),
    QuantityRecord(
        code="participants", name="participants", column="participants", counts="people"
    ),
    QuantityRecord(code="events", name="events", column="events", counts="people"),
    QuantityRecord(code="slope", name="slope", column="slope"),
    QuantityRecord(code="q_p", name="p value of Q", column="q_p", is_p=True, is_share=True),
    QuantityRecord(
        code="reduction",
        name="reduction, %",
        column="estimate",
        is_reduction=True,
        is_share=True,
    ),
    QuantityRecord(
        code="reduction_low",
        name="reduction, lower limit, %",
        column="ci_high",
        is_reduction=True,
        is_limit=True,
    ),
    QuantityRecord(
        code="reduction_high",
        name="reduction, upper limit, %",
        column="ci_low",
        is_reduction=True,
        is_limit=True,
    ),
    QuantityRecord(code="pi_low", name="prediction interval, lower limit", column="pi_low"),
    QuantityRecord(code="pi_high", name="prediction interval, upper limit", column="pi_high"),
    QuantityRecord(code="studies", name="trials", column="studies", counts="trials"),
    QuantityRecord(code="z", name="z", column=""),
    QuantityRecord(code="design_effect", name="design effect", column="design_effect"),
    QuantityRecord(
        code="log_estimate", name="logarithm of the ratio", column="estimate", is_logarithm=True
    ),
    QuantityRecord(
        code="log_ci_low",
        name="logarithm of the ratio, lower limit",
        column="ci_low",
        is_logarithm=True,
        is_limit=True,
    ),
    QuantityRecord(
        code="log_ci_high",
        name="logarithm of the ratio, upper limit",
        column="ci_high",
        is_logarithm=True,
        is_limit=True,
    ),
    QuantityRecord(code="half_width", name="half the width of the interval", column=""),
)
"""``k`` counts pooled results, ``studies`` the trials they come from; ``pi_low`` and ``pi_high``
limit the prediction interval; ``z`` is the test statistic of the pooled effect; ``design_effect`` a
factor of inflation that the review applied; ``half_width`` what a paper prints after "±" where
limits are meant, on the natural scale of differences."""
ON_EFFECT = tuple(code for code, record in QUANTITIES.items() if record.is_on_effect)
"""The estimate and its limits."""
REDUCTIONS = {code: record.column for code, record in QUANTITIES.items() if record.is_reduction}
"""By reduction, the number of the ratio that it is made from."""
LOGARITHMS = {code: record.column for code, record in QUANTITIES.items() if record.is_logarithm}
"""By logarithm, the number on the natural scale that it is of."""
SHARES = tuple(code for code, record in QUANTITIES.items() if record.is_share)
"""What can be printed as a percentage or as a fraction."""
