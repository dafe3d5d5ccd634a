"""Mean and standard deviation by quantile estimation: the distribution nearest to the quantiles.

Of each family a quantile is a scale times a function of the shape alone (a normal one: a mean and
a scale), so that one parameter is searched for, and the other follows by least squares.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, expm1, lgamma, log

import numpy as np
from scipy.optimize import minimize
from scipy.special import betaincinv, gammaincinv, ndtri

from liftproof.errors import InputError
from liftproof.statistics.checks import Array
from liftproof.statistics.conversions.five_number_formulas import PLACES, Five, Pair
from liftproof.statistics.conversions.smallest import place_of_smallest

Moments = tuple[float, float]
GRID = 200
"""Shapes at which a search begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantileFit:
    """``off``: sum of squared distances between printed and fitted quantiles."""

    family: str
    off: float
    mean: float
    sd: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Family:
    """``quantiles``: of scale 1, by shape and probabilities. ``moments``: mean and SD of scale 1.

    ``shapes``: the smallest and the largest that are tried; beyond, quantiles of any data are
    nearer to those of another family.
    """

    quantiles: Callable[[float, Array], Array]
    moments: Callable[[float], Moments]
    shapes: tuple[float, float]


def _log_normal(sigma: float) -> Moments:
    mean = exp(sigma**2 / 2)
    return mean, mean * expm1(sigma**2) ** 0.5


def _weibull(shape: float) -> Moments:
    first, second = (exp(lgamma(1 + power / shape)) for power in (1, 2))
    return first, max(second - first**2, 0.0) ** 0.5


POSITIVE: Mapping[str, _Family] = {
    "log-normal": _Family(
        quantiles=lambda sigma, p: np.exp(sigma * ndtri(p)),
        moments=_log_normal,
        shapes=(1e-4, 10.0),
    ),
    "gamma": _Family(
        quantiles=lambda shape, p: np.asarray(gammaincinv(shape, p)),
        moments=lambda shape: (shape, shape**0.5),
        shapes=(1e-3, 1e6),
    ),
    "weibull": _Family(
        quantiles=lambda shape, p: np.exp(np.log(-np.log1p(-p)) / shape),
        moments=_weibull,
        shapes=(2e-2, 1e3),
    ),
}


def quantile_fits(
    quantiles: Sequence[float], probabilities: Sequence[float]
) -> tuple[QuantileFit, ...]:
    """Return the fit of each family to ascending quantiles, the nearest first.

    Of numbers of which one is below 0 the normal family alone is fitted; the beta family where
    all lie between 0 and 1.

    Source: McGrath et al. 2020, Stat Methods Med Res 29, 2520-2537. R: ``estmeansd::qe.fit``,
    which searches from one start, within limits that depend on the unit (a standard deviation of
    50 or less, say); these are the minima themselves.

    >>> fits = quantile_fits([2.0, 4.0, 8.0], [0.25, 0.5, 0.75])
    >>> fits[0].family, round(fits[0].mean, 4), round(fits[0].sd, 4)
    ('log-normal', 6.7825, 9.2875)
    """
    q, p = np.asarray(quantiles, dtype=np.float64), np.asarray(probabilities, dtype=np.float64)
    fits = [_normal(q, p)]
    if q.min() >= 0:
        fits += [_scaled(name, family, q, p) for name, family in POSITIVE.items()]
    if q.min() > 0 and q.max() < 1:
        fits.append(_beta(q, p, fits[0]))
    return tuple(sorted(fits, key=lambda fit: fit.off))


def quantile_estimation(kind: str, five: Five, n: Array) -> Pair:
    """Return mean and standard deviation of the distribution nearest to the quantiles of each row.

    Minimum and maximum stand for the quantiles at 1/n and 1 - 1/n. ``kind``: as in
    ``five_number_formulas``. Raises InputError where two of the numbers are 0: of a family of
    positive numbers each more skewed distribution is then nearer than the last, without an end.

    >>> numbers = tuple(np.array(x) for x in (9.0, 16.0, 20.0, 25.0, 33.0))
    >>> [round(float(x), 4) for x in quantile_estimation("both", numbers, np.array(40.0))]
    [20.6, 6.1807]
    """
    mean, sd = np.full(n.shape, np.nan), np.full(n.shape, np.nan)
    for place, people in np.ndenumerate(n):
        row = [float(five[each][place]) for each in PLACES[kind]]
        if not np.isnan(row).any():
            if row.count(0.0) > 1:
                raise InputError(
                    "Quantile estimation finds no nearest distribution where two of the numbers "
                    "are 0: use luo/wan/shi."
                )
            shares = (1 / people, 0.25, 0.5, 0.75, 1 - 1 / people)
            fit = quantile_fits(row, [float(shares[each]) for each in PLACES[kind]])[0]
            mean[place], sd[place] = fit.mean, fit.sd
    return mean, sd


def _normal(q: Array, p: Array) -> QuantileFit:
    """Return the least squares line of quantiles on those of the standard normal distribution."""
    z = ndtri(p)
    apart = z - z.mean()
    sd = float(apart @ q / (apart @ apart))
    mean = float(q.mean() - sd * z.mean())
    return QuantileFit(
        family="normal", off=float(((mean + sd * z - q) ** 2).sum()), mean=mean, sd=sd
    )


def _scaled(name: str, family: _Family, q: Array, p: Array) -> QuantileFit:
    """Return the fit of a family whose scale follows from its shape."""

    def scale_and_off(log_shape: float) -> tuple[float, float]:
        unit = family.quantiles(exp(log_shape), p)
        largest = unit.max()  # so that squares of very large or small quantiles are numbers
        unit = unit / largest
        scale = float(unit @ q / (unit @ unit))
        return scale / float(largest), float(((scale * unit - q) ** 2).sum())

    low, high = map(log, family.shapes)
    place = place_of_smallest(lambda each: scale_and_off(each)[1], low, high, grid=GRID)
    scale, off = scale_and_off(place)
    mean, sd = family.moments(exp(place))
    return QuantileFit(family=name, off=off, mean=scale * mean, sd=scale * sd)


def _beta(q: Array, p: Array, start: QuantileFit) -> QuantileFit:
    """Return the beta distribution nearest to quantiles, searched from the moments of a start."""
    mean = min(max(start.mean, float(q.min())), float(q.max()))
    both = max(mean * (1 - mean) / start.sd**2 - 1, 1.0)

    def off(logs: Array) -> float:
        first, second = np.exp(logs)
        return float(((betaincinv(first, second, p) - q) ** 2).sum())

    found = minimize(  # type: ignore[no-untyped-call]
        off,
        np.log([both * mean, both * (1 - mean)]),
        method="Nelder-Mead",
        options={"xatol": 1e-10, "fatol": 1e-18, "maxiter": 4000},
    )
    first, second = np.exp(found.x)
    mean = float(first / (first + second))
    sd = float(mean * (1 - mean) / (first + second + 1)) ** 0.5
    return QuantileFit(family="beta", off=float(found.fun), mean=mean, sd=sd)
