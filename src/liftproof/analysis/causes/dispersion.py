"""Differences of means under other rules for standard deviations."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from liftproof.analysis.specification import Specification
from liftproof.statistics.checks import Array
from liftproof.statistics.effects.dispersion import hedges_correction, pooled_sd
from liftproof.statistics.effects.means import ratio_of_means


def separate_sd(s1: Array, n1: Array, s2: Array, n2: Array) -> Array:  # noqa: ARG001
    """Return √((s₁² + s₂²)/2), whatever the sizes of the arms (metafor: ``SMDH``).

    >>> float(separate_sd(np.array(3.0), np.array(8), np.array(4.0), np.array(6)))
    3.5355339059327378
    """
    return np.sqrt((s1**2 + s2**2) / 2)


def control_sd(s1: Array, n1: Array, s2: Array, n2: Array) -> Array:  # noqa: ARG001
    """Return the standard deviation of the control arm (Glass)."""
    return s2


STANDARDISERS: Mapping[str, Callable[[Array, Array, Array, Array], Array]] = {
    "": pooled_sd,
    "separate": separate_sd,
    "control": control_sd,
}


def large_sample(y: Array, d: Array, j: Array, n1: Array, n2: Array) -> Array:  # noqa: ARG001
    """Return 1/n₁ + 1/n₂ + y²/(2(n₁ + n₂)), y corrected. metafor: ``vtype="LS"``."""
    return 1 / n1 + 1 / n2 + y**2 / (2 * (n1 + n2))


def corrected_twice(y: Array, d: Array, j: Array, n1: Array, n2: Array) -> Array:  # noqa: ARG001
    """Return J²(1/n₁ + 1/n₂ + d²/(2(n₁ + n₂))), d not corrected. metafor: ``vtype="LS2"``."""
    return j**2 * (1 / n1 + 1 / n2 + d**2 / (2 * (n1 + n2)))


SMD_VARIANCES: Mapping[str, Callable[..., Array]] = {"LS": large_sample, "LS2": corrected_twice}
USUAL_VARIANCE: Mapping[str, str] = {"means": "LS", "changes": "LS2"}
"""By source, the variance that the standardised difference has here."""


def misread_sd(sd: Array, n: Array, where: NDArray[np.bool_], reading: str) -> Array:
    """Return what a reader takes for the standard deviation of the trials in ``where``.

    ``se_as_sd``: the standard error that the trial printed, s/√n; ``sd_as_se``: s√n, as the reader
    turns the printed s into a standard deviation.

    >>> sd, n, first = np.array([6.0, 6.0]), np.array([9.0, 9.0]), np.array([True, False])
    >>> misread_sd(sd, n, first, "se_as_sd").tolist(), misread_sd(sd, n, first, "sd_as_se").tolist()
    ([2.0, 6.0], [18.0, 6.0])
    """
    factor = np.sqrt(n) if reading == "sd_as_se" else 1 / np.sqrt(n)
    return np.where(where, factor, 1.0) * sd


def difference_under(
    source: str,
    difference: Array,
    arms: tuple[Array, Array, Array, Array],
    specification: Specification,
) -> tuple[Array, Array]:
    """Return y and v of a (standardised) difference; ``arms`` are s₁, n₁, s₂, n₂."""
    s1, n1, s2, n2 = arms
    if specification.measure == "MD":
        if specification.dispersion == "pooled":
            return difference, pooled_sd(s1, n1, s2, n2) ** 2 * (1 / n1 + 1 / n2)
        return difference, s1**2 / n1 + s2**2 / n2
    d = difference / STANDARDISERS[specification.dispersion](s1, n1, s2, n2)
    j = np.ones_like(d) if specification.correction else hedges_correction(n1 + n2 - 2)
    variance = SMD_VARIANCES[specification.smd_variance or USUAL_VARIANCE[source]]
    return j * d, variance(j * d, d, j, n1, n2)


def ratio_under(numbers: Array, specification: Specification) -> tuple[Array, Array]:
    """Return y and v of a log ratio of means; ``numbers`` (6, n)."""
    found = ratio_of_means(*numbers, correct=not specification.correction)
    return found.y, found.v
