"""Restricted cubic splines: straight beyond the outer knots, in the truncated-power basis."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, choose, floats
from liftproof.statistics.labelled import of_one_index

FEWEST_KNOTS = 3

QUANTILES: Mapping[str, tuple[float, ...]] = {
    "3": (0.10, 0.50, 0.90),
    "4": (0.05, 0.35, 0.65, 0.95),
    "5": (0.05, 0.275, 0.50, 0.725, 0.95),
    "6": (0.05, 0.23, 0.41, 0.59, 0.77, 0.95),
    "7": (0.025, 0.1833, 0.3417, 0.50, 0.6583, 0.8167, 0.975),
}
"""Where so many knots lie among the doses: Harrell 2015, table 2.3."""


@of_one_index
def harrell_knots(dose: ArrayLike, count: int) -> Array:
    """Return ``count`` knots, 3 to 7, at Harrell's quantiles of all doses.

    ``dose``: of every arm, reference arms among them, any shape; quantiles interpolate linearly
    (R's type 7). InputError where two knots coincide: too many arms have one dose.

    Source: Harrell 2015, Regression Modeling Strategies, 2nd ed., section 2.4.5. R:
    ``quantile(dose, c(.1, .5, .9))``, ``rms::rcs(dose, 3)``.

    >>> harrell_knots([0, 0, 5, 10, 20, 40], 3).tolist()
    [0.0, 7.5, 30.0]
    """
    doses = floats("dose", dose)
    if doses.size == 0:
        raise InputError("Knots cannot be placed without doses.")
    return checked_knots(np.quantile(doses, choose(QUANTILES, str(count), "number of knots")))


def checked_knots(knots: ArrayLike) -> Array:
    """Return knots as an increasing array (t,), t >= 3, or raise InputError."""
    places = floats("knots", knots)
    if places.ndim != 1 or places.size < FEWEST_KNOTS:
        raise InputError(
            f"A restricted cubic spline needs {FEWEST_KNOTS} knots or more, not {places.tolist()}."
        )
    if not (np.diff(places) > 0).all():
        raise InputError(
            f"Knots must increase, but they lie at {', '.join(f'{knot:g}' for knot in places)}: "
            "give fewer knots, or name them yourself where many arms have one dose."
        )
    return places


def spline_basis(dose: ArrayLike, knots: ArrayLike) -> Array:
    """Return dose and its t - 2 cubic columns, shape (..., t - 1), in the unit of dose.

    With u₊ = max(u, 0), column j + 1 at dose d is (d - k_j)₊³ - (d - k_{t-1})₊³ (k_t - k_j)/(k_t -
    k_{t-1}) + (d - k_t)₊³ (k_{t-1} - k_j)/(k_t - k_{t-1}), divided by (k_t - k_1)². Raises
    InputError.

    Source: Harrell 2015, section 2.4.5. R: ``rms::rcs(dose, knots)``,
    ``Hmisc::rcspline.eval(dose, knots, inclx=TRUE)``.

    >>> spline_basis([0.0, 2.0, 4.0, 6.0], [1, 2, 3]).tolist()
    [[0.0, 0.0], [2.0, 0.25], [4.0, 3.0], [6.0, 6.0]]
    """
    doses, places = floats("dose", dose), checked_knots(knots)
    cubes = np.maximum(doses[..., None] - places, 0.0) ** 3
    last, before = places[-1], places[-2]
    width = last - before
    bent = (
        cubes[..., :-2]
        - cubes[..., -2:-1] * (last - places[:-2]) / width
        + cubes[..., -1:] * (before - places[:-2]) / width
    )
    return np.concatenate((doses[..., None], bent / (last - places[0]) ** 2), axis=-1)
