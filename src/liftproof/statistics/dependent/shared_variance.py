"""The part of the variance that two effects have in common where they share a control arm.

``SHARED`` names it for each measure, from the arms' numbers, each (k,), and the effects ``y`` (k,).
"""

from collections.abc import Callable, Mapping

from liftproof.statistics.checks import Array

Arms = Mapping[str, Array]


def log_risk_ratio(arms: Arms, y: Array) -> Array:  # noqa: ARG001 - all take the same
    """Return 1/c - 1/n₂, c the control's events.

    >>> round(log_risk_ratio({"events_control": 10, "n_control": 100}, 0), 6)
    0.09
    """
    return 1 / arms["events_control"] - 1 / arms["n_control"]


def log_odds_ratio(arms: Arms, y: Array) -> Array:  # noqa: ARG001
    """Return 1/c + 1/d, d the control's participants without event.

    >>> round(log_odds_ratio({"events_control": 10, "n_control": 100}, 0), 6)
    0.111111
    """
    events = arms["events_control"]
    return 1 / events + 1 / (arms["n_control"] - events)


def risk_difference(arms: Arms, y: Array) -> Array:  # noqa: ARG001
    """Return cd/n₂³.

    >>> round(risk_difference({"events_control": 10, "n_control": 100}, 0), 6)
    0.0009
    """
    events, n = arms["events_control"], arms["n_control"]
    return events * (n - events) / n**3


def log_rate_ratio(arms: Arms, y: Array) -> Array:  # noqa: ARG001
    """Return 1/x₂, x₂ the control's events.

    >>> log_rate_ratio({"events_control": 10}, 0)
    0.1
    """
    return 1 / arms["events_control"]


def mean_difference(arms: Arms, y: Array) -> Array:  # noqa: ARG001
    """Return s₂²/n₂.

    >>> mean_difference({"sd_control": 3, "n_control": 45}, 0)
    0.2
    """
    return arms["sd_control"] ** 2 / arms["n_control"]


def log_ratio_of_means(arms: Arms, y: Array) -> Array:
    """Return s₂²/(n₂m₂²).

    >>> log_ratio_of_means({"mean_control": 2, "sd_control": 3, "n_control": 45}, 0)
    0.05
    """
    return mean_difference(arms, y) / arms["mean_control"] ** 2


def standardised_by_pairs(arms: Arms, y: Array) -> Array:
    """Return 1/n₂ + yᵢyⱼ n₂/(2NᵢNⱼ), N = n₁ + n₂: each pair of arms has its own pooled SD.

    By the delta method: the variances of both pairs share the control's, whose share of their
    degrees of freedom is taken as n₂/N, as metafor's variance of SMD takes N for N - 2.

    >>> import numpy as np
    >>> arms = {"n_intervention": np.array([40.0, 50.0]), "n_control": np.array([50.0, 50.0])}
    >>> standardised_by_pairs(arms, np.array([0.3, 0.6])).round(6).tolist()
    [[0.020278, 0.0205], [0.0205, 0.0209]]
    """
    n = arms["n_control"]
    share = y / (arms["n_intervention"] + n)
    return 1 / n + n / 2 * share[:, None] * share


def standardised_by_all_arms(arms: Arms, y: Array) -> Array:
    """Return 1/n₂ + yᵢyⱼ/(2N): one SD pooled over all arms that the group has, N participants.

    Gleser & Olkin 2009, equation 19.19, of differences not corrected for bias, with variance
    1/n₁ + 1/n₂ + y²/(2N). ``arms["n_group"]`` holds N.

    >>> import numpy as np
    >>> arms = {"n_control": np.array([50.0, 50.0]), "n_group": np.array([140.0, 140.0])}
    >>> standardised_by_all_arms(arms, np.array([0.3, 0.6])).round(6).tolist()
    [[0.020321, 0.020643], [0.020643, 0.021286]]
    """
    return 1 / arms["n_control"] + y[:, None] * y / (2 * arms["n_group"])


ALL_ARMS = "SMD_ALL"
"""Standardised by one SD over all arms: not one of metafor's measures, hence a code of its own."""

SHARED: Mapping[str, Callable[[Arms, Array], Array]] = {
    "RR": log_risk_ratio,
    "OR": log_odds_ratio,
    "RD": risk_difference,
    "IRR": log_rate_ratio,
    "MD": mean_difference,
    "ROM": log_ratio_of_means,
    "SMD": standardised_by_pairs,
    ALL_ARMS: standardised_by_all_arms,
}
"""The covariance of two effects that share their control arm; (k,) or (k, k)."""
