"""Whether subgroups, analyses or printed strata differ: estimates, each with its own τ², by Q."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import combinations
from math import isfinite
from typing import Any

from liftproof.analysis.compared_estimates import ComparedEstimate, Comparison, comparisons
from liftproof.analysis.estimates import PooledAnalysis
from liftproof.reviews.model.contrast_question import FEWEST
from liftproof.reviews.model.review import Review
from liftproof.rows.contrast_rows import ALL, PAIR, ContrastRow
from liftproof.statistics.regression.contrasts import IndependentContrasts, independent_contrasts
from liftproof.vocabulary.measures import MEASURES


def contrast_rows(review: Review, pooled: Sequence[PooledAnalysis]) -> tuple[ContrastRow, ...]:
    """Return the tests of a review: subgroups of its analyses, then its ``contrasts``.

    ``pooled``: every analysis of the review. Estimates that share a trial are not tested.
    """
    return tuple(
        row for comparison in comparisons(review, pooled) for row in _rows(review, comparison)
    )


def _rows(review: Review, of: Comparison) -> Iterator[ContrastRow]:
    """Yield the test of all estimates and those of the pairs, or one row that says why not."""
    usable = [one for one in of.estimates if one.is_usable]
    left_out = [one.name for one in of.estimates if not one.is_usable]
    missing = f"no estimate to compare: {', '.join(left_out)}" if left_out else ""
    row = partial(
        ContrastRow,
        review=review.name,
        contrast=of.contrast,
        title=of.title,
        compared=of.compared,
        measure=of.measure,
    )
    shared = _shared(usable)
    if len(usable) < FEWEST or shared:
        overlap = f"trials in several groups, whose estimates are not independent: {shared}"
        note = overlap if shared else missing or "one group only"
        yield row(test=ALL, estimates=len(usable), k=_effects(usable), note=note, **_marks(usable))
        return
    estimates, errors = [one.y for one in usable], [one.se for one in usable]
    test = independent_contrasts(estimates, errors, level=review.settings.level)
    yield row(
        test=ALL,
        estimates=len(usable),
        k=_effects(usable),
        statistic=float(test.q),
        df=test.q_df,
        p_value=float(test.q_p),
        note="; ".join(filter(None, (missing, _unlike(usable), _few(usable)))),
        **_marks(usable),
    )
    for place, pair in enumerate(combinations(usable, 2)):
        yield row(test=PAIR, **_pair(pair, test, place, of.measure))


def _pair(
    pair: tuple[ComparedEstimate, ComparedEstimate],
    test: IndependentContrasts,
    place: int,
    measure: str,
) -> dict[str, Any]:
    """Return the columns of a pair; ``place`` is that of the pair in the test."""
    natural = MEASURES[measure].natural
    return {
        "first": pair[0].name,
        "second": pair[1].name,
        "estimates": len(pair),
        "k": _effects(pair),
        "estimate": natural(float(test.pairs.estimate[place])),
        "ci_low": natural(float(test.pairs.ci_low[place])),
        "ci_high": natural(float(test.pairs.ci_high[place])),
        "statistic": float(test.pairs.statistic[place]),
        "p_value": float(test.pairs.p_value[place]),
        "holm_p": float(test.holm_p[place]),
        "note": "; ".join(filter(None, (_unlike(pair), _few(pair)))),
        **_marks(pair),
    }


def _effects(compared: Sequence[ComparedEstimate]) -> int | None:
    """Return the number of effects behind estimates, None where those of one are not known."""
    known = [one.k for one in compared if one.k is not None]
    return sum(known) if len(known) == len(compared) else None


def _unlike(compared: Sequence[ComparedEstimate]) -> str:
    """Name the measures of estimates that are compared as if they had one."""
    names = dict.fromkeys(MEASURES[one.measure].name for one in compared if one.measure)
    return f"compared as if they were one measure: {', '.join(names)}" if len(names) > 1 else ""


def _few(compared: Sequence[ComparedEstimate]) -> str:
    """Name the degrees of freedom of standard errors that the test takes as known."""
    if not any(isfinite(one.df) for one in compared):
        return ""
    listed = ", ".join(f"{one.df:.3g}" if isfinite(one.df) else "∞" for one in compared)
    return f"degrees of freedom of the standard errors, which the test does not allow for: {listed}"


def _marks(compared: Sequence[ComparedEstimate]) -> dict[str, Any]:
    """Say for each kind of number that carries a mark whether an estimate rests on it."""
    return {
        kind: "yes" if any(getattr(one, kind) for one in compared) else "no"
        for kind in ("unverified", "reconstructed")
    }


def _shared(compared: Sequence[ComparedEstimate]) -> str:
    """Name the trials that stand behind two estimates, empty where there are none."""
    seen: set[str] = set()
    shared: set[str] = set()
    for one in compared:
        shared |= seen & one.trials
        seen |= one.trials
    return ", ".join(sorted(shared))
