"""What goes into a pool, and the one result that every model of pooling gives."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np

from liftproof.analysis.specification import Specification
from liftproof.statistics.checks import Array
from liftproof.statistics.pooling import Pooled


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PoolInputs:
    """What is pooled: ``y``, ``v``, shape (k,), analysis scale.

    ``study``: the trial of each effect. ``x``: moderators (k,) or (k, q), None for none. ``arms``:
    events and participants, or person-time, intervention first, each of shape (k,); empty where a
    trial's are not known.
    """

    y: Array
    v: Array
    study: Sequence[str] = ()
    x: Array | None = None
    arms: Sequence[Array] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PoolResult(Pooled):
    """A pooled estimate by whichever model, see :class:`Pooled`; what it does not give is NaN.

    ``model``: as in ``Specification``. ``tau2_method`` is empty for models of counts, whose τ², if
    they have one, is a part of the model, and so is ``prediction`` where there is no such interval.
    ``tau2_between``, ``tau2_within``: of the three-level model, the variance of trials' true
    effects and of a trial's results; ``tau2`` is their sum.
    With moderators there is no estimate, but ``coefficients`` (p,), the intercept first,
    ``covariance`` (p, p), ``df`` of their tests and ``moderators_p`` of all but the intercept; both
    are empty without.
    """

    model: str
    tau2_between: Array | float = np.nan
    tau2_within: Array | float = np.nan
    coefficients: Array = field(default_factory=lambda: np.empty(0))
    covariance: Array = field(default_factory=lambda: np.empty((0, 0)))
    moderators_p: Array | float = np.nan


def result_of(fit: object, specification: Specification, **own: Any) -> PoolResult:
    """Return a result with ``own`` fields, the others from a fit that has them, or unknown."""
    names = (item.name for item in fields(PoolResult) if item.init)
    given = {name: getattr(fit, name) for name in names if hasattr(fit, name)}
    settled = {
        "model": specification.model,
        "tau2_method": specification.tau2,
        "interval": specification.interval,
        "prediction": specification.prediction,
    }
    return PoolResult(**{**_UNKNOWN, **given, **settled, **own})


_UNKNOWN: dict[str, Any] = {
    **{item.name: np.asarray(np.nan) for item in fields(Pooled) if item.init},
    **dict.fromkeys(("has_no_width", "tau2_set_is_empty"), np.asarray(False)),
}
