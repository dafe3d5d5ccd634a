"""What the pool of an analysis shows: large effects, unlike totals, trials that decide it."""

from collections.abc import Iterator

import numpy as np

from liftproof.analysis.effects import TrialEffect
from liftproof.analysis.estimates import PooledAnalysis
from liftproof.analysis.review_pools import reason_of
from liftproof.analysis.suspicion.places import Suspicion, effect_text
from liftproof.errors import LiftproofError
from liftproof.reviews.model.printed_number import value_of_print
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import Published
from liftproof.reviews.model.settings import Analysis
from liftproof.statistics.influence.leave_one_out import limits_without_each
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.models import INVERSE_VARIANCE

LARGEST_SMD = 3.0
"""A standardised difference beyond it is rare enough to be looked up: mostly an SE for an SD."""
FEWEST_TRIALS = 3
"""Of two trials, each would be left with its own result."""
MOST_TRIALS = 200
"""Of more, no single one is likely to decide, and leaving out each takes long."""
TURNS = "turns_conclusion"
UNKNOWN = "not computed"
"""In the place of the numbers of a search that does not end."""
TOTALS = ("k", "participants", "events")


def large_effects(pooled: PooledAnalysis) -> Iterator[tuple[TrialEffect, Suspicion]]:
    """Yield standardised mean differences that are rarely right."""
    for one in pooled.trials:
        if one.measure == "SMD" and abs(one.y) > LARGEST_SMD:
            yield (
                one,
                Suspicion(
                    rule="smd_large",
                    column="estimate" if one.outcome.estimate is not None else "sd_intervention",
                    wrong=f"a standardised mean difference of {one.y:.3g} is rare",
                    numbers=f"{one.y:.3g}",
                    remedy="look for a standard error in the place of a standard deviation",
                ),
            )


def total_findings(
    review: Review, analysis: Analysis, pooled: PooledAnalysis
) -> Iterator[tuple[Published, Suspicion]]:
    """Yield printed counts of an analysis that its trials do not add up to.

    Not asked where some trials were added later than others: the print is of the earlier ones.
    """
    if len({one.study.added for one in pooled.trials}) > 1:
        return
    for row in review.published:
        is_asked = row.analysis == analysis.id and row.quantity in TOTALS
        if not is_asked or row.blocked or row.see or row.explained:
            continue
        printed, computed = value_of_print(row.printed), getattr(pooled.estimate, row.quantity)
        if printed is not None and computed is not None and printed != computed:
            yield (
                row,
                Suspicion(
                    rule="total_differs",
                    column="printed",
                    wrong=f"the trials of {analysis.id} add up to {computed:g}",
                    numbers=row.printed,
                    remedy="look for a trial left out or counted twice, or say why in explained",
                ),
            )


def turning_trials(pooled: PooledAnalysis) -> Iterator[Suspicion]:
    """Yield the trials without which the interval says something else, in one finding.

    Asked of pools by inverse variance of 3 to 200 trials, each with one effect.
    """
    whole, measure = pooled.estimate, MEASURES[pooled.specification.measure]
    if not measure.has_null or not _can_leave_out(pooled):
        return
    if whole.ci_low is None or whole.ci_high is None:
        return
    try:
        without = _without_each(pooled)
    except (LiftproofError, ArithmeticError) as error:
        yield Suspicion(
            rule=TURNS,
            column="analyses",
            wrong=f"whether a trial decides the conclusion of {whole.analysis} cannot be told: "
            f"without one of them {reason_of(error)}",
            numbers=UNKNOWN,
            remedy="look for a trial far from the others, or choose other methods",
            found=whole.analysis,
        )
        return
    trials = pooled.trials
    side = _side(whole.ci_low, whole.ci_high, measure.no_effect)
    told = []
    for place, one in enumerate(trials):
        ends = without[place]
        if _side(ends[1], ends[2], measure.no_effect) != side:
            told.append(f"{one.study.study} {effect_text(*ends)}")
    if told:
        own = effect_text(whole.estimate, whole.ci_low, whole.ci_high)
        yield Suspicion(
            rule=TURNS,
            column="analyses",
            wrong=f"the conclusion of {whole.analysis}, {own}, is another one without "
            f"{' or without '.join(told)}",
            numbers=f"{own}; {'; '.join(told)}",
            remedy="look at these trials first, and tell the reader",
            found=whole.analysis,
        )


def _without_each(pooled: PooledAnalysis) -> list[list[float]]:
    """Return estimate and limits without each trial, natural scale."""
    asked = pooled.specification
    natural = MEASURES[asked.measure].natural
    without = limits_without_each(
        np.array([one.y for one in pooled.trials]),
        np.array([one.v for one in pooled.trials]),
        tau2=asked.tau2,
        interval=asked.interval,
        level=asked.level,
    )
    return [[natural(float(end)) for end in ends] for ends in zip(*without, strict=True)]


def _can_leave_out(pooled: PooledAnalysis) -> bool:
    trials = pooled.trials
    return (
        pooled.specification.model == INVERSE_VARIANCE
        and FEWEST_TRIALS <= len(trials) <= MOST_TRIALS
        and len({one.study.study for one in trials}) == len(trials)
    )


def _side(low: float, high: float, none: float) -> int:
    """Return on which side of no effect an interval lies; 0 where it holds no effect."""
    return (low > none) - (high < none)
