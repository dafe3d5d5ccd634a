"""Trials that randomise clusters: the design effect and what it does to a variance."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.errors import InputError, UsageError
from liftproof.statistics.checks import (
    Array,
    choose,
    finite_number,
    floats,
    require,
    some_floats,
)
from liftproof.suggest import did_you_mean
from liftproof.vocabulary.clustering import CLUSTERINGS

AS_EXTRACTED, WITH_DESIGN_EFFECT, IGNORED = "as_extracted", "design_effect", "ignore"
ASSUMED_ICC = "ICC "
"""Begins the name of a treatment that assumes an intracluster correlation: ``ICC 0.02``."""


def design_effect_from_icc(mean_cluster_size: ArrayLike, icc: ArrayLike) -> Array:
    """Return 1 + (m - 1) ICC, the factor by which clustering inflates a variance.

    ``mean_cluster_size``: participants a cluster, 1 or more. ``icc``: intracluster correlation,
    at most 1, and negative only as far as the design effect stays positive. Both broadcast. It is
    that of clusters of one size: of unlike ones it is too small, and
    :func:`design_effect_from_sizes` is exact.

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


WEIGHTINGS: Mapping[str, Callable[[Array, float], Array]] = {
    "people": lambda sizes, _: np.ones_like(sizes),
    "best": lambda sizes, icc: 1 / (1 + (sizes - 1) * icc),
}
"""The weight of a person by the size of the cluster: the same for all, or of least variance."""


def design_effect_from_sizes(sizes: ArrayLike, icc: float, *, weighting: str = "people") -> float:
    """Return the design effect of clusters of unlike size: n Σa²m(1 + (m - 1) ICC)/(Σam)².

    ``sizes``: participants m of each cluster, shape (clusters,), their sum n. With the same weight
    a for all ``people`` it is 1 + (Σm²/Σm - 1) ICC, which is 1 + ((cv² + 1) m̄ - 1) ICC with the
    coefficient of variation of the sizes: never less than 1 + (m̄ - 1) ICC, which holds for clusters
    of one size. ``best``: weights 1/(1 + (m - 1) ICC), as a mixed model has them; then n over it,
    Σm/(1 + (m - 1) ICC), is what the clusters are worth in independent people. Raises InputError.

    Source: Kish 1965, Survey Sampling, chapter 5; Eldridge, Ashby & Kerry 2006, Int J Epidemiol 35,
    1292-1300; Kerry & Bland 2001, Stat Med 20, 377-390, for ``best``.

    >>> sizes = [5, 5, 5, 85]
    >>> round(design_effect_from_sizes(sizes, 0.05), 12)
    4.6
    >>> round(100 / design_effect_from_sizes(sizes, 0.05, weighting="best"), 4)
    28.8462
    """
    m = some_floats("Cluster sizes", sizes)
    if m.ndim != 1:
        raise InputError(f"Cluster sizes must have shape (clusters,), not {m.shape}.")
    each = design_effect_from_icc(m, finite_number("ICC", icc))
    weight = choose(WEIGHTINGS, weighting, "weighting of clusters")(m, icc)
    return float(m.sum() * (weight**2 * m * each).sum() / (weight * m).sum() ** 2)


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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ClusterData:
    """What is known of the clusters of each result, shape (k,); NaN where a number is not known.

    ``extracted``: design effect that belongs to the extraction. ``is_adjusted``: whether a reported
    estimate allows for clusters. ``stated``: the trial's own design effect; ``icc``: its
    intracluster correlation; ``size``: its participants a cluster. ``assumed_size``: the same, for
    trials that take an assumed correlation, 1 or more.

    >>> clusters = unclustered(2)
    >>> clusters.inflation("design_effect").tolist()
    [1.0, 1.0]
    """

    extracted: Array
    is_adjusted: NDArray[np.bool_]
    stated: Array
    icc: Array
    size: Array
    assumed_size: Array

    def inflation(self, treatment: str) -> Array:
        """Return the factors by which variances are inflated, shape (k,).

        A design effect that belongs to the extraction is part of it, so ``as_extracted`` applies
        it. ``design_effect`` adds the trial's own, given or 1 + (m - 1) ICC, and ``ICC x`` that of
        a correlation x, unless a reported estimate allows for clusters already. ``ignore``: 1.
        Empty: ``as_extracted``. Raises UsageError for another name.
        """
        if treatment == IGNORED:
            return np.ones_like(self.extracted)
        own = np.where(self.is_adjusted, 1.0, self._own(treatment))
        return np.where(np.isnan(self.extracted), own, self.extracted)

    def _own(self, treatment: str) -> Array:
        if treatment == WITH_DESIGN_EFFECT:
            return np.where(np.isnan(self.stated), _from_icc(self.size, self.icc), self.stated)
        require_treatment(treatment)
        if treatment.startswith(ASSUMED_ICC):
            icc = float(treatment.removeprefix(ASSUMED_ICC))
            return _from_icc(self.assumed_size, np.full_like(self.icc, icc))
        return np.ones_like(self.extracted)


def require_treatment(treatment: str) -> None:
    """Raise UsageError unless clusters can be treated so; empty is ``as_extracted``.

    >>> require_treatment("ICC x")
    Traceback (most recent call last):
    liftproof.errors.UsageError: There is no treatment of clusters ICC x; after ICC give a number \
from -1 to 1, as ICC 0.02.
    """
    if not treatment or treatment in CLUSTERINGS:
        return
    if not str(treatment).startswith(ASSUMED_ICC):
        remedy = did_you_mean(str(treatment), CLUSTERINGS)
    elif _is_correlation(treatment.removeprefix(ASSUMED_ICC)):
        return
    else:
        remedy = "after ICC give a number from -1 to 1, as ICC 0.02."
    raise UsageError(f"There is no treatment of clusters {treatment}; {remedy}")


def _is_correlation(text: str) -> bool:
    try:
        return -1 <= float(text) <= 1
    except ValueError:
        return False


def _from_icc(size: Array, icc: Array) -> Array:
    """Return design effects, 1 where size or correlation is not known."""
    known = np.isfinite(size) & np.isfinite(icc)
    factors = np.ones_like(size)
    factors[known] = design_effect_from_icc(size[known], icc[known])
    return factors


def unclustered(k: int) -> ClusterData:
    """Return what is known of k results of which nobody said that clusters were randomised."""
    unknown = np.full(k, np.nan)
    return ClusterData(
        extracted=unknown,
        is_adjusted=np.zeros(k, dtype=np.bool_),
        stated=unknown,
        icc=unknown,
        size=unknown,
        assumed_size=unknown,
    )
