"""The rounding floor: can rows that round to the printed ones give the printed pool at all?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from liftproof.analysis.audit.audited_pool import AuditedPool
from liftproof.analysis.audit.audited_trial import source_for
from liftproof.analysis.audit.trial_boxes import box_of
from liftproof.analysis.causes.question import read_print
from liftproof.reviews.model.printed_number import HALF_A_DIGIT, Printed
from liftproof.rows.audit_rows import FloorRow
from liftproof.statistics.checks import Array
from liftproof.statistics.combinations import pool_combinations
from liftproof.statistics.distributions import critical_value
from liftproof.statistics.printed.pool_bounds import (
    PoolBounds,
    TrialBox,
    common_effect_bounds,
    dersimonian_laird_bounds,
)
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.models import INVERSE_VARIANCE

PRINTS = ("estimate", "ci_low", "ci_high")
ROUNDS = 12
"""Times that the search draws anew about the best set of rows."""
DRAWS = 512
"""Sets of rows a round."""
SHRINK = 0.6
"""By how much each round draws nearer to the best set."""
SEED = 20181
"""Fixed, so that the same file gives the same answer."""
SLACK = 1e-9
"""Relative room for binary arithmetic where a bound just touches a print."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """``lowest``, ``highest``: estimates met, natural scale. ``gives``: whether all prints came."""

    gives: bool
    lowest: float
    highest: float
    sets: int


def floor_rows(pools: Sequence[AuditedPool]) -> tuple[FloorRow, ...]:
    """Return the floor of each pool that has one: see :func:`floor_row`."""
    return tuple(row for row in map(floor_row, pools) if row)


def floor_row(pool: AuditedPool) -> FloorRow | None:
    """Return whether any rows within the printed digits give the printed pool.

    None for a pool without an estimate, and where all rows are counts, which have no rounding.
    By interval arithmetic for a common effect and for DerSimonian and Laird (Wald's limits), which
    proves that none do; else, and to find some that do, by a search.
    """
    record = pool.row.record
    prints = {name: read_print(pool.row.cell(name)) for name in PRINTS if pool.row.cell(name)}
    is_exact = all(source_for(row, record.measure) == "counts" for row in pool.trials)
    if "estimate" not in prints or is_exact or pool.pooled is None:
        return None
    box = box_of(pool.trials, record.measure) if _can_ask(pool) else None
    if box is None:
        return _row(pool, "not_asked")
    bounds = _bounds(pool, box)
    beyond = _beyond(prints, bounds, pool) if bounds else ()
    if beyond:
        return _row(pool, "outside", bounds=bounds, beyond=beyond)
    search = _search(box, prints, pool)
    return _row(pool, "within" if search.gives else "not_found", bounds=bounds, search=search)


def _can_ask(pool: AuditedPool) -> bool:
    return pool.analysis.model == INVERSE_VARIANCE and len(pool.trials) > 1


def _bounds(pool: AuditedPool, box: TrialBox) -> PoolBounds | None:
    """Return the bounds of the pool, None where only a search can tell."""
    known = {"FE": common_effect_bounds, "DL": dersimonian_laird_bounds}
    if pool.analysis.tau2 not in known or pool.analysis.interval != "wald":
        return None
    return known[pool.analysis.tau2](box, float(critical_value(pool.analysis.level)))


def _beyond(prints: dict[str, Printed], bounds: PoolBounds, pool: AuditedPool) -> tuple[str, ...]:
    """Return the prints that lie outside their bounds, whatever they round."""
    natural = MEASURES[pool.analysis.measure].natural
    found = []
    for name, number in prints.items():
        low, high = (natural(end) for end in getattr(bounds, name))
        room = HALF_A_DIGIT * number.unit + SLACK * max(abs(low), abs(high))
        if not low - room <= number.value <= high + room:
            found.append(name)
    return tuple(found)


def _search(box: TrialBox, prints: dict[str, Printed], pool: AuditedPool) -> Search:
    """Draw sets of rows in the box, ever nearer to the set whose pool comes nearest the prints."""
    rng = np.random.default_rng(SEED)
    low = np.concatenate([box.y_low, np.sqrt(box.v_low)])
    high = np.concatenate([box.y_high, np.sqrt(box.v_high)])
    best, off, width = (low + high) / 2, np.inf, 1.0
    lowest, highest, sets = np.inf, -np.inf, 0
    for _ in range(ROUNDS):
        spread = rng.uniform(-1, 1, (DRAWS, len(low))) * (high - low) * width
        rows = np.clip(np.vstack([best, best + spread]), low, high)
        pools = _pooled(rows, pool)
        lowest, highest = min(lowest, pools[0].min()), max(highest, pools[0].max())
        misses = _misses(pools, prints)
        place, sets = int(misses.argmin()), sets + len(rows)
        if misses[place] < off:
            best, off = rows[place], float(misses[place])
        if off <= 1:
            break
        width *= SHRINK
    return Search(gives=off <= 1, lowest=float(lowest), highest=float(highest), sets=sets)


def _pooled(rows: Array, pool: AuditedPool) -> Array:
    """Return estimate and limits, natural scale, of each set of effects and errors; (3, n)."""
    k = rows.shape[1] // 2
    picks = np.repeat(np.arange(len(rows))[:, None], k, axis=1)
    found = pool_combinations(
        rows[:, :k].T,
        rows[:, k:].T ** 2,
        picks,
        tau2=pool.analysis.tau2,
        intervals=(pool.analysis.interval,),
        level=pool.analysis.level,
    )
    numbers = np.stack([found.estimate, found.ci_low[0], found.ci_high[0]])
    return np.exp(numbers) if MEASURES[pool.analysis.measure].is_log else numbers


def _misses(pools: Array, prints: dict[str, Printed]) -> Array:
    """Return of each pool how far its worst number lies from its print, in halves of a digit."""
    each = [
        np.abs(pools[PRINTS.index(name)] - number.value) / (HALF_A_DIGIT * number.unit)
        for name, number in prints.items()
    ]
    return np.asarray(np.max(each, axis=0))


def _row(
    pool: AuditedPool,
    finding: str,
    *,
    bounds: PoolBounds | None = None,
    beyond: tuple[str, ...] = (),
    search: Search | None = None,
) -> FloorRow:
    natural = MEASURES[pool.analysis.measure].natural
    ends: tuple[float | None, float | None] = (None, None)
    if bounds:
        ends = natural(bounds.estimate[0]), natural(bounds.estimate[1])
    elif search:
        ends = search.lowest, search.highest
    analysis = pool.analysis
    return FloorRow(
        line=pool.row.line,
        label=pool.row.record.label,
        method=f"{analysis.tau2}, {analysis.interval}",
        finding=finding,
        beyond="; ".join(beyond),
        estimate_low=ends[0],
        estimate_high=ends[1],
        is_proved="yes" if bounds else "no",
        searched=search.sets if search else 0,
    )
