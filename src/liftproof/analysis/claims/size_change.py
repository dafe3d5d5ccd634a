"""What would change whether an interval shows the size that a claim asks for."""

from dataclasses import dataclass

import numpy as np

from liftproof.analysis.claims.better_side import is_no_better, worse_limit
from liftproof.analysis.claims.pooled_claim import PooledClaim
from liftproof.reviews.model.claim import Claim
from liftproof.statistics.accumulation import next_trials
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.models import INVERSE_VARIANCE


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeChange:
    """The next trials that change whether the interval excludes a size, the threshold.

    ``is_shown``: whether it does so far, on the better side. ``effect``: what each trial put in
    finds, natural scale: what the pool finds where the size is not shown, else no effect.
    ``trials``: the fewest trials of the median variance that change it; ``size``: the smallest
    single trial that does, in the information of the median one. None where none tried does.
    """

    threshold: float
    is_shown: bool
    effect: float
    trials: int | None
    size: float | None


def size_change(claim: Claim, of: PooledClaim | None) -> SizeChange | None:
    """Return what would change whether the interval shows the size that a claim asks for.

    None where it asks for none but some effect, where the estimate itself falls short of the size,
    and where the analysis is not of several trials pooled by inverse variance.
    """
    if of is None or claim.point is None or len(of.effects) == 1:
        return None
    threshold, measure = claim.point.threshold, MEASURES[of.specification.measure]
    limit = worse_limit(of.estimate.ci_low, of.estimate.ci_high, of.better)
    is_some = threshold == measure.no_effect
    if is_some or limit is None or of.specification.model != INVERSE_VARIANCE:
        return None
    if of.estimate.estimate is None or is_no_better(of.estimate.estimate, threshold, of.better):
        return None
    is_shown = not is_no_better(limit, threshold, of.better)
    bound, pooled = of.at(threshold), of.at(of.estimate.estimate)
    effect = of.at(measure.no_effect) if is_shown else pooled
    # a pool of effects less the bound excludes 0 where that of the effects excludes the bound
    found = next_trials(
        np.array([each.y for each in of.effects]) - bound,
        [each.v for each in of.effects],
        effect - bound,
        tau2=of.specification.tau2,
        interval=of.specification.interval,
        level=of.specification.level,
    )
    return SizeChange(
        threshold=threshold,
        is_shown=is_shown,
        effect=measure.no_effect if is_shown else of.estimate.estimate,
        trials=int(found.trials) if np.isfinite(found.trials) else None,
        size=found.size if np.isfinite(found.size) else None,
    )
