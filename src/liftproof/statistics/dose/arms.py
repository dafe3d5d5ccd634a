"""Contrasts from the arms of trials: log ratios with counts, or means with standard deviations."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, choose, floats, numbers
from liftproof.statistics.dependent.groups import Places
from liftproof.statistics.dose.contrasts import Arms, Contrasts, arms_of, assembled, lowest_dose
from liftproof.statistics.dose.means import MEANS
from liftproof.statistics.dose.pseudo_counts import (
    greenland_longnecker,
    hamling,
    log_ratio_covariance,
)
from liftproof.statistics.labelled import of_one_index

APPROXIMATIONS: Mapping[str, str] = {
    "GL": "Greenland and Longnecker",
    "H": "Hamling",
    "independent": "independent",
}
"""dosresmeta's ``covariance="gl"``, ``"h"``, ``"indep"``. The last ignores that contrasts of a
trial share its reference arm: for comparison only."""


@of_one_index
def log_ratio_contrasts(
    study: ArrayLike,
    dose: ArrayLike,
    y: ArrayLike,
    se: ArrayLike,
    cases: ArrayLike,
    n: ArrayLike,
    design: ArrayLike,
    *,
    approximation: str = "GL",
) -> Contrasts:
    """Return contrasts of log ratios with the covariance that cases and people imply.

    One element an arm, reference arms among them, all (k,). ``y``: log ratio to the trial's
    reference arm, ``se``: its standard error, 0 or NaN for the reference arm, which tells it.
    ``cases``, ``n``: of the arm. ``design``: ``cc``, ``ci`` or ``ir`` of each arm, or one for all
    (see ``pseudo_counts``). ``approximation``: a name in APPROXIMATIONS. Raises InputError, for
    ``H`` also ConvergenceError.

    Source: Greenland & Longnecker 1992, Am J Epidemiol 135, 1301-1309. dosresmeta:
    ``dosresmeta(y ~ dose, id=, se=, cases=, n=, type=, covariance="gl")``, its first step.

    >>> found = log_ratio_contrasts(
    ...     ["a"] * 3, [0, 5, 10], [0, 0.2, 0.7], [0, 0.42, 0.37], [10, 14, 30],
    ...     [100, 110, 150], "ir",
    ... )
    >>> found.covariance.round(4).tolist()
    [[0.1764, 0.102], [0.102, 0.1369]]
    """
    choose(APPROXIMATIONS, approximation, "approximation of covariances")
    effects, errors = floats("y", y), _errors(se)
    events, people = floats("cases", cases), floats("n", n)
    names = np.asarray(design)
    if not effects.shape == errors.shape == events.shape == people.shape:
        raise InputError("y, se, cases and n must hold one number an arm.")
    if names.shape not in ((), effects.shape):
        raise InputError(f"design must be one name, or one an arm, but has shape {names.shape}.")
    names = np.broadcast_to(names, effects.shape)
    arms = arms_of(study, errors == 0)
    _require_cases(arms, events)

    def covariance_of(places: Places) -> Array:
        if approximation == "independent":
            return np.asarray(errors[places[:, 1:], None] ** 2 * np.eye(places.shape[1] - 1))
        return _by_design(
            names[places],
            effects[places],
            errors[places],
            events[places],
            people[places],
            approximation,
        )

    return assembled(
        arms, dose, effects, covariance_of, approximation=APPROXIMATIONS[approximation]
    )


@of_one_index
def mean_contrasts(
    study: ArrayLike,
    dose: ArrayLike,
    mean: ArrayLike,
    sd: ArrayLike,
    n: ArrayLike,
    *,
    measure: str = "MD",
    reference: ArrayLike | None = None,
) -> Contrasts:
    """Return contrasts of means, or standardised, with their covariance.

    One element an arm, reference arms among them, all (k,). ``reference``: flags of the reference
    arms; None for the lowest dose of each trial. ``measure``: a name in ``means.MEANS``. Raises
    InputError. dosresmeta: ``dosresmeta(y ~ dose, id=, sd=, n=, covariance="md")``, its first step.

    >>> found = mean_contrasts(["a"] * 3, [0, 5, 10], [2, 3, 5], [2, 2, 2], [20, 20, 40])
    >>> found.y.tolist(), found.covariance.round(4).tolist()
    ([1.0, 3.0], [[0.4, 0.2], [0.2, 0.3]])
    """
    effects_of = choose(MEANS, measure, "difference of means")
    means, spreads, people = (floats(*each) for each in (("mean", mean), ("sd", sd), ("n", n)))
    if not means.shape == spreads.shape == people.shape:
        raise InputError("mean, sd and n must hold one number an arm.")
    flags = lowest_dose(study, dose) if reference is None else np.asarray(reference, dtype=bool)
    arms = arms_of(study, flags)
    y = np.zeros(means.shape)
    for _, places in arms.blocks():
        y[places[:, 1:]] = effects_of(means[places], spreads[places], people[places])[0]

    def covariance_of(places: Places) -> Array:
        return effects_of(means[places], spreads[places], people[places])[1]

    return assembled(arms, dose, y, covariance_of, approximation=measure)


def _errors(se: ArrayLike) -> Array:
    """Return standard errors with 0 for those that are missing, which mark reference arms."""
    values = numbers("se", se)
    return floats("se", np.where(np.isnan(values), 0.0, values))


def _require_cases(arms: Arms, cases: Array) -> None:
    """Raise InputError that names a trial whose reference arm has no cases."""
    empty = cases[arms.reference] <= 0
    if empty.any():
        raise InputError(
            f"Trial {arms.groups.labels[int(empty.argmax())]} has no cases in its reference arm, "
            "to which no ratio exists: add 1/2 to each cell of the trial's arms and compute its "
            "ratios anew (shared_control_covariance does), choose another reference arm, or leave "
            "the trial out."
        )


def _by_design(
    names: NDArray[np.generic], y: Array, se: Array, cases: Array, n: Array, approximation: str
) -> Array:
    """Return covariances (g, a - 1, a - 1) of trials with a arms, whatever their designs."""
    if (names != names[:, :1]).any():
        raise InputError("All arms of a trial must have one design: cc, ci or ir.")
    covariance = np.empty((len(y), y.shape[1] - 1, y.shape[1] - 1))
    for name in np.unique(names[:, 0]):
        of = names[:, 0] == name
        if approximation == "H":
            counts = hamling(y[of], se[of] ** 2, cases[of], n[of], str(name))
        else:
            counts = greenland_longnecker(y[of], cases[of], n[of], str(name))
        covariance[of] = log_ratio_covariance(counts, se[of, 1:] ** 2)
    return covariance
