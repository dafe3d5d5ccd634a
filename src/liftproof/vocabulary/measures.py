"""Effect measures: what each is called, on which scale it is pooled, where "no effect" lies.

The codes are metafor's (``escalc``); HR is added for reported hazard ratios and GEN for effects
given as ``y`` and ``v``.
"""

from dataclasses import dataclass
from math import exp, inf, log
from sys import float_info

LARGEST_LOGARITHM = log(float_info.max)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One effect measure.

    ``is_log``: pooled as a natural logarithm and shown as a ratio. ``counts``, ``rates``,
    ``means`` and ``changes``: the kinds of raw numbers it can be computed from.
    """

    code: str
    name: str
    is_log: bool
    counts: bool = False
    rates: bool = False
    means: bool = False
    changes: bool = False

    @property
    def no_effect(self) -> float:
        """The value that says "no difference", on the natural scale."""
        return 1.0 if self.is_log else 0.0

    def natural(self, value: float) -> float:
        """Take one number from the analysis scale to the natural scale.

        A logarithm too large for a ratio to be written gives infinity.
        """
        if self.is_log and value > LARGEST_LOGARITHM:
            return inf
        return exp(value) if self.is_log else value


MEASURES = {
    measure.code: measure
    for measure in (
        Measure(code="RR", name="risk ratio", is_log=True, counts=True),
        Measure(code="OR", name="odds ratio", is_log=True, counts=True),
        Measure(code="RD", name="risk difference", is_log=False, counts=True),
        Measure(code="IRR", name="incidence rate ratio", is_log=True, rates=True),
        Measure(code="HR", name="hazard ratio", is_log=True),
        Measure(
            code="SMD",
            name="standardised mean difference",
            is_log=False,
            means=True,
            changes=True,
        ),
        Measure(code="MD", name="mean difference", is_log=False, means=True),
        Measure(code="ROM", name="ratio of means", is_log=True, means=True),
        Measure(code="GEN", name="effect as given", is_log=False),
    )
}
