"""Fail-safe N by the name of its kind, as metafor's ``fsn`` takes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from numpy.typing import ArrayLike

from liftproof.errors import InputError
from liftproof.statistics.checks import choose
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.small_study.fail_safe import (
    FailSafe,
    general,
    orwin,
    rosenberg,
    rosenthal,
)

KINDS: Mapping[str, tuple[Callable[..., FailSafe], tuple[str, ...]]] = {
    "Rosenthal": (rosenthal, ("alpha",)),
    "Orwin": (orwin, ("target",)),
    "Rosenberg": (rosenberg, ("alpha",)),
    "General": (general, ("tau2", "alpha", "target")),
}
"""By metafor's name, the function and the options that it takes."""


@of_one_index
@dropping_missing("y", "v")
def fail_safe(
    y: ArrayLike,
    v: ArrayLike,
    *,
    kind: str = "Rosenthal",
    alpha: float | None = None,
    target: ArrayLike | None = None,
    tau2: str | None = None,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> FailSafe:
    """Return how many trials without effect would change the conclusion.

    ``y`` and ``v`` (..., k) on the analysis scale. ``kind``: a name in KINDS. ``alpha``, as a rule
    0.05: the level that the pool must miss; ``target``: the effect that it must come down to, of
    ``Orwin`` (by default half the pool) and ``General``; ``tau2``: a name in TAU2, of ``General``
    alone (REML). Raises InputError for an option that the kind does not take.
    ``missing``: see ``statistics.missing``.

    Source: Rosenthal 1979, Psychol Bull 86, 638-641; Orwin 1983, J Educ Stat 8, 157-159; Rosenberg
    2005, Evolution 59, 464-468. metafor: ``fsn(yi, vi, type=)``; its ``type="Orwin"`` without
    ``vi`` is ``v`` = 1 for all.

    >>> y, v = [-0.9, -0.5, -0.4, -0.1], [0.3, 0.2, 0.05, 0.02]
    >>> [float(fail_safe(y, v, kind=kind).n) for kind in KINDS]
    [7.0, 4.0, 1.0, 0.0]
    """
    function, takes = choose(KINDS, kind, "kind of fail-safe N")
    options = {"alpha": alpha, "target": target, "tau2": tau2}
    chosen = {name: value for name, value in options.items() if value is not None}
    if surplus := [name for name in chosen if name not in takes]:
        raise InputError(f"Fail-safe N by {kind} has no {surplus[0]}; it takes {', '.join(takes)}.")
    return function(y, v, **chosen)
