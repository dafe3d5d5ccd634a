"""Second opinions on everything that a review's results hold."""

from collections.abc import Sequence

import numpy as np

from liftproof.engines.compare import agree, second_opinions
from liftproof.reviews.model.effect_sources import GROUPS
from liftproof.rows.result_rows import EffectRow, EngineRow, EstimateRow, SubgroupRow

ARMS = GROUPS["counts"]
"""The columns with events and people, intervention first."""


def all_second_opinions(
    estimates: Sequence[EstimateRow],
    subgroups: Sequence[SubgroupRow],
    effects: Sequence[EffectRow],
    level: float,
) -> list[EngineRow]:
    """Ask every engine for every pooled estimate, subgroups too; one row an estimate and engine.

    ``level``: that of the review's limits.
    Raises EnginesDisagreeError, with all numbers, if any differs by more than it may.
    """
    pooled = [row for row in (*estimates, *subgroups) if row.k]
    rows = [row for estimate in pooled for row in _opinions(estimate, effects, level)]
    agree(rows, pooled)
    return rows


def _opinions(estimate: EstimateRow, effects: Sequence[EffectRow], level: float) -> list[EngineRow]:
    used = [row for row in effects if _enters(row, estimate)]
    y = np.array([row.y for row in used], dtype=float)
    v = np.array([row.v for row in used], dtype=float)
    arms = [np.array([getattr(row, name) for row in used], dtype=float) for name in ARMS]
    studies = [row.study for row in used]
    return second_opinions(estimate, y, v, studies=studies, arms=arms, level=level)


def _enters(effect: EffectRow, estimate: EstimateRow) -> bool:
    """Say whether an effect was pooled in an estimate, of an analysis or of a subgroup."""
    if effect.left_out or effect.analysis != estimate.analysis:
        return False
    return not isinstance(estimate, SubgroupRow) or effect.subgroup == estimate.subgroup
