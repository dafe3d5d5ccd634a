"""The scale on which a selection model's parameters are climbed along: themselves, or logarithms.

Where the likelihood bends least along a parameter, Newton's steps are few.
"""

from dataclasses import dataclass

import numpy as np

from liftproof.statistics.checks import Array
from liftproof.statistics.small_study.selection.likelihood import Surface

LONGEST = 1.5
"""Of a step, in the logarithm of a parameter: a paraboloid tells little of what lies farther."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ClimbScale:
    """``places`` of m parameters that are climbed along as log(1 + x/``origin``), (m,)."""

    places: slice
    origin: Array

    def forth(self, parameters: Array) -> Array:
        """Return parameters (..., n) on the scale."""
        found = parameters.copy()
        found[..., self.places] = np.log1p(found[..., self.places] / self.origin)
        return found

    def back(self, parameters: Array) -> Array:
        """Return what ``forth`` made of parameters, to their rounding."""
        found = parameters.copy()
        found[..., self.places] = np.expm1(found[..., self.places]) * self.origin
        return found

    def surfaces(self, of: Surface, parameters: Array) -> Surface:
        """Return the likelihood by parameters on the scale, from the one at ``parameters``."""
        slope = np.ones(parameters.shape)
        slope[:, self.places] = parameters[:, self.places] + self.origin
        gradient = of.gradient * slope
        hessian = of.hessian * (slope[:, :, None] * slope[:, None])
        diagonal = np.einsum("gii->gi", hessian)  # a view
        diagonal[:, self.places] += gradient[:, self.places]
        return Surface(value=of.value, gradient=gradient, hessian=hessian)

    def shortened(self, step: Array) -> Array:
        """Return steps (g, n) of which none changes a logarithm by more than ``LONGEST``."""
        most = np.abs(step[:, self.places]).max(axis=1, initial=LONGEST, keepdims=True)
        return np.asarray(step * (LONGEST / most))
