"""A search without slopes, as the likelihoods that are climbed here share no formula with ours."""

from collections.abc import Callable, Sequence

from scipy.optimize import minimize

from liftproof.engines.opinion import Array

PRECISION = {"xatol": 1e-9, "fatol": 1e-12, "maxiter": 2000, "maxfev": 4000}
"""Of the places and of the log-likelihood, whose own rounding ends the search before that."""


def lowest(
    function: Callable[[Array], float], start: Sequence[float] | Array, simplex: Array | None = None
) -> tuple[Array, float]:
    """Return where Nelder and Mead's search finds a function lowest, and its value there.

    ``simplex``, (n + 1, n): from which it starts; its own, about ``start``, where None.

    >>> place, value = lowest(lambda at: (at[0] - 2) ** 2 + 1, [0.5])
    >>> round(float(place[0]), 6), round(value, 6)
    (2.0, 1.0)
    """
    options = {**PRECISION, "initial_simplex": simplex}
    found = minimize(  # type: ignore[no-untyped-call]
        function, start, method="Nelder-Mead", options=options
    )
    return found.x, float(found.fun)
