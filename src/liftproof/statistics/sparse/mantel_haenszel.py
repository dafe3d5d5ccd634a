"""Mantel-Haenszel estimates of a common effect.

Each pools the counts, not the trials' effects, so that trials with an empty cell need no addition.
A trial without events in either arm has weight 0 for a ratio and adds to the denominator of a
difference. All work on any number of data sets at once.
"""

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics.blocks import in_blocks
from liftproof.statistics.checks import Array, choose
from liftproof.statistics.effects.checked_arms import table_of
from liftproof.statistics.effects.counts import log_odds_ratios, log_risk_ratios, risk_differences
from liftproof.statistics.effects.two_arm_tables import Table, ZeroCells
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.sparse.mantel_haenszel_result import (
    MantelHaenszel,
    pooled_result,
    require_both_sides,
    require_trials,
)
from liftproof.statistics.sparse.switches import Additions, LeftOut, Where, both_rules
from liftproof.statistics.sparse.variances import (
    RISK_DIFFERENCE_VARIANCES,
    greenland_robins_risk_ratio,
    robins_breslow_greenland,
)


@of_one_index
@in_blocks()
def odds_ratio(
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
    *,
    effects: ZeroCells | None = None,
    pooling: ZeroCells | None = None,
    add: Additions = None,
    to: Where = None,
    drop00: LeftOut = None,
    level: float = 0.95,
) -> MantelHaenszel:
    """Return ln Σ(ad/N)/Σ(bc/N), with the variance of Robins, Breslow and Greenland.

    Counts (..., k). ``add``, ``to`` and ``drop00`` say what is done about empty cells, as in
    metafor: one value for the effects, from which Q is, or two, the second for the pool, by default
    (1/2, 0), (only0, none) and (true, false). ``effects`` and ``pooling`` say the same as rules.
    Raises InputError, also where no trial bounds the ratio on one side.

    Source: Mantel & Haenszel 1959, J Natl Cancer Inst 22, 719-748; Robins, Breslow & Greenland
    1986, Biometrics 42, 311-323. metafor: ``rma.mh(measure="OR", add=c(1/2, 0), to=c("only0",
    "none"))``.

    >>> pooled = odds_ratio([4, 6, 0], [123, 306, 50], [11, 29, 2], [139, 303, 50])
    >>> round(float(pooled.estimate), 6), round(float(pooled.se), 6)
    (-1.472065, 0.357694)
    """
    raw = table_of(events_intervention, n_intervention, events_control, n_control)
    for_effects, for_pool = both_rules(effects, pooling, add, to, drop00)
    table = raw.treated(for_pool)
    n = np.where(table.kept, table.n, 1.0)
    r, s = table.a * table.d / n, table.b * table.c / n
    require_both_sides(r, s, "odds ratio")
    estimate = np.log(r.sum(axis=-1) / s.sum(axis=-1))
    variance = robins_breslow_greenland(r, s, (table.a + table.d) / n)
    single = log_odds_ratios(raw.treated(for_effects))
    return pooled_result("OR", estimate, variance, s, single, level)


@of_one_index
@in_blocks()
def risk_ratio(
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
    *,
    effects: ZeroCells | None = None,
    pooling: ZeroCells | None = None,
    add: Additions = None,
    to: Where = None,
    drop00: LeftOut = None,
    level: float = 0.95,
) -> MantelHaenszel:
    """Return ln Σ(a n₂/N)/Σ(c n₁/N), with the variance of Greenland and Robins.

    Arguments and errors as for :func:`odds_ratio`.

    Source: Greenland & Robins 1985, Biometrics 41, 55-68. metafor: ``rma.mh(measure="RR",
    add=c(1/2, 0), to=c("only0", "none"))``.

    >>> pooled = risk_ratio([4, 6, 0], [123, 306, 50], [11, 29, 2], [139, 303, 50])
    >>> round(float(pooled.estimate), 6), round(float(pooled.se), 6)
    (-1.401167, 0.343999)
    """
    raw = table_of(events_intervention, n_intervention, events_control, n_control)
    for_effects, for_pool = both_rules(effects, pooling, add, to, drop00)
    table = raw.treated(for_pool)
    n = np.where(table.kept, table.n, 1.0)
    r, s = table.a * table.n2 / n, table.c * table.n1 / n
    require_both_sides(r, s, "risk ratio")
    estimate = np.log(r.sum(axis=-1) / s.sum(axis=-1))
    variance = greenland_robins_risk_ratio(table, r, s)
    single = log_risk_ratios(raw.treated(for_effects))
    return pooled_result("RR", estimate, variance, s, single, level)


@of_one_index
@in_blocks()
def risk_difference(
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
    *,
    variance: str = "sato",
    raw_risks: bool = False,
    effects: ZeroCells | None = None,
    pooling: ZeroCells | None = None,
    add: Additions = None,
    to: Where = None,
    drop00: LeftOut = None,
    level: float = 0.95,
) -> MantelHaenszel:
    """Return Σ(a n₂/N - c n₁/N)/Σ(n₁n₂/N), with the ``variance`` of that name.

    ``sato`` (metafor) holds for few large and for many small trials; ``greenland_robins`` (meta,
    RevMan, Stata's metan) for large ones. ``raw_risks``: whether ``pooling`` adds to the cells of
    weights and variance only, and not to those of the risks, as meta does. Other arguments and
    errors as for :func:`odds_ratio`.

    Source: Sato, Greenland & Robins 1989, Biometrics 45, 1323-1324; Greenland & Robins 1985,
    Biometrics 41, 55-68. metafor: ``rma.mh(measure="RD", add=c(1/2, 0), to=c("only0", "none"))``.
    meta: ``metabin(sm="RD", method="MH")`` is ``greenland_robins`` with ``raw_risks``, 1/2 added
    to trials with an empty cell.

    >>> pooled = risk_difference([4, 6, 0], [123, 306, 50], [11, 29, 2], [139, 303, 50])
    >>> round(float(pooled.estimate), 6), round(float(pooled.se), 6)
    (-0.064446, 0.014208)
    """
    raw = table_of(events_intervention, n_intervention, events_control, n_control)
    for_effects, for_pool = both_rules(effects, pooling, add, to, drop00)
    table = raw.treated(for_pool)
    n = np.where(table.kept, table.n, 1.0)
    weights = table.n1 * table.n2 / n
    require_trials(weights)
    total = weights.sum(axis=-1)
    risks = raw if raw_risks else table
    estimate = (weights * _differences(risks)).sum(axis=-1) / total
    spread = choose(RISK_DIFFERENCE_VARIANCES, variance, "variance")(table, estimate)
    single = risk_differences(raw.treated(for_effects))
    return pooled_result("RD", estimate, spread, weights, single, level)


def _differences(table: Table) -> Array:
    """Return a/n₁ - c/n₂, 0 for trials left out."""
    n1, n2 = (np.where(table.kept, values, 1.0) for values in (table.n1, table.n2))
    return np.asarray(table.a / n1 - table.c / n2)
