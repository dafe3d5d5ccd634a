"""Which moderator sets apart trials that have no finite effect of their own."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.errors import ConvergenceError, InputError
from liftproof.statistics.checks import Array, numbers
from liftproof.statistics.sparse.glmm_fit import SEPARATED

Signs = NDArray[np.int_]
UNTOLD = 2


@contextmanager
def naming_what_separates(
    x: Any, columns: Array, *arms: Sequence[ArrayLike | None]
) -> Iterator[None]:
    """Raise InputError that names a moderator which separates, in place of a search without end.

    ``x``: what the caller gave, whose names are used if it has some; ``columns`` (k, p); ``arms``:
    events and people of each arm, the first the intervention's; None for people where there is no
    bound. Other errors pass; of one group without the advice to take another model of two arms.
    """
    try:
        yield
    except (InputError, ConvergenceError) as error:
        if isinstance(error, InputError) and str(error) != SEPARATED:
            raise
        place = separating(columns, own_signs(*arms))
        where = "in one arm" if len(arms) > 1 else "at all"
        if place is not None:
            names = getattr(x, "names", None)
            name = names[place] if names else f"Moderator {place} (counted from 0)"
            raise InputError(
                f"{name} has no finite coefficient: it sets apart trials in which nobody, or "
                f"everybody, had an event {where}. Join levels, or leave it out."
            ) from error
        if len(arms) == 1 and isinstance(error, ConvergenceError):
            raise ConvergenceError(
                "The search for the maximum of the likelihood did not end: the counts may not "
                "bound the coefficients. Leave a moderator out, join levels, or take method EE."
            ) from error
        raise


def own_signs(*arms: Sequence[ArrayLike | None]) -> Signs:
    """Return by trial where its own effect lies: at 1 or -1 times infinity, or 0 for a finite one.

    UNTOLD of a trial whose arms are both so.

    >>> own_signs(([0, 3, 4], [9, 9, 4]), ([2, 3, 1], [9, 9, 9])).tolist()
    [-1, 0, 1]
    """
    extremes = []
    for events, people in arms:
        counts = numbers("Events", events)  # type: ignore[arg-type]
        full = np.zeros_like(counts) if people is None else numbers("People", people)
        is_full = (counts == full) & (people is not None)
        extremes.append(np.where(counts == 0, -1, np.where(is_full, 1, 0)))
    if len(arms) == 1:
        return np.asarray(extremes[0])
    difference = np.sign(extremes[0] - extremes[1])
    tells_nothing = (extremes[0] == extremes[1]) & (extremes[0] != 0)
    return np.asarray(np.where(tells_nothing, UNTOLD, difference))


def separating(columns: Array, signs: Signs) -> int | None:
    """Return a column that has no finite coefficient beside a constant; None if none alone has not.

    All trials with a finite effect lie at one value of it, and all others on the side of their own.
    ``columns`` (k, p), ``signs`` (k,).

    >>> separating(np.array([[1.0, 0.0], [1.0, 0.0], [1.0, 1.0]]), np.array([0, 0, -1]))
    1
    >>> separating(np.array([[1.0, 0.0], [1.0, 1.0]]), np.array([UNTOLD, UNTOLD])) is None
    True
    """
    told = signs != UNTOLD
    if not told.any() or len(np.unique(signs[told])) == 1:
        return None
    for place, column in enumerate(columns[told].T):
        own = signs[told]
        at = np.unique(column[own == 0]) if (own == 0).any() else np.unique(column)
        if np.ptp(column) == 0 or ((own == 0).any() and len(at) > 1):
            continue
        for value in at:
            sides = np.sign(column - value) * own
            apart = own[column != value]
            if (apart != 0).any() and ((sides >= 0).all() or (sides <= 0).all()):
                return place
    return None
