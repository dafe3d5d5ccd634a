"""What a method for small-study effects cannot tell at a given number of trials."""

import numpy as np
from numpy.typing import ArrayLike

from liftproof.errors import InputError

FEW = 10
"""Fewer trials than this are too few for a test of asymmetry: Sterne et al. 2011, BMJ 343, d4002;
Cochrane Handbook 6.5, section 13.3.5.3."""


def at_least(k: int, smallest: int, what: str) -> None:
    """Raise InputError where there are fewer than ``smallest`` trials.

    >>> at_least(2, 3, "An asymmetry test")
    Traceback (most recent call last):
    liftproof.errors.InputError: An asymmetry test needs at least 3 trials, but there are 2.
    """
    if k < smallest:
        raise InputError(f"{what} needs at least {smallest} trials, but there are {k}.")


def of_nothing(*p_values: ArrayLike) -> str:
    """Return a sentence to add where a p value does not exist, else nothing.

    >>> of_nothing(0.5, np.nan)
    ' Trials that are all alike leave nothing to test: where they are, there is no p value.'
    """
    if not any(np.isnan(p).any() for p in p_values):
        return ""
    return " Trials that are all alike leave nothing to test: where they are, there is no p value."


def of_asymmetry(k: int) -> str:
    """Return what a test of funnel asymmetry cannot tell.

    >>> of_asymmetry(7)
    'With 7 trials, fewer than 10, this test cannot tell real asymmetry from chance.'
    """
    if k < FEW:
        return (
            f"With {k} trials, fewer than {FEW}, this test cannot tell real asymmetry from chance."
        )
    return (
        f"With {k} trials, this test cannot tell unpublished trials from small trials that truly"
        " differ, and misses moderate asymmetry more often than not."
        if k < 2 * FEW
        else f"With {k} trials, this test cannot tell unpublished trials from small trials that"
        " truly differ."
    )


def of_correction(k: int) -> str:
    """Return what an estimate corrected for small-study effects cannot tell.

    >>> of_correction(12)
    'With 12 trials, this cannot tell the true effect, only what follows if its model holds.'
    """
    if k < FEW:
        return (
            f"With {k} trials, fewer than {FEW}, this cannot tell its model from others that fit"
            " as well: the corrected estimate is only a what-if."
        )
    return (
        f"With {k} trials, this cannot tell the true effect, only what follows if its model holds."
    )


def of_excess(k: int) -> str:
    """Return what a test of excess significance cannot tell.

    >>> of_excess(4)
    'With 4 trials, fewer than 10, this test cannot tell an excess from chance.'
    """
    if k < FEW:
        return f"With {k} trials, fewer than {FEW}, this test cannot tell an excess from chance."
    return (
        f"With {k} trials, this test cannot tell selective reporting from effects that truly"
        " differ between trials."
    )


def of_fail_safe(k: int) -> str:
    """Return what a fail-safe N cannot tell.

    >>> of_fail_safe(5)
    'With 5 trials, this cannot tell how many trials are unpublished, only how many would matter.'
    """
    return (
        f"With {k} trials, this cannot tell how many trials are unpublished, only how many would"
        " matter."
    )
