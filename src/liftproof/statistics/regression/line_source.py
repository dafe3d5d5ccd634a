"""What of a meta-regression is computed when it is read: limits of τ², and R²."""

from dataclasses import dataclass

import numpy as np

from liftproof.statistics import heterogeneity
from liftproof.statistics.checks import Array
from liftproof.statistics.division import over
from liftproof.statistics.regression.estimates import least_squares
from liftproof.statistics.regression.line_fit import GIVEN, limits_about_line
from liftproof.statistics.tau2 import FIXED, GIVEN_WEIGHTS, TAU2
from liftproof.statistics.tau2.given_weights import generalised_q_limits

LIMITS_OF_TAU2 = (
    *("tau2_ci_low", "tau2_ci_high"),
    *("i2_ci_low", "i2_ci_high", "h2_ci_low", "h2_ci_high"),
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LineSource:
    """What the numbers of a line come from that are computed when they are read.

    ``y``, ``v`` and ``weights`` (..., k), ``x`` (..., k, p): checked, and its own; ``weights`` are
    None unless given. ``tau2`` by ``method``, and the ``typical`` variance, (...).
    ``intercept``: which column of ``x`` it is; None for none.
    """

    y: Array
    v: Array
    x: Array
    weights: Array | None
    method: str
    level: float
    tau2: Array
    typical: Array
    intercept: int | None

    def limits_of_tau2(self) -> dict[str, Array]:
        """Return limits of τ², and of I² and H² as they follow from them."""
        low, high = self._limits()
        return {
            "tau2_ci_low": low,
            "tau2_ci_high": high,
            **heterogeneity.limits_from_tau2(low, high, self.typical),
        }

    def _limits(self) -> tuple[Array, Array]:
        """Return limits of τ²; NaN where it is not estimated."""
        if self.method in (GIVEN, FIXED):
            nan = np.full_like(self.tau2, np.nan)[()]
            return nan, nan
        if self.method in GIVEN_WEIGHTS:
            assert self.weights is not None  # without them there is no estimate
            return generalised_q_limits(self.y, self.v, self.level, weights=self.weights, x=self.x)
        return limits_about_line(self.y, self.v, self.x, self.level)

    def explained(self) -> dict[str, Array]:
        """Return R², the share of τ² that the moderators explain, percent; for FE that of Q/df."""
        if self.intercept is None:
            return {"r2": np.full_like(self.tau2, np.nan)}
        whole, left = self._whole_and_left()
        is_some = whole > 0 if not left.ndim else np.broadcast_to(whole > 0, left.shape)
        share = over(whole - left, whole, is_some, np.nan)
        return {"r2": np.asarray(100 * np.maximum(0.0, share))}

    def _whole_and_left(self) -> tuple[Array, Array]:
        """Return τ² without the moderators and with them; for FE Q/df."""
        y, v, x, weights = self.y, self.v, self.x, self.weights
        if self.method == FIXED:
            variances, (k, p) = v if weights is None else 1 / weights, x.shape[-2:]
            whole = heterogeneity.cochran_q(y, variances) / (k - 1)
            return whole, least_squares(y, variances, x, np.zeros_like(self.tau2)).q / (k - p)
        if self.method in GIVEN_WEIGHTS:
            return GIVEN_WEIGHTS[self.method](y, v, weights=weights), self.tau2
        method = "REML" if self.method == GIVEN else self.method
        return TAU2[method].unchecked(y, v), self.tau2
