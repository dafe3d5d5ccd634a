"""Fisher's noncentral hypergeometric distribution, the exact conditional likelihood of 2x2 tables.

The count is distributed as a sum of independent 0/1 variables (Vatutin & Mikhailov 1982, Theory
Probab Appl 27, 734-743). By Hoeffding's inequality (1963, J Am Stat Assoc 58, 13-30) less than
2 exp(-2h²/s) of the probability is further than h from the mean, s + 1 the number of possible
counts: sums over 4.5 √s + 2 to either side of the mode miss less than 1e-17.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from scipy.special import gammaln

from liftproof.errors import ConvergenceError, InputError
from liftproof.statistics.checks import Array
from liftproof.statistics.effects.two_arm_tables import Table

HALF_WIDTHS = 4.5
"""Half the width of sums, in √s."""
AT_ONCE = 2**18
"""Numbers held at once in sums over the possible counts."""
MOST_COUNTS = 10**7
"""Of all trials: a table of 80 MB."""
WIDEST = 600.0
"""A log odds ratio beyond it is infinite in double precision."""
MAX_STEPS = 200
"""Newton's steps kept inside a bracket; bisection alone takes 80."""
TOLERANCE = 1e-12
"""Of a log odds ratio, relative to 1 plus its size."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Hypergeometric:
    """Events of the first arm given those of both; η is the log odds ratio. One column: (k, 1).

    P(a) = w(a) exp(aη)/Σ w(x) exp(xη), w(x) = C(n₁, x) C(n₂, m - x). Counts are held less the
    smallest possible one: ``position`` of a, ``last`` of the largest. ``sizes``: n₁, n₂ and m,
    shape (3, k). ``log_weights``: ln w/w(largest), shape (k, counts), -infinite beyond the last.
    """

    log_weights: Array
    position: Array
    last: Array
    sizes: Array

    @property
    def shape(self) -> tuple[int, int]:
        """Number of trials, and of observations in each."""
        return len(self.position), 1

    def log_density(self, eta: Array) -> Array:
        """Return ln P(a | η)."""
        own = np.take_along_axis(self.log_weights, self.position.astype(np.intp), axis=1)
        log_total = self._in_blocks(self._log_total, eta[..., 0])
        log_density: Array = own + self.position * eta - log_total
        return log_density

    def slopes(self, eta: Array) -> tuple[Array, Array]:
        """Return a less its mean, and its variance."""
        moments = self._in_blocks(self._moments, eta[..., 0])
        return self.position - moments[..., :1], moments[..., 1:]

    def saturated(self) -> Array:
        """Return the largest log density: 0 at either end, else at the η whose mean is a."""
        return np.where(self.is_inside(), self.log_density(self.own_maximum()), 0.0)

    def without_infinite(self) -> "Hypergeometric":
        """Return the same: no model gives these trials a parameter of their own."""
        return self

    def is_inside(self) -> NDArray[np.bool_]:
        """Return which trials could have had fewer and could have had more events, (k, 1)."""
        return np.asarray((self.position > 0) & (self.position < self.last))

    def own_maximum(self) -> Array:
        """Return the η of each trial at which the mean is a, (k, 1); 0 where there is none."""
        inside, eta = self.is_inside(), np.zeros_like(self.position)
        low, high = np.full_like(eta, -WIDEST), np.full_like(eta, WIDEST)
        for _ in range(MAX_STEPS):
            slope, information = self.slopes(eta)
            low, high = np.where(slope > 0, eta, low), np.where(slope > 0, high, eta)
            newton = eta + np.divide(slope, information, out=high - low, where=information > 0)
            safe = (newton >= low) & (newton <= high)
            after = np.where(inside, np.where(safe, newton, (low + high) / 2), 0.0)
            if (np.abs(after - eta) <= TOLERANCE * (1 + np.abs(eta))).all():
                return after
            eta = after
        raise ConvergenceError("The conditional odds ratio of a trial was not found.")

    def _in_blocks(self, function: Callable[[Array], Array], eta: Array) -> Array:
        """Return function(η) for η of shape (..., k), the leading axes in blocks."""
        *leading, k = eta.shape
        flat = eta.reshape(-1, k)
        rows = max(1, AT_ONCE // (k * self._width()))
        parts = [function(flat[i : i + rows]) for i in range(0, max(1, len(flat)), rows)]
        return np.concatenate(parts).reshape(*leading, k, -1)

    def _log_total(self, eta: Array) -> Array:
        """Return ln Σ w exp(xη) for η of shape (n, k)."""
        _, terms, largest = self._terms(eta)
        return np.asarray(largest + np.log(terms.sum(axis=-1)))

    def _moments(self, eta: Array) -> Array:
        """Return mean and variance for η of shape (n, k), on a last axis of 2."""
        first, terms, _ = self._terms(eta)
        x = np.arange(terms.shape[-1], dtype=np.float64)
        total = terms.sum(axis=-1)
        mean = terms @ x / total
        square = np.einsum("nkx,nkx->nk", terms, (x - mean[..., None]) ** 2) / total
        return np.stack((first + mean, square), axis=-1)

    def _terms(self, eta: Array) -> tuple[Array, Array, Array]:
        """Return the first count of each sum, w exp(xη) over the largest, and ln of the largest."""
        width, trials = self._width(), np.arange(eta.shape[-1])
        latest = self.log_weights.shape[1] - width
        first = np.clip(np.floor(self._mode(eta)) - width // 2, 0, latest)
        windows = sliding_window_view(self.log_weights, width, axis=1)
        x = np.arange(width, dtype=np.float64)
        exponents = windows[trials, first.astype(np.intp)] + eta[..., None] * x
        largest = exponents.max(axis=-1)
        return first, np.exp(exponents - largest[..., None]), largest + first * eta

    def _width(self) -> int:
        """Return how many counts a sum takes."""
        counts = self.log_weights.shape[1]
        return min(int(counts), 2 * int(np.ceil(HALF_WIDTHS * np.sqrt(counts)) + 2) + 1)

    def _mode(self, eta: Array) -> Array:
        """Return the position of the likeliest count to within 1 (Liao & Rosen 2001).

        It is the root of x(n₂ - m + x) = ψ(n₁ + 1 - x)(m + 1 - x) next to the possible counts.
        """
        n1, n2, m = self.sizes
        with np.errstate(over="ignore"):
            psi = np.exp(np.clip(eta, -WIDEST, WIDEST))
        b = n2 - m + psi * (n1 + m + 2)
        c = psi * (n1 + 1) * (m + 1)
        scale = np.maximum(1.0, psi)  # keeps the square of b below overflow
        square = (b / scale) ** 2 + 4 * (1 - psi) / scale * (c / scale)
        root = scale * np.sqrt(np.maximum(0.0, square))
        is_plain = b >= 0  # else ψ < 1, and the other form of the root has no like numbers
        plain = 2 * c / np.where(is_plain, b + root, 1.0)
        turned = (root - b) / np.where(is_plain, 1.0, 2 * (1 - psi))
        mode = np.where(is_plain, plain, turned)
        position: Array = mode - np.maximum(0.0, m - n2)
        return position


def hypergeometric(table: Table) -> Hypergeometric:
    """Return the distributions of the trials of a table of shape (k,)."""
    n1, n2, m = (values[:, None] for values in (table.n1, table.n2, table.events))
    smallest, largest = np.maximum(0.0, m - n2), np.minimum(m, n1)
    k, width = len(n1), int((largest - smallest).max()) + 1
    if k * width > MOST_COUNTS:
        raise InputError(
            f"The exact conditional likelihood sums over each possible count: of {k} trials with "
            f"up to {width - 1} events these are too many. Use model UM.FS, from which it hardly "
            "differs with so many events."
        )
    log_weights = np.empty((k, width))
    step = max(1, AT_ONCE // k)
    for start in range(0, width, step):
        counts = smallest + np.arange(start, min(width, start + step))
        x = np.minimum(counts, largest)
        weights = _log_choose(n1, x) + _log_choose(n2, m - x)
        log_weights[:, start : start + step] = np.where(counts > largest, -np.inf, weights)
    log_weights -= log_weights.max(axis=1, keepdims=True)
    return Hypergeometric(
        log_weights=log_weights,
        position=table.a[:, None] - smallest,
        last=largest - smallest,
        sizes=np.stack((table.n1, table.n2, table.events)),
    )


def _log_choose(n: Array, x: Array) -> Array:
    """Return ln C(n, x)."""
    return np.asarray(gammaln(n + 1) - gammaln(x + 1) - gammaln(n - x + 1))
