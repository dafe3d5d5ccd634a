"""What the diagnostics of one analysis are computed from."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from liftproof.analysis.arm_totals import arm_total
from liftproof.analysis.effects import TrialEffect
from liftproof.analysis.estimates import PooledAnalysis
from liftproof.analysis.pool_result import PoolResult
from liftproof.analysis.specification import Specification
from liftproof.errors import InputError
from liftproof.reviews.model.directions import LOWER
from liftproof.reviews.model.effect_sources import GROUPS
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.models import INVERSE_VARIANCE

Array = NDArray[np.float64]
Refit = TypeVar("Refit")


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledTrials:
    """The pooled effects of one analysis; arrays have shape (k,).

    ``studies``: key of each effect's trial, followed by outcome and arm where a trial has several.
    ``y``, ``v``: analysis scale. ``pooled``: by the analysis's own model. ``dates``: of addition
    where all trials have one, else years of publication; ``dated`` says which. ``sizes``:
    participants of both arms over the design effect, NaN where not known. ``baseline_risk``: events
    over participants of the control arms that give both, NaN where none does; ``baselines``: how
    many effects do. ``better``: which values of the pooled effect are. ``left_out``: by key as in
    ``studies``, what the analysis chooses and does not pool.
    """

    specification: Specification
    effects: tuple[TrialEffect, ...]
    studies: tuple[str, ...]
    y: Array
    v: Array
    pooled: PoolResult
    dates: NDArray[np.str_]
    dated: str
    sizes: Array
    baseline_risk: float
    baselines: int
    better: str = LOWER
    left_out: Mapping[str, TrialEffect] = field(default_factory=dict)

    @property
    def is_log(self) -> bool:
        """Whether effects are logarithms of ratios."""
        return MEASURES[self.specification.measure].is_ratio

    @property
    def level(self) -> float:
        """Of all limits."""
        return self.specification.level

    def inverse_variance(self) -> Specification:
        """Return the choices of the analysis, which a method shares.

        Raises InputError where it is pooled otherwise: numbers would be those of another model.
        """
        model = self.specification.model
        if model != INVERSE_VARIANCE:
            raise InputError(f"It is for inverse variance only; the analysis is pooled by {model}.")
        return self.specification

    def refitted(self, refit: Callable[..., Refit], **options: Any) -> Refit:
        """Return what a method finds that pools anew by the choices of the analysis.

        ``options``: what it is called with besides.
        """
        asked = self.inverse_variance()
        return refit(self.y, self.v, tau2=asked.tau2, interval=asked.interval, **options)

    def counts(self) -> tuple[Array, ...]:
        """Return events and participants, intervention first.

        Raises InputError where a trial's effect is not from its counts as they are.
        """
        if any(effect.source != "counts" for effect in self.effects):
            raise InputError("It needs events and participants of both arms from every trial.")
        if any(effect.design_effect != 1 for effect in self.effects):
            raise InputError(
                "It takes participants for independent; here a variance is inflated for clusters."
            )
        return tuple(
            np.array([getattr(effect.outcome, name) for effect in self.effects], dtype=float)
            for name in GROUPS["counts"]
        )


def pooled_trials(of: PooledAnalysis, better: str = LOWER) -> PooledTrials | None:
    """Gather what the effects that enter an analysis hold; None where none does.

    ``better``: which values of the pooled effect are.
    """
    effects = of.trials
    if of.pooled is None:
        return None
    dates, dated = _dates(effects)
    baseline_risk, baselines = _baseline(effects)
    return PooledTrials(
        specification=of.specification,
        effects=effects,
        studies=_keys(effects, effects),
        y=np.array([effect.y for effect in effects]),
        v=np.array([effect.v for effect in effects]),
        pooled=of.pooled,
        dates=dates,
        dated=dated,
        sizes=np.array([_size(effect) for effect in effects]),
        baseline_risk=baseline_risk,
        baselines=baselines,
        better=better,
        left_out=dict(zip(_keys(of.left_out, (*effects, *of.left_out)), of.left_out, strict=True)),
    )


def _keys(effects: Sequence[TrialEffect], among: Sequence[TrialEffect]) -> tuple[str, ...]:
    """Return a key for each effect, its trial's where that has no other among those given."""
    several = Counter(effect.study.study for effect in among)
    return tuple(
        "/".join(part for part in parts if part)
        for effect in effects
        for study, outcome in [(effect.study.study, effect.outcome)]
        for parts in [(study, outcome.outcome, outcome.arm) if several[study] > 1 else (study,)]
    )


def _dates(effects: Sequence[TrialEffect]) -> tuple[NDArray[np.str_], str]:
    """Return the dates by which trials are ordered, as ISO strings, and what they are."""
    added = [effect.study.added for effect in effects]
    if all(added):
        return np.array(added), "In the order of the dates on which trials entered the review."
    unknown = "no trial" if not any(added) else "not every trial"
    years = np.array([f"{effect.study.year:04}" for effect in effects])
    return years, f"In the order of publication years, as {unknown} has a date of addition."


def _size(effect: TrialEffect) -> float:
    """Return the participants as if each had been randomised alone."""
    both = (effect.outcome.n_intervention, effect.outcome.n_control)
    known = [n for n in both if n is not None]
    return sum(known) / effect.design_effect if len(known) == len(both) else np.nan


def _baseline(effects: Sequence[TrialEffect]) -> tuple[float, int]:
    """Return the risk in the control arms that give events and participants, and their number."""
    rows = [effect.outcome for effect in effects]
    known = [row for row in rows if None not in (row.events_control, row.n_control)]
    events, participants = (arm_total(known, name) for name in ("events_control", "n_control"))
    risk = events / participants if events is not None and participants else np.nan
    return risk, len(known)
