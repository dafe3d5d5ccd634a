"""Odds ratios that are pooled as risk ratios, and the reverse: how far the two are apart there."""

from collections.abc import Callable, Mapping
from math import exp, log
from sys import float_info

from liftproof.reviews.model.review_tables import Outcome
from liftproof.reviews.model.settings import Analysis
from liftproof.vocabulary.measures import MEASURES

RULE = "odds_as_risk"
USUAL_RISKS = (0.1, 0.3, 0.5)
"""Control risks at which both ratios are told where that of the trial is not known."""

_LARGEST = log(float_info.max)


def risk_ratio_of_odds(odds_ratio: float, risk: float) -> float:
    """Return the risk ratio of an odds ratio at a control risk.

    Source: Zhang & Yu 1998, JAMA 280, 1690-1691.

    >>> round(risk_ratio_of_odds(0.5, 0.2), 6)  # odds 1/4 to 1/8, risks 1/5 to 1/9
    0.555556
    """
    return odds_ratio / (1 - risk + risk * odds_ratio)


def odds_ratio_of_risks(risk_ratio: float, risk: float) -> float | None:
    """Return the odds ratio of a risk ratio at a control risk; None where a risk would reach 1.

    >>> round(odds_ratio_of_risks(5 / 9, 0.2), 6)
    0.5
    """
    left = 1 - risk * risk_ratio
    return risk_ratio * (1 - risk) / left if left > 0 else None


_OTHERS: Mapping[str, tuple[str, Callable[[float, float], float | None]]] = {
    "OR": ("a risk ratio", risk_ratio_of_odds),
    "RR": ("an odds ratio", odds_ratio_of_risks),
}
"""By the measure of a row, what it is held against, and how that follows from it."""


def odds_beside_risks(analysis: Analysis, outcome: Outcome, own: str) -> str:
    """Return what a row's ratio is in other terms, empty where no odds meet risks or rates.

    ``own``: the measure of the row's effect, which can stand for that of the analysis.
    """
    code = analysis.measure
    if own not in _OTHERS or own == code or "OR" not in (own, code):
        return ""
    value = _ratio(outcome)
    if value is None:
        return ""
    other, follows = _OTHERS[own]
    risk = _control_risk(analysis, outcome)
    told = [
        f"at {'the' if risk else 'a'} control risk of {100 * each:.3g} % it is {other} of "
        f"{ratio:#.3g}"
        for each in ([risk] if risk else USUAL_RISKS)
        for ratio in [follows(value, each)]
        if ratio is not None
    ]
    unknown = [] if risk else ["the control risk is not known"]
    pooled = f"{MEASURES[own].name} {value:.3g} is pooled with {code} as if the two were one"
    return "; ".join([pooled, *unknown, ", ".join(told)])


def _ratio(outcome: Outcome) -> float | None:
    """Return the ratio of a row; None where it has none that can be written."""
    if outcome.estimate is not None:
        return outcome.estimate
    return None if outcome.y is None or outcome.y > _LARGEST else exp(outcome.y)


def _control_risk(analysis: Analysis, outcome: Outcome) -> float | None:
    """Return the risk of the row's control arm, else that which the analysis states, else None."""
    events, people, percent = outcome.events_control, outcome.n_control, outcome.percent_control
    stated = analysis.baseline_risk.risk if analysis.baseline_risk else None
    if events is not None and people:
        risk: float | None = events / people
    else:
        risk = stated if percent is None else percent / 100
    return risk if risk is not None and 0 < risk < 1 else None
