"""What the diagnostics of one analysis are computed from."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from liftproof.analysis.arms import arm_total
from liftproof.analysis.effects import TrialEffect
from liftproof.errors import InputError
from liftproof.reviews.records import Outcome
from liftproof.reviews.results import GROUPS
from liftproof.reviews.settings import Analysis

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """The pooled trials of one analysis; arrays have shape (k,).

    ``y``, ``v``: analysis scale. ``years``: of publication. ``numbers``: events and participants
    of both arms, NaN where a trial's effect is not computed from them. ``baseline_risk``: events
    over participants of the control arms that give both, NaN where none does.
    """

    analysis: Analysis
    studies: tuple[str, ...]
    y: Array
    v: Array
    years: Array
    numbers: dict[str, Array]
    baseline_risk: float

    def counts(self) -> tuple[Array, Array, Array, Array]:
        """Return events and participants, intervention first.

        Raises InputError where a trial's effect is not from its counts.
        """
        arms = [self.numbers[name] for name in GROUPS["counts"]]
        if not np.isfinite(arms).all():
            raise InputError("It needs events and participants of both arms from every trial.")
        a, n1, c, n2 = arms
        return a, n1, c, n2


def material(analysis: Analysis, effects: Sequence[TrialEffect]) -> Material:
    """Gather what the effects that enter an analysis hold."""
    return Material(
        analysis=analysis,
        studies=tuple(effect.study.study for effect in effects),
        y=np.array([effect.y for effect in effects]),
        v=np.array([effect.v for effect in effects]),
        years=np.array([effect.study.year for effect in effects], dtype=float),
        numbers={
            name: np.array([_count(effect, name) for effect in effects])
            for name in GROUPS["counts"]
        },
        baseline_risk=_baseline_risk([effect.outcome for effect in effects]),
    )


def _baseline_risk(outcomes: Sequence[Outcome]) -> float:
    known = [row for row in outcomes if None not in (row.events_control, row.n_control)]
    events, participants = (arm_total(known, name) for name in ("events_control", "n_control"))
    return events / participants if events is not None and participants else np.nan


def _count(effect: TrialEffect, name: str) -> float:
    """Return a count of a trial whose effect was computed from its counts, else NaN."""
    value = getattr(effect.outcome, name)
    return float(value) if effect.source == "counts" and value is not None else np.nan
