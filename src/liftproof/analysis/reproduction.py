"""Each printed number beside the computed one, with a verdict.

Verdicts are those of ``vocabulary.print_verdicts``. A number whose inputs were chosen to give it is
``fitted`` where it agrees, and so is one of which the pool holds a trial that is later than the
print; a print that another review holds gets that review's verdict. Whether an explanation is due
is judged without trials that were added later.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import log
from statistics import NormalDist

from liftproof.analysis.conclusions import concludes_alike, reprise_class
from liftproof.analysis.earlier_pools import earlier_estimate
from liftproof.analysis.later_trials import added_later, added_words, later_than
from liftproof.analysis.trial_totals import total_rows
from liftproof.reviews.model.printed_number import (
    Printed,
    in_decimals,
    printed_number,
    rounds_to,
    shared_decimals,
)
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import Published
from liftproof.rows.result_rows import EstimateRow, ReproductionRow
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.print_verdicts import CLOSE, CLOSE_LIMIT, VERDICTS
from liftproof.vocabulary.quantities import LOGARITHMS, QUANTITIES, REDUCTIONS


def reproduce(
    review: Review,
    estimates: Sequence[EstimateRow],
    slopes: Mapping[str, EstimateRow] | None = None,
) -> tuple[ReproductionRow, ...]:
    """Return a row for every printed number of the review, none left out.

    Numbers of a total are held against the rows of the review. ``slopes``: by target, regressions
    that take the place of the analysis's pooled estimate. A print that another review holds is
    blocked here: ``held_elsewhere`` gives it that verdict.
    """
    by_analysis = {row.analysis: row for row in (*estimates, *total_rows(review))}
    by_target: dict[str, dict[str, str]] = {}
    for published in review.published:
        by_target.setdefault(published.target, {})[published.quantity] = published.printed
    rows = (
        _row(
            review.name,
            published,
            (slopes or {}).get(published.target) or by_analysis.get(published.analysis),
            by_target,
            later_than(review, published),
        )
        for published in review.published
    )
    return tuple(
        _settled_before(review, published, row, by_target)
        for published, row in zip(review.published, rows, strict=True)
    )


def _settled_before(
    review: Review,
    published: Published,
    row: ReproductionRow,
    by_target: Mapping[str, Mapping[str, str]],
) -> ReproductionRow:
    """Return a row without complaint where nothing was owed before later trials were added.

    An explanation that was needed then stays so, whatever the pool gives by chance with them; a
    difference that is theirs alone is explained by them.
    """
    if row.explanation not in ("missing", "unnecessary"):
        return row
    added = added_later(review, published)
    if not added:
        return row
    earlier = earlier_estimate(review, published, added)
    was = _row(review.name, published, earlier, by_target, "")
    if row.explanation == "unnecessary":
        return row if was.explanation == "unnecessary" else replace(row, explanation="given")
    if was.explanation == "missing":
        return row
    return replace(row, explanation="given", explained=added_words([one.label for one in added]))


def _row(
    review: str,
    published: Published,
    estimate: EstimateRow | None,
    by_target: Mapping[str, Mapping[str, str]],
    later: str,
) -> ReproductionRow:
    published = replace(published, fitted=published.fitted or later)
    target = by_target[published.target]
    computed = _computed(published.quantity, estimate)
    verdict = _verdict(published, computed, estimate, target)
    if later and verdict in ("same_conclusion", "different"):
        reasons = [part for part in (published.explained, later) if part]
        published = replace(published, explained="; ".join(reasons))
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
        blocked_group=published.blocked_group if verdict == "blocked" else "",
        fitted=published.fitted,
        see=published.see,
        decimals=decimals_compared(published, target),
    )


def _rests_on_unverified(published: Published, estimate: EstimateRow) -> bool:
    """Say whether a computed number does; how many trials there are rests on none of theirs."""
    return estimate.unverified == "yes" and QUANTITIES[published.quantity].counts != "trials"


def _computed(quantity: str, estimate: EstimateRow | None) -> float | None:
    """Return our value of a printed quantity, on the scale on which it is printed."""
    if estimate is None:
        return None
    if quantity in (*REDUCTIONS, *LOGARITHMS):
        return _of_ratio(quantity, estimate)
    if quantity == "half_width":
        return _half_width(estimate)
    if quantity == "z":
        return _z(estimate)
    value = getattr(estimate, QUANTITIES[quantity].column, None)
    return None if value is None else float(value)


def _of_ratio(quantity: str, estimate: EstimateRow) -> float | None:
    """Return the reduction in percent, or the logarithm, of a ratio; None where it is none."""
    ratio = getattr(estimate, QUANTITIES[quantity].column)
    if not MEASURES[estimate.measure].is_ratio or ratio is None:
        return None
    return 100 * (1 - ratio) if quantity in REDUCTIONS else log(ratio)


def _half_width(estimate: EstimateRow) -> float | None:
    """Return half the width of the interval of a difference; that of a ratio is not symmetric."""
    has_own_scale = MEASURES[estimate.measure].scale == "none"
    if not has_own_scale or estimate.ci_low is None or estimate.ci_high is None:
        return None
    return (estimate.ci_high - estimate.ci_low) / 2


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
    number = in_decimals(printed, decimals_compared(published, target))
    found = nearness(computed, number, published.quantity)
    if found:
        return "fitted" if published.fitted and VERDICTS[found].reproduces else found
    quantity, text = published.quantity, published.printed
    is_alike = concludes_alike(quantity, text, computed, target, estimate)
    return "same_conclusion" if is_alike else "different"


def decimals_compared(published: Published, target: Mapping[str, str]) -> int:
    """Return the decimals in which a number has to agree: its own where they are stated."""
    if published.decimals is not None:
        return published.decimals
    return shared_decimals(published.quantity, target)


def nearness(computed: float, printed: Printed, quantity: str) -> str:
    """Return ``reproduced`` or ``close``, empty where the computed number is further off.

    >>> nearness(0.3381, Printed(value=0.338, unit=0.001, bound=""), "estimate")
    'reproduced'
    """
    if rounds_to(computed, printed):
        return "reproduced"
    return "close" if not printed.bound and _is_close(computed, printed, quantity) else ""


def _is_close(computed: float, printed: Printed, quantity: str) -> bool:
    allowed = CLOSE_LIMIT if QUANTITIES[quantity].is_limit else CLOSE
    return abs(computed - printed.value) <= allowed * abs(printed.value)


def _missing(published: Published, estimate: EstimateRow | None) -> str:
    if published.blocked:
        return published.blocked
    if published.see:
        return f"the review that holds it, {published.see}, is not here"
    if estimate is None:
        return "no analysis is named for it"
    if printed_number(published.printed) is None:
        return "the printed text is no number"
    return f"the analysis does not give it: {published.quantity}"


def _explanation(verdict: str, published: Published) -> str:
    """Say whether an explanation is given where one is owed, and not where nothing differs.

    What is close may have one: the digits say that something differs.
    """
    if published.see:
        return "not_needed"
    if verdict == "blocked":
        return "given" if published.blocked else "missing"
    if verdict in ("same_conclusion", "different"):
        return "given" if published.explained else "missing"
    if not published.explained:
        return "not_needed"
    return "given" if verdict == "close" else "unnecessary"
