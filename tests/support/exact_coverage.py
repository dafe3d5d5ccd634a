"""Coverage without simulation, where all trials have one variance."""

import numpy as np
from scipy.special import ndtr
from scipy.stats import chi2

from liftproof.statistics.pooling import pool


def exact_coverage(method, k, v, tau2, level, points):
    """Return coverage at equal variances v: there the mean is independent of the limits' width.

    The mean is N(0, (v + τ²)/k); the width depends on the sample variance alone, (v + τ²)χ²/(k-1),
    of which as many equally likely values are taken as ``points`` says.
    """
    shares = (np.arange(points) + 0.5) / points
    variance = (v + tau2) * chi2.ppf(shares, k - 1) / (k - 1)
    y = np.zeros((points, k))
    y[:, 0], y[:, 1] = np.sqrt(variance * (k - 1) / 2), -np.sqrt(variance * (k - 1) / 2)
    pooled = pool(
        y,
        np.full_like(y, v),
        tau2=method.tau2,
        interval=method.interval or "wald",
        prediction=method.prediction or "riley",
        level=level,
    )
    high = pooled.pi_high if method.prediction else pooled.ci_high
    spread = (v + tau2) / k + (tau2 if method.prediction else 0.0)
    return float(np.mean(2 * ndtr(high / np.sqrt(spread)) - 1))
