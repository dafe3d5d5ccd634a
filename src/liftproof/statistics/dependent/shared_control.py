"""Several treatments measured against one control arm: effects and their covariance.

Two such effects have the control arm's part of the variance in common; ``shared_variance`` names,
for each measure, that part. A group of comparisons in which any cell is empty gets 1/2 in each of
its cells, so that the control arm stays one: a comparison by itself would get it alone.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, choose, floats, require
from liftproof.statistics.dependent.groups import Groups, grouped
from liftproof.statistics.dependent.shared_variance import (
    ALL_ARMS,
    SHARED,
    Arms,
    standardised_by_all_arms,
)
from liftproof.statistics.effects import EFFECTS
from liftproof.statistics.effects.counts import ZERO_CELL_ADDITION
from liftproof.statistics.effects.effect import Effect
from liftproof.statistics.effects.means import standardised_mean_difference
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.result import Result


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SharedControl(Result):
    """Effects on the analysis scale, ``y`` (k,), and their sampling covariance (k, k)."""

    measure: str
    y: Array
    covariance: Array


@of_one_index
def shared_control_covariance(measure: str, group: ArrayLike, **arms: ArrayLike) -> SharedControl:
    """Return effects against shared control arms with the covariance of their sampling errors.

    ``measure``: a name in SHARED. ``group``: one label a comparison, equal where the control arm
    is the same, shape (k,). ``arms``: the arguments of the measure's function in
    ``statistics.effects``, each (k,); the control's must be equal within a group. The diagonal is
    the measure's own v. Covariances: each function in SHARED. Raises InputError.

    Source: Gleser & Olkin 2009, in Cooper, Hedges & Valentine, Handbook of Research Synthesis and
    Meta-Analysis, chapter 19. metafor: ``rma.mv`` with such a V; ``vcalc(grp1=, grp2=, w1=, w2=)``
    approximates the correlation from the arms' sizes alone.

    >>> rr = shared_control_covariance(
    ...     "RR",
    ...     ["a", "a"],
    ...     events_intervention=[4, 6],
    ...     n_intervention=[100, 100],
    ...     events_control=[10, 10],
    ...     n_control=[100, 100],
    ... )
    >>> rr.y.round(4).tolist(), rr.covariance.round(4).tolist()
    ([-0.9163, -0.5108], [[0.33, 0.09], [0.09, 0.2467]])
    """
    in_common = choose(SHARED, measure, "measure with a shared control arm")
    effect_of = standardised_mean_difference if measure == ALL_ARMS else EFFECTS[measure]
    numbers = _numbers(effect_of, arms)
    groups = grouped(group, next(iter(numbers.values())).size, "group")
    _require_one_control(numbers, groups)
    _require_told(effect_of(*numbers.values()).y)  # as given, before any number is added to
    numbers = _without_empty_cells(numbers, groups)
    if measure == ALL_ARMS:
        effect, shared = _by_all_arms(numbers, groups)
    else:
        effect = effect_of(*numbers.values())
        shared = in_common(numbers, effect.y)
    is_same = groups.number[:, None] == groups.number
    covariance = np.where(is_same, shared, 0.0)
    np.fill_diagonal(covariance, effect.v)
    return SharedControl(measure=measure, y=effect.y, covariance=covariance)


def split_shared_control(number: ArrayLike, group: ArrayLike) -> Array:
    """Return a control arm's number divided among the comparisons that share it.

    For participants, events and person-time of the control arm, shape (k,); means and standard
    deviations stay as they are. The comparisons are then taken as independent, which they are
    only nearly: their effects still vary together less than a common control makes them. It is
    the simple alternative to ``shared_control_covariance``. Parts may be fractions. Raises
    InputError.

    Source: Cochrane Handbook 6.5, section 23.3.4.

    >>> split_shared_control([60, 60, 60, 45], ["a", "a", "a", "b"]).tolist()
    [20.0, 20.0, 20.0, 45.0]
    """
    values = np.atleast_1d(floats("The control arm's number", number))
    require(values >= 0, values, "The control arm's number must not be negative")
    groups = grouped(group, values.size, "group")
    _require_one_control({"number_control": values}, groups)
    return np.asarray(values / groups.sizes[groups.number])


def _numbers(effect_of: Callable[..., Effect], arms: Mapping[str, ArrayLike]) -> dict[str, Array]:
    """Return the arms' numbers as arrays of one shape (k,), or raise InputError."""
    parameters = inspect.signature(effect_of).parameters.values()
    expected = [item.name for item in parameters if item.kind is not item.KEYWORD_ONLY]
    if set(arms) != set(expected):
        raise InputError(f"The arms must be given as {', '.join(expected)}.")
    values = {name: np.atleast_1d(floats(name, arms[name])) for name in expected}
    if len({value.shape for value in values.values()}) > 1 or values[expected[0]].ndim > 1:
        raise InputError("The arms' numbers must all have one shape (k,).")
    if values[expected[0]].size == 0:
        raise InputError("There is no comparison (k = 0): give one number of each arm for each.")
    return values


