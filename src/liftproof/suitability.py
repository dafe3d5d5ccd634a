"""Which methods for sparse data fit which measures, and what they need of the trials."""

from collections.abc import Mapping, Sequence

from liftproof.errors import UsageError
from liftproof.suggest import did_you_mean

SUITABLE: Mapping[str, tuple[str, ...]] = {
    "MH": ("OR", "RR", "RD", "IRR", "IRD"),
    "Peto": ("OR",),
    "UM.FS": ("OR", "IRR"),
    "UM.RS": ("OR", "IRR"),
    "CM.EL": ("OR", "IRR"),
    "CM.AL": ("OR",),
    "beta-binomial": ("OR", "RR", "RD"),
}
"""The measures that each method estimates."""

WHY: Mapping[str, str] = {
    "MH": "Mantel-Haenszel pools counts or rates of two arms",
    "Peto": "Peto's method is a step towards the odds ratio of two arms' counts",
    "UM.FS": "the model's links are logit and log",
    "UM.RS": "the model's links are logit and log",
    "CM.EL": "conditioning on a trial's events leaves only the odds ratio or the rate ratio",
    "CM.AL": "it approximates the conditional odds ratio; for rates CM.EL is exact",
    "beta-binomial": "the model is of participants with an event in two arms",
}
"""Why a method estimates no other measure."""

OF_RATES = ("IRR", "IRD")
"""Measures from events over person-time."""


def require_counts(method: str, measure: str, without_counts: Sequence[str] = ()) -> None:
    """Raise UsageError unless ``method`` can pool the trials' counts for ``measure``.

    ``without_counts``: names of trials of which only an estimate was reported. The sentence gives
    the reason and what could be used instead.

    >>> require_counts("Peto", "IRR")
    Traceback (most recent call last):
    liftproof.errors.UsageError: Peto cannot pool IRR: Peto's method is a step towards the odds \
ratio of two arms' counts. It pools OR; IRR is pooled by MH, UM.FS, UM.RS, CM.EL.
    """
    if method not in SUITABLE:
        raise UsageError(
            f"There is no method for counts {method}; {did_you_mean(method, SUITABLE)}"
        )
    if measure not in SUITABLE[method]:
        raise UsageError(_unsuitable(method, measure))
    if without_counts:
        counts = "events and person-time" if measure in OF_RATES else "events and participants"
        raise UsageError(
            f"{method} needs the {counts} of both arms of every trial, but of "
            f"{', '.join(without_counts)} only an estimate is known. Pool the estimates by inverse "
            "variance, such as REML, or leave these trials out."
        )


def _unsuitable(method: str, measure: str) -> str:
    """Return why the method cannot estimate the measure, and what can."""
    others = [name for name, measures in SUITABLE.items() if measure in measures]
    instead = f"by {', '.join(others)}" if others else "by inverse variance, such as REML"
    pools = ", ".join(SUITABLE[method])
    return (
        f"{method} cannot pool {measure}: {WHY[method]}. It pools {pools}; {measure} is pooled "
        f"{instead}."
    )
