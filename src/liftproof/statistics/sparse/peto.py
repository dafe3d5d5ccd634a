"""Peto's one-step odds ratio."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics.blocks import in_blocks
from liftproof.statistics.checks import require
from liftproof.statistics.effects.checked_arms import table_of
from liftproof.statistics.effects.two_arm_tables import ZeroCells
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.sparse.common_effect import CommonEffect, with_tests
from liftproof.statistics.sparse.switches import Additions, LeftOut, Where, both_rules


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Peto(CommonEffect):
    """Log odds ratios by Peto's method, see :class:`CommonEffect`.

    A trial without a variance does not enter Q.
    """


@of_one_index
@in_blocks()
def peto(
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
    *,
    pooling: ZeroCells | None = None,
    add: Additions = None,
    to: Where = None,
    drop00: LeftOut = None,
    level: float = 0.95,
) -> Peto:
    """Return Σ(O - E)/ΣV, variance 1/ΣV; Q = Σ(O - E)²/V - (Σ(O - E))²/ΣV.

    O = a, E = n₁m/N, V = n₁n₂m(N - m)/(N²(N - 1)), m = a + c. Close to the odds ratio where it
    is near 1 and arms are of like size, else biased towards 1. Trials in which nobody, or
    everybody, had an event have V = 0 and no part. Counts (..., k). ``add``, ``to`` and ``drop00``:
    as for Mantel-Haenszel; only the second value of each, for the pool, has a use here, as in
    metafor. ``pooling`` says the same as a rule. Raises InputError.

    Source: Yusuf et al. 1985, Prog Cardiovasc Dis 27, 335-371. metafor: ``rma.peto(ai, n1i=, ci,
    n2i=)``. meta: ``metabin(method="Peto")``.

    >>> pooled = peto([4, 6, 0], [123, 306, 50], [11, 29, 0], [139, 303, 50])
    >>> round(float(pooled.estimate), 6), round(float(pooled.se), 6), int(pooled.k_q)
    (-1.240086, 0.291159, 2)
    """
    raw = table_of(events_intervention, n_intervention, events_control, n_control)
    _, for_pool = both_rules(None, pooling, add, to, drop00)
    table = raw.treated(for_pool)
    n = np.where(table.kept, table.n, 2.0)
    require(n > 1, n, "A trial must have more than one participant")
    distance = table.a - table.n1 * table.events / n
    v = (table.n1 / n) * (table.n2 / n) * table.events * (table.b + table.d) / (n - 1)
    total = v.sum(axis=-1)
    require(total > 0, total, "Peto's method needs a trial with some, not only, events: ΣV > 0")
    estimate = distance.sum(axis=-1) / total
    single = np.divide(distance, v, out=np.zeros_like(v), where=v > 0)
    residuals = single - estimate[..., None]
    q = np.asarray((v * residuals**2).sum(axis=-1))[()]
    k_q = np.asarray((v > 0).sum(axis=-1))[()]
    return with_tests(Peto, "OR", estimate, 1 / total, v, (q, k_q), level)
