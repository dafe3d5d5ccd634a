"""Standard deviations that look like standard errors, and the pool if they are."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from liftproof.analysis.effects import trial_effects
from liftproof.analysis.estimates import PooledAnalysis, pool_effects
from liftproof.analysis.suspicion.places import Suspicion, effect_text
from liftproof.errors import LiftproofError
from liftproof.reviews.model.review_tables import Outcome
from liftproof.reviews.model.settings import Analysis
from liftproof.statistics.printed.standard_errors import looks_like_se, median_of_others
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.sources import OF_MEANS

SD_LIKE_SE = "sd_like_se"
ARMS = ("intervention", "control")
WHENS = ("", "pre_")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispersion:
    """The dispersion of a result: medians over its arms, before and after where it has both."""

    outcome: Outcome
    sd: float
    people: float


def se_findings(
    analysis: Analysis, pooled: PooledAnalysis, told: Collection[int]
) -> Iterator[tuple[Outcome, Suspicion]]:
    """Yield results of an analysis whose deviations are standard errors by the others' measure.

    ``told``: lines of results that need not be told any more.
    """
    rows = [one.outcome for one in pooled.trials if one.source in OF_MEANS]
    found = dispersions(rows, is_relative=analysis.measure == "SMD")
    if not found:
        return
    looks = looks_like_se(
        np.array([one.sd for one in found]), np.array([one.people for one in found])
    )
    changed: dict[str, str] = {}
    for place in np.flatnonzero(looks):
        if found[place].outcome.line in told:
            continue
        usual = float(median_of_others(np.array([one.sd for one in found]))[place])
        row = found[place].outcome
        if row.study not in changed:
            changed[row.study] = _pool_if(analysis, pooled, row.study)
        yield row, _suspicion(analysis, found[place], usual, changed[row.study])


def dispersions(rows: Sequence[Outcome], *, is_relative: bool) -> list[Dispersion]:
    """Return the dispersion of each result, relative to its means where units differ.

    None where means are not all above 0: a ratio to them would mean nothing.
    """
    found = []
    for row in rows:
        cells = list(_cells(row))
        if not cells or (is_relative and any(mean <= 0 for mean, _, _ in cells)):
            return []
        sds = [sd / mean if is_relative else sd for mean, sd, _ in cells]
        people = float(np.median([n for _, _, n in cells]))
        found.append(Dispersion(outcome=row, sd=float(np.median(sds)), people=people))
    return found


def _cells(row: Outcome) -> Iterator[tuple[float, float, float]]:
    for arm in ARMS:
        for when in WHENS:
            names = (f"mean_{when}{arm}", f"sd_{when}{arm}", f"n_{arm}")
            mean, sd, n = (getattr(row, name) for name in names)
            if mean is not None and sd and n:
                yield mean, sd, n


def _suspicion(analysis: Analysis, one: Dispersion, usual: float, pool_if: str) -> Suspicion:
    ratio = usual / one.sd
    told = [f"{name} {getattr(one.outcome, name):g}" for name in _names(one.outcome)]
    return Suspicion(
        rule=SD_LIKE_SE,
        column=_names(one.outcome)[0],
        wrong=f"the standard deviations look like standard errors: {ratio:.2g} times below those "
        f"of {analysis.id}, and √n is {one.people**0.5:.2g}{pool_if}",
        numbers="; ".join(told),
        remedy="look in the paper for SD, SE, SEM or ±; standard errors belong in se_intervention "
        "and se_control",
    )


def _names(row: Outcome) -> list[str]:
    names = [f"sd_{when}{arm}" for when in WHENS for arm in ARMS]
    return [name for name in names if getattr(row, name) is not None]


def _pool_if(analysis: Analysis, pooled: PooledAnalysis, study: str) -> str:
    """Return the pool as it is, and if the deviations of a trial are standard errors."""
    rows = [
        (one.study, _of_errors(one.outcome) if one.study.study == study else one.outcome)
        for one in pooled.trials
    ]
    try:
        changed = pool_effects(trial_effects(rows, analysis), pooled.specification)
    except (LiftproofError, ArithmeticError):
        return ""
    if changed is None:
        return ""
    natural, whole = MEASURES[analysis.measure].natural, pooled.estimate
    ends = [natural(float(end)) for end in (changed.estimate, changed.ci_low, changed.ci_high)]
    was = effect_text(whole.estimate, whole.ci_low, whole.ci_high)
    return f"; the pool is {was}, and {effect_text(*ends)} if those of {study} are"


def _of_errors(row: Outcome) -> Outcome:
    """Return a result whose standard deviations are √n times those in its cells."""
    changed = {
        name: getattr(row, name) * getattr(row, f"n_{arm}") ** 0.5
        for arm in ARMS
        for when in WHENS
        for name in [f"sd_{when}{arm}"]
        if getattr(row, name) is not None and getattr(row, f"n_{arm}")
    }
    return replace(row, **changed)
