"""What a fitted selection model cannot tell, in sentences."""

import numpy as np

from liftproof.statistics.checks import Array
from liftproof.statistics.small_study.selection.selected import Selected
from liftproof.statistics.small_study.selection.setup import SelectionSetup


def of_empty_steps(setup: SelectionSetup) -> str:
    """Return a sentence that names intervals of p in which no trial lies, else nothing."""
    if not len(setup.steps):  # a smooth function
        return ""
    empty = [
        f"{start:g} and {end:g}"
        for start, end, count, is_estimated in zip(
            setup.steps, setup.steps[1:], setup.counts[1:], setup.estimated, strict=False
        )
        if count == 0 and is_estimated
    ]
    if not empty:
        return ""
    return (
        f" No trial has a p value between {', nor between '.join(empty)}: the weight there is put"
        " at 0, the likeliest, and nothing tells it. Join that step to its neighbour."
    )


def of_joined_steps(found: Selected) -> str:
    """Return a sentence that names weights that would rise and were held back, else nothing."""
    before = [-1, *found.of[:-1]]
    joined = [
        f"{start:g} and {end:g}"
        for start, end, own, last in zip(
            found.steps, found.steps[1:], found.of, before, strict=False
        )
        if own == last
    ]
    if not joined:
        return ""
    return (
        f" The weight for p between {', and between '.join(joined)} would rise: it is joined to the"
        " one before, and has no standard error of its own."
    )


def of_extrapolation(y: Array, means: Array) -> str:
    """Return a sentence for a mean further from the effects than these lie apart, else nothing."""
    spread = y.max() - y.min()
    if y.min() - spread <= means.min() and means.max() <= y.max() + spread:
        return ""
    what = "estimate" if np.ptp(means) == 0 else "line"
    return (
        f" The {what} lies far outside the effects seen: it says where the selection function"
        " leads beyond all data, and other functions lead elsewhere."
    )
