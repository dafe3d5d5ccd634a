"""Effects of trials as a table with few decimals gives them: what a reviewer may have entered."""

from collections.abc import Mapping

import numpy as np

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, choose
from liftproof.statistics.distributions import critical_value

ROUNDINGS: Mapping[str, tuple[str, int]] = {
    f"{what}_{decimals}": (what, decimals)
    for what in ("variance", "se", "entered", "natural")
    for decimals in (2, 3)
}
"""What of every trial is rounded, and to how many decimals, before trials are pooled.

``entered``: effect and standard error; ``natural``: a ratio and its 95 % limits.
"""


def rounded(y: Array, v: Array, rounding: str) -> tuple[Array, Array]:
    """Return effects and variances, analysis scale, after a rounding of that name.

    Raises InputError for another name, and for a ratio that is rounded to 0 or overflows.

    >>> y, v = rounded(np.array([-0.51234]), np.array([0.0404]), "entered_2")
    >>> y.tolist(), v.round(6).tolist()
    ([-0.51], [0.04])
    """
    what, decimals = choose(ROUNDINGS, rounding, "rounding")
    if what == "variance":
        return y, _round(v, decimals)
    if what == "se":
        return y, _round(np.sqrt(v), decimals) ** 2
    if what == "entered":
        return _round(y, decimals), _round(np.sqrt(v), decimals) ** 2
    half_width = critical_value(0.95) * np.sqrt(v)
    with np.errstate(over="ignore"):  # told just below
        ratios = [_round(np.exp(x), decimals) for x in (y, y - half_width, y + half_width)]
    if any((ratio == 0).any() for ratio in ratios):
        raise InputError("A ratio that is rounded to 0 has no logarithm.")
    if not all(np.isfinite(ratio).all() for ratio in ratios):
        raise InputError("A limit of a ratio is too large for a number.")
    centre, low, high = (np.log(ratio) for ratio in ratios)
    return centre, ((high - low) / (2 * critical_value(0.95))) ** 2


def _round(values: Array, decimals: int) -> Array:
    return np.asarray(np.round(values, decimals))
