"""Cumulative meta-analysis: pooled again each time trials are added."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.errors import InputError
from liftproof.statistics.blocks import in_blocks
from liftproof.statistics.checks import Array, effects_and_variances, floats, numbers
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.names import by_metafors_names
from liftproof.statistics.on_request import on_request
from liftproof.statistics.pooled_numbers import (
    LIMITS_OF_TAU2,
    PREDICTION,
    PoolingMethods,
    PoolSource,
    numbers_of_fit,
)
from liftproof.statistics.pooling import Pooled, pool
from liftproof.statistics.result import Result
from liftproof.statistics.weighted_fit import weighted_fit

NUMBERS = (
    *("estimate", "se", "variance", "statistic", "p_value", "ci_low", "ci_high"),
    *("tau2", "tau2_se", "at_boundary", "i2", "h2", "q", "q_p", "df", "has_no_width"),
)
"""What is taken over from each pool as it is; the rest when it is read."""
STEPS = 2**17
"""Trials of steps that are worked on at once, with those that a step leaves out."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cumulative(Result):
    """Pooled estimates after each of s steps, on the analysis scale (log for ratios).

    ``tau2_method``, ``interval``, ``prediction``, ``level``: how they were computed. ``order``:
    positions of the trials in the order of their addition, shape (k,). ``k``: number of trials so
    far, and ``q_df`` = k - 1, shape (s,). All other fields are those of :class:`Pooled`, with one
    more axis at the end, (..., s); limits of τ², I² and H² and the prediction interval are computed
    when they are first read.
    """

    per_step = ("order", "k", "q_df", *NUMBERS, *LIMITS_OF_TAU2, *PREDICTION)
    on_request = on_request(limits_of_tau2=LIMITS_OF_TAU2, prediction_limits=PREDICTION)

    tau2_method: str
    interval: str
    prediction: str
    level: float
    order: NDArray[np.intp]
    k: NDArray[np.int_]
    estimate: Array
    se: Array
    variance: Array
    statistic: Array
    df: Array
    p_value: Array
    ci_low: Array
    ci_high: Array
    pi_low: Array
    pi_high: Array
    tau2: Array
    tau2_se: Array
    tau2_ci_low: Array
    tau2_ci_high: Array
    at_boundary: NDArray[np.bool_]
    i2: Array
    i2_ci_low: Array
    i2_ci_high: Array
    h2: Array
    h2_ci_low: Array
    h2_ci_high: Array
    q: Array
    q_df: NDArray[np.int_]
    q_p: Array
    has_no_width: NDArray[np.bool_]
    tau2_set_is_empty: NDArray[np.bool_]


