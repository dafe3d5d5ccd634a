"""Drawing reviews whose truth is known: from normal effects, or from counts in two arms."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from scipy.special import expit, logit

from liftproof.statistics.checks import Array
from liftproof.statistics.effects.counts import odds_ratio, risk_ratio

COUNTED = {"RR": risk_ratio, "OR": odds_ratio}
"""By measure, the function that makes effects of the drawn counts; zero cells as it says."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DrawnReviews:
    """Reviews of k trials each, on the analysis scale (log for ratios).

    ``y`` and ``v`` (reviews, k): effects and sampling variances, NaN for a trial that says nothing
    about the effect. ``truth``: the mean of the true effects. ``further`` (reviews,): the true
    effect of one more trial, which a prediction interval should hold.
    """

    y: Array
    v: Array
    truth: float
    further: Array


def normal_effects(
    generator: Generator, reviews: int, *, truth: float, tau2: float, v: Array
) -> DrawnReviews:
    """Return reviews of the normal-normal model: y ~ N(θ, v) about true effects θ ~ N(truth, τ²).

    ``v`` (k,): the sampling variances, known and the same in every review.

    Source: Viechtbauer 2007, Stat Med 26, 37-52. metafor: ``rnorm(k, rnorm(k, mu, sqrt(tau2)),
    sqrt(vi))``.

    >>> drawn = normal_effects(np.random.default_rng(1), 50_000, truth=0.3, tau2=0.2,
    ...                        v=np.array([0.1, 0.4]))
    >>> drawn.y.shape, drawn.y.mean(axis=0).round(1).tolist(), drawn.y.var(axis=0).round(1).tolist()
    ((50000, 2), [0.3, 0.3], [0.3, 0.6])
    """
    shape = (reviews, len(v))
    true = truth + np.sqrt(tau2) * generator.standard_normal((reviews, len(v) + 1))
    y = true[:, :-1] + np.sqrt(v) * generator.standard_normal(shape)
    return DrawnReviews(y=y, v=np.broadcast_to(v, shape), truth=truth, further=true[:, -1])


def two_arm_counts(
    generator: Generator,
    reviews: int,
    *,
    measure: str,
    truth: float,
    tau2: float,
    n: Array,
    risk: float,
) -> DrawnReviews:
    """Return reviews of trials with binomial events in two arms, and the effects of their counts.

    ``measure``: a name in COUNTED. ``truth``: the mean log ratio, about which true log ratios are
    N(truth, τ²). ``n`` (k,): participants of each arm. ``risk``: of the control arm, in every
    trial. A true risk ratio that would lift a risk above 1 leaves it at 1.

    Source: Smith, Spiegelhalter & Thomas 1995, Stat Med 14, 2685-2699, for the model; Viechtbauer
    2007, Stat Med 26, 37-52.

    >>> drawn = two_arm_counts(np.random.default_rng(1), 50_000, measure="OR", truth=-0.5, tau2=0.0,
    ...                        n=np.array([4000.0]), risk=0.2)
    >>> round(float(drawn.y.mean()), 2), round(float(drawn.v.mean() / drawn.y.var()), 1)
    (-0.5, 1.0)
    """
    true = truth + np.sqrt(tau2) * generator.standard_normal((reviews, len(n) + 1))
    treated = _risk_of_treated(measure, true[:, :-1], risk)
    people = n.astype(np.int64)
    events_intervention = generator.binomial(people, treated)
    events_control = generator.binomial(people, risk, size=treated.shape)
    effect = COUNTED[measure](events_intervention, people, events_control, people)
    return DrawnReviews(
        y=np.asarray(effect.y), v=np.asarray(effect.v), truth=truth, further=true[:, -1]
    )


def _risk_of_treated(measure: str, log_ratio: Array, risk: float) -> Array:
    """Return the risks that true log ratios make of the control arm's."""
    if measure == "RR":
        return np.asarray(risk * np.exp(np.minimum(log_ratio, -np.log(risk))))
    return np.asarray(expit(logit(risk) + log_ratio))
