"""Whether a printed and a computed result lead to one conclusion.

The class of Nguyen et al. 2025 (REPRISE, BMJ Medicine) stands beside the verdicts: whether estimate
and width of the interval agree within 10 %, and whether direction or significance changed.
"""

from collections.abc import Callable, Mapping
from math import exp
from statistics import NormalDist

from liftproof.reviews.model.printed_number import value_of_print
from liftproof.rows.result_rows import EstimateRow
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.quantities import LOGARITHMS, ON_EFFECT, QUANTITIES, REDUCTIONS

REPRISE = 0.10
SIGNIFICANCE = 0.05
CRITICAL_Z = NormalDist().inv_cdf(1 - SIGNIFICANCE / 2)

SLOPE = "slope"
ON_SOME_SCALE = (*ON_EFFECT, *REDUCTIONS, *LOGARITHMS, "half_width")
"""Quantities of an effect: they lead to its conclusion, on whichever scale they are printed."""

Effect = Mapping[str, float | None]


def concludes_alike(
    quantity: str,
    printed: str,
    computed: float | None,
    target: Mapping[str, str],
    estimate: EstimateRow,
) -> bool:
    """Say whether printed and computed result lead to one conclusion; counts lead to none.

    ``target``: by quantity, everything that is printed of the result.
    """
    if quantity == "z":
        return _z_alike(computed, value_of_print(printed))
    if QUANTITIES[quantity].is_p:
        return _is_significant_p(computed) == _is_significant_p(value_of_print(printed))
    if quantity == SLOPE:
        return _slopes_alike(computed, value_of_print(printed), target, estimate)
    theirs = printed_effect(target)
    has_conclusion = quantity in ON_SOME_SCALE and MEASURES[estimate.measure].has_null
    if not has_conclusion or theirs is None:
        return False
    ours = _computed_effect(estimate)
    return _conclusion(theirs, estimate.measure) == _conclusion(ours, estimate.measure)


def printed_effect(target: Mapping[str, str]) -> Effect | None:
    """Return estimate and limits as printed, on the natural scale, or None.

    >>> printed_effect({"log_estimate": "0", "log_ci_low": "-0.5"})
    {'estimate': 1.0, 'ci_low': 0.6065306597126334, 'ci_high': None}
    """
    value = {quantity: value_of_print(text) for quantity, text in target.items()}
    if "estimate" in target:
        return _with_half_width({name: value.get(name) for name in ON_EFFECT}, value)
    if "reduction" in target:
        return {ours: _mapped(value.get(name), _ratio_of) for name, ours in REDUCTIONS.items()}
    if "log_estimate" in target:
        return {ours: _mapped(value.get(name), exp) for name, ours in LOGARITHMS.items()}
    return None


def reprise_class(target: Mapping[str, str], estimate: EstimateRow | None) -> str:
    """Return ``within_10_percent``, ``beyond_10_percent`` or ``meaningful_change``.

    Empty where the review printed no estimate with limits, or nothing was computed. Differences
    are relative to the printed estimate and the printed width, on the natural scale.
    """
    theirs = printed_effect(target)
    ours = None if estimate is None else _computed_effect(estimate)
    if estimate is None or not theirs or not ours or None in (*theirs.values(), *ours.values()):
        return ""
    if _conclusion(theirs, estimate.measure) != _conclusion(ours, estimate.measure):
        return "meaningful_change"
    differences = (
        _relative(ours["estimate"], theirs["estimate"]),
        _relative(_width(ours), _width(theirs)),
    )
    return "within_10_percent" if max(differences) < REPRISE else "beyond_10_percent"


def _with_half_width(effect: dict[str, float | None], value: Effect) -> Effect:
    """Return the effect with limits from "estimate ± half_width", where it is printed so."""
    centre, half = effect["estimate"], value.get("half_width")
    if centre is None or half is None:
        return effect
    return {"estimate": centre, "ci_low": centre - half, "ci_high": centre + half}


def _ratio_of(reduction: float) -> float:
    return 1 - reduction / 100


def _mapped(value: float | None, function: Callable[[float], float]) -> float | None:
    return None if value is None else function(value)


def _slopes_alike(
    ours: float | None, theirs: float | None, target: Mapping[str, str], estimate: EstimateRow
) -> bool:
    """Say whether two slopes have one sign and, where a p value is printed, one significance."""
    if ours is None or theirs is None or ours * theirs <= 0:
        return False
    printed_p = value_of_print(target.get("p", ""))
    return printed_p is None or _is_significant_p(printed_p) == _is_significant_p(estimate.p_value)


def _z_alike(ours: float | None, theirs: float | None) -> bool:
    """Say whether two z have one sign and one significance."""
    if ours is None or theirs is None or ours * theirs <= 0:
        return False
    return (abs(ours) > CRITICAL_Z) == (abs(theirs) > CRITICAL_Z)


def _is_significant_p(p_value: float | None) -> bool:
    return p_value is not None and p_value < SIGNIFICANCE


def printed_conclusion(target: Mapping[str, str], measure: str) -> tuple[int, bool | None] | None:
    """Return what an effect as printed leads to, as :func:`conclusion_of`; None for no effect.

    ``target``: by quantity, everything that is printed of the result.
    """
    effect = printed_effect(target)
    return None if effect is None else _conclusion(effect, measure)


def conclusion_of(estimate: EstimateRow) -> tuple[int, bool | None]:
    """Return the side of no effect on which an estimate lies, and whether its interval excludes it.

    1 above, -1 below, 0 on it or where there is no estimate; None where there is no interval.
    """
    return _conclusion(_computed_effect(estimate), estimate.measure)


def _computed_effect(estimate: EstimateRow) -> Effect:
    return {name: getattr(estimate, name) for name in ON_EFFECT}


def _conclusion(effect: Effect, measure: str) -> tuple[int, bool | None]:
    """Return the side of no effect and whether the interval leaves it out (None: no limits).

    A measure without such a value has no side.
    """
    if not MEASURES[measure].has_null:
        return 0, None
    none = MEASURES[measure].no_effect
    estimate, low, high = (effect[name] for name in ON_EFFECT)
    side = 0 if estimate is None else (estimate > none) - (estimate < none)
    excludes = None if low is None or high is None else low > none or high < none
    return side, excludes


def _width(effect: Effect) -> float:
    return (effect["ci_high"] or 0.0) - (effect["ci_low"] or 0.0)


def _relative(ours: float | None, theirs: float | None) -> float:
    if ours is None or not theirs:
        return float("inf")
    return abs(ours / theirs - 1)
