"""Each printed number beside the computed one, with a verdict.

Verdicts, best first: ``reproduced`` (the computed number rounds to what was printed), ``close``
(within 2 %, limits within 5 %), ``same_conclusion`` (same side of no effect, same significance),
``different``; ``blocked`` where it cannot be computed.

Beside them stands the class of Nguyen et al. 2025 (REPRISE, BMJ Medicine): whether estimate and
width of the interval agree within 10 %, and whether direction or significance changed.
"""

from collections.abc import Mapping, Sequence
from statistics import NormalDist

from liftproof.reviews.model.printed_number import Printed, printed_number, rounds_to
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import Published
from liftproof.rows.result_rows import EstimateRow, ReproductionRow
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.quantities import ON_EFFECT, QUANTITIES, REDUCTIONS

CLOSE = 0.02
CLOSE_LIMIT = 0.05
"""The 5 % of López-Nicolás et al. 2024 for limits; 2 % for everything else."""
REPRISE = 0.10
SIGNIFICANCE = 0.05
SLOPE = "slope"


def reproduce(
    review: Review,
    estimates: Sequence[EstimateRow],
    slopes: Mapping[str, EstimateRow] | None = None,
) -> tuple[ReproductionRow, ...]:
    """Return a row for every printed number of the review, none left out.

    ``slopes``: by target, regressions that take the place of the analysis's pooled estimate.
    """
    by_analysis = {row.analysis: row for row in estimates}
    by_target: dict[str, dict[str, str]] = {}
    for published in review.published:
        by_target.setdefault(published.target, {})[published.quantity] = published.printed
    return tuple(
        _row(
            review.name,
            published,
            (slopes or {}).get(published.target) or by_analysis.get(published.analysis),
            by_target,
        )
        for published in review.published
    )


def _row(
    review: str,
    published: Published,
    estimate: EstimateRow | None,
    by_target: Mapping[str, Mapping[str, str]],
) -> ReproductionRow:
    target = by_target[published.target]
    computed = _computed(published.quantity, estimate)
    verdict = _verdict(published, computed, estimate, target)
    return ReproductionRow(
        review=review,
        target=published.target,
        analysis=published.analysis,
        quantity=published.quantity,
        printed=published.printed,
        computed=computed,
        verdict=verdict,
        explained=published.explained,
        kind=published.kind,
        unverified="yes" if estimate and _rests_on_unverified(published, estimate) else "no",
        missing=_missing(published, estimate) if verdict == "blocked" else "",
        reprise=reprise_class(target, estimate),
        explanation=_explanation(verdict, published),
        description=published.description,
        location=published.location,
    )


def _rests_on_unverified(published: Published, estimate: EstimateRow) -> bool:
    """Say whether a computed number does; how many trials there are rests on none of theirs."""
    return estimate.unverified == "yes" and QUANTITIES[published.quantity].counts != "trials"


def _computed(quantity: str, estimate: EstimateRow | None) -> float | None:
    """Return our value of a printed quantity, on the scale on which it is printed."""
    if estimate is None:
        return None
    if quantity in REDUCTIONS:
        ratio = getattr(estimate, REDUCTIONS[quantity])
        is_ratio = MEASURES[estimate.measure].is_log and ratio is not None
        return 100 * (1 - ratio) if is_ratio else None
    if quantity == "z":
        return _z(estimate)
    value = getattr(estimate, QUANTITIES[quantity].column, None)
    return None if value is None else float(value)


def _z(estimate: EstimateRow) -> float | None:
    """Return the signed normal quantile of a Wald p; None for tests against t, which have no z."""
    if estimate.interval != "wald" or not estimate.p_value or estimate.estimate is None:
        return None
    size = -NormalDist().inv_cdf(estimate.p_value / 2)
    return size if estimate.estimate > MEASURES[estimate.measure].no_effect else -size


def _verdict(
    published: Published,
    computed: float | None,
    estimate: EstimateRow | None,
    target: Mapping[str, str],
) -> str:
    printed = printed_number(published.printed)
    if computed is None or estimate is None or printed is None or published.blocked:
        return "blocked"
    if rounds_to(computed, printed):
        return "reproduced"
    if not printed.bound and _is_close(computed, printed, published.quantity):
        return "close"
    return "same_conclusion" if _concludes_alike(published, estimate, target) else "different"


def _is_close(computed: float, printed: Printed, quantity: str) -> bool:
    allowed = CLOSE_LIMIT if QUANTITIES[quantity].is_limit else CLOSE
    return abs(computed - printed.value) <= allowed * abs(printed.value)


