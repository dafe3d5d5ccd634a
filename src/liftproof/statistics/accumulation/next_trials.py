"""The next trials: how large one, or how many, must be for the pool to conclude otherwise.

A pool concludes that its interval excludes no effect (0), or that it includes it. A trial is put in
whose result is the effect assumed, exactly: no chance is in it.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, effects_and_variances, one_number, require
from liftproof.statistics.combinations import pool_combinations
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.names import by_metafors_names
from liftproof.statistics.result import Result

LEAST, MOST = 1e-3, 1e4
"""Information of the single trials that are tried, in that of the trial like which they are: one of
ten thousand times as much is as good as one without end."""
TRIED = 128
"""Sizes that are tried at once, each 13.5 % above the one before; then as many between two of them,
until they differ by less than ENOUGH."""
FEWEST_TRIED, HELD = 8, 2**20
"""Of a large pool fewer sizes are tried at once, so that no more numbers than HELD are at work."""
ENOUGH = 1e-9
FEW_TRIALS, MOST_TRIALS = 8, 40
"""Each number of trials up to a few is tried; above, the conclusion is taken to change once."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NextTrials(Result):
    """What changes the conclusion of a pool, on the analysis scale.

    ``tau2_method``, ``interval``, ``level``: how it is pooled. ``effect``: that of every trial put
    in. ``like``: variance of the trial whose size is the unit. ``excludes``: whether the interval
    excludes no effect so far. ``trials``: the fewest of variance ``like`` that change this.
    ``size``: the smallest single trial that does, as information (1/v) in units of 1/``like``, and
    ``variance``: like/size. NaN where none of those tried does.
    """

    tau2_method: str
    interval: str
    level: float
    effect: float
    like: float
    excludes: bool
    trials: float
    size: float
    variance: float


@of_one_index
@by_metafors_names
def next_trials(
    y: ArrayLike,
    v: ArrayLike,
    effect: float,
    like: float | None = None,
    *,
    tau2: str = "REML",
    interval: str = "hksj_adhoc",
    level: float = 0.95,
) -> NextTrials:
    """Return the fewest trials, and the smallest one, with which a pool concludes otherwise.

    ``y`` and ``v`` (k,), k >= 2: the trials so far. ``effect``: that of the trials put in, analysis
    scale. ``like``: variance of the trial whose size is the unit, by default the median of v.
    Numbers of trials are tried up to 40, each up to 8 and by halving above; sizes of one trial from
    LEAST to MOST. Where the conclusion changes and changes back between two sizes 13.5 % apart, or
    above 8 trials, this is not seen. Raises InputError and ConvergenceError.

    Source: Sutton, Cooper, Jones, Lambert, Thompson & Abrams 2007, Stat Med 26, 2479-2500, whose
    power to change a pool is taken at one result of the new trial. metafor:
    ``rma(c(yi, effect), c(vi, like/size))``, of which a limit is 0.

    >>> found = next_trials([-0.5, -0.3, -0.4], [0.04, 0.02, 0.03], 0.0, tau2="DL", interval="wald")
    >>> found.excludes, found.trials, round(found.size, 4)
    (True, 7.0, 9.4406)
    """
    y, v = effects_and_variances(y, v)
    if y.ndim != 1 or y.size < 2:  # noqa: PLR2004
        raise InputError(f"next_trials takes one pool of two trials or more, not shape {y.shape}.")
    unit = float(np.median(v)) if like is None else one_number("like", like)
    require(0 < unit < np.inf, np.asarray(unit), "like must be positive and finite")
    pools = _Pools(
        y=y,
        v=v,
        effect=one_number("effect", effect),
        options={"tau2": tau2, "intervals": (interval,), "level": level},
    )
    excludes = bool(pools.with_trials(np.array([[0.0]]))[0])
    size = _smallest(pools, unit, excludes=excludes)
    return NextTrials(
        tau2_method=tau2,
        interval=interval,
        level=level,
        effect=pools.effect,
        like=unit,
        excludes=excludes,
        trials=_fewest(pools, unit, excludes=excludes),
        size=size,
        variance=unit / size,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Pools:
    """Trials so far, and how they are pooled with others of one effect."""

    y: Array
    v: Array
    effect: float
    options: dict[str, object]

    def with_trials(self, information: Array) -> NDArray[np.bool_]:
        """Return whether pools with more trials exclude no effect.

        ``information`` (n, m): 1/v of m further trials in each of n pools, 0 for one left out.
        """
        pools, more = information.shape
        added = information.T
        effects = np.concatenate(
            [
                np.repeat(self.y[:, None], pools, axis=1),
                np.where(added > 0, self.effect, np.nan),
            ]
        )
        variances = np.ones_like(effects)
        variances[: self.y.size] = self.v[:, None]
        np.divide(1.0, added, out=variances[self.y.size :], where=added > 0)
        picks = np.repeat(np.arange(pools)[:, None], self.y.size + more, axis=1)
        found = pool_combinations(effects, variances, picks, **self.options)  # type: ignore[arg-type]
        return np.asarray((found.ci_low[0] > 0) | (found.ci_high[0] < 0))


def _fewest(pools: _Pools, unit: float, *, excludes: bool) -> float:
    """Return the fewest trials of one size that change the conclusion, NaN for none."""

    def changes(trials: int) -> bool:
        return bool(pools.with_trials(np.full((1, trials), 1 / unit))[0] != excludes)

    few = next((trials for trials in range(1, FEW_TRIALS + 1) if changes(trials)), 0)
    if few or not changes(MOST_TRIALS):
        return float(few) if few else np.nan
    more = range(FEW_TRIALS + 1, MOST_TRIALS)
    return float(more.start + bisect_left(more, True, key=changes))


def _smallest(pools: _Pools, unit: float, *, excludes: bool) -> float:
    """Return the size of the smallest trial that changes the conclusion, NaN for none."""
    low, high = LEAST, MOST
    tried = min(TRIED, max(FEWEST_TRIED, HELD // pools.y.size))
    while high / low - 1 > ENOUGH:
        sizes = np.geomspace(low, high, tried)
        changed = pools.with_trials(sizes[:, None] / unit) != excludes
        if not changed.any():
            return np.nan
        first = int(changed.argmax())
        if not first:
            return float(sizes[0])
        low, high = float(sizes[first - 1]), float(sizes[first])
    return high
