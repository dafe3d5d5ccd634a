"""What is asked of a selection model, checked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from liftproof.errors import InputError
from liftproof.statistics.checks import (
    LARGEST,
    Array,
    choose,
    effects_and_variances,
    finite_number,
)
from liftproof.statistics.moderators import design_and_intercept
from liftproof.statistics.small_study.cannot_tell import at_least
from liftproof.statistics.small_study.selection.setup import ALTERNATIVES
from liftproof.statistics.tau2 import FIXED

FEWEST = 3
TAU2_METHODS = ("ML", FIXED)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SelectionQuestion:
    """What is asked of a selection model: checked effects, and the names its user gives.

    ``y``, ``v`` (k,), ``x`` (k, q), ones for one mean. ``tau2``: None for ML, else τ² itself.
    ``is_decreasing``: whether weights may not rise from step to step.
    """

    y: Array
    v: Array
    x: Array
    kind: str
    alternative: str
    steps: ArrayLike | None
    delta: ArrayLike | None
    tau2: float | None
    is_decreasing: bool

    @property
    def sign(self) -> float:
        """-1 where small effects are favoured: they are turned round for the search."""
        return -1.0 if self.alternative == "less" else 1.0

    @property
    def unit(self) -> float:
        """The typical variance: no answer depends on the unit of y."""
        return float(np.exp(np.log(self.v).mean()))


def asked(
    y: ArrayLike,
    v: ArrayLike,
    x: ArrayLike | None,
    kind: str,
    alternative: str,
    steps: ArrayLike | None,
    delta: ArrayLike | None,
    tau2: str | float,
    *,
    decreasing: bool,
    intercept: bool | int | None,
) -> tuple[SelectionQuestion, int | None]:
    """Return what is asked, checked, and the place of the intercept; raise InputError."""
    effects, variances = effects_and_variances(y, v)
    if effects.ndim != 1:
        raise InputError("A selection model takes one data set: y and v of shape (k,).")
    k = effects.size
    at_least(k, FEWEST, "A selection model")
    choose(dict.fromkeys(ALTERNATIVES), alternative, "alternative")
    given, place = (np.ones((k, 1)), 0) if x is None else (x, intercept)
    columns, place = design_and_intercept(given, k, place)
    if columns.ndim != 2:  # noqa: PLR2004 - a matrix
        raise InputError("A selection model takes one data set: x of shape (k, p).")
    return (
        SelectionQuestion(
            y=effects,
            v=variances,
            x=columns,
            kind=kind,
            alternative=alternative,
            steps=steps,
            delta=delta,
            tau2=_given(tau2),
            is_decreasing=bool(decreasing),
        ),
        place,
    )


def _given(tau2: str | float) -> float | None:
    """Return τ² where it is not estimated, None for ML; raise InputError for other names."""
    if isinstance(tau2, str):
        choose(dict.fromkeys(TAU2_METHODS), tau2, "τ² method of a selection model")
        return None if tau2 == "ML" else 0.0
    value = finite_number("tau2", tau2)
    if not 0 <= value <= LARGEST:
        raise InputError(f"tau2 is a variance and must lie in 0 to {LARGEST:g}, not {value:g}.")
    return value
