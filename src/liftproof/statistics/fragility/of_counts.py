"""Fragility of a pool of counts: risk ratios, odds ratios or risk differences of two arms."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, choose
from liftproof.statistics.effects.checked_arms import table_of_parts
from liftproof.statistics.effects.counts import FROM_COUNTS
from liftproof.statistics.effects.effect import Effect
from liftproof.statistics.fragility.search import Fragility, PoolChoices, fewest_moves
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.names import by_metafors_names


@of_one_index
@by_metafors_names
def fragility(
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
    *,
    measure: str = "RR",
    tau2: str = "REML",
    interval: str = "hksj_adhoc",
    level: float = 0.95,
) -> Fragility:
    """Return how few people of other outcome change whether a pool excludes no effect.

    Counts (k,). ``measure``: RR, OR or RD. An event becomes none or none an event, in either
    direction in either arm of any trial; arms keep their sizes. All ways are tried while they are
    10,000 or fewer of a cost; from there on the four that come nearest are followed, so that the
    number may be higher than need be: ``is_exact`` says whether it is the least. Raises InputError
    and ConvergenceError.

    Source: Atal, Porcher, Boutron & Ravaud 2019, J Clin Epidemiol 111, 32-40, whose index follows
    the one that comes nearest.

    >>> found = fragility([4, 2, 5], [40, 40, 50], [12, 9, 13], [40, 40, 50],
    ...                   tau2="DL", interval="wald")
    >>> found.excludes, found.fewest, found.is_exact
    (True, 6.0, True)
    """
    table = table_of_parts(events_intervention, n_intervention, events_control, n_control)
    if table.a.ndim != 1:
        raise InputError(f"fragility takes one pool of trials, not shape {table.a.shape}.")
    least = np.column_stack([-table.a, -table.c]).ravel()
    most = np.column_stack([table.b, table.d]).ravel()
    effect = choose(FROM_COUNTS, measure, "measure of counts")
    counts = (table.a, table.n1, table.c, table.n2)
    return fewest_moves(
        lambda added: effects_of_moves(effect, counts, added),
        least,
        most,
        PoolChoices(tau2=tau2, interval=interval, level=level),
    )


def effects_of_moves(
    effect: Callable[..., Effect], counts: tuple[Array, ...], added: NDArray[np.int_]
) -> tuple[Array, Array]:
    """Return y and v, shape (k, m), of k trials' counts with events added in both arms, (2, m).

    ``counts``: events and participants, intervention first, each (k,). Where an arm has not as many
    people, or events, the effect is that of the nearest number it can have: nobody asks for it.

    >>> from liftproof.statistics.effects.counts import risk_difference
    >>> counts = tuple(np.array([number]) for number in (1.0, 10.0, 2.0, 10.0))
    >>> effects_of_moves(risk_difference, counts, np.array([[0, 1], [0, 0]]))[0].round(3).tolist()
    [[-0.1, 0.0]]
    """
    found = effect(*moved_counts(counts, added))
    return found.y, found.v


def moved_counts(counts: tuple[Array, ...], added: NDArray[np.int_]) -> Array:
    """Return the counts of :func:`effects_of_moves` with events added, shape (4, k, m).

    >>> counts = tuple(np.array([number]) for number in (1.0, 10.0, 2.0, 10.0))
    >>> moved_counts(counts, np.array([[-2, 1], [0, 0]]))[:, 0].tolist()
    [[0.0, 2.0], [10.0, 10.0], [2.0, 2.0], [10.0, 10.0]]
    """
    events, n, events_control, n_control = (column[:, None] for column in counts)
    shape = (n.shape[0], added.shape[1])
    return np.stack(
        [
            np.clip(events + added[0], 0, n),
            np.broadcast_to(n, shape),
            np.clip(events_control + added[1], 0, n_control),
            np.broadcast_to(n_control, shape),
        ]
    )
