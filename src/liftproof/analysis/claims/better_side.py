"""Comparisons that follow which values of an effect are better."""

from liftproof.reviews.model.directions import HIGHER


def is_no_better(value: float, than: float, better: str) -> bool:
    """Say whether a value is at another or on its worse side.

    >>> is_no_better(1.0, 1.0, "lower"), is_no_better(0.2, 0.0, "higher")
    (True, False)
    """
    return value <= than if better == HIGHER else value >= than


def is_worse(value: float, than: float, better: str) -> bool:
    """Say whether a value is on the worse side of another.

    >>> is_worse(1.0, 1.0, "lower"), is_worse(-0.2, 0.0, "higher")
    (False, True)
    """
    return value < than if better == HIGHER else value > than


def worse_limit(low: float | None, high: float | None, better: str) -> float | None:
    """Return the limit on the worse side, None where limits are not known.

    >>> worse_limit(0.2, 0.8, "lower"), worse_limit(0.2, 0.8, "higher")
    (0.8, 0.2)
    """
    if low is None or high is None:
        return None
    return low if better == HIGHER else high


def better_limit(low: float | None, high: float | None, better: str) -> float | None:
    """Return the limit on the better side, None where limits are not known.

    >>> better_limit(0.2, 0.8, "lower"), better_limit(0.2, 0.8, "higher")
    (0.2, 0.8)
    """
    if low is None or high is None:
        return None
    return high if better == HIGHER else low
