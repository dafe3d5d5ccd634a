"""Trial sequential monitoring: a cumulative meta-analysis against sequential boundaries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.statistics.accumulation.boundaries import Boundaries, boundaries
from liftproof.statistics.accumulation.cumulative import cumulative
from liftproof.statistics.accumulation.information import sizes_of
from liftproof.statistics.checks import Array, one_number, require
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.result import Result

LEAST_ADDED = 0.01
"""Of the required size: a trial that adds less is no occasion for a look."""

LAST_INTERIM = 1 - LEAST_ADDED
"""A look that comes later than at this fraction is the final one."""

LIMITS = ("upper", "lower", "futility_upper", "futility_lower")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Monitoring(Result):
    """A cumulative meta-analysis with its boundaries. Arrays have shape (k,), one step a trial.

    ``order``: positions of the trials as they were added. ``size``: participants so far.
    ``required``: as given; ``required_sequential``: times the inflation by the looks.
    ``timing``: size over ``required_sequential``. ``is_look``: whether the estimate was held
    against the boundaries; other boundaries and adjusted limits are NaN. ``estimate``, ``se``
    (log scale for ratios), ``z``; ``upper``, ``lower``, ``futility_upper``, ``futility_lower``:
    boundaries of z, see :class:`Boundaries`. ``ci_low``, ``ci_high``: limits adjusted for the
    looks, estimate -+ upper · se. ``crossed``, ``futile``: position on the axis of the first look
    at which z is beyond the boundaries, or where the effect aimed at is given up; -1 for none.
    ``planned``: the boundaries, with that of the final look that is still to come.
    """

    per_step = (
        "order",
        "size",
        "timing",
        "is_look",
        "estimate",
        "se",
        "z",
        *LIMITS,
        "ci_low",
        "ci_high",
    )

    required: float
    required_sequential: float
    order: NDArray[np.intp]
    size: Array
    timing: Array
    is_look: NDArray[np.bool_]
    estimate: Array
    se: Array
    z: Array
    upper: Array
    lower: Array
    futility_upper: Array
    futility_lower: Array
    ci_low: Array
    ci_high: Array
    crossed: int
    futile: int
    planned: Boundaries


@of_one_index
def monitor(
    y: ArrayLike,
    v: ArrayLike,
    sizes: ArrayLike,
    required: float,
    *,
    order: ArrayLike | None = None,
    tau2: str = "DL",
    alpha: float = 0.05,
    beta: float = 0.2,
    sides: int = 2,
    spending: str = "esOF",
    futility: str = "none",
    beta_spending: str = "esOF",
) -> Monitoring:
    """Hold a cumulative meta-analysis against sequential boundaries.

    ``y``, ``v`` and ``sizes`` (k,): effects, variances and participants (or any measure of
    information). ``required``: the information that a single analysis needs, see
    ``required_size`` and ``trials_for_tau2``. ``order``: see ``cumulative``. A look is taken
    after each trial that adds more than 1 % of ``required``; z is that of Wald's test. The looks
    inflate the required size; the α spent at a look is that of the fraction of the inflated size.
    The first look at 99 % of it or more is the final one. For one side, a positive effect is
    sought: pass -y where less is better. Other arguments: see ``boundaries``. Raises InputError
    and ConvergenceError.

    Source: Wetterslev et al. 2008, J Clin Epidemiol 61, 64-75; Thorlund et al. 2017, User manual
    for trial sequential analysis, 2nd ed. RTSA: ``RTSA(type="analysis", side=2, alpha=0.05,
    beta=0.2, es_alpha="esOF", re_method="DL")``.

    >>> shown = monitor([-0.5, -0.3, -0.4], [0.04, 0.02, 0.03], [200, 500, 300], 1200)
    >>> [round(float(x), 4) for x in shown.upper]
    [5.4395, 2.7532, 2.2587]
    >>> shown.crossed, round(shown.required_sequential, 1)
    (1, 1231.4)
    """
    steps = cumulative(y, v, order, tau2=tau2, interval="wald")
    size = np.cumsum(sizes_of(sizes, len(steps.k))[steps.order])
    one_number("required", required)
    require(0 < required < np.inf, np.asarray(required), "required must be positive and finite")
    adds_enough = np.diff(size, prepend=0.0) > LEAST_ADDED * required
    plan = partial(
        boundaries,
        alpha=alpha,
        beta=beta,
        sides=sides,
        spending=spending,
        futility=futility,
        beta_spending=beta_spending,
    )
    sequential = required * plan(_interim(size[adds_enough] / required)).inflation
    timing = size / sequential
    is_look = adds_enough & (np.append(0.0, timing[:-1]) < LAST_INTERIM)
    planned = plan(_interim(timing[is_look]))
    limits = {name: _at(is_look, getattr(planned, name)) for name in LIMITS}
    return Monitoring(
        required=required,
        required_sequential=sequential,
        order=steps.order,
        size=size,
        timing=timing,
        is_look=is_look,
        estimate=steps.estimate,
        se=steps.se,
        z=steps.statistic,
        **limits,
        ci_low=steps.estimate - limits["upper"] * steps.se,
        ci_high=steps.estimate + limits["upper"] * steps.se,
        crossed=_first((steps.statistic > limits["upper"]) | (steps.statistic < limits["lower"])),
        futile=_first(_is_given_up(steps.statistic, limits, sides)),
        planned=planned,
    )


def _interim(fractions: Array) -> Array:
    """Return the fractions that are not yet the end, and the end."""
    return np.append(fractions[fractions < LAST_INTERIM], 1.0)


def _at(is_look: NDArray[np.bool_], limits: Array) -> Array:
    """Return the limits of the looks in their places, NaN elsewhere."""
    places = np.flatnonzero(is_look)
    placed: Array = np.full(is_look.shape, np.nan)
    placed[places] = limits[: places.size]
    return placed


def _is_given_up(z: Array, limits: dict[str, Array], sides: int) -> NDArray[np.bool_]:
    """Return where z lies within the futility boundaries; for one side, below the only one."""
    is_below: NDArray[np.bool_] = z < limits["futility_upper"]
    return is_below if sides == 1 else is_below & (z > limits["futility_lower"])


def _first(flags: NDArray[np.bool_]) -> int:
    """Return the first position that is flagged, -1 for none."""
    return int(flags.argmax()) if flags.any() else -1
