"""Contrasts of dose arms with the reference arm of their trial, and their covariance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, floats, numbers, require
from liftproof.statistics.dependent.groups import Groups, Places, covariance_within, grouped
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.result import Result

MISSING_DOSE = "Every arm needs a dose (leave the arm out, or give its dose)"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Contrasts(Result):
    """k contrasts in m trials, on the analysis scale (log for ratios).

    ``approximation``: where the covariance comes from. ``study``: label of each contrast's trial,
    ``dose``, ``reference_dose``: of its arm and of the trial's reference arm, ``y``: effect
    against that arm, all (k,). ``covariance``: of their sampling errors (k, k), 0 between trials.
    """

    approximation: str
    study: NDArray[np.generic]
    dose: Array
    reference_dose: Array
    y: Array
    covariance: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Arms:
    """Arms sorted by trial: ``groups``, and which of them is each trial's ``reference``, (m,)."""

    groups: Groups
    reference: Places

    def blocks(self) -> list[tuple[Places, Places]]:
        """Return trials of each number of arms, and places of their arms, the reference first."""
        blocks = []
        for trials, places in self.groups.blocks():
            rest = places[places != self.reference[trials][:, None]].reshape(len(trials), -1)
            blocks.append((trials, np.column_stack((self.reference[trials], rest))))
        return blocks


@of_one_index
def dose_contrasts(
    study: ArrayLike,
    dose: ArrayLike,
    reference_dose: ArrayLike,
    y: ArrayLike,
    covariance: ArrayLike,
    *,
    approximation: str = "as given",
) -> Contrasts:
    """Return contrasts whose covariance is known, from trials or ``shared_control_covariance``.

    ``study``, ``dose``, ``reference_dose``, ``y``: one a contrast, (k,); ``covariance`` (k, k), 0
    between trials, or variances (k,) of contrasts that are independent. Raises InputError.
    dosresmeta: ``covariance="user"``, ``Slist=``; ``covariance="indep"`` for variances.

    >>> two = dose_contrasts(["a", "a"], [1, 2], [0, 0], [0.1, 0.3], [[0.04, 0.01], [0.01, 0.05]])
    >>> two.dose.tolist()
    [1.0, 2.0]
    """
    effects = floats("y", y).copy()
    if effects.ndim != 1 or effects.size == 0:
        raise InputError("There are no contrasts: each trial needs a reference arm and another.")
    groups = grouped(study, effects.size, "study")
    doses, references = (_doses(values, effects.size).copy() for values in (dose, reference_dose))
    within = covariance_within(covariance, groups, "study")
    return Contrasts(
        approximation=approximation,
        study=groups.labels[groups.number],
        dose=doses,
        reference_dose=references,
        y=effects,
        covariance=np.diag(within) if within.ndim == 1 else within,
    )


def arms_of(study: ArrayLike, is_reference: NDArray[np.bool_]) -> Arms:
    """Return arms by trial; InputError unless each has one reference arm and another one."""
    groups = grouped(study, is_reference.size, "study")
    count = np.bincount(groups.number, weights=is_reference, minlength=groups.sizes.size)
    for wrong, problem in (
        (count != 1, "has {n} reference arms: one must be the reference (effect and error 0)"),
        (groups.sizes == 1, "has one arm: nothing is told of dose without a second one"),
    ):
        if wrong.any():
            trial = int(wrong.argmax())
            raise InputError(
                f"Trial {groups.labels[trial]} " + problem.format(n=int(count[trial])) + "."
            )
    reference = np.empty(groups.sizes.size, dtype=np.intp)
    flagged = np.flatnonzero(is_reference)
    reference[groups.number[flagged]] = flagged
    return Arms(groups=groups, reference=reference)


def assembled(
    arms: Arms,
    dose: ArrayLike,
    y: Array,
    covariance_of: Callable[[Places], Array],
    *,
    approximation: str,
) -> Contrasts:
    """Return the contrasts of all arms but the reference, in the order of the arms.

    ``y``: effect of each arm. ``covariance_of``: of places (g, a), the reference first, the
    covariances (g, a - 1, a - 1).
    """
    k, doses = y.size, _doses(dose, y.size)
    whole = np.zeros((k, k))
    for _, places in arms.blocks():
        others = places[:, 1:]
        whole[others[:, :, None], others[:, None, :]] = covariance_of(places)
    kept = np.delete(np.arange(k), arms.reference)
    return dose_contrasts(
        arms.groups.labels[arms.groups.number[kept]],
        doses[kept],
        doses[arms.reference[arms.groups.number[kept]]],
        y[kept],
        whole[np.ix_(kept, kept)],
        approximation=approximation,
    )


def lowest_dose(study: ArrayLike, dose: ArrayLike) -> NDArray[np.bool_]:
    """Return flags of the first arm with the lowest dose of each trial, (k,). InputError.

    >>> lowest_dose(["a", "a", "b", "b"], [5, 0, 2, 4]).tolist()
    [False, True, True, False]
    """
    doses = floats("dose", dose)
    groups = grouped(study, doses.size, "study")
    order = np.lexsort((doses, groups.number))
    flags = np.zeros(doses.size, dtype=np.bool_)
    flags[order[groups.starts]] = True
    return flags


def _doses(dose: ArrayLike, k: int) -> Array:
    """Return doses (k,), or raise InputError where one is missing or not finite."""
    doses = numbers("dose", dose)
    if doses.shape != (k,):
        raise InputError(f"dose must have shape ({k},), not {doses.shape}.")
    require(np.isfinite(doses), doses, MISSING_DOSE)
    return doses
