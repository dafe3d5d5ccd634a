"""Forms of a dose-response curve: the columns that a dose becomes in a design matrix.

``FORMS`` names those that need nothing but doses. A form has no intercept: within a trial effects
are contrasts to a reference dose, across trials the regression adds one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, floats, require
from liftproof.statistics.dose.splines import checked_knots, spline_basis
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.result import Result

LINEAR_NAME, QUADRATIC_NAME, LOG_NAME, SPLINE_NAME = "linear", "quadratic", "log", "spline"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Form(Result):
    """A form of curve.

    ``name``: linear, quadratic, log or spline. ``knots``: of a spline, in the unit of dose; empty
    otherwise. ``shift``: added to every dose before its logarithm, in the unit of dose.
    """

    name: str
    knots: tuple[float, ...] = ()
    shift: float = 0.0

    @property
    def size(self) -> int:
        """Number of columns."""
        return {QUADRATIC_NAME: 2, SPLINE_NAME: len(self.knots) - 1}.get(self.name, 1)

    @property
    def is_curved(self) -> bool:
        """Whether columns after the first bend a straight line."""
        return self.size > 1


LINEAR = Form(name=LINEAR_NAME)
QUADRATIC = Form(name=QUADRATIC_NAME)

FORMS: Mapping[str, Form] = {
    LINEAR_NAME: LINEAR,
    QUADRATIC_NAME: QUADRATIC,
    LOG_NAME: Form(name=LOG_NAME),
}


def logarithmic(shift: float = 0.0) -> Form:
    """Return the form b log(dose + shift); a shift is needed where a dose is 0. Raises InputError.

    >>> columns(logarithmic(1.0), [0.0, np.e - 1]).round(12).tolist()
    [[0.0], [1.0]]
    """
    added = floats("shift", shift)
    require(added >= 0, added, "The shift of a logarithmic form must not be negative")
    return Form(name=LOG_NAME, shift=float(added))


@of_one_index
def spline(knots: ArrayLike) -> Form:
    """Return a restricted cubic spline with these knots, three or more. Raises InputError.

    ``harrell_knots`` places them by quantiles of the doses.

    >>> spline([0, 10, 40]).size
    2
    """
    return Form(name=SPLINE_NAME, knots=tuple(float(knot) for knot in checked_knots(knots)))


def columns(form: Form, dose: ArrayLike) -> Array:
    """Return the columns of doses (...), shape (..., p). Raises InputError for a log of 0 or less.

    linear: dose; quadratic: dose, dose²; log: log(dose + shift); spline: see ``spline_basis``.
    dosresmeta: the right-hand side of its formula.

    >>> columns(QUADRATIC, [2.0, 3.0]).tolist()
    [[2.0, 4.0], [3.0, 9.0]]
    """
    values = floats("dose", dose)
    if form.name == LINEAR_NAME:
        return values[..., None]
    if form.name == QUADRATIC_NAME:
        return np.stack((values, values**2), axis=-1)
    if form.name == LOG_NAME:
        return _logarithm(values, form.shift)
    if form.name == SPLINE_NAME:
        return spline_basis(values, form.knots)
    raise InputError(f"There is no form of curve {form.name}: use {', '.join(FORMS)} or spline().")


def _logarithm(dose: Array, shift: float) -> Array:
    """Return log(dose + shift) as one column."""
    require(
        dose + shift > 0,
        dose,
        f"A dose plus the shift of {shift:g} must be positive to have a logarithm "
        "(logarithmic(shift=1) lets doses of 0 in)",
    )
    return np.log(dose + shift)[..., None]