def _concludes_alike(
    published: Published, estimate: EstimateRow, target: Mapping[str, str]
) -> bool:
    """Say whether printed and computed result lead to one conclusion; counts lead to none."""
    if QUANTITIES[published.quantity].is_p:
        ours = _computed(published.quantity, estimate)
        return _is_significant_p(ours) == _is_significant_p(_value(published.printed))
    if published.quantity == SLOPE:
        return _slopes_alike(published, estimate, target)
    if published.quantity not in (*ON_EFFECT, *REDUCTIONS):
        return False
    theirs = _printed_effect(target)
    return theirs is not None and _conclusion(theirs, estimate.measure) == _conclusion(
        _our_effect(estimate), estimate.measure
    )


def _slopes_alike(published: Published, estimate: EstimateRow, target: Mapping[str, str]) -> bool:
    """Say whether two slopes have one sign and, where a p value is printed, one significance."""
    ours, theirs = _computed(SLOPE, estimate), _value(published.printed)
    if ours is None or theirs is None or ours * theirs <= 0:
        return False
    printed_p = _value(target.get("p", ""))
    return printed_p is None or _is_significant_p(printed_p) == _is_significant_p(estimate.p_value)


def _is_significant_p(p_value: float | None) -> bool:
    return p_value is not None and p_value < SIGNIFICANCE


def _our_effect(estimate: EstimateRow) -> dict[str, float | None]:
    return {name: getattr(estimate, name) for name in ON_EFFECT}


def _printed_effect(target: Mapping[str, str]) -> dict[str, float | None] | None:
    """Return estimate and limits as printed (from the reduction where only that is), or None."""
    if "estimate" in target:
        return {name: _value(target.get(name, "")) for name in ON_EFFECT}
    if "reduction" in target:
        reductions = {ours: _value(target.get(name, "")) for name, ours in REDUCTIONS.items()}
        return {
            name: None if value is None else 1 - value / 100 for name, value in reductions.items()
        }
    return None


def _value(text: str) -> float | None:
    printed = printed_number(text)
    return None if printed is None else printed.value


def _conclusion(effect: Mapping[str, float | None], measure: str) -> tuple[int, bool | None]:
    """Return the side of no effect and whether the interval leaves it out (None: no limits)."""
    none = MEASURES[measure].no_effect
    estimate, low, high = (effect[name] for name in ON_EFFECT)
    side = 0 if estimate is None else (estimate > none) - (estimate < none)
    excludes = None if low is None or high is None else low > none or high < none
    return side, excludes


def reprise_class(target: Mapping[str, str], estimate: EstimateRow | None) -> str:
    """Return ``within_10_percent``, ``beyond_10_percent`` or ``meaningful_change``.

    Empty where the review printed no estimate with limits, or nothing was computed. Differences
    are relative to the printed estimate and the printed width, on the natural scale.
    """
    theirs = _printed_effect(target)
    ours = None if estimate is None else _our_effect(estimate)
    if estimate is None or not theirs or not ours or None in (*theirs.values(), *ours.values()):
        return ""
    if _conclusion(theirs, estimate.measure) != _conclusion(ours, estimate.measure):
        return "meaningful_change"
    differences = (
        _relative(ours["estimate"], theirs["estimate"]),
        _relative(_width(ours), _width(theirs)),
    )
    return "within_10_percent" if max(differences) < REPRISE else "beyond_10_percent"


def _width(effect: Mapping[str, float | None]) -> float:
    return (effect["ci_high"] or 0.0) - (effect["ci_low"] or 0.0)


def _relative(ours: float | None, theirs: float | None) -> float:
    if ours is None or not theirs:
        return float("inf")
    return abs(ours / theirs - 1)


def _missing(published: Published, estimate: EstimateRow | None) -> str:
    if published.blocked:
        return published.blocked
    if estimate is None:
        return "no analysis is named for it"
    if printed_number(published.printed) is None:
        return "the printed text is no number"
    return f"the analysis does not give it: {published.quantity}"


def _explanation(verdict: str, published: Published) -> str:
    """Say whether an explanation is given where one is owed, and only there."""
    if verdict == "blocked":
        return "given" if published.blocked else "missing"
    owed = verdict in ("same_conclusion", "different")
    if owed:
        return "given" if published.explained else "missing"
    return "unnecessary" if published.explained else "not_needed"
