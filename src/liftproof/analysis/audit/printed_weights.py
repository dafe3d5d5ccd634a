"""Printed weights: which method gives them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from liftproof.analysis.audit.audited_pool import AuditedPool, method_name
from liftproof.analysis.audit.interval_rules import finding
from liftproof.analysis.causes.question import read_print
from liftproof.analysis.estimates import pool_effects
from liftproof.errors import LiftproofError
from liftproof.reviews.model.printed_number import HALF_A_DIGIT, Printed
from liftproof.rows.audit_rows import AuditFindingRow, WeightsRow
from liftproof.statistics.checks import Array
from liftproof.vocabulary.estimators import ESTIMATORS
from liftproof.vocabulary.models import INVERSE_VARIANCE

PERCENT = 100.0
NEARLY = 5.0
"""Percentage points by which weights may miss 100 and still be meant to be all of one pool."""
FEW = 1 / 4
"""Share of a pool's weights up to which those that a method does not give are told."""
OF_COUNTS = ("MH", "Peto")
UNWEIGHTED, BY_SIZE, PRINTED_TAU2 = "equal", "participants", "printed_tau2"


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightSet:
    """The weights of one method, percent, one a trial; ``room``: half digits they may miss by."""

    method: str
    weights: Array
    room: float = 1.0


def weights_rows(pools: Sequence[AuditedPool]) -> Iterator[WeightsRow]:
    """Yield which methods give the printed weights, of each pool that they can be of.

    Those are the pool of all trials, and subgroups whose weights are percent of themselves; all
    subgroups where there is no pool of all.
    """
    has_whole = any(not pool.row.record.subgroup for pool in pools)
    for pool in pools:
        own = not (pool.row.record.subgroup and has_whole)
        if pool.pooled is not None and _has_all(pool) and (own or adds_up(pool)):
            yield _weights_row(pool)


def weight_findings(pools: Sequence[AuditedPool]) -> Iterator[AuditFindingRow]:
    """Yield the few weights that a method does not give which gives all the others of its pool."""
    by_line = {pool.row.line: pool for pool in pools}
    for row in weights_rows(pools):
        lines = [int(line) for line in row.off.split("; ") if line]
        trials = by_line[row.line].trials
        if 0 < len(lines) <= FEW * len(trials):
            for trial in (one for one in trials if one.line in lines):
                numbers = {"weight": trial.cell("weight"), "method": row.nearest}
                yield finding("weight_off", trial, "weight", numbers)


def _has_all(pool: AuditedPool) -> bool:
    """Say whether every trial has a weight, and enters the pool."""
    enter = 0 if pool.pooled is None else len(pool.pooled.trials)
    return all(row.record.weight for row in pool.trials) and enter == len(pool.trials)


def _weights_row(pool: AuditedPool) -> WeightsRow:
    prints = [read_print(row.cell("weight")) for row in pool.trials]
    sets = [_scaled(one, prints, is_exact=_is_exact(pool)) for one in _sets(pool)]
    fits = [one.method for one in sets if not _off(one, prints)]
    nearest = min(sets, key=lambda one: (len(_off(one, prints)), _farthest(one, prints)))
    return WeightsRow(
        line=pool.row.line,
        label=pool.row.record.label,
        fits="; ".join(fits),
        tried=len(sets),
        nearest=nearest.method,
        farthest=_farthest(nearest, prints),
        off="; ".join(str(pool.trials[place].line) for place in _off(nearest, prints)),
    )


def adds_up(pool: AuditedPool) -> bool:
    """Say whether the weights printed of a pool's trials add up to about 100 %."""
    prints = [read_print(cell) for row in pool.trials for cell in [row.cell("weight")] if cell]
    room = max(NEARLY, HALF_A_DIGIT * sum(one.unit for one in prints))
    whole = len(prints) == len(pool.trials)
    return whole and abs(sum(one.value for one in prints) - PERCENT) <= room


def weight_sum_findings(pools: Sequence[AuditedPool]) -> Iterator[AuditFindingRow]:
    """Yield pools whose printed weights do not add up to 100 %, within their rounding.

    Weights may be percent of the whole plot or of each subgroup: either will do.
    """
    known = [pool for pool in pools if all(row.record.weight is not None for row in pool.trials)]
    whole = [pool for pool in known if not pool.row.record.subgroup]
    groups = [pool for pool in known if pool.row.record.subgroup]
    if whole and groups and all(map(_is_exact, groups)):
        return
    for pool in whole or groups:
        if not _is_exact(pool):
            total = sum(row.record.weight or 0.0 for row in pool.trials)
            numbers = {"sum": f"{total:.6g}", "k": str(len(pool.trials))}
            yield finding("weights_sum", pool.row, "weight", numbers)


def _is_exact(pool: AuditedPool) -> bool:
    """Say whether printed weights add up to 100 % as far as their rounding tells."""
    prints = [read_print(row.cell("weight")) for row in pool.trials]
    room = HALF_A_DIGIT * sum(one.unit for one in prints)
    return abs(sum(one.value for one in prints) - PERCENT) <= room


def _sets(pool: AuditedPool) -> Iterator[WeightSet]:
    """Yield the weights by each estimator of τ², by models of counts, and by what is simpler."""
    if pool.pooled is None:
        return
    trials, base = pool.pooled.trials, pool.pooled.specification
    methods = (*((INVERSE_VARIANCE, code) for code in ESTIMATORS), *((m, "FE") for m in OF_COUNTS))
    for model, tau2 in methods:
        specification = replace(base, interval="wald", model=model, tau2=tau2)
        try:
            pooled = pool_effects(trials, specification)
        except LiftproofError:
            continue
        if pooled is not None and np.isfinite(pooled.weights).all():
            name = method_name(model, tau2)
            yield WeightSet(method=name, weights=np.asarray(pooled.weights))
    v = np.array([trial.v for trial in trials])
    if pool.row.record.tau2 is not None:
        yield WeightSet(method=PRINTED_TAU2, weights=_shares(1 / (v + pool.row.record.tau2)))
    yield WeightSet(method=UNWEIGHTED, weights=_shares(np.ones(len(v))))
    sizes = [(row.record.n_intervention, row.record.n_control) for row in pool.trials]
    if all(a is not None and b is not None for a, b in sizes):
        people = np.array([float((a or 0) + (b or 0)) for a, b in sizes])
        yield WeightSet(method=BY_SIZE, weights=_shares(people))


def _shares(weights: Array) -> Array:
    return np.asarray(PERCENT * weights / weights.sum())


def _scaled(one: WeightSet, prints: Sequence[Printed], *, is_exact: bool) -> WeightSet:
    """Return weights on the scale of prints that do not add up to 100 %: by the median ratio.

    That of one print is rounded, so that the others may then miss by a whole digit.
    """
    if is_exact:
        return one
    counted = one.weights > 0
    printed = np.array([number.value for number in prints])
    scale = float(np.median(printed[counted] / one.weights[counted]))
    return replace(one, weights=one.weights * scale, room=2.0)


def _off(one: WeightSet, prints: Sequence[Printed]) -> list[int]:
    """Return the places of the printed weights that a method does not give."""
    return [
        place
        for place, (weight, number) in enumerate(zip(one.weights, prints, strict=True))
        if abs(weight - number.value) > one.room * HALF_A_DIGIT * number.unit
    ]


def _farthest(one: WeightSet, prints: Sequence[Printed]) -> float:
    return float(np.abs(one.weights - np.array([number.value for number in prints])).max())
