"""Counts and rates as they are given, checked: which are whole, which may be parts of people."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, floats, require
from liftproof.statistics.effects.two_arm_tables import Rates, Table
from liftproof.statistics.shapes import in_one_shape

MOST = 1e12
"""No count may be larger: products of four of them must keep their digits, and above 2^53 a double
does not hold every whole number."""
COUNTED = ("Events", "n")


def table_of(
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
) -> Table:
    """Return checked counts of shape (..., k), or raise InputError.

    Counts may be fractions: an arm that comparisons share, divided among them, has such, and one
    whose clusters are allowed for. metafor's ``rma.mh`` and ``rma.peto`` take them as well.
    """
    columns = _floats("n", events_intervention, n_intervention, events_control, n_control)
    return _table(_of_trials(*columns))


def whole_table_of(
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
) -> Table:
    """Return checked whole counts of shape (..., k), or raise InputError.

    For likelihoods, which give a probability to whole people alone.
    """
    table = table_of(events_intervention, n_intervention, events_control, n_control)
    for events, n in ((table.a, table.n1), (table.c, table.n2)):
        _require_whole(events, "Events")
        _require_whole(n, "n")
    return table


def table_of_parts(
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
) -> Table:
    """Return checked counts of any one shape, or raise InputError; they may be fractions."""
    columns = _floats("n", events_intervention, n_intervention, events_control, n_control)
    return _table(in_one_shape("Counts of both arms", *columns))


def rates_of(
    events_intervention: ArrayLike,
    person_time_intervention: ArrayLike,
    events_control: ArrayLike,
    person_time_control: ArrayLike,
) -> Rates:
    """Return checked rates of shape (..., k), events may be fractions; or raise InputError."""
    arms = events_intervention, person_time_intervention, events_control, person_time_control
    return _rates(_of_trials(*_floats("Person-time", *arms)))


def whole_rates_of(
    events_intervention: ArrayLike,
    person_time_intervention: ArrayLike,
    events_control: ArrayLike,
    person_time_control: ArrayLike,
) -> Rates:
    """Return checked rates of whole counts, shape (..., k), or raise InputError."""
    arms = events_intervention, person_time_intervention, events_control, person_time_control
    rates = rates_of(*arms)
    for events in (rates.x1, rates.x2):
        _require_whole(events, "Events")
    return rates


def rates_of_parts(
    events_intervention: ArrayLike,
    person_time_intervention: ArrayLike,
    events_control: ArrayLike,
    person_time_control: ArrayLike,
) -> Rates:
    """Return checked rates of any one shape, events may be fractions; or raise InputError."""
    arms = events_intervention, person_time_intervention, events_control, person_time_control
    return _rates(in_one_shape("Counts of both arms", *_floats("Person-time", *arms)))


def _floats(size: str, *arms: ArrayLike) -> tuple[Array, ...]:
    """Return events and size of either arm as finite numbers, or raise InputError."""
    names = ("Events", size) * 2
    columns = tuple(floats(name, arm) for name, arm in zip(names, arms, strict=True))
    for name, values in zip(names, columns, strict=True):
        if name in COUNTED:
            require(values <= MOST, values, f"{name} must not exceed {MOST:g}")
    return columns


def _table(columns: Sequence[Array]) -> Table:
    """Return the table of columns of one shape, or raise InputError for impossible counts."""
    a, n1, c, n2 = columns
    for events, n in ((a, n1), (c, n2)):
        require(events >= 0, events, "Events must not be negative")
        require(n > 0, n, "n must be positive")
        require(events <= n, events, "Events must not exceed n")
    return Table(a=a, b=n1 - a, c=c, d=n2 - c, kept=np.ones(a.shape, dtype=np.bool_))


def _rates(columns: Sequence[Array]) -> Rates:
    """Return the rates of columns of one shape, or raise InputError for impossible ones."""
    x1, t1, x2, t2 = columns
    for events, time in ((x1, t1), (x2, t2)):
        require(events >= 0, events, "Events must not be negative")
        require(time > 0, time, "Person-time must be positive")
    return Rates(x1=x1, t1=t1, x2=x2, t2=t2, kept=np.ones(x1.shape, dtype=np.bool_))


def _require_whole(values: Array, name: str) -> None:
    """Raise InputError where a value is not a whole number."""
    says = (
        f"{name} must be whole numbers for a likelihood, which counts people (Mantel-Haenszel, "
        "Peto and inverse variance take the parts of a shared arm)"
    )
    require(values == np.floor(values), values, says)


def _of_trials(*columns: Array) -> tuple[Array, ...]:
    """Return the columns in one shape (..., k), or raise InputError."""
    if any(0 in column.shape for column in columns) or not any(column.ndim for column in columns):
        raise InputError("There is no trial to pool (k = 0).")
    return in_one_shape("Counts of both arms", *columns)
