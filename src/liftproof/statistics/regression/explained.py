"""How much of the heterogeneity each term of a meta-regression explains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, choose, effects_and_variances
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.moderators import moderators
from liftproof.statistics.result import Result
from liftproof.statistics.tau2 import TAU2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Explained(Result):
    """What terms explain, in the order given. ``tau2``: with all; arrays are (m,).

    ``tau2_without``: without the term; ``r2``: in percent, how much less τ² is with it, not below
    0; NaN where there is none to explain.
    """

    tau2: float
    tau2_without: Array
    r2: Array


@of_one_index
@dropping_missing("y", "v", "x")
def explained(
    y: ArrayLike,
    v: ArrayLike,
    x: ArrayLike,
    terms: Mapping[str, Sequence[int]] | Sequence[Sequence[int]],
    *,
    tau2: str = "REML",
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> Explained:
    """Return how much less τ² is with each term than without it, all others being there.

    ``y``, ``v`` (k,); ``x`` (k, p) with its intercept, if there is one; ``terms``: positions of the
    columns of each, as ``design().terms``. ``tau2``: a name in TAU2 that estimates one. Raises
    InputError and ConvergenceError. ``missing``: see ``statistics.missing``.
    metafor: ``anova(rma(), rma(without), test="LRT")$R2``.

    Source: Raudenbush 2009, in Cooper, Hedges & Valentine, The Handbook of Research Synthesis.

    >>> x = [[1, 44, 1948], [1, 55, 1949], [1, 42, 1960], [1, 52, 1977], [1, 13, 1973]]
    >>> y, v = [-0.89, -1.59, -1.35, -1.44, -0.22], [0.03, 0.019, 0.042, 0.02, 0.05]
    >>> explained(y, v, x, [[1], [2]]).r2.round(1).tolist()
    [91.1, 0.0]
    """
    effects, variances = effects_and_variances(y, v)
    if effects.ndim != 1:
        raise InputError(f"y must hold the effects of one data set, not shape {effects.shape}.")
    estimate = choose(TAU2, tau2, "τ² method")
    columns = moderators(x, effects.size)
    p = columns.shape[1]
    groups = list(terms.values()) if isinstance(terms, Mapping) else list(terms)
    if not groups or any(not 0 <= place < p for group in groups for place in group):
        raise InputError(f"terms must hold positions of columns, from 0 to {p - 1}.")
    if any(len(set(group)) == p for group in groups):
        raise InputError("A term holds every column: without it nothing is left to fit.")
    whole = float(estimate(effects, variances, x=columns))
    without = np.array(
        [float(estimate(effects, variances, x=np.delete(columns, list(g), 1))) for g in groups]
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        r2 = np.where(without > 0, 100 * np.maximum(0.0, 1 - whole / without), np.nan)
    return Explained(tau2=whole, tau2_without=without, r2=r2)