def _require_one_control(numbers: Arms, groups: Groups) -> None:
    """Raise InputError where comparisons of one group have unlike control arms."""
    first = groups.order[groups.starts][groups.number]
    for name, values in numbers.items():
        if name.endswith("_control") and (values != values[first]).any():
            unlike = groups.labels[groups.number[int((values != values[first]).argmax())]]
            raise InputError(f"The comparisons of group {unlike} differ in {name}: not one arm.")


def _require_told(y: Array) -> None:
    """Raise InputError where a comparison tells its effect nothing, which is then NaN."""
    if np.isnan(y).any():
        raise InputError(
            f"Comparison {int(np.isnan(y).argmax())} (counted from 0) has events in nobody, or in "
            "everybody, of both arms, and says nothing about a ratio: leave it out."
        )


def _without_empty_cells(numbers: dict[str, Array], groups: Groups) -> dict[str, Array]:
    """Return counts with 1/2 added to every cell of groups that have an empty one."""
    if "events_control" not in numbers:
        return numbers
    cells = [numbers["events_intervention"], numbers["events_control"]]
    has_participants = "n_control" in numbers
    if has_participants:
        cells += [numbers[f"n_{arm}"] - numbers[f"events_{arm}"] for arm in ARMS]
    is_empty = (np.array(cells) == 0).any(axis=0)
    add = ZERO_CELL_ADDITION * (np.bincount(groups.number, is_empty)[groups.number] > 0)
    added = {f"events_{arm}": numbers[f"events_{arm}"] + add for arm in ARMS}
    if has_participants:
        added |= {f"n_{arm}": numbers[f"n_{arm}"] + 2 * add for arm in ARMS}
    return numbers | added


ARMS = ("intervention", "control")


def _by_all_arms(arms: dict[str, Array], groups: Groups) -> tuple[Effect, Array]:
    """Return differences standardised by one SD over all arms of the group, and covariances."""
    standardised_mean_difference(*arms.values())  # checks the numbers
    first = groups.order[groups.starts]
    n, n_control = arms["n_intervention"], arms["n_control"]
    squares, squares_control = ((arms[f"n_{arm}"] - 1) * arms[f"sd_{arm}"] ** 2 for arm in ARMS)
    total = np.bincount(groups.number, n) + n_control[first]
    within = np.bincount(groups.number, squares) + squares_control[first]
    sd = np.sqrt(within / (total - groups.sizes - 1))[groups.number]
    y = (arms["mean_intervention"] - arms["mean_control"]) / sd
    with_total = arms | {"n_group": total[groups.number]}
    v = 1 / n + 1 / n_control + y**2 / (2 * with_total["n_group"])
    return Effect(y=y, v=v), standardised_by_all_arms(with_total, y)
