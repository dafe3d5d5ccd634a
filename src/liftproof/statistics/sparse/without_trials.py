"""Mantel-Haenszel and Peto without each trial in turn, and as trials are added."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.errors import InputError
from liftproof.statistics.accumulation.cumulative import ranks_of, sizes_of_steps
from liftproof.statistics.checks import Array, choose, numbers
from liftproof.statistics.distributions import quotient
from liftproof.statistics.effects import EFFECTS
from liftproof.statistics.effects.two_arm_tables import FOR_EFFECTS
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.result import Result, along
from liftproof.statistics.shapes import in_one_shape
from liftproof.statistics.sparse import MANTEL_HAENSZEL
from liftproof.statistics.sparse.common_effect import CommonEffect
from liftproof.statistics.sparse.peto import peto
from liftproof.statistics.sparse.switches import both_rules

PETO = "Peto"
METHODS: Mapping[str, Callable[..., CommonEffect]] = {PETO: peto, **MANTEL_HAENSZEL}
"""Peto's method, and Mantel and Haenszel's by the measure that it pools."""
NUMBERS = (
    *("estimate", "se", "variance", "statistic", "p_value", "ci_low", "ci_high"),
    *("k_q", "q", "q_df", "q_p", "i2", "h2"),
)
"""What is taken over from each :class:`CommonEffect` as it is."""
COLUMNS = 4
RULES = ("effects", "pooling", "add", "to", "drop00")
"""Options that say what is done about empty cells."""
FEWEST = 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CountsWithoutEach(Result):
    """Pools of counts that lack one trial, on the analysis scale; arrays are (k,).

    ``method``, ``level``: how they were computed. At position i stands what :class:`CommonEffect`
    holds of the trials without the i-th; NaN where those alone have no estimate.
    """

    per_trial = along(*NUMBERS)

    method: str
    level: float
    estimate: Array
    se: Array
    variance: Array
    statistic: Array
    p_value: Array
    ci_low: Array
    ci_high: Array
    k_q: Array
    q: Array
    q_df: Array
    q_p: Array
    i2: Array
    h2: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CumulativeCounts(Result):
    """Pools of counts after each of s steps, as :class:`CountsWithoutEach`; arrays are (s,).

    ``order``: positions of the trials in the order of their addition, (k,). ``k``: trials so far.
    """

    per_step = ("order", "k", *NUMBERS)

    method: str
    level: float
    order: NDArray[np.intp]
    k: NDArray[np.int_]
    estimate: Array
    se: Array
    variance: Array
    statistic: Array
    p_value: Array
    ci_low: Array
    ci_high: Array
    k_q: Array
    q: Array
    q_df: Array
    q_p: Array
    i2: Array
    h2: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CountsInfluence(Result):
    """What each trial does to a pool of counts; arrays are (k,), without a unit but ``change``.

    ``method``: how it was computed. With the estimate m, its variance V, and (i) for those without
    trial i: ``change`` m - m(i), on the analysis scale; ``rstudent`` (y - m(i))/√(v + V(i)), y and
    v being the trial's own effect and variance, NaN where it has none; ``cook_distance``
    (m - m(i))²/V; ``cov_ratio`` V(i)/V; ``q_deleted``; ``weight``, percent.
    """

    per_trial = along("change", "rstudent", "cook_distance", "cov_ratio", "q_deleted", "weight")

    method: str
    change: Array
    rstudent: Array
    cook_distance: Array
    cov_ratio: Array
    q_deleted: Array
    weight: Array


@of_one_index
def leave_one_out_counts(
    method: str, *columns: ArrayLike, level: float = 0.95, **options: Any
) -> CountsWithoutEach:
    """Return what Peto's or Mantel and Haenszel's method gives without each trial in turn.

    ``method``: ``Peto``, or the measure that Mantel and Haenszel's method pools: OR, RR, RD, IRR,
    IRD. ``columns``: events and participants, or person-time, of both arms, (k,) each, k of 2 or
    more; ``options``: of the method. Raises InputError.

    Source: the methods' own pages. metafor: ``leave1out(rma.mh())``, ``leave1out(rma.peto())``.

    >>> without = leave_one_out_counts("RR", [4, 6, 3], [123, 306, 231], [11, 29, 11],
    ...                                [139, 303, 220])
    >>> without.estimate.round(4).tolist()
    [-1.5134, -1.1025, -1.3517]
    """
    function, arms, _ = _checked(method, columns, {"level": level, **options})
    k = len(arms[0])
    subsets = [np.delete(np.arange(k), place) for place in range(k)]
    pools = _pools(function, arms, subsets, level, options)
    return CountsWithoutEach(method=method, level=level, **_side_by_side(pools))


@of_one_index
def cumulative_counts(
    method: str,
    *columns: ArrayLike,
    order: ArrayLike | None = None,
    together: bool = False,
    level: float = 0.95,
    **options: Any,
) -> CumulativeCounts:
    """Return what Peto's or Mantel and Haenszel's method gives of the first trial, two, and so on.

    ``order`` and ``together``: see ``cumulative``; ``method``, ``columns`` and ``options``: see
    :func:`leave_one_out_counts`. Steps at which the trials so far have no estimate are NaN. Raises
    InputError.

    Source: Lau et al. 1992, N Engl J Med 327, 248-254. metafor: ``cumul(rma.mh(), order=)``.

    >>> steps = cumulative_counts("Peto", [4, 6, 3], [123, 306, 231], [11, 29, 11],
    ...                           [139, 303, 220], order=[1948, 1949, 1960])
    >>> steps.k.tolist(), steps.estimate.round(4).tolist()
    ([1, 2, 3], [-0.8604, -1.2401, -1.2373])
    """
    function, arms, _ = _checked(method, columns, {"level": level, **options})
    ranks = ranks_of(order, len(arms[0]))
    positions = np.argsort(ranks, kind="stable")
    sizes = sizes_of_steps(ranks[positions], together=together)
    pools = _pools(function, arms, [positions[:size] for size in sizes], level, options)
    return CumulativeCounts(
        method=method, level=level, order=positions, k=np.array(sizes), **_side_by_side(pools)
    )


@of_one_index
def influence_counts(method: str, *columns: ArrayLike, **options: Any) -> CountsInfluence:
    """Return what each trial does to the pool of Peto's or Mantel and Haenszel's method.

    Arguments and errors: see :func:`leave_one_out_counts`. The trial's own effect has 1/2 added to
    its empty cells, unless ``add`` and ``to`` say otherwise. metafor: ``rstudent(rma.mh())``,
    ``rstudent(rma.peto())``; it has no more.

    Source: Viechtbauer & Cheung 2010, Res Synth Methods 1, 112-125.

    >>> found = influence_counts("RR", [4, 6, 3], [123, 306, 231], [11, 29, 11], [139, 303, 220])
    >>> found.rstudent.round(4).tolist(), found.weight.round(1).tolist()
    ([0.9223, -0.7884, 0.005], [20.4, 57.4, 22.2])
    """
    _, arms, whole = _checked(method, columns, options)
    without = leave_one_out_counts(method, *arms, **options)
    rule = FOR_EFFECTS if method == PETO else both_rules(*map(options.get, RULES))[0]
    effect = EFFECTS["PETO" if method == PETO else method](*arms, zero_cells=rule)
    change = whole.estimate - without.estimate
    return CountsInfluence(
        method=method,
        change=change,
        rstudent=quotient(effect.y - without.estimate, np.sqrt(effect.v + without.variance)),
        cook_distance=change**2 / whole.variance,
        cov_ratio=without.variance / whole.variance,
        q_deleted=without.q,
        weight=whole.weights,
    )


def _checked(
    method: str, columns: Sequence[ArrayLike], options: Mapping[str, Any]
) -> tuple[Callable[..., CommonEffect], tuple[Array, ...], CommonEffect]:
    """Return the function, its columns as arrays (k,) and their pool, or raise InputError."""
    function = choose(METHODS, method, "method that pools counts without a variance a trial")
    if len(columns) != COLUMNS:
        raise InputError(
            f"{method} takes {COLUMNS} columns, events and participants or person-time of each "
            f"arm, but {len(columns)} were given."
        )
    arms = in_one_shape("Counts of both arms", *(numbers("Counts", each) for each in columns))
    if arms[0].ndim != 1 or arms[0].size < FEWEST:
        raise InputError(
            f"One data set of {FEWEST} trials or more is needed, but the shape is {arms[0].shape}."
        )
    return function, arms, function(*arms, **options)


def _pools(
    function: Callable[..., CommonEffect],
    arms: tuple[Array, ...],
    subsets: Sequence[NDArray[np.intp]],
    level: float,
    options: Mapping[str, Any],
) -> list[CommonEffect | None]:
    """Return the pool of each subset; None where it has no estimate."""
    found: list[CommonEffect | None] = []
    for subset in subsets:
        try:
            found.append(function(*(arm[subset] for arm in arms), level=level, **options))
        except InputError:  # columns and options are good: these trials alone give no estimate
            found.append(None)
    return found


def _side_by_side(pools: Sequence[CommonEffect | None]) -> dict[str, Array]:
    """Return the numbers of pools by field, NaN of those that are none."""
    return {
        name: np.array([np.nan if each is None else getattr(each, name) for each in pools])
        for name in NUMBERS
    }
