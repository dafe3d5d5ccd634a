"""Two trials, or as many as a line has coefficients: it passes through them whatever they found."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, effects_and_variances, floats
from liftproof.statistics.dose.forms import LINEAR, Form, columns
from liftproof.statistics.result import Result

POINTS = 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LineThroughTwo(Result):
    """Intercept and slope (2,) and their covariance (2, 2), on the analysis scale, τ² taken as 0.

    No degree of freedom is left: nothing tells whether the trials differ by more than chance for
    other reasons than dose.
    """

    coefficients: Array
    covariance: Array


def line_through_two(
    y: ArrayLike, v: ArrayLike, dose: ArrayLike, form: Form = LINEAR
) -> LineThroughTwo:
    """Return the line through two trials' effects, with the variance that sampling gives it.

    ``y``, ``v``, ``dose`` (2,). b = (y₂ - y₁)/(x₂ - x₁), var(b) = (v₁ + v₂)/(x₂ - x₁)². Raises
    InputError for other numbers of trials, for a form of more columns, and for equal doses.
    metafor: ``rma(yi, vi, mods = ~ dose, method="FE")``, which refuses k = p.

    >>> line = line_through_two([-0.3, -0.9], [0.04, 0.05], [10, 40])
    >>> line.coefficients.round(4).tolist(), round(float(line.covariance[1, 1]), 6)
    ([-0.1, -0.02], 0.0001)
    """
    y, v = effects_and_variances(y, v)
    doses = floats("dose", dose)
    if y.shape != (POINTS,) or doses.shape != (POINTS,) or form.size != 1:
        raise InputError("A line through two trials takes two effects, two doses and one column.")
    if doses[0] == doses[1]:
        raise InputError(f"Both trials have the dose {doses[0]:g}: there is no slope to tell.")
    back = np.linalg.inv(np.column_stack((np.ones(POINTS), columns(form, doses))))
    return LineThroughTwo(coefficients=back @ y, covariance=(back * v) @ back.T)
