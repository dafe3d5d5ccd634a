"""Effects from events over person-time in one group: incidence rates and their transformations.

Where there is no event, 1/2 is added to the events of that trial (``add=1/2, to="only0"``,
metafor's default) unless a measure says otherwise; ``zero_cells`` takes another rule. Rates have
the unit of 1 over that of person-time; so have the effects, but for logarithms, and roots have its
root.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics.effects.effect import Effect
from liftproof.statistics.effects.one_group_tables import (
    known,
    rate_of,
    where_counted,
)
from liftproof.statistics.effects.two_arm_tables import AS_COUNTED, OF_SINGLE_TRIALS, ZeroCells
from liftproof.statistics.labelled import of_one_index


@of_one_index
def incidence_rate(
    events: ArrayLike, person_time: ArrayLike, *, zero_cells: ZeroCells = OF_SINGLE_TRIALS
) -> Effect:
    """Return incidence rates as they are: y = x/t, v = x/t².

    Arguments broadcast. Raises InputError.

    Source: Rothman, Greenland & Lash 2008, Modern Epidemiology, chapter 14. metafor: ``escalc(
    measure="IR", xi=x, ti=t, add=1/2, to="only0")``.

    >>> ir = incidence_rate(9, 413)
    >>> round(float(ir.y), 6), round(float(ir.v), 8)
    (0.021792, 5.276e-05)
    """
    group = rate_of(events, person_time, zero_cells)
    usable, (x,) = where_counted(group.x)
    return known(x / group.t, x / group.t**2, usable)


@of_one_index
def log_incidence_rate(
    events: ArrayLike, person_time: ArrayLike, *, zero_cells: ZeroCells = OF_SINGLE_TRIALS
) -> Effect:
    """Return log incidence rates: y = ln(x/t), v = 1/x.

    Arguments broadcast. Raises InputError.

    Source: Rothman, Greenland & Lash 2008, Modern Epidemiology, chapter 14. metafor: ``escalc(
    measure="IRLN", xi=x, ti=t, add=1/2, to="only0")``.

    >>> irln = log_incidence_rate(9, 413)
    >>> round(float(irln.y), 6), round(float(irln.v), 6)
    (-3.826223, 0.111111)
    """
    group = rate_of(events, person_time, zero_cells)
    usable, (x,) = where_counted(group.x)
    return known(np.log(x / group.t), 1 / x, usable)


@of_one_index
def root_incidence_rate(
    events: ArrayLike, person_time: ArrayLike, *, zero_cells: ZeroCells = AS_COUNTED
) -> Effect:
    """Return roots of incidence rates: y = √(x/t), v = 1/(4t).

    Nothing is added where there is no event as a rule. Arguments broadcast. Raises InputError.

    Source: Rothman, Greenland & Lash 2008, Modern Epidemiology, chapter 14. metafor: ``escalc(
    measure="IRS", xi=x, ti=t)``.

    >>> irs = root_incidence_rate(9, 413)
    >>> round(float(irs.y), 6), round(float(irs.v), 6)
    (0.14762, 0.000605)
    """
    group = rate_of(events, person_time, zero_cells)
    y = np.sqrt(group.x / group.t)
    return known(y, 1 / (4 * group.t), np.ones(y.shape, dtype=np.bool_))


@of_one_index
def double_root_incidence_rate(
    events: ArrayLike, person_time: ArrayLike, *, zero_cells: ZeroCells = AS_COUNTED
) -> Effect:
    """Return Freeman and Tukey's: y = (√(x/t) + √((x + 1)/t))/2, v = 1/(4t).

    Nothing is added where there is no event as a rule. Arguments broadcast. Raises InputError.

    Source: Freeman & Tukey 1950, Ann Math Stat 21, 607-611. metafor: ``escalc(measure="IRFT", xi=x,
    ti=t)``.

    >>> irft = double_root_incidence_rate(9, 413)
    >>> round(float(irft.y), 6), round(float(irft.v), 6)
    (0.151613, 0.000605)
    """
    group = rate_of(events, person_time, zero_cells)
    y = (np.sqrt(group.x / group.t) + np.sqrt((group.x + 1) / group.t)) / 2
    return known(y, 1 / (4 * group.t), np.ones(y.shape, dtype=np.bool_))


FROM_GROUP_RATES: dict[str, Callable[..., Effect]] = {
    "IR": incidence_rate,
    "IRLN": log_incidence_rate,
    "IRS": root_incidence_rate,
    "IRFT": double_root_incidence_rate,
}
