"""Selection by an effect's size, not its p value: those beyond a cut are seen more often."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, choose, effects_and_variances, finite_number
from liftproof.statistics.distributions import two_sided_p
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.names import by_metafors_names
from liftproof.statistics.small_study.selection.fit import SelectionModel, selection_model

MIDDLE = float(np.nextafter(0.5, 0.0))
"""Just below 0.5, the one-sided p value of an effect of 0: effects less the cut are selected by a
step there, and one at the cut is not beyond it."""
SIDES = ("greater", "less")


@of_one_index
@dropping_missing("y", "v")
@by_metafors_names
def truncated_selection(
    y: ArrayLike,
    v: ArrayLike,
    cut: float = 0.0,
    *,
    alternative: str = "greater",
    delta: float | None = None,
    tau2: str = "ML",
    level: float = 0.95,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> SelectionModel:
    """Fit a random-effects model to effects of which those beyond a cut are seen more often.

    An effect y above ``cut`` is seen with weight 1, one at it or below with weight δ; below and
    above change places with ``alternative="less"``. ``delta``: δ where it is known, such as 0 for
    effects that were never seen. All else as :func:`selection_model`; ``delta`` of the result
    is (1, δ), ``steps`` the cut, ``counts`` the effects beyond it and the others. With moderators:
    ``truncated_regression``.
    Raises InputError and ConvergenceError. ``missing``: see ``statistics.missing``.

    Source: Rust, Lehmann & Farley 1990, J Mark Res 27, 220-226; Formann 2008, J Clin Epidemiol 61,
    125-130. metafor (version 5): ``selmodel(rma(yi, vi, method="ML"), type="trunc", steps=cut)``.

    >>> y, v = [1.2, 1.0, 0.9, 0.3, 0.2, -0.15], [0.3, 0.2, 0.2, 0.05, 0.03, 0.02]
    >>> model = truncated_selection(y, v, delta=0.2)
    >>> round(model.estimate, 4), model.counts.tolist()
    (0.2079, [5, 1])
    """
    effects, variances = effects_and_variances(y, v)
    choose(dict.fromkeys(SIDES), alternative, "side of a cut")
    at = finite_number("cut", cut)
    if delta is None:
        require_both_sides(effects, at, alternative)
    shifted = selection_model(
        effects - at,
        variances,
        alternative=alternative,
        steps=[MIDDLE],
        delta=weights_known(delta),
        tau2=tau2,
        level=level,
    )
    moved = ("estimate", "ci_low", "ci_high", "unadjusted_estimate")
    numbers = {name: getattr(shifted, name) + at for name in moved}
    numbers["p_value"] = float(two_sided_p(numbers["estimate"] / shifted.se))
    return replace(shifted, kind="trunc", steps=np.array([at]), **numbers)


def weights_known(delta: float | None) -> list[float] | None:
    """Return the weights beyond a cut and short of it; None where δ is estimated, or InputError."""
    return None if delta is None else [1.0, finite_number("delta", delta)]


def require_both_sides(y: Array, cut: float, alternative: str) -> None:
    """Raise InputError where all effects are on one side: δ is then 0, or without an end."""
    beyond = y > cut if alternative == "greater" else y < cut
    if not beyond.any() or beyond.all():
        side = "beyond" if beyond.all() else "short of"
        raise InputError(
            f"All effects lie {side} the cut {cut:g}: how seldom others are seen cannot be told. "
            "Give another cut, or δ as delta=."
        )
