"""Trials that randomise clusters: the design effect and what it does to a variance."""

from numpy.typing import ArrayLike

from liftproof.statistics.checks import Array, floats, require


def design_effect_from_icc(mean_cluster_size: ArrayLike, icc: ArrayLike) -> Array:
    """Return 1 + (m - 1) ICC, the factor by which clustering inflates a variance.

    ``mean_cluster_size``: participants a cluster, 1 or more. ``icc``: intracluster correlation,
    at most 1, and negative only as far as the design effect stays positive. Both broadcast.

    Source: Donner & Klar 2000, Design and Analysis of Cluster Randomization Trials; Cochrane
    Handbook 6.5, section 23.1.4. Raises InputError.

    >>> round(float(design_effect_from_icc(29.5, 0.02)), 12)
    1.57
    """
    size, correlation = floats("Mean cluster size", mean_cluster_size), floats("ICC", icc)
    require(size >= 1, size, "A mean cluster size must be 1 or more")
    require(correlation <= 1, correlation, "An ICC must be 1 or less")
    design_effect = 1 + (size - 1) * correlation
    require(design_effect > 0, design_effect, "1 + (m - 1) ICC must be positive")
    return design_effect


def inflate(v: ArrayLike, design_effect: ArrayLike) -> Array:
    """Return sampling variances multiplied by a design effect; both broadcast.

    This equals an analysis of the effective sample size, n divided by the design effect. Raises
    InputError where a design effect is not positive.

    >>> inflate([0.1, 0.2], 1.5).round(12).tolist()
    [0.15, 0.3]
    """
    factor = floats("The design effect", design_effect)
    require(factor > 0, factor, "A design effect must be positive")
    return floats("v", v) * factor