@of_one_index
@dropping_missing("y", "v", "order")
@in_blocks(shared=("order", "k", "q_df"))
@by_metafors_names
def cumulative(
    y: ArrayLike,
    v: ArrayLike,
    order: ArrayLike | None = None,
    *,
    together: bool = False,
    tau2: str = "REML",
    interval: str = "hksj_adhoc",
    prediction: str = "riley",
    level: float = 0.95,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> Cumulative:
    """Return all that ``pool`` returns for the first trial, the first two, and so on to all k.

    ``y`` and ``v`` (..., k). ``order``: numbers (a year), dates (NumPy's or Python's) or ISO 8601
    strings such as "2024-05-31", shape (k,), by which the trials are sorted; by default they stay
    as they are. Positions, as argsort returns them, are refused where they order the trials in
    another way than as numbers. Trials of equal rank are added one by one
    in the order given, or, with ``together``, at once. The first trial alone has its own Wald
    interval, whatever ``interval`` says. Raises InputError and ConvergenceError.
    ``missing``: see ``statistics.missing``.

    Source: Lau et al. 1992, N Engl J Med 327, 248-254. metafor:
    ``cumul(rma(yi, vi), order=year, collapse=together)``.

    >>> steps = cumulative([-0.51, -0.22, 0.05], [0.04, 0.001, 0.09], [2001, 1998, 2001], tau2="DL")
    >>> steps.order.tolist(), steps.k.tolist()
    ([1, 0, 2], [1, 2, 3])
    >>> [round(float(x), 4) for x in steps.estimate]
    [-0.22, -0.2978, -0.2483]
    """
    y, v = effects_and_variances(y, v)
    ranks = ranks_of(order, y.shape[-1])
    positions = np.argsort(ranks, kind="stable")
    sizes = sizes_of_steps(ranks[positions], together=together)
    y, v = y[..., positions], v[..., positions]
    asked = PoolingMethods(tau2=tau2, interval=interval, prediction=prediction, level=level)
    asked.require()
    parts = [_of_subsets(y, v, part, asked) for part in _parts(sizes, y.size // y.shape[-1])]
    steps, sources = [known for known, _ in parts], tuple(source for _, source in parts)
    alone = pool(y[..., None, :1], v[..., None, :1], **asdict(asked)) if sizes[0] == 1 else None
    return Cumulative.with_source(
        _Source(alone=alone, steps=sources),
        tau2_method=tau2,
        interval=interval,
        prediction=prediction,
        level=level,
        order=positions,
        k=np.array(sizes),
        q_df=np.array(sizes) - 1,
        **_joined(alone, steps, NUMBERS),
    )


def ranks_of(order: ArrayLike | None, k: int) -> Array:
    """Return the numbers by which to sort, shape (k,); InputError for missing or too many."""
    if order is None:
        return np.arange(k, dtype=np.float64)
    ranks = floats("order", _moments(np.asarray(order)))
    if ranks.shape != (k,):
        raise InputError(f"order must hold one number a trial, {k}, but has shape {ranks.shape}.")
    _require_no_positions(ranks)
    return ranks


def _require_no_positions(ranks: Array) -> None:
    """Raise InputError for what may be positions, of which the order would be another one.

    The positions 2, 0, 1 say that trial 2 comes first; as years they say that trial 1 does.

    >>> _require_no_positions(np.array([2.0, 0.0, 1.0]))
    Traceback (most recent call last):
    liftproof.errors.InputError: order holds the numbers from 0 to 2, which may be positions or \
ranks, and the two order the trials unlike: give the years or dates themselves, or sort y and v \
and leave order out.
    """
    positions = np.argsort(ranks, kind="stable")
    first = float(ranks[positions[0]])
    are_counted = first in (0.0, 1.0) and np.array_equal(
        ranks[positions], first + np.arange(ranks.size)
    )
    if are_counted and not np.array_equal(positions, ranks - first):
        raise InputError(
            f"order holds the numbers from {first:g} to {first + ranks.size - 1:g}, which may be "
            "positions or ranks, and the two order the trials unlike: give the years or dates "
            "themselves, or sort y and v and leave order out."
        )


def _moments(order: NDArray[Any]) -> NDArray[Any]:
    """Return dates as microseconds, NaN for a missing one; numbers as they are."""
    order = _of_objects(order) if order.dtype.kind == "O" else order
    if order.dtype.kind not in "MU":
        return order
    try:
        dates = order.astype("datetime64[us]")
    except ValueError as error:
        raise InputError(
            f"order must hold numbers, or ISO dates such as 2024-05-31: {error}."
        ) from error
    return np.where(np.isnat(dates), np.nan, dates.astype(np.float64))


def _of_objects(order: NDArray[Any]) -> NDArray[Any]:
    """Return Python's numbers as NumPy's, its dates and texts as they are written."""
    if all(isinstance(item, str | np.datetime64 | date) for item in order.flat):
        return order.astype(str)
    try:
        return numbers("order", order)
    except InputError as error:
        raise InputError(
            f"order must hold numbers, or ISO dates such as 2024-05-31: {error}"
        ) from error


def sizes_of_steps(sorted_ranks: Array, *, together: bool) -> list[int]:
    """Return how many trials each step pools."""
    k = len(sorted_ranks)
    if not together:
        return list(range(1, k + 1))
    return [*(np.flatnonzero(np.diff(sorted_ranks)) + 1).tolist(), k]


def _parts(sizes: list[int], data_sets: int) -> Iterator[list[int]]:
    """Yield the steps of two trials and more that are worked on at once, as many as STEPS allows.

    >>> [len(part) for part in _parts(list(range(1, 1001)), 1)][:4]
    [361, 223, 172, 145]
    """
    left = [size for size in sizes if size > 1]
    while left:
        counts = data_sets * np.arange(1, len(left) + 1) * np.array(left)
        end = max(1, int((counts <= STEPS).sum()))
        yield left[:end]
        left = left[end:]


def _of_subsets(
    y: Array, v: Array, sizes: list[int], asked: PoolingMethods
) -> tuple[dict[str, Any], PoolSource]:
    """Return the numbers of steps of these sizes, (..., s), as subsets of the last one's trials."""
    last = sizes[-1]
    include = np.arange(last) < np.array(sizes)[:, None]
    y, v = (
        np.broadcast_to(each[..., None, :last], (*each.shape[:-1], *include.shape))
        for each in (y, v)
    )
    fit = weighted_fit(y, v, method=asked.tau2, include=include)
    return numbers_of_fit(y, v, fit, asked, include=include)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Source:
    """What the numbers come from that are read later: the first trial's pool, the other steps."""

    alone: Pooled | None
    steps: tuple[PoolSource, ...]

    def limits_of_tau2(self) -> dict[str, NDArray[Any]]:
        """Return limits of τ², I² and H² at each step."""
        found = [step.limits_of_tau2() for step in self.steps]
        return _joined(self.alone, found, LIMITS_OF_TAU2)

    def prediction_limits(self) -> dict[str, NDArray[Any]]:
        """Return prediction limits at each step."""
        found = [step.prediction_limits() for step in self.steps]
        return _joined(self.alone, found, PREDICTION)


def _joined(
    alone: Pooled | None, steps: list[dict[str, Any]], names: tuple[str, ...]
) -> dict[str, NDArray[Any]]:
    """Return numbers of all steps on the last axis; some are one number for all of a part."""
    if alone is not None:
        steps = [{name: getattr(alone, name) for name in names}, *steps]
    shapes = [np.broadcast_shapes(*map(np.shape, step.values())) for step in steps]
    return {
        name: np.concatenate(
            [np.broadcast_to(step[name], shape) for step, shape in zip(steps, shapes, strict=True)],
            axis=-1,
        )
        for name in names
    }
