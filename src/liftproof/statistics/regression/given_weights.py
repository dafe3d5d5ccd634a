"""A regression line by weights that the caller gives, with τ² from their generalised Q or another.

The estimate is no longer the most precise there is, and its covariance is that of a weighted sum:
b = Hy, H = (X'AX)⁻¹X'A, has covariance H(V + τ²)H'.
"""

from dataclasses import replace

import numpy as np

from liftproof.statistics.batches import Trials, batched
from liftproof.statistics.checks import Array
from liftproof.statistics.projection import Fit
from liftproof.statistics.regression.estimates import constant_effect, inverse_triangle
from liftproof.statistics.regression.line_fit import GIVEN, LineFit, line_fit
from liftproof.statistics.tau2 import GIVEN_WEIGHTS, GIVEN_WEIGHTS_SE
from liftproof.statistics.tau2.quadratic_parts import as_given


def line_by_given_weights(
    y: Array,
    v: Array,
    x: Array,
    weights: Array,
    *,
    method: str,
    given: Array | float = 0.0,
) -> LineFit:
    """Return the fit of checked ``y``, ``v``, ``weights`` (..., k) and ``x`` (..., k, p).

    ``method``: a name in TAU2 or GIVEN_WEIGHTS, or GIVEN with ``given``, τ² itself. Hartung and
    Knapp's Q stays that of weights 1/(v + τ²). Raises InputError and ConvergenceError.
    metafor: ``rma(yi, vi, mods = x, weights=weights, method="GENQ")``.

    >>> x, w = np.column_stack((np.ones(4), [0.0, 1.0, 2.0, 3.0])), np.array([1.0, 1.0, 1.0, 3.0])
    >>> found = line_by_given_weights(
    ...     np.array([0.0, 1.0, 2.0, 5.0]), np.ones(4), x, w, method="GENQ")
    >>> found.estimates.coefficients.round(4).tolist(), round(float(found.tau2), 6)
    ([-0.5, 1.75], 0.0)
    """
    found = (
        _of_generalised_q(y, v, x, weights, method)
        if method in GIVEN_WEIGHTS
        else line_fit(y, v, x, method=method, given=given)
    )
    constant, origin = constant_effect(y, v, x)
    rows = _coefficients.unchecked(y - origin, v, found.tau2, x=x, weights=weights)
    rows, p = np.moveaxis(rows, 0, -1), x.shape[-1]
    by_weights = replace(
        found.estimates,
        coefficients=rows[..., :p] + constant,
        covariance=rows[..., p:].reshape(*rows.shape[:-1], p, p),
    )
    return replace(found, estimates=by_weights)


def _of_generalised_q(y: Array, v: Array, x: Array, weights: Array, method: str) -> LineFit:
    """Return τ² with its error from the generalised Q, and the line by 1/(v + τ²)."""
    tau2 = GIVEN_WEIGHTS[method](y, v, x=x, weights=weights)
    return replace(
        line_fit(y, v, x, method=GIVEN, given=tau2),
        tau2_se=GIVEN_WEIGHTS_SE[method](y, v, tau2, x=x, weights=weights),
    )


@batched
def _coefficients(trials: Trials, tau2: Array) -> Array:
    """Return coefficients by the given weights, and their covariance row by row, (p + p², n)."""
    fit = as_given(trials)
    assert isinstance(fit, Fit)
    assert trials.moderators is not None
    inverse = inverse_triangle(fit, trials.moderators.triangle)
    basis = np.stack(fit.basis)
    rows = np.einsum("abn,bkn->akn", inverse, basis * fit.root)
    coefficients = np.einsum("akn,kn->an", rows, trials.y + trials.origin)
    covariance = np.einsum("akn,ckn,kn->acn", rows, rows, trials.v + tau2)
    return np.concatenate((coefficients, covariance.reshape(-1, covariance.shape[-1])))
