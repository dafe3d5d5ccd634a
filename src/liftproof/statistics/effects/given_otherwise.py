"""Columns of a measure that may come as a number they follow from: a test, its P value, a share."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincinv

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, floats, require
from liftproof.statistics.shapes import in_one_shape

Columns = dict[str, ArrayLike]


def with_derived(source: str, measure: str, columns: Columns) -> Columns:
    """Return the columns with those that were given otherwise, such as ``ti`` for ``ri``.

    What they came as is taken out. Raises InputError where both are given.

    >>> columns = {"ti": 2.0, "ni": 42, "mi": 1}
    >>> round(float(with_derived("partial_correlations", "PCOR", columns)["ri"]), 4)
    0.3015
    """
    found, others = dict(columns), OTHERWISE.get(source, {})
    for name, (wanted, needs, way) in others.items():
        if name not in found:
            continue
        if wanted in found:
            ways = " or ".join(each for each in (wanted, *others) if each in columns)
            what = "its test, " if name == "ti" else ""
            raise InputError(f"{measure} takes {ways}, {what}not both.")
        given = found.pop(name)
        # Without the others it stands for the column itself: what is lacking is then said by name.
        lacks = not set(needs) <= found.keys()
        found[wanted] = given if lacks else way(*_columns((name, *needs), found, given))
    return found


def _columns(names: tuple[str, ...], found: Columns, first: ArrayLike) -> tuple[Array, ...]:
    """Return columns as arrays of one shape, or raise InputError."""
    given = [first, *(found[name] for name in names[1:])]
    arrays = [floats(name, column) for name, column in zip(names, given, strict=True)]
    return in_one_shape(" and ".join([", ".join(names[:-1]), names[-1]]), *arrays)


def _partial_of_test(t: Array, n: Array, m: Array) -> Array:
    """Return partial correlations t/√(t² + n - m - 1)."""
    require(n > m + 1, n, "ni must be above mi by more than 1")
    return np.asarray(t / np.hypot(t, np.sqrt(n - m - 1)))


def _phi_of_share(both: Array, a: Array, n1: Array, c: Array, n2: Array) -> Array:
    """Return phi coefficients of pairs of which a share had the event both times."""
    require((both >= 0) & (both <= 1), both, "pi, a share of the pairs, must lie in 0 to 1")
    p, q = a / n1, c / n2
    spread = p * (1 - p) * q * (1 - q)
    require(spread > 0, spread, "pi says nothing where none or all of the pairs had the event")
    phi = (both - p * q) / np.sqrt(spread)
    require(np.abs(phi) <= 1 + 1e-12, both, "pi does not fit the two margins")
    return np.clip(phi, -1.0, 1.0)


def _r2_of_test(f: Array, m: Array, n: Array) -> Array:
    """Return R² of an F test of all m predictors: mF/(mF + n - m - 1)."""
    require(f >= 0, f, "fi must not be negative")
    require(n > m + 1, n, "ni must be above mi by more than 1")
    return np.asarray(m * f / (m * f + n - m - 1))


def _r2_of_p(p: Array, m: Array, n: Array) -> Array:
    """Return R² of the P value of that test: 1 - R² has a beta distribution without effects."""
    require((p > 0) & (p <= 1), p, "pi must lie above 0 and not above 1")
    require(n > m + 1, n, "ni must be above mi by more than 1")
    return np.asarray(1 - betaincinv((n - m - 1) / 2, m / 2, p))


OTHERWISE: Mapping[str, Mapping[str, tuple[str, tuple[str, ...], Callable[..., Array]]]] = {
    "partial_correlations": {"ti": ("ri", ("ni", "mi"), _partial_of_test)},
    "matched_margins": {"pi": ("ri", ("ai", "n1i", "ci", "n2i"), _phi_of_share)},
    "models": {
        "fi": ("r2i", ("mi", "ni"), _r2_of_test),
        "pi": ("r2i", ("mi", "ni"), _r2_of_p),
    },
}
"""By source and metafor's name of what may be given: the column that it gives, what else that
takes, and the formula."""
